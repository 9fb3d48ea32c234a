"""Opening hours as they are said: weekdays by their names, not by their keys."""

from __future__ import annotations

from collections.abc import Mapping

from dangol.assistant.speak.lines import Line, line

_WHOLE = {
    "mon-fri": "days_mon_fri",
    "sat-sun": "days_sat_sun",
    "daily": "days_daily",
    "holidays": "days_holidays",
}


def hours_lines(hours: Mapping[str, str]) -> list[Line]:
    """Each row of the hours with its days in words; closed days are said to be closed."""
    return [
        line("hours_closed", days=_days(days))
        if span == "closed"
        else line("hours_span", days=_days(days), span=span)
        for days, span in hours.items()
    ]


def _days(days: str) -> Line:
    if days in _WHOLE:
        return line(_WHOLE[days])
    first, _, last = days.partition("-")
    if not last:
        return line(f"days_{first}")
    return line("days_from_to", first=line(f"days_{first}"), last=line(f"days_{last}"))
