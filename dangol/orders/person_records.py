"""What this room holds of a person, handed over or erased; and what of old orders is forgotten.

An order, to whom it went and what it cost stay for the years the law says, also when the account is erased; after
that the order stays as a figure, and nobody knows any more whose it was.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from psycopg import AsyncConnection

from dangol.customers import api as customers
from dangol.customers.api import Held
from dangol.kernel.person import Person

Connection = AsyncConnection[Any]

_THEIRS = "(SELECT number FROM orders WHERE customer_id = %(customer)s)"
_HELD = {
    "orders": "SELECT * FROM orders WHERE customer_id = %(customer)s ORDER BY placed_at",
    "order_lines": "SELECT o.number, l.line, l.product, l.sku, l.title, l.options, l.quantity, l.unit_price, l.total"
    " FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE o.customer_id = %(customer)s ORDER BY o.id, l.line",
    "order_events": "SELECT o.number, e.at, e.kind, e.by, e.details FROM order_events e"
    " JOIN orders o ON o.id = e.order_id WHERE o.customer_id = %(customer)s ORDER BY e.id",
    "shipments": "SELECT o.number, s.carrier, s.tracking_no, s.status, s.eta FROM shipments s"
    " JOIN orders o ON o.id = s.order_id WHERE o.customer_id = %(customer)s ORDER BY s.id",
    "checkouts": "SELECT * FROM checkouts WHERE shopper_key = %(key)s",
}
_OF_NO_ORDER = "kind IN ('verification_code', 'restocked') AND lower(body ->> 'contact') = ANY(%(contacts)s)"
_GONE = (
    "DELETE FROM checkouts WHERE shopper_key = %(key)s OR lower(email) = ANY(%(contacts)s)",
    "DELETE FROM verification_codes WHERE customer_id = %(customer)s OR lower(recipient) = ANY(%(contacts)s)",
    f"DELETE FROM deliveries WHERE announcement_id IN (SELECT id FROM announcements WHERE {_OF_NO_ORDER})",  # noqa: S608
    f"DELETE FROM announcements WHERE {_OF_NO_ORDER}",  # noqa: S608
    "UPDATE deliveries SET recipient = '' WHERE state <> 'waiting' AND lower(recipient) = ANY(%(contacts)s)",
    f"UPDATE announcements SET body = '{{}}' WHERE told_at IS NOT NULL AND subject IN {_THEIRS} AND NOT EXISTS"  # noqa: S608
    " (SELECT 1 FROM deliveries d WHERE d.announcement_id = announcements.id AND d.state = 'waiting')",
)
_OLD = (
    "UPDATE orders SET name = '', email = '', phone = '', address = NULL, gift = NULL, shopper_key = NULL"
    " WHERE placed_at < %(before)s AND (name <> '' OR email <> '' OR phone <> '' OR address IS NOT NULL"
    " OR gift IS NOT NULL OR shopper_key IS NOT NULL)",
    "UPDATE announcements SET body = '{}' WHERE at < %(before)s AND told_at IS NOT NULL AND body <> '{}'",
    "UPDATE deliveries SET recipient = '' WHERE updated_at < %(before)s AND state <> 'waiting' AND recipient <> ''",
)
_OLD_CODES = (
    "DELETE FROM verification_codes WHERE made_at < %(before)s",
    "DELETE FROM verification_tries WHERE at < %(before)s",
    "DELETE FROM deliveries WHERE announcement_id IN (SELECT id FROM announcements WHERE at < %(before)s"
    " AND kind IN ('verification_code', 'restocked'))",
    "DELETE FROM announcements WHERE at < %(before)s AND kind IN ('verification_code', 'restocked')",
)


async def held(conn: Connection, person: Person) -> Held:
    """Everything of this room that is about the person."""
    return await customers.read_of(conn, _HELD, person)


async def erase(conn: Connection, person: Person) -> int:
    """Erase half a checkout, codes and letters; orders stay on record as the law says."""
    return await customers.clear_of(conn, _GONE, person)


async def open_orders(conn: Connection, customer_id: int) -> bool:
    """Whether an order of theirs is still to be paid, sent or delivered."""
    cursor = await conn.execute(
        "SELECT EXISTS (SELECT 1 FROM orders WHERE customer_id = %s AND status IN"
        " ('pending_payment', 'paid', 'preparing', 'partly_shipped', 'shipped'))",
        (customer_id,),
    )
    row = await cursor.fetchone()
    return bool(row and row[0])


async def last_order_at(conn: Connection, customer_id: int) -> datetime | None:
    """When a customer ordered last; None where they never did."""
    cursor = await conn.execute("SELECT max(placed_at) FROM orders WHERE customer_id = %s", (customer_id,))
    row = await cursor.fetchone()
    return row[0] if row else None


async def conversations_of(conn: Connection, customer_id: int) -> list[str]:
    """Conversations in which a customer ordered."""
    cursor = await conn.execute(
        "SELECT DISTINCT conversation_id FROM orders WHERE customer_id = %s AND conversation_id IS NOT NULL",
        (customer_id,),
    )
    return [row[0] for row in await cursor.fetchall()]


async def forget_buyers(conn: Connection, before: datetime) -> int:
    """Forget who bought and where it went in orders placed before a moment; how many rows."""
    return await _forget(conn, _OLD, before)


async def forget_codes(conn: Connection, before: datetime) -> int:
    """Delete codes that were sent, tries and letters about no order from before a moment; how many rows."""
    return await _forget(conn, _OLD_CODES, before)


async def _forget(conn: Connection, statements: tuple[str, ...], before: datetime) -> int:
    gone = 0
    for statement in statements:
        gone += (await conn.execute(statement, {"before": before})).rowcount
    return gone
