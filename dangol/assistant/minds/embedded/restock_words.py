"""To be told when goods are back: how it is wished for, by which channel, and what is said to it."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re
from typing import Literal

from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.speak import cards
from dangol.assistant.speak.lines import Line, line
from dangol.contracts.shopfloor.people import RestockNoted, RestockWish

TELL = re.compile(
    r"(?i)알림|알려|연락|문자|톡|대기|\b(?:notify|tell|let|text|e-?mail|message|ping|alert|remind)\b|\bwait ?list\b"
)
_WHEN_BACK = re.compile(
    r"(?i)(?:다시\s?)?(?:들어오|들어와|입고|재입고|생기|나오)\S{0,3}(?:면|때|는\s?대로|ㄴ\s?대로|시)|오면|풀리면|재입고|\b(?:when|once|if|as soon as|until)\b.{0,24}\b(?:back|restock\w*|in stock|available|there|comes?|arrives?|got (?:it|some|more))\b"
)
_BY_TEXT = re.compile(r"(?i)문자|\b(?:text|sms|txt)\b")
_BY_EMAIL = re.compile(r"(?i)메일|\be-?mail\b")


def told_when_back(desk: Desk) -> bool:
    """Whether word is wished for when something is back ("들어오면 문자줘", "text me when it's back")."""
    read = any(each.name == "notify_restock" for each in desk.situation.reading.intents)
    return read or says_when_back(desk.text)


def says_when_back(text: str) -> bool:
    """The same by the words alone."""
    return TELL.search(text) is not None and _WHEN_BACK.search(text) is not None


def wish(desk: Desk, product: str, sku: str) -> RestockWish:
    """The wish with what a message says of where to."""
    to = desk.first("email") or desk.first("phone")
    by: Literal["email", "sms"] | None = None
    if to is None and _BY_TEXT.search(desk.text):
        by = "sms"
    elif to is None and _BY_EMAIL.search(desk.text):
        by = "email"
    return RestockWish(product=product, sku=sku, to=to, by=by)


def told(noted: RestockNoted) -> tuple[Line, ...]:
    """That it stands and by what channel word comes, or the question where to."""
    values = {"title": noted.title, "options": cards.variant_words(noted.options)}
    if noted.needs == "contact":
        return (line("restock_ask_contact", **values),)
    ahead = (line("restock_ahead", ahead=noted.ahead),) if noted.ahead else ()
    return (line(f"restock_noted_{noted.channel or 'email'}", **values), *ahead)
