"""The shop's articles in memory: asked a question, they answer word for word or say nothing."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from psycopg import AsyncConnection

from dangol.contracts.embedder import Embedder, Vectors
from dangol.contracts.shopfloor.policies import Passage, PolicyAnswer
from dangol.kernel.shop import Shop
from dangol.knowledge import records
from dangol.knowledge.conflicts import disagree
from dangol.knowledge.guides import is_guide
from dangol.knowledge.markdown import sections
from dangol.knowledge.model import Article
from dangol.knowledge.search.decision import ANSWERED, Features, asked_kinds, kind_agreement, probability
from dangol.knowledge.search.excerpts import excerpt
from dangol.knowledge.search.guide_index import GuideIndex
from dangol.knowledge.search.index import (
    Entry,
    Indexed,
    PassageIndex,
    Unit,
    embedding_with_memory,
    question_units,
)
from dangol.knowledge.search.topics import topics_named, topics_of
from dangol.knowledge.shop_policy import policy_facts

CHANNEL = "articles_changed"  # the database notifies on it when an article came, changed or went
_CANDIDATES = 24
_LONGEST = 600  # characters of a question that are read
_MOST_PASSAGES = 3
_NEARLY = ANSWERED / 2  # enough for a passage whose other-language twin answers
_MATTER_IS_WORTH = 0.25  # of probability, for a passage on what the message is about
_LANGUAGE_IS_WORTH = (
    0.2  # so much likelier must a passage in another language be to go before one in the shopper's
)
_MOST_ITEMS = 8  # of a list that a passage introduces
_SHOP_INFORMATION = {"ko": "매장 안내", "en": "Shop information"}


@dataclass(frozen=True)
class Judged:
    """A passage with the judgement whether it answers."""

    item: Indexed
    features: Features
    probability: float


@dataclass(frozen=True)
class _Asked:
    """A question ready to be compared: what it is about, its vector and those of its words, and with what."""

    question: str
    units: tuple[Unit, ...]
    words: list[Unit]
    vectors: Vectors
    index: PassageIndex


class Articles:
    """Every article of the shop, and the figures of its file, ready to be asked."""

    def __init__(self, embedder: Embedder, shop: Shop, articles: Sequence[Article] = ()) -> None:
        self._embedder = embedder
        self._embed = embedding_with_memory(embedder, 20_000)  # an index is rebuilt with few changes
        self._embed_words = embedding_with_memory(
            embedder, 5_000
        )  # shoppers use the same words over and over
        self._shop = shop
        self._articles = tuple(articles)
        self._index = self._built(shop, self._articles)
        self.guides = GuideIndex(self._articles, self._embed)

    @classmethod
    async def open(cls, conn: AsyncConnection[Any], embedder: Embedder, shop: Shop) -> Articles:
        """Read all articles and make them ready to be asked."""
        stored = await records.all_articles(conn)
        return await asyncio.to_thread(cls, embedder, shop, stored)

    async def refresh(self, conn: AsyncConnection[Any], shop: Shop | None = None) -> None:
        """Take over what has changed; questions are answered from the old state until the new one is ready."""
        articles = tuple(await records.all_articles(conn))
        shop = shop or self._shop
        if articles == self._articles and shop == self._shop:
            return
        index = await asyncio.to_thread(self._built, shop, articles)
        guides = await asyncio.to_thread(GuideIndex, articles, self._embed)
        self._shop, self._articles, self._index, self.guides = shop, articles, index, guides

    def _built(self, shop: Shop, articles: Sequence[Article]) -> PassageIndex:
        # a step of a guide answers nothing by itself
        told = [article for article in articles if not is_guide(article.tags)]
        entries = [entry for article in told for entry in article_entries(article)]
        return PassageIndex([*entries, *fact_entries(shop, articles)], self._embed)

    def ask(
        self, question: str, language: str, topics: Iterable[str] = (), limit: int = _MOST_PASSAGES
    ) -> PolicyAnswer:
        """The passages that answer a question, best first, in the shopper's language where there are any.

        No passage means that the shop has not written about it. `conflict`: the passages state different figures
        for the same thing, and none of them may be told as the rule.
        """
        asked = self._asked(question, topics)
        if asked is None:
            return PolicyAnswer(passages=())
        everything = self._judged(asked)
        judged = _on_the_matter(everything, topics_named(topics) & topics_of(question))
        least = judged[0].probability - _LANGUAGE_IS_WORTH if judged else 1.0
        spoken = [f for f in judged if f.item.entry.language == language and f.probability >= least]
        if judged and not spoken:
            spoken = _same_article(everything, judged[0], language)
        chosen = _distinct(spoken or judged, limit)
        rivals = disagree([found.item for found in chosen], [found.item for found in judged])
        shown = [found for found in judged if found.item in rivals] if rivals else chosen
        return PolicyAnswer(passages=tuple(_passage(found, asked) for found in shown), conflict=bool(rivals))

    def judge(self, question: str, topics: Iterable[str] = ()) -> list[Judged]:
        """The likeliest passages with their judgement, best first."""
        asked = self._asked(question, topics)
        return self._judged(asked) if asked else []

    def _asked(self, question: str, topics: Iterable[str]) -> _Asked | None:
        question = question[:_LONGEST]
        units = _with_topics(question_units(question), topics)
        if not self._index.items or not units:
            return None
        words = [unit for unit in units if unit.word is not None]
        vectors = self._embedder.embed(
            [question, *(unit.word.surface for unit in words if unit.word is not None)]
        )
        return _Asked(question, units, words, vectors, self._index)

    def _judged(self, asked: _Asked) -> list[Judged]:
        index, units = asked.index, asked.units
        alike = dict(zip(asked.words, index.likeness(asked.vectors[1:]), strict=True))
        cosines = index.cosines(asked.vectors[0])
        coverages = index.coverages(units, alike)
        rough = np.array([c.share + 0.5 * c.own for c in coverages]) + cosines
        kinds = asked_kinds(asked.question)
        judged = []
        for at in np.argsort(-rough)[:_CANDIDATES]:
            item = index.items[int(at)]
            kind = kind_agreement(kinds, item.figures, item.entry.text)
            features = Features(coverages[int(at)], float(cosines[at]), _about(units, item), kind)
            judged.append(Judged(item, features, probability(features)))
        judged.sort(key=lambda found: -found.probability)
        return judged


def _on_the_matter(everything: Sequence[Judged], matter: frozenset[str]) -> list[Judged]:
    """The passages that answer; of those that do about as well only the ones on the matter, which is both read and
    named: a return of sale items is a return."""
    judged = [found for found in everything if found.probability >= ANSWERED]
    if not judged or matter & judged[0].item.context_topics:
        return judged
    least = max(_NEARLY, judged[0].probability - _MATTER_IS_WORTH)
    on_it = [each for each in everything if each.probability >= least and matter & each.item.context_topics]
    return on_it or judged


def _same_article(found: Sequence[Judged], best: Judged, language: str) -> list[Judged]:
    """The passage that answers as the same article has it in the shopper's language, where it nearly answers, too."""
    slug = best.item.entry.article
    own = (
        f
        for f in found
        if slug
        and f.item.entry.article == slug
        and f.item.entry.language == language
        and f.probability >= _NEARLY
    )
    return list(itertools.islice(own, 1))


def _passage(found: Judged, asked: _Asked) -> Passage:
    entry = found.item.entry
    text = excerpt(found.item, asked.question, asked.index.sentence_cosines(found.item, asked.vectors[0]))
    if entry.follows:
        text = "\n".join((text, *(f"- {item}" for item in entry.follows[:_MOST_ITEMS])))
    return Passage(
        article=entry.article,
        title=entry.title,
        heading=entry.headings[-1] if entry.headings else "",
        text=text,
        url=f"/articles/{entry.article}?language={entry.language}" if entry.article else "",
        language=entry.language,
        score=round(found.probability, 3),
    )


def article_entries(article: Article) -> list[Entry]:
    """An article as passages that can be found."""
    parts = sections(article.body)
    entries = []
    for part in parts:
        follows = tuple(
            other.text for other in parts if other.lead == part.text and other.headings == part.headings
        )
        entries.append(
            Entry(
                article=article.slug,
                title=article.title,
                language=article.language,
                headings=part.headings,
                lead=part.lead,
                text=part.text,
                tags=tuple(article.tags),
                follows=follows if part.text.endswith((":", "：", ".", "요")) else (),
            )
        )
    return entries


def fact_entries(shop: Shop, articles: Sequence[Article]) -> list[Entry]:
    """The shop file's own sentences as passages; their source is the article on the topic, where there is one."""
    entries = []
    for language in dict.fromkeys("ko" if name == "ko" else "en" for name in (*shop.languages, "en")):
        for fact in policy_facts(shop, language):
            covering = _covering(fact.topic, language, articles)
            entries.append(
                Entry(
                    article=covering.slug if covering else "",
                    title=covering.title if covering else _SHOP_INFORMATION[language],
                    language=language,
                    headings=(),
                    lead="",
                    text=fact.text,
                    fact=fact.topic,
                    case=fact.case,
                )
            )
    return entries


def _covering(topic: str, language: str, articles: Sequence[Article]) -> Article | None:
    """The article on a topic, in this language where there is one; of several the one that is of nothing else."""
    shares = {
        article.slug + article.language: _share_on(topic.split("_")[0], article) for article in articles
    }
    named = [article for article in articles if shares[article.slug + article.language]]
    return min(
        named,
        key=lambda article: (article.language != language, -shares[article.slug + article.language]),
        default=None,
    )


def _share_on(topic: str, article: Article) -> float:
    """How much of an article's title and tags names a topic, 0 to 1."""
    named = (article.title, *article.tags)
    return sum(any(found.split("_")[0] == topic for found in topics_of(one)) for one in named) / len(named)


def _with_topics(units: tuple[Unit, ...], topics: Iterable[str]) -> tuple[Unit, ...]:
    return tuple(dict.fromkeys((*units, *(Unit(topic=topic) for topic in sorted(topics_named(topics))))))


def _about(units: Sequence[Unit], item: Indexed) -> float:
    topics = [unit.topic for unit in units if unit.topic]
    return sum(topic in item.context_topics for topic in topics) / len(topics) if topics else 0.0


def _distinct(judged: Sequence[Judged], limit: int) -> list[Judged]:
    """The best passages that add something: near in judgement to the best, not said before."""
    chosen: list[Judged] = []
    for found in judged:
        if chosen and found.probability < chosen[0].probability - 0.25:
            break
        if any(_says_the_same(found.item, other.item) for other in chosen):
            continue
        chosen.append(found)
        if len(chosen) == limit:
            break
    return chosen


def _says_the_same(one: Indexed, other: Indexed) -> bool:
    if one.entry.text in other.entry.follows or other.entry.text in one.entry.follows:
        return True
    if bool(one.entry.fact) != bool(other.entry.fact) and one.figures and other.figures:
        mine = {(figure.unit, value) for figure in one.figures for value in figure.values}
        theirs = {(figure.unit, value) for figure in other.figures for value in figure.values}
        return mine <= theirs or theirs <= mine
    shared = one.own_pieces & other.own_pieces
    return len(shared) >= 0.8 * min(len(one.own_pieces), len(other.own_pieces), 10**9)
