"""What this room holds of a person, handed over; and what of old returns is forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from psycopg import AsyncConnection

from dangol.customers import api as customers
from dangol.customers.api import Held
from dangol.kernel.person import Person
from dangol.returns.rules import OVER

_HELD = {
    "returns": "SELECT r.* FROM returns r JOIN orders o ON o.number = r.order_number"
    " WHERE o.customer_id = %(customer)s ORDER BY r.id",
}


async def held(conn: AsyncConnection[Any], person: Person) -> Held:
    """Everything of this room that is about the person."""
    return await customers.read_of(conn, _HELD, person)


async def open_returns(conn: AsyncConnection[Any], customer_id: int) -> bool:
    """Whether a return or exchange of theirs is under way."""
    cursor = await conn.execute(
        "SELECT EXISTS (SELECT 1 FROM returns r JOIN orders o ON o.number = r.order_number"
        " WHERE o.customer_id = %s AND NOT r.status = ANY(%s))",
        (customer_id, sorted(OVER)),
    )
    row = await cursor.fetchone()
    return bool(row and row[0])


async def open_return_of(conn: AsyncConnection[Any], order: str) -> bool:
    """Whether a return or exchange of an order is under way."""
    cursor = await conn.execute(
        "SELECT EXISTS (SELECT 1 FROM returns WHERE order_number = %s AND NOT status = ANY(%s))",
        (order, sorted(OVER)),
    )
    row = await cursor.fetchone()
    return bool(row and row[0])


async def forget_reasons(conn: AsyncConnection[Any], before: datetime) -> int:
    """Forget in whose words something was sent back before a moment; how many returns."""
    done = await conn.execute(
        "UPDATE returns SET note = '', photos = '{}' WHERE asked_at < %s AND (note <> '' OR photos <> '{}')",
        (before,),
    )
    return done.rowcount
