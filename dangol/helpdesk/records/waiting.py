"""How the desk stands: who waits, how long others waited, who left a contact, whose clocks have run out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row

Connection = AsyncConnection[Any]
_LATE = timedelta(days=3)  # what nobody could be told of by then is not sent any more


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
        " phone = excluded.phone, purpose = excluded.purpose, wording = excluded.wording, given_at = excluded.given_at",
        (conversation_id, email, phone, purpose, wording, now),
    )


async def contact(conn: Connection, conversation_id: str) -> tuple[str, str, str] | None:
    """(e-mail, phone, purpose) that was left in a conversation."""
    cursor = await conn.execute(
        "select email, phone, purpose from desk_contacts where conversation_id = %s and (email <> '' or phone <> '')",
        (conversation_id,),
    )
    row = await cursor.fetchone()
    return (row[0], row[1], row[2]) if row else None


@dataclass(frozen=True)
class Unread:
    """What staff wrote that nobody saw, and where it may be sent: by e-mail, else by text message."""

    conversation_id: str
    email: str
    phone: str
    language: str
    seq: int
    texts: list[str]


async def unread_answers(conn: Connection, before: datetime) -> list[Unread]:
    """Answers unseen since, where a contact was left or the customer's own e-mail is known; of the last days."""
    async with conn.cursor(row_factory=class_row(Unread)) as cursor:
        await cursor.execute(
            "select t.conversation_id, coalesce(nullif(c.email, ''), nullif(u.email, ''), '') as email,"
            " coalesce(c.phone, '') as phone, t.language, max(f.seq) as seq,"
            " array_agg(p.body ->> 'text' order by f.seq) as texts"
            " from desk_threads t left join desk_contacts c using (conversation_id)"
            " left join desk_marks m using (conversation_id) left join customers u on u.id = t.customer_id"
            " join facts f on f.conversation_id = t.conversation_id and f.kind = 'staff_said'"
            "  and f.seq > greatest(c.answered_seq, coalesce(m.delivered, 0))"
            " join personal_texts p on p.conversation_id = f.conversation_id and p.seq = f.seq"
            " where t.said_from = 'staff' and t.said_at < %(before)s and t.updated_at > %(oldest)s"
            "  and t.said_seq > greatest(c.answered_seq, coalesce(m.delivered, 0))"
            "  and (c.email <> '' or c.phone <> '' or u.email <> '')"
            " group by t.conversation_id, c.email, u.email, c.phone, t.language",
            {"before": before, "oldest": before - _LATE},
        )
        return await cursor.fetchall()


async def note_answered(conn: Connection, conversation_id: str, seq: int, now: datetime) -> None:
    """The answers up to this place went out."""
    await conn.execute(
        "insert into desk_contacts (conversation_id, purpose, wording, given_at, answered_seq)"
        " values (%(id)s, 'answer', '', %(now)s, %(seq)s) on conflict (conversation_id) do update"
        " set answered_seq = greatest(desk_contacts.answered_seq, excluded.answered_seq)",
        {"id": conversation_id, "now": now, "seq": seq},
    )
