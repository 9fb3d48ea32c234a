"""The life of an order after it is placed: paid, run out of time, brought back, refunded, on its way."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from psycopg import AsyncConnection

from dangol.carts import api as carts
from dangol.carts.api import SoldOut
from dangol.catalog import api as catalog
from dangol.contracts.shopfloor.orders import ShipmentStatus
from dangol.customers import api as customers
from dangol.kernel.errors import NotFound
from dangol.kernel.ids import fingerprint, secret_token
from dangol.kernel.shop import Shop
from dangol.kernel.tools import Role
from dangol.orders import records
from dangol.orders.announcement_records import Kind, announce
from dangol.orders.carriers import plain_number
from dangol.orders.model import BY_EXCHANGE, NotInThisState, OrderRow, TotalChanged
from dangol.orders.rules import HOLD, LIFE, OrderEvent, next_status, status_of_parcels

Connection = AsyncConnection[Any]


def holder(number: str) -> str:
    """The name under which the stock of an order is held."""
    return f"order:{number}"


async def locked(conn: Connection, number: str) -> OrderRow:
    """The order, locked until the transaction ends. Raises NotFound."""
    order = await records.lock_order(conn, number)
    if order is None:
        raise NotFound(order=number)
    return order


async def tell(
    conn: Connection, kind: Kind, order: OrderRow, now: datetime, details: dict[str, Any] | None = None
) -> None:
    """Announce something about an order, with what the words for it need."""
    body = {
        "order": order.number,
        "conversation_id": order.conversation_id,
        "customer_id": order.customer_id,
        "language": order.language,
        "total": {"amount": order.total, "currency": order.currency},
    }
    await announce(conn, kind, order.number, body | (details or {}), now)


async def keep_goods(conn: Connection, order: OrderRow, now: datetime) -> None:
    """Hold the goods of an unpaid order for half an hour from now. Raises SoldOut naming the line.

    Call inside a transaction, with the order locked.
    """
    lines = (await records.lines_of(conn, [order.id]))[order.id]
    wanted: dict[str, int] = {}
    for line in lines:
        wanted[line.sku] = wanted.get(line.sku, 0) + line.quantity
    until = now + HOLD
    if order.held_until is not None:
        await catalog.release_stock(conn, holder(order.number))  # taken anew below, with the later moment
    short = await catalog.hold_stock(conn, holder(order.number), wanted, until)
    if short:
        sku, stock = next(iter(short.items()))
        line = next(line for line in lines if line.sku == sku)
        raise SoldOut(sku=sku, title=line.title, options=line.options, asked=wanted[sku], stock=stock)
    await records.set_held(conn, order.id, until)


async def mark_paid(
    conn: Connection, shop: Shop, number: str, *, now: datetime, paid_with: str | None = None
) -> None:
    """The money for an order is in: its stock is sold, points are granted, it is announced.

    Brings an order back whose time was up when its goods, points and coupons can be had again.
    Raises SoldOut, NotEnoughPoints, CouponRefused or NotInThisState (nothing is changed then); paid once only.
    """
    async with conn.transaction():
        order = await locked(conn, number)
        if _may_be_revived(order):
            order = await _revive(conn, order, now)
        status = next_status(number, order.status, "pay", "system")
        if order.held_until is None:
            await keep_goods(conn, order, now)
        await catalog.commit_stock(conn, holder(number))
        await records.set_status(conn, order.id, status)
        await records.set_paid(conn, order.id, now, paid_with)
        await records.add_event(conn, order.id, "pay", "system", now, {"paid_with": paid_with})
        if order.customer_id:
            await _reward(conn, shop, order, order.customer_id, now)
        await _note_purchase(conn, shop, order, now)
        await tell(conn, "order_paid", order, now)


def _may_be_revived(order: OrderRow) -> bool:
    """Its time was up. One of an exchange stays over: the goods it was mostly paid with are not coming any more."""
    expired = order.status == "cancelled" and order.why_cancelled == "expired"
    return expired and order.source != BY_EXCHANGE


def _again(number: str) -> str:
    return f"again:{holder(number)}"


async def _reward(conn: Connection, shop: Shop, order: OrderRow, customer_id: int, now: datetime) -> None:
    cause = holder(order.number)
    await customers.grant_points(
        conn,
        customer_id,
        order.points_earned,
        cause=f"earned:{cause}",
        expires=customers.expiry(shop, now),
        now=now,
    )
    await customers.note_purchase(conn, customer_id, order.total, cause=cause, bought=now)


async def _note_purchase(conn: Connection, shop: Shop, order: OrderRow, now: datetime) -> None:
    lines = (await records.lines_of(conn, [order.id]))[order.id]
    sold = await catalog.variants(conn, {line.sku for line in lines}, order.language, shop)
    products = sorted({one.product_id for one in sold.values()})
    buyers = {order.number: order.shopper_key} if order.shopper_key else {}
    await catalog.note_purchases(conn, [(order.number, products)], now=now, shoppers_of=buyers)


async def _revive(conn: Connection, order: OrderRow, now: datetime) -> OrderRow:
    status = next_status(order.number, order.status, "revive", "system")
    await keep_goods(conn, order, now)
    await carts.use(conn, order.coupons, order.number)
    if order.customer_id and order.points_spent:
        await customers.spend_points(
            conn, order.customer_id, order.points_spent, cause=_again(order.number), now=now
        )
    await records.set_status(conn, order.id, status)
    await records.set_why_cancelled(conn, order.id, None)
    await records.add_event(conn, order.id, "revive", "system", now)
    return await locked(conn, order.number)


async def cancel_unpaid(
    conn: Connection, number: str, now: datetime, *, why: str = "expired", by: Role = "system"
) -> None:
    """Give up an unpaid order: stock, points and coupon go back. Nothing happens to one that is not pending."""
    async with conn.transaction():
        order = await locked(conn, number)
        if order.status != "pending_payment":
            return
        event: OrderEvent = "expire" if why == "expired" else "cancel"
        status = next_status(number, order.status, event, by)
        await catalog.release_stock(conn, holder(number))
        await give_points_back(conn, number)
        await carts.unredeem(conn, number)
        await records.set_status(conn, order.id, status)
        await records.set_held(conn, order.id, None)
        await records.set_why_cancelled(conn, order.id, why)
        await records.add_event(conn, order.id, event, by, now, {"why": why})
        if why != "sold_out":  # the money's way back is what is told then
            await tell(conn, "order_expired" if why == "expired" else "order_cancelled", order, now)


async def agree_payment(conn: Connection, number: str, way: str, amount: int) -> None:
    """Note by which way on file a shopper said an unpaid order is to be paid, and how much (minor units).

    Raises NotInThisState, TotalChanged. Inside a transaction.
    """
    order = await locked(conn, number)
    if order.status != "pending_payment":
        raise NotInThisState(order=number, status=order.status, event="pay")
    if order.total != amount:
        raise TotalChanged(old=amount, new=order.total)
    await records.set_agreed_way(conn, order.id, way, amount)


async def mark_unpaid(conn: Connection, number: str, reason: str | None, now: datetime) -> None:
    """A payment was declined: the order stays, can be paid again, and it is announced."""
    async with conn.transaction():
        order = await locked(conn, number)
        if order.status != "pending_payment":
            return
        await records.add_event(conn, order.id, "payment_declined", "system", now, {"reason": reason})
        await tell(conn, "payment_declined", order, now, {"reason": reason})


async def mark_refunded(
    conn: Connection, number: str, amount: int, *, now: datetime, by: Role = "system", reference: str = ""
) -> None:
    """Money of an order was given back (minor units); once it is all of it, points go back where they came from.

    A `reference` is noted with it, where nobody else keeps one.
    """
    async with conn.transaction():
        order = await locked(conn, number)
        given = min(amount, order.total - order.refunded)
        whole = order.refunded + given >= order.total
        event: OrderEvent = "refund" if whole else "refund_part"
        if event not in LIFE[order.status]:
            return
        await records.add_refunded(conn, order.id, given)
        await records.set_status(conn, order.id, next_status(number, order.status, event, by))
        details = {"amount": given} | ({"reference": reference} if reference else {})
        await records.add_event(conn, order.id, event, by, now, details)
        if order.customer_id:
            cause = f"refund:{order.refunded + given}:{holder(number)}"
            await customers.note_purchase(conn, order.customer_id, -given, cause=cause, bought=now)
        if whole:
            await customers.revoke_grant(conn, f"earned:{holder(number)}")
            await give_points_back(conn, number)


async def refund_noted(conn: Connection, order: OrderRow, reference: str) -> bool:
    """Whether money that was given back under a reference is noted with the order."""
    return await records.has_event(conn, order.id, {"reference": reference})


async def give_points_back(conn: Connection, number: str) -> None:
    """The points an order was paid with are the customer's again, once."""
    await customers.give_back_points(conn, holder(number))
    await customers.give_back_points(conn, _again(number))


async def expire_due(conn: Connection, now: datetime, limit: int = 200) -> int:
    """Let go the goods of orders not paid within the hold, and orders not paid in time; how many were touched."""
    numbers = await records.due_numbers(conn, now, limit)
    for number in numbers:
        async with conn.transaction():
            order = await locked(conn, number)
            if order.status != "pending_payment":
                continue
            if order.pay_until and order.pay_until <= now:
                await cancel_unpaid(conn, number, now)
            elif order.held_until and order.held_until <= now:
                await catalog.release_stock(conn, holder(number))
                await records.set_held(conn, order.id, None)
                await records.add_event(conn, order.id, "goods_released", "system", now)
    return len(numbers)


async def record_shipment(
    conn: Connection,
    number: str,
    *,
    carrier: str,
    tracking_no: str,
    status: ShipmentStatus,
    at: datetime,
    now: datetime,
    place: str = "",
    text: str = "",
    eta: date | None = None,
    last: bool = True,
) -> None:
    """A parcel of an order was handed over or moved; `last` is False while more parcels are to come.

    A scan that is known changes nothing. The shopper is told of it once.
    """
    async with conn.transaction():
        order = await locked(conn, number)
        tracking_no = plain_number(tracking_no)
        parcel = await records.put_shipment(conn, order.id, carrier, tracking_no, status, eta, now)
        if not await records.add_scan(conn, parcel, at, status, place, text):
            return
        parcels = [row.status for row in (await records.shipments_of(conn, [order.id]))[order.id]]
        event = status_of_parcels(parcels)
        if event and not last:
            event = "ship_part"
        if event == "deliver" and "deliver" not in LIFE[order.status]:
            event = "ship"
        if event and event in LIFE[order.status]:
            moved = next_status(number, order.status, event, "system")
            await records.set_status(conn, order.id, moved)
            await records.add_event(conn, order.id, event, "system", now, {"tracking_no": tracking_no})
        await tell(
            conn,
            "shipment_moved",
            order,
            now,
            {"carrier": carrier, "tracking_no": tracking_no, "status": status, "place": place},
        )


async def new_token(conn: Connection, number: str, now: datetime) -> str:
    """A fresh secret that opens the page of this one order; only its fingerprint is kept."""
    token = secret_token()
    await records.insert_token(conn, number, fingerprint(token), now)
    return token
