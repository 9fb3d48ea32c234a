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
from dangol.knowledge.search.topics import find_topics, topics_of
from dangol.knowledge.search.words import Word, content_words, pieces, plain_form

_TOKEN = re.compile(r"[가-힣]+|[a-z0-9.,']+")
_VERBAL_SHARE = 0.35  # of the weight of a noun as rare
_TOPIC_FLOOR = (
    0.45  # of the heaviest: what a policy is about counts even where every other passage speaks of it
)
_ASPECTS = frozenset({"free", "extra_cost", "who_pays", "change_of_mind", "opened", "expiry"})
_ASPECT_SHARE = 0.3  # an aspect (is it free, who pays) tells less than what it is asked of
_IN_THE_HEADING, _IN_THE_ARTICLE = 0.9, 0.6  # what standing there is worth beside standing in the passage
_NOWHERE = np.zeros(0, dtype=np.intp)

Embed = Callable[[Sequence[str]], Vectors]
Shares = NDArray[np.float64]
_Where = dict[str, NDArray[np.intp]]
_Whole = tuple[frozenset[str], frozenset[str]]


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
        self._vocabulary: dict[str, int] = {"": 0}
        whole = _by_article(entries)
        texts: list[str] = []
        self.items = [self._indexed(entry, whole[_article(entry)], texts) for entry in entries]
        self.vectors = embed(texts) if texts else np.zeros((0, 1), dtype=np.float32)
        words = [word for word in self._vocabulary if word]
        vectors = embed(words) if words else np.zeros((0, self.vectors.shape[1]), dtype=np.float32)
        self._word_vectors = np.vstack([np.zeros((1, vectors.shape[1]), dtype=np.float32), vectors])
        self._postings()
        self.heaviest = self._weight(0)

    def _postings(self) -> None:
        sizes = [len(item.sentences) + 2 for item in self.items]
        self._owner = np.repeat(np.arange(len(self.items)), sizes).astype(np.intp)
        self._flat_words = np.concatenate([item.words for item in self.items] or [np.zeros(0, dtype=np.intp)])
        self._word_starts = np.cumsum([0, *(len(item.words) for item in self.items)])[:-1]
        self._pays = np.array(
            [any(f.unit.isupper() for f in item.figures) for item in self.items], dtype=bool
        )
        self._own = _where(item.own_pieces for item in self.items)
        self._near = _where(item.own_pieces | item.context_pieces for item in self.items)
        self._far = _where(item.article_pieces for item in self.items)
        self._own_topic = _where(item.own_topics for item in self.items)
        self._near_topic = _where(item.context_topics for item in self.items)
        self._far_topic = _where(item.article_topics for item in self.items)

    def _indexed(self, entry: Entry, whole: _Whole, texts: list[str]) -> Indexed:
        parts = sentences(entry.text)
        own_text = "\n".join((entry.text, *entry.follows))
        own_words, context_words = content_words(own_text), content_words(entry.context)
        first = len(texts)
        heading = entry.headings[-1] if entry.headings else entry.title
        texts += [*parts, f"{heading}: {entry.text}", heading]
        known = self._vocabulary
        ids = [known.setdefault(word.surface, len(known)) for word in (*own_words, *context_words)]
        return Indexed(
            entry=entry,
            own_topics=topics_of(own_text),
            context_topics=topics_of("\n".join((entry.context, *entry.tags))),
            own_pieces=_piece_set(own_words),
            context_pieces=_piece_set(context_words),
            article_pieces=whole[0],
            article_topics=whole[1],
            words=np.array(sorted({0, *ids}), dtype=np.intp),
            figures=read_figures(own_text),
            sentences=parts,
            first_vector=first,
        )

    def _weight(self, documents: float) -> float:
        return math.log(1 + (len(self.items) + 0.5) / (documents + 0.5))

    def weight(self, unit: Unit) -> float:
        """How telling a unit is: rare ones tell more (idf); one that stands nowhere tells most."""
        if unit.word is None:
            standing = np.union1d(_at(self._own_topic, unit.topic), _at(self._near_topic, unit.topic))
            weight = max(self._weight(len(standing)), _TOPIC_FLOOR * self.heaviest)
            return weight * _ASPECT_SHARE if unit.topic in _ASPECTS else weight
        weight = self._weight(min(len(_at(self._near, piece)) for piece in pieces(unit.word)))
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

    def coverages(self, units: Sequence[Unit], alike: dict[Unit, NDArray[np.float32]]) -> list[Coverage]:
        """How much of a question's units each passage covers; `alike` holds a unit's likeness to the vocabulary."""
        covered, own, missing = (np.zeros(len(self.items)) for _ in range(3))
        total = 0.0
        for unit in units:
            weight = self.weight(unit)
            mine, share = (
                self._by_topic(unit.topic) if unit.word is None else self._by_word(unit.word, alike.get(unit))
            )
            total += weight
            covered += weight * share
            own += weight * mine
            missing = np.maximum(missing, weight * (1 - share))
        rows = zip(covered / total, missing / self.heaviest, own / total, strict=True)
        return [Coverage(float(share), float(left), float(mine)) for share, left, mine in rows]

    def _by_topic(self, topic: str) -> tuple[Shares, Shares]:
        own, share = np.zeros(len(self.items)), np.zeros(len(self.items))
        own[_at(self._own_topic, topic)] = 1.0
        share[_at(self._far_topic, topic)] = _IN_THE_ARTICLE
        if topic.endswith("_fee"):  # 배송비 is spoken of where delivery and money are
            paid = _at(self._own_topic, topic.removesuffix("_fee"))
            share[paid[self._pays[paid]]] = 0.85
        share[_at(self._near_topic, topic)] = _IN_THE_HEADING
        return own, np.maximum(own, share)

    def _by_word(self, word: Word, alike: NDArray[np.float32] | None) -> tuple[Shares, Shares]:
        parts = pieces(word)
        own = self._pieces_held(parts, self._own)
        share = np.maximum(own, _IN_THE_HEADING * self._pieces_held(parts, self._near))
        share = np.maximum(share, _IN_THE_ARTICLE * self._pieces_held(parts, self._far))
        if alike is not None:
            near = np.maximum.reduceat(alike[self._flat_words], self._word_starts)
            share = np.maximum(share, _IN_THE_HEADING * np.clip((near - 0.55) / 0.3, 0.0, 1.0))
        return own, share

    def _pieces_held(self, parts: Sequence[str], where: _Where) -> Shares:
        held = np.zeros(len(self.items))
        for part in parts:
            held[_at(where, part)] += 1 / len(parts)
        held[held < 0.5] = 0.0
        return np.minimum(held, 1.0)


def _article(entry: Entry) -> tuple[str, str, str]:
    return entry.article, entry.language, entry.text if entry.fact else ""


def _by_article(entries: Sequence[Entry]) -> dict[tuple[str, str, str], _Whole]:
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


def _piece_set(words: Iterable[Word]) -> frozenset[str]:
    found: set[str] = set()
    for word in words:
        found.update(pieces(word))
        if word.korean and len(word.text) == 1:
            found.add(word.text)
    return frozenset(found)


def _where(sets: Iterable[frozenset[str]]) -> _Where:
    places: dict[str, list[int]] = defaultdict(list)
    for at, members in enumerate(sets):
        for member in members:
            places[member].append(at)
    return {member: np.array(at, dtype=np.intp) for member, at in places.items()}


def _at(where: _Where, member: str) -> NDArray[np.intp]:
    return where.get(member, _NOWHERE)


def embedding_with_memory(embedder: Embedder, most: int) -> Embed:
    """An embedder that computes each text once and remembers up to about `most` of them."""
    known: dict[str, NDArray[np.float32]] = {}

    def embed(texts: Sequence[str]) -> Vectors:
        if len(known) > most:
            known.clear()
        new = [text for text in dict.fromkeys(texts) if text not in known]
        for start in range(0, len(new), 256):
            batch = new[start : start + 256]
            known.update(zip(batch, embedder.embed(batch), strict=True))
        return np.stack([known[text] for text in texts])

    return embed
