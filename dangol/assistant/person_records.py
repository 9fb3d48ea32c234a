"""Every query about the conversations of one person, for handing them over or erasing their words.

The words of a conversation in which somebody complained are a record of a dispute, kept longer than others.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection

Connection = AsyncConnection[Any]

COMPLAINED = (
    "exists (select 1 from facts f where f.conversation_id = c.id and f.kind = 'message_read'"
    " and f.body -> 'intents' @> '[[\"complain\"]]')"
)


async def of_customer(conn: Connection, customer_id: int) -> list[str]:
    """The conversations of a customer."""
    return await _ids(conn, "select id from conversations where customer_id = %s", (customer_id,))


async def of_nobody_else(conn: Connection, ids: Sequence[str], customer_id: int) -> list[str]:
    """Of these conversations, those that are not known to be another customer's."""
    query = "select id from conversations where id = any(%s) and coalesce(customer_id, %s) = %s"
    return await _ids(conn, query, (list(ids), customer_id, customer_id))


async def with_complaints(conn: Connection, ids: Sequence[str], since: datetime) -> list[str]:
    """Of these conversations, those with a complaint that went on after a moment."""
    query = f"select c.id from conversations c where c.id = any(%s) and c.updated_at >= %s and {COMPLAINED}"  # noqa: S608
    return await _ids(conn, query, (list(ids), since))


async def is_upset(conn: Connection, conversation_id: str) -> bool:
    """Whether something is wrong in a conversation: a person has it or is waited for, or its shopper complained of late."""
    cursor = await conn.execute(
        "select exists (select 1 from conversations where id = %(id)s and served_by <> 'assistant')"
        " or exists (select 1 from facts where conversation_id = %(id)s and kind = 'message_read'"
        " and at > (select max(at) from facts where conversation_id = %(id)s) - interval '14 days'"
        " and (body -> 'intents' @> '[[\"complain\"]]' or body -> 'intents' @> '[[\"abuse\"]]'"
        " or body -> 'intents' @> '[[\"report_item_problem\"]]'))",
        {"id": conversation_id},
    )
    row = await cursor.fetchone()
    return bool(row and row[0])


async def _ids(conn: Connection, query: str, values: tuple[Any, ...]) -> list[str]:
    return [row[0] for row in await (await conn.execute(query, values)).fetchall()]


async def said_in(conn: Connection, ids: Sequence[str]) -> list[dict[str, Any]]:
    """What was said in conversations, by whom and when, in the order said."""
    cursor = await conn.execute(
        "select f.conversation_id, f.at, f.kind, p.body from facts f join personal_texts p using (conversation_id, seq)"
        " where f.conversation_id = any(%s) and f.kind in ('message_heard', 'reply_given', 'staff_said', 'notice_given')"
        " order by f.conversation_id, f.seq",
        (list(ids),),
    )
    names = ("conversation", "at", "kind", "said")
    return [dict(zip(names, row, strict=True)) for row in await cursor.fetchall()]


async def erase_all(conn: Connection, ids: Sequence[str]) -> int:
    """Forget what was said in these conversations; how many facts lost their words."""
    return (
        await conn.execute("delete from personal_texts where conversation_id = any(%s)", (list(ids),))
    ).rowcount


async def forget_words(conn: Connection, before: datetime, complaints_before: datetime) -> int:
    """Forget what was said in conversations that went quiet before a moment, an earlier one for complaints."""
    cursor = await conn.execute(
        "delete from personal_texts p using conversations c where c.id = p.conversation_id and c.updated_at < %s"  # noqa: S608
        f" and (c.updated_at < %s or not {COMPLAINED})",
        (before, complaints_before),
    )
    return cursor.rowcount
