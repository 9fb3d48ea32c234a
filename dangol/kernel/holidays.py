"""Days on which nothing is sent and no time runs out: weekends and public holidays of Korea and the United States."""

from __future__ import annotations

from datetime import date, timedelta

# Public holidays by the act on public holidays with their substitute days, election days and 1 May, on which
# carriers rest; the lunar ones (Seollal, Buddha's birthday, Chuseok) as the almanac has them.
_KOREA = """
2026 01-01 02-16 02-17 02-18 03-01 03-02 05-01 05-05 05-24 05-25 06-03 06-06 07-17 08-15 08-17 09-24 09-25 09-26
     10-03 10-05 10-09 12-25
2027 01-01 02-06 02-07 02-08 02-09 03-01 05-01 05-03 05-05 05-13 06-06 07-17 07-19 08-15 08-16 09-14 09-15 09-16
     10-03 10-04 10-09 10-11 12-25 12-27
2028 01-01 01-26 01-27 01-28 03-01 04-12 05-01 05-02 05-05 06-06 07-17 08-15 10-02 10-03 10-04 10-05 10-09 12-25
"""
_KOREA_EVERY_YEAR = frozenset(
    ((1, 1), (3, 1), (5, 1), (5, 5), (6, 6), (7, 17), (8, 15), (10, 3), (10, 9), (12, 25))
)


def _table(text: str) -> dict[int, frozenset[tuple[int, int]]]:
    years: dict[int, set[tuple[int, int]]] = {}
    year = 0
    for word in text.split():
        if "-" in word:
            month, day = word.split("-")
            years[year].add((int(month), int(day)))
        else:
            year = int(word)
            years[year] = set()
    return {known: frozenset(days) for known, days in years.items()}


_KOREA_BY_YEAR = _table(_KOREA)


def _korean(day: date) -> bool:
    return (day.month, day.day) in _KOREA_BY_YEAR.get(day.year, _KOREA_EVERY_YEAR)


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth Monday (0) … Sunday (6) of a month; -1 is the last."""
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    last = date(year, month + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7)


def _american(day: date) -> bool:
    """The eleven federal holidays (5 U.S.C. 6103); one on a Saturday is kept on Friday, on a Sunday on Monday."""
    year = day.year
    fixed = [date(year, 1, 1), date(year + 1, 1, 1), date(year, 6, 19), date(year, 7, 4), date(year, 11, 11),
             date(year, 12, 25)]  # fmt: skip
    shift = {5: timedelta(days=-1), 6: timedelta(days=1)}
    kept = {one + shift.get(one.weekday(), timedelta(0)) for one in fixed}
    kept |= {_nth(year, 1, 0, 3), _nth(year, 2, 0, 3), _nth(year, 5, 0, -1), _nth(year, 9, 0, 1)}
    kept |= {_nth(year, 10, 0, 2), _nth(year, 11, 3, 4)}
    return day in kept


def is_business_day(day: date, country: str) -> bool:
    """Whether parcels move on this day; of countries other than Korea and the United States only weekends are known.

    Korean lunar holidays are known for 2026 to 2028.
    """
    if day.weekday() >= 5:
        return False
    if country == "KR":
        return not _korean(day)
    return not (country == "US" and _american(day))


def business_days_after(day: date, count: int, country: str) -> date:
    """The day that lies so many business days after a day; with 0 the day itself, or the next business day."""
    while not is_business_day(day, country):
        day += timedelta(days=1)
    while count > 0:
        day += timedelta(days=1)
        count -= is_business_day(day, country)
    return day
