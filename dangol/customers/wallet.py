"""Ways of paying that are on file for a customer: cards and accounts that a provider charges, gift cards of ours.

A credit card or a PayPal account is a reference by which the shop's provider knows it; nothing that could be
charged elsewhere is kept: its token is good with this shop's own key alone. A gift card's money is kept here, to the unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import AsyncConnection

from dangol.contracts.shopfloor.on_file import StoredMethodView
from dangol.customers import wallet_records
from dangol.customers.model import BalanceTooLow, StoredMethod
from dangol.kernel.errors import NotFound
from dangol.kernel.shop import Shop

Connection = AsyncConnection[Any]


async def stored_methods(conn: Connection, customer_id: int) -> list[StoredMethod]:
    """The ways of paying on file for a customer, oldest first."""
    return await wallet_records.methods_of(conn, customer_id)


async def stored_method(
    conn: Connection, customer_id: int | None, reference: str, *, lock: bool = False, off_file: bool = False
) -> StoredMethod:
    """One of a customer's ways of paying; `off_file` finds also what was taken off, for giving money back there.

    Raises NotFound, which never tells whether somebody else's exists.
    """
    found = await wallet_records.method(conn, reference, lock=lock, off_file=off_file)
    if found is None or customer_id is None or found.customer_id != customer_id:
        raise NotFound(method=reference)
    return found


def method_view(shop: Shop, one: StoredMethod) -> StoredMethodView:
    """A way of paying as its owner sees it."""
    balance = None if one.balance is None else shop.minor(one.balance)
    return StoredMethodView(
        reference=one.reference, kind=one.kind, brand=one.brand, last_four=one.last_four, balance=balance
    )


async def take_over_methods(conn: Connection, methods: Sequence[StoredMethod]) -> int:
    """Put ways of paying on file; those known stay as they are. How many were new."""
    async with conn.transaction():
        return await wallet_records.put_methods(conn, methods)


async def take_from_gift_card(conn: Connection, customer_id: int, reference: str, amount: int) -> None:
    """Pay with a gift card (minor units). Raises NotFound, BalanceTooLow; inside a transaction."""
    card = await stored_method(conn, customer_id, reference, lock=True)
    if card.balance is None or card.balance < amount:
        raise BalanceTooLow(method=reference, balance=card.balance, asked=amount)
    await wallet_records.move_balance(conn, reference, -amount)


async def put_on_gift_card(conn: Connection, customer_id: int, reference: str, amount: int) -> None:
    """Give money back to a gift card (minor units). Raises NotFound; inside a transaction."""
    card = await stored_method(conn, customer_id, reference, lock=True, off_file=True)
    if card.balance is None:
        raise NotFound(method=reference)
    await wallet_records.move_balance(conn, reference, amount)
