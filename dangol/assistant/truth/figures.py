"""Reading the figures of a text: money, percentages, spans of time, times of day, counts, ratings, sizes, contacts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from dangol.assistant.truth import patterns
from dangol.assistant.truth.dates import read_dates
from dangol.assistant.truth.numbers import number
from dangol.assistant.truth.roles import bound_of, end_of_role, nearest_role
from dangol.assistant.truth.text import clause_spans, plain, span_at

Value = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a text. `values` are all that must be true (both ends of a range); `role` is what it is said of.

    Kinds and values: money (currency, minor units) · percent (hundredths of a per cent) · span (unit, number) ·
    time (minutes) · date, weekday, month, week (see `dates`) · count, stock, points, rating, number (decimal) ·
    size (text) · phone, email, link, code, reference (text).
    """

    kind: str
    values: tuple[Value, ...]
    start: int
    end: int
    role: str = ""
    bound: str = ""
    unit: str = ""  # of a number


@lru_cache(maxsize=1024)
def read(text: str) -> tuple[Figure, ...]:
    """Every figure of a text, in order, none overlapping another; places are those of the text."""
    low = plain(text)
    taken = bytearray(len(low))
    figures: list[Figure] = []
    for reader in _READERS:
        for figure in reader(low, text):
            start, end = figure.start, figure.end
            if any(taken[start:end]):
                continue
            taken[start:end] = b"\x01" * (end - start)
            if low[start].isspace():  # the space before a figure is none of it: it may end another sentence
                figure = Figure(
                    figure.kind, figure.values, start + 1, end, figure.role, figure.bound, figure.unit
                )
            figures.append(figure)
    figures.sort(key=lambda figure: figure.start)
    return tuple(_with_role(low, figures, at) for at in range(len(figures)))


def _with_role(low: str, figures: list[Figure], at: int) -> Figure:
    figure = figures[at]
    clause = span_at(clause_spans(low), figure.start)
    left = max(clause.start, end_of_role(low, figures[at - 1].end) if at else 0)
    following = figures[at + 1].start if at + 1 < len(figures) else len(low) + 1
    right = max(min(clause.end, following), figure.end)
    role = nearest_role(low, figure.start, figure.end, left, right, shared=following <= clause.end)
    bound = figure.bound or bound_of(low, figure.start, figure.end)
    return Figure(figure.kind, figure.values, figure.start, figure.end, role, bound, figure.unit)


def _minor(value: Decimal, currency: str) -> int:
    return int(value if currency in patterns.WHOLE else value * 100)


def _links(low: str, _text: str) -> Iterator[Figure]:
    for found in patterns.EMAIL.finditer(low):
        yield Figure("email", ((found.group(),),), found.start(), found.end())
    for found in patterns.LINK.finditer(low):
        link = found.group().rstrip(".,!?;:")
        yield Figure("link", ((link,),), found.start(), found.start() + len(link))

    if not patterns.TAKEN_APART.search(low):
        return
    for found in patterns.LINK_TAKEN_APART.finditer(low):  # evil[.]example[.]com
        yield Figure("link", ((patterns.TAKEN_APART.sub(".", found.group()),),), found.start(), found.end())


def _phones(low: str, _text: str) -> Iterator[Figure]:
    for found in patterns.PHONE.finditer(low):
        yield Figure("phone", ((re.sub(r"\D", "", found.group()),),), found.start(), found.end())


def _references(low: str, _text: str) -> Iterator[Figure]:
    for found in patterns.REFERENCE.finditer(low):
        name = "id" if found["id"] else "id2"
        yield Figure(
            "reference", ((re.sub(r"[^\da-z]", "", found[name]),),), found.start(name), found.end(name)
        )


def _codes(low: str, text: str) -> Iterator[Figure]:
    if not patterns.CODE_NEAR.search(low):
        return
    for found in patterns.CODE.finditer(text):
        near = low[max(0, found.start() - 40) : found.end() + 30]
        if patterns.CODE_NEAR.search(near):
            yield Figure("code", ((found.group().lower(),),), found.start(), found.end())


def _money(low: str, _text: str) -> Iterator[Figure]:
    for found in patterns.MONEY.finditer(low):
        currency, written = _currency(found)
        values = [number(part) for part in written if part]
        if any(value is None for value in values):
            continue
        if found["pence"] and not low.isascii():
            continue  # 500p of a Korean shop are points
        if found["cents"] or found["pence"]:
            values = [value / 100 for value in values if value is not None]
        amounts = [_minor(value, currency) for value in values if value is not None]
        if len(amounts) == 2 and found["w2"] and amounts[1] < amounts[0]:  # 94만원에서 15만원 내린
            for name, amount in zip(("w1", "w2"), amounts, strict=True):
                end = found.end(name) if name == "w1" else found.end()
                yield Figure("money", ((currency, amount),), found.start(name), end)
            continue
        if len(amounts) == 2 and amounts[0] * 50 < amounts[1]:
            amounts[0] *= 10_000 if "만" in (written[1] or "") else 1  # 3~5만원
        yield _banded(low, found, currency, amounts)
    for found in patterns.FREE.finditer(low):
        yield Figure("money", (("any", 0),), found.start(), found.end())


_OTHERS = (("GBP", "pence"), ("USD", "cents"), ("KRW", "each"))


def _currency(found: re.Match[str]) -> tuple[str, tuple[str | None, ...]]:
    if found["sign"]:
        return patterns.DOLLARS[found["sign"]], (found["s1"], found["s2"])
    if found["code"]:
        return patterns.CODES[found["code"]], (found["c1"],)
    if found["unit"]:
        return patterns.CODES[found["unit"]], (found["w1"], found["w2"])
    if found["eunit"]:
        return patterns.CODES[found["eunit"]], (found["e1"],)
    if found["note"]:
        return "GBP", (patterns.NOTES[found["note"]],)
    currency, group = next((each for each in _OTHERS if found[each[1]]), ("KRW", "m1"))
    return currency, (found[group],)


def _banded(low: str, found: re.Match[str], currency: str, amounts: list[int]) -> Figure:
    values = tuple((currency, amount) for amount in amounts)
    bound = (
        "band"
        if patterns.BAND.match(low[found.end() : found.end() + 3])
        else "range"
        if len(values) > 1
        else ""
    )
    return Figure("money", values, found.start(), found.end(), bound=bound)


def _percents(low: str, _text: str) -> Iterator[Figure]:
    fixed = {"half": 5000, "third": 3333, "quarter": 2500, "two3": 6667, "fifth": 2000, "tenth": 1000}
    for found in patterns.PERCENT.finditer(low):
        name = found.lastgroup or ""
        if name in fixed:
            values = [Decimal(fixed[name]) / 100]
        elif found["kwhole"]:
            whole, part = number(found["kwhole"]), number(found["kpart"])
            if not whole or part is None:
                continue
            values = [part * 100 / whole]
        elif found["hal"]:
            values = [(number(found["hal"]) or Decimal(0)) * 10]
        else:
            values = [v for g in ("p1", "p2", "k1", "e1") if found[g] and (v := number(found[g])) is not None]
        yield Figure("percent", tuple((int(value * 100),) for value in values), found.start(), found.end())
    for found in patterns.TIMES.finditer(low):
        word = found["n"] or found["d"] or {"double": "2", "twice": "2", "triple": "3"}[found["e"]]
        value = number(word)
        if value is not None:
            yield Figure("times", ((value,),), found.start(), found.end())


def _spans(low: str, _text: str) -> Iterator[Figure]:
    for found in patterns.SPAN.finditer(low):
        word = found["word"]
        if found["half"]:
            name, many = next(each for word, each in patterns.HALVES.items() if found["half"].endswith(word))
            yield Figure("span", ((name, Decimal(many)),), found.start(), found.end())
            continue
        if unit := found["u3"] or found["u4"] or found["u5"]:
            whole = Decimal(1) if found["a"] else number(found["n3"] or found["k3"])
            name, times = patterns.UNITS[unit if found["u5"] else unit.rstrip("s")]
            if whole is not None:
                more = _HALF / 2 if found["more"] == "quarter" else _HALF
                yield Figure("span", ((name, (whole + more) * times),), found.start(), found.end())
            continue
        if found["ever"]:
            yield Figure("span", (("day", Decimal(patterns.LIFE)),), found.start(), found.end())
            continue
        if word:
            days = patterns.SPAN_WORDS.get(word.replace(" ", ""), 1 if word.startswith("next") else 0)
            yield Figure("span", (("day", Decimal(days)),), found.start(), found.end())
            continue
        unit = found["u"] or found["ku"] or found["su"]
        name, times = patterns.UNITS[unit] if unit in patterns.UNITS else patterns.UNITS[unit.rstrip("s")]
        written = [found[g] for g in ("n1", "n2", "k1", "k2", "s1", "s2") if found[g]]
        values = [Decimal(1) if part in ("a", "an") else number(part) for part in written]
        if all(value is not None for value in values):
            spans = tuple((name, value * times) for value in values if value is not None)
            yield Figure("span", spans, found.start(), found.end())


def _times(low: str, _text: str) -> Iterator[Figure]:
    for found in patterns.TIME.finditer(low):
        if found["noon"] or found["midnight"]:
            yield Figure("time", ((720 if found["noon"] else 0,),), found.start(), found.end())
            continue
        written = found["h"] or found["kh"] or found["eh"] or found["oh"] or found["ph"] or found["wh"]
        hour = number(written)
        if hour is None or hour > 24:
            continue
        minute = 30 if found["khalf"] else int(found["m"] or found["km"] or _PAST.get(found["past"], 0))
        hour -= minute < 0
        minute %= 60
        spoken = {"morning": "a", "afternoon": "p", "evening": "p", None: ""}[found["oap"]]
        mark = found["ap0"] or found["ap"] or found["kap"] or found["eap"] or spoken
        yield Figure(
            "time", tuple((value,) for value in _minutes(int(hour), minute, mark)), found.start(), found.end()
        )


def _minutes(hour: int, minute: int, mark: str) -> tuple[int, ...]:
    if mark in ("p", "오후", "낮", "밤", "저녁") and hour < 12:
        hour += 12
    if mark in ("a", "오전", "새벽", "아침") and hour == 12:
        hour = 0
    return (hour % 24 * 60 + minute if hour != 24 else 1440,)


def _ratings(low: str, _text: str) -> Iterator[Figure]:
    for found in patterns.RATING.finditer(low):
        name = found.lastgroup or "a"
        value = number(found[name])
        if value is not None and value <= 5:
            yield Figure("rating", ((value,),), found.start(), found.end())


def _counted(kind: str, pattern: patterns.Signed) -> Callable[[str, str], Iterator[Figure]]:
    def read_them(low: str, _text: str) -> Iterator[Figure]:
        for found in pattern.finditer(low):
            groups = found.groupdict()
            written = (
                "한" if groups.get("last") else next((groups[g] for g in "abcdefg" if groups.get(g)), None)
            )
            value = number(written) if written else None
            single = kind == "count" and value == 1 and not (written or "").isdigit()
            if value is None or (single and not low.startswith("까지", found.end())):
                continue  # "한 번", "one of them" say nothing countable
            yield Figure(kind, ((value,),), found.start(), found.end())

    return read_them


def _sizes(low: str, _text: str) -> Iterator[Figure]:
    for found in patterns.SIZE.finditer(low):
        group = next(name for name in "abcdefghij" if found[name])
        written = f"{found['d']}{found['d2']}" if group == "d" else found[group]
        yield Figure(
            "size",
            ((re.sub(r"[\s-]", "", written),),),
            found.start(group),
            found.end("d2" if group == "d" else group),
        )


def _bare(low: str, _text: str) -> Iterator[Figure]:
    for found in patterns.BARE.finditer(low):
        value = number(found.group().rstrip(",."))
        behind = low[found.end() : found.end() + 5]
        begins = low[: found.start()].rpartition("\n")[2].strip() == ""
        listed = (
            (patterns.ORDINAL.match(behind) or (begins and patterns.LISTED.match(behind)))
            and value is not None
            and value <= 20
        )
        if value is not None and not listed:
            end = found.start() + len(found.group().rstrip(",."))
            yield Figure("number", ((value,),), found.start(), end, unit=_unit(low, found.start(), end))


def _unit(low: str, start: int, end: int) -> str:
    """What a number measures, where that stands beside it."""
    found = patterns.UNIT.match(low[end : end + 24])
    if found:
        unit = found["unit"]
        return "age" if unit in ("세", "살") or " o" in unit else unit.rstrip("s")
    return "age" if patterns.AGES.search(low[max(0, start - 14) : start]) else ""


def _spelt(low: str, _text: str) -> Iterator[Figure]:
    """ "Eleven gears": from four on a number in words counts something."""
    for found in patterns.SPELT.finditer(low):
        value = number(found["n"] or found["m"])
        if (
            value is not None
            and (value >= _COUNTED or (found["m"] and value > 1))
            and not _OF_A_CODE.match(low, found.end())
        ):
            yield Figure("number", ((value,),), found.start(), found.end())


_PAST = {"half past": 30, "quarter past": 15, "quarter to": -15}
_HALF = Decimal("0.5")
_COUNTED = 4
_OF_A_CODE = re.compile(
    r"[\s-](?:digits?|figures?|characters?|letters?)\b"
)  # "the six digits" counts no goods
_READERS: tuple[Callable[[str, str], Iterable[Figure]], ...] = (
    _links,
    _phones,
    _references,
    _codes,
    lambda low, _text: (Figure(d.kind, d.values, d.start, d.end) for d in read_dates(low)),
    _times,
    _money,
    _percents,
    _ratings,
    _counted("stock", patterns.STOCK),
    _counted("points", patterns.POINTS),
    _spans,
    _sizes,
    _counted("count", patterns.COUNT),
    _spelt,
    _bare,
)
