"""Every query of changes that wait for their own payment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dangol.payments.model import AmendmentKind, AmendmentRow

Connection = AsyncConnection[Any]


async def _amendments(conn: Connection, where: str, *values: Any) -> list[AmendmentRow]:
    async with conn.cursor(row_factory=class_row(AmendmentRow)) as cursor:
        await cursor.execute(f"select * from amendments where {where}", values)  # noqa: S608
        return await cursor.fetchall()


async def insert_amendment(
    conn: Connection,
    order: str,
    kind: AmendmentKind,
    details: dict[str, Any],
    *,
    amount: int,
    total: int,
    by: str,
    until: datetime,
    now: datetime,
) -> None:
    """Write down what is changed once its money is in; `total` is the order's of before."""
    await conn.execute(
        "insert into amendments (order_number, kind, details, amount, total, by, state, until, asked_at)"
        " values (%s, %s, %s, %s, %s, %s, 'waiting', %s, %s)",
        (order, kind, Jsonb(details), amount, total, by, until, now),
    )


async def waiting_amendment(conn: Connection, order: str) -> AmendmentRow | None:
    """The change of an order that waits for its money."""
    found = await _amendments(conn, "order_number = %s and state = 'waiting'", order)
    return next(iter(found), None)


async def amendment_row(conn: Connection, amendment_id: int) -> AmendmentRow:
    """A change by its number."""
    return (await _amendments(conn, "id = %s", amendment_id))[0]


async def due_amendments(conn: Connection, now: datetime, limit: int = 200) -> list[AmendmentRow]:
    """Changes that were not paid in time, oldest first."""
    return await _amendments(conn, "state = 'waiting' and until <= %s order by until limit %s", now, limit)


async def keep_amendment(conn: Connection, amendment_id: int, until: datetime) -> None:
    """Wait longer for the money of a change."""
    await conn.execute("update amendments set until = %s where id = %s", (until, amendment_id))


async def end_amendment(
    conn: Connection, amendment_id: int, state: str, now: datetime, *, why: str | None = None
) -> None:
    """A change was made, or is not wanted any more."""
    await conn.execute(
        "update amendments set state = %s, why = %s, over_at = %s where id = %s",
        (state, why, now, amendment_id),
    )
