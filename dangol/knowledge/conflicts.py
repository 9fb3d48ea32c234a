"""Articles that contradict each other, or the shop file: different figures for one and the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dangol.knowledge.figures import read_figures
from dangol.knowledge.model import Figure
from dangol.knowledge.search.index import Indexed
from dangol.knowledge.search.topics import topics_of
from dangol.knowledge.search.words import content_words, plain_form

_CLAUSE = re.compile(
    r"[;,]\s+(?=\D)|(?<=[고며])\s*,?\s+|\bbut\b|\band\b(?=\s+[a-z]+\s+[a-z])|(?:지만|는데)\s+"
)


@dataclass(frozen=True)
class _Statement:
    topics: frozenset[str]
    words: frozenset[str]
    figure: Figure


def disagree(chosen: Sequence[Indexed], among: Sequence[Indexed]) -> list[Indexed]:
    """The passages that state different figures for the same thing: a chosen one and its rivals; [] when none do."""
    for one in chosen:
        rivals = [other for other in among if other is not one and _rivals(one, other)]
        if rivals:
            return [one, *rivals]
    return []


def _rivals(one: Indexed, other: Indexed) -> bool:
    if one.entry.article == other.entry.article and one.entry.fact == other.entry.fact:
        return False  # one article, or the shop file, may well give several figures for several cases
    if one.entry.language != other.entry.language:
        return False
    return any(_contradict(mine, theirs) for mine in _statements(one) for theirs in _statements(other))


def _contradict(mine: _Statement, theirs: _Statement) -> bool:
    if mine.figure.unit != theirs.figure.unit or mine.figure.bound != theirs.figure.bound:
        return False
    if mine.topics != theirs.topics or not mine.topics or mine.figure.values == theirs.figure.values:
        return False
    shared = len(mine.words & theirs.words)
    return shared >= 0.5 * min(len(mine.words), len(theirs.words)) and _no_case_of_its_own(mine, theirs)


def _no_case_of_its_own(mine: _Statement, theirs: _Statement) -> bool:
    # a word on each side that the other lacks names two cases: 강남점 and 홍대점, winter and summer
    return (
        not (mine.words - theirs.words and theirs.words - mine.words) or len(mine.words & theirs.words) >= 3
    )


def _statements(item: Indexed) -> Iterator[_Statement]:
    for sentence in item.sentences:
        for clause in _CLAUSE.split(plain_form(sentence)):
            figures = read_figures(clause)
            if len(figures) != 1:
                continue
            topics = topics_of(clause) or topics_of(sentence) or item.context_topics
            words = frozenset(word.text for word in content_words(clause) if not word.text[0].isdigit())
            yield _Statement(topics, words, figures[0])
