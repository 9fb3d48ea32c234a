"""What the assistant may ask and do about carts; no verb here sets a price."""

from __future__ import annotations

from typing import Any

from dangol.carts import coupons, service
from dangol.contracts.shopfloor.baskets import (
    AddToCart,
    ApplyCoupon,
    CartChanged,
    CartView,
    ChangeCart,
    UsePoints,
)
from dangol.contracts.shopfloor.people import Nothing
from dangol.kernel.tools import Policy, Tool, ToolContext


async def view_cart(ctx: ToolContext, _args: Nothing) -> CartView:
    """Show the cart with its whole price of this moment."""
    return await service.view(ctx.conn, ctx.shop, ctx.shopper, ctx.language, ctx.now)


async def add_to_cart(ctx: ToolContext, args: AddToCart) -> CartChanged:
    """Put a variant in the cart, at most as many as are in stock.

    Raises UnknownVariant, SoldOut, NotAQuantity.
    """
    return await service.add(ctx.conn, ctx.shop, ctx.shopper, args.sku, args.quantity, ctx.language, ctx.now)


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


_READ = Policy(effect="read")
_WRITE = Policy(effect="write")

TOOLS: tuple[Tool[Any, Any], ...] = (
    Tool(run=view_cart, args=Nothing, result=CartView, policy=_READ),
    Tool(run=add_to_cart, args=AddToCart, result=CartChanged, policy=_WRITE),
    Tool(run=change_cart, args=ChangeCart, result=CartChanged, policy=_WRITE),
    Tool(run=apply_coupon, args=ApplyCoupon, result=CartView, policy=_WRITE),
    Tool(run=remove_coupon, args=ApplyCoupon, result=CartView, policy=_WRITE),
    Tool(run=use_points, args=UsePoints, result=CartView, policy=_WRITE),
)
