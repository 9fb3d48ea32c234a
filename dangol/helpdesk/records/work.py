"""What staff keep beside conversations: labels, notes, who looks, prepared replies, approvals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection, errors
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dangol.helpdesk.model import Approval, CannedReply, Note, Taken, Viewer
from dangol.kernel.sealing import keyring

Connection = AsyncConnection[Any]


async def set_labels(conn: Connection, conversation_id: str, labels: Sequence[str]) -> None:
    """Put these labels on a conversation and no others."""
    await conn.execute(
        "insert into desk_marks (conversation_id, labels) values (%s, %s)"
        " on conflict (conversation_id) do update set labels = excluded.labels",
        (conversation_id, list(labels)),
    )


async def set_priority(conn: Connection, conversation_id: str, priority: str) -> None:
    """Set how urgent a conversation is."""
    await conn.execute(
        "update desk_threads set priority = %s where conversation_id = %s", (priority, conversation_id)
    )


async def set_merged(conn: Connection, conversation_id: str, into: str) -> None:
    """Note which conversation goes on in place of this one."""
    await conn.execute(
        "insert into desk_marks (conversation_id, merged_into) values (%s, %s)"
        " on conflict (conversation_id) do update set merged_into = excluded.merged_into",
        (conversation_id, into),
    )


async def mark(
    conn: Connection, conversation_id: str, *, delivered: int = 0, read: int = 0, staff_read: int = 0
) -> bool:
    """How far the shopper has got and has read, and how far staff have; places in the log, never backwards.

    True when one of them moved. A place behind the end of the log counts as its end.
    """
    cursor = await conn.execute(
        "insert into desk_marks as m (conversation_id, delivered, read, staff_read)"
        " select id, least(%(got)s, last_seq), least(%(read)s, last_seq), least(%(staff)s, last_seq)"
        " from conversations where id = %(id)s"
        " on conflict (conversation_id) do update set delivered = greatest(m.delivered, excluded.delivered),"
        " read = greatest(m.read, excluded.read), staff_read = greatest(m.staff_read, excluded.staff_read)"
        " where m.delivered < excluded.delivered or m.read < excluded.read or m.staff_read < excluded.staff_read",
        {"id": conversation_id, "got": max(delivered, read), "read": read, "staff": staff_read},
    )
    return cursor.rowcount > 0


async def staff_read(conn: Connection, conversation_id: str) -> int:
    """How far the one who has a conversation has read it."""
    cursor = await conn.execute(
        "select staff_read from desk_marks where conversation_id = %s", (conversation_id,)
    )
    row = await cursor.fetchone()
    return int(row[0]) if row else 0


async def labels_in_use(conn: Connection) -> list[str]:
    """Every label that stands on some conversation, for choosing."""
    cursor = await conn.execute("select distinct unnest(labels) from desk_marks order by 1")
    return [row[0] for row in await cursor.fetchall()]


def about_note(note_id: str) -> str:
    """What the seal of a note is bound to."""
    return f"desk_notes.text:{note_id}"


def _opened(note: Note) -> Note:
    return replace(note, text=keyring().open(note.text, about_note(note.id)))


async def insert_note(
    conn: Connection, note_id: str, conversation_id: str, staff_id: str, text: str, mentions: Sequence[str], now: datetime
) -> None:  # fmt: skip
    """Write a private note."""
    await conn.execute(
        "insert into desk_notes (id, conversation_id, staff_id, text, mentions, at) values (%s, %s, %s, %s, %s, %s)",
        (note_id, conversation_id, staff_id, keyring().seal(text, about_note(note_id)), list(mentions), now),
    )


_NOTES = (
    "select n.id, n.conversation_id, n.staff_id, s.name as staff_name, n.text, n.mentions, n.at from desk_notes n"
    " join staff s on s.id = n.staff_id"
)


async def notes(conn: Connection, conversation_id: str) -> list[Note]:
    """The notes beside a conversation, oldest first."""
    async with conn.cursor(row_factory=class_row(Note)) as cursor:
        await cursor.execute(_NOTES + " where n.conversation_id = %s order by n.at, n.id", (conversation_id,))
        return [_opened(note) for note in await cursor.fetchall()]


async def note(conn: Connection, note_id: str) -> Note | None:
    """One note."""
    async with conn.cursor(row_factory=class_row(Note)) as cursor:
        await cursor.execute(_NOTES + " where n.id = %s", (note_id,))
        found = await cursor.fetchone()
        return _opened(found) if found else None


async def look_at(conn: Connection, conversation_id: str, staff_id: str, now: datetime, typing: bool) -> None:
    """Somebody looks at a conversation now, and perhaps types."""
    await conn.execute(
        "insert into desk_viewers (conversation_id, staff_id, seen_at, typing_at) values (%s, %s, %s, %s)"
        " on conflict (conversation_id, staff_id) do update set seen_at = excluded.seen_at, typing_at = excluded.typing_at",
        (conversation_id, staff_id, now, now if typing else None),
    )
    await conn.execute("select pg_notify('desk', %s)", (f"viewing {conversation_id}",))


async def viewers(conn: Connection, conversation_id: str, seen: datetime, typed: datetime) -> list[Viewer]:
    """Who has looked since, and who has typed since."""
    async with conn.cursor(row_factory=class_row(Viewer)) as cursor:
        await cursor.execute(
            "select s.id, s.name, coalesce(v.typing_at > %s, false) as typing from desk_viewers v"
            " join staff s on s.id = v.staff_id where v.conversation_id = %s and v.seen_at > %s order by s.name",
            (typed, conversation_id, seen),
        )
        return await cursor.fetchall()


async def wake(conn: Connection, what: str) -> None:
    """Tell every open stream something that is worth nothing later."""
    await conn.execute("select pg_notify('desk', %s)", (what,))


async def replies(conn: Connection, like: str) -> list[CannedReply]:
    """Prepared replies whose shortcut, title or text holds this."""
    pattern = "%" + like.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    async with conn.cursor(row_factory=class_row(CannedReply)) as cursor:
        await cursor.execute(
            "select * from desk_replies where shortcut ilike %(q)s or title ilike %(q)s or texts::text ilike %(q)s"
            " order by lower(shortcut)",
            {"q": pattern},
        )
        return await cursor.fetchall()


async def reply(conn: Connection, reply_id: str) -> CannedReply | None:
    """One prepared reply."""
    async with conn.cursor(row_factory=class_row(CannedReply)) as cursor:
        await cursor.execute("select * from desk_replies where id = %s", (reply_id,))
        return await cursor.fetchone()


async def put_reply(conn: Connection, made: CannedReply) -> None:
    """Write a prepared reply. Raises Taken when another has the shortcut."""
    try:
        await conn.execute(
            "insert into desk_replies (id, shortcut, title, texts, updated_at) values (%s, %s, %s, %s, %s)"
            " on conflict (id) do update set shortcut = excluded.shortcut, title = excluded.title,"
            " texts = excluded.texts, updated_at = excluded.updated_at",
            (made.id, made.shortcut, made.title, Jsonb(made.texts), made.updated_at),
        )
    except errors.UniqueViolation as twice:
        raise Taken(field="shortcut") from twice


async def delete_reply(conn: Connection, reply_id: str) -> bool:
    """Take a prepared reply away."""
    cursor = await conn.execute("delete from desk_replies where id = %s", (reply_id,))
    return cursor.rowcount > 0


async def insert_approval(conn: Connection, asked: Approval) -> bool:
    """Write a request; False when it stands there already."""
    cursor = await conn.execute(
        "insert into desk_approvals (id, conversation_id, tool, args, amount, currency, asked_by, asked_at)"
        " values (%s, %s, %s, %s, %s, %s, %s, %s) on conflict do nothing",
        (
            asked.id, asked.conversation_id, asked.tool, Jsonb(asked.args), asked.amount, asked.currency,
            asked.asked_by, asked.asked_at,
        ),
    )  # fmt: skip
    return cursor.rowcount > 0


async def approval(conn: Connection, approval_id: str) -> Approval | None:
    """One request."""
    async with conn.cursor(row_factory=class_row(Approval)) as cursor:
        await cursor.execute("select * from desk_approvals where id = %s", (approval_id,))
        return await cursor.fetchone()


async def approvals(conn: Connection, waiting: bool, asked_by: str | None, limit: int) -> list[Approval]:
    """Requests that wait (oldest first), or were answered (newest first); somebody's own when named."""
    order = "asked_at" if waiting else "answered_at desc"
    async with conn.cursor(row_factory=class_row(Approval)) as cursor:
        await cursor.execute(
            f"select * from desk_approvals where (state = 'waiting') = %s and (%s::text is null or asked_by = %s)"  # noqa: S608
            f" order by {order} limit %s",
            (waiting, asked_by, asked_by, limit),
        )
        return await cursor.fetchall()


async def answer_approval(
    conn: Connection, approval_id: str, state: str, by: str, why: str, now: datetime
) -> bool:
    """Answer a request; False when it was answered before."""
    cursor = await conn.execute(
        "update desk_approvals set state = %s, answered_by = %s, answered_at = %s, why = %s"
        " where id = %s and state = 'waiting'",
        (state, by, now, why, approval_id),
    )
    return cursor.rowcount > 0


async def approved_undone(conn: Connection) -> list[Approval]:
    """Requests that were approved and not carried out to the end."""
    async with conn.cursor(row_factory=class_row(Approval)) as cursor:
        await cursor.execute("select * from desk_approvals where state = 'approved' and result is null")
        return await cursor.fetchall()


async def note_result(conn: Connection, approval_id: str, result: dict[str, Any]) -> None:
    """What came of an approved act."""
    await conn.execute("update desk_approvals set result = %s where id = %s", (Jsonb(result), approval_id))
