"""Every query of the money that orders were paid with and given back by ways of paying on file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row

from dangol.payments.model import Entry

Connection = AsyncConnection[Any]


async def entries_of(conn: Connection, order: str) -> list[Entry]:
    """The entries of an order, oldest first."""
    async with conn.cursor(row_factory=class_row(Entry)) as cursor:
        await cursor.execute(
            "select order_number, method, kind, amount, cause, reference, at from order_entries"
            " where order_number = %s order by id",
            (order,),
        )
        return await cursor.fetchall()


async def add_entries(conn: Connection, entries: Sequence[Entry]) -> list[str]:
    """Write entries, each once per reference; the references of those that were new."""
    new = []
    for entry in entries:
        cursor = await conn.execute(
            "insert into order_entries (order_number, method, kind, amount, cause, reference, at)"
            " values (%s, %s, %s, %s, %s, %s, %s) on conflict (reference) do nothing",
            (
                entry.order_number, entry.method, entry.kind, entry.amount, entry.cause, entry.reference, entry.at,
            ),
        )  # fmt: skip
        new += [entry.reference] if cursor.rowcount else []
    return new
