"""One thing that goes with an order, offered after it: bought together first, in stock, of a size that fits; never where it
is out of place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from dangol.catalog import api as catalog
from dangol.catalog.api import Product, Variant
from dangol.contracts.shopfloor.offers import AnswerOffer, OfferAnswered, OfferWithOrder, OrderOffer
from dangol.contracts.shopfloor.products import MatchingProducts, ProductCard
from dangol.customers import api as customers
from dangol.kernel.errors import NotFound
from dangol.kernel.ids import derived_id
from dangol.kernel.tools import ToolContext
from dangol.orders import api as orders
from dangol.orders.api import LineRow, OrderAmount
from dangol.outreach import offer_records, outlook_records
from dangol.outreach.following_up import Troubled
from dangol.outreach.offer_records import OfferRow
from dangol.outreach.watching import WORTH_A_LOOK
from dangol.returns import api as returns

REST = timedelta(days=7)
"""So long after a no nothing is offered (the law against repeated nagging, 전자상거래법 제21조의2)."""
NO_OFFERS = "no_offers"
"""The preference of who wants nothing offered; seen and deleted with the others."""
_A_DAY = timedelta(hours=20)
_GOOD = frozenset({"paid", "preparing", "shipped", "delivered"})
_LOOKED_AT = 8


async def offer_with(
    ctx: ToolContext, asked: OfferWithOrder, search: catalog.Search, troubled: Troubled
) -> OrderOffer:
    """The offer with an order, written down as shown; an empty one where none is to be made."""
    order = await orders.order_for(ctx.conn, ctx.shopper, asked.order)
    if not await _welcome(ctx, order, troubled):
        return OrderOffer()
    row = await orders.order_row(ctx.conn, order.number)
    assert row is not None
    lines = sorted(await orders.lines_of(ctx.conn, row), key=lambda line: -line.total)
    bought = {line.product for line in lines}
    for line in lines:
        found = await _companion(ctx, line, bought, search)
        if found is not None:
            return await _written(ctx, order.number, line, *found)
    return OrderOffer()


async def _welcome(ctx: ToolContext, order: OrderAmount, troubled: Troubled) -> bool:
    """Whether an offer is in place: in this shop, wanted, not made or refused of late, and nothing wrong."""
    if not ctx.shop.outreach.offers or order.status not in _GOOD or not await _wanted(ctx):
        return False
    conn, talk = ctx.conn, ctx.shopper.conversation_id
    if await offer_records.made(conn, order.number) or await offer_records.rests(
        conn, ctx.shopper.key, talk, ctx.now - REST, ctx.now - _A_DAY
    ):
        return False
    late = await outlook_records.share_of(conn, order.number) >= WORTH_A_LOOK
    return not (late or await returns.open_return_of(conn, order.number) or await troubled(conn, talk))


async def _wanted(ctx: ToolContext) -> bool:
    """Whether this shopper wants to be offered anything: not with personalisation off, nor once they said no to it."""
    key = ctx.shopper.key
    told = await customers.preferences(ctx.conn, key)
    refused = (await customers.agreed_to_advertising(ctx.conn, key))[1]
    return ctx.shopper.personal and not refused and all(each.value != NO_OFFERS for each in told)


async def _companion(
    ctx: ToolContext, line: LineRow, bought: set[str], search: catalog.Search
) -> tuple[ProductCard, Variant, Product, int] | None:
    try:
        product = await catalog.product(ctx.conn, line.product)
    except NotFound:
        return None  # sold no more
    variant = next((each for each in product.variants if each.sku == line.sku), None)
    found = await search.matching(ctx, product, MatchingProducts(product=line.product, limit=_LOOKED_AT))
    for card, many in _together_first(found.items):
        if card.product in bought:
            continue
        offered = await catalog.product(ctx.conn, card.product)
        fitting = catalog.companion(product, variant, offered)
        if fitting is not None:
            return card, fitting, offered, many
    return None


def _together_first(cards: tuple[ProductCard, ...]) -> Iterator[tuple[ProductCard, int]]:
    """What was bought together before what goes with it by what it is, each with the orders of both."""
    counted = [
        (card, max((int(one.value) for one in card.reasons if one.kind == "bought_together"), default=0))
        for card in cards
    ]
    return iter(sorted(counted, key=lambda each: -each[1]))


async def _written(
    ctx: ToolContext,
    order: str,
    line: LineRow,
    card: ProductCard,
    variant: Variant,
    offered: Product,
    many: int,
) -> OrderOffer:
    price = ctx.shop.minor(variant.price)
    row = OfferRow(
        id=derived_id("o", order, variant.sku),
        order_number=order,
        shopper_key=ctx.shopper.key,
        conversation_id=ctx.shopper.conversation_id,
        bought_sku=line.sku,
        product=card.product,
        sku=variant.sku,
        reason="bought_together" if many else "goes_with",
        price=variant.price,
        shown_at=ctx.now,
    )
    if not await offer_records.insert(ctx.conn, row):
        return OrderOffer()
    shown = card.model_copy(update={"sku": variant.sku, "price": price, "price_to": None, "compare_at": None})
    return OrderOffer(
        id=row.id,
        bought=line.title,
        card=shown,
        sku=variant.sku,
        options=offered.options_of(variant, ctx.language, ctx.shop.language),
        price=price,
        orders=many,
    )


async def answer(ctx: ToolContext, said: AnswerOffer) -> OfferAnswered:
    """Note what became of an offer of this conversation. Raises NotFound."""
    row = await offer_records.answer(ctx.conn, said.offer, ctx.shopper.conversation_id, said.answer, ctx.now)
    if row is None:
        raise NotFound(offer=said.offer)
    return OfferAnswered(sku=row.sku)
