"""Care tips for what was bought, in the shop's own words: what a product states of its care, else the sentences of the
shop's care guide that speak of what it is and is made of. Nothing is made up; of nothing there is no tip."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dangol.catalog.api import Product, say
from dangol.kernel.words import categories, materials
from dangol.knowledge.api import Article, passages

MOST_SENTENCES = 2

_CARE = re.compile(
    r"(?i)세탁|관리|손질|보관법|보관\s?방법|케어|세척|\bcare\b|\bwash|\bclean(?:ing)?\b|\bmaintenance\b|\bstorage\b"
)
# goods that things are cared for with: naming one does not say what is cared for
_INSTRUMENTS = frozenset(
    {"laundry-detergent", "washing-machines", "shoe-care", "cleaning-tools", "irons", "dryers"}
)
_SENTENCES = re.compile(r"(?<=[.!?。])\s+")


@dataclass(frozen=True)
class Tip:
    """A tip for one product: the product's title, the words, and the article they stand in ("" for the product's own)."""

    title: str
    text: str
    article: str = ""


def tips(
    products: Sequence[Product], articles: Iterable[Article], language: str, fallback: str
) -> tuple[Tip, ...]:
    """One tip for each product of which the shop says how it is cared for, in the order given."""
    guides = [each for each in articles if _is_guide(each) and each.language == language]
    found = (
        _of_record(each, language, fallback) or _of_guides(each, guides, language, fallback)
        for each in products
    )
    return tuple(tip for tip in found if tip is not None)


def _of_record(product: Product, language: str, fallback: str) -> Tip | None:
    for attribute in product.attributes:
        if any(_CARE.search(name) for name in attribute["name"].values()):
            text = say(attribute["value"], language, fallback).strip()
            if text:
                return Tip(say(product.title, language, fallback), text)
    return None


def _of_guides(product: Product, guides: Sequence[Article], language: str, fallback: str) -> Tip | None:
    for guide in guides:
        sentences = [
            sentence
            for passage in passages(guide.body)
            for sentence in _SENTENCES.split(passage.text)
            if speaks_of(sentence, product.concepts)
        ]
        if sentences:
            text = " ".join(sentences[:MOST_SENTENCES])
            return Tip(say(product.title, language, fallback), text, guide.title)
    return None


def _is_guide(article: Article) -> bool:
    return any(_CARE.search(word) for word in (article.title, *article.tags))


def speaks_of(sentence: str, concepts: frozenset[str]) -> bool:
    """Whether a sentence is about goods like these: of the kinds it names, if it names some, and of the materials."""
    kinds = {match.slug for match in categories.find(sentence)} - _INSTRUMENTS
    stuffs = {match.slug for match in materials.find(sentence)}
    of_kind = not kinds or any(f"category:{kind}" in concepts for kind in kinds)
    of_stuff = not stuffs or any(f"material:{stuff}" in concepts for stuff in stuffs)
    return bool(kinds or stuffs) and of_kind and of_stuff
