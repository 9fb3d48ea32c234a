"""How the desk stands: who waits, how long others waited, who left a contact, whose clocks have run out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from psycopg import AsyncConnection

Connection = AsyncConnection[Any]


async def online(conn: Connection) -> int:
    """How many are there and take conversations."""
    row = await (
        await conn.execute(
            "select count(*) from staff where presence = 'online' and disabled_at is null and role <> 'editor'"
        )
    ).fetchone()
    assert row is not None
    return int(row[0])


async def ahead(conn: Connection, conversation_id: str) -> int:
    """How many others wait."""
    row = await (
        await conn.execute(
            "select count(*) from conversations where served_by = 'queue' and id <> %s", (conversation_id,)
        )
    ).fetchone()
    assert row is not None
    return int(row[0])


async def waits(conn: Connection, since: datetime, limit: int = 50) -> list[float]:
    """How many seconds those waited whom somebody answered lately, newest first."""
    cursor = await conn.execute(
        "select extract(epoch from served_at - queued_at) from desk_threads"
        " where served_at is not null and queued_at is not null and served_at >= queued_at and served_at > %s"
        " order by served_at desc limit %s",
        (since, limit),
    )
    return [float(row[0]) for row in await cursor.fetchall()]


async def put_contact(
    conn: Connection, conversation_id: str, email: str, phone: str, purpose: str, wording: str, now: datetime
) -> None:
    """Keep a contact for the answer to one conversation."""
    await conn.execute(
        "insert into desk_contacts (conversation_id, email, phone, purpose, wording, given_at)"
        " values (%s, %s, %s, %s, %s, %s) on conflict (conversation_id) do update set email = excluded.email,"
        " phone = excluded.phone, wording = excluded.wording, given_at = excluded.given_at",
        (conversation_id, email, phone, purpose, wording, now),
    )


async def contact(conn: Connection, conversation_id: str) -> tuple[str, str] | None:
    """(e-mail, phone) that was left in a conversation."""
    cursor = await conn.execute(
        "select email, phone from desk_contacts where conversation_id = %s", (conversation_id,)
    )
    row = await cursor.fetchone()
    return (row[0], row[1]) if row else None


async def unread_answers(conn: Connection, before: datetime) -> list[tuple[str, str, str, int, list[str]]]:
    """(conversation, e-mail, language, last place, texts) of answers unseen since, where a contact was left."""
    cursor = await conn.execute(
        "select c.conversation_id, c.email, t.language, max(f.seq), array_agg(p.body ->> 'text' order by f.seq)"
        " from desk_contacts c join desk_threads t using (conversation_id)"
        " left join desk_marks m using (conversation_id)"
        " join facts f on f.conversation_id = c.conversation_id and f.kind = 'staff_said'"
        "  and f.seq > greatest(c.answered_seq, coalesce(m.delivered, 0))"
        " join personal_texts p on p.conversation_id = f.conversation_id and p.seq = f.seq"
        " where c.email <> '' group by c.conversation_id, c.email, t.language having max(f.at) < %s",
        (before,),
    )
    return [(row[0], row[1], row[2], row[3], row[4]) for row in await cursor.fetchall()]


async def note_answered(conn: Connection, conversation_id: str, seq: int) -> None:
    """The answers up to this place went out."""
    await conn.execute(
        "update desk_contacts set answered_seq = greatest(answered_seq, %s) where conversation_id = %s",
        (seq, conversation_id),
    )
