"""What buyers say of a product: counted by topic, quoted word for word."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from psycopg import AsyncConnection

from dangol.catalog import cards, topics
from dangol.catalog.model import Product
from dangol.catalog.records import reviews as records
from dangol.catalog.records.reviews import Review
from dangol.catalog.words import squeezed
from dangol.contracts.shopfloor.products import ReadReviews, Reviews, ReviewView, TopicView
from dangol.kernel.shop import Shop
from dangol.kernel.words.hangul import is_syllable

_QUOTES = 2
_MOST_TOPICS = 6
_LONGEST_QUOTE = 160


async def reviews(
    conn: AsyncConnection[Any], product: Product, asked: ReadReviews, shop: Shop, language: str
) -> Reviews:
    """Reviews of a product under the filters, summed up by topic; every count is over the same reviews."""
    every = await records.reviews_of(conn, product.id)
    wanted = topics.topic_named(asked.topic) if asked.topic else None
    kept = [review for review in every if _fits(review, product, asked)]
    if asked.topic:
        kept = [review for review in kept if _speaks(review, wanted, asked.topic)]
    return Reviews(
        card=cards.card(product, shop, language),
        rating=round(sum(review.rating for review in kept) / len(kept), 1) if kept else None,
        count=len(kept),
        positive=sum(review.rating >= 4 for review in kept),
        negative=sum(review.rating <= 2 for review in kept),
        topics=tuple(_summed(kept, wanted, language)),
        items=tuple(
            _view(review, product, shop, language)
            for review in _to_show(kept, wanted, language)[: asked.limit]
        ),
    )


def _fits(review: Review, product: Product, asked: ReadReviews) -> bool:
    if asked.rating_min is not None and review.rating < asked.rating_min:
        return False
    if asked.rating_max is not None and review.rating > asked.rating_max:
        return False
    if asked.option is None:
        return True
    variant = next((variant for variant in product.variants if variant.sku == review.sku), None)
    plain = squeezed(asked.option)
    return variant is not None and plain in {
        squeezed(variant.color), squeezed(variant.size_value), *map(squeezed, variant.options),
    }  # fmt: skip


def _speaks(review: Review, topic: str | None, word: str) -> bool:
    if topic is None:
        return squeezed(word) in squeezed(review.body)
    return any(said.topic == topic for said in topics.said_in(review.body, review.rating))


def _summed(kept: Sequence[Review], wanted: str | None, language: str) -> list[TopicView]:
    moods: dict[str, Counter[int]] = defaultdict(Counter)
    quotes: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for review in kept:
        balance: Counter[str] = Counter()
        for said in topics.said_in(review.body, review.rating):
            balance[said.topic] += said.mood
            if not said.money and len(said.words) <= _LONGEST_QUOTE:
                quotes[said.topic].append((said.mood, said.words))
        for topic, mood in balance.items():
            moods[topic][(mood > 0) - (mood < 0)] += 1
    named = [wanted] if wanted in moods else sorted(moods, key=lambda t: -(moods[t][1] + moods[t][-1]))
    return [
        TopicView(
            topic=topic,
            label=topics.label(topic, language),
            positive=moods[topic][1],
            negative=moods[topic][-1],
            quotes=tuple(_quotes(quotes[topic], moods[topic], language)),
        )
        for topic in named[:_MOST_TOPICS]
        if topic and moods[topic][1] + moods[topic][-1]
    ]


def _quotes(said: list[tuple[int, str]], moods: Counter[int], language: str) -> list[str]:
    """One for each side that was taken, in the shopper's language where there is one."""
    out: list[str] = []
    for mood in (1, -1) if moods[1] >= moods[-1] else (-1, 1):
        fitting = [words for one, words in said if one == mood and words not in out]
        if fitting:
            out.append(max(fitting, key=lambda words: (_is_in(words, language), -abs(len(words) - 50))))
    return out[:_QUOTES]


def _is_in(text: str, language: str) -> bool:
    return any(map(is_syllable, text)) == (language == "ko")


def _to_show(kept: Sequence[Review], wanted: str | None, language: str) -> list[Review]:
    """Reviews in the shopper's language that say something, praise and blame as they come; price talk last."""

    def worth(review: Review) -> tuple[bool, bool, bool, float]:
        said = topics.said_in(review.body, review.rating)
        on_topic = any(one.topic == wanted for one in said)
        return (
            any(one.money for one in said),
            not on_topic and wanted is not None,
            not _is_in(review.body, language),
            -len(said),
        )

    ordered = sorted(kept, key=worth)
    blame = next((review for review in ordered if review.rating <= 2), None)
    if blame is not None and len(ordered) > 2 and blame in ordered[3:]:
        ordered.remove(blame)
        ordered.insert(2, blame)
    return ordered


def _view(review: Review, product: Product, shop: Shop, language: str) -> ReviewView:
    variant = next((variant for variant in product.variants if variant.sku == review.sku), None)
    return ReviewView(
        rating=review.rating,
        title=review.title,
        body=review.body,
        author=review.author,
        created_at=review.created_at.astimezone(shop.zone).date().isoformat(),
        verified=review.verified,
        options=product.options_of(variant, language, shop.language) if variant else {},
    )


async def fit_of(conn: AsyncConnection[Any], product: Product) -> Counter[str]:
    """How many reviews say a product runs `small`, `large` or `true` to size."""
    every = await records.reviews_of(conn, product.id)
    return Counter(fit for review in every if (fit := topics.fit_in(review.body.lower())))
