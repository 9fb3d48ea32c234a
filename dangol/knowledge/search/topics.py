"""The subjects of a shop's policies, found by the words people use for them in either language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from dangol.knowledge.search.words import english_stem, plain_form

_HANGUL = re.compile(r"[가-힣]")
_WORD = re.compile(r"[a-z][a-z']*")


@dataclass(frozen=True, slots=True)
class TopicFound:
    """A topic's word standing in a text (in its plain form)."""

    topic: str
    start: int
    end: int


@lru_cache(maxsize=8192)
def find_topics(text: str) -> tuple[TopicFound, ...]:
    """Every topic a text speaks of; of overlapping words the longest counts (배송비 is no mention of 배송)."""
    plain = plain_form(text)
    candidates = [*_korean(plain), *_english(plain)]
    candidates.sort(key=lambda found: (found.start - found.end, found.start))
    kept: list[TopicFound] = []
    for found in candidates:
        if all(
            found.end <= other.start or found.start >= other.end or _alike(found, other) for other in kept
        ):
            kept.append(found)
    return tuple(sorted(kept, key=lambda found: found.start))


def _alike(one: TopicFound, other: TopicFound) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def topics_of(text: str) -> frozenset[str]:
    """The topics a text speaks of."""
    return frozenset(found.topic for found in find_topics(text))


def topics_named(names: Iterable[str]) -> frozenset[str]:
    """Topics by their name or by any word for them ("gift wrapping", "선물 포장", "gift_wrapping")."""
    known = _table()
    named: set[str] = set()
    for name in names:
        slug = re.sub(r"[\s-]+", "_", name.strip().lower())
        named |= {slug} if slug in known else topics_of(name)
    return frozenset(named)


def words_for(topic: str) -> tuple[str, ...]:
    """The words of a topic in both languages, () for an unknown one."""
    return _table().get(topic, ())


@cache
def _table() -> dict[str, tuple[str, ...]]:
    lines = files("dangol.knowledge.search").joinpath("topics.txt").read_text(encoding="utf-8").splitlines()
    table: dict[str, tuple[str, ...]] = {}
    for line in lines:
        if line.strip() and not line.startswith("#"):
            slug, _, words = line.partition(":")
            table[slug.strip()] = tuple(word.strip() for word in re.split(r"[,|]", words) if word.strip())
    return table


@cache
def _korean_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    topics = {
        word.replace(" ", ""): slug
        for slug, words in _table().items()
        for word in words
        if _HANGUL.search(word)
    }
    longest = sorted(topics, key=len, reverse=True)
    return re.compile("|".join(map(_korean_part, longest))), topics


def _korean_part(word: str) -> str:
    if len(word) == 1:  # a syllable such as 섬 is only itself at the start of a word
        return r"(?<![가-힣])" + word
    return word if len(word) == 2 else r"\s?".join(word)


def _korean(plain: str) -> list[TopicFound]:
    pattern, topics = _korean_pattern()
    return [
        TopicFound(topics[re.sub(r"\s", "", m.group())], m.start(), m.end()) for m in pattern.finditer(plain)
    ]


@cache
def _english_phrases() -> dict[tuple[str, ...], list[str]]:
    phrases: dict[tuple[str, ...], list[str]] = {}
    for slug, words in _table().items():
        for word in words:
            if not _HANGUL.search(word) and re.fullmatch(r"[a-z' ]+", word):
                stems = tuple(english_stem(part) for part in word.split())
                phrases.setdefault(stems, []).append(slug)
                if len(stems) > 1:
                    phrases.setdefault((english_stem(word.replace(" ", "")),), []).append(slug)
    return phrases


def _english(plain: str) -> list[TopicFound]:
    tokens = [(english_stem(m.group()), m.start(), m.end()) for m in _WORD.finditer(plain)]
    phrases = _english_phrases()
    found: list[TopicFound] = []
    for at in range(len(tokens)):
        for length in (4, 3, 2, 1):
            run = tokens[at : at + length]
            slugs = phrases.get(tuple(stem for stem, _, _ in run)) if len(run) == length else None
            if slugs:
                found += [TopicFound(slug, run[0][1], run[-1][2]) for slug in slugs]
                break
    return found
