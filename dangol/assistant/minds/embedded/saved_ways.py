"""Ways of paying on file at the checkout: which can be offered, what they are called, which one words mean."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re
from collections.abc import Sequence

from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.steps import Steps, ToolRefused, ask
from dangol.assistant.speak.lines import Line, line
from dangol.contracts.shopfloor.on_file import StoredMethods, StoredMethodView
from dangol.contracts.shopfloor.people import Nothing
from dangol.kernel.money import Money

Way = StoredMethodView
MOST = 2  # buttons for ways on file under one question

_SAVED = re.compile(
    r"(?i)(?:저장|등록|보관|기억)(?:된|해\s?둔|한|되어\s?있는|돼\s?있는)\s?(?:내\s?)?(?:카드|결제|걸|거|방법|수단)|(?:늘|평소|항상|지난번에?|전에)\s?(?:쓰던|쓴|결제하던|결제한|쓰는)\s?(?:카드|걸|거|결제)"
    r"|(?:내|제)\s?(?:카드|기프트\s?카드|상품권)(?:로|으로)"
    r"|\b(?:saved|stored|usual|registered)\s+(?:card|payment|way|method|paypal)|\b(?:card|payment method|one) on file\b|\bsame card\b|\bcard (?:from|as) last time\b|\bmy (?:visa|master\s?card|amex|gift card|paypal)\b"
)
_GIFT = re.compile(r"(?i)기프트\s?카드|상품권|gift\s?card")
_PAYPAL = re.compile(r"(?i)페이팔|pay\s?pal")
_BRANDS = {
    "visa": re.compile(r"(?i)비자|visa"),
    "mastercard": re.compile(r"(?i)마스터|master"),
    "amex": re.compile(r"(?i)아멕스|amex|american express"),
}


def meant(text: str) -> bool:
    """Whether a text asks for a way of paying that is on file, one of those or any."""
    return _SAVED.search(text) is not None


def on_file(desk: Desk) -> Steps[tuple[Way, ...]]:
    """The ways on file for who is speaking; none for somebody who is not (any more) proved to be the customer."""
    if desk.situation.state.shopper(desk.situation.now).role != "customer":
        return ()
    try:
        found = yield from ask("list_stored_methods", Nothing(), StoredMethods)
    except ToolRefused:
        return ()
    return found.items


def paying(ways: Sequence[Way], total: Money) -> tuple[Way, ...]:
    """Those by which all of an amount can be paid."""
    return tuple(
        way
        for way in ways
        if way.ready
        and total.amount > 0
        and (
            way.balance is None
            or (way.balance.currency == total.currency and way.balance.amount >= total.amount)
        )
    )


def called(way: Way) -> Line:
    """What a way on file is called: a card by its brand and last figures, a gift card by its balance."""
    if way.kind == "gift_card":
        return line("saved_gift_card", balance=way.balance or "")
    if way.kind == "paypal":
        return line("plain", text="PayPal")
    brand = line("plain", text=way.brand) if way.brand else line("way_card")
    return line("way_with_figures", brand=brand, figures=way.last_four) if way.last_four else brand


def named(text: str, ways: Sequence[Way]) -> tuple[Way, ...]:
    """Those of the ways a text means; all of the same right when it tells none of them apart."""
    cards = [way for way in ways if way.kind == "credit_card"]
    found = [way for way in cards if way.last_four and way.last_four in text]
    if not found and _GIFT.search(text):
        found = [way for way in ways if way.kind == "gift_card"]
    if not found and _PAYPAL.search(text):
        found = [way for way in ways if way.kind == "paypal"]
    if not found:
        found = [
            way
            for way in cards
            if any(said.search(text) and said.search(way.brand) for said in _BRANDS.values())
        ]
    if not found and re.search(r"(?i)카드|card", text):
        found = cards
    return tuple(found or ways)


def buttons(verb: str, ways: Sequence[Way], *, but: str | None = None) -> tuple[tuple[str, Line], ...]:
    """A button for each way, but for the one that is spoken of."""
    rest = [way for way in ways if way.reference != but]
    return tuple((f"{verb}:{way.reference}", line("button_pay_way", way=called(way))) for way in rest[:MOST])
