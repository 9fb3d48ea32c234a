"""Money of orders by ways of paying on file: a gift card moves at once, a card or account is charged by its provider.

No gateway is connected that charges a card on file, so that staff are told what to take and what to give back there;
what was agreed is written down in the transaction of the change, once per reference.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection

from dangol.contracts.payment import RefundRefused
from dangol.customers import api as customers
from dangol.kernel.errors import NotFound
from dangol.orders import api as orders
from dangol.orders.api import OrderRow
from dangol.payments import entry_records
from dangol.payments.model import Entry
from dangol.payments.rules import given_back_to, held_by_method, source_of

Connection = AsyncConnection[Any]


async def entries_of(conn: Connection, order: str) -> list[Entry]:
    """What an order was paid with by ways of paying on file, and what went back, oldest first."""
    return await entry_records.entries_of(conn, order)


async def held(conn: Connection, order: str) -> dict[str, int]:
    """How much of an order's money is with the shop by each way of paying on file; {}: it was not paid so."""
    return held_by_method(await entries_of(conn, order))


async def paid_on_file(conn: Connection, order: str) -> bool:
    """Whether an order was paid by ways of paying on file, and not only given back to one."""
    return any(entry.kind == "payment" for entry in await entries_of(conn, order))


async def source(conn: Connection, order: str) -> str | None:
    """The way on file an order's money came by; None: it was not paid so."""
    return source_of(await held(conn, order))


async def take_over_entries(conn: Connection, entries: Sequence[Entry]) -> int:
    """Write down what another system tells of the money of orders; no balance moves. How many were new."""
    async with conn.transaction():
        return len(await entry_records.add_entries(conn, entries))


async def charge(
    conn: Connection, order: OrderRow, method: str, amount: int, *, cause: str, reference: str, now: datetime
) -> None:
    """Take money for an order (minor units) by a way of paying on file of its customer, once per reference.

    Raises NotFound, BalanceTooLow; then nothing has changed. Inside a transaction.
    """
    stored = await _of_customer(conn, order, method, off_file=False)
    entry = Entry(order.number, method, "payment", amount, cause, reference, now)
    if not await entry_records.add_entries(conn, [entry]) or not amount:
        return
    if stored.kind == "gift_card":
        await customers.take_from_gift_card(conn, stored.customer_id, method, amount)
    else:
        await _tell(conn, "charge_by_hand", order, stored, amount, now)


async def give_back(
    conn: Connection,
    order: OrderRow,
    amount: int,
    *,
    to: str | None = None,
    cause: str,
    reference: str,
    now: datetime,
) -> None:
    """Give money of an order back (minor units): to the ways it came by, or to another one on file of its customer.

    Raises NotFound, RefundRefused (more than came by them); then nothing has changed. Inside a transaction.
    """
    parts = given_back_to(await held(conn, order.number), amount, to)
    if sum(parts.values()) < amount:
        raise RefundRefused(order=order.number, asked=amount, left=sum(parts.values()))
    for method, part in parts.items():
        stored = await _of_customer(conn, order, method, off_file=True)
        key = f"{reference}:{method}"
        entry = Entry(order.number, method, "refund", part, cause, key, now)
        if not await entry_records.add_entries(conn, [entry]) or not part:
            continue
        if stored.kind == "gift_card":
            await customers.put_on_gift_card(conn, stored.customer_id, method, part)
        else:
            await _tell(conn, "refund_by_hand", order, stored, part, now)
        if cause not in ("difference", "other_method"):  # those are not money off the order
            await orders.mark_refunded(conn, order.number, part, now=now)


async def _of_customer(
    conn: Connection, order: OrderRow, method: str, *, off_file: bool
) -> customers.StoredMethod:
    if order.customer_id is None:
        raise NotFound(method=method)
    return await customers.stored_method(conn, order.customer_id, method, lock=True, off_file=off_file)


async def _tell(
    conn: Connection,
    kind: Any,
    order: OrderRow,
    stored: customers.StoredMethod,
    amount: int,
    now: datetime,
) -> None:
    told = {"amount": {"amount": amount, "currency": order.currency}, "method": stored.reference}
    await orders.announce_order(conn, kind, order.number, told, now)
