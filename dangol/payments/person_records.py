"""What this room holds of a person's payments, handed over; and what of old ones is forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from psycopg import AsyncConnection

from dangol.customers import api as customers
from dangol.customers.api import Held
from dangol.kernel.person import Person

_HELD = {
    "payments": "SELECT p.reference, p.order_number, p.gateway, p.method, p.currency, p.amount, p.received, p.refunded,"
    " p.state, p.opened_at, p.settled_at FROM payments p JOIN orders o ON o.number = p.order_number"
    " WHERE o.customer_id = %(customer)s ORDER BY p.id",
    "refunds": "SELECT r.reference, p.order_number, r.amount, r.cause, r.state, r.requested_at, r.done_at FROM refunds r"
    " JOIN payments p ON p.id = r.payment_id JOIN orders o ON o.number = p.order_number"
    " WHERE o.customer_id = %(customer)s ORDER BY r.id",
    "order_entries": "SELECT e.order_number, e.kind, e.amount, e.cause, e.at FROM order_entries e"
    " JOIN orders o ON o.number = e.order_number WHERE o.customer_id = %(customer)s ORDER BY e.id",
}


async def held(conn: AsyncConnection[Any], person: Person) -> Held:
    """Everything of this room that is about the person."""
    return await customers.read_of(conn, _HELD, person)


async def forget_payers(conn: AsyncConnection[Any], before: datetime) -> int:
    """Forget addresses in old changes of orders and what gateways told of old payments; how many rows."""
    gone = 0
    for statement in (
        "UPDATE amendments SET details = '{}' WHERE kind = 'address' AND asked_at < %s AND details <> '{}'",
        "UPDATE payment_events SET report = '{}' WHERE worked_at < %s AND report <> '{}'",
    ):
        gone += (await conn.execute(statement, (before,))).rowcount
    return gone
