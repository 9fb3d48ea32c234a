"""By when something is wanted: a day that was named, "3일 안에", "within two weeks"."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re
from datetime import date, timedelta

from dangol.assistant.minds.embedded.desk import Desk

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
                return day
    span = _WITHIN.search(desk.text.lower())
    if span is None:
        return None
    said = next(filter(None, (span["ko"], span["en"])))
    many = _DAYS.get(said) or int(said)
    weeks = (span["ko_unit"] or span["en_unit"] or "").startswith(("주", "week"))
    return today + timedelta(days=many * 7 if weeks else many)
