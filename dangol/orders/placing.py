"""Placing an order: everything that must be true is looked at anew, and all of it happens or nothing does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from dangol.carts import api as carts
from dangol.carts.api import SoldOut
from dangol.contracts.shopfloor.baskets import CartLine, CartView
from dangol.contracts.shopfloor.orders import CheckoutView, PlaceOrder
from dangol.contracts.shopfloor.people import AddressView
from dangol.customers import api as customers
from dangol.kernel.tools import Proof, ToolContext
from dangol.orders import checkout, gifts, records, service
from dangol.orders.model import CartEmpty, CheckoutIncomplete, CheckoutRow, LineRow, TotalChanged
from dangol.orders.rules import order_number, points_of, reduction

_UNSELLABLE = ("sold_out", "too_few", "gone")


async def place_order(ctx: ToolContext, asked: PlaceOrder) -> CheckoutView:
    """Make an order of the cart at the agreed total; it waits for its money with the goods kept for half an hour.

    Raises CartEmpty, CheckoutIncomplete, SoldOut, TotalChanged, NotEnoughPoints, and for a way of paying that is not on
    file for them NotFound, BalanceTooLow; then nothing has changed.
    """
    async with ctx.conn.transaction():
        cart_id = await carts.cart_id(ctx.conn, ctx.shopper)
        row = await records.checkout_of(ctx.conn, ctx.shopper.key, lock=True)
        if asked.pay_with is not None:
            await _check_way(ctx, asked)
        await carts.lock(ctx.conn, cart_id)
        cart = await checkout.priced_cart(ctx, row)
        address = _checked(ctx, row, cart)
        if cart.total != asked.total:
            raise TotalChanged(old=asked.total.model_dump(), new=cart.total.model_dump())
        number = await _write(ctx, row, cart, address, asked.pay_with)
        # before the goods are held: the cart is priced once more there, and must still find them
        await carts.redeem(ctx.conn, cart_id, number, ctx.now, shop=ctx.shop)
        await service.keep_goods(ctx.conn, await service.locked(ctx.conn, number), ctx.now)
        points = points_of(cart.discounts, ctx.shop)
        if points and ctx.shopper.customer_id:
            await customers.spend_points(
                ctx.conn, ctx.shopper.customer_id, points, cause=service.holder(number), now=ctx.now
            )
        await carts.empty(ctx.conn, cart_id)
        row = CheckoutRow(**{**row.__dict__, "order_number": number})
        await records.put_checkout(ctx.conn, row, ctx.now)
        if not cart.total:  # points and coupons pay for all of it: there is nothing to ask a gateway for
            await service.mark_paid(ctx.conn, ctx.shop, number, now=ctx.now)
    hours = max(ctx.shop.verification.hours, ctx.shop.unpaid_order_hours)
    proof = Proof(by="ordered_here", orders=(number,), until=ctx.now + timedelta(hours=hours))
    return (await checkout.view(ctx, row)).model_copy(update={"proof": proof})


def _checked(ctx: ToolContext, row: CheckoutRow, cart: CartView) -> AddressView:
    if not cart.lines:
        raise CartEmpty
    for line in cart.lines:
        if line.problem in _UNSELLABLE:
            raise sold_out(line)
    needs = checkout.needs_of(ctx, row, cart)
    if needs or row.address is None:
        raise CheckoutIncomplete(needs=list(needs))
    return AddressView.model_validate(row.address)


def sold_out(line: CartLine) -> SoldOut:
    """The refusal for a line that cannot be had."""
    return SoldOut(
        sku=line.sku, title=line.title, options=line.options, asked=line.quantity, stock=max(0, line.stock)
    )


async def _check_way(ctx: ToolContext, asked: PlaceOrder) -> None:
    """The way on file must be the shopper's own. Raises NotFound, BalanceTooLow."""
    way = await customers.stored_method(ctx.conn, ctx.shopper.proved_customer, asked.pay_with or "")
    if way.balance is not None and way.balance < asked.total.amount:
        raise customers.BalanceTooLow(method=way.reference, balance=way.balance, asked=asked.total.amount)


async def _write(
    ctx: ToolContext, row: CheckoutRow, cart: CartView, address: AddressView, pay_with: str | None
) -> str:
    quote = cart.quote
    values: dict[str, Any] = {
        "status": "pending_payment",
        "customer_id": ctx.shopper.customer_id,
        "shopper_key": ctx.shopper.key,
        "conversation_id": ctx.shopper.conversation_id,
        "language": ctx.language,
        "name": row.name,
        "email": row.email,
        "phone": row.phone,
        "address": gifts.addressed(row, address).model_dump(),
        "gift": row.gift,
        "method": row.method,
        "currency": cart.total.currency,
        "subtotal": cart.subtotal.amount,
        "discount": reduction(cart),
        "shipping": cart.total.amount - cart.subtotal.amount + reduction(cart),
        "total": cart.total.amount,
        "points_spent": points_of(cart.discounts, ctx.shop),
        "points_earned": cart.earns if ctx.shopper.customer_id else 0,
        "coupons": [one.code for one in cart.discounts if one.kind == "coupon" and one.code],
        "agreed": cart.model_dump(mode="json"),
        "expected_from": quote.earliest if quote else None,
        "expected_to": quote.latest if quote else None,
        "placed_at": ctx.now,
        "pay_until": ctx.now + timedelta(hours=ctx.shop.unpaid_order_hours),
        "pay_with": pay_with,
        "pay_agreed": cart.total.amount if pay_with else None,
    }
    order_id = None
    while order_id is None:
        number = order_number(ctx.now, ctx.shop, await records.next_in_sequence(ctx.conn))
        order_id = await records.insert_order(ctx.conn, values | {"number": number})
    lines = [
        LineRow(
            order_id, place, line.product, line.sku, line.title, line.options, line.image, line.quantity,
            line.unit_price.amount, line.total.amount,
        )
        for place, line in enumerate(cart.lines, 1)
    ]  # fmt: skip
    await records.insert_lines(ctx.conn, lines)
    details = {"total": cart.total.model_dump()}
    await records.add_event(ctx.conn, order_id, "place", ctx.shopper.role, ctx.now, details)
    return number
