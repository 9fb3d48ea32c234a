"""Changes of a paid order that cost more: agreed to first, then paid, then made; not paid, nothing has changed.

The goods are kept meanwhile. Money that comes when the change cannot be made any more goes back by itself.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from psycopg import AsyncConnection

from dangol.catalog import api as catalog
from dangol.contracts.shopfloor.people import AddressView
from dangol.kernel.after_sale import Action, Allowed
from dangol.kernel.errors import NotFound
from dangol.kernel.shop import Shop
from dangol.kernel.tools import Shopper, ToolContext
from dangol.orders import api as orders
from dangol.orders.api import OrderRow, SoldOut
from dangol.payments import amendment_records as amendments
from dangol.payments import records
from dangol.payments.model import AmendmentKind, AmendmentRow, PaymentRow

Connection = AsyncConnection[Any]

_ACTION: dict[AmendmentKind, Action] = {
    "address": "change_address",
    "option": "change_options",
    "payment": "change_payment",
}


async def begin(
    ctx: ToolContext, order: OrderRow, kind: AmendmentKind, details: dict[str, Any], amount: int
) -> None:
    """Write down what is changed once `amount` is in, in place of what waited before. Raises SoldOut.

    Inside a transaction, with the order locked.
    """
    await drop(ctx.conn, order.number, ctx.now, why="superseded")
    until = ctx.now + orders.HOLD
    await amendments.insert_amendment(
        ctx.conn,
        order.number,
        kind,
        details,
        amount=amount,
        total=order.total,
        by=ctx.shopper.role,
        until=until,
        now=ctx.now,
    )
    change = await amendments.waiting_amendment(ctx.conn, order.number)
    assert change is not None
    await keep(ctx.conn, change, ctx.now)


async def keep(conn: Connection, change: AmendmentRow, now: datetime) -> None:
    """Keep the goods of a change for half an hour from now. Raises SoldOut. Inside a transaction."""
    until = now + orders.HOLD
    if change.kind == "option":
        await orders.keep_option(
            conn, change.order_number, change.details["line"], change.details["sku"], until
        )
    await amendments.keep_amendment(conn, change.id, until)


async def drop(conn: Connection, number: str, now: datetime, *, why: str) -> None:
    """What waited for its money is not wanted any more: its goods can be sold, its page does not count.

    Inside a transaction, with the order locked.
    """
    change = await amendments.waiting_amendment(conn, number)
    if change is None:
        return
    await _let_go(conn, change)
    await amendments.end_amendment(conn, change.id, "dropped", now, why=why)
    live = await records.live_payment(conn, number)
    if live is not None:
        await records.set_state(conn, live, "abandoned", now, reason="changed")


async def drop_due(conn: Connection, now: datetime) -> int:
    """Let go what was not paid in time; how many."""
    found = await amendments.due_amendments(conn, now)
    for change in found:
        async with conn.transaction():
            await orders.locked_order(conn, change.order_number)
            still = await amendments.amendment_row(conn, change.id)
            if still.state == "waiting" and still.until <= now:
                await drop(conn, change.order_number, now, why="expired")
    return len(found)


async def _let_go(conn: Connection, change: AmendmentRow) -> None:
    if change.kind == "option":
        await catalog.release_stock(conn, orders.taker(change.order_number, change.details["line"]))


async def carry_out(
    conn: Connection, shop: Shop, payment: PaymentRow, method: str | None, now: datetime
) -> str | None:
    """The money for a change is in: make it; why it cannot be made (then nothing has changed).

    Inside a transaction, with the order locked.
    """
    assert payment.amendment_id is not None
    change = await amendments.amendment_row(conn, payment.amendment_id)
    if change.state == "done":
        return "paid_before"
    order = await orders.locked_order(conn, change.order_number)
    asker = Shopper(order.conversation_id or "", order.customer_id, change.by)
    ctx = ToolContext(conn, shop, now, order.language, asker)
    verdict = await orders.judge(ctx, order, _ACTION[change.kind])
    superseded = change.state == "dropped" and change.why != "expired"
    if superseded:
        return "change_over"
    fits = order.total == change.total and isinstance(verdict, Allowed)
    made = fits and await _made(ctx, order, change, payment, method)
    await drop(conn, order.number, now, why="superseded")
    if not made:
        return "change_over"
    await amendments.end_amendment(conn, change.id, "done", now)
    return None


async def _made(
    ctx: ToolContext, order: OrderRow, change: AmendmentRow, payment: PaymentRow, method: str | None
) -> bool:
    """Make the change, or nothing of it."""
    try:
        async with ctx.conn.transaction():
            await _let_go(ctx.conn, change)
            await _make(ctx, order, change, payment, method)
    except (SoldOut, NotFound):
        return False
    return True


async def _make(
    ctx: ToolContext, order: OrderRow, change: AmendmentRow, payment: PaymentRow, method: str | None
) -> None:
    if change.kind == "payment":
        await _replace_payments(ctx, order, payment, method)
        return
    if change.kind == "option":
        line = change.details["line"]
        after = await orders.write_option(ctx, order, line, change.details["sku"], change.amount)
    else:
        address = AddressView.model_validate(change.details["address"])
        await orders.write_address(ctx, order, address, change.amount)
        after = address.lines
    paid = {"amount": change.amount, "currency": order.currency}
    await orders.announce_order(
        ctx.conn, "change_paid", order.number, {"amount": paid, "after": after}, ctx.now
    )


async def _replace_payments(
    ctx: ToolContext, order: OrderRow, payment: PaymentRow, method: str | None
) -> None:
    """The order is paid anew: what was paid before goes back to where it came from."""
    back = 0
    for old in await records.counting_payments(ctx.conn, order.number):
        left = await records.left_of(ctx.conn, old)
        await records.set_state(ctx.conn, old, "surplus", ctx.now, reason="replaced")
        if left:
            reference = f"replaced:{old.reference}"
            await records.request_refund(
                ctx.conn, old.id, left, reference=reference, cause="replaced", now=ctx.now
            )
        back += left
    await orders.note_other_payment(ctx.conn, order, method or payment.method, ctx.now, by=ctx.shopper.role)
    told = {"amount": {"amount": back, "currency": order.currency}}
    await orders.announce_order(ctx.conn, "payment_replaced", order.number, told, ctx.now)
