"""Dates and ranges as people say them, counted from a given day; weeks start on Monday."""

# ruff: noqa: E501  a list of alternatives reads best on one line

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_WEEKDAYS = {
    "월": 0, "화": 1, "수": 2, "목": 3, "금": 4, "토": 5, "일": 6,
    "mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
_MONTHS = {
    name: at
    for at, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_COUNTS = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "열흘": 10, "보름": 15, "일주일": 7, "한": 1, "두": 2, "세": 3,
    "네": 4, "일": 1, "이": 2, "삼": 3, "사": 4, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "ten": 10, "couple": 2, "couple of": 2, "a couple of": 2, "a few": 3,
}  # fmt: skip
_NAMED_DAYS = {
    "오늘": 0, "내일모레": 2, "내일": 1, "낼모레": 2, "낼": 1, "모레": 2, "글피": 3, "어제": -1, "어저께": -1, "엊그제": -2,
    "엊그저께": -2, "그제": -2, "그저께": -2, "the day after tomorrow": 2, "day after tomorrow": 2, "tomorrow": 1, "tmrw": 1,
    "tmr": 1, "the day before yesterday": -2, "day before yesterday": -2, "yesterday": -1, "today": 0, "tonight": 0,
    "this morning": 0, "this afternoon": 0, "this evening": 0, "오늘아침": 0, "오늘 아침": 0, "last night": -1,
}  # fmt: skip
_YEARS = {"재작년": -2, "작년": -1, "지난해": -1, "올해": 0, "내년": 1, "last": -1, "this": 0, "next": 1}
_SEASONS = {
    "봄": 3, "여름": 6, "가을": 9, "겨울": 12, "spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12,
}  # fmt: skip
_PAST = re.compile(
    r"샀|주문했|주문한|시켰|시킨|산\s?거|구매한|왔|받았|결제했|했는데|bought|ordered|purchased|returned|sent (?:it|them|this)? ?back|반품한|반품했|보냈|돌려보낸|received|paid|arrived|placed|got it|since"
)
_AHEAD = re.compile(r"\s?(?:으로|로|까지|에\s?(?:받|올|와|도착|배송)|instead)")
_EN_DAY = r"(?P<day>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
_EN_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_LAST = "last|previous|past"


@dataclass(frozen=True, slots=True)
class DateFound:
    """A day (first = last) or a range of days, and where it was said."""

    first: date
    last: date
    start: int
    end: int

    @property
    def is_range(self) -> bool:
        """Whether more than one day is meant."""
        return self.first != self.last


Days = tuple[date, date]
Rule = tuple[re.Pattern[str], Callable[[re.Match[str], date, str], Days | None]]


def _day(day: date) -> Days:
    return day, day


def _monday(today: date, weeks: int) -> date:
    return today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)


def _month(year: int, month: int) -> Days:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), following - timedelta(days=1)


def _safe(year: int, month: int, day: int) -> Days | None:
    try:
        return _day(date(year, month, day))
    except ValueError:
        return None


def _near_year(month: int, day: int, today: date, text: str) -> Days | None:
    found = _safe(today.year, month, day)
    if found is None:
        return None
    gap = (found[0] - today).days
    if _PAST.search(text) and gap > 0:
        return _safe(today.year - 1, month, day)
    return _safe(today.year + 1, month, day) if gap < -180 and not _PAST.search(text) else found


def _weeks_of(word: str) -> int:
    if word.startswith(("다다음", "담담")):
        return 2
    if word.startswith(("다음", "담", "돌아오는", "next")):
        return 1
    if word.startswith(("저저번", "지지난")):
        return -2
    return -1 if word.startswith(("지난", "저번", "last", "past", "previous")) else 0


def _iso(match: re.Match[str], today: date, text: str) -> Days | None:
    return _safe(int(match["y"]), int(match["m"]), int(match["d"]))


def _month_day(match: re.Match[str], today: date, text: str) -> Days | None:
    return _near_year(int(match["m"]), int(match["d"]), today, text)


def _named(match: re.Match[str], today: date, text: str) -> Days | None:
    return _day(today + timedelta(days=_NAMED_DAYS[match.group()]))


def _weekday(match: re.Match[str], today: date, text: str) -> Days | None:
    day = _WEEKDAYS[match["day"][:3] if match["day"].isascii() else match["day"]]
    which = (match.groupdict().get("week") or "").strip()
    if which in {"last", "past", "previous"}:
        back = (today.weekday() - day - 1) % 7 + 1
        return _day(today - timedelta(days=back))
    if which and which != "오는":
        return _day(_monday(today, _weeks_of(which)) + timedelta(days=day))
    if _PAST.search(text) and not _AHEAD.match(text, match.end()):
        return _day(today - timedelta(days=(today.weekday() - day) % 7))
    return _day(today + timedelta(days=(day - today.weekday()) % 7))


def _weekend(match: re.Match[str], today: date, text: str) -> Days | None:
    monday = _monday(today, _weeks_of((match["week"] or "").strip()))
    return monday + timedelta(days=5), monday + timedelta(days=6)


def _week(match: re.Match[str], today: date, text: str) -> Days | None:
    monday = _monday(today, _weeks_of(match["week"]))
    return monday, monday + timedelta(days=6)


def _relative_month(match: re.Match[str], today: date, text: str) -> Days | None:
    return _month(today.year, today.month + _weeks_of(match["which"]))


def _year(match: re.Match[str], today: date, text: str) -> Days | None:
    shift = {
        "작년": -1,
        "지난해": -1,
        "last year": -1,
        "올해": 0,
        "this year": 0,
        "내년": 1,
        "next year": 1,
        "재작년": -2,
    }
    year = today.year + shift[match.group()]
    return date(year, 1, 1), date(year, 12, 31)


def _month_of_year(match: re.Match[str], today: date, text: str) -> Days | None:
    return _month(today.year + _YEARS[match["year"]], int(match["m"]))


def _season(match: re.Match[str], today: date, text: str) -> Days | None:
    year = today.year + _YEARS[match["year"]]
    month = _SEASONS[match["season"]]
    return _month(year, month)[0], _month(year, month + 2)[1]


def _count(written: str) -> int:
    return int(written) if written.isdigit() else _COUNTS.get(written.strip(), 1)


def _shifted(match: re.Match[str], today: date, text: str) -> Days | None:
    parts = match.groupdict()
    number = _count(parts.get("n") or "1")
    unit = parts.get("unit") or "일"
    days = number * (7 if unit[:1] in {"주", "w"} else 1)
    sign = -1 if match["way"].strip() in {"전", "전에", "ago", "back"} else 1
    if unit.startswith(("달", "개월", "month")):
        first, _ = _month(today.year, today.month + sign * number)
        same_day = _safe(first.year, first.month, today.day)
        return same_day or _day(_month(first.year, first.month)[1])
    if days > 20_000:
        return None
    return _day(today + timedelta(days=sign * days))


def _recent(match: re.Match[str], today: date, text: str) -> Days | None:
    number, unit = _count(match["n"] or "1"), match["unit"]
    days = number * (30 if unit.startswith(("달", "개월", "month")) else 7 if unit[:1] in {"주", "w"} else 1)
    return (today - timedelta(days=days), today) if days < 20_000 else None


def _english_date(match: re.Match[str], today: date, text: str) -> Days | None:
    month, day = _MONTHS[match["month"][:3]], int(match["d"])
    year = match.groupdict().get("y")
    return _safe(int(year), month, day) if year else _near_year(month, day, today, text)


def _whole_month(match: re.Match[str], today: date, text: str) -> Days | None:
    month = int(match["m"]) if match.groupdict().get("m") else _MONTHS[match["month"][:3]]
    if not 1 <= month <= 12:
        return None
    year = today.year
    if _PAST.search(text) or "뭐 샀" in text:
        year -= month > today.month
    elif month < today.month - 5:
        year += 1
    return _month(year, month)


def _day_of_month(match: re.Match[str], today: date, text: str) -> Days | None:
    day = int(match["d"])
    found = _safe(today.year, today.month, day)
    if found and found[0] < today and not _PAST.search(text):
        first, _ = _month(today.year, today.month + 1)
        return _safe(first.year, first.month, day)
    return found


def _christmas(match: re.Match[str], today: date, text: str) -> Days | None:
    return _near_year(12, 24 if match["eve"] or match["evening"] else 25, today, text)


def _patterns() -> Iterator[Rule]:
    def rule(pattern: str, read: Callable[[re.Match[str], date, str], Days | None]) -> Rule:
        return re.compile(pattern), read

    # 지난 주문, 이번 주소 and 다음 주인 are no weeks
    ko_week = r"(?P<week>(?:다다음|다음|(?<![가-힣])담|이번|지지난|지난|저저번|저번)\s?주(?![소문인])|금주)"
    yield rule(r"(?<!\d)(?P<y>20\d\d)[-./년]\s?(?P<m>\d{1,2})[-./월]\s?(?P<d>\d{1,2})일?(?![\d-])", _iso)
    yield rule(r"(?<!\d)(?P<m>1[0-2]|[1-9])월\s?(?P<d>\d{1,2})일", _month_day)
    yield rule(r"(?<![\d/.-])(?P<m>1[0-2]|0?[1-9])/(?P<d>3[01]|[12]\d|0?[1-9])(?![\d/])", _month_day)
    yield rule(rf"\b{_EN_MONTH}\.?\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s(?P<y>20\d\d))?", _english_date)
    yield rule(
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?{_EN_MONTH}\b(?:,?\s(?P<y>20\d\d))?", _english_date
    )
    yield rule(
        rf"{ko_week}\s?(?P<day>[월화수목금토일])(?:요일|욜)?(?![가-힣]*까지는?\s?아니)(?=요|욜|에|까지|\s|$|[?.,!]|날)",
        _weekday,
    )
    yield rule(rf"{ko_week}\s?(?P<day>[월화수목금토일])(?:요일|욜)", _weekday)
    yield rule(r"(?:(?P<week>다다음|다음|담|이번|지난|저번|돌아오는)\s?)(?:주\s)?주말", _weekend)
    yield rule(r"(?:(?P<week>오는)\s?)?(?P<day>[월화수목금토일])(?:요일|욜)", _weekday)
    yield rule(rf"\b(?P<week>next|this|{_LAST})\sweekend\b", _weekend)
    yield rule(rf"\b(?:(?P<week>next|this|{_LAST})\s)?{_EN_DAY}\b", _weekday)
    yield rule(ko_week, _week)
    yield rule(rf"\b(?P<week>next week|this week|(?:{_LAST}) week)\b", _week)
    yield rule(
        r"(?P<which>다다음\s?달|다음\s?달|담\s?달|이번\s?달|이달|지난\s?달|저번\s?달|지지난\s?달)",
        _relative_month,
    )
    yield rule(rf"\b(?P<which>next|this|{_LAST}) month\b", _relative_month)
    yield rule(
        r"(?P<year>재작년|작년|지난해|올해|내년)\s?(?P<m>1[0-2]|[1-9])월(?:달)?(?!\s?\d{1,2}일)",
        _month_of_year,
    )
    yield rule(
        r"(?P<year>재작년|작년|지난해|올해|내년|last|this|next)\s?(?P<season>봄|여름|가을|겨울|\b(?:spring|summer|autumn|fall|winter)\b)",
        _season,
    )
    yield rule(r"재작년|작년|지난해|올해|내년|last year|this year|next year", _year)
    yield rule(
        r"(?:최근|지난|past|last)\s(?P<n>\d+|한|두|세|two|three|six)?\s?(?P<unit>개월|달|주일?(?![가-힣])|일(?![가-힣])|days?|weeks?|months?)(?:\s?(?:간|동안))?",
        _recent,
    )
    yield rule(
        r"(?<!\d)(?P<n>\d{1,3}|한|두|세|네|일|이|삼|사)\s?(?P<unit>일|주일|주|달|개월)\s?(?P<way>전|뒤|후)에?(?!까지)",
        _shifted,
    )
    yield rule(r"(?P<n>하루|이틀|사흘|나흘|닷새|열흘|보름|일주일)\s?(?P<way>전|뒤|후)에?", _shifted)
    yield rule(
        r"\b(?P<n>\d{1,3}|an?|one|two|three|four|five|six|seven|ten|a couple of|couple of|a few)\s(?P<unit>days?|weeks?|months?)\s(?P<way>ago|back|from now|later)\b",
        _shifted,
    )
    yield rule(
        r"\b(?P<way>in)\s(?P<n>\d{1,3}|an?|one|two|three|four|five|a couple of|a few)\s(?P<unit>days?|weeks?|months?)\b",
        _shifted,
    )
    named = "|".join(sorted((re.escape(word) for word in _NAMED_DAYS), key=len, reverse=True))
    yield rule(rf"(?<![a-z])(?!(?<=[가-힣])낼)(?:{named})(?![a-z])", _named)
    yield rule(
        r"(?:크리스마스|성탄절)(?:\s?(?P<eve>이브))?|\b(?:christmas|xmas)(?P<evening>\seve)?\b", _christmas
    )
    yield rule(r"(?<![\d.])(?P<m>1[0-2]|[1-9])월(?:달)?(?![가-힣]*요일|\s?\d{1,2}일)", _whole_month)
    yield rule(rf"\b(?:in|during|since|for|from|of)\s{_EN_MONTH}\b(?!\s\d)", _whole_month)
    yield rule(r"(?<![\d.])(?P<d>[12]\d|3[01]|[1-9])일(?=에|날|까지|\s?날)(?!까지\s?걸)", _day_of_month)
    yield rule(
        r"\b(?:on|by|until|till|before|after|from|since)\s(?:the\s)?(?P<d>[12]?\d|3[01])(?:st|nd|rd|th)\b(?!\s(?:floor|time|birthday|one|item|anniversary|generation|grade|edition))",
        _day_of_month,
    )


_RULES = tuple(_patterns())
_JOIN = re.compile(r"^\s?(?:에?서|부터|~|-|to|through|and|until)\s?$")


def find_dates(text: str, today: date) -> list[DateFound]:
    """Every day and range of days in a plain text, counted from today (담주 화욜, 모레, 지난달, last friday, 12/3)."""
    found: list[DateFound] = []
    for pattern, read in _RULES:
        for match in pattern.finditer(text):
            if any(match.start() < one.end and one.start < match.end() for one in found):
                continue
            try:
                days = read(match, today, text)
            except OverflowError:
                continue
            if days:
                start = match.start() + len(match.group()) - len(match.group().lstrip())
                found.append(DateFound(*days, start, match.end()))
    return _join(sorted(found, key=lambda one: one.start), text)


def _join(found: list[DateFound], text: str) -> list[DateFound]:
    out: list[DateFound] = []
    for one in found:
        if out and _JOIN.match(text[out[-1].end : one.start]) and out[-1].first <= one.last:
            out[-1] = DateFound(out[-1].first, one.last, out[-1].start, one.end)
        else:
            out.append(one)
    return out
