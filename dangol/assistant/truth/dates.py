"""Reading dates: 11월 24일, 2026-11-24, Nov 24, 화요일, 내일, next week; resolved only when it is known what day it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dangol.assistant.truth.patterns import Signed

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAYS = ("월", "화", "수", "목", "금", "토", "일")
_ENGLISH_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_TAIL = r"(?:\s?\(?(?P<{0}>[월화수목금토일])(?:요일)?\)|\s(?P<{0}k>[월화수목금토일])요일)?"
_DATE = Signed(
    re.compile(
        r"(?P<y>20\d\d)\s?(?:-|\.|/|년)\s?(?P<m>\d{1,2})\s?(?:-|\.|/|월)\s?(?P<d>\d{1,2})(?:일"
        r"|\.)?(?!\d)" + _TAIL.format("w1")
        + r"|(?<!\d)(?P<km>\d{1,2})월\s?(?P<kd>\d{1,2})일?" + _TAIL.format("w2")
        + r"(?:\s?(?:~|-|에서|부터|이나|또는)\s?(?:(?P<km2>\d{1,2})월\s?)?(?P<kd2>\d{1,2})일"
        + r"(?!\s?(?:이내|동안))" + _TAIL.format("w3") + r")?"
        + r"|(?<![\d/])(?P<sm>1[0-2]|0?[1-9])/(?P<sd>3[01]|[12]\d|0?[1-9])(?![\d/])" + _TAIL.format("w4")
        + r"(?:\s?(?:~|-)\s?(?:(?P<sm2>1[0-2]|0?[1-9])/)?(?P<sd2>3[01]|[12]\d|0?[1-9])(?![\d/]))?"
        + rf"|\b(?P<em>{_MONTH})\s(?P<ed>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s20\d\d)?"
        + rf"(?:\s?(?:-|to|and|through|or)\s?(?:(?P<em2>{_MONTH})\s)?(?P<ed2>\d{{1,2}})(?:st|nd|rd|th)?\b)?"
        + r"|\b(?P<fd>\d{1,2})(?:st|nd|rd|th)?(?:\s?(?:-|to|and)\s?(?:[mtwfs][a-z]{2,5}day\s)?(?P<fd2>\d{1,2})(?:st|nd|rd|th)?)?"
        + rf"\s(?:of\s)?(?P<fm>{_MONTH})\b"
    ),
    *("월", "20", "/"),
    *_MONTHS,
)  # fmt: skip
_WEEKDAY = Signed(
    re.compile(
        r"(?P<mod>다음\s?주|다다음\s?주|이번\s?주|next|this"
        r"|coming)?\s?(?:(?P<k>[월화수목금토일])요일|\b(?P<e>monday|tuesday|wednesday|thursday"
        r"|friday|saturday|sunday)s?\b)"
    ),
    *("요일", "day"),
)
_RELATIVE = Signed(
    re.compile(
        r"(?P<two>모레|day after tomorrow)|(?P<three>글피)|(?P<one>내일|tomorrow)"
        r"|(?P<zero>오늘(?![날])|\btoday\b|\btonight\b)"
        r"|(?P<back>어제|yesterday)|(?P<back2>그저께|그제\b|day before yesterday)"
    ),
    *("모레", "글피", "내일", "오늘", "어제", "그저께", "그제", "morrow", "today", "tonight", "yesterday"),
)
_PERIOD = Signed(
    re.compile(
        r"(?P<nextweek>다음\s?주(?!\s?[월화수목금토일]요일)|next week)"
        r"|(?P<thisweek>이번\s?주(?!\s?[월화수목금토일]요일|말)|this week(?!end))"
        r"|(?P<weekend>주말|weekend)|(?P<nextmonth>다음\s?달|next month)|(?P<thismonth>이번\s?달|this month)"
    ),
    *("다음", "이번", "주말", "week", "month"),
)
# day of the year: the feasts that have one
_FEASTS = {
    "new year's eve": (12, 31), "new year's day": (1, 1), "christmas eve": (12, 24), "christmas day": (12, 25), "boxing day": (12, 26),
    "크리스마스이브": (12, 24), "크리스마스 이브": (12, 24), "성탄절": (12, 25), "크리스마스": (12, 25), "christmas": (12, 25),
    "삼일절": (3, 1), "어린이날": (5, 5), "광복절": (8, 15), "한글날": (10, 9),
}  # fmt: skip
_FEAST = Signed(
    re.compile(
        rf"(?:\bon |\bby |\buntil |\bbefore )?(?P<name>{'|'.join(_FEASTS)})(?=[\s.,;!?]|에|까지|부터|전|이에요|예요|입니다|$)"
    ),
    *("eve", "day", "christmas", "크리스마스", "절", "날"),
)
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
    "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
)  # fmt: skip
LAST = 99
"""The day of a month that is its last."""
_DAY_ONLY = Signed(
    re.compile(
        r"\b(?:on|by|until|before|from|to|and|the)\s(?P<d>\d{1,2})(?:st|nd|rd|th)\b"
        rf"|\bthe (?P<o>{'|'.join(_ORDINALS)}) (?=of (?:each|every|the) month)"
        r"|(?P<last>\b(?:the )?(?:last day|end) of (?:the|this|each|every) month\b|(?<!\d)(?<!월 )(?:월말|말일))"
        # 21일에 도착해요, 20일 오후, 수요일인 25일, 다음 달 19일, and not 3일에 한 번
        r"|(?<![\d월])(?<!월 )(?P<k>\d{1,2})일(?=에 (?!\S{1,3} ?번|걸쳐)|에는\s|\s(?:오전|오후|아침|저녁|낮|밤|새벽|정오|[월화수목금토일]요일))"
        r"|(?:요일(?:인|,)?|(?:다음|이번)\s?달|다음달|이번달)\s(?P<k2>\d{1,2})일(?!\s?(?:동안|간|이내|안에))"
        r"|(?<!\d)(?P<m>1[0-2]|[1-9])월\s?(?=말(?:까지|에|쯤|이|일|\s))"
    ),
    *("월", "말일", "일에", "일 ", "요일", "달 ", "month", "1st", "2nd", "3rd"),
    *(f"{figure}{ends}" for figure in "0123456789" for ends in ("th", "st", "nd", "rd")),
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A date in a text: `date` (year or 0, month, day, weekday or -1), `weekday`, `relative` days, `period`, `monthday`."""

    kind: str
    values: tuple[tuple[object, ...], ...]
    start: int
    end: int


def read_dates(low: str) -> Iterator[Mention]:
    """Every date of a plain text."""
    for found in _DATE.finditer(low):
        values = tuple(_values(found))
        if all(_possible(value) for value in values):
            yield Mention("date", values, found.start(), found.end())
    for found in _FEAST.finditer(low):
        yield Mention("date", ((0, *_FEASTS[found["name"]], -1),), found.start("name"), found.end("name"))
    for found in _DAY_ONLY.finditer(low):
        if found["m"]:  # 11월 말
            yield Mention("monthend", ((int(found["m"]),),), found.start(), found.end())
            continue
        day = (
            LAST
            if found["last"]
            else int(found["d"] or found["k"] or found["k2"] or _ORDINALS.index(found["o"]) + 1)
        )
        yield Mention("monthday", ((day,),), found.start(found.lastgroup or 0), found.end())
    for found in _WEEKDAY.finditer(low):
        day = _WEEKDAYS.index(found["k"]) if found["k"] else _ENGLISH_DAYS.index(found["e"])
        mod = (found["mod"] or "").replace(" ", "")
        week = (
            1
            if mod in ("다음주", "next")
            else 2
            if mod == "다다음주"
            else 0
            if mod in ("이번주", "this")
            else -1
        )
        yield Mention("weekday", ((day, week),), found.start(), found.end())
    days = {"zero": 0, "one": 1, "two": 2, "three": 3, "back": -1, "back2": -2}
    for found in _RELATIVE.finditer(low):
        yield Mention("relative", ((days[found.lastgroup or "zero"],),), found.start(), found.end())
    for found in _PERIOD.finditer(low):
        yield Mention("period", ((found.lastgroup,),), found.start(), found.end())


def _values(found: re.Match[str]) -> Iterator[tuple[int, int, int, int]]:
    if found["y"]:
        yield int(found["y"]), int(found["m"]), int(found["d"]), _weekday(found, "w1")
    elif found["km"]:
        yield 0, int(found["km"]), int(found["kd"]), _weekday(found, "w2")
        if found["kd2"]:
            yield 0, int(found["km2"] or found["km"]), int(found["kd2"]), _weekday(found, "w3")
    elif found["sm"]:
        yield 0, int(found["sm"]), int(found["sd"]), _weekday(found, "w4")
        if found["sd2"]:
            yield 0, int(found["sm2"] or found["sm"]), int(found["sd2"]), -1
    elif found["em"]:
        yield 0, _month(found["em"]), int(found["ed"]), -1
        if found["ed2"]:
            yield 0, _month(found["em2"] or found["em"]), int(found["ed2"]), -1
    else:
        yield 0, _month(found["fm"]), int(found["fd"]), -1
        if found["fd2"]:
            yield 0, _month(found["fm"]), int(found["fd2"]), -1


def _weekday(found: re.Match[str], name: str) -> int:
    written = found[name] or found[f"{name}k"]
    return _WEEKDAYS.index(written) if written else -1


def _month(word: str) -> int:
    return _MONTHS.index(word[:3]) + 1


def _possible(value: tuple[int, int, int, int]) -> bool:
    try:
        date(value[0] or 2024, value[1], value[2])  # 2024 has every day there can be
    except ValueError:
        return False
    return True


def period_days(name: str, today: date) -> tuple[date, date]:
    """First and last day of "next week" and its like; weeks start on Monday."""
    monday = today - timedelta(days=today.weekday())
    if name in ("thisweek", "nextweek"):
        first = monday + timedelta(days=7 if name == "nextweek" else 0)
        return first, first + timedelta(days=6)
    if name == "weekend":
        return monday + timedelta(days=5), monday + timedelta(days=6)
    first = today.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    if name == "thismonth":
        return first, following - timedelta(days=1)
    return following, (following + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def resolve(value: tuple[object, ...], today: date) -> date | None:
    """The day a written date means: without a year, the one nearest to today."""
    year, month, day = (int(str(part)) for part in value[:3])
    if year:
        return _day(year, month, day)
    near = [found for offset in (-1, 0, 1) if (found := _day(today.year + offset, month, day))]
    return min(near, key=lambda found: abs((found - today).days), default=None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
