"""Every query of accounts: what is taken away from one by its owner, and leaving."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row

Connection = AsyncConnection[Any]


@dataclass(frozen=True)
class Closing:
    """Somebody asked to leave; `erased_at` is set once their account is erased."""

    customer_id: int
    asked_at: datetime
    due_at: datetime
    erased_at: datetime | None
    conversation_id: str | None


_CLOSING = "customer_id, asked_at, due_at, erased_at, conversation_id"


async def forget_address(conn: Connection, customer_id: int, lines: str, recipient: str) -> int:
    """Delete an address as it is read back; how many went."""
    done = await conn.execute(
        "DELETE FROM addresses WHERE customer_id = %s AND lines = %s AND recipient = %s",
        (customer_id, lines, recipient),
    )
    return done.rowcount


async def closing(conn: Connection, customer_id: int) -> Closing | None:
    """Whether and when this customer asked to leave."""
    async with conn.cursor(row_factory=class_row(Closing)) as cursor:
        await cursor.execute(
            f"SELECT {_CLOSING} FROM account_closings WHERE customer_id = %s",  # noqa: S608
            (customer_id,),
        )
        return await cursor.fetchone()


async def note_closing(
    conn: Connection, customer_id: int, now: datetime, due: datetime, conversation_id: str | None
) -> None:
    """Write that a customer wants to leave; one wish stands, the first."""
    await conn.execute(
        "INSERT INTO account_closings (customer_id, asked_at, due_at, conversation_id) VALUES (%s, %s, %s, %s)"
        " ON CONFLICT DO NOTHING",
        (customer_id, now, due, conversation_id),
    )


async def drop_closing(conn: Connection, customer_id: int) -> bool:
    """Take the wish back while nothing is erased; False when there was none."""
    done = await conn.execute(
        "DELETE FROM account_closings WHERE customer_id = %s AND erased_at IS NULL", (customer_id,)
    )
    return done.rowcount > 0


async def closings_due(conn: Connection, now: datetime) -> list[int]:
    """Customers whose time of second thoughts is over."""
    done = await conn.execute(
        "SELECT customer_id FROM account_closings WHERE erased_at IS NULL AND due_at <= %s ORDER BY due_at LIMIT 100",
        (now,),
    )
    return [row[0] for row in await done.fetchall()]


async def note_erased(conn: Connection, customer_id: int, now: datetime) -> None:
    """Write that an account is erased, also where nobody had asked in a conversation."""
    await conn.execute(
        "INSERT INTO account_closings (customer_id, asked_at, due_at, erased_at) VALUES (%s, %s, %s, %s)"
        " ON CONFLICT (customer_id) DO UPDATE SET erased_at = excluded.erased_at",
        (customer_id, now, now, now),
    )
