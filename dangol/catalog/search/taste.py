"""What is known of a shopper's taste from what they looked at, searched for and bought, for ranking alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection

from dangol.catalog.records import shoppers

_DAYS = 120
_HALF_LIFE_EVENTS = 8
# what was said on another site tells less of what is wanted here than what is done here
_WEIGHTS = {"purchase": 2.0, "view": 1.0, "search": 1.0, "save": 0.6, "like": 0.5, "follow": 0.5}


@dataclass
class Taste:
    """How much a shopper cares for kinds of goods, and which products they looked at last."""

    kinds: dict[str, float] = field(default_factory=dict)
    seen: list[int] = field(default_factory=list)
    bought: set[int] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.kinds or self.seen)


async def taste_of(conn: AsyncConnection[Any], shopper_key: str, now: datetime) -> Taste:
    """A shopper's taste, the newest signs counting most."""
    taste = Taste()
    for nth, event in enumerate(await shoppers.events(conn, shopper_key, now, days=_DAYS)):
        weight = _WEIGHTS[event.kind] * 0.5 ** (nth / _HALF_LIFE_EVENTS)
        for concept in leaf_concepts(event.concepts) or event.categories:
            taste.kinds[concept] = taste.kinds.get(concept, 0.0) + weight
        if event.product_id is not None:
            taste.seen.append(event.product_id)
            if event.kind == "purchase":
                taste.bought.add(event.product_id)
    return taste


def leaf_concepts(concepts: Sequence[str]) -> list[str]:
    """The concepts of a product that say most about a taste in it."""
    return [c.partition(":")[2] for c in concepts if c.startswith("category:")][:2]
