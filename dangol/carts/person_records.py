"""What this room holds of a person, handed over or erased."""

from __future__ import annotations

from typing import Any

from psycopg import AsyncConnection

from dangol.customers import api as customers
from dangol.customers.api import Held
from dangol.kernel.person import Person

_HELD = {
    "cart_lines": "SELECT l.* FROM cart_lines l JOIN carts c ON c.id = l.cart_id WHERE c.shopper = %(key)s",
    "wishes": "SELECT * FROM wishes WHERE shopper = %(key)s",
    "personal_coupons": "SELECT code, amount, currency, ends, given_at, order_number FROM personal_coupons"
    " WHERE shopper = %(key)s",
    "restock_wishes": "SELECT * FROM restock_wishes WHERE shopper = %(key)s OR lower(contact) = ANY(%(contacts)s)",
}
_GONE = (
    "DELETE FROM carts WHERE shopper = %(key)s",
    "DELETE FROM wishes WHERE shopper = %(key)s",
    "DELETE FROM personal_coupons WHERE shopper = %(key)s",
    "DELETE FROM restock_wishes WHERE shopper = %(key)s OR lower(contact) = ANY(%(contacts)s)",
)


async def held(conn: AsyncConnection[Any], person: Person) -> Held:
    """Everything of this room that is about the person."""
    return await customers.read_of(conn, _HELD, person)


async def erase(conn: AsyncConnection[Any], person: Person) -> int:
    """Erase cart, wishes, restock wishes and coupons of their own."""
    return await customers.clear_of(conn, _GONE, person)
