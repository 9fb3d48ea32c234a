"""Deciding: what is in stock, in which size and colour, and how many are left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dangol.assistant.minds.embedded import options
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.finding import find_products, shown_items
from dangol.assistant.minds.embedded.naming import which_product
from dangol.assistant.minds.embedded.references import Meant, product_asked
from dangol.assistant.minds.embedded.steps import Answer, Steps, ask
from dangol.assistant.speak import cards
from dangol.assistant.speak.lines import Line, line
from dangol.assistant.state import Pending, ShownItem
from dangol.contracts.shopfloor.products import (
    Availability,
    CheckAvailability,
    FoundProducts,
    SimilarProducts,
    SizeWish,
    VariantView,
    Wishes,
)
from dangol.contracts.shopfloor.shown import variant_item
from dangol.kernel.blocks import ProductsBlock
from dangol.kernel.words import limits

_MOST_LOOKED_AT = 4
_HOW_MANY = re.compile(
    r"(?i)몇\s?(?:개|켤레|벌|장|병|대|권|박스|세트|마리|점)|재고\s?(?:수량|가?\s?(?:몇|얼마))|얼마나\s?(?:남|있)|수량"
    r"|\bhow many\b|\bhow much (?:stock|is left)\b|\bnumber (?:left|in stock)\b|\bquantity\b"
)


def ask_availability(desk: Desk) -> Steps[Answer]:
    """Whether a size or colour of the product meant is in stock at this moment."""
    meant = yield from product_asked(desk)
    if meant is None:
        return (yield from _among_shown(desk))
    colors, sizes = _dimensions(desk, meant)
    wanted = CheckAvailability(product=meant.product, colors=colors, sizes=sizes, audience=desk.audience)
    found = yield from ask("check_availability", wanted, Availability)
    keep: dict[str, Any] = {
        "focus": meant.product,
        "focus_title": found.card.title,
        "pending": Pending(
            intent="ask_availability", awaits="", product=meant.product, colors=colors, sizes=sizes
        ),
        "shown": shown_items((found.card,)),
        "sized": sizes[-1] if sizes else desk.memory.sized,
        "awaits": None,
    }
    if found.ambiguous_size:
        return which_size_system(desk, found, keep)
    narrowed = as_worded(found, desk.text)
    if found.unknown and not narrowed.matching:
        named = as_worded(found.model_copy(update={"matching": found.others, "others": ()}), desk.text)
        narrowed = named if len(named.matching) < len(found.others) else found
    if narrowed.unknown and not narrowed.matching:
        return never_sold(narrowed, keep)
    in_stock = [variant for variant in narrowed.matching if variant.stock > 0]
    if in_stock and _counts(desk):
        return _how_many(desk, narrowed, in_stock, keep)
    if in_stock:
        return available(desk, narrowed, in_stock, keep, narrowed=bool(colors or sizes) or narrowed != found)
    return (yield from sold_out(desk, narrowed, colors, sizes, keep))


def _among_shown(desk: Desk) -> Steps[Answer]:
    """ "Is there one in khaki?" of several on screen: those that come in it; sold out is said of the one that does."""
    shown = desk.memory.shown[:_MOST_LOOKED_AT]
    if not (desk.colors or desk.sizes) and options.says_measure(desk.text):
        only = yield from _the_one_with(desk, shown)
        if only is not None:
            memory = desk.memory.model_copy(update={"focus": only, "shown": ()})
            return (yield from ask_availability(replace(desk, memory=memory)))
    if len(shown) < 2 or desk.values("category") or not (desk.colors or desk.sizes):
        return (yield from find_products(desk) if desk.entities else which_product(desk))
    gone: Availability | None = None
    for item in shown:
        wanted = CheckAvailability(
            product=item.product, colors=desk.colors, sizes=desk.sizes, audience=desk.audience
        )
        found = yield from ask("check_availability", wanted, Availability)
        if found.unknown or found.ambiguous_size:
            continue
        if any(variant.stock > 0 for variant in found.matching):
            return (yield from find_products(desk))
        gone = gone or found
    if gone is None:
        return (yield from find_products(desk))
    pending = Pending(
        intent="ask_availability", awaits="", product=gone.card.product, colors=desk.colors, sizes=desk.sizes
    )
    keep = {"focus": gone.card.product, "focus_title": gone.card.title, "pending": pending, "awaits": None}
    return (yield from sold_out(desk, gone, desk.colors, desk.sizes, keep))


def _the_one_with(desk: Desk, shown: Sequence[ShownItem]) -> Steps[str | None]:
    """ "30 lb in stock?" of several on screen: the only one that comes in it."""
    having = []
    for item in shown:
        found = yield from ask("check_availability", CheckAvailability(product=item.product), Availability)
        every = found.model_copy(update={"matching": (*found.matching, *found.others), "others": ()})
        if len(as_worded(every, desk.text).matching) < len(every.matching):
            having.append(item.product)
    return having[0] if len(having) == 1 else None


def _counts(desk: Desk) -> bool:
    """Whether the number is asked for, now or in the question that had to ask back which product was meant."""
    pending = desk.memory.pending
    before = pending.value if pending is not None and pending.intent == "ask_availability" else ""
    return bool(_HOW_MANY.search(desk.text) or (not desk.text and _HOW_MANY.search(before)))


def _how_many(
    desk: Desk, found: Availability, variants: Sequence[VariantView], keep: dict[str, Any]
) -> Answer:
    """How many of each can be had at this moment."""
    title = found.card.title
    if len(variants) == 1:
        only = available(desk, found, variants, keep, narrowed=True)
        values = cards.variant_words(variants[0].options)
        name = "left_of" if values else "left_of_plain"
        head = line(name, title=title, options=values, left=variants[0].stock)
        return replace(only, lines=(head, *only.lines[1:]))
    rows = [
        line("left_row", options=cards.variant_words(each.options), left=each.stock)
        for each in variants[: options.MOST_NAMED]
    ]
    several = available(desk, found, variants, keep, narrowed=False)
    return replace(several, lines=(line("left_of_each", title=title, rows=rows), *several.lines[1:]))


def as_worded(found: Availability, text: str) -> Availability:
    """The variants whose own option values stand in the message ("M", "270", "500 ml", "4단계"), keep within a limit it
    states ("at least 1 kg") or are the one it means ("the biggest"), where some do; a limit none keeps to is unknown."""
    held = options.within(text, found.matching)
    if held is not None:
        beside = tuple(each for each in found.matching if each not in held)
        asked = () if held else tuple(text[one.start : one.end] for one in limits.find_limits(text.lower()))
        return found.model_copy(
            update={"matching": held, "others": (*beside, *found.others), "unknown": (*found.unknown, *asked)}
        )
    names = dict.fromkeys(name for variant in found.matching for name in variant.options)
    said = {
        name: options.named(text, (each.options[name] for each in found.matching if name in each.options))
        for name in names
    }
    named = {name: values for name, values in said.items() if values}
    fitting = tuple(
        variant
        for variant in found.matching
        if all(variant.options.get(name) in values for name, values in named.items())
    )
    fitting = fitting if named and fitting else options.extreme(text, found.matching)
    if not fitting:
        return found
    left_out = tuple(variant for variant in found.matching if variant not in fitting)
    return found.model_copy(update={"matching": fitting, "others": (*left_out, *found.others)})


def _dimensions(desk: Desk, meant: Meant) -> tuple[tuple[str, ...], tuple[SizeWish, ...]]:
    """Colours and sizes in question: those said now, else those last asked of this same product."""
    colors, sizes = desk.colors, desk.sizes
    pending = desk.memory.pending
    if pending is not None and pending.product == meant.product and (colors or sizes):
        colors = colors or pending.colors
        sizes = sizes or pending.sizes
    return colors, sizes


def available(
    desk: Desk, found: Availability, variants: Sequence[VariantView], keep: dict[str, Any], *, narrowed: bool
) -> Answer:
    """It is there: say what, at what price, and offer to put it in the cart."""
    title = found.card.title
    if len(variants) == 1:
        only = variants[0]
        values = cards.variant_words(only.options)
        name = "in_stock_few" if only.stock <= 3 else "in_stock"
        return Answer(
            lines=(
                line(name if values else f"{name}_plain", title=title, options=values, price=only.price, left=only.stock),
                line("offer_to_add"),
            ),
            blocks=(_variant_block(desk, found, only),),
            choices=(
                (f"add:{only.sku}", line("button_add")),
                (f"reviews:{found.card.product}", line("button_reviews")),
                (f"similar:{found.card.product}", line("button_similar")),
            ),
            keep={
                **keep,
                "focus_sku": only.sku,
                "awaits": "yes_no",
                "pending": Pending(
                    intent="add_to_cart", awaits="yes_no", product=found.card.product, sku=only.sku,
                    colors=keep["pending"].colors, sizes=keep["pending"].sizes,
                ),
            },
        )  # fmt: skip
    name = "in_stock_several" if narrowed else "in_stock_options"
    return Answer(
        lines=(
            line(name, title=title, options=options.there_are(variants, desk.text)),
            line("ask_which_variant"),
        ),
        choices=options.buttons(variants),
        keep={**keep, "awaits": "option"},
    )


def _variant_block(desk: Desk, found: Availability, variant: VariantView) -> ProductsBlock:
    return ProductsBlock(items=(variant_item(found.card, variant, desk.language),))


def sold_out(
    desk: Desk,
    found: Availability,
    colors: tuple[str, ...],
    sizes: tuple[SizeWish, ...],
    keep: dict[str, Any],
) -> Steps[Answer]:
    """It is not there: say so, show similar ones that have it, and offer to tell when it is back."""
    title = found.card.title
    others = [variant for variant in found.others if variant.stock > 0]
    lines: list[Line] = []
    gone = found.matching[0] if len(found.matching) == 1 else None
    if gone is not None and cards.variant_words(gone.options):
        lines.append(line("sold_out", title=title, options=cards.variant_words(gone.options)))
    else:
        lines.append(line("sold_out_all", title=title))
    if others:
        lines.append(line("others_in_stock", options=options.there_are(others)))
    wishes = Wishes(sizes=sizes, colors=())
    similar = yield from ask(
        "similar_products", SimilarProducts(product=found.card.product, wishes=wishes), FoundProducts
    )
    fitting = [card for card in similar.items if card.in_stock] if not similar.loosened else []
    restock = gone or (found.matching[0] if found.matching else None)
    choices = ((f"restock:{restock.sku}", line("button_restock")),) if restock else ()
    keep = {
        **keep,
        "focus_sku": restock.sku if restock else None,
        "pending": Pending(
            intent="notify_restock", awaits="", product=found.card.product, sku=restock.sku if restock else None,
            colors=colors, sizes=sizes, options=restock.options if restock else {},
        ),
    }  # fmt: skip
    if fitting:
        lines.append(line("similar_with_size" if sizes else "similar"))
        keep["shown"] = shown_items(fitting)
    blocks = (cards.products(fitting, desk.language, desk.shop),) if fitting else ()
    return Answer(lines=tuple(lines), blocks=blocks, choices=choices, keep=keep)


def never_sold(found: Availability, keep: dict[str, Any]) -> Answer:
    """The product never comes in what was asked."""
    here = [variant for variant in (*found.matching, *found.others) if variant.stock > 0]
    lines = [line("never_sold", title=found.card.title, asked=list(found.unknown))]
    here = [each for each in here if each.options]
    if here:
        lines.append(line("others_in_stock", options=options.there_are(here)))
    choices = options.buttons(here) if here else ()
    return Answer(
        lines=tuple(lines),
        choices=(*choices, (f"similar:{found.card.product}", line("button_similar"))),
        keep=keep,
    )


def which_size_system(desk: Desk, found: Availability, keep: dict[str, Any]) -> Answer:
    """ "9": ask once whether men's or women's, and remember it."""
    return Answer(
        lines=(line("ask_size_system"),),
        choices=options.buttons(found.ambiguous_size, only=_size_option(found.ambiguous_size)),
        keep={
            **keep,
            "awaits": "size",
            "pending": keep["pending"].model_copy(update={"awaits": "size"}),
        },
    )


def _size_option(variants: Sequence[VariantView]) -> str:
    """The option in which these differ in size: the last of those in which they differ."""
    names = options.differing(variants)
    return names[-1] if names else ""
