"""Every query of follow-ups: for which orders one is due, and which were written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row

from dangol.outreach.rules import Medium

Connection = AsyncConnection[Any]


@dataclass(frozen=True)
class FollowUp:
    """A follow-up that was written (`medium`) or not (`why_not`)."""

    id: int
    order_number: str
    shopper_key: str
    medium: Medium | None
    why_not: str
    at: datetime


async def unwritten(conn: Connection, numbers: list[str]) -> list[str]:
    """Those of these orders for which nothing was written or decided yet."""
    cursor = await conn.execute(
        "select n from unnest(%s::text[]) n where not exists (select 1 from follow_ups where order_number = n)",
        (numbers,),
    )
    return [row[0] for row in await cursor.fetchall()]


async def note(
    conn: Connection, order: str, shopper_key: str, medium: Medium | None, why_not: str, now: datetime
) -> int | None:
    """Write that care tips go out by a way, or why they do not; its id, None where that was decided before."""
    row = await (
        await conn.execute(
            "insert into follow_ups (kind, order_number, shopper_key, medium, why_not, at)"
            " values ('care_tips', %s, %s, %s, %s, %s) on conflict do nothing returning id",
            (order, shopper_key, medium, why_not, now),
        )
    ).fetchone()
    return int(row[0]) if row else None


async def follow_up(conn: Connection, follow_up_id: int) -> FollowUp | None:
    """One follow-up."""
    async with conn.cursor(row_factory=class_row(FollowUp)) as cursor:
        await cursor.execute(
            "select id, order_number, shopper_key, medium, why_not, at from follow_ups where id = %s",
            (follow_up_id,),
        )
        return await cursor.fetchone()


async def written_since(conn: Connection, shopper_key: str, since: datetime) -> int:
    """How many messages that advertise somebody was sent since a moment, by whatever way."""
    row = await (
        await conn.execute(
            "select count(*) from follow_ups where shopper_key = %s and medium is not null and at > %s",
            (shopper_key, since),
        )
    ).fetchone()
    assert row is not None
    return int(row[0])


async def figures(conn: Connection, since: datetime, until: datetime) -> dict[str, int]:
    """How many follow-ups went out by each way in a time."""
    cursor = await conn.execute(
        "select medium, count(*) from follow_ups where medium is not null and at >= %s and at < %s group by medium",
        (since, until),
    )
    return {medium: int(count) for medium, count in await cursor.fetchall()}


async def language_of(conn: Connection, follow_up_id: int) -> str | None:
    """In which language a follow-up was written."""
    cursor = await conn.execute(
        "select o.language from follow_ups f join orders o on o.number = f.order_number where f.id = %s",
        (follow_up_id,),
    )
    row = await cursor.fetchone()
    return str(row[0]) if row else None
