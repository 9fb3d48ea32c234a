"""Finding the guide for a symptom told in everyday words, for the goods it is told of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from dangol.contracts.shopfloor.guides import (
    FindGuide,
    GoodsNamed,
    GuideAnswer,
    GuideFound,
    GuidesFound,
    GuideStep,
    GuideView,
)
from dangol.kernel.words import categories, hangul
from dangol.kernel.words.normalising import compact
from dangol.knowledge.guides import BrokenGuide, Guide, is_guide, read_guide
from dangol.knowledge.model import Article
from dangol.knowledge.search.index import Embed
from dangol.knowledge.search.words import content_words, pieces

# from these scores on a guide may speak of the symptom, of goods it is for and of goods unknown; and surely does.
# Set on the symptoms of tests/knowledge/test_guide_search.py, of a shop that none of the guides was written for too.
_OF_ITS_GOODS, _OF_ANY = 0.33, 0.45
_SURE_OF_ITS_GOODS, _SURE = 0.5, 0.55
_MOST = 4
_OWNED_IS_WORTH = 0.1  # so much likelier is a guide for goods that were bought lately
_NEAR = 0.12  # what is further behind the best is not asked about
# parts of other goods: a guide for earphones may speak of their battery and cable
_PARTS = frozenset({"batteries", "chargers", "cables", "bags", "phone-cases"})


@dataclass(frozen=True)
class _Line:
    """A symptom as it is compared: what it says beside the goods it names."""

    at: int  # which guide
    sign: bool  # of danger
    pieces: frozenset[str]


@dataclass(frozen=True)
class _Kept:
    article: Article
    guide: Guide
    names: frozenset[str]
    kinds: frozenset[str]


class GuideIndex:
    """Every guide of the shop, ready to be asked; a change makes a new one."""

    def __init__(self, articles: Sequence[Article], embed: Embed) -> None:
        self._embed = embed
        self._guides = [kept for article in articles if (kept := _kept(article)) is not None]
        said = [(at, sign, text) for at, kept in enumerate(self._guides) for sign, text in _symptoms(kept)]
        self._lines = [_Line(at, sign, _pieces(text)) for at, sign, text in said]
        self._vectors = embed([_without_goods(text) for _, _, text in said]) if said else None

    def find(self, asked: FindGuide, language: str) -> GuidesFound:
        """The guides that speak of a symptom and are for the goods named, likeliest first."""
        if self._vectors is None:
            return GuidesFound(items=(), written=False)
        scores = self._scores(asked.symptom)
        found: dict[str, GuideFound] = {}
        for at in sorted(
            range(len(self._guides)), key=lambda at: self._guides[at].article.language != language
        ):
            judged = _judged(self._guides[at], *scores[at], asked)
            if judged is not None and _better(judged, found.get(judged.guide), language):
                found[judged.guide] = judged
        best = sorted(found.values(), key=lambda each: -each.score)
        near = [each for each in best if each.score >= best[0].score - _NEAR]
        return GuidesFound(items=tuple(near[:_MOST]), written=True)

    def open(self, slug: str, language: str) -> GuideView | None:
        """A guide word for word; None when it is gone."""
        for kept in self._guides:
            if (kept.article.slug, kept.article.language) == (slug, language):
                return _view(kept)
        return None

    def _scores(self, symptom: str) -> list[tuple[float, bool]]:
        """How near each guide's nearest line is, and whether that is one of its signs of danger."""
        assert self._vectors is not None
        said = _pieces(symptom)
        cosines = self._vectors @ self._embed([_without_goods(symptom)])[0]
        best = [(0.0, False)] * len(self._guides)
        for line, cosine in zip(self._lines, cosines, strict=True):
            shared = len(said & line.pieces)
            overlap = 2 * shared / (len(said) + len(line.pieces)) if shared else 0.0
            score = 0.55 * float(np.clip(cosine, 0, 1)) + 0.45 * overlap
            best[line.at] = max(best[line.at], (score, line.sign))
        return best


def _judged(kept: _Kept, score: float, sign: bool, asked: FindGuide) -> GuideFound | None:
    kinds = {found.slug for found in categories.find(asked.symptom)} - _PARTS
    of = asked.of or (GoodsNamed(kinds=tuple(kinds)) if kinds else None)
    if of is not None and not _is_for(kept, of):
        return None
    its_goods = of is not None and bool(kept.names)
    if score < (_OF_ITS_GOODS if its_goods else _OF_ANY):
        return None
    owned = next(
        (each for each in asked.owned if kept.names and _is_for(kept, each) and _is_such(each, of)), None
    )
    mine = of if of is not None and of.product else owned
    score += _OWNED_IS_WORTH * (owned is not None)
    sure = score >= (_SURE_OF_ITS_GOODS if its_goods else _SURE)
    return GuideFound(
        guide=kept.article.slug,
        language=kept.article.language,
        title=kept.article.title,
        product=mine.product if mine else "",
        product_title=mine.title if mine else "",
        score=round(score, 3),
        sure=sure,
        danger=sign and sure,
    )


def _better(one: GuideFound, other: GuideFound | None, language: str) -> bool:
    """Whether this language of a guide is told rather than the one found before: the shopper's own, where there is it."""
    return other is None or (other.language != language and one.score > other.score)


def _kept(article: Article) -> _Kept | None:
    if not is_guide(article.tags):
        return None
    try:
        guide = read_guide(article.body)
    except BrokenGuide:
        return None  # from before guides were checked; an article like any other
    kinds = frozenset(found.slug for name in guide.goods for found in categories.find(name))
    return _Kept(article, guide, frozenset(map(compact, guide.goods)), kinds)


def _is_for(kept: _Kept, of: GoodsNamed) -> bool:
    """Whether a guide is for these goods: by their name, by a kind they are of; one that names none is for all."""
    if not kept.names:
        return True
    called = {compact(each) for each in (of.product, of.title, *of.kinds) if each}
    title = compact(of.title)
    if called & kept.names or any(name in title for name in kept.names if title):
        return True
    return _meet(_kinds(of), kept.kinds)


def _is_such(owned: GoodsNamed, of: GoodsNamed | None) -> bool:
    """Whether something bought is of the kind it is told of, where a kind is named."""
    return of is None or not of.kinds or _meet(_kinds(owned), _kinds(of))


def _kinds(of: GoodsNamed) -> set[str]:
    return {*of.kinds, *(found.slug for text in (of.title, *of.kinds) for found in categories.find(text))}


def _meet(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether any of some kinds is one of the others, or wider or narrower."""
    others = tuple(others)
    return any(
        categories.is_within(one, each) or categories.is_within(each, one) for one in some for each in others
    )


def _symptoms(kept: _Kept) -> Iterable[tuple[bool, str]]:
    told = (kept.article.title, *kept.guide.symptoms)
    return (*((False, text) for text in told), *((True, text) for text in kept.guide.signs))


def _without_goods(text: str) -> str:
    """What is wrong, without what it is wrong with: kinds of goods are compared apart."""
    found = sorted((each.start, each.end) for each in categories.find(text) if each.slug not in _PARTS)
    parts, at = [], 0
    for start, end in found:
        parts.append(text[at:start])
        at = max(at, end)
    rest = " ".join(word for word in "".join((*parts, text[at:])).split() if not hangul.is_particle(word))
    return rest or text


def _pieces(text: str) -> frozenset[str]:
    found = {piece for word in content_words(_without_goods(text)) for piece in pieces(word)}
    return frozenset(found)


def _view(kept: _Kept) -> GuideView:
    article, guide = kept.article, kept.guide
    steps = tuple(
        GuideStep(
            article=article.slug,
            number=number,
            text=step.text,
            more=step.more,
            answers=tuple(
                GuideAnswer(label=each.label, step=each.step, ends=each.ends) for each in step.answers
            ),
        )
        for number, step in enumerate(guide.steps, 1)
    )
    return GuideView(
        article=article.slug,
        language=article.language,
        title=article.title,
        url=f"/articles/{article.slug}?language={article.language}",
        text=guide.opening,
        stop=guide.stop,
        signs=guide.signs,
        steps=steps,
        mark=hashlib.sha256(repr(guide).encode()).hexdigest()[:12],
    )
