"""What a search asked for and the shop sells, but not at this moment: which, and in what it still comes."""

from __future__ import annotations

from collections.abc import Sequence

from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.steps import Steps, ask
from dangol.assistant.speak.lines import Line, line
from dangol.assistant.state import Pending
from dangol.contracts.shopfloor.products import (
    Availability,
    CheckAvailability,
    FindProducts,
    FoundProducts,
    ProductCard,
    Wishes,
)
from dangol.kernel.words import measures


def gone_among(desk: Desk, wishes: Wishes, found: FoundProducts) -> Steps[list[ProductCard]]:
    """The goods that meet the wishes and are sold out, all of them; [] when some can be had or there are none."""
    if found.items and not {each.kind for each in found.loosened} & {
        "category",
        "text",
        "size",
        "color",
        "brand",
    }:
        return []
    wanted = FindProducts(wishes=wishes, limit=3, in_stock_only=False, personal=False)
    there = yield from ask("find_products", wanted, FoundProducts)
    gone = [card for card in there.items if not card.in_stock]
    if found.loosened and there.items and not there.loosened and not gone:
        return (yield from _gone_in_that(desk, there.items))
    return [] if there.loosened or len(gone) != len(there.items) else gone


def told_gone(desk: Desk, card: ProductCard) -> Pending:
    """What is remembered of it, so that "when is it back" and "tell me then" are understood."""
    return Pending(
        intent="notify_restock",
        awaits="",
        product=card.product,
        sku=card.sku,
        colors=desk.colors,
        sizes=desk.sizes,
    )


def _gone_in_that(desk: Desk, items: Sequence[ProductCard]) -> Steps[list[ProductCard]]:
    """Those that come in the colour or size named, where it is sold out in each of them."""
    if not (desk.colors or desk.sizes):
        return []
    for card in items:
        wanted = CheckAvailability(product=card.product, colors=desk.colors, sizes=desk.sizes)
        found = yield from ask("check_availability", wanted, Availability)
        if found.ambiguous_size or any(variant.stock > 0 for variant in found.matching):
            return []
    return list(items)


def gone_lines(desk: Desk, gone: Sequence[ProductCard]) -> Steps[tuple[Line, ...]]:
    """What is sold out: the very option that was named, with those there are, else the whole product."""
    if len(gone) > 1:
        return (line("sold_out_here", titles=[card.title for card in gone]),)
    found = yield from ask("check_availability", CheckAvailability(product=gone[0].product), Availability)
    named = [
        each
        for each in found.matching
        if each.stock <= 0
        and (
            each.color in desk.colors
            or any(measures.names(desk.text, value) for value in each.options.values())
        )
    ]
    there = [" / ".join(each.options.values()) for each in found.matching if each.stock > 0]
    if len(named) != 1 or not there:
        return (line("sold_out_here", titles=[gone[0].title]),)
    options = " / ".join(named[0].options.values())
    return (
        line("sold_out", title=gone[0].title, options=options),
        line("others_in_stock", options=there[:8]),
    )
