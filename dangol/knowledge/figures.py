"""Figures in an article's sentences: money, percentages, days, hours, times of day; and its sentences themselves."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from dangol.kernel.words.normalising import normalise
from dangol.knowledge.model import Figure

_SENTENCE_END = re.compile(
    r"(?<=[.!?。])[\"'”’)\]]*\s+(?=[^\s.,])|(?<=[가-힣][.!?])(?=[가-힣A-Z])|\n+"
)  # a point inside a figure (3.5) has no blank after it
_ABBREVIATED = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|approx|no|vs|mr|mrs|ms|dr|st|a\.m|p\.m|incl|excl|min|max|[a-z])\.)$", re.I
)

_N = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"


def _range(name: str) -> str:
    return rf"(?P<{name}1>{_N})(?:\s*(?:[~\-–—]|에서|to|and)\s*(?P<{name}2>{_N}))?"


_FIGURE = re.compile(
    "|".join(
        (
            rf"(?P<man>{_N})\s*만\s*(?P<chon>{_N})?\s*(?P<chonunit>천)?\s*원",
            rf"(?P<won>{_N})\s*(?:원|won\b)",
            rf"(?:₩|krw\s?)(?P<krw>{_N})",
            rf"(?P<sign>us\$|\$|€|£|¥)\s?(?P<sum>{_N})",
            rf"(?P<word>{_N})\s?(?P<wordunit>dollars?|usd|euros?|eur|pounds?|gbp)\b",
            rf"{_range('p')}\s*(?:%|퍼센트|프로(?![가-힣])|per ?cent)",
            r"(?P<hh>\d{1,2}):(?P<mm>\d{2})(?:\s*(?P<half>[ap])\.?m\b)?",
            r"(?P<ampm>오전|오후|낮|밤|저녁)\s*(?P<khour>\d{1,2})\s*시(?:\s*(?P<kmin>\d{1,2})\s*분)?",
            r"(?P<ehour>\d{1,2})\s*(?P<ehalf>[ap])\.?m\b",
            rf"{_range('d')}\s*-?\s*(?P<dunit>영업일|일(?![가-힣]*요일)|주(?![가-힣])|주일|개월|달(?![러라])|년|시간"
            r"|business days?|working days?|days?|weeks?|months?|years?|hours?)",
        )
    ),
)
_SIGNS = {"$": "USD", "us$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_MONEY_WORDS = {"d": "USD", "u": "USD", "e": "EUR", "p": "GBP", "g": "GBP"}
_DECIMALS = {"KRW": 0, "JPY": 0}
_SPANS = {"day": ("day", 1), "wee": ("day", 7), "mon": ("month", 1), "yea": ("month", 12), "hou": ("hour", 1)}
_KOREAN_SPANS = {
    "영업일": ("day", 1), "일": ("day", 1), "주": ("day", 7), "주일": ("day", 7), "개월": ("month", 1), "달": ("month", 1),
    "년": ("month", 12), "시간": ("hour", 1),
}  # fmt: skip
_AT_LEAST = re.compile(r"^\s*(?:이상|넘|초과|부터|or more|or over|and (?:over|up|above)|and more|\+)")
_AT_LEAST_BEFORE = re.compile(r"(?:over|above|at least|from|more than|minimum(?: of)?|exceed\w*)\s*$")
_AT_MOST = re.compile(r"^\s*(?:이하|이내|미만|까지|안에|or less|or fewer)")
_AT_MOST_BEFORE = re.compile(
    r"(?:최대|up to|within|under|below|at most|less than|maximum(?: of)?|no more than)\s*$"
)


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[str, ...]:
    """A passage as its sentences, word for word; points in figures and abbreviations end none."""
    parts: list[str] = []
    start = 0
    for found in _SENTENCE_END.finditer(text):
        part = text[start : found.end()]
        if _ABBREVIATED.search(part.rstrip()):
            continue
        parts.append(part.strip())
        start = found.end()
    parts.append(text[start:].strip())
    return tuple(part for part in parts if part)


@lru_cache(maxsize=8192)
def read_figures(text: str) -> tuple[Figure, ...]:
    """Every figure with a unit in a text, in order; a range such as 2~3일 is one figure with two values."""
    plain = normalise(re.sub(r"^[^\w$₩€£¥]+", "", text))
    figures: list[Figure] = []
    for found in _FIGURE.finditer(plain):
        unit, values = _value(found)
        figures.append(Figure(unit, values, _bound(plain, found.start(), found.end())))
    return tuple(figures)


def _bound(plain: str, start: int, end: int) -> str:
    before, after = plain[max(0, start - 16) : start], plain[end : end + 12]
    if _AT_LEAST.match(after) or _AT_LEAST_BEFORE.search(before):
        return "min"
    return "max" if _AT_MOST.match(after) or _AT_MOST_BEFORE.search(before) else ""


def _value(found: re.Match[str]) -> tuple[str, tuple[int, ...]]:
    part = found.groupdict()
    if part["d1"]:
        return _span(part)
    if part["p1"]:
        return "percent", tuple(_minor(n, "USD") for n in (part["p1"], part["p2"]) if n)
    money = _money(part)
    return (money[0], (money[1],)) if money else ("time", (_minutes(part),))


def _money(part: dict[str, str | None]) -> tuple[str, int] | None:
    if part["man"]:
        return "KRW", _man(part)
    for number, currency in (
        (part["won"] or part["krw"], "KRW"),
        (part["sum"], _SIGNS.get(part["sign"] or "", "")),
        (part["word"], _MONEY_WORDS.get((part["wordunit"] or " ")[0], "")),
    ):
        if number:
            return currency, _minor(number, currency)
    return None


def _minor(number: str, currency: str) -> int:
    return int(Decimal(number.replace(",", "")).scaleb(_DECIMALS.get(currency, 2)))


def _man(part: dict[str, str | None]) -> int:
    won = Decimal((part["man"] or "0").replace(",", "")) * 10_000
    if part["chon"]:
        won += Decimal(part["chon"].replace(",", "")) * (1_000 if part["chonunit"] else 1)
    return int(won)


def _span(part: dict[str, str | None]) -> tuple[str, tuple[int, ...]]:
    name = part["dunit"] or ""
    if name in _KOREAN_SPANS:
        unit, times = _KOREAN_SPANS[name]
    else:
        unit, times = _SPANS[name.removeprefix("business ").removeprefix("working ")[:3]]
    return unit, tuple(int(Decimal(n.replace(",", "")) * times) for n in (part["d1"], part["d2"]) if n)


def _minutes(part: dict[str, str | None]) -> int:
    hour = int(part["hh"] or part["khour"] or part["ehour"] or 0)
    minute = int(part["mm"] or part["kmin"] or 0)
    late = part["ampm"] in ("오후", "밤", "저녁", "낮") or part["half"] == "p" or part["ehalf"] == "p"
    early = part["ampm"] == "오전" or part["half"] == "a" or part["ehalf"] == "a"
    if late and hour < 12:
        hour += 12
    if early and hour == 12:
        hour = 0
    return hour * 60 + minute
