"""Every query of offers with orders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row

Connection = AsyncConnection[Any]


@dataclass(frozen=True)
class OfferRow:
    """An offer that was made."""

    id: str
    order_number: str
    shopper_key: str
    conversation_id: str
    bought_sku: str
    product: str
    sku: str
    reason: str
    price: int
    shown_at: datetime
    answer: str | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True)
class OfferFigures:
    """Offers shown in a time: how many, how many were put in a cart by their button, refused, and bought within a week
    (by whatever way)."""

    shown: int
    taken: int
    refused: int
    bought: int


async def made(conn: Connection, order: str) -> bool:
    """Whether something was offered with an order before."""
    cursor = await conn.execute("select 1 from offers where order_number = %s", (order,))
    return await cursor.fetchone() is not None


async def rests(
    conn: Connection, shopper_key: str, conversation_id: str, since: datetime, today: datetime
) -> bool:
    """Whether no offer is made now: one was refused in this conversation or since a moment, or made since another."""
    cursor = await conn.execute(
        "select 1 from offers where (shopper_key = %(key)s or conversation_id = %(talk)s) and (shown_at > %(today)s"
        " or (answer = 'refused' and (conversation_id = %(talk)s or answered_at > %(since)s))) limit 1",
        {"key": shopper_key, "talk": conversation_id, "since": since, "today": today},
    )
    return await cursor.fetchone() is not None


async def insert(conn: Connection, row: OfferRow) -> bool:
    """Write an offer; False where one was made with this order before."""
    done = await conn.execute(
        "insert into offers (id, order_number, shopper_key, conversation_id, bought_sku, product, sku, reason, price,"
        " shown_at) values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) on conflict do nothing",
        (
            row.id, row.order_number, row.shopper_key, row.conversation_id, row.bought_sku, row.product, row.sku,
            row.reason, row.price, row.shown_at,
        ),
    )  # fmt: skip
    return done.rowcount > 0


async def answer(
    conn: Connection, offer: str, conversation_id: str, said: str, now: datetime
) -> OfferRow | None:
    """Write what became of an offer of this conversation; None where there is none. Another answer counts anew."""
    async with conn.cursor(row_factory=class_row(OfferRow)) as cursor:
        await cursor.execute(
            "update offers set answer = %s, answered_at = %s where id = %s and conversation_id = %s returning *",
            (said, now, offer, conversation_id),
        )
        return await cursor.fetchone()


async def figures(conn: Connection, since: datetime, until: datetime) -> OfferFigures:
    """What became of the offers shown in a time."""
    async with conn.cursor(row_factory=class_row(OfferFigures)) as cursor:
        await cursor.execute(
            """select count(*)::int as shown, (count(*) filter (where f.answer = 'taken'))::int as taken,
                      (count(*) filter (where f.answer = 'refused'))::int as refused,
                      (count(*) filter (where exists (
                        select 1 from orders first join orders o on o.number <> first.number
                          and o.placed_at > f.shown_at and o.placed_at < f.shown_at + interval '7 days'
                          and o.status not in ('pending_payment', 'cancelled')
                          and (o.conversation_id = f.conversation_id
                               or (o.customer_id is not null and o.customer_id = first.customer_id))
                        join order_lines l on l.order_id = o.id and l.sku = f.sku
                        where first.number = f.order_number)))::int as bought
               from offers f where f.shown_at >= %s and f.shown_at < %s""",
            (since, until),
        )
        found = await cursor.fetchone()
        assert found is not None
        return found
