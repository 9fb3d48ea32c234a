"""Queries that feed the search index: what changed, and everything a row of it is made of."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import TupleRow

from dangol.catalog.model import Texts


@dataclass(frozen=True, slots=True)
class IndexedVariant:
    """What the index keeps of a variant."""

    id: int
    options: list[str]
    color: str
    size_system: str
    size_value: str
    price: int
    compare_at: int
    stock: int


@dataclass(frozen=True, slots=True)
class IndexedProduct:
    """What the index is fed of a product."""

    id: int
    revision: int
    handle: str
    title: Texts
    brand: Texts
    category: Texts
    description: Texts
    tags: list[str]
    attributes: list[dict[str, Texts]]
    options: list[dict[str, Any]]
    concepts: list[str]
    rating_sum: int
    rating_count: int
    sold: int
    created: float
    digest: str
    variants: list[IndexedVariant]


_PRODUCTS = """
    select p.id, p.revision, p.handle, p.title, p.brand, p.category, p.description, p.tags, p.attributes, p.options,
        p.concepts, p.rating_sum, p.rating_count, p.sold, extract(epoch from p.created_at)::float8, p.digest,
        (select jsonb_agg(jsonb_build_array(v.id, v.options, v.color, v.size_system, v.size_value, v.price,
                coalesce(v.compare_at, 0), v.stock) order by v.position, v.id)
         from variants v where v.product_id = p.id)
    from products p where p.status = 'active' and p.id = any(%s) order by p.id
"""
_CHUNK = 1_000


async def products_for_index(
    conn: AsyncConnection[Any], ids: Sequence[int]
) -> AsyncIterator[list[IndexedProduct]]:
    """Products on sale with their variants, a chunk at a time in the order of their ids."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), _CHUNK):
        cursor = await conn.execute(_PRODUCTS, (ordered[start : start + _CHUNK],))
        yield [_product(row) for row in await cursor.fetchall()]


def _product(row: TupleRow) -> IndexedProduct:
    variants = [IndexedVariant(*variant) for variant in row[-1] or ()]
    return IndexedProduct(*(*row[:-1], variants))


async def prices_and_stock(conn: AsyncConnection[Any], ids: Sequence[int]) -> list[tuple[int, int, int, int]]:
    """(variant id, price, compare-at price or 0, stock) of all variants of these products."""
    cursor = await conn.execute(
        "select id, price, coalesce(compare_at, 0), stock from variants where product_id = any(%s)",
        (list(ids),),
    )
    return [(row[0], row[1], row[2], row[3]) for row in await cursor.fetchall()]


async def standings(
    conn: AsyncConnection[Any], ids: Sequence[int] | None
) -> list[tuple[int, int, int, int, int]]:
    """(id, revision, rating sum, rating count, sold) of the products of these, or of all, that are on sale."""
    cursor = await conn.execute(
        """select id, revision, rating_sum, rating_count, sold from products
           where status = 'active' and (%s::bigint[] is null or id = any(%s::bigint[]))""",
        (ids, ids),
    )
    return [(row[0], row[1], row[2], row[3], row[4]) for row in await cursor.fetchall()]
