"""What this room holds of a person, handed over or erased."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from psycopg import AsyncConnection

from dangol.customers import api as customers
from dangol.customers.api import Held
from dangol.kernel.person import Person

_HELD = {
    "order_outlooks": "SELECT l.* FROM order_outlooks l JOIN orders o ON o.number = l.order_number"
    " WHERE o.customer_id = %(customer)s ORDER BY l.order_number",
    "follow_ups": "SELECT * FROM follow_ups WHERE shopper_key = %(key)s ORDER BY id",
    "offers": "SELECT * FROM offers WHERE shopper_key = %(key)s ORDER BY shown_at",
}
_GONE = (
    "UPDATE follow_ups SET shopper_key = '' WHERE shopper_key = %(key)s",
    "UPDATE offers SET shopper_key = '', conversation_id = '' WHERE shopper_key = %(key)s"
    " OR conversation_id = ANY(%(talks)s)",
)


_OLD = (
    "UPDATE follow_ups SET shopper_key = '' WHERE at < %(before)s AND shopper_key <> ''",
    "UPDATE offers SET shopper_key = '', conversation_id = '' WHERE shown_at < %(before)s AND shopper_key <> ''",
)


async def held(conn: AsyncConnection[Any], person: Person) -> Held:
    """Everything of this room that is about the person."""
    return await customers.read_of(conn, _HELD, person)


async def erase(conn: AsyncConnection[Any], person: Person) -> int:
    """Forget to whom it was written and offered; that it was stays countable."""
    return await customers.clear_of(conn, _GONE, person)


async def forget_before(conn: AsyncConnection[Any], before: datetime) -> int:
    """Forget to whom it was written and offered before a moment; how many rows."""
    return sum([(await conn.execute(query, {"before": before})).rowcount for query in _OLD])
