"""Finding in a text the products and variants that the evidence knows, by their names or parts of these."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from dangol.assistant.truth.naming import aliases, in_words, words_of
from dangol.assistant.truth.numbers import ENGLISH
from dangol.assistant.truth.text import plain

_TELLS = re.compile(r"(?:'s| is| are| costs?| was| has| comes)\b")  # gilt is sold out
# a hedge trimmer, a tub of vanilla, the 1935 crown, six cannons: one thing is meant, not a kind
_DETERMINED = re.compile(
    rf"(?<![a-z])(?:the|an?|than|both|of|our|your|each|per|that|this|\d+|{ENGLISH}) (?:[\w-]+ )?$"
)


@dataclass(frozen=True)
class Mention:
    """A product's title or a variant's value standing in the text."""

    name: str
    start: int
    end: int


@lru_cache(maxsize=8192)
def _named(name: str) -> re.Pattern[str]:
    pattern = re.escape(name).replace(r"\ ", r"[\s-]?")
    if name[0].isascii() and name[0].isalnum():
        pattern = r"(?<![a-z0-9])" + pattern
    if name[-1].isascii() and name[-1].isalnum():
        pattern += r"s?(?![a-z0-9])" if name[-1].isalpha() else r"(?![a-z0-9])"  # two Cow Figures
    return re.compile(pattern)


def mentions_of(low: str, names: dict[str, str]) -> list[Mention]:
    """Where names stand in a plain text, the longer first; `names` by their key."""
    found: list[Mention] = []
    for key, name in sorted(names.items(), key=lambda pair: -len(pair[1])):
        if not name:
            continue
        for match in _named(name).finditer(low):
            if not any(m.start < match.end() and match.start() < m.end for m in found):
                found.append(Mention(key, match.start(), match.end()))
    return sorted(found, key=lambda mention: mention.start)


def with_aliases(
    low: str, values: tuple[Mention, ...], options: dict[str, str], titles: tuple[Mention, ...]
) -> tuple[Mention, ...]:
    """The variants of a text, also those named by a word or a measure of their value ("the cabin size", "18 inch")."""
    keys = {name: key for key, name in options.items()}
    found = list(values)
    of_titles = words_of(m.name for m in titles)
    for value, word, pattern in aliases(tuple(keys)):
        for match in pattern.finditer(low) if word not in of_titles else ():
            mention = Mention(keys[value], match.start(), match.end())
            if not _overlaps(mention, found) and not _overlaps(mention, list(titles)):
                found.append(mention)
    for value, start, end in in_words(low, tuple(keys)):
        mention = Mention(keys[value], start, end)
        if not _overlaps(mention, found) and not _overlaps(mention, list(titles)):
            found.append(mention)
    return tuple(sorted(found, key=lambda mention: mention.start))


@dataclass(frozen=True)
class Parts:
    """What of titles names one of them alone: two words in a row, and single words with the title's, the longer first."""

    pairs: tuple[tuple[str, str], ...]  # title's key, two words
    words: tuple[tuple[str, str, list[str]], ...]  # word, title's key, all words of the title

    @classmethod
    def of(cls, titles: dict[str, str], options: Collection[str]) -> Parts:
        """The parts of titles by their key; what is an option too names none of them."""
        words = {key: _words(title) for key, title in titles.items()} if len(titles) > 1 else {}
        counted = Counter(word for each in words.values() for word in set(each))
        several = {key: each for key, each in words.items() if len(each) > 1}
        single = [
            (word, key, each)
            for key, each in several.items()
            for word in (*each, *_kinds(each[-1], words))
            if counted[word] <= 1 and word not in options and _telling(word, each)
        ]
        return cls(
            tuple((key, two) for key, each in several.items() for two in _pairs(each, words)),
            tuple(sorted(single, key=lambda part: -len(part[0]))),  # 스키복 before 스키
        )


def with_parts(text: str, whole: list[Mention], parts: Parts) -> list[Mention]:
    """The titles of a text, also those named by a word that no other title has ("the Wren", 우럭 매운탕거리)."""
    found, low = list(whole), plain(text)
    for key, two in parts.pairs:
        found += [
            m
            for m in mentions_of(low, {key: two})
            if not _overlaps(m, found) and not _ends_a_word(low, m.start)  # 활새우 is no 새우
        ]
    for word, key, title in parts.words:
        found += [m for m in _parts_of(text, low, key, word, title) if not _overlaps(m, found)]
    found.sort(key=lambda mention: mention.start)
    heads = {key: title[-1] for _, key, title in parts.words}
    return [
        m
        for at, m in enumerate(found)
        if not (at and _is_head_of(found[at - 1], m, low, heads))  # 유리 보드 names no other board
    ]


def _is_head_of(before: Mention, m: Mention, low: str, heads: dict[str, str]) -> bool:
    """Whether a word that ends a title only says of what kind the goods named right before it are."""
    return (
        before.end + 1 == m.start
        and low[before.end] == " "
        and before.name != m.name
        and low[m.start : m.end] == heads.get(m.name)
        and not low[m.start].isascii()
    )


def _words(title: str) -> list[str]:
    return [word for each in plain(title).split() if (word := each.strip(",.;:()[]"))]


def _pairs(title: list[str], words: dict[str, list[str]]) -> list[str]:
    """Two words in a row of a title that stand so in no other ("hedge trimmer", "Fern 40", but not "of the")."""
    others = [" ".join(each) for each in words.values() if each is not title and each != title]
    pairs = (" ".join(two) for two in pairwise(title) if not _JOINS.issuperset(two))
    return [two for two in pairs if not any(two in other for other in others)]


def _kinds(last: str, words: dict[str, list[str]]) -> list[str]:
    """The ends of a title's last word that no other title has: 김치 of 포기김치."""
    if len(last) < _COMPOUND or last[0].isascii():
        return []
    ends = (last[-2:], last[-3:])
    return [end for end in ends if sum(end in "".join(each) for each in words.values()) == 1]


_COUNTED = re.compile(r"(?:\d|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|몇)\s?$")
_PARTICLE = re.compile(r"(?:은|는|을|를|도|의|하고|이랑|랑)\s")
_JOINS = frozenset(("of", "the", "a", "an", "in", "on", "to", "at", "by", "for", "and", "with", "from"))
_COMPOUND = 4  # syllables of a word made of two


# "five years" names no Twelve Year Cask
_OF_TIME = (
    "year",
    "years",
    "month",
    "months",
    "week",
    "weeks",
    "day",
    "days",
    "hour",
    "hours",
    "minute",
    "minutes",
)
_NAMES_NOTHING = frozenset(
    ("the", "and", "for", "with", "from", "into", "our", "your", "its", "all", "set", *_OF_TIME)
)


def _telling(word: str, title: list[str]) -> bool:
    if word in _NAMES_NOTHING:
        return False
    if not word.isalpha():  # 10평형 of one product, 20평형 of another
        return word[0].isdigit() and word[-1].isalpha() and not word.isascii()
    if word.isascii() or len(word) > 1:
        return len(word) >= (3 if word.isascii() else 2)
    return (
        word == [each for each in title if each.isalpha()][-1]
    )  # 젤 of 알로에 젤 300ml, not 배 of 배 도라지청


def _parts_of(text: str, low: str, key: str, word: str, title: list[str]) -> Iterator[Mention]:
    """Where a word of a title stands as a name, with those words of it that go on ("the Fern 12")."""
    at = low.find(word)
    while at >= 0:
        end = at + len(word)
        if not low[at - 1 : at].isalnum() and _is_name(text, low, at, end) and _stands(low, at, end):
            for following in title[title.index(word) + 1 :] if word in title else ():
                if not low.startswith(f" {following}", end):
                    break
                end += len(following) + 1
            yield Mention(key, at, end)
        at = low.find(word, end)


def _is_name(text: str, low: str, at: int, end: int) -> bool:
    """Wireless headphones are any, the Wireless is one; a Korean name may have a particle behind it."""
    if not low[at].isascii() or low[at].isdigit():
        return True
    ends = re.match(r"s?(?![a-z0-9])", low[end : end + 2], re.ASCII) is not None  # two Scouts
    return ends and (
        text[at].isupper()
        or bool(_TELLS.match(low, end))
        or bool(_DETERMINED.search(low[max(0, at - 24) : at]))
    )


def _stands(low: str, start: int, end: int) -> bool:
    """Whether a word of one syllable is one here: "젤은", "칩은 품절", but not "두 벌을"."""
    if end - start > 1 or low[start].isascii():
        return True
    return bool(_PARTICLE.match(low, end)) and not _COUNTED.search(low[max(0, start - 4) : start])


def _ends_a_word(low: str, start: int) -> bool:
    """Whether a Korean name stands at the end of a longer word."""
    return start > 0 and "가" <= low[start - 1] <= "힣" and "가" <= low[start] <= "힣"


def _overlaps(mention: Mention, others: list[Mention]) -> bool:
    return any(other.start < mention.end and mention.start < other.end for other in others)


_OF_TWO = re.compile(
    r"\bthe (?:(?P<first>former)|latter)\b|(?<![가-힣])(?:(?P<vor>전자)|후자)(?=[는은가를의도만로])"
)


def _two_before(
    place: int, values: tuple[Mention, ...], titles: tuple[Mention, ...]
) -> tuple[Mention, Mention] | None:
    """The two named last before a place: two variants or two products ("of the 30 cm and the 40 cm globe"), else one of each."""
    named = [[m for m in each if m.end <= place][-2:] for each in (values, titles)]
    pairs = [each for each in named if len({m.name for m in each}) == 2]
    pairs.sort(key=lambda each: each[1].start)
    mixed = sorted((m for each in named for m in each), key=lambda m: m.start)[-2:]
    two = pairs[-1] if pairs else mixed
    return (two[0], two[1]) if len({m.name for m in two}) == 2 else None


def with_the_latter(
    low: str, values: tuple[Mention, ...], titles: tuple[Mention, ...]
) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """The same with "the former" and "the latter" of the two that were named last before."""
    for match in _OF_TWO.finditer(low):
        two = _two_before(match.start(), values, titles)
        if two is None:
            continue
        meant = two[0] if match["first"] or match["vor"] else two[1]
        here = Mention(meant.name, match.start(), match.end())
        if meant in values:
            values = tuple(sorted((*values, here), key=lambda m: m.start))
        else:
            titles = tuple(sorted((*titles, here), key=lambda m: m.start))
    return values, titles
