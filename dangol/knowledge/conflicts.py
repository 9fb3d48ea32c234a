"""Articles that contradict each other, or the shop file: different figures for one and the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dangol.knowledge.figures import read_figures
from dangol.knowledge.model import Figure
from dangol.knowledge.search.index import Entry, Indexed, question_units
from dangol.knowledge.search.topics import find_topics, topics_of
from dangol.knowledge.search.words import plain_form

_CLAUSE = re.compile(
    r"[;,]\s+(?=\D)|(?<=[고며])\s*,?\s+|\bbut\b|\band\b(?=\s+[a-z]+\s+[a-z])|(?:지만|는데)\s+"
)

_CASES = frozenset(
    {"islands", "international", "express", "same_day", "next_day", "dawn", "child", "student", "hygiene"}
)
# words that name no case: how much is ordered, of what kind a day is
_PLAIN = frozenset(
    {"주문", "금액", "국내", "전국", "기본", "영업일", "기준", "평일", "원", "달러", "왕복"}
    | {"order", "won", "dollar", "day", "busines", "korea", "domestic", "cost", "pay"}
)


@dataclass(frozen=True)
class _Statement:
    topics: frozenset[str]
    nouns: frozenset[str]  # of the clause
    case: frozenset[str]  # nouns of its whole sentence and of the headings above
    figure: Figure


def disagree(chosen: Sequence[Indexed], among: Sequence[Indexed]) -> list[Indexed]:
    """The passages that state different figures for the same thing: a chosen one and its rivals; [] when none do.

    An article's figure contradicts the shop file's when the article's words name no case of their own (a place, a kind of
    goods); two articles contradict each other when they say nearly the same but for the figure.
    """
    for one in chosen:
        rivals = [other for other in among if other is not one and _rivals(one, other)]
        if rivals:
            return [one, *rivals]
    return []


def _rivals(one: Indexed, other: Indexed) -> bool:
    if one.entry.language != other.entry.language or (one.entry.fact and other.entry.fact):
        return False
    if one.entry.fact or other.entry.fact:
        fact, article = (one, other) if one.entry.fact else (other, one)
        return _contradicts_the_shop(article, fact)
    if one.entry.article == other.entry.article:
        return False  # one article may well give several figures for several cases
    return any(
        _same_but_the_figure(mine, theirs) for mine in _statements(one) for theirs in _statements(other)
    )


def _contradicts_the_shop(article: Indexed, fact: Indexed) -> bool:
    known = {(figure.unit, figure.bound, figure.values) for figure in fact.figures}
    said = _nouns(fact.entry.text)
    case = _nouns(fact.entry.case)
    stated = [theirs for theirs in _statements(fact)]
    for mine in _statements(article):
        if (mine.figure.unit, mine.figure.bound, mine.figure.values) in known:
            return False
        if not any(topic.split("_")[0] == fact.entry.fact.split("_")[0] for topic in mine.topics):
            continue
        alike = [theirs for theirs in stated if _comparable(mine, theirs) and mine.topics <= theirs.topics]
        own_case = mine.case - said - _PLAIN
        if alike and not own_case and case <= mine.case:
            return True
    return False


def _comparable(mine: _Statement, theirs: _Statement) -> bool:
    return (
        mine.figure.unit == theirs.figure.unit
        and mine.figure.bound == theirs.figure.bound
        and bool(mine.topics)
    )


def _same_but_the_figure(mine: _Statement, theirs: _Statement) -> bool:
    if (
        not _comparable(mine, theirs)
        or mine.topics != theirs.topics
        or mine.figure.values == theirs.figure.values
    ):
        return False
    union = mine.nouns | theirs.nouns
    return not union or len(mine.nouns & theirs.nouns) / len(union) >= 0.6


def _statements(item: Indexed) -> tuple[_Statement, ...]:
    return _stated(item.entry, item.sentences, item.context_topics) if item.figures else ()


@lru_cache(maxsize=4096)
def _stated(entry: Entry, sentences: tuple[str, ...], around: frozenset[str]) -> tuple[_Statement, ...]:
    above = _nouns(" ".join((entry.title, *entry.headings))) if not entry.fact else frozenset()
    return tuple(_statements_of(sentences, above, around))


def _statements_of(
    sentences: tuple[str, ...], above: frozenset[str], around: frozenset[str]
) -> Iterator[_Statement]:
    for sentence in sentences:
        case = above | _nouns(sentence)
        for clause in _CLAUSE.split(plain_form(sentence)):
            figures = read_figures(clause)
            if len(figures) == 1:
                topics = topics_of(clause) or topics_of(sentence) or around
                yield _Statement(topics, _nouns(clause), case, figures[0])


@lru_cache(maxsize=8192)
def _nouns(text: str) -> frozenset[str]:
    """What a text is about besides its topics: its nouns and the places it names, numbers left out."""
    if not text:
        return frozenset()
    words = (unit.word for unit in question_units(text) if unit.word is not None)
    nouns = {word.text for word in words if not word.verbal and not word.text[0].isdigit()}
    plain = plain_form(text)
    return frozenset(nouns | {plain[f.start : f.end] for f in find_topics(text) if f.topic in _CASES})
