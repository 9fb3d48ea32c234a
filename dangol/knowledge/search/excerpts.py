"""The one to three sentences of a passage that answer, cut out word for word."""

from __future__ import annotations

from dangol.knowledge.figures import read_figures
from dangol.knowledge.search.decision import asked_kinds, kind_agreement
from dangol.knowledge.search.index import Indexed
from dangol.knowledge.search.topics import topics_of
from dangol.knowledge.search.words import content_words, pieces

_SHORT = 3  # a passage of so many sentences is told whole
_MOST = 3


def excerpt(item: Indexed, question: str, cosines: list[float]) -> str:
    """A run of neighbouring sentences of a passage: the one nearest the question, and those it cannot do without."""
    parts = item.sentences
    if len(parts) <= _SHORT:
        return item.entry.text
    topics, kinds = topics_of(question), asked_kinds(question)
    asked = {piece for word in content_words(question) for piece in pieces(word)}
    scores = [
        cosine + _closeness(part, topics, asked) + 0.2 * kind_agreement(kinds, read_figures(part), part)
        for part, cosine in zip(parts, cosines, strict=True)
    ]
    best = max(range(len(parts)), key=scores.__getitem__)
    first = last = best
    while last - first + 1 < _MOST:
        before = scores[first - 1] if first else -1.0
        after = scores[last + 1] if last + 1 < len(parts) else -1.0
        if max(before, after) < 0.45 * scores[best]:
            break
        first, last = (first - 1, last) if before >= after else (first, last + 1)
    return _cut(item.entry.text, parts, first, last)


def _closeness(sentence: str, topics: frozenset[str], asked: set[str]) -> float:
    own = {piece for word in content_words(sentence) for piece in pieces(word)}
    share = len(own & asked) / len(asked) if asked else 0.0
    topical = len(topics_of(sentence) & topics) / len(topics) if topics else 0.0
    return 0.5 * share + 0.5 * topical


def _cut(text: str, parts: tuple[str, ...], first: int, last: int) -> str:
    start = 0
    places = []
    for part in parts:
        at = text.index(part, start)
        start = at + len(part)
        places.append((at, start))
    return text[places[first][0] : places[last][1]]
