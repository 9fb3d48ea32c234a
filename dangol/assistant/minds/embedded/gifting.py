"""Gifts: heard in the checkout or before it, with who gets it and the words that go along."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re

from dangol.assistant.minds.embedded import ordering
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.giving import address_given, bare_name
from dangol.assistant.minds.embedded.steps import Answer, Steps, ask
from dangol.assistant.understanding.reading import Entity
from dangol.contracts.shopfloor.orders import CheckoutProblem, CheckoutView, GiveGift, StartCheckout

_GIFT = re.compile(r"(?i)선물|\b(?:gift|present)\b")
_OTHER_GIFTS = re.compile(
    r"(?i)선물\s?(?:포장|카드|세트|추천)|상품권|포장|\bgift[- ]?(?:wrap\w*|cards?|certificates?|sets?|ideas?)|\bwrap"
)
_SENT_AS_GIFT = re.compile(
    r"(?i)선물로\s?(?:보낼|보내|주문|배송|부칠)|선물하기로|\b(?:send|ship|order|deliver|buy|get)\w*\b.{0,20}\bas (?:a )?(?:gift|present)\b|\bgift order\b"
)
_NO_GIFT = re.compile(
    r"(?i)선물(?:이|은|로)?\s?(?:아니|아닌|취소|안\s?할|말고)|\b(?:not|isn'?t|no longer)\b.{0,8}\b(?:gift|present)\b"
)
_NOTE = re.compile(
    r"(?i)(?:메시지|메세지|카드|쪽지|편지|문구|note|message|card)[^'\"“”‘’「:：]{0,20}[:：]?\s*['\"“‘「](?P<quoted>[^'\"“”‘’」]{1,300})['\"”’」]"
    r"|(?:메시지|메세지|카드|쪽지|편지|문구)(?:에|에는|는|은|로)?\s*[:：]?\s*(?P<ko>\S.{0,300}?)(?:이?라고|으?로)\s?(?:적|써|쓰|남겨|넣)"
    r"|\b(?:note|message|card)\b(?:\s+(?:should|can|could|to|please))*\s*(?:say(?:ing|s)?|read(?:ing|s)?|[:：])\s*(?P<en>\S.{0,300})$"
)
_FOR_WHOM = re.compile(
    r"(?:받는|받을|받으실)\s?(?:분|사람)(?:\s?이름)?\s?(?:은|는|이)?\s*(?P<ko>[가-힣]{2,5}?)(?=이?(?:에요|예요|입니다|이고|이요|요)?(?:[\s,.]|$))"
    r"|\b(?i:recipient(?:'s name)?(?: is)?|for|to):?\s+(?P<en>[A-Z][a-z'-]+(?: [A-Z][a-z'.-]+){1,3})"
)


def said(desk: Desk) -> bool:
    """Whether this message makes the order a gift, or says more about the one it is."""
    if desk.situation.heard.form is not None:
        return "recipient" in desk.situation.heard.form["values"]
    text, memory = desk.text, desk.memory
    in_checkout = memory.task == "checkout"
    if memory.awaits == "recipient" and in_checkout:
        return bool(desk.values("phone") or bare_name(text) or _FOR_WHOM.search(text) or _GIFT.search(text))
    if _OTHER_GIFTS.search(text) and not _NOTE.search(text):
        return False
    if in_checkout and _NOTE.search(text):
        return True
    return (in_checkout and _GIFT.search(text) is not None) or (
        _SENT_AS_GIFT.search(text) is not None and not desk.values("category")
    )


def give(desk: Desk) -> Steps[Answer]:
    """Note the gift and go on with the checkout."""
    if _NO_GIFT.search(desk.text):
        view = yield from ask("give_gift", GiveGift(gift=False), CheckoutView)
        return (yield from ordering.stand(desk, view))
    view = yield from ask("start_checkout", StartCheckout(), CheckoutView)
    if not view.cart.lines:
        return (yield from ordering.stand(desk, view))
    view = yield from ask("give_gift", _given(desk), CheckoutView)
    problems: list[CheckoutProblem] = list(view.problems)
    if desk.values("address") or desk.values("postcode") or desk.situation.heard.form is not None:
        address = address_given(desk)
        if address is not None:
            view = yield from ask("give_address", address, CheckoutView)
            problems += view.problems
    return (yield from ordering.stand(desk, view, problems))


def switch(desk: Desk) -> Steps[Answer]:
    """The button: it is a gift, or it is none (`gift:off`)."""
    view = yield from ask("give_gift", GiveGift(gift=desk.argument != "off"), CheckoutView)
    return (yield from ordering.stand(desk, view))


def _given(desk: Desk) -> GiveGift:
    form = desk.situation.heard.form
    if form is not None:
        names = {"recipient": "recipient", "phone": "recipient_phone", "note": "gift_note"}
        filled = {key: str(form["values"].get(name) or "").strip() or None for key, name in names.items()}
        return GiveGift(**filled)
    note = _NOTE.search(desk.text)
    awaited = desk.memory.awaits == "recipient"
    return GiveGift(
        recipient=_recipient(desk, awaited=awaited),
        phone=str(desk.first("phone")) if awaited and desk.values("phone") else None,
        note=next((part.strip(" .") for part in note.groups() if part), None) if note else None,
    )


def _recipient(desk: Desk, *, awaited: bool) -> str | None:
    named = _FOR_WHOM.search(desk.text)
    if named is not None:
        return named["ko"] or named["en"]
    if not awaited:
        return None
    starts = [each.start for each in desk.entities if each.type in ("phone", "address", "postcode")]
    before = desk.text[: min(starts)] if starts else desk.text
    return str(desk.first("person") or bare_name(before.strip(" ,;:/·-")) or "") or None


_GIVES_TO = re.compile(
    r"(?:께|한테|에게|(?:선물|기념|생신|생일)(?:으?로|에|날)?|아빠|엄마|아버지|어머니|부모님|[가-힣]님|아내|남편|친구|동생|아들|딸|언니|누나|형)\s?$"
)


def gives_to_somebody(entity: Entity, text: str) -> bool:
    """Whether what reads as a drill gives something: "아빠 드릴 거"."""
    drill = entity.type == "category" and entity.text == "드릴"
    return drill and _GIVES_TO.search(text[: entity.start]) is not None
