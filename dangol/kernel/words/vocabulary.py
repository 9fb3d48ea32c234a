"""Finding the words of a table in a message, whether spaced or not, in Korean and English."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from dangol.kernel.words import hangul
from dangol.kernel.words.normalising import normalise, normalised

_LATIN_TAIL = re.compile(r"(?:'?e?s)?(?![a-z0-9'])")


@dataclass(frozen=True, slots=True)
class Match:
    """One word of a table found in a text: what it means and where it stood."""

    slug: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: a meaning, the wider meaning it belongs to, and its words."""

    slug: str
    parent: str | None
    ko: tuple[str, ...]
    en: tuple[str, ...]


def read_table(name: str) -> tuple[Row, ...]:
    """The lines of one table file: `slug < parent: Korean words | English words`, words parted by commas."""
    text = files("dangol.kernel.words").joinpath("tables", f"{name}.txt").read_text(encoding="utf-8")
    return tuple(_read_row(line) for line in text.splitlines() if line.strip() and not line.startswith("#"))


def _read_row(line: str) -> Row:
    head, _, words = line.partition(":")
    slug, _, parent = head.partition("<")
    ko, _, en = words.partition("|")
    return Row(slug.strip(), parent.strip() or None, _split(ko), _split(en))


def _split(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(",") if word.strip())


class Vocabulary:
    """A table of words to find in messages. A word written ^so is found only at the start of a written word, one
    written so$ only at its end, save for particles ("아이$" is no iPhone)."""

    def __init__(self, rows: Iterable[Row]):
        self.rows: dict[str, Row] = {row.slug: row for row in rows}
        self._slugs: dict[str, str] = {}
        self._anchored: set[str] = set()
        self._closed: set[str] = set()
        self._lengths: dict[str, tuple[int, ...]] = {}
        self._openings: set[str] = set()  # how words begin: their first two letters, or all of a shorter one
        for row in self.rows.values():
            for word in (row.slug.replace("-", " "), *row.ko, *row.en):
                self._add(word, row.slug)

    def _add(self, word: str, slug: str) -> None:
        plain = "".join(normalise(word.lstrip("^").rstrip("$")).split())
        if not plain:
            return
        if word.endswith("$"):
            self._closed.add(plain)
        if word.startswith("^") or (len(plain) == 1):
            self._anchored.add(plain)
        self._slugs.setdefault(plain, slug)
        self._openings.add(plain[:2])
        lengths = set(self._lengths.get(plain[0], ()))
        self._lengths[plain[0]] = tuple(sorted({*lengths, len(plain)}, reverse=True))

    def slug_of(self, word: str) -> str | None:
        """The meaning of a word taken by itself, or None."""
        return self._slugs.get("".join(normalise(word).split()))

    def find(self, text: str) -> list[Match]:
        """Every word of the table in the text, longest first at each place, in the order said."""
        plain = normalised(text)
        found = []
        for slug, start, end in self.find_plain(plain.text):
            first, last = plain.origin(start, end)
            found.append(Match(slug, first, last, text[first:last]))
        return found

    def find_plain(self, text: str) -> list[tuple[str, int, int]]:
        """The same in a text already in plain form: (slug, start, end)."""
        return list(self._scan(text, *_squeezed(text)))

    def _scan(self, text: str, squeezed: str, places: tuple[int, ...]) -> Iterator[tuple[str, int, int]]:
        at, last_end = 0, -1
        while at < len(squeezed):
            if squeezed[at : at + 2] not in self._openings and squeezed[at] not in self._openings:
                at += 1
                continue
            for length in self._lengths.get(squeezed[at], ()):
                word = squeezed[at : at + length]
                slug = self._slugs.get(word)
                if slug is None or len(word) < length:
                    continue
                start, end = places[at], places[at + length - 1] + 1
                if self._stands(text, word, start, end, last_end):
                    yield slug, start, end
                    at, last_end = at + length - 1, end
                    break
            at += 1

    def _stands(self, text: str, word: str, start: int, end: int, last_end: int) -> bool:
        at_start = start == 0 or start == last_end or not text[start - 1].isalpha()
        if word[0].isascii() and word[0].isalpha():
            at_start = start == 0 or not (text[start - 1].isascii() and text[start - 1].isalpha())
        if word[-1].isascii():
            if not at_start:
                return False
            return _LATIN_TAIL.match(text, end) is not None
        if hangul.is_syllable(word[0]) and word in self._anchored and not at_start:
            return False
        if " " in text[start:end] and not _spaced_at_words(text, start, end):
            return False
        return (len(word) > 1 and word not in self._closed) or _ends_word(text, end)


@lru_cache(maxsize=16)
def _squeezed(text: str) -> tuple[str, tuple[int, ...]]:
    """A text without its blanks, and where each letter stood; a dozen tables read the same text in turn."""
    places = tuple(at for at, char in enumerate(text) if char != " ")
    return "".join(text[at] for at in places), places


def _spaced_at_words(text: str, start: int, end: int) -> bool:
    # "새 신발" must not be read across two words that merely touch ("… 이 불 …"): no single syllable parts
    return all(len(part) > 1 for part in text[start:end].split()) or (start == 0 or text[start - 1] == " ")


def _ends_word(text: str, end: int) -> bool:
    rest = re.match(r"[^\W\d_]*", text[end:])
    return rest is None or hangul.is_particle(rest.group())


@cache
def word_list(name: str) -> frozenset[str]:
    """The words of a plain list file, parted by blanks."""
    text = files("dangol.kernel.words").joinpath("tables", f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


@cache
def vocabulary(name: str) -> Vocabulary:
    """The vocabulary of one table file, read once."""
    return Vocabulary(read_table(name))


def parents(table: Mapping[str, Row], slug: str) -> list[str]:
    """The wider meanings of a slug, nearest first (running-shoes → sneakers, shoes)."""
    out: list[str] = []
    row = table.get(slug)
    while row is not None and row.parent is not None and row.parent not in out:
        out.append(row.parent)
        row = table.get(row.parent)
    return out
