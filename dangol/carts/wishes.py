"""What is saved for later, and who waits for what to be back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from dangol.carts import records
from dangol.carts.model import RestockDue, UnknownVariant
from dangol.carts.records import Connection
from dangol.catalog import api as catalog
from dangol.contracts.shopfloor.people import RestockNoted, RestockWish, Wish, WishesView, WishView
from dangol.customers import api as customers
from dangol.kernel.errors import NotFound, Refused
from dangol.kernel.tools import ToolContext

_WAIT = timedelta(days=30)
_FIRST_CLAIM = timedelta(days=1)


class NotAContact(Refused):
    """Neither an e-mail address nor a phone number, so nobody could be told."""

    code = "not_a_contact"
    status = 422


async def save(ctx: ToolContext, wish: Wish) -> WishesView:
    """Save a product, or one variant of it; saving it again changes nothing.

    Raises NotFound for a product not on sale and UnknownVariant for a SKU that is none of its own.
    """
    product = await catalog.product(ctx.conn, wish.product)
    if wish.sku and wish.sku not in {variant.sku for variant in product.variants}:
        raise UnknownVariant(sku=wish.sku)
    sku = wish.sku or _meant(product.handle, wish.product)
    added = await records.save_wish(ctx.conn, ctx.shopper.key, product.handle, sku, ctx.now)
    return (await listed(ctx)).model_copy(update={"added": added})


async def remove(ctx: ToolContext, wish: Wish) -> WishesView:
    """Take a saved variant off the list, or all that was saved of a product; absent ones change nothing."""
    await records.drop_wish(ctx.conn, ctx.shopper.key, wish.product, wish.sku)
    return await listed(ctx)


async def listed(ctx: ToolContext) -> WishesView:
    """What is saved, newest first, with price and stock of now; what is no longer on sale is left out."""
    saved = await records.wishes(ctx.conn, ctx.shopper.key)
    handles = list(dict.fromkeys(handle for handle, _ in saved))
    while True:
        try:
            found = {one.handle: one for one in await catalog.products(ctx.conn, handles)}
            break
        except NotFound as gone:  # one is not on sale any more: show the others
            handles.remove(str(gone.details["product"]))
    items = []
    for handle, sku in saved:
        product = found.get(handle)
        variants = [one for one in product.variants if not sku or one.sku == sku] if product else []
        if not product or not variants:
            continue
        shown = min(
            (one for one in variants if one.stock > 0), key=lambda one: one.price, default=variants[0]
        )
        items.append(
            WishView(
                product=handle,
                sku=sku or None,
                title=ctx.shop.say(product.title, ctx.language),
                price=ctx.shop.minor(shown.price),
                in_stock=any(one.stock > 0 for one in variants),
                image=shown.image or next(iter(product.images), ""),
                options=product.options_of(shown, ctx.language, ctx.shop.language) if sku else {},
            )
        )
    return WishesView(items=tuple(items))


# what was agreed to by asking for it, kept word for word
_AGREED = {
    "ko": "기다리는 상품이 다시 들어오면 남긴 연락처로 한 번 알려 달라고 하셨어요.",
    "en": "Asked to be told once, at the contact given, when the awaited goods are back.",
}


async def await_restock(ctx: ToolContext, wish: RestockWish) -> RestockNoted:
    """Note that somebody wants to be told once when a variant is back, within 30 days.

    A known customer is told where the shop knows them; `needs` is `contact` (and nothing is noted) while there is no
    way to tell them. Raises UnknownVariant, NotAContact.
    """
    variant = (await catalog.variants(ctx.conn, [wish.sku], ctx.language, ctx.shop)).get(wish.sku)
    if variant is None or not variant.active:
        raise UnknownVariant(sku=wish.sku)
    contact = _contact(wish.to) if wish.to else await _known_contact(ctx, wish.by)
    noted = RestockNoted(title=variant.title, options=variant.options)
    if not contact:
        return noted.model_copy(update={"needs": "contact"})
    until = ctx.now + _WAIT
    channel: Literal["email", "sms"] = _channel(contact)
    await records.note_restock(ctx.conn, ctx.shopper.key, wish.sku, contact, ctx.language, ctx.now, until)
    await customers.give_consent(
        ctx.conn,
        ctx.shopper.key,
        purpose="restock",
        channel=channel,
        wording=_AGREED["ko" if ctx.language.startswith("ko") else "en"],
        now=ctx.now,
    )
    ahead = await records.waiting_longer(ctx.conn, ctx.shopper.key, wish.sku, ctx.now)
    return noted.model_copy(
        update={
            "until": until.astimezone(ctx.shop.zone).date().isoformat(),
            "ahead": ahead,
            "channel": channel,
        }
    )


async def leave_wait_list(ctx: ToolContext, sku: str | None) -> int:
    """Take the wish to be told back, of one variant or of all; how many stood."""
    gone = await records.drop_restock(ctx.conn, ctx.shopper.key, sku)
    if gone and not await records.waits(ctx.conn, ctx.shopper.key):
        await customers.withdraw_consent(
            ctx.conn, ctx.shopper.key, purpose="restock", channel=None, now=ctx.now
        )
    return gone


async def restock_due(conn: Connection, now: datetime) -> list[RestockDue]:
    """Who is told now that something can be bought again, in the order they asked; each once (`restock_told`).

    No more people are told than there are units: whoever was told within a day has the first claim on theirs.
    """
    waiting = await records.waiting(conn, now)
    shop = await catalog.load_shop(conn) if waiting else None
    if shop is None:
        return []
    sold = await catalog.variants(conn, {one.sku for one in waiting}, shop.language, shop)
    claimed = await records.told_since(conn, now - _FIRST_CLAIM)
    left = {sku: each.stock - claimed.get(sku, 0) for sku, each in sold.items() if each.active}
    due = []
    for one in waiting:
        if left.get(one.sku, 0) > 0:
            left[one.sku] -= 1
            due.append(one)
    return due


async def restock_gone_again(conn: Connection, wish: int, sku: str) -> bool:
    """Whether nothing is left of it after all; the wish then stands again, in its old place."""
    shop = await catalog.load_shop(conn)
    sold = await catalog.variants(conn, [sku], shop.language, shop) if shop else {}
    if sku in sold and sold[sku].active and sold[sku].stock > 0:
        return False
    await records.wait_again(conn, wish)
    return True


async def restock_told(conn: Connection, wish: int, now: datetime) -> bool:
    """Note that somebody was told; False when that was done before, so that nobody is told twice."""
    async with conn.transaction():
        return await records.mark_told(conn, wish, now)


def _meant(handle: str, named: str) -> str:
    """A product named by one of its SKUs means that variant."""
    return named if named != handle and not named.isdecimal() else ""


def _contact(said: str) -> str:
    said = said.strip()
    contact = said if customers.is_email(said) else customers.plain_phone(said)
    if not contact:
        raise NotAContact(value=said[:100])
    return contact


def _channel(contact: str) -> Literal["email", "sms"]:
    return "email" if "@" in contact else "sms"


async def _known_contact(ctx: ToolContext, by: Literal["email", "sms"] | None) -> str:
    """Where the shop knows them, by the channel that was asked for; "" where it knows none of that kind."""
    customer = (
        await customers.customer(ctx.conn, ctx.shopper.customer_id) if ctx.shopper.customer_id else None
    )
    known = [customer.email, customer.phone] if customer else []
    known.append(await records.restock_contact(ctx.conn, ctx.shopper.key))
    return next((each for each in known if each and by in (None, _channel(each))), "")
