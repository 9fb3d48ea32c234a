"""What is done behind the shopper's back: the parcel booked, the money given back, the exchange let go.

Every step may be cut off anywhere and is taken up again: what is called outside bears the return's number as key,
and what it answered is written in one transaction with the step it stands for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from psycopg import AsyncConnection

from dangol.catalog import api as catalog
from dangol.contracts.carrier import BookingRefused, Carrier, CarrierUnreachable, Party, ReturnParcel
from dangol.contracts.payment import GatewayDown, RefundRefused
from dangol.customers import api as customers
from dangol.kernel.errors import NotFound
from dangol.kernel.shop import Shop
from dangol.kernel.tools import Role
from dangol.orders import api as orders
from dangol.orders.api import OrderRow
from dangol.payments import api as payments
from dangol.payments.api import Gateways
from dangol.returns import records
from dangol.returns.model import Carriers, ReturnLineRow, ReturnRow, ReturnUnderWay
from dangol.returns.rules import OVER, STAFF
from dangol.returns.service import cancel, drop_replacement, locked, move, tell

Connection = AsyncConnection[Any]
Wait = Callable[[int], timedelta]
MOST_TRIES = 8


async def further(
    conn: Connection,
    shop: Shop,
    gateways: Gateways,
    carriers: Carriers,
    return_id: int,
    now: datetime,
    wait: Wait,
) -> None:
    """Take a return that is due as far as it goes now. Call outside any transaction, one at a time for a return."""
    row = await records.return_row(conn, return_id)
    if row is None or row.due_at is None or row.due_at > now:
        return
    if row.status == "approved":
        await _book(conn, shop, carriers, row, now, wait)
    elif row.status == "received":
        await _settle(conn, shop, gateways, row, now, wait)
    else:
        await records.set_trouble(conn, row, "", None)


async def _book(
    conn: Connection, shop: Shop, carriers: Carriers, row: ReturnRow, now: datetime, wait: Wait
) -> None:
    carrier = _carrier_for(carriers, row)
    order = await orders.order_row(conn, row.order_number)
    assert order is not None
    if carrier is None:  # no carrier is connected: the label bears the return's own number
        await _booked(conn, row.number, "", row.number, "", None, now)
        return
    parcel = await _parcel(conn, shop, order, row, now)
    try:
        booked = await carrier.book_return(parcel, key=row.number)
    except CarrierUnreachable as no:
        again = now + wait(row.attempts) if row.attempts + 1 < MOST_TRIES else None
        await records.set_trouble(conn, row, no.code, again)
    except BookingRefused as no:
        await records.set_trouble(conn, row, no.code, None)
    else:
        await _booked(
            conn, row.number, carrier.name, booked.tracking_no, booked.pickup_no or "", booked.pickup_on, now
        )


def _carrier_for(carriers: Carriers, row: ReturnRow) -> Carrier | None:
    return next((one for one in carriers.values() if row.sending in one.ways), None)


async def _parcel(
    conn: Connection, shop: Shop, order: OrderRow, row: ReturnRow, now: datetime
) -> ReturnParcel:
    lines = (await records.lines_of(conn, [row.id]))[row.id]
    sold = await catalog.variants(conn, {line.sku for line in lines}, row.language, shop)
    weights = [
        sold[line.sku].weight_g * line.quantity  # type: ignore[operator]
        for line in lines
        if line.sku in sold and sold[line.sku].weight_g
    ]
    return ReturnParcel(
        reference=row.number,
        way="pickup" if row.sending == "pickup" else "label",
        sender=sender(order),
        receiver=receiver(shop),
        pieces=sum(line.quantity for line in lines),
        contents=lines[0].title[:60],
        weight_g=sum(weights) or None,
        wanted_on=(now.astimezone(shop.zone) + timedelta(days=1)).date(),
    )


def sender(order: OrderRow) -> Party:
    """Whoever sends the goods back: the one they were sent to."""
    address = order.address or {}
    return Party(
        name=str(address.get("recipient") or order.name),
        phone=str(address.get("phone") or order.phone),
        postcode=str(address.get("postcode") or ""),
        lines=str(address.get("lines") or ""),
    )


def receiver(shop: Shop) -> Party:
    """Where goods come back to: the shop's first branch with an address, else the shop by its name."""
    branch = next((one for one in shop.branches if one.address), None)
    lines = shop.say(branch.address, shop.language) if branch else ""
    return Party(name=shop.say(shop.name, shop.language), phone=shop.contact.phone or "", lines=lines)


async def _booked(
    conn: Connection, number: str, carrier: str, tracking: str, pickup_no: str, pickup_on: Any, now: datetime
) -> None:
    async with conn.transaction():
        row = await locked(conn, number)
        if row.status != "approved":
            return
        await records.set_booking(
            conn, row, carrier=carrier, tracking_no=tracking, pickup_no=pickup_no, pickup_on=pickup_on
        )
        row = await move(conn, row, "book", "system", now, details={"tracking_no": tracking})
        await tell(conn, "return_label", row, now, {"pickup_on": str(pickup_on or "")})


async def _settle(
    conn: Connection, shop: Shop, gateways: Gateways, row: ReturnRow, now: datetime, wait: Wait
) -> None:
    lines = (await records.lines_of(conn, [row.id]))[row.id]
    if lines and all(line.received == 0 for line in lines):
        await _send_back(conn, row, now)
        return
    if row.kind == "exchange" and not await _swap_stands(conn, row, lines, now, wait):
        return
    if row.method is not None:
        await _settle_on_file(conn, shop, row, row.method, now)
        return
    if row.refund and row.way == "points":
        await _finish(conn, shop, row.number, now, in_points=True)
        return
    if row.refund and row.way != "original":
        await _stuck(conn, row, "by_hand", now)
        return
    if row.refund and not await _given_back(conn, gateways, row, now, wait):
        return
    await _finish(conn, shop, row.number, now)


async def _swap_stands(
    conn: Connection, row: ReturnRow, lines: Sequence[ReturnLineRow], now: datetime, wait: Wait
) -> bool:
    """Whether the new goods go out for those that came: all of these are here, and the difference is paid.

    Paid later, it goes on then; with fewer pieces, or with the new order gone, a person looks at it.
    """
    replaced = await orders.order_row(conn, row.replacement or "")
    if any((line.received or 0) < line.quantity for line in lines):
        await _stuck(conn, row, "fewer_came", now)
    elif replaced is None or replaced.status == "cancelled":
        await _stuck(conn, row, "exchange_dropped", now)
    elif replaced.status == "pending_payment":
        await records.set_trouble(conn, row, "unpaid", now + wait(row.attempts))
    else:
        return True
    return False


async def _stuck(conn: Connection, row: ReturnRow, trouble: str, now: datetime) -> None:
    """Only a person takes it further; staff are told why."""
    async with conn.transaction():
        await records.set_trouble(conn, row, trouble, None)
        await tell(conn, "return_stuck", row, now, {"why": trouble})


async def _settle_on_file(conn: Connection, shop: Shop, row: ReturnRow, method: str, now: datetime) -> None:
    """Give the money back to a way on file, or take the difference of an exchange by it, with the last step."""
    reference = f"return:{row.number}"
    try:
        async with conn.transaction():
            order = await orders.locked_order(conn, row.order_number)
            if row.refund:
                await payments.give_back(
                    conn, order, row.refund, to=method, cause="return", reference=reference, now=now
                )
            elif row.due and row.replacement is not None:
                new = await orders.locked_order(conn, row.replacement)
                await payments.charge(
                    conn, new, method, row.due, cause="exchange", reference=reference, now=now
                )
            await _finish(conn, shop, row.number, now)
    except (customers.BalanceTooLow, NotFound, RefundRefused) as no:
        await _stuck(conn, row, no.code, now)


async def _given_back(
    conn: Connection, gateways: Gateways, row: ReturnRow, now: datetime, wait: Wait
) -> bool:
    """Ask the gateway for the money, once per return and wish to try again; True when it is through."""
    own = f"return:{row.number}"
    wished = [step for step in await records.events_of(conn, row.id) if step.kind == "change_way"]
    rest, key = row.refund, payments.again(own, len(wished))
    if wished:  # of two payments one may have been given back in an earlier try
        rest -= (await payments.gone(conn, row.order_number, own))[0]
    if not rest:
        return True
    try:
        done = await payments.refund(conn, gateways, row.order_number, rest, key=key, cause="return", now=now)
        if done.state == "done":
            return True
        trouble = "refused_by_gateway"
    except GatewayDown as no:
        await records.set_trouble(conn, row, no.code, now + wait(row.attempts))
        return False
    except RefundRefused as no:
        trouble = "refused_by_gateway" if "left" not in no.details else "paid_elsewhere"
    except NotFound:
        trouble = "refused_by_gateway"
    async with conn.transaction():
        row = await locked(conn, row.number)
        if row.trouble is None or row.due_at is not None:
            await records.set_trouble(conn, row, trouble, None)
            await tell(conn, "return_stuck", row, now, {"why": trouble})
            if trouble == "refused_by_gateway":
                await tell(conn, "return_other_way", row, now)
    return False


async def _finish(
    conn: Connection, shop: Shop, number: str, now: datetime, *, in_points: bool = False, by: Role = "system"
) -> ReturnRow:
    """The last step, in one transaction: points go where they belong, and it is told."""
    async with conn.transaction():
        row = await locked(conn, number)
        if row.status in OVER:
            return row
        order = await orders.locked_order(conn, row.order_number)
        await _points(conn, shop, row, order, now)
        if in_points:
            await _pay_in_points(conn, shop, row, order, now)
        row = await move(conn, row, "exchange" if row.kind == "exchange" else "refund", by, now)
        await records.set_settled(conn, row, now)
        if row.kind == "exchange" or in_points or not row.refund:
            await tell(conn, "return_settled", row, now)
        return row


async def _points(conn: Connection, shop: Shop, row: ReturnRow, order: OrderRow, now: datetime) -> None:
    """Points paid with come back; points earned with what comes back go."""
    holder = f"order:{order.number}"
    given = await customers.give_back_part(conn, holder, row.points)
    await customers.give_back_part(conn, f"again:{holder}", row.points - given)
    if row.kind == "return" and order.points_earned and order.total:
        earned = order.points_earned * min(row.goods, order.total) // order.total
        await customers.revoke_part(conn, f"earned:{holder}", earned)


async def _pay_in_points(
    conn: Connection, shop: Shop, row: ReturnRow, order: OrderRow, now: datetime
) -> None:
    if order.customer_id is None:
        raise NotFound(customer=None)
    gone, _ = await payments.gone(conn, row.order_number, f"return:{row.number}")
    await customers.grant_points(
        conn,
        order.customer_id,
        customers.points_within(shop, row.refund - gone),
        cause=f"return:{row.number}",
        expires=customers.expiry(shop, now),
        now=now,
    )


async def _send_back(conn: Connection, row: ReturnRow, now: datetime) -> None:
    async with conn.transaction():
        if await drop_replacement(conn, await locked(conn, row.number), "system", now):
            row = await move(conn, await locked(conn, row.number), "send_back", "system", now)
            await tell(conn, "return_refused", row, now, {"why": "nothing_came"})
        else:
            await _stuck(conn, row, "replacement_sent", now)


async def settle_by_hand(conn: Connection, shop: Shop, number: str, by: Role, now: datetime) -> ReturnRow:
    """Staff gave the money back outside of this shop's gateways. Raises ReturnUnderWay, NotFound."""
    async with conn.transaction():
        row = await locked(conn, number)
        gone, going = await payments.gone(conn, row.order_number, f"return:{row.number}")
        if by not in STAFF or row.status != "received" or row.trouble is None or going:
            raise ReturnUnderWay(number=number, status=row.status, event="refund")
        if row.way != "points" and row.refund > gone:
            await orders.mark_refunded(conn, row.order_number, row.refund - gone, now=now, by=by)
        return await _finish(conn, shop, number, now, by=by)


async def drop_unpaid(conn: Connection, now: datetime) -> int:
    """Exchanges whose difference was not paid in time are called off; how many."""
    found = await records.unpaid_exchanges(conn)
    for row in found:
        await cancel(conn, row.number, "system", now)
    return len(found)
