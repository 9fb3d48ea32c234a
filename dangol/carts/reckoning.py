"""A stored cart with its whole price of this moment: what the catalog, the customer and the way to go say of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dangol.carts import giving, records
from dangol.carts.delivery.quotes import Place, place_of, quote
from dangol.carts.geography.countries import home_country
from dangol.carts.model import Basket, Buyer, Priced, PricedLine, StoredCart, StoredLine
from dangol.carts.pricing import coupon_named, price
from dangol.carts.records import Connection
from dangol.catalog import api as catalog
from dangol.catalog.api import SoldVariant
from dangol.contracts.shopfloor.baskets import CartLine, CartView, DeliveryQuote
from dangol.contracts.shopfloor.people import AddressView
from dangol.customers import api as customers
from dangol.kernel.shop import Shop
from dangol.kernel.tools import Shopper


async def view(
    conn: Connection,
    shop: Shop,
    shopper: Shopper,
    language: str,
    now: datetime,
    destination: AddressView | None = None,
    method: str | None = None,
) -> CartView:
    """The cart with its whole price of this moment, delivery to `destination` included.

    Without a destination a known customer's last address is taken, else the country the shopper's setting names,
    else the shop's home zone; none of them is sure.
    A sold-out or withdrawn line stays to be seen, with a total of 0, and is not part of the price.
    """
    stored = await records.cart(conn, shopper.key)
    shown, _ = await priced(
        conn, shop, shopper.key, stored, language, now, destination, method, country=shopper.country
    )
    return shown


async def priced(
    conn: Connection,
    shop: Shop,
    key: str,
    stored: StoredCart,
    language: str,
    now: datetime,
    destination: AddressView | None = None,
    method: str | None = None,
    *,
    country: str = "",
) -> tuple[CartView, Priced]:
    """A stored cart as it is shown, and the price in minor units with what it uses up."""
    sold = (
        await catalog.variants(conn, [line.sku for line in stored.lines], language, shop)
        if stored.lines
        else {}
    )
    lines = tuple(_line(shop, line, sold.get(line.sku)) for line in stored.lines)
    who = await buyer(conn, shop, key, stored.codes, now)
    delivery = (
        await _delivery(conn, shop, key, destination, method, language, now, country) if lines else None
    )
    basket = Basket(
        lines=tuple(
            PricedLine(
                sku=one.sku, product=one.product, quantity=one.quantity, unit_price=one.unit_price.amount
            )
            for one in lines
            if one.problem not in ("sold_out", "gone")
        ),
        codes=stored.codes,
        points_wanted=stored.points,
        buyer=who,
        left=tuple((await bundles_left(conn, shop)).items()) if lines else (),
    )
    outcome = price(shop, basket, delivery, now.astimezone(shop.zone).date(), language)
    shown = CartView(
        lines=lines,
        subtotal=shop.minor(outcome.subtotal),
        discounts=outcome.discounts,
        quote=outcome.quote,
        total=shop.minor(outcome.total),
        troubles=outcome.troubles,
        earns=outcome.earns,
    )
    return shown, outcome


def _customer_of(key: str) -> int | None:
    kind, _, number = key.partition(":")
    return int(number) if kind == "customer" else None


async def buyer(
    conn: Connection, shop: Shop, key: str, codes: Sequence[str], now: datetime, *, with_own: bool = False
) -> Buyer:
    """What the price depends on in a person; `codes` are the coupons in question.

    Coupons given to this person are looked up where one of the codes is not the shop's, or they are asked for.
    """
    customer = _customer_of(key)
    standing = await customers.standing(conn, customer, now) if customer else None
    first_only = [coupon.code for coupon in shop.coupons if coupon.first_order_only]
    asked = any((coupon := coupon_named(shop, code)) and coupon.first_order_only for code in codes)
    redeemed = asked and await records.has_redeemed(conn, key, first_only)
    foreign = with_own or any(coupon_named(shop, code) is None for code in codes)
    given = await giving.given_to(conn, key) if foreign else []
    return Buyer(
        own=giving.as_coupons(shop, given),
        used=tuple(each.code for each in given if each.order_number is not None),
        points=standing.points if standing else 0,
        spent=standing.spent if standing else 0,
        first_order=not redeemed and not (standing and standing.bought_before),
    )


async def _delivery(
    conn: Connection,
    shop: Shop,
    key: str,
    destination: AddressView | None,
    method: str | None,
    language: str,
    now: datetime,
    country: str = "",
) -> DeliveryQuote | None:
    place = place_of(destination) if destination else None
    customer = _customer_of(key)
    if place is None and customer:
        saved = await customers.addresses(conn, customer)
        known = place_of(saved[0]) if saved else Place(country=home_country(shop))
        place = Place(country=known.country, region=known.region, postcode=known.postcode, sure=False)
    if place is None and country:
        place = Place(country=country, sure=False)
    found = quote(shop, place, None, now, language, method) or quote(shop, place, None, now, language)
    return found or (quote(shop, None, None, now, language) if destination is None else None)


async def bundles_left(conn: Connection, shop: Shop) -> dict[str, int]:
    """How many units of each limited bundle are left, by code."""
    limits = {bundle.code: bundle.limit for bundle in shop.bundles if bundle.limit is not None}
    sold = await records.bundle_units(conn, list(limits))
    return {code: max(limit - sold.get(code, 0), 0) for code, limit in limits.items()}


def _line(shop: Shop, line: StoredLine, variant: SoldVariant | None) -> CartLine:
    was = shop.minor(line.unit_price)
    if variant is None or not variant.active:
        return CartLine(
            sku=line.sku,
            product=variant.product if variant else "",
            title=line.title or line.sku,
            options={},
            quantity=line.quantity,
            unit_price=was,
            total=shop.minor(0),
            stock=0,
            problem="gone",
        )
    sold_out, too_few = variant.stock <= 0, variant.stock < line.quantity
    changed = variant.price != was
    return CartLine(
        sku=line.sku,
        product=variant.product,
        title=variant.title,
        options=variant.options,
        quantity=line.quantity,
        unit_price=variant.price,
        total=shop.minor(0) if sold_out else variant.price * line.quantity,
        compare_at=variant.compare_at,
        image=variant.image,
        stock=variant.stock,
        problem="sold_out" if sold_out else "too_few" if too_few else "price_changed" if changed else None,
        was=was if changed else None,
    )
