"""Readings that what stands beside them belies: a list shown without something, the days of a return, goods by name alone."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re

from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.pointing import asks_of_contents, seeks
from dangol.assistant.understanding.reading import Intent

_AGAIN = re.compile(
    r"(?i)다시|한\s?번\s?더|뭐라|뭐라고|못\s?(?:들|봤)|또\s|방금|^\W*(?:네|예|응)?\W*\?+$|\b(?:again|repeat|pardon|sorry|once more|come again|what|huh|say|said|read|missed|didn'?t (?:get|catch|hear))\b"
)
_PAYS = re.compile(
    r"(?i)결제|카드|계좌|입금|페이|현금|할부|무통장|송금|pay|card|cash|transfer|invoice|instal|credit|debit|apple|google|visa|amex"
)
_LIKELY = 0.3
_PRICE = re.compile(r"(?i)얼마|가격|원\b|\bprice|\bcost|how much")
_DOUBTFUL = 0.35  # below this two readings in three are wrong
_SENDS_BACK = re.compile(
    r"(?i)^(?!.*(?:취소|cancel)).*(?:반품|\breturn(?:s|ing|ed)?\b|\bsend (?:it|them) back\b)"
)


def instead(desk: Desk, intent: Intent) -> str | None:
    """The intent meant, where another was read; None where nothing belies it."""
    if intent.name == "change_cart" and only_leaves_out(desk) and seeks(desk.text):
        return "find_product"  # "삼겹살은 빼고 보여줘"
    if intent.name == "ask_cancel_policy" and _SENDS_BACK.search(desk.text):
        return "ask_return_policy"  # "언제까지 반품할 수 있어요"
    if intent.name == "find_product" and not desk.entities and _surely_elsewhere(desk, intent):
        return "out_of_scope"  # nothing is named, and something beside the shop is meant more likely
    if intent.confidence < _DOUBTFUL and desk.memory.awaits is None and _only_goods(desk):
        return "find_product"  # "시계줄"
    return _of_what_is_at_hand(desk, intent)


def _of_what_is_at_hand(desk: Desk, intent: Intent) -> str | None:
    """What a way of paying or a price was read as that no word speaks of."""
    pays = intent.name == "ask_payment_methods" and not _PAYS.search(desk.text)
    if pays and _perhaps(desk, "ask_delivery"):
        return "ask_delivery"  # "제주도 되나요"
    contents = desk.memory.focus and desk.values("category") and asks_of_contents(desk.text)
    if contents and intent.name in ("ask_price", "ask_promotion") and not _PRICE.search(desk.text):
        return "ask_product_info"  # "받침대 포함?"
    return None


def _perhaps(desk: Desk, intent: str) -> bool:
    likely = desk.situation.reading.alternatives
    return any(each.name == intent and each.confidence >= _LIKELY for each in likely)


def _surely_elsewhere(desk: Desk, intent: Intent) -> bool:
    read = desk.situation.reading.intents
    return any(each.name == "out_of_scope" and each.confidence > intent.confidence for each in read)


def only_leaves_out(desk: Desk) -> bool:
    """Whether goods are named to be left out, and none that are wanted: "감귤 말고" of "감귤 말고 사과로 할게요"."""
    return bool(desk.values("excluded")) and not (desk.values("category") or desk.values("product"))


def _only_goods(desk: Desk) -> bool:
    """Whether a kind of goods is all that is said, save for a syllable or two."""
    named = [each for each in desk.entities if each.type == "category" and each.text]
    rest = desk.text
    for each in named:
        rest = rest.replace(each.text, " ", 1)
    return bool(named) and len("".join(char for char in rest if char.isalnum())) <= 1


def repeated(desk: Desk) -> str | None:
    """What was read as a wish to hear it again: one of those on screen, again where the words say so, else nothing."""
    refs = [value.get("ref") for value in desk.values("product") if isinstance(value, dict)]
    if "ordinal" in refs and desk.memory.several:
        return "choose"
    return "repeat" if _AGAIN.search(desk.text) else None
