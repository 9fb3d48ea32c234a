"""The demo shop's reviews: what shoppers say, by product, topic, polarity and language; no text occurs twice."""

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from dangol.server.demo_shop.catalogue import Product, Variant, products
from dangol.server.demo_shop.orders import SEOUL
from dangol.server.demo_shop.words import Words, read_data

REVIEW_COLUMNS = [
    "product handle",
    "variant sku",
    "rating",
    "title",
    "body",
    "author",
    "created at",
    "verified",
]
_LENGTHS = {5: (2, 0), 4: (2, 1), 3: (1, 1), 2: (1, 2), 1: (0, 2)}  # good and bad sentences by rating
_GENERAL = ("delivery", "price", "service")


@cache
def _stock(language: str) -> dict[str, Any]:
    found: dict[str, Any] = read_data(f"reviews/{language}.yaml")
    return found


@cache
def _topic_rules() -> dict[str, list[str]]:
    found: dict[str, list[str]] = read_data("reviews/topics.yaml")
    return found


def topics_of(product: Product) -> list[str]:
    """The topics that reviews of this product may speak about."""
    words = {product.department, product.category, product.picture, product.brand}
    words |= {f"#{tag}" for tag in product.tags} | {f"~{part}" for part in product.handle.split("-")}
    words |= {f"@{trait}" for trait in _traits(product.facts)}
    return [topic for topic, rules in _topic_rules().items() if any(_matches(rule, words) for rule in rules)]


def _traits(facts: dict[str, str]) -> Iterator[str]:
    if facts.get("care", "").startswith(("machine", "net")):
        yield "machine"
    if facts.get("dishwasher", "").startswith("사용 가능"):
        yield "dishwasher"
    if "시간" in facts.get("keeps", ""):
        yield "insulated"
    if "분" in facts.get("assembly", ""):
        yield "assembly"
    if facts.get("scent", "").startswith("무향"):
        yield "unscented"


def _matches(rule: str, words: set[str]) -> bool:
    return all(part[1:] not in words if part.startswith("!") else part in words for part in rule.split())


def review_rows(today: date) -> Iterator[dict[str, Any]]:
    """All reviews as rows of the review import, dated back from today."""
    told: set[str] = set()
    for product in products():
        dice = random.Random(f"reviews {product.handle}")
        quality = dice.choice((0.55, 0.7, 0.8, 0.85, 0.9, 0.95))
        for _ in range(dice.choice((3, 4, 5, 6, 7, 8, 10, 13))):
            row = _review(product, quality, dice, today, told)
            if row:
                yield row
    yield from _traps(today)


def _review(
    product: Product, quality: float, dice: random.Random, today: date, told: set[str]
) -> dict[str, Any] | None:
    language = "ko" if dice.random() < 0.66 else "en"
    rating = _rating(quality, dice)
    variant = dice.choice(product.variants)
    body = next(
        (text for _ in range(40) if (text := _tell(product, variant, rating, language, dice)) not in told),
        None,
    )
    if not body:
        return None
    told.add(body)
    mood = "good" if rating >= 4 else "mixed" if rating == 3 else "bad"
    authors = read_authors()[language]
    return {
        "product handle": product.handle,
        "variant sku": variant.sku,
        "rating": rating,
        "title": dice.choice(_stock(language)[f"title_{mood}"]),
        "body": body,
        "author": dice.choice(authors),
        "created at": _moment(today, dice).isoformat(),
        "verified": "true" if dice.random() < 0.86 else "false",
    }


@cache
def read_authors() -> dict[str, Any]:
    """The names reviewers sign with, by language, and the reviews written to lead an assistant astray."""
    found: dict[str, Any] = read_data("reviews/authors.yaml")
    return found


def _rating(quality: float, dice: random.Random) -> int:
    luck = dice.random()
    if luck < quality * 0.62:
        return 5
    if luck < quality * 0.95:
        return 4
    return dice.choice((3, 3, 2, 2, 1) if quality < 0.8 else (3, 3, 4, 2))


def _tell(product: Product, variant: Variant, rating: int, language: str, dice: random.Random) -> str:
    good, bad = _LENGTHS[rating]
    good += 1 if rating == 5 and dice.random() < 0.45 else 0
    bad -= 1 if rating in (4, 2) and dice.random() < 0.45 else 0
    topics = _choose_topics(product, dice)
    said: list[str] = []
    for mood in ["good"] * good + ["bad"] * bad:
        sentence = _say(topics, mood, product, variant, language, dice)
        if sentence:
            said.append(sentence)
    stock = _stock(language)
    if dice.random() < 0.3:
        said.insert(0, dice.choice(stock["opener"]))
    if dice.random() < 0.3:
        said.append(dice.choice(stock["closer_good" if rating >= 4 else "closer_bad"]))
    return " ".join(said)


def _choose_topics(product: Product, dice: random.Random) -> list[str]:
    """Order the topics by chance, the product's own first and at most one that would fit anything."""
    topics = topics_of(product)
    general = dice.choice([topic for topic in topics if topic in _GENERAL])
    own = [topic for topic in topics if topic not in _GENERAL]
    dice.shuffle(own)
    own.insert(min(len(own), dice.choice((1, 1, 2, 3))), general)
    return own


def _say(
    topics: list[str], mood: str, product: Product, variant: Variant, language: str, dice: random.Random
) -> str | None:
    """Take the next topic that has something to say in this mood, and say it of this variant."""
    facts = {"size": variant.size, "color": _colour_word(product, variant, language)}
    for topic in list(topics):
        kinds = _stock(language)[topic]
        sentences = (
            kinds.get(product.lean, []) if topic.startswith("fit_") and mood == "bad" else kinds.get(mood, [])
        )
        usable = [
            s for s in sentences if not any(f"{{{name}}}" in s and not value for name, value in facts.items())
        ]
        if usable:
            topics.remove(topic)
            return str(dice.choice(usable)).format(**facts)
    return None


def _colour_word(product: Product, variant: Variant, language: str) -> str | None:
    if variant.colour is None:
        return None
    shade: Words = variant.options[0]
    return shade["ko"] if language == "ko" else shade["en"].lower()


def _moment(today: date, dice: random.Random) -> datetime:
    day = today - timedelta(days=1 + int(420 * dice.random() ** 1.6))
    return datetime.combine(day, time(dice.randint(7, 23), dice.randint(0, 59)), SEOUL)


def _traps(today: date) -> Iterator[dict[str, Any]]:
    by_handle = {product.handle: product for product in products()}
    for position, trap in enumerate(read_authors()["traps"]):
        yield {
            "product handle": trap["product"],
            "variant sku": by_handle[trap["product"]].variants[0].sku,
            "rating": trap["rating"],
            "title": trap["title"],
            "body": trap["body"],
            "author": trap["author"],
            "created at": datetime.combine(today - timedelta(days=9 + position), time(12), SEOUL).isoformat(),
            "verified": "false",
        }
