"""Ordering, as the assistant may do it: the checkout step by step, placing, looking up."""

from __future__ import annotations

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
from dangol.orders import checkout, destination, gifts, placing, records
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
    found = await records.orders_of(
        ctx.conn,
        customer_id=ctx.shopper.proved_customer,
        numbers=sorted(ctx.shopper.orders),
        number=number,
        limit=limit,
    )
    if args.order and not found:
        raise NotFound(order=args.order)
    return Orders(items=await order_views(ctx.conn, ctx.shop, found, ctx.language))


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
