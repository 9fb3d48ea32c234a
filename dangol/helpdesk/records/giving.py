"""What members of staff gave away in a conversation on their own word, so that small gifts count together."""

from __future__ import annotations

from typing import Any

from psycopg import AsyncConnection

Connection = AsyncConnection[Any]


async def note(
    conn: Connection, call: str, staff_id: str, conversation_id: str, amount: int, limit: int | None
) -> bool:
    """Note what an act gives away, before it is done; False when it would go above the limit (minor units).

    One act is noted once. Two at the same moment come one after the other.
    """
    async with conn.transaction():
        await conn.execute(
            "select pg_advisory_xact_lock(hashtextextended('given:' || %s || ':' || %s, 0))",
            (staff_id, conversation_id),
        )
        if limit is not None and await given(conn, staff_id, conversation_id, but=call) + amount > limit:
            return False
        await conn.execute(
            "insert into desk_given (call, staff_id, conversation_id, amount) values (%s, %s, %s, %s)"
            " on conflict do nothing",
            (call, staff_id, conversation_id, amount),
        )
    return True


async def given(conn: Connection, staff_id: str, conversation_id: str, *, but: str = "") -> int:
    """How much somebody gave away in a conversation without another's yes (minor units)."""
    cursor = await conn.execute(
        "select coalesce(sum(amount), 0) from desk_given"
        " where conversation_id = %s and staff_id = %s and call <> %s",
        (conversation_id, staff_id, but),
    )
    row = await cursor.fetchone()
    return int(row[0]) if row else 0


async def forget(conn: Connection, call: str) -> None:
    """It came to nothing, or was taken back."""
    await conn.execute("delete from desk_given where call = %s", (call,))
