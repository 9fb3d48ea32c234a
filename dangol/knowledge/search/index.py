"""The passages of all articles in memory: words, topics and vectors, and how well each covers a question."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dangol.contracts.embedder import Embedder, Vectors
from dangol.knowledge.figures import read_figures, sentences
from dangol.knowledge.model import Figure
from dangol.knowledge.search.topics import find_topics
from dangol.knowledge.search.words import Word, content_words, pieces, plain_form

_TOKEN = re.compile(r"[가-힣]+|[a-z0-9.,']+")
_VERBAL_SHARE = 0.35  # of the weight of a noun as rare
_TOPIC_FLOOR = (
    0.45  # of the heaviest: what a policy is about counts even where every other passage speaks of it
)
_ASPECTS = frozenset({"free", "extra_cost", "who_pays", "change_of_mind", "opened", "expiry"})
_ASPECT_SHARE = 0.3  # an aspect (is it free, who pays) tells less than what it is asked of
Embed = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True)
class Entry:
    """A passage that can be found: its words, and the title and headings under which it stands.

    `follows` are the items of a list this passage introduces. `fact` marks a sentence of the shop file,
    `case` the place, tier or goods it is about.
    """

    article: str
    title: str
    language: str
    headings: tuple[str, ...]
    lead: str
    text: str
    tags: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    fact: str = ""
    case: str = ""

    @property
    def context(self) -> str:
        """What a reader knows before reading the passage."""
        return " \n ".join(dict.fromkeys((self.title, *self.headings, self.lead)))


@dataclass
class Indexed:
    """A passage with what is looked up in it."""

    entry: Entry
    own_topics: frozenset[str]
    context_topics: frozenset[str]
    own_pieces: frozenset[str]
    context_pieces: frozenset[str]
    article_pieces: frozenset[str]
    article_topics: frozenset[str]
    words: NDArray[np.intp]
    figures: tuple[Figure, ...]
    sentences: tuple[str, ...]
    first_vector: int


@dataclass(frozen=True)
class Unit:
    """One thing a question is about: a topic, or a content word of its own."""

    topic: str = ""
    word: Word | None = None


@dataclass(frozen=True)
class Coverage:
    """How much of a question a passage speaks of.

    `share`: of the weight of its units, 0 to 1. `missing`: the weight of the heaviest unit left out, as a share of the
    heaviest there can be. `own`: like share, by the passage's own words without title and headings.
    """

    share: float
    missing: float
    own: float


def question_units(question: str) -> tuple[Unit, ...]:
    """What a question is about: its topics, and its content words that are no topic's."""
    plain = plain_form(question)
    found = find_topics(question)
    units: dict[Unit, None] = {Unit(topic=topic.topic): None for topic in found}
    for token in _TOKEN.finditer(plain):
        inside = [topic for topic in found if topic.start < token.end() and topic.end > token.start()]
        # of a compound with a topic's word in it, what stands before the topic is a word (드론배송), what follows is
        # an ending (배송해주나요) or no more than a turn of it (주차장)
        rest = plain[token.start() : min(topic.start for topic in inside)] if inside else token.group()
        if not inside or len(rest) > 1:
            units.update({Unit(word=word): None for word in content_words(rest)})
    return tuple(units)


class PassageIndex:
    """An immutable index over entries; a change makes a new one."""

    def __init__(self, entries: Sequence[Entry], embed: Embed) -> None:
        self._vocabulary: dict[str, int] = {}
        self.items: list[Indexed] = []
        self._whole = _by_article(entries)
        texts: list[str] = []
        for entry in entries:
            self.items.append(self._indexed(entry, texts))
        self.vectors = embed(texts) if texts else np.zeros((0, 1), dtype=np.float32)
        words = list(self._vocabulary)
        self._word_vectors = embed(words) if words else np.zeros((0, 1), dtype=np.float32)
        self._owner = np.repeat(
            np.arange(len(self.items)), [len(item.sentences) + 2 for item in self.items]
        ).astype(np.intp)
        self.heaviest = self._weight(0)
        self._piece_count = _document_frequency(item.own_pieces | item.context_pieces for item in self.items)
        self._topic_count = _document_frequency(item.own_topics | item.context_topics for item in self.items)

    def _indexed(self, entry: Entry, texts: list[str]) -> Indexed:
        parts = sentences(entry.text)
        own_text = "\n".join((entry.text, *entry.follows))
        own_words, context_words = content_words(own_text), content_words(entry.context)
        first = len(texts)
        heading = entry.headings[-1] if entry.headings else entry.title
        texts += [*parts, f"{heading}: {entry.text}", heading]
        ids = [
            self._vocabulary.setdefault(w.surface, len(self._vocabulary))
            for w in (*own_words, *context_words)
        ]
        found = find_topics(own_text)
        return Indexed(
            entry=entry,
            own_topics=frozenset(t.topic for t in found),
            context_topics=frozenset(t.topic for t in find_topics("\n".join((entry.context, *entry.tags)))),
            own_pieces=_piece_set(own_words),
            context_pieces=_piece_set(context_words),
            article_pieces=self._whole[_article(entry)][0],
            article_topics=self._whole[_article(entry)][1],
            words=np.array(sorted(set(ids)), dtype=np.intp),
            figures=read_figures(own_text),
            sentences=parts,
            first_vector=first,
        )

    def _weight(self, documents: float) -> float:
        return math.log(1 + (len(self.items) + 0.5) / (documents + 0.5))

    def weight(self, unit: Unit) -> float:
        """How telling a unit is: rare ones tell more (idf); one that stands nowhere tells most."""
        if unit.word is None:
            weight = max(self._weight(self._topic_count.get(unit.topic, 0)), _TOPIC_FLOOR * self.heaviest)
            return weight * _ASPECT_SHARE if unit.topic in _ASPECTS else weight
        weight = self._weight(min(self._piece_count.get(piece, 0) for piece in pieces(unit.word)))
        return weight * _VERBAL_SHARE if unit.word.verbal else weight

    def likeness(self, vectors: Vectors) -> NDArray[np.float32]:
        """Cosine of each word vector with each word of the vocabulary."""
        return vectors @ self._word_vectors.T

    def cosines(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """The best cosine of a question with any sentence of each passage, shape (passages,)."""
        best = np.full(len(self.items), -1.0, dtype=np.float32)
        np.maximum.at(best, self._owner, self.vectors @ vector)
        return best

    def sentence_cosines(self, item: Indexed, vector: NDArray[np.float32]) -> list[float]:
        """The cosine of a question with each sentence of one passage."""
        rows = self.vectors[item.first_vector : item.first_vector + len(item.sentences)]
        return [float(value) for value in rows @ vector]

    def coverage(
        self, units: Sequence[Unit], item: Indexed, alike: dict[Unit, NDArray[np.float32]]
    ) -> Coverage:
        """How much of a question's units a passage covers; `alike` holds a unit's likeness to the vocabulary."""
        total = covered = own = missing = 0.0
        for unit in units:
            weight = self.weight(unit)
            own_share, share = self._covered(unit, item, alike.get(unit))
            total += weight
            covered += weight * share
            own += weight * own_share
            missing = max(missing, weight * (1 - share))
        if not total:
            return Coverage(0.0, 0.0, 0.0)
        return Coverage(covered / total, missing / self.heaviest, own / total)

    def _covered(self, unit: Unit, item: Indexed, alike: NDArray[np.float32] | None) -> tuple[float, float]:
        if unit.word is None:
            own = 1.0 if unit.topic in item.own_topics else 0.0
            around = (
                0.9
                if unit.topic in item.context_topics
                else 0.6
                if unit.topic in item.article_topics
                else 0.0
            )
            if unit.topic.endswith("_fee") and any(figure.unit.isupper() for figure in item.figures):
                around = max(around, 0.85 if unit.topic.removesuffix("_fee") in item.own_topics else 0.0)
            return own, max(own, around)
        parts = pieces(unit.word)
        own = _share(parts, item.own_pieces)
        share = max(own, 0.9 * _share(parts, item.own_pieces | item.context_pieces))
        share = max(share, 0.6 * _share(parts, item.article_pieces))
        if share < 0.9 and alike is not None and len(item.words):
            near = float(alike[item.words].max())
            share = max(share, 0.9 * min(1.0, max(0.0, (near - 0.55) / 0.3)))
        return own, share


def _article(entry: Entry) -> tuple[str, str, str]:
    return entry.article, entry.language, entry.text if entry.fact else ""


def _by_article(
    entries: Sequence[Entry],
) -> dict[tuple[str, str, str], tuple[frozenset[str], frozenset[str]]]:
    texts: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for entry in entries:
        texts[_article(entry)] += [entry.text, *entry.headings, entry.title]
    return {
        key: (
            frozenset().union(*(_piece_set(content_words(part)) for part in parts)),
            frozenset(found.topic for part in parts for found in find_topics(part)),
        )
        for key, parts in texts.items()
    }


def _share(parts: Sequence[str], among: frozenset[str]) -> float:
    share = sum(part in among for part in parts) / len(parts)
    return share if share >= 0.5 else 0.0


def _piece_set(words: Iterable[Word]) -> frozenset[str]:
    found: set[str] = set()
    for word in words:
        found.update(pieces(word))
        if word.korean and len(word.text) == 1:
            found.add(word.text)
    return frozenset(found)


def _document_frequency(sets: Iterable[frozenset[str]]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for members in sets:
        for member in members:
            counts[member] += 1
    return dict(counts)


def embedding_with_memory(embedder: Embedder) -> Embed:
    """An embedder that computes each text once, for indexes that are rebuilt with few changes."""
    known: dict[str, NDArray[np.float32]] = {}

    def embed(texts: Sequence[str]) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if text not in known]
        for start in range(0, len(new), 256):
            batch = new[start : start + 256]
            known.update(zip(batch, embedder.embed(batch), strict=True))
        return np.stack([known[text] for text in texts])

    return embed
