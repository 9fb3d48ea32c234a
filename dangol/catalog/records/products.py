"""Queries of products and variants as they are shown and sold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import TupleRow

from dangol.catalog.model import Product, ShelfStock, Variant

_PRODUCT = """
    select p.id, p.handle, p.status, p.title, p.brand, p.category, p.description, p.tags, p.attributes, p.options,
        p.size_chart, p.fit_note, p.images, p.concepts, p.rating_sum, p.rating_count, p.sold, p.created_at,
        (select jsonb_agg(jsonb_build_array(v.id, v.sku, v.options, v.color, v.size_system, v.size_value, v.price,
                v.compare_at, v.stock, v.image, v.weight_g, {shelf}) order by v.position, v.id)
         from variants v where v.product_id = p.id)
    from products p
"""
_SHELF = """(select jsonb_agg(jsonb_build_array(s.branch, s.quantity, s.place) order by s.branch)
             from shelves s where s.sku = v.sku)"""

_BY_ID_OR_SKU = "where p.id = any(%s) or p.id in (select product_id from variants where sku = any(%s))"


async def products_by_id(conn: AsyncConnection[Any], ids: Sequence[int]) -> dict[int, Product]:
    """Products with their variants, prices and stock of this moment, by id."""
    cursor = await conn.execute(_PRODUCT.format(shelf="null") + "where p.id = any(%s)", (list(ids),))
    return {product.id: product for product in map(_product, await cursor.fetchall())}


async def product_named(conn: AsyncConnection[Any], name: str, *, shelf: bool = False) -> Product | None:
    """A product by its handle, its id or one of its SKUs, whatever its status."""
    found = await _named(conn, [name], shelf=shelf)
    return found.get(name)


async def products_named(conn: AsyncConnection[Any], names: Sequence[str]) -> dict[str, Product]:
    """Products by the handles, ids or SKUs they were asked for with."""
    return await _named(conn, names, shelf=False)


async def _named(conn: AsyncConnection[Any], names: Sequence[str], *, shelf: bool) -> dict[str, Product]:
    query = _PRODUCT.format(shelf=_SHELF if shelf else "null")
    cursor = await conn.execute(query + "where p.handle = any(%s)", (list(names),))
    found = {product.handle: product for product in map(_product, await cursor.fetchall())}
    others = [name for name in names if name not in found]
    if others:
        ids = [int(name) for name in others if name.isascii() and name.isdigit() and len(name) < 19]
        cursor = await conn.execute(query + _BY_ID_OR_SKU, (ids, others))
        for product in map(_product, await cursor.fetchall()):
            keys = {str(product.id), *(variant.sku for variant in product.variants)}
            found.update((name, product) for name in others if name in keys)
    return found


def _product(row: TupleRow) -> Product:
    (
        id_, handle, status, title, brand, category, description, tags, attributes, options, size_chart, fit_note,
        images, concepts, rating_sum, rating_count, sold, created_at, variants,
    ) = row  # fmt: skip
    return Product(
        id_, handle, status, title, brand, category, description, tuple(tags), tuple(attributes), tuple(options),
        size_chart, fit_note, tuple(images), frozenset(concepts), rating_sum, rating_count, sold, created_at,
        tuple(_variant(variant) for variant in variants or ()),
    )  # fmt: skip


def _variant(row: list[Any]) -> Variant:
    id_, sku, options, color, size_system, size_value, price, compare_at, stock, image, weight_g, shelf = row
    stands = tuple(ShelfStock(*entry) for entry in shelf or ())
    return Variant(
        id_,
        sku,
        tuple(options),
        color,
        size_system,
        size_value,
        price,
        compare_at,
        stock,
        image,
        weight_g,
        stands,
    )


async def variant_rows(conn: AsyncConnection[Any], skus: Sequence[str]) -> list[TupleRow]:
    """Variants as a basket needs them, in one query."""
    cursor = await conn.execute(
        """select v.sku, p.handle, p.id, p.title, p.options, v.options, v.price, v.compare_at, v.stock, v.image,
               p.images, p.tags, v.weight_g, p.status, p.category
           from variants v join products p on p.id = v.product_id where v.sku = any(%s)""",
        (list(skus),),
    )
    return await cursor.fetchall()
