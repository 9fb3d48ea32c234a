"""People of staff, their sessions, and the log of what they did."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from psycopg import AsyncConnection, errors, sql
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dangol.helpdesk.model import AuditEntry, Colleague, Staff, Taken

Connection = AsyncConnection[Any]


def about_second_factor(staff_id: str) -> str:
    """What the seal of a second factor's secret is bound to."""
    return f"staff.totp_secret:{staff_id}"


async def insert_staff(conn: Connection, values: dict[str, Any]) -> Staff:
    """Write a new account. Raises Taken when the e-mail has one."""
    names = list(values)
    query = sql.SQL("insert into staff ({}) values ({}) returning *").format(
        sql.SQL(", ").join(map(sql.Identifier, names)), sql.SQL(", ").join([sql.Placeholder()] * len(names))
    )
    try:
        async with conn.cursor(row_factory=class_row(Staff)) as cursor:
            await cursor.execute(query, list(values.values()))
            row = await cursor.fetchone()
    except errors.UniqueViolation as twice:
        raise Taken(field="email") from twice
    assert row is not None
    return row


async def update_staff(conn: Connection, staff_id: str, values: dict[str, Any]) -> Staff | None:
    """Change some columns of an account; None when there is none."""
    changes = sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(name)) for name in values)
    query = sql.SQL("update staff set {} where id = %s returning *").format(changes)
    try:
        async with conn.cursor(row_factory=class_row(Staff)) as cursor:
            await cursor.execute(query, [*values.values(), staff_id])
            return await cursor.fetchone()
    except errors.UniqueViolation as twice:
        raise Taken(field="email") from twice


async def lock_accounts(conn: Connection) -> None:
    """One at a time changes accounts, so that two owners who leave are not both the one before last."""
    await conn.execute("select pg_advisory_xact_lock(hashtextextended('staff accounts', 7))")


async def arrive(conn: Connection, staff: Staff, now: datetime) -> Staff | None:
    """Somebody is at the desk; None when their password or account is no more what it was when they were let in."""
    async with conn.cursor(row_factory=class_row(Staff)) as cursor:
        await cursor.execute(
            "update staff set presence = 'online', seen_at = %s"
            " where id = %s and password_hash = %s and disabled_at is null returning *",
            (now, staff.id, staff.password_hash),
        )
        return await cursor.fetchone()


async def use_code(conn: Connection, staff_id: str, step: int) -> bool:
    """A code of a second factor opens one door: False when it, or a later one, was used before."""
    cursor = await conn.execute(
        "update staff set totp_step = %s where id = %s and totp_step < %s", (step, staff_id, step)
    )
    return cursor.rowcount > 0


async def staff_by_id(conn: Connection, staff_id: str) -> Staff | None:
    """One account."""
    async with conn.cursor(row_factory=class_row(Staff)) as cursor:
        await cursor.execute("select * from staff where id = %s", (staff_id,))
        return await cursor.fetchone()


async def staff_by_email(conn: Connection, email: str) -> Staff | None:
    """The account of an e-mail, without regard to case."""
    async with conn.cursor(row_factory=class_row(Staff)) as cursor:
        await cursor.execute("select * from staff where lower(email) = lower(%s)", (email,))
        return await cursor.fetchone()


async def all_staff(conn: Connection) -> list[Staff]:
    """Every account, by name."""
    async with conn.cursor(row_factory=class_row(Staff)) as cursor:
        await cursor.execute("select * from staff order by disabled_at is not null, name, id")
        return await cursor.fetchall()


async def names(conn: Connection) -> dict[str, str]:
    """The name of everybody who ever had an account."""
    cursor = await conn.execute("select id, name from staff")
    return {row[0]: row[1] for row in await cursor.fetchall()}


async def open_by_person(conn: Connection) -> dict[str, int]:
    """How many conversations each person has before them."""
    cursor = await conn.execute(
        "select owner, count(*) from desk_threads where state = 'person' and owner is not null group by owner"
    )
    return {row[0]: row[1] for row in await cursor.fetchall()}


async def colleagues(conn: Connection) -> list[Colleague]:
    """Everybody who may hold conversations, and how many they hold."""
    async with conn.cursor(row_factory=class_row(Colleague)) as cursor:
        await cursor.execute(
            "select s.id, s.name, s.languages, s.skills, s.teams, s.capacity, s.presence, s.seen_at,"
            " (select count(*) from desk_threads t where t.owner = s.id and t.state = 'person')::integer as open"
            " from staff s where s.disabled_at is null and s.role <> 'editor' order by s.id"
        )
        return await cursor.fetchall()


async def insert_session(conn: Connection, token_hash: str, staff_id: str, now: datetime) -> None:
    """Write a new session."""
    await conn.execute(
        "insert into staff_sessions (token_hash, staff_id, created_at, used_at) values (%s, %s, %s, %s)",
        (token_hash, staff_id, now, now),
    )


async def use_session(
    conn: Connection, token_hash: str, now: datetime, idle: timedelta, longest: timedelta
) -> Staff | None:
    """Whose session this is; its time of use moves on by the minute. None when it has ended."""
    async with conn.cursor(row_factory=class_row(Staff)) as cursor:
        await cursor.execute(
            "with used as (update staff_sessions set used_at = %s"
            "   where token_hash = %s and used_at < %s::timestamptz - interval '1 minute' and used_at > %s)"
            " select s.* from staff s join staff_sessions o on o.staff_id = s.id"
            " where o.token_hash = %s and o.used_at > %s and o.created_at > %s and s.disabled_at is null",
            (now, token_hash, now, now - idle, token_hash, now - idle, now - longest),
        )
        return await cursor.fetchone()


async def delete_session(conn: Connection, token_hash: str) -> None:
    """End a session."""
    await conn.execute("delete from staff_sessions where token_hash = %s", (token_hash,))


async def delete_sessions(conn: Connection, staff_id: str, *, but: str = "") -> None:
    """End every session of somebody, but perhaps one."""
    await conn.execute("delete from staff_sessions where staff_id = %s and token_hash <> %s", (staff_id, but))


async def delete_old_sessions(conn: Connection, before: datetime) -> None:
    """Forget sessions nobody has used since."""
    await conn.execute("delete from staff_sessions where used_at < %s", (before,))


async def note_act(
    conn: Connection,
    staff_id: str | None,
    act: str,
    now: datetime,
    conversation_id: str | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    """Write down what somebody did; never changed afterwards."""
    await conn.execute(
        "insert into staff_audit (at, staff_id, act, conversation_id, details) values (%s, %s, %s, %s, %s)",
        (now, staff_id, act, conversation_id, Jsonb(details or {})),
    )


async def audit(
    conn: Connection, staff_id: str | None, conversation_id: str | None, before: int | None, limit: int
) -> list[AuditEntry]:
    """What was done, newest first."""
    async with conn.cursor(row_factory=class_row(AuditEntry)) as cursor:
        await cursor.execute(
            "select * from staff_audit where (%(staff)s::text is null or staff_id = %(staff)s)"
            " and (%(about)s::text is null or conversation_id = %(about)s)"
            " and (%(before)s::bigint is null or id < %(before)s) order by id desc limit %(limit)s",
            {"staff": staff_id, "about": conversation_id, "before": before, "limit": limit},
        )
        return await cursor.fetchall()


async def last_act(conn: Connection, act: str) -> AuditEntry | None:
    """The newest act of this name, None before there was one."""
    async with conn.cursor(row_factory=class_row(AuditEntry)) as cursor:
        await cursor.execute("select * from staff_audit where act = %s order by id desc limit 1", (act,))
        return await cursor.fetchone()


async def set_seen(conn: Connection, staff_ids: Sequence[str], now: datetime) -> None:
    """The consoles of these people are open at this moment."""
    await conn.execute("update staff set seen_at = %s where id = any(%s)", (now, list(staff_ids)))


async def gone_quiet(conn: Connection, before: datetime) -> list[str]:
    """Set those offline whose last console closed before this moment; returns who."""
    cursor = await conn.execute(
        "update staff set presence = 'offline' where presence <> 'offline' and coalesce(seen_at, created_at) < %s"
        " returning id",
        (before,),
    )
    return [row[0] for row in await cursor.fetchall()]


async def set_presence(conn: Connection, staff_id: str, presence: str) -> None:
    """Whether somebody takes conversations."""
    await conn.execute("update staff set presence = %s where id = %s", (presence, staff_id))
