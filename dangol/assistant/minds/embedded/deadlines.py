"""By when something is wanted (a day that was named, "3일 안에", "within two weeks"), and whether delivery makes it."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.speak.lines import Line, line
from dangol.assistant.speak.wording import span
from dangol.contracts.shopfloor.baskets import DeliveryQuote

_DAYS = {
    "하루": 1,
    "이틀": 2,
    "사흘": 3,
    "나흘": 4,
    "일": 1,
    "이": 2,
    "a": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
}
_WITHIN = re.compile(
    r"(?P<ko>\d{1,2}|하루|이틀|사흘|나흘|일|이)\s?(?P<ko_unit>일|주일|주)?\s?(?:안|내|이내)(?:에|로)"
    r"|\b(?:within|in under|in less than|in)\s(?P<en>\d{1,2}|a|one|two|three|four|five)\s(?:business |working )?(?P<en_unit>days?|weeks?)\b"
)


_THIS_WEEK = re.compile(r"(?i)이번\s?주(?!\s?말)|\bthis week\b")
_SATURDAY = 5
# a day that something must be here by, and a day on which it would be ordered
_BY = re.compile(r"(?i)까지|전에|안에|안으로|이내|\b(?:by|before|in time|within|no later than)\b")
_HERE = re.compile(
    r"(?i)필요|받아야|받을\s?수|받고\s?싶|와야|올까|오나|올\s?수|도착|가능|되나|될까|\b(?:need|needed|get|arrive|be here|deliver(?:ed|y)?|receive|reach|come)\b"
)
_ORDERED = re.compile(
    r"(?i)(?:주문|구매|결제)(?:하면|할\s?경우|시(?!간)|하고)|시키면|사면|\bif i (?:order|buy|pay)\b|\b(?:order(?:ed|ing)?|buy(?:ing)?) (?:it |this |now |them )?(?:today|tomorrow|now|on)\b"
)


# asked up to when one may order, not when it comes
_CUTOFF = re.compile(
    r"(?i)(?:몇\s?시|언제)\s?까지\s?(?:는\s?)?(?:주문|결제|구매|사|시키|해야)|\b(?:order|buy|pay) by (?:what|when)\b|\b(?:when|what time) (?:do|should|must) i (?:have to |need to )?(?:order|buy|pay)\b|\bcut-?off\b"
)


def deadline(desk: Desk, today: date) -> date | None:
    """The day by which a parcel must be here; a day on which it would be ordered is none."""
    if _CUTOFF.search(desk.text):
        return None
    if not _BY.search(desk.text) and (_ORDERED.search(desk.text) or not _HERE.search(desk.text)):
        return None
    return days_until(desk, today)


def days_until(desk: Desk, today: date) -> date | None:
    """The day by which something is wanted, when one was named."""
    for kind in ("date_range", "date"):
        value = desk.first(kind)
        last = value.get("to") if isinstance(value, dict) else value
        if isinstance(last, str):
            try:
                day = date.fromisoformat(last[:10])
            except ValueError:
                continue
            if day >= today:
                return _coming(desk, day, today)
    span = _WITHIN.search(desk.text.lower())
    if span is None:
        return None
    said = next(filter(None, (span["ko"], span["en"])))
    many = _DAYS.get(said) or int(said)
    weeks = (span["ko_unit"] or span["en_unit"] or "").startswith(("주", "week"))
    return today + timedelta(days=many * 7 if weeks else many)


def _coming(desk: Desk, day: date, today: date) -> date:
    """On a weekend "this week" is the one that comes: nobody waits for a parcel in the day that is left."""
    weekend = today.weekday() >= _SATURDAY and _THIS_WEEK.search(desk.text)
    return day + timedelta(days=7) if weekend else day


def in_time(quotes: Sequence[DeliveryQuote], wanted: date, language: str) -> Line | None:
    """Whether the usual delivery makes it, else whether a quicker one does and what that costs."""
    if not quotes:
        return None
    usual = quotes[0]
    if usual.latest <= wanted:
        return line("arrives_in_time", when=span(usual.earliest, usual.latest, language))
    quick = min(quotes, key=lambda quote: quote.latest)
    days = span(quick.earliest, quick.latest, language)
    if quick.latest <= wanted:
        return line("arrives_by_method", method=quick.method or "", fee=quick.whole, when=days)
    if quick.earliest <= wanted:
        return line("arrives_perhaps", when=days)
    return line("arrives_later", when=days)
