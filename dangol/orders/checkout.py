"""The checkout: contact, address, way of delivery, and what is still needed; the cart itself stays in its room."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection

from dangol.carts import api as carts
from dangol.contracts.shopfloor.baskets import CartView, DeliveryQuote
from dangol.contracts.shopfloor.orders import (
    CheckoutProblem,
    CheckoutView,
    GiftView,
    GiveContact,
    Need,
)
from dangol.contracts.shopfloor.people import AddressView
from dangol.customers import api as customers
from dangol.kernel.tools import ToolContext
from dangol.orders import records
from dangol.orders.model import CheckoutRow, OrderRow
from dangol.orders.rules import missing_for_order, read_email, read_phone, step_of
from dangol.orders.verification.rules import recipient_of

Connection = AsyncConnection[Any]


async def adopt(conn: Connection, from_key: str, to_key: str, now: datetime) -> None:
    """Hand the checkout of a visitor to the customer they turned out to be; what they gave just now counts."""
    if from_key == to_key:
        return
    async with conn.transaction():
        mine = await records.checkout_of(conn, from_key, lock=True)
        theirs = await records.checkout_of(conn, to_key, lock=True)
        merged = CheckoutRow(
            to_key,
            name=mine.name or theirs.name,
            email=mine.email or theirs.email,
            phone=mine.phone or theirs.phone,
            address=mine.address or theirs.address,
            address_text=mine.address_text if mine.address else theirs.address_text,
            address_lacks=mine.address_lacks if mine.address else theirs.address_lacks,
            method=mine.method or theirs.method,
            order_number=mine.order_number or theirs.order_number,
            proved=mine.proved or theirs.proved,
            gift=mine.gift or theirs.gift,
        )
        if mine != CheckoutRow(from_key):
            await records.drop_checkout(conn, from_key)
            await records.put_checkout(conn, merged, now)


async def begin(ctx: ToolContext) -> CheckoutView:
    """Go to the checkout, or on with it; a known customer's name and ways to be reached are filled in."""
    async with ctx.conn.transaction():
        row = await records.checkout_of(ctx.conn, ctx.shopper.key, lock=True)
        if ctx.shopper.proved_customer:
            known = await customers.customer(ctx.conn, ctx.shopper.proved_customer)
            if known:
                row = replace(
                    row,
                    name=row.name or known.name,
                    email=row.email or known.email or "",
                    phone=row.phone or read_phone(known.phone) or known.phone,
                )
        cart = await priced_cart(ctx, row)
        if cart.lines:
            row = replace(row, order_number=None)
        await records.put_checkout(ctx.conn, row, ctx.now)
    return await view(ctx, row, cart)


async def leave(ctx: ToolContext) -> CheckoutView:
    """Forget what was given; the cart stays as it is."""
    await records.drop_checkout(ctx.conn, ctx.shopper.key)
    return await view(ctx, CheckoutRow(ctx.shopper.key))


async def take_contact(ctx: ToolContext, given: GiveContact) -> CheckoutView:
    """Note name, e-mail and phone as far as they were said; what cannot be one is named and not kept."""
    problems: list[CheckoutProblem] = []
    async with ctx.conn.transaction():
        row = await records.checkout_of(ctx.conn, ctx.shopper.key, lock=True)
        if given.name and given.name.strip():
            row = replace(row, name=" ".join(given.name.split())[:100])
        if given.email:
            email = read_email(given.email)
            if email is None:
                problems.append(CheckoutProblem(field="email", code="not_an_email", value=given.email))
            row = replace(row, email=email or row.email)
        if given.phone:
            phone = read_phone(given.phone)
            if phone is None:
                problems.append(CheckoutProblem(field="phone", code="not_a_phone", value=given.phone))
            row = replace(row, phone=phone or row.phone)
        await records.put_checkout(ctx.conn, row, ctx.now)
    return await view(ctx, row, problems=problems)


async def choose_method(ctx: ToolContext, method: str | None) -> CheckoutView:
    """Another way of delivery; the shop's zones say which there are."""
    problems: list[CheckoutProblem] = []
    async with ctx.conn.transaction():
        row = await records.checkout_of(ctx.conn, ctx.shopper.key, lock=True)
        cart = await priced_cart(ctx, replace(row, method=None))
        named = _named_method(method, _ways(ctx, row, cart))
        if method is not None and named is None:
            problems.append(CheckoutProblem(field="method", code="unknown_method", value=method))
        else:
            row = replace(row, method=named)
            await records.put_checkout(ctx.conn, row, ctx.now)
    return await view(ctx, row, problems=problems)


def _named_method(said: str | None, ways: tuple[DeliveryQuote, ...]) -> str | None:
    if said is None:
        return None
    wanted = said.replace(" ", "").casefold()
    return next(
        (way.method for way in ways if way.method and way.method.replace(" ", "").casefold() == wanted), None
    )


async def view(
    ctx: ToolContext,
    row: CheckoutRow,
    cart: CartView | None = None,
    *,
    problems: list[CheckoutProblem] | None = None,
) -> CheckoutView:
    """Where the checkout stands. After ordering it shows the order that waits for its money."""
    if row.order_number:
        order = await records.order_by_number(ctx.conn, row.order_number)
        if order is not None and order.agreed is not None:
            return _of_order(row, order)
    cart = cart or await priced_cart(ctx, row)
    needs = needs_of(ctx, row, cart)
    found = [*(problems or ()), *_cart_problems(cart)]
    saved = (
        await customers.addresses(ctx.conn, ctx.shopper.proved_customer)
        if ctx.shopper.proved_customer
        else ()
    )
    last = (
        await records.history_of(ctx.conn, ctx.shopper.proved_customer)
        if ctx.shopper.proved_customer
        else None
    )
    left = needs or ("confirm",)
    return CheckoutView(
        step=step_of(left),
        needs=left,
        cart=cart,
        name=row.name,
        email=row.email,
        phone=row.phone,
        address=AddressView.model_validate(row.address) if row.address else None,
        gift=GiftView.model_validate(row.gift) if row.gift is not None else None,
        quote=cart.quote,
        methods=_ways(ctx, row, cart),
        problems=tuple(found),
        saved_addresses=saved,
        last_method=last[3] if last else None,
    )


def _of_order(row: CheckoutRow, order: OrderRow) -> CheckoutView:
    waiting = order.status == "pending_payment"
    cart = CartView.model_validate(order.agreed)
    return CheckoutView(
        step="payment" if waiting else "paid",
        needs=("payment",) if waiting else (),
        cart=cart,
        name=order.name,
        email=order.email,
        phone=order.phone,
        address=AddressView.model_validate(order.address) if order.address else None,
        gift=GiftView.model_validate(order.gift) if order.gift is not None else None,
        quote=cart.quote,
        order=order.number,
    )


def _cart_problems(cart: CartView) -> list[CheckoutProblem]:
    if not cart.lines:
        return [CheckoutProblem(field="cart", code="cart_empty")]
    gone = [line for line in cart.lines if line.problem in ("sold_out", "too_few", "gone")]
    dearer = [line for line in cart.lines if line.problem == "price_changed"]
    return [CheckoutProblem(field="cart", code="sold_out", value=line.title) for line in gone] + [
        CheckoutProblem(field="cart", code="price_changed", value=line.title) for line in dearer
    ]


def needs_of(ctx: ToolContext, row: CheckoutRow, cart: CartView) -> tuple[Need, ...]:
    """What is missing before this can be ordered."""
    shop = ctx.shop
    address = AddressView.model_validate(row.address) if row.address else None
    country = address.country if address else shop.locale[3:] or "US"
    needs = missing_for_order(
        name=row.name,
        email=row.email,
        phone=row.phone,
        address=address,
        lacks=row.address_lacks,
        country=country,
        nameless_gift=row.gift is not None and not row.gift.get("recipient"),
    )
    if address is not None and cart.lines and cart.quote is None and shop.shipping.zones:
        return (*needs, "address")  # the shop does not deliver there
    if not needs and must_prove(ctx, row, cart):
        return ("code",)
    return needs


def must_prove(ctx: ToolContext, row: CheckoutRow, cart: CartView) -> bool:
    """Does the shop want a guest's e-mail or phone proved before an order of this much, and is it not yet?"""
    least = ctx.shop.verification.purchase_from
    if least is None or ctx.shopper.proved_customer or cart.total < ctx.shop.money(least):
        return False
    return row.proved is None or row.proved != recipient_of(row.email, row.phone)


async def priced_cart(ctx: ToolContext, row: CheckoutRow) -> CartView:
    """The cart at the prices of this moment, with delivery to the address given."""
    return await carts.view(
        ctx.conn,
        ctx.shop,
        ctx.shopper,
        ctx.language,
        ctx.now,
        destination=AddressView.model_validate(row.address) if row.address else None,
        method=row.method,
    )


def _ways(ctx: ToolContext, row: CheckoutRow, cart: CartView) -> tuple[DeliveryQuote, ...]:
    """Every way of delivery to the address given, standard first."""
    if row.address is None or not cart.lines:
        return ()
    free = {coupon.code for coupon in ctx.shop.coupons if coupon.type == "free_shipping"}
    cuts = [one.amount.amount for one in cart.discounts if one.kind != "points" and one.code not in free]
    goods = ctx.shop.minor(cart.subtotal.amount - sum(cuts))
    address = AddressView.model_validate(row.address)
    return carts.quotes(ctx.shop, address, goods, ctx.now, ctx.language)
