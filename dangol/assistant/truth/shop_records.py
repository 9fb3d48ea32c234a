"""What records tell of the shop itself: its branches with their hours, its offers with their days, where it delivers."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dangol.assistant.truth.figures import read
from dangol.assistant.truth.text import plain, spaceless
from dangol.kernel.shop import DAYS, days_named

if TYPE_CHECKING:
    from dangol.assistant.truth.evidence import Evidence


def note_offer(fields: Mapping[str, object], evidence: Evidence, zone: ZoneInfo) -> None:
    """On which days an offer begins and ends, and whether the shop delivers to a place asked about."""
    if fields.get("kind") == "coupon" and all(
        fields.get(name) is None for name in ("percent", "amount", "price")
    ):
        evidence.strings.add("freeshipping")  # a coupon that takes nothing off takes off the delivery
    served = fields.get("served")
    if isinstance(served, bool):
        evidence.served = served
    for name, days in (("starts", evidence.starts), ("ends", evidence.ends)):
        if name in fields and (day := as_date(fields[name], zone)):
            days.add(day)


def note_scan(fields: Mapping[str, object], evidence: Evidence, zone: ZoneInfo) -> None:
    """What happened to a parcel on which day."""
    day = (
        as_date(fields["at"], zone)
        if ("at" in fields and "status" in fields) or ("text" in fields and "at" in fields)
        else None
    )
    if day:
        words = (fields.get(name) for name in ("status", "text"))
        evidence.happened.append((day, plain(" ".join(each for each in words if isinstance(each, str)))))


def note_branch(fields: Mapping[str, object], evidence: Evidence) -> None:
    """When a branch is open, and whether it hands over what was ordered."""
    name, hours, pickup = fields.get("name"), fields.get("hours"), fields.get("pickup")
    if not isinstance(name, str) or not isinstance(hours, Mapping):
        return
    if isinstance(pickup, bool):
        evidence.pickup[spaceless(name)] = pickup
    for days, span in hours.items():
        minutes = frozenset(
            int(str(figure.values[0][0])) for figure in read(str(span)) if figure.kind == "time"
        )
        with contextlib.suppress(ValueError):
            evidence.hours += [
                (spaceless(name), DAYS.index(day), minutes) for day in days_named(str(days)) if day in DAYS
            ]


def note_opening(hours: Mapping[str, object], evidence: Evidence) -> None:
    """The weekdays on which anything of the shop is open."""
    for days, span in hours.items():
        try:
            named = days_named(days)
        except ValueError:
            continue
        if span != "closed":
            evidence.weekdays_open.update(DAYS.index(day) for day in named if day in DAYS)


def as_moment(text: str) -> datetime | date | None:
    """A moment or day written as ISO 8601, else None."""
    if len(text) < 10 or not text[:4].isdigit() or text[4] != "-":
        return None
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError:
        return None


def as_date(value: object, zone: ZoneInfo) -> date | None:
    """The day of anything that has one, in the shop's zone."""
    if isinstance(value, str):
        value = as_moment(value)
    if isinstance(value, datetime):
        return value.astimezone(zone).date() if value.tzinfo else value.date()
    return value if isinstance(value, date) else None
