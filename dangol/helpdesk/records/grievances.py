"""What customers were unhappy about, added up customer by customer, from the facts of their conversations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from psycopg import AsyncConnection

from dangol.kernel.person import Counted

Connection = AsyncConnection[Any]

_LOW = 2  # of five


async def _counted(conn: Connection, which: str, until: datetime) -> Counted:
    cursor = await conn.execute(
        "select c.customer_id, count(distinct c.id), max(f.at) from facts f"  # noqa: S608
        f" join conversations c on c.id = f.conversation_id where {which} and c.customer_id is not null and f.at < %s"
        " group by c.customer_id",
        (until,),
    )
    return {row[0]: (row[1], row[2]) for row in await cursor.fetchall()}


async def complaints(conn: Connection, until: datetime) -> Counted:
    """Conversations with a complaint, by customer."""
    return await _counted(
        conn,
        "f.kind = 'message_read' and f.body -> 'intents' @> '[[\"complain\"]]'",
        until,
    )


async def low_ratings(conn: Connection, until: datetime) -> Counted:
    """Conversations rated 1 or 2 of 5, by customer."""
    return await _counted(conn, f"f.kind = 'rating_given' and (f.body ->> 'score')::integer <= {_LOW}", until)
