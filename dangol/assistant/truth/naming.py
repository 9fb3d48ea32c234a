"""How people and models name what a shop sells: by a word of its title, by a word or measure of its option."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache

from dangol.assistant.truth.numbers import ENGLISH, KOREAN, NATIVE, SINO, number

_WORD = re.compile(r"[a-z]{3,}|[가-힣]{2,}")
_MEASURE = re.compile(r"(?P<n>\d+(?:\.\d+)?)\s?(?P<unit>[a-z\"]+|[가-힣]+)?")
_UNITS = (
    r"in|inch|inches|\"|인치", r"l|liters?|litres?|리터", r"kg|kilos?|킬로", r"g|grams?|그램", r"cm|센티", r"ml|밀리", r"oz|ounces?", r"lb|lbs|pounds?",
    r"인용|인", r"호", r"cl", r"mm", r"m|met(?:re|er)s?|미터", r"yards?|yd|마", r"ft|feet|foot(?:ers?)?|피트", r"개(?:들이|입)?|pieces?|pcs|pack|ct",
)  # fmt: skip
# "the six-metre one", 백이십 개들이, "the kilo jar": an amount in words, or a unit alone for one of it
_IN_WORDS = re.compile(
    rf"(?P<n>{ENGLISH}|(?<![가-힣])(?:{KOREAN}|{NATIVE}|{SINO})|(?<=\bthe)|(?<=\bfull))[\s-](?:"
    + "|".join(f"(?P<u{at}>{words})" for at, words in enumerate(_UNITS))
    + r")(?![a-z])"
)
_UNIT = tuple(re.compile(rf"(?:{words})") for words in _UNITS)
_MODEL = re.compile(r"(?<![\d.])\d{2,5}(?![\d.])")
_TWO_SIDES = re.compile(r"(?P<a>\d+)\s?[x×]\s?(?P<b>\d+)\s?(?:[a-z\"]+|[가-힣]+)")
_LONG = 3  # digits that are no chance
_PARTS = {
    "1/2": "half",
    "1/4": "quarter",
    "3/4": "three[- ]quarters?",
    "4/4": "full",
}  # of a size, as violins have them
_GENERAL = frozenset({"size", "with", "and", "the", "for", "사이즈", "색상", "세트", "free", "one"})


@lru_cache(maxsize=256)
def groups(titles: tuple[str, ...]) -> tuple[tuple[frozenset[str], re.Pattern[str]], ...]:
    """Words that some of these titles share and others have not, each with the titles: "the Orbit" is one of the two Orbits."""
    words = {title: frozenset(_WORD.findall(title)) - _GENERAL for title in titles}
    counted = Counter(word for each in words.values() for word in each)
    shared = [
        (frozenset(title for title in titles if word in words[title]), _bounded(re.escape(word)))
        for word, count in counted.items()
        if 1 < count < len(titles)
    ]
    return (*shared, *_numbered(titles))


def _numbered(titles: tuple[str, ...]) -> Iterator[tuple[frozenset[str], re.Pattern[str]]]:
    """A number that one title has: "the 130"."""
    counted = Counter(model for title in titles for model in set(_MODEL.findall(title)))
    for title in titles:
        for model in set(_MODEL.findall(title)):
            if counted[model] == 1:
                yield frozenset({title}), re.compile(rf"(?<=\bthe ){model}(?![\d.,]|\s?[a-z]*\d)")


def words_of(names: Iterable[str]) -> frozenset[str]:
    """Every word of names."""
    return frozenset(word for name in names for word in _WORD.findall(name))


@lru_cache(maxsize=256)
def aliases(values: tuple[str, ...]) -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Other ways to name option values: the value, the word of it that names it alone if that does, and what is looked for.

    They are named by a word no other has and by their measure with another unit. A word may be one of a product's title too.
    """
    words = {value: _WORD.findall(value) for value in values}
    counted = Counter(word for each in words.values() for word in set(each))
    found: list[tuple[str, str, re.Pattern[str]]] = []
    for value in values:
        found += [
            (value, word, _bounded(re.escape(word)))
            for word in words[value]
            if counted[word] == 1 and word != value and word not in _GENERAL
        ]
        found += [(value, "", pattern) for pattern in _measures(value, values)]
        found += [(value, "", pattern) for pattern in _sides(value)]
        found += [
            (value, "", _bounded(words))
            for part, words in _PARTS.items()
            if part in value and value.count("/") == 1
        ]
    return tuple(found)


@lru_cache(maxsize=256)
def _measured(values: tuple[str, ...]) -> dict[tuple[Decimal, int], str]:
    """The values by their amount and unit, those that alone have it."""
    found: dict[tuple[Decimal, int], set[str]] = {}
    for value in values:
        for match in _MEASURE.finditer(value):
            for at, unit in enumerate(_UNIT):
                if match["unit"] and unit.fullmatch(match["unit"]):
                    found.setdefault((Decimal(match["n"]), at), set()).add(value)
    return {measure: next(iter(of)) for measure, of in found.items() if len(of) == 1}


def in_words(low: str, values: tuple[str, ...]) -> Iterator[tuple[str, int, int]]:
    """Where a text names one of the values by its amount in words; the value and the place."""
    known = _measured(values)
    for match in _IN_WORDS.finditer(low) if known else ():
        amount = number(match["n"]) if match["n"] else Decimal(1)
        value = known.get((amount, int((match.lastgroup or "u0")[1:]))) if amount is not None else None
        if value:
            yield value, match.start(), match.end()


def _measures(value: str, values: Iterable[str]) -> Iterator[re.Pattern[str]]:
    for match in _MEASURE.finditer(value):
        same = sum(re.search(rf"(?<!\d){re.escape(match['n'])}(?!\d)", other) is not None for other in values)
        for unit, words in zip(_UNIT, _UNITS, strict=True):
            if match["unit"] and unit.fullmatch(match["unit"]) and same == 1:
                yield re.compile(rf"(?<![\d.]){re.escape(match['n'])}[\s-]?(?:{words})(?![a-z])")
                if (match["unit"] or "")[:1] >= "가" or len(match["n"]) > 1:  # "120짜리"
                    yield re.compile(rf"(?<![\d.]){re.escape(match['n'])}\s?짜리")
                if len(match["n"]) >= _LONG:  # "1400 오크" of 1400mm
                    yield re.compile(
                        rf"(?<![\d.,-]){match['n']}(?=\s[가-힣a-z])(?!\s?(?:원|won\b|dollars|euros|pounds))"
                    )


def _sides(value: str) -> Iterator[re.Pattern[str]]:
    """The two sides of a value without their unit: "16 x 24" of "16 x 24 in"."""
    if sides := _TWO_SIDES.fullmatch(value):
        yield re.compile(rf"(?<![\d.]){sides['a']}\s?[x×]\s?{sides['b']}(?![\d.]|\s?[a-z]*\d)")


def _bounded(word: str) -> re.Pattern[str]:
    return (
        re.compile(rf"(?<![a-z0-9]){word}(?![a-z0-9])")
        if word.isascii()
        else re.compile(rf"(?<![가-힣]){word}")
    )
