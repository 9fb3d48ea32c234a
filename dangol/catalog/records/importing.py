"""Queries of the imports: what is there already, and writing what changed, a batch at a time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row


@dataclass(frozen=True, slots=True)
class KnownProduct:
    """What an import must know of a product that is there."""

    id: int
    handle: str
    digest: str
    words_version: str


@dataclass(frozen=True, slots=True)
class KnownVariant:
    """What an import must know of a variant that is there; product_id 0 and no digest: it is about to be."""

    sku: str
    product_id: int
    handle: str
    digest: str


async def known_products(conn: AsyncConnection[Any], handles: list[str]) -> dict[str, KnownProduct]:
    """The products with these handles."""
    async with conn.cursor(row_factory=class_row(KnownProduct)) as cursor:
        await cursor.execute(
            "select id, handle, digest, words_version from products where handle = any(%s) for update",
            (handles,),
        )
        return {product.handle: product async for product in cursor}


async def known_variants(
    conn: AsyncConnection[Any], skus: list[str], product_ids: list[int]
) -> dict[str, KnownVariant]:
    """The variants with these SKUs, and all variants of these products."""
    async with conn.cursor(row_factory=class_row(KnownVariant)) as cursor:
        await cursor.execute(
            """select v.sku, v.product_id, p.handle, v.digest
               from variants v join products p on p.id = v.product_id where v.sku = any(%s)
               union
               select v.sku, v.product_id, p.handle, v.digest
               from variants v join products p on p.id = v.product_id where v.product_id = any(%s)""",
            (skus, product_ids),
        )
        return {variant.sku: variant async for variant in cursor}


async def upsert_products(
    conn: AsyncConnection[Any], rows: list[dict[str, Any]], words_version: str, now: datetime
) -> dict[str, int]:
    """Write products; their ids by handle."""
    if not rows:
        return {}
    cursor = await conn.execute(
        """insert into products (handle, status, title, brand, category, description, tags, attributes, options,
               size_chart, fit_note, images, digest, concepts, words_version, created_at, updated_at)
           select handle, status, title, brand, category, description, tags, attributes, options,
               nullif(size_chart, 'null'::jsonb), fit_note, images, digest, concepts, %(version)s, %(now)s, %(now)s
           from jsonb_to_recordset(%(rows)s::jsonb) as row (handle text, status text, title jsonb, brand jsonb,
               category jsonb, description jsonb, tags text[], attributes jsonb, options jsonb, size_chart jsonb,
               fit_note jsonb, images text[], digest text, concepts text[])
           on conflict (handle) do update set status = excluded.status, title = excluded.title,
               brand = excluded.brand, category = excluded.category, description = excluded.description,
               tags = excluded.tags, attributes = excluded.attributes, options = excluded.options,
               size_chart = excluded.size_chart, fit_note = excluded.fit_note, images = excluded.images,
               digest = excluded.digest, concepts = excluded.concepts, words_version = excluded.words_version,
               updated_at = excluded.updated_at, revision = nextval('product_revisions')
           returning handle, id""",
        {"rows": json.dumps(rows, ensure_ascii=False), "version": words_version, "now": now},
    )
    return dict(await cursor.fetchall())


async def write_variants(
    conn: AsyncConnection[Any], rows: list[dict[str, Any]], shelves: list[dict[str, Any]], gone: list[str]
) -> set[int]:
    """Write variants with their shelves, take out those that are gone; the ids of the products touched.

    The stock of a variant that was there is set only when the counted figure differs from the last one counted,
    and then less what orders hold.
    """
    if not rows and not gone:
        return set()
    removed = await conn.execute("delete from variants where sku = any(%s) returning product_id", (gone,))
    touched = {row[0] for row in await removed.fetchall()} | {row["product_id"] for row in rows}
    if rows:
        skus = [row["sku"] for row in rows]
        await conn.execute(_UPSERT_VARIANTS, {"rows": json.dumps(rows, ensure_ascii=False)})
        await conn.execute("delete from shelves where sku = any(%s)", (skus,))
    if shelves:
        await conn.execute(
            """insert into shelves (sku, branch, quantity, place)
               select sku, branch, quantity, place
               from jsonb_to_recordset(%s::jsonb) as row (sku text, branch text, quantity integer, place text)""",
            (json.dumps(shelves, ensure_ascii=False),),
        )
    await conn.execute(
        "update products set revision = nextval('product_revisions') where id = any(%s)", (list(touched),)
    )
    return touched


_UPSERT_VARIANTS = """
    insert into variants as there (sku, product_id, position, options, color, size_system, size_value, price,
        compare_at, stock, counted, image, barcode, weight_g, tracked, digest)
    select sku, product_id, position, options, color, size_system, size_value, price, compare_at, stock, stock,
        image, barcode, weight_g, tracked, digest
    from jsonb_to_recordset(%(rows)s::jsonb) as row (sku text, product_id bigint, position integer, options text[],
        color text, size_system text, size_value text, price bigint, compare_at bigint, stock integer, image text,
        barcode text, weight_g integer, tracked boolean, digest text)
    on conflict (sku) do update set product_id = excluded.product_id, position = excluded.position,
        options = excluded.options, color = excluded.color, size_system = excluded.size_system,
        size_value = excluded.size_value, price = excluded.price, compare_at = excluded.compare_at,
        stock = case when there.counted = excluded.counted then there.stock
            else greatest(0, excluded.counted - (select coalesce(sum(h.quantity), 0) from stock_holds h
                                                 where h.sku = excluded.sku)) end,
        counted = excluded.counted, image = excluded.image, barcode = excluded.barcode,
        weight_g = excluded.weight_g, tracked = excluded.tracked, digest = excluded.digest
"""


async def settle(conn: AsyncConnection[Any]) -> None:
    """Let the planner know how much there is now."""
    await conn.execute("analyze products, variants")
