"""The options of a product in words and as buttons: what there is of each, and one question at a time."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dangol.assistant.speak import cards
from dangol.assistant.speak.lines import Line, line
from dangol.contracts.shopfloor.products import VariantView
from dangol.kernel.words import measures, numbers

_BY_PRICE = re.compile(r"(?i)싼|비싼|저렴|\b(?:cheap|expensive|pric)")
_MORE_OR_LESS = (
    (re.compile(r"(?i)(?:큰|긴|많은|비싼|두꺼운|무거운)\s?(?:거|것|걸|쪽|사이즈|용량)|\b(?:bigg|larg|long|heavi|thick|pric)(?:er|est)\b|\bmost expensive\b"), True),
    (re.compile(r"(?i)(?:작은|짧은|적은|싼|저렴한|얇은|가벼운)\s?(?:거|것|걸|쪽|사이즈|용량)|\b(?:small|short|light|thinn|cheap)(?:er|est)\b"), False),
)  # fmt: skip
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PAIR = re.compile(r"(?<![\d.~-])(\d+(?:\.\d+)?)\s?([a-z]+|[가-힣]{1,2})")
_BARE = re.compile(
    r"(?<![\d.])(\d+(?:\.\d+)?)(?=\s|$|[?!,]|(?:이?랑|하고|으?로|은|는|이|가|을|를|중|짜리|과|와|요|이요|vs)(?![가-힣]{3}))(?!\s?(?:개|병|팩|원|만))"
)
_WORD = re.compile(r"[a-z]{2,}|[가-힣]{2,}")
_LITTLE = frozenset(
    {"and", "or", "in", "with", "of", "for", "the", "one", "pack", "set", "size", "color", "colour"}
)
MOST_NAMED = 8  # sizes or colours named in one sentence
_FEW = 3  # variants that are named one by one though they differ in two ways
_ASKED = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?i)색|컬러|colou?r",
        r"(?i)사이즈|치수|호수|\bsizes?\b",
        r"(?i)용량|capacity|volume",
        r"(?i)맛|flavou?r",
    )
)


def named(text: str, values: Iterable[str]) -> set[str]:
    """Which values of one option a message names: as they stand, by number and unit ("4단계": 4단계(9~14kg)), by a number
    alone ("160": 160ml), by a word that others of them do not have ("small": Small x30)."""
    known = set(values)
    whole = {value for value in known if measures.names(text, value)}
    if whole:
        return whole
    said = measures.canonical(text)
    for alike in (_pairs, _first_number, _words):
        heard = _bare_numbers(said) if alike is _first_number else alike(said)
        fitting = {value for value in known if heard & alike(measures.canonical(value))}
        if fitting and (alike is not _words or fitting != known):
            return fitting
    return set()


def _pairs(text: str) -> set[str]:
    return {f"{number}{unit}" for number, unit in _PAIR.findall(text)}


def _first_number(text: str) -> set[str]:
    found = _NUMBER.search(text)
    return {found.group()} if found else set()


def _bare_numbers(text: str) -> set[str]:
    """The numbers that nothing but a particle or a blank follows ("160이랑 260중에")."""
    counted = [(one.start, one.end) for one in numbers.find_quantities(text)]
    return {
        found[1]
        for found in _BARE.finditer(text)
        if not any(start <= found.start() < end for start, end in counted)
    }


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text)) - _LITTLE


def extreme(text: str, variants: Sequence[VariantView]) -> tuple[VariantView, ...]:
    """ "큰 거로", "the smaller one": the variant that is the most of what these differ in, by its number or its price;
    () when no such word is said or no number tells."""
    said = next((most for pattern, most in _MORE_OR_LESS if pattern.search(text)), None)
    names = differing(variants)
    if said is None or len(names) != 1:
        return ()
    if _BY_PRICE.search(text):
        told = {each.sku: float(each.price.amount) for each in variants}
    else:
        numbers_of = {each.sku: _NUMBER.search(each.options.get(names[0], "")) for each in variants}
        told = {sku: float(found.group()) for sku, found in numbers_of.items() if found}
    if len(told) != len(variants):
        return ()
    best = (max if said else min)(told.values())
    return tuple(each for each in variants if told[each.sku] == best)


def differing(variants: Sequence[VariantView]) -> list[str]:
    """The names of the options in which these variants differ, in the record's order."""
    names = dict.fromkeys(name for variant in variants for name in variant.options)
    return [name for name in names if len({variant.options.get(name) for variant in variants}) > 1]


def called(variants: Sequence[VariantView]) -> list[str]:
    """These variants by all their options."""
    return [cards.variant_words(variant.options) for variant in variants]


def there_are(variants: Sequence[VariantView], text: str = "") -> Sequence[str | Line]:
    """What there is: the values in which these variants differ, by option where there are too many to name each.

    A question for the colours alone (`text`) is told the colours alone.
    """
    names = differing(variants) or [name for name in variants[0].options]
    asked = [name for name in names if asks_of(name, text)]
    names = asked or names
    if len(names) > 1 and len(variants) > _FEW:
        return [_row(name, variants) for name in names]
    told = [
        " / ".join(variant.options[name] for name in names if name in variant.options) for variant in variants
    ]
    return list(dict.fromkeys(told))[:MOST_NAMED]


def says_more_or_less(text: str) -> bool:
    """Whether a message says the bigger, the smaller, the cheaper one."""
    return any(pattern.search(text) for pattern, _ in _MORE_OR_LESS)


def says_measure(text: str) -> bool:
    """Whether a number with a unit is said ("make it 10 lb"), in which options differ."""
    return measures.canonical(text) != text.lower()


def asks_of(name: str, text: str) -> bool:
    """Whether a message speaks of an option by what it is called ("which colours")."""
    return any(said.search(name) and said.search(text) for said in _ASKED)


def _row(name: str, variants: Sequence[VariantView]) -> Line:
    values = list(dict.fromkeys(each.options[name] for each in variants if name in each.options))
    return line("option_row", name=name, values="·".join(values[:MOST_NAMED]))


def buttons(variants: Sequence[VariantView], only: str = "") -> tuple[tuple[str, Line], ...]:
    """A button for each value of the first option in which these variants differ, or of the option named."""
    names = differing(variants)
    name = only or (names[0] if names else "")
    choices: dict[str, tuple[str, Line]] = {}
    for variant in variants:
        value = variant.options.get(name, "")
        same = [each for each in variants if each.options.get(name) == value]
        if len(same) == 1:
            button = (f"pick:{variant.sku}", cards.variant_words(variant.options))
        else:
            button = (f"option:{name}={value}", value)
        choices.setdefault(value, (button[0], line("plain", text=button[1])))
    return tuple(choices.values())[:MOST_NAMED]
