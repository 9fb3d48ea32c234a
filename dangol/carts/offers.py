"""What is on offer: coupons anybody may use, bundles, products marked down."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from dangol.carts import reckoning
from dangol.carts.bundles import bundles_on
from dangol.carts.delivery.places import read_country, read_place
from dangol.carts.delivery.quotes import Place, delivers_to, place_of, quotes
from dangol.carts.geography.countries import home_country
from dangol.carts.model import Buyer
from dangol.carts.pricing import coupon_trouble
from dangol.carts.records import Connection
from dangol.catalog import api as catalog
from dangol.contracts.shopfloor.baskets import (
    BundleInReach,
    CartView,
    DeliveryOptions,
    Offer,
    QuoteDelivery,
)
from dangol.contracts.shopfloor.products import ProductCard
from dangol.customers import api as customers
from dangol.kernel.errors import NotFound
from dangol.kernel.money import Money, share
from dangol.kernel.shop import Bundle, Coupon, Shop
from dangol.kernel.tools import ToolContext


def coupons_on_offer(shop: Shop, buyer: Buyer, today: date, language: str) -> list[Offer]:
    """Coupons that this buyer can use today (a minimum to be met counts as usable): their own, then everybody's."""
    told = (*buyer.own, *(coupon for coupon in shop.coupons if coupon.public))
    return [
        _coupon_offer(shop, coupon, language)
        for coupon in told
        if coupon_trouble(shop, coupon.code, buyer, None, today) is None
    ]


async def bundles_on_offer(conn: Connection, shop: Shop, today: date, language: str) -> list[Offer]:
    """Bundles of today with something left, every part of them in stock, with what the parts cost alone."""
    left = await reckoning.bundles_left(conn, shop)
    offers = []
    for bundle in bundles_on(shop, today, left):
        if offer := await _bundle_offer(conn, shop, bundle, left.get(bundle.code), language):
            offers.append(offer)
    return offers


async def bundle_in_reach(
    conn: Connection, shop: Shop, product: str, cart: CartView, today: date, language: str
) -> BundleInReach | None:
    """The bundle on offer that a product in the cart belongs to and that lacks just one other, in stock; the one that
    saves most against what its parts cost as they lie there. None where none saves anything, or a bundle is in use."""
    if any(one.kind == "bundle" for one in cart.discounts):
        return None
    prices = {line.product: line.unit_price.amount for line in cart.lines}
    left = await reckoning.bundles_left(conn, shop)
    found = []
    for bundle in bundles_on(shop, today, left):
        missing = [handle for handle in bundle.products if handle not in prices]
        if product not in bundle.products or len(missing) != 1:
            continue
        try:
            (other,) = await catalog.products(conn, missing)
        except NotFound:
            continue
        least = min((variant.price for variant in other.variants if variant.stock > 0), default=None)
        price = shop.money(bundle.price)
        if least is None:
            continue
        saves = sum(prices[handle] for handle in bundle.products if handle in prices) + least - price.amount
        if saves > 0:
            title = catalog.say(other.title, language, shop.language)
            found.append(
                BundleInReach(
                    title=shop.say(bundle.title, language),
                    product=other.handle,
                    product_title=title,
                    price=price,
                    saves=shop.minor(saves),
                )
            )
    return max(found, key=lambda one: one.saves.amount, default=None)


def markdowns_on_offer(cards: Iterable[ProductCard]) -> list[Offer]:
    """Products marked down, with the price now and before."""
    return [
        Offer(
            kind="markdown",
            title=card.title,
            percent=_percent_off(card.price, card.compare_at),
            price=card.price,
            instead_of=card.compare_at,
            products=(card.product,),
        )
        for card in cards
        if card.compare_at and card.price < card.compare_at
    ]


async def delivery_options(ctx: ToolContext, asked: QuoteDelivery) -> DeliveryOptions:
    """What delivery costs to a place said in free text, for what lies in the cart or for one product.

    Without a place a known customer's last address is quoted, else the country the shopper's setting names where the
    shop delivers there, else the shop's home zone; then `known_place` is False.
    Raises NotFound for an unknown product.
    """
    said = asked.place.strip()
    place = read_place(said, ctx.shop, ctx.language) if said else None
    known = place is not None
    if place is None and ctx.shopper.proved_customer:
        saved = await customers.addresses(ctx.conn, ctx.shopper.proved_customer)
        place = place_of(saved[0]) if saved else None
    if place is None and ctx.shopper.country:
        place = read_country(ctx.shopper.country, ctx.language)
        if place is not None and not delivers_to(ctx.shop, place):
            place = None  # nobody said that they are there: a setting alone is no wish to have it sent abroad
        known = place is not None
    goods = await _goods(ctx, asked.product)
    home = Place(country=home_country(ctx.shop), sure=False)
    offered = quotes(ctx.shop, place or home, goods, ctx.now, ctx.language)
    return DeliveryOptions(
        understood=place.understood if place else "",
        served=delivers_to(ctx.shop, place or home),
        known_place=known,
        quotes=offered,
        total=goods + offered[0].whole if goods is not None and offered else None,
    )


async def _goods(ctx: ToolContext, product: str | None) -> Money | None:
    """What is paid for the goods after bundles and coupons; None when there is nothing to reckon with."""
    if product:
        found = await catalog.product(ctx.conn, product)
        return ctx.shop.minor(min(variant.price for variant in found.variants))
    cart = await reckoning.view(ctx.conn, ctx.shop, ctx.shopper, ctx.language, ctx.now)
    if not cart.lines:
        return None
    free = {coupon.code for coupon in ctx.shop.coupons if coupon.type == "free_shipping"}
    cuts = [one.amount.amount for one in cart.discounts if one.kind != "points" and one.code not in free]
    return ctx.shop.minor(cart.subtotal.amount - sum(cuts))


def _coupon_offer(shop: Shop, coupon: Coupon, language: str) -> Offer:
    return Offer(
        kind="coupon",
        title=shop.say(coupon.title, language) or coupon.code,
        code=coupon.code,
        percent=int(coupon.value) if coupon.type == "percent" and coupon.value == int(coupon.value) else None,
        amount=shop.money(coupon.value) if coupon.type == "amount" else None,
        min_subtotal=shop.money(coupon.min_subtotal) if coupon.min_subtotal is not None else None,
        ends=coupon.ends,
        first_order_only=coupon.first_order_only,
    )


async def _bundle_offer(
    conn: Connection, shop: Shop, bundle: Bundle, left: int | None, language: str
) -> Offer | None:
    try:
        parts = await catalog.products(conn, bundle.products)
    except NotFound:
        return None
    prices = [[variant.price for variant in part.variants if variant.stock > 0] for part in parts]
    if not all(prices):
        return None
    alone = sum(min(some) for some in prices)
    price = shop.money(bundle.price)
    if alone <= price.amount:
        return None
    return Offer(
        kind="bundle",
        title=shop.say(bundle.title, language),
        code=bundle.code,
        price=price,
        instead_of=shop.minor(alone),
        ends=bundle.ends,
        products=bundle.products,
        left=left,
    )


def _percent_off(price: Money, before: Money) -> int:
    """Whole percent, never more than what is really taken off."""
    percent = (before.amount - price.amount) * 100 // before.amount
    return percent if share(before.amount, Decimal(percent)) <= before.amount - price.amount else percent - 1
