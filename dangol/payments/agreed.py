"""Paying an order by the way on file the shopper said yes to: that way, that amount, once; nothing else is ever charged."""

from __future__ import annotations

from collections.abc import Callable

from dangol.contracts.shopfloor.on_file import AgreePayment, PaymentAgreed
from dangol.customers import api as customers
from dangol.customers.api import StoredMethod
from dangol.kernel.errors import NotFound
from dangol.kernel.ids import new_id
from dangol.kernel.tools import ToolContext
from dangol.orders import api as orders
from dangol.orders.api import OrderRow
from dangol.payments import charging, entries, records, service
from dangol.payments.model import LIVE, Gateways, NothingAgreed, PaymentRow, PaymentUnderReview
from dangol.payments.on_file import view_of


async def agree(ctx: ToolContext, gateways: Gateways, asked: AgreePayment) -> PaymentAgreed:
    """Note the way on file and the amount a shopper said yes to. Raises NotFound, NotInThisState, TotalChanged,
    NothingAgreed for a way that cannot be charged. Inside a transaction."""
    order = await orders.order_for(ctx.conn, ctx.shopper, asked.order)
    if order.customer_id != ctx.shopper.proved_customer:
        raise NotFound(order=asked.order)
    way = await customers.stored_method(ctx.conn, ctx.shopper.proved_customer, asked.method)
    if not charging.ready(gateways, way):
        raise NothingAgreed(order=order.number)
    await orders.agree_payment(ctx.conn, order.number, way.reference, asked.amount.amount)
    return PaymentAgreed(order=order.number, method=view_of(ctx, gateways, way), amount=asked.amount)


async def pay_as_agreed(
    ctx: ToolContext, gateways: Gateways, number: str, return_url: Callable[[str], str]
) -> None:
    """Take the money of an unpaid order as it was agreed; one that is paid already stays as it is.

    Raises NotFound, NothingAgreed, OrderNotPayable, PaymentUnderReview, SoldOut, BalanceTooLow, GatewayDown.
    Call outside any transaction.
    """
    order = await _theirs(ctx, number)
    if order.paid_at is not None:
        return
    way = await customers.stored_method(ctx.conn, ctx.shopper.proved_customer, order.pay_with or "")
    if not charging.ready(gateways, way):
        raise NothingAgreed(order=number)
    await service.ask_about_open(ctx.conn, gateways, ctx.shop, number, ctx.now, return_url)
    if way.kind == "gift_card":
        await _with_gift_card(ctx, number, way)
        return
    payment = await _request(ctx, number, way)
    if payment is not None and payment.vendor_ref is None:
        await charging.charge(ctx.conn, gateways, ctx.shop, payment, ctx.now, return_url(payment.reference))


async def _theirs(ctx: ToolContext, number: str) -> OrderRow:
    """Raises NotFound for an order that is not the customer's own, NothingAgreed when they did not say yes to this."""
    meant = await orders.order_for(ctx.conn, ctx.shopper, number)
    order = await orders.order_row(ctx.conn, meant.number)
    if order is None or order.customer_id is None or order.customer_id != ctx.shopper.proved_customer:
        raise NotFound(order=number)
    _still_agreed(order)
    return order


def _still_agreed(order: OrderRow) -> None:
    if order.pay_with is None or order.pay_agreed != order.total:
        raise NothingAgreed(order=order.number)


async def _unpaid(ctx: ToolContext, number: str) -> OrderRow | None:
    """The order, locked, while it waits for the very money that was agreed to; None once it is paid."""
    order = await orders.locked_order(ctx.conn, number)
    if order.paid_at is not None:
        return None
    if order.status != "pending_payment":
        raise service.not_payable(await orders.order_amount(ctx.conn, number))
    _still_agreed(order)
    return order


async def _with_gift_card(ctx: ToolContext, number: str, way: StoredMethod) -> None:
    async with ctx.conn.transaction():
        order = await _unpaid(ctx, number)
        if order is None:
            return
        await _let_other_pages_go(ctx, number)
        await entries.charge(
            ctx.conn, order, way.reference, order.total,
            cause="order", reference=f"order:{number}", now=ctx.now,
        )  # fmt: skip
        await orders.mark_paid(ctx.conn, ctx.shop, number, now=ctx.now, paid_with=way.kind)


async def _request(ctx: ToolContext, number: str, way: StoredMethod) -> PaymentRow | None:
    """Write down that this way is charged, before it is; once per key."""
    async with ctx.conn.transaction():
        order = await _unpaid(ctx, number)
        known = await records.payment_by_key(ctx.conn, ctx.key)
        if known is not None or order is None:
            return known
        if any(each.state == "mismatched" for each in await records.payments_of(ctx.conn, number)):
            raise PaymentUnderReview(order=number)
        await orders.keep_goods(ctx.conn, number, ctx.now)
        await _let_other_pages_go(ctx, number)
        return await records.insert_payment(
            ctx.conn,
            reference=new_id("pay"),
            key=ctx.key,
            order=number,
            gateway=way.gateway or "",
            method="paypal" if way.kind == "paypal" else "card",
            currency=order.currency,
            amount=order.total,
            language=ctx.language,
            now=ctx.now,
            on_file=way.reference,
        )


async def _let_other_pages_go(ctx: ToolContext, number: str) -> None:
    """A page still open does not count any more; what is paid on it all the same goes back by itself."""
    for each in await records.payments_of(ctx.conn, number):
        if each.state in LIVE:
            await records.set_state(ctx.conn, each, "abandoned", ctx.now, reason="other_way")
