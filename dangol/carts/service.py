"""What can be done with a cart: put in, change, take out, merge, count what an order used up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from dangol.carts import giving, personal_records, records
from dangol.carts.model import (
    AnotherProduct,
    NotAQuantity,
    NotInCart,
    SoldOut,
    StoredCart,
    StoredLine,
    UnknownVariant,
)
from dangol.carts.reckoning import priced, view
from dangol.carts.records import Connection
from dangol.catalog import api as catalog
from dangol.catalog.api import SoldVariant
from dangol.contracts.shopfloor.baskets import CartChanged
from dangol.customers import api as customers
from dangol.kernel.shop import Shop
from dangol.kernel.tools import Shopper

_MOST = 9_999


async def cart_id(conn: Connection, shopper: Shopper) -> int:
    """The number of a shopper's cart, made when there is none."""
    return await records.cart_id(conn, shopper.key)


async def lock(conn: Connection, number: int) -> None:
    """Let nobody else change this cart, or take the last of a limited bundle, until the transaction ends.

    To be called before the price an order is placed at is reckoned: of two buyers of the last bundle the second then
    sees the price without it.
    """
    await records.lock(conn, number)
    await personal_records.lock_of_cart(conn, number)
    shop = await catalog.load_shop(conn)
    if shop:
        await records.lock_bundles(conn, [bundle.code for bundle in shop.bundles if bundle.limit is not None])


async def add(
    conn: Connection, shop: Shop, shopper: Shopper, sku: str, quantity: int, language: str, now: datetime
) -> CartChanged:
    """Put so many more of a variant in the cart, at most what is in stock.

    Raises UnknownVariant, SoldOut, NotAQuantity.
    """
    if not 1 <= quantity <= _MOST:
        raise NotAQuantity(quantity=quantity)
    async with conn.transaction():
        variant = await _sold(conn, shop, sku, language)
        number, stored = await locked(conn, shopper)
        already = next((line.quantity for line in stored.lines if line.sku == variant.sku), 0)
        wanted = already + quantity
        kept = await _put(conn, number, variant, wanted, now)
    return await _changed(conn, shop, shopper, variant, kept, quantity, kept < wanted, language, now)


async def set_quantity(
    conn: Connection,
    shop: Shop,
    shopper: Shopper,
    sku: str,
    quantity: int,
    now: datetime,
    language: str | None = None,
) -> CartChanged:
    """Make a line hold exactly so many, at most what is in stock; 0 takes it out, a new variant is put in.

    Raises UnknownVariant, SoldOut, NotAQuantity; NotInCart when there is nothing to take out.
    """
    if not 0 <= quantity <= _MOST:
        raise NotAQuantity(quantity=quantity)
    language = language or shop.language
    async with conn.transaction():
        number, stored = await locked(conn, shopper)
        if quantity == 0:
            line = _line_of(stored, sku)
            variant = (await catalog.variants(conn, [line.sku], language, shop)).get(line.sku)
            await records.drop_line(conn, number, line.sku, now)
            kept = 0
        else:
            variant = await _sold(conn, shop, sku, language)
            kept = await _put(conn, number, variant, quantity, now)
            line = StoredLine(sku=variant.sku, quantity=kept, unit_price=0, title=variant.title)
    return await _changed(
        conn, shop, shopper, variant or line, kept, quantity, kept < quantity, language, now
    )


async def change(
    conn: Connection,
    shop: Shop,
    shopper: Shopper,
    sku: str,
    quantity: int | None,
    swap_for: str | None,
    language: str,
    now: datetime,
) -> CartChanged:
    """Set the quantity of a line that lies in the cart, or swap it for another variant of the same product.

    Raises NotInCart, AnotherProduct, UnknownVariant, SoldOut, NotAQuantity.
    """
    stored = await records.cart(conn, shopper.key)
    line = _line_of(stored, sku)
    if not swap_for or swap_for == line.sku:
        wanted = line.quantity if quantity is None else quantity
        return await set_quantity(conn, shop, shopper, line.sku, wanted, now, language)
    if quantity is not None and not 1 <= quantity <= _MOST:
        raise NotAQuantity(quantity=quantity)
    async with conn.transaction():
        number, stored = await locked(conn, shopper)
        line = _line_of(stored, sku)
        new = await _sold(conn, shop, swap_for, language)
        old = (await catalog.variants(conn, [line.sku], language, shop)).get(line.sku)
        if old and old.product != new.product:
            raise AnotherProduct(title=new.title)
        if new.stock <= 0:
            raise SoldOut(sku=new.sku, title=new.title, options=new.options, stock=0)
        already = next(
            (one.quantity for one in stored.lines if one.sku == new.sku and one.sku != line.sku), 0
        )
        wanted = (line.quantity if quantity is None else quantity) + already
        kept = min(wanted, new.stock)
        await records.swap_line(conn, number, line.sku, new.sku, kept, new.price.amount, new.title, now)
    return await _changed(conn, shop, shopper, new, kept, wanted, kept < wanted, language, now)


async def empty(conn: Connection, number: int) -> None:
    """Take everything out of a cart: lines, codes, and the wish to use points."""
    async with conn.transaction():
        await records.empty(conn, number)


async def adopt(conn: Connection, from_key: str, to_key: str) -> None:
    """Hand all that hangs on a visitor to the customer they turned out to be: cart, wishes, preferences.

    Quantities of the same variant are added, at most what is in stock now; doing it again changes nothing.
    """
    if from_key == to_key:
        return
    async with conn.transaction():
        await customers.adopt(conn, from_key, to_key)
        await records.move_wishes(conn, from_key, to_key)
        await personal_records.move(conn, from_key, to_key)
        theirs = await records.cart(conn, from_key)
        if theirs.id is None:
            return
        mine = await records.cart_id(conn, to_key)
        for number in sorted((theirs.id, mine)):
            await records.lock(conn, number)
        theirs, own = await records.cart(conn, from_key), await records.cart(conn, to_key)
        if theirs.id is not None:
            await records.take_lines(conn, mine, theirs.id, await _together(conn, theirs, own))


async def redeem(
    conn: Connection, number: int, order_number: str, now: datetime, *, shop: Shop | None = None
) -> None:
    """Count what an order used up, the coupons that counted and units of bundles; once per order.

    The cart must still be full. Without `shop` the shop on record is asked.
    """
    async with conn.transaction():
        stored, key = await records.cart_of(conn, number)
        shop = shop or await catalog.load_shop(conn)
        used: Mapping[tuple[str, str], int] = {("coupon", code): 1 for code in stored.codes}
        if shop:
            _, outcome = await priced(conn, shop, key, stored, shop.language, now)
            bundles = {("bundle", code): times for code, times in outcome.bundles}
            used = {("coupon", code): 1 for code in outcome.coupons} | bundles
        await giving.use(conn, [code for kind, code in used if kind == "coupon"], order_number)
        await records.note_redemptions(conn, order_number, key, used, now)


async def unredeem(conn: Connection, order_number: str) -> None:
    """Give back what an order used up; nothing happens when it is given back already."""
    async with conn.transaction():
        await records.drop_redemptions(conn, order_number)
        await personal_records.free(conn, order_number)


async def _together(conn: Connection, theirs: StoredCart, own: StoredCart) -> dict[str, int]:
    """Quantities by SKU after a merge; what lay in a cart stays to be seen even when it is sold out by now."""
    shop = await catalog.load_shop(conn)
    sold = (
        await catalog.variants(conn, [line.sku for line in theirs.lines], shop.language, shop) if shop else {}
    )
    already = {line.sku: line.quantity for line in own.lines}
    kept = {}
    for line in theirs.lines:
        wanted = line.quantity + already.get(line.sku, 0)
        stock = sold[line.sku].stock if line.sku in sold else wanted
        kept[line.sku] = max(min(wanted, stock), already.get(line.sku, 0), 1)
    return kept


async def locked(conn: Connection, shopper: Shopper) -> tuple[int, StoredCart]:
    """A shopper's cart, made when there is none, for this transaction alone."""
    number = await records.cart_id(conn, shopper.key)
    await records.lock(conn, number)
    return number, await records.cart(conn, shopper.key)


async def _sold(conn: Connection, shop: Shop, sku: str, language: str) -> SoldVariant:
    variant = (await catalog.variants(conn, [sku], language, shop)).get(sku)
    if variant is None or not variant.active:
        raise UnknownVariant(sku=sku)
    return variant


async def _put(conn: Connection, number: int, variant: SoldVariant, wanted: int, now: datetime) -> int:
    if variant.stock <= 0:
        raise SoldOut(sku=variant.sku, title=variant.title, options=variant.options, stock=0)
    kept = min(wanted, variant.stock)
    await records.put_line(conn, number, variant.sku, kept, variant.price.amount, variant.title, now)
    return kept


async def _changed(
    conn: Connection,
    shop: Shop,
    shopper: Shopper,
    what: SoldVariant | StoredLine,
    quantity: int,
    asked: int,
    limited: bool,
    language: str,
    now: datetime,
) -> CartChanged:
    return CartChanged(
        cart=await view(conn, shop, shopper, language, now),
        sku=what.sku,
        title=what.title,
        options=what.options if isinstance(what, SoldVariant) else {},
        quantity=quantity,
        asked=asked,
        limited=limited,
    )


def _line_of(stored: StoredCart, sku: str) -> StoredLine:
    for line in stored.lines:
        if line.sku == sku:
            return line
    raise NotInCart(sku=sku)
