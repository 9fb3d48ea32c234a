"""Queries of goods that came back because they did not fit."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection


async def note(conn: AsyncConnection[Any], cause: str, product_id: int, fit: str, now: datetime) -> None:
    """Write in which direction a product did not fit, once per cause."""
    await conn.execute(
        "insert into fit_reports (cause, product_id, fit, at) values (%s, %s, %s, %s) on conflict do nothing",
        (cause, product_id, fit, now),
    )


async def counts(conn: AsyncConnection[Any], product_id: int) -> Counter[str]:
    """How often a product came back for being `small` or `large`."""
    cursor = await conn.execute(
        "select fit, count(*) from fit_reports where product_id = %s group by fit", (product_id,)
    )
    return Counter({row[0]: row[1] for row in await cursor.fetchall()})
