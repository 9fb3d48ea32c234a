"""Announcements: what happened and is to be told, written in the transaction in which it happened.

Whoever delivers them listens on the channel `announcements` and sweeps for what is untold.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from psycopg import AsyncConnection
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dangol.orders.model import Announcement, Delivery

Connection = AsyncConnection[Any]
Kind = Literal[
    "order_paid", "payment_declined", "order_expired", "order_cancelled", "payment_returned", "payment_mismatch",
    "payment_unknown", "refund_done", "refund_failed", "shipment_moved", "restocked",
    "return_asked", "return_approved", "return_label", "return_received", "return_settled", "return_refused",
    "return_cancelled", "return_other_way", "return_stuck",
    "verification_code", "paid_order_cancelled", "refund_by_hand", "charge_by_hand", "order_changed",
    "change_paid", "payment_replaced", "shipment_late", "shipment_silent",
    "order_at_risk", "care_tips", "consent_reminder",
]  # fmt: skip

FOR_STAFF: frozenset[str] = frozenset(
    (
        "payment_mismatch", "payment_unknown", "refund_failed", "refund_by_hand", "charge_by_hand", "return_asked",
        "return_stuck",
    )
)  # fmt: skip
"""Kinds that a shopper is not told."""


async def announce(conn: Connection, kind: Kind, subject: str, body: dict[str, Any], now: datetime) -> int:
    """Write down that something is to be told; delivered once the transaction is through."""
    row = await (
        await conn.execute(
            "insert into announcements (kind, subject, body, at) values (%s, %s, %s, %s)"
            " returning id, pg_notify('announcements', id::text)",
            (kind, subject, Jsonb(body), now),
        )
    ).fetchone()
    assert row is not None
    return int(row[0])


async def announcement(conn: Connection, announcement_id: int) -> Announcement | None:
    """One announcement."""
    async with conn.cursor(row_factory=class_row(Announcement)) as cursor:
        await cursor.execute(
            "select id, kind, subject, body, at from announcements where id = %s", (announcement_id,)
        )
        return await cursor.fetchone()


async def untold(conn: Connection, limit: int = 1000) -> list[int]:
    """Announcements for which nobody has planned yet how they go out, oldest first."""
    cursor = await conn.execute(
        "select id from announcements where told_at is null order by id limit %s", (limit,)
    )
    return [row[0] for row in await cursor.fetchall()]


async def plan_deliveries(
    conn: Connection, announcement_id: int, ways: Sequence[tuple[str, str]], now: datetime
) -> None:
    """Write the ways (medium, recipient) an announcement goes, once, and have them set out."""
    async with conn.transaction():
        cursor = await conn.execute(
            "update announcements set told_at = %s where id = %s and told_at is null", (now, announcement_id)
        )
        if cursor.rowcount == 0:
            return
        for medium, recipient in ways:
            await conn.execute(
                "insert into deliveries (announcement_id, medium, recipient, state, due_at, updated_at)"
                " values (%s, %s, %s, 'waiting', %s, %s) on conflict do nothing",
                (announcement_id, medium, recipient, now, now),
            )


async def note_delivery(
    conn: Connection, delivery: Delivery, now: datetime, *, carrier_ref: str | None = None
) -> None:
    """A delivery went out."""
    await conn.execute(
        "update deliveries set state = 'delivered', attempts = attempts + 1, trouble = null, carrier_ref = %s,"
        " updated_at = %s where announcement_id = %s and medium = %s",
        (carrier_ref, now, delivery.announcement_id, delivery.medium),
    )


async def note_trouble(
    conn: Connection, delivery: Delivery, trouble: str, now: datetime, *, again_at: datetime | None
) -> None:
    """A delivery did not go out; it is tried again at a moment, or (None) given up and shown to staff."""
    await conn.execute(
        "update deliveries set state = %s, attempts = attempts + 1, trouble = %s, due_at = %s, updated_at = %s"
        " where announcement_id = %s and medium = %s",
        (
            "waiting" if again_at else "given_up", trouble, again_at or now, now,
            delivery.announcement_id, delivery.medium,
        ),
    )  # fmt: skip


async def delivery(conn: Connection, announcement_id: int, medium: str) -> Delivery | None:
    """One way an announcement goes."""
    async with conn.cursor(row_factory=class_row(Delivery)) as cursor:
        await cursor.execute(
            "select * from deliveries where announcement_id = %s and medium = %s", (announcement_id, medium)
        )
        return await cursor.fetchone()


async def due_deliveries(conn: Connection, now: datetime, limit: int = 1000) -> list[Delivery]:
    """Deliveries to be tried now, oldest first."""
    async with conn.cursor(row_factory=class_row(Delivery)) as cursor:
        await cursor.execute(
            "select * from deliveries where state = 'waiting' and due_at <= %s order by due_at limit %s",
            (now, limit),
        )
        return await cursor.fetchall()


async def given_up(conn: Connection, limit: int = 100) -> list[Delivery]:
    """Deliveries that were given up, newest first, for staff."""
    async with conn.cursor(row_factory=class_row(Delivery)) as cursor:
        await cursor.execute(
            "select * from deliveries where state = 'given_up' order by updated_at desc limit %s", (limit,)
        )
        return await cursor.fetchall()


async def waiting_for_staff(conn: Connection, limit: int = 100) -> list[Announcement]:
    """What only staff can settle, newest first."""
    async with conn.cursor(row_factory=class_row(Announcement)) as cursor:
        await cursor.execute(
            "select id, kind, subject, body, at from announcements where kind = any(%s) order by id desc limit %s",
            (sorted(FOR_STAFF), limit),
        )
        return await cursor.fetchall()
