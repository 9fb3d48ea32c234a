"""Ordering, as the assistant may do it: the checkout step by step, placing, looking up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from dangol.contracts.shopfloor.orders import (
    CheckoutView,
    ChooseDelivery,
    GiveAddress,
    GiveContact,
    GiveGift,
    LookUpOrders,
    Orders,
    PlaceOrder,
    StartCheckout,
    StopCheckout,
)
from dangol.kernel.errors import NotFound
from dangol.kernel.tools import VERIFIED, Policy, Question, Tool, ToolContext
from dangol.kernel.words import goods
from dangol.orders import checkout, destination, gifts, own_records, placing
from dangol.orders.own_records import Narrowed
from dangol.orders.rules import read_number
from dangol.orders.views import order_views

_MOST = 20


async def start_checkout(ctx: ToolContext, args: StartCheckout) -> CheckoutView:
    """Begin buying what is in the cart, or go on with it."""
    return await checkout.begin(ctx)


async def give_contact(ctx: ToolContext, args: GiveContact) -> CheckoutView:
    """Note name, e-mail and phone for the order."""
    return await checkout.take_contact(ctx, args)


async def give_address(ctx: ToolContext, args: GiveAddress) -> CheckoutView:
    """Note where the order goes: free text, or a saved address by its number from 1."""
    return await destination.take_address(ctx, args)


async def give_gift(ctx: ToolContext, args: GiveGift) -> CheckoutView:
    """Note that the order is a gift: who gets it, and the words that go with it."""
    return await gifts.take_gift(ctx, args)


async def choose_delivery(ctx: ToolContext, args: ChooseDelivery) -> CheckoutView:
    """Choose another way of delivery, or the standard one again."""
    return await checkout.choose_method(ctx, args.method)


async def stop_checkout(ctx: ToolContext, args: StopCheckout) -> CheckoutView:
    """Leave the checkout; what was given is forgotten, the cart stays."""
    return await checkout.leave(ctx)


async def place_order(ctx: ToolContext, args: PlaceOrder) -> CheckoutView:
    """Order what the checkout shows, at exactly the total the shopper said yes to."""
    return await placing.place_order(ctx, args)


async def look_up_orders(ctx: ToolContext, args: LookUpOrders) -> Orders:
    """Find orders that are proved to be the shopper's, newest first, with their parcels."""
    number = read_number(args.order) if args.order else None
    limit = max(1, min(args.limit, _MOST))
    narrowed = Narrowed() if number is not None else await _narrowed(ctx, args)
    found = await own_records.orders_of(
        ctx.conn,
        customer_id=ctx.shopper.proved_customer,
        numbers=sorted(ctx.shopper.orders),
        number=number,
        narrowed=narrowed,
        limit=limit + 1,
    )
    if args.order and not found:
        raise NotFound(order=args.order)
    views = await order_views(ctx.conn, ctx.shop, found[:limit], ctx.language)
    return Orders(items=views, more=len(found) > limit)


async def _narrowed(ctx: ToolContext, args: LookUpOrders) -> Narrowed:
    """Which are meant. What the words name is looked for in all of their orders, whatever state is asked for, so that
    an order that cannot be cancelled any more is not taken for another one that can."""
    since, until = args.since or args.until, args.until or args.since
    narrowed = Narrowed(
        product=args.product,
        since=_midnight(ctx, since) if since else None,
        until=_midnight(ctx, until + timedelta(days=1)) if until else None,
        arrived=args.arrived,
        before=read_number(args.before) if args.before else None,
    )
    among = await _named(ctx, args.about, narrowed) if args.about.strip() else None
    return replace(narrowed, statuses=args.statuses, among=among)


def _midnight(ctx: ToolContext, day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=ctx.shop.zone)


async def _named(ctx: ToolContext, about: str, narrowed: Narrowed) -> tuple[int, ...] | None:
    lines = await own_records.goods_of(
        ctx.conn,
        customer_id=ctx.shopper.proved_customer,
        numbers=sorted(ctx.shopper.orders),
        narrowed=narrowed,
    )
    said = {
        (order, place): goods.marks(title, options, about)
        for place, (order, title, options) in enumerate(lines)
    }
    return tuple(sorted({order for order, _ in goods.meant(said)})) or None


def _agreed(args: PlaceOrder) -> Question:
    return Question(code="place_order", details=args.model_dump(exclude_none=True))


TOOLS: tuple[Tool[Any, Any], ...] = (
    Tool(start_checkout, StartCheckout, CheckoutView, Policy(effect="write")),
    Tool(give_contact, GiveContact, CheckoutView, Policy(effect="write")),
    Tool(give_address, GiveAddress, CheckoutView, Policy(effect="write")),
    Tool(give_gift, GiveGift, CheckoutView, Policy(effect="write")),
    Tool(choose_delivery, ChooseDelivery, CheckoutView, Policy(effect="write")),
    Tool(stop_checkout, StopCheckout, CheckoutView, Policy(effect="write")),
    Tool(place_order, PlaceOrder, CheckoutView, Policy(effect="write", confirm=_agreed)),
    Tool(look_up_orders, LookUpOrders, Orders, Policy(effect="read", allowed=VERIFIED)),
)
