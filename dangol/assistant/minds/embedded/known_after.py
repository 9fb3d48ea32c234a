"""Requests about what was bought, paid or earned that are known by their very words."""

from __future__ import annotations

import re

from dangol.assistant.minds.embedded import after_words, return_slots, saving
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.known_by import known_by
from dangol.assistant.minds.embedded.pointing import plainly_asks

PAID = re.compile(
    r"(?i)결제\s?(?:를\s?)?(?:했|완료|끝)|입금\s?(?:했|완료)"
    r"|\b(?:i(?:'ve| have)?|just) paid\b|\bpayment (?:is |went )?(?:done|complete|through)"
)
_HOW_LONG = re.compile(r"(?i)얼마나\s?(?:걸|기다)|며칠|언제쯤|\bhow (?:long|soon|many days)\b")
_OF_A_LETTER = re.compile(
    r"(?i)영수증|명세서|계산서|코드|인증|번호|링크|메일|문자|쿠폰|\b(?:receipt|invoice|code|link|e-?mail|text|coupon|letter)\b"
)


def paid(desk: Desk) -> Desk | None:
    """ "I have paid" of an order there is: whether the money is in."""
    return known_by(PAID, intent="check_payment")(desk) if desk.memory.last_order else None


def not_received(desk: Desk) -> Desk | None:
    """ "못 받았다고요": of a parcel, or of the order that is talked about."""
    lately = {"report_item_problem", "track_order"} & set(desk.memory.last_intents)
    of_order = desk.values("order_id") or desk.memory.last_order
    if (desk.memory.shown and not of_order) or not after_words.not_received(desk.text):
        return None
    if not (after_words.of_a_parcel(desk.text) or of_order or lately):
        return None
    return desk.with_intent("report_item_problem")


def sent_again(desk: Desk) -> Desk | None:
    """ "다시 보내줘요" of an order that is talked about: for who can send anything, and nothing to be said again."""
    again = desk.memory.last_order is not None and after_words.sent_again(desk.text)
    again = again and not _OF_A_LETTER.search(desk.text)
    return desk.with_intent("talk_to_human") if again and desk.memory.pending is None else None


def how_long_then(desk: Desk) -> Desk | None:
    """ "ok and how long does that take", "얼마나 걸려요" right after something was sent back: of that."""
    sent_back = any(each.id.startswith("intent:track_refund") for each in desk.memory.offered)
    goods = any(each.type in ("category", "product") for each in desk.entities)
    return None if goods or not sent_back else known_by(_HOW_LONG, intent="track_refund")(desk)


def points_over(desk: Desk) -> Desk | None:
    """ "언제 없어져?", "do they expire" after the points were told: when they expire."""
    if "view_points" not in desk.memory.last_intents:
        return None
    return known_by(saving.EXPIRE, intent="ask_policy")(desk)


def points_all(desk: Desk) -> Desk | None:
    """ "지금 다 쓸래", "use em all" after the points were told."""
    if "view_points" not in desk.memory.last_intents or desk.values("product"):
        return None
    return known_by(saving.USE_ALL, intent="apply_coupon")(desk)


def fetched(desk: Desk) -> Desk | None:
    """ "can someone pick it up": goods are fetched, and nobody asks for a person."""
    if not after_words.picked_up(desk.text) or desk.memory.task:
        return None
    names = {intent.name for intent in desk.situation.reading.intents}
    return desk.with_intent("ask_return_policy") if names == {"talk_to_human"} else None


def promised(desk: Desk) -> Desk | None:
    """What somebody is said to have promised about an order is for a person to look into; of a price it is haggling."""
    said = after_words.promised(desk.text) and desk.memory.last_order is not None
    return desk.with_intent("talk_to_human") if said else None


def disputed(desk: Desk) -> Desk | None:
    """The matter is taken elsewhere, or promises are held against the shop: a complaint."""
    names = {intent.name for intent in desk.situation.reading.intents}
    if "talk_to_human" in names or not after_words.disputed(desk.text):
        return None
    return desk.with_intent("complain")


def detail_of_order(desk: Desk) -> Desk | None:
    """Recipient, phone or a note for the courier, by words that say so."""
    if desk.memory.task or desk.memory.shown or not after_words.detail_of_order(desk.text):
        return None
    return desk.with_intent("change_order")


def paper_in(desk: Desk) -> Desk | None:
    """A paper of an order in the other language."""
    return desk.with_intent("get_invoice") if after_words.paper_language(desk.text) else None


def tax_paper(desk: Desk) -> Desk | None:
    """ "With our tax number on it", right after a paper was given: what only a person can have written."""
    said = "get_invoice" in desk.memory.last_intents and after_words.of_the_tax_office(desk.text)
    return desk.with_intent("get_invoice") if said else None


def short_of(desk: Desk) -> Desk | None:
    """ "Only got one pack", "하나만 왔어요": not all of it came, whatever goods are named with it."""
    busy = desk.memory.task or desk.memory.pending is not None or plainly_asks(desk.text)
    if busy or desk.values("order_id") or return_slots.why(desk.text) != "missing_item":
        return None
    return desk.with_intent("report_item_problem")
