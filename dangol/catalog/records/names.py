"""Queries of names: what products, brands and kinds of goods are called."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Literal

from psycopg import AsyncConnection, sql
from psycopg.rows import TupleRow

_CHUNK = 5_000


async def product_names(conn: AsyncConnection[Any]) -> AsyncIterator[TupleRow]:
    """(handle, title, brand, category, SKUs) of every product on sale."""
    last = 0
    while True:
        cursor = await conn.execute(
            """select p.handle, p.title, p.brand, p.category,
                   (select array_agg(v.sku order by v.position) from variants v where v.product_id = p.id), p.id
               from products p where p.status = 'active' and p.id > %s order by p.id limit %s""",
            (last, _CHUNK),
        )
        rows = await cursor.fetchall()
        for row in rows:
            yield row
        if len(rows) < _CHUNK:
            return
        last = rows[-1][-1]


async def distinct(
    conn: AsyncConnection[Any], column: Literal["brand", "category"]
) -> tuple[dict[str, str], ...]:
    """Every distinct brand or category of products on sale."""
    query = sql.SQL("select distinct {} from products where status = 'active'").format(sql.Identifier(column))
    return tuple(row[0] for row in await (await conn.execute(query)).fetchall() if row[0])
