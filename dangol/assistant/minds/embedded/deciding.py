"""Deciding: stock, attributes, prices, sizes, reviews, comparison, shelves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.finding import find_products, shown, shown_items
from dangol.assistant.minds.embedded.references import Meant, meant_products, product_asked
from dangol.assistant.minds.embedded.steps import Answer, Steps, ask
from dangol.assistant.speak import cards
from dangol.assistant.speak.lines import Line, line
from dangol.assistant.speak.wording import say
from dangol.assistant.state import Pending
from dangol.contracts.shopfloor.policies import GapNoted, NoteGap
from dangol.contracts.shopfloor.products import (
    AskAttribute,
    AttributeAnswer,
    Availability,
    CheckAvailability,
    CompareProducts,
    Comparison,
    FoundProducts,
    LookAtProduct,
    Noted,
    NoteView,
    ProductDetails,
    Reason,
    SimilarProducts,
    SizeWish,
    VariantView,
    Wishes,
)
from dangol.kernel.blocks import ProductsBlock

MOST_NAMED = 8  # sizes or colours named in one sentence


def ask_availability(desk: Desk) -> Steps[Answer]:
    """Whether a size or colour of the product meant is in stock at this moment."""
    meant = yield from product_asked(desk)
    if meant is None:
        return (yield from find_products(desk) if desk.entities else which_product(desk))
    colors, sizes = _dimensions(desk, meant)
    wanted = CheckAvailability(product=meant.product, colors=colors, sizes=sizes)
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
    if found.unknown:
        return _never_sold(found, keep)
    narrowed = as_worded(found, desk.text)
    in_stock = [variant for variant in narrowed.matching if variant.stock > 0]
    if in_stock:
        return available(desk, narrowed, in_stock, keep, narrowed=bool(colors or sizes) or narrowed != found)
    return (yield from sold_out(desk, narrowed, colors, sizes, keep))


def as_worded(found: Availability, text: str) -> Availability:
    """The variants whose own option values stand in the message as words ("M", "270", "500 ml"), where some do."""
    said = f" {' '.join(re.findall(r'[0-9a-z가-힣.]+', text.lower()))} "
    named: dict[str, set[str]] = {}
    for variant in found.matching:
        for name, value in variant.options.items():
            word = " ".join(re.findall(r"[0-9a-z가-힣.]+", value.lower()))
            if word and re.search(rf"(?<![0-9a-z가-힣.]){re.escape(word)}(?![0-9a-z.])", said):
                named.setdefault(name, set()).add(value)
    fitting = tuple(
        variant
        for variant in found.matching
        if all(variant.options.get(name) in values for name, values in named.items())
    )
    if not named or not fitting:
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
        options = cards.variant_words(only.options)
        name = "in_stock_few" if only.stock <= 3 else "in_stock"
        return Answer(
            lines=(
                line(name if options else f"{name}_plain", title=title, options=options, price=only.price, left=only.stock),
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
    named = list(dict.fromkeys(_differing(variants)))
    name = "in_stock_several" if narrowed else "in_stock_options"
    lines = (line(name, title=title, options=named[:MOST_NAMED]), line("ask_which_variant"))
    return Answer(
        lines=lines,
        choices=tuple(
            (f"pick:{variant.sku}", line("plain", text=cards.variant_words(variant.options)))
            for variant in variants[:MOST_NAMED]
        ),
        keep={**keep, "awaits": "option"},
    )


def _variant_block(desk: Desk, found: Availability, variant: VariantView) -> ProductsBlock:
    return ProductsBlock(items=(cards.variant_item(found.card, variant, desk.language),))


def _differing(variants: Sequence[VariantView]) -> list[str]:
    """The option values in which these variants differ, as they are called."""
    names = list(dict.fromkeys(name for variant in variants for name in variant.options))
    differing = [name for name in names if len({variant.options.get(name) for variant in variants}) > 1]
    return [
        " / ".join(variant.options[name] for name in differing if name in variant.options)
        for variant in variants
    ]


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
    if gone is not None:
        lines.append(line("sold_out", title=title, options=cards.variant_words(gone.options)))
    else:
        lines.append(line("sold_out_all", title=title))
    if others:
        lines.append(line("others_in_stock", options=list(dict.fromkeys(_called(others)))[:MOST_NAMED]))
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
            colors=colors, sizes=sizes,
        ),
    }  # fmt: skip
    if fitting:
        lines.append(line("similar_with_size" if sizes else "similar"))
        keep["shown"] = shown_items(fitting)
    blocks = (cards.products(fitting, desk.language, desk.shop),) if fitting else ()
    return Answer(lines=tuple(lines), blocks=blocks, choices=choices, keep=keep)


def _called(variants: Sequence[VariantView]) -> list[str]:
    return [cards.variant_words(variant.options) for variant in variants]


def _never_sold(found: Availability, keep: dict[str, Any]) -> Answer:
    """The product never comes in what was asked."""
    here = [variant for variant in (*found.matching, *found.others) if variant.stock > 0]
    lines = [line("never_sold", title=found.card.title, asked=list(found.unknown))]
    if here:
        lines.append(line("others_in_stock", options=list(dict.fromkeys(_called(here)))[:MOST_NAMED]))
    choices = tuple((f"pick:{v.sku}", line("plain", text=cards.variant_words(v.options))) for v in here[:6])
    return Answer(
        lines=tuple(lines),
        choices=(*choices, (f"similar:{found.card.product}", line("button_similar"))),
        keep=keep,
    )


def which_size_system(desk: Desk, found: Availability, keep: dict[str, Any]) -> Answer:
    """ "9": ask once whether men's or women's, and remember it."""
    return Answer(
        lines=(line("ask_size_system"),),
        choices=tuple(
            (f"pick:{variant.sku}", line("plain", text=cards.variant_words(variant.options)))
            for variant in found.ambiguous_size
        ),
        keep={**keep, "awaits": "size"},
    )


def which_product(desk: Desk) -> Steps[Answer]:
    """No product is known to be meant: ask which, with those on screen as buttons."""
    yield from ()
    items = desk.memory.shown[:4]
    if items:
        return Answer(
            lines=(line("which_of_these"),),
            choices=tuple((f"about:{desk.intent}:{item.product}", line("plain", text=item.title)) for item in items),
            keep={"awaits": "product", "pending": Pending(intent=desk.intent, awaits="product",
                  colors=desk.colors, sizes=desk.sizes, quantity=desk.quantity or 1)},
        )  # fmt: skip
    return Answer(
        lines=(line("which_product"),),
        keep={"awaits": "product", "pending": Pending(intent=desk.intent, awaits="product",
              colors=desk.colors, sizes=desk.sizes, quantity=desk.quantity or 1)},
    )  # fmt: skip


def ask_product_info(desk: Desk) -> Steps[Answer]:
    """An attribute of the product meant, from its record; what is not stated is said not to be."""
    meant = yield from product_asked(desk)
    if meant is None:
        return (yield from find_products(desk) if desk.entities else which_product(desk))
    slugs = tuple(str(value) for kind in ("attribute", "material") for value in desk.values(kind))
    found = yield from ask(
        "ask_attribute", AskAttribute(product=meant.product, asked=desk.text, slugs=slugs), AttributeAnswer
    )
    keep = {"focus": meant.product, "focus_title": found.title, "awaits": None, "pending": None}
    if not found.stated and not found.sentences:
        noted = NoteGap(question=desk.text, product=meant.product, kind="product")
        yield from ask("note_gap", noted, GapNoted)
        return Answer(
            lines=(line("not_stated", title=found.title),),
            choices=(("human", line("button_human")), (f"show:{meant.product}", line("button_details"))),
            keep=keep,
        )
    return Answer(
        lines=_stated(found),
        choices=(
            (f"buy:{meant.product}", line("button_add")),
            (f"reviews:{meant.product}", line("button_reviews")),
        ),
        keep=keep,
    )


def _stated(found: AttributeAnswer) -> tuple[Line, ...]:
    head = {True: "attribute_yes", False: "attribute_no", None: "attribute_says"}[found.holds]
    facts = [line("attribute_pair", name=each.name, value=each.value) for each in found.stated[:3]]
    lines = [line(head, title=found.title)]
    if facts:
        lines.append(line("attribute_facts", facts=facts))
    elif found.sentences:
        lines.append(line("quoted", text=found.sentences[0]))
    return tuple(lines)


def show_product(desk: Desk) -> Steps[Answer]:
    """Look at one product closely: its card and a short summary from the record."""
    meant = yield from product_asked(desk)
    if meant is None:
        return (yield from which_product(desk))
    details = yield from ask("look_at_product", LookAtProduct(product=meant.product), ProductDetails)
    yield from ask("note_view", NoteView(product=meant.product), Noted)
    facts = [line("attribute_pair", name=each.name, value=each.value) for each in details.attributes[:5]]
    lines = (
        (line("summary", title=details.card.title, facts=facts),) if facts else (line("found_one", total=1),)
    )
    answer = shown(desk, (details.card,), lines=lines)
    return answer


def ask_price(desk: Desk) -> Steps[Answer]:
    """What the product meant costs now."""
    meant = yield from product_asked(desk)
    if meant is None:
        return (yield from find_products(desk) if desk.values("category") else which_product(desk))
    wanted = CheckAvailability(product=meant.product, colors=desk.colors, sizes=desk.sizes)
    found = yield from ask("check_availability", wanted, Availability)
    card = found.card
    prices = sorted({variant.price.amount for variant in (found.matching or found.others)})
    title = card.title
    if len(prices) > 1:
        lines = [
            line("price_range", title=title, low=desk.shop.minor(prices[0]), high=desk.shop.minor(prices[-1]))
        ]
    else:
        lines = [
            line("price_is", title=title, price=card.price if not prices else desk.shop.minor(prices[0]))
        ]
        if card.compare_at and card.compare_at.amount > card.price.amount:
            lines.append(line("price_was", was=card.compare_at))
    if not card.in_stock:
        lines.append(line("all_sold_out"))
    return Answer(
        lines=tuple(lines),
        choices=(
            (f"buy:{card.product}", line("button_add")),
            (f"show:{card.product}", line("button_details")),
        ),
        keep={"focus": card.product, "focus_title": title, "awaits": None, "pending": None},
    )


def compare_products(desk: Desk) -> Steps[Answer]:
    """A table of what differs, with advice from the stated need."""
    handles = [meant.product for meant in meant_products(desk)]
    if desk.argument:
        handles = desk.argument.split(",")
    if len(handles) == 1 and desk.memory.focus and desk.memory.focus not in handles:
        handles.insert(0, desk.memory.focus)
    if len(handles) < 2:
        handles = list(dict.fromkeys((*handles, *(item.product for item in desk.memory.shown))))[:3]
    if len(handles) < 2:
        return (yield from which_product(desk))
    needs = desk.memory.wishes
    compared = yield from ask(
        "compare_products", CompareProducts(products=tuple(handles[:4]), needs=needs), Comparison
    )
    return _compared(desk, compared)


def _compared(desk: Desk, compared: Comparison) -> Answer:
    best = next((card for card in compared.cards if card.product == compared.best), None)
    if best is not None and compared.because:
        advice = line("advice_best", title=best.title, why=_because(compared.because))
    elif best is not None:
        advice = line("advice_title", title=best.title)
    else:
        advice = line("advice_none")
    head = line("compared", titles=[card.title for card in compared.cards])
    block = cards.comparison(compared, say(advice, desk.language, desk.shop), desk.language, desk.shop)
    return Answer(
        lines=(head,),
        blocks=(block,),
        choices=tuple(
            (f"buy:{card.product}", line("button_add_named", title=card.title)) for card in compared.cards
        ),
        keep={
            "shown": shown_items(compared.cards),
            "focus": best.product if best else None,
            "focus_title": best.title if best else "",
            "focus_sku": best.sku if best else None,
            "pending": None,
            "awaits": None,
        },
    )


def _because(reasons: Sequence[Reason]) -> list[Line]:
    return [Line(f"why_{reason.kind}", {"value": reason.value}) for reason in reasons[:2]]
