"""Queries of reviews."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row


@dataclass(frozen=True, slots=True)
class Review:
    """A review on record."""

    id: int
    sku: str
    rating: int
    title: str
    body: str
    author: str
    created_at: datetime
    verified: bool


async def product_ids(conn: AsyncConnection[Any], handles: list[str]) -> dict[str, int]:
    """The ids of products by handle."""
    cursor = await conn.execute("select handle, id from products where handle = any(%s)", (handles,))
    return dict(await cursor.fetchall())


async def insert_reviews(conn: AsyncConnection[Any], rows: list[dict[str, Any]]) -> int:
    """Write reviews that are not there yet and bring the products' ratings up to date; how many were new."""
    if not rows:
        return 0
    cursor = await conn.execute(
        """with new as (
               insert into reviews (product_id, sku, rating, title, body, author, created_at, verified, digest)
               select product_id, sku, rating, title, body, author, created_at, verified, digest
               from jsonb_to_recordset(%s::jsonb) as row (product_id bigint, sku text, rating integer, title text,
                   body text, author text, created_at timestamptz, verified boolean, digest text)
               on conflict (digest) do nothing
               returning product_id, rating),
           sums as (select product_id, sum(rating) as stars, count(*) as many from new group by product_id),
           told as (
               update products p set rating_sum = rating_sum + stars, rating_count = rating_count + many
               from sums where sums.product_id = p.id returning p.id)
           select count(*) from new""",
        (json.dumps(rows, ensure_ascii=False),),
    )
    row = await cursor.fetchone()
    return int(row[0]) if row else 0


async def reviews_of(conn: AsyncConnection[Any], product_id: int, limit: int = 5_000) -> list[Review]:
    """The reviews of a product, newest first."""
    async with conn.cursor(row_factory=class_row(Review)) as cursor:
        await cursor.execute(
            """select id, sku, rating, title, body, author, created_at, verified from reviews
               where product_id = %s order by created_at desc, id desc limit %s""",
            (product_id, limit),
        )
        return await cursor.fetchall()
