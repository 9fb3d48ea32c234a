"""What shoppers look at, search for and buy: noted for their own ranking, counted for what goes together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection

from dangol.catalog.model import Texts
from dangol.catalog.records import names as records
from dangol.catalog.records import shoppers
from dangol.kernel.shop import Shop


async def note_purchases(
    conn: AsyncConnection[Any],
    purchases: Sequence[tuple[str, Sequence[int]]],
    *,
    now: datetime,
    shoppers_of: Mapping[str, str] | None = None,
) -> None:
    """Count what was bought together: (order reference, product ids); the same order again counts nothing.

    `shoppers_of` names the shopper key of an order where there is one, for that person's own ranking.
    """
    async with conn.transaction():
        await shoppers.note_purchases(conn, purchases, shoppers_of or {}, now)


async def adopt_shopper(conn: AsyncConnection[Any], from_key: str, to_key: str) -> None:
    """What was noted of a visitor belongs to the customer they turned out to be."""
    await shoppers.adopt(conn, from_key, to_key)


async def forget_shopper(conn: AsyncConnection[Any], shopper_key: str) -> int:
    """Delete what was noted of a shopper's views, searches and purchases; how much it was."""
    return await shoppers.forget(conn, shopper_key)


async def forget_before(conn: AsyncConnection[Any], before: datetime) -> int:
    """Delete every view, search and sign older than a moment; how many they were. What is bought together stays."""
    return await shoppers.forget_before(conn, before)


async def count_noted(conn: AsyncConnection[Any], shopper_key: str) -> int:
    """How much is noted of a shopper's views, searches and purchases."""
    return await shoppers.count(conn, shopper_key)


@dataclass(frozen=True, slots=True)
class ProductName:
    """The words by which a product may be called; texts by language."""

    handle: str
    titles: Texts
    brand: Texts
    category: Texts
    skus: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShopWords:
    """The shop's own words for brands and kinds of goods, each in every language it has."""

    brands: tuple[Texts, ...]
    categories: tuple[Texts, ...]


async def product_names(conn: AsyncConnection[Any], shop: Shop) -> AsyncIterator[ProductName]:
    """Every product on sale by its names, a few thousand read at a time."""
    async for row in records.product_names(conn):
        yield ProductName(row[0], row[1], row[2], row[3], tuple(row[4] or ()))


async def shop_words(conn: AsyncConnection[Any]) -> ShopWords:
    """The brands and kinds of goods there are."""
    return ShopWords(await records.distinct(conn, "brand"), await records.distinct(conn, "category"))
