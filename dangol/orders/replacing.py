"""An order that replaces goods of another: made by an exchange, already credited with what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from psycopg import AsyncConnection

from dangol.catalog import api as catalog
from dangol.kernel.shop import Shop
from dangol.kernel.tools import Role
from dangol.orders import records, service
from dangol.orders.model import BY_EXCHANGE, LineRow, OrderRow
from dangol.orders.rules import order_number

Connection = AsyncConnection[Any]


@dataclass(frozen=True)
class NewGoods:
    """A variant that goes out instead, at the price of now (minor units)."""

    sku: str
    product: str
    title: str
    options: dict[str, str]
    image: str
    quantity: int
    unit_price: int


async def place_replacement(
    conn: Connection,
    shop: Shop,
    original: OrderRow,
    goods: Sequence[NewGoods],
    *,
    credit: int,
    fee: int,
    cause: str,
    on_file: bool = False,
    now: datetime,
) -> tuple[str, int]:
    """Order the new goods against a credit (minor units); they are kept for this order at once.

    Returns its number and what is still to be paid: nothing, and it is ready to be sent; something, and it waits for
    its money as any other order, unless that is taken `on_file` once the old goods are here. Raises SoldOut.
    Call inside a transaction.
    """
    subtotal = sum(one.unit_price * one.quantity for one in goods)
    due = max(0, subtotal + fee - credit)
    shipping = min(fee, due)
    values: dict[str, Any] = {
        "status": "pending_payment", "source": BY_EXCHANGE, "customer_id": original.customer_id,
        "shopper_key": original.shopper_key, "conversation_id": original.conversation_id,
        "language": original.language, "name": original.name, "email": original.email, "phone": original.phone,
        "address": original.address, "method": None, "currency": original.currency, "subtotal": subtotal,
        "discount": subtotal + shipping - due, "shipping": shipping, "total": due, "placed_at": now,
        "pay_until": now + timedelta(hours=shop.unpaid_order_hours),
    }  # fmt: skip
    order_id = None
    while order_id is None:
        number = order_number(now, shop, await records.next_in_sequence(conn))
        order_id = await records.insert_order(conn, values | {"number": number})
    lines = [
        LineRow(
            order_id, place, one.product, one.sku, one.title, one.options, one.image, one.quantity, one.unit_price,
            one.unit_price * one.quantity,
        )
        for place, one in enumerate(goods, 1)
    ]  # fmt: skip
    await records.insert_lines(conn, lines)
    await records.add_event(
        conn, order_id, "place", "system", now, {"replaces": original.number, "cause": cause}
    )
    await service.keep_goods(conn, await service.locked(conn, number), now)
    if not due or on_file:
        await catalog.commit_stock(conn, service.holder(number))
        await records.set_status(conn, order_id, "paid")
        await records.set_paid(conn, order_id, now, BY_EXCHANGE)
        await records.add_event(conn, order_id, "pay", "system", now, {"paid_with": BY_EXCHANGE})
    return number, due


async def drop_replacement(conn: Connection, number: str, now: datetime, *, by: Role = "system") -> bool:
    """Give up a replacement that was not sent: its goods go back on the shelf. False when it is past that.

    One that money was paid for is left alone, as that is not given back here. Call inside a transaction.
    """
    order = await service.locked(conn, number)
    if order.status == "cancelled":
        return True
    if order.status == "pending_payment":
        await service.cancel_unpaid(conn, number, now, why="exchange_dropped", by=by)
        return True
    paid = order.total and order.paid_with != BY_EXCHANGE
    if order.source != BY_EXCHANGE or order.status not in ("paid", "preparing") or paid:
        return False
    lines = (await records.lines_of(conn, [order.id]))[order.id]
    wanted: dict[str, int] = {}
    for line in lines:
        wanted[line.sku] = wanted.get(line.sku, 0) + line.quantity
    await catalog.restock(conn, wanted)
    await records.set_status(conn, order.id, "cancelled")
    await records.set_why_cancelled(conn, order.id, "exchange_dropped")
    await records.add_event(conn, order.id, "cancel", by, now, {"why": "exchange_dropped"})
    return True
