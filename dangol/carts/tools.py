"""What the assistant may ask and do about carts; no verb here sets a price."""

from __future__ import annotations

from typing import Any

from dangol.carts import coupons, offers, reckoning, service, wishes
from dangol.carts.addresses.reading import read_address
from dangol.carts.model import AddressIncomplete
from dangol.catalog.api import Search
from dangol.contracts.shopfloor.baskets import (
    AddToCart,
    ApplyCoupon,
    CartChanged,
    CartView,
    ChangeCart,
    DeliveryOptions,
    Offer,
    Offers,
    QuoteDelivery,
    UsePoints,
)
from dangol.contracts.shopfloor.people import (
    AddressView,
    NoMoreRestock,
    Nothing,
    RestockDropped,
    RestockNoted,
    RestockWish,
    SaveAddress,
    Wish,
    WishesView,
)
from dangol.contracts.shopfloor.products import FindProducts, Wishes
from dangol.customers import api as customers
from dangol.kernel.tools import Policy, Tool, ToolContext


async def view_cart(ctx: ToolContext, _args: Nothing) -> CartView:
    """Show the cart with its whole price of this moment."""
    return await reckoning.view(ctx.conn, ctx.shop, ctx.shopper, ctx.language, ctx.now)


async def add_to_cart(ctx: ToolContext, args: AddToCart) -> CartChanged:
    """Put a variant in the cart, at most as many as are in stock; a bundle that lacks just one other is named.

    Raises UnknownVariant, SoldOut, NotAQuantity.
    """
    added = await service.add(ctx.conn, ctx.shop, ctx.shopper, args.sku, args.quantity, ctx.language, ctx.now)
    product = next((line.product for line in added.cart.lines if line.sku == added.sku), None)
    if product is None or not ctx.shop.outreach.offers or not ctx.shopper.personal:
        return added
    today = ctx.now.astimezone(ctx.shop.zone).date()
    bundle = await offers.bundle_in_reach(ctx.conn, ctx.shop, product, added.cart, today, ctx.language)
    return added.model_copy(update={"bundle": bundle})


async def change_cart(ctx: ToolContext, args: ChangeCart) -> CartChanged:
    """Change how many of a line lie in the cart, take it out, or swap it for another variant.

    Raises NotInCart, AnotherProduct, UnknownVariant, SoldOut, NotAQuantity.
    """
    return await service.change(
        ctx.conn, ctx.shop, ctx.shopper, args.sku, args.quantity, args.swap_for, ctx.language, ctx.now
    )


async def apply_coupon(ctx: ToolContext, args: ApplyCoupon) -> CartView:
    """Use a coupon code on the cart.

    Raises CouponRefused with the reason when it does not count; then the cart is as before.
    """
    return await coupons.apply(ctx.conn, ctx.shop, ctx.shopper, args.code, ctx.language, ctx.now)


async def remove_coupon(ctx: ToolContext, args: ApplyCoupon) -> CartView:
    """Take a coupon code off the cart; nothing happens when it is not on it."""
    return await coupons.remove(ctx.conn, ctx.shop, ctx.shopper, args.code, ctx.language, ctx.now)


async def use_points(ctx: ToolContext, args: UsePoints) -> CartView:
    """Use points on the cart: so many, or all that can be used; 0 stops using them.

    Raises NotIdentified, NoPointsHere, PointsRefused; then the cart is as before.
    """
    return await coupons.use_points(ctx.conn, ctx.shop, ctx.shopper, args.points, ctx.language, ctx.now)


async def quote_delivery(ctx: ToolContext, args: QuoteDelivery) -> DeliveryOptions:
    """Say what delivery costs and when it comes, to a place said in any way, for this cart or one product."""
    return await offers.delivery_options(ctx, args)


async def list_offers(ctx: ToolContext, _args: Nothing) -> Offers:
    """Name the coupons and bundles this shopper may have today, only those that still can be had."""
    return Offers(items=tuple(await _standing_offers(ctx)))


async def save_wish(ctx: ToolContext, args: Wish) -> WishesView:
    """Save a product or one variant of it for later."""
    return await wishes.save(ctx, args)


async def list_wishes(ctx: ToolContext, _args: Nothing) -> WishesView:
    """Show what is saved, with the price and stock of this moment."""
    return await wishes.listed(ctx)


async def remove_wish(ctx: ToolContext, args: Wish) -> WishesView:
    """Take something off the list of saved things."""
    return await wishes.remove(ctx, args)


async def note_restock(ctx: ToolContext, args: RestockWish) -> RestockNoted:
    """Note that the shopper wants to be told once when a variant is back; asks for a contact where none is known."""
    return await wishes.await_restock(ctx, args)


async def stop_restock(ctx: ToolContext, args: NoMoreRestock) -> RestockDropped:
    """Take back the wish to be told when something is there again."""
    return RestockDropped(count=await wishes.leave_wait_list(ctx, args.sku))


async def save_address(ctx: ToolContext, args: SaveAddress) -> AddressView:
    """Keep an address for the account, read from free text.

    Raises NotIdentified for a visitor, AddressIncomplete with `missing` and `problems` when it cannot be used.
    """
    if ctx.shopper.proved_customer is None:
        raise customers.NotIdentified(what="address")
    parsed = read_address(args.text, ctx.shop, ctx.language)
    if parsed.address is None or parsed.missing or parsed.problems:
        raise AddressIncomplete(
            missing=list(parsed.missing), problems=[problem.model_dump() for problem in parsed.problems]
        )
    await customers.save_address(ctx.conn, ctx.shopper.proved_customer, parsed.address, ctx.now)
    return parsed.address


async def _standing_offers(ctx: ToolContext) -> list[Offer]:
    first_only = [coupon.code for coupon in ctx.shop.coupons if coupon.first_order_only]
    buyer = await reckoning.buyer(ctx.conn, ctx.shop, ctx.shopper.key, first_only, ctx.now, with_own=True)
    today = ctx.now.astimezone(ctx.shop.zone).date()
    return [
        *offers.coupons_on_offer(ctx.shop, buyer, today, ctx.language),
        *await offers.bundles_on_offer(ctx.conn, ctx.shop, today, ctx.language),
    ]


_READ = Policy(effect="read")
_WRITE = Policy(effect="write")
_MARKED_DOWN = FindProducts(wishes=Wishes(discounted=True), sort="popularity", limit=6, personal=False)

TOOLS: tuple[Tool[Any, Any], ...] = (
    Tool(run=view_cart, args=Nothing, result=CartView, policy=_READ),
    Tool(run=add_to_cart, args=AddToCart, result=CartChanged, policy=_WRITE),
    Tool(run=change_cart, args=ChangeCart, result=CartChanged, policy=_WRITE),
    Tool(run=apply_coupon, args=ApplyCoupon, result=CartView, policy=_WRITE),
    Tool(run=remove_coupon, args=ApplyCoupon, result=CartView, policy=_WRITE),
    Tool(run=use_points, args=UsePoints, result=CartView, policy=_WRITE),
    Tool(run=quote_delivery, args=QuoteDelivery, result=DeliveryOptions, policy=_READ),
    Tool(run=list_offers, args=Nothing, result=Offers, policy=_READ),
    Tool(run=save_wish, args=Wish, result=WishesView, policy=_WRITE),
    Tool(run=list_wishes, args=Nothing, result=WishesView, policy=_READ),
    Tool(run=remove_wish, args=Wish, result=WishesView, policy=_WRITE),
    Tool(run=note_restock, args=RestockWish, result=RestockNoted, policy=_WRITE),
    Tool(run=stop_restock, args=NoMoreRestock, result=RestockDropped, policy=_WRITE),
    Tool(run=save_address, args=SaveAddress, result=AddressView, policy=_WRITE),
)


def tools(search: Search) -> tuple[Tool[Any, Any], ...]:
    """The same tools, with what is marked down among the offers: only the process's search finds that quickly."""
    plain = list_offers

    async def list_offers_and_markdowns(ctx: ToolContext, _args: Nothing) -> Offers:
        """Name the coupons, bundles and marked-down products of today, only those that still can be had."""
        found = await search.find(ctx, _MARKED_DOWN)
        return Offers(items=(*await _standing_offers(ctx), *offers.markdowns_on_offer(found.items)))

    list_offers_and_markdowns.__name__ = plain.__name__
    with_markdowns = Tool(run=list_offers_and_markdowns, args=Nothing, result=Offers, policy=_READ)
    return tuple(with_markdowns if tool.run is plain else tool for tool in TOOLS)
