"""Reading what was typed: the words that carry a name, the wishes in it, slips of the keyboard mended."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.resources import files

from dangol.catalog import words
from dangol.contracts.shopfloor.products import MeasureWish, SizeWish, Wishes
from dangol.kernel.money import Money
from dangol.kernel.words import (
    animals,
    attributes,
    audiences,
    categories,
    colours,
    hangul,
    limits,
    materials,
    numbers,
    occasions,
    purposes,
    seasons,
    sizes,
)
from dangol.kernel.words.normalising import normalise

_ON_SALE = re.compile(r"세일|할인|특가|\bsale\b|\bdiscount(?:ed|s)?\b|\bon offer\b|\bclearance\b")
_TOKEN = re.compile(r"[^\s.,?!()\"']+")
# words with which one asks, and which say nothing of the goods
_ASKING = frozenset(files(__package__).joinpath("asking.txt").read_text(encoding="utf-8").split())


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says: its plain form (slips mended), the concepts named in it, and the words left over."""

    plain: str
    concepts: tuple[str, ...]
    leftover: str


_TABLES = {
    "category": categories, "attribute": attributes, "material": materials, "audience": audiences,
    "occasion": occasions, "purpose": purposes, "season": seasons, "color": colours,
}  # fmt: skip


def read(text: str, speller: Speller, knows: Callable[[str], bool], currency: str) -> Reading:
    """Read a text: mend its slips, find the concepts of the word tables, keep the words that are left."""
    plain = mend(normalise(text), speller, knows)
    covered: list[tuple[int, int]] = [(found.start, found.end) for found in _money(plain, currency)]
    covered += [(found.start, found.end) for found in sizes.find_sizes(plain)]
    covered += [(found.start, found.end) for found in limits.find_limits(plain)]
    concepts: list[str] = []
    for kind, found in _named(plain).items():
        for slug, start, end in found:
            concepts.append(f"{kind}:{slug}")
            if (
                slug not in animals.ANIMALS
            ):  # "노견", "kitten": the word says more than that it is a dog or a cat
                covered.append((start, end))
    left = "".join(
        " " if any(start <= at < end for start, end in covered) else char for at, char in enumerate(plain)
    )
    tokens = [token for token in _TOKEN.findall(left) if _carries(token)]
    return Reading(plain, tuple(dict.fromkeys(concepts)), " ".join(tokens))


def _named(plain: str) -> dict[str, list[animals.Place]]:
    """The words of every table in a plain text; goods for an animal are goods for animals."""
    found = {kind: table.words().find_plain(plain) for kind, table in _TABLES.items()}
    found["category"] = purposes.goods_beside(found["category"], found["purpose"])
    found["category"] = categories.themselves(plain, found["category"])
    found["category"], whose = animals.settled(plain, found["category"])
    found["audience"] = [one for one in found["audience"] if one[0] not in animals.ANIMALS] + whose
    return found


def _money(plain: str, currency: str) -> list[numbers.MoneyFound]:
    """The price wishes in a text; what is a kind of goods is no price ("이불" is not two dollars)."""
    goods = [(start, end) for _, start, end in categories.words().find_plain(plain)]
    return [
        found
        for found in numbers.find_money(plain, currency)
        if not any(start < found.end and found.start < end for start, end in goods)
    ]


def _carries(token: str) -> bool:
    stem = hangul.strip_particles(token)
    return not ({token, stem} & _ASKING) and not hangul.is_particle(token) and any(c.isalnum() for c in token)


def wishes_in(text: str, speller: Speller, knows: Callable[[str], bool], currency: str) -> Wishes:
    """The wishes in what was typed into the search box, as the assistant would hand them over."""
    reading = read(text, speller, knows, currency)
    by_kind: dict[str, list[str]] = defaultdict(list)
    for concept in reading.concepts:
        kind, _, slug = concept.partition(":")
        by_kind[kind].append(slug)
    narrowest = [
        slug
        for slug in by_kind["category"]
        if not any(slug in categories.wider(other) for other in by_kind["category"])
    ]
    money = _money(reading.plain, currency)
    low = next((found.low for found in money if found.low), None)
    high = next((found.high for found in money if found.high), None)
    spans = [(found.start, found.end) for found in money]
    measures = [
        found
        for found in limits.find_limits(reading.plain)
        if not any(start < found.end and found.start < end for start, end in spans)
    ]
    spans += [(found.start, found.end) for found in measures]
    said_sizes = [
        SizeWish(system=found.size.system, value=found.size.value)
        for found in sizes.find_sizes(reading.plain)
        if not any(start < found.end and found.start < end for start, end in spans)
    ]
    return Wishes(
        text=reading.plain,
        categories=tuple(narrowest),
        colors=tuple(by_kind["color"]),
        sizes=tuple(said_sizes),
        price_min=Money(amount=low.amount, currency=low.currency) if low else None,
        price_max=Money(amount=high.amount, currency=high.currency) if high else None,
        audience=next(iter(by_kind["audience"]), None),
        attributes=tuple(by_kind["attribute"]),
        materials=tuple(by_kind["material"]),
        occasions=tuple(by_kind["occasion"]),
        discounted=bool(_ON_SALE.search(reading.plain)),
        measures=tuple(
            MeasureWish(
                dimension=one.dimension,
                of=one.of,
                low=one.low,
                high=one.high,
                said=reading.plain[one.start : one.end],
            )
            for one in measures
        ),
    )


def mend(plain: str, speller: Speller, knows: Callable[[str], bool]) -> str:
    """The text with words nobody knows replaced by what was meant: the other keyboard mode, initials, a slip."""
    return _TOKEN.sub(lambda match: _mended(match.group(), speller, knows), plain)


def _mended(token: str, speller: Speller, knows: Callable[[str], bool]) -> str:
    if len(token) < 2 or token.isdigit() or token in _ASKING or speller.has(token):
        return token
    if token.isascii():
        other = hangul.keys_to_hangul(token) if token.isalpha() else token
        if len(other) > 1 and all(map(hangul.is_syllable, other)) and not knows(token):
            return other
        return token if knows(token) else speller.nearest(token) or token
    return _mended_korean(token, speller, knows)


def _mended_korean(token: str, speller: Speller, knows: Callable[[str], bool]) -> str:
    if all(hangul.is_jamo(char) and char in hangul.INITIALS for char in token):
        return speller.with_initials(token) or token
    if any(map(hangul.is_jamo, token)):
        keys = hangul.hangul_to_keys(token)
        if keys.isascii() and (speller.has(keys) or knows(keys)):
            return keys
    stem = hangul.strip_particles(token)
    if speller.has(stem) or knows(stem) or len(stem) < 2:
        return token
    return speller.nearest(stem) or token


class Speller:
    """The words of this catalogue and of the word tables, found again through one slip of a key."""

    def __init__(self) -> None:
        self._words: dict[str, int] = {}
        self._holes: dict[str, list[str]] = defaultdict(list)
        self._initials: dict[str, str] = {}
        for kind in ("category", "color", "material", "attribute", "occasion", "audience"):
            for row in _TABLES[kind].words().rows.values():
                self.learn(word.strip("^$").lower() for word in (*row.ko, *row.en) if " " not in word)

    def learn(self, some: Iterable[str]) -> None:
        """Take words into the dictionary."""
        for word in some:
            known = self._words.get(word, 0)
            self._words[word] = known + 1
            if known == 0 and len(word) >= 2 and not word.isdigit():
                self._learn_new(word)

    def _learn_new(self, word: str) -> None:
        letters = hangul.decompose(word)
        if 4 <= len(letters) <= 24:
            for hole in _holes(letters):
                self._holes[hole].append(word)
        if all(map(hangul.is_syllable, word)):
            self._initials.setdefault(hangul.initial_consonants(word), word)

    def has(self, word: str) -> bool:
        """Whether a word stands in the dictionary as it is."""
        return word in self._words

    def nearest(self, word: str) -> str | None:
        """The commonest word one slip away, None when there is none or the word is too short to tell."""
        letters = hangul.decompose(word)
        if not 6 <= len(letters) <= 24:  # shorter words have too many neighbours
            return None
        near = {other for hole in _holes(letters) for other in self._holes.get(hole, ())}
        close = [other for other in near if hangul.edit_distance(letters, hangul.decompose(other), 1) <= 1]
        return max(close, key=lambda other: (self._words[other], other), default=None)

    def with_initials(self, initials: str) -> str | None:
        """A word whose syllables begin with these consonants (ㄴㅇㅋ → 나이키)."""
        return self._initials.get(initials)


def _holes(letters: str) -> set[str]:
    return {letters, *(letters[:at] + letters[at + 1 :] for at in range(len(letters)))}


def dictionary_words(titles: Iterable[str]) -> Iterable[str]:
    """The words of product titles and brands that are worth knowing again."""
    for title in titles:
        yield from (word for word in _TOKEN.findall(words.plain(title)) if len(word) >= 2)
