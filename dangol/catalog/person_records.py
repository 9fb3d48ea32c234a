"""What this room holds of a person, handed over."""

from __future__ import annotations

from typing import Any

from psycopg import AsyncConnection

from dangol.customers import api as customers
from dangol.customers.api import Held
from dangol.kernel.person import Person

_HELD = {
    "shopper_events": "SELECT e.kind, e.at, e.text, p.handle AS product FROM shopper_events e"
    " LEFT JOIN products p ON p.id = e.product_id WHERE e.shopper_key = %(key)s ORDER BY e.at",
}


async def held(conn: AsyncConnection[Any], person: Person) -> Held:
    """What was noted of what they looked at."""
    return await customers.read_of(conn, _HELD, person)
