"""Comparing the options of one product: "롱이랑 일반 차이", "hardcover or paperback", "compare the colours"."""

from __future__ import annotations

from dangol.assistant.minds.embedded import options
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.references import product_asked
from dangol.assistant.minds.embedded.steps import Answer, Steps, ask
from dangol.assistant.speak import cards
from dangol.assistant.speak.lines import Line, line
from dangol.assistant.state import Pending
from dangol.contracts.shopfloor.products import Availability, CheckAvailability, VariantView


def of_one(desk: Desk, handles: list[str]) -> Steps[Answer | None]:
    """What the options named differ in by the record, when they are of one product; None when products are compared."""
    if desk.argument or len(handles) > 1:
        return None
    meant = yield from product_asked(desk)
    if meant is None or (handles and meant.product != handles[0]):
        return None
    found = yield from ask("check_availability", CheckAvailability(product=meant.product), Availability)
    chosen = _compared(desk, (*found.matching, *found.others))
    return _told(found, chosen) if len(chosen) > 1 else None


def _compared(desk: Desk, variants: tuple[VariantView, ...]) -> list[VariantView]:
    """The variants that differ in an option of which two values are named, or which is named itself ("the colours")."""
    for name in options.differing(variants):
        values = {each.options[name] for each in variants if name in each.options}
        said = options.named(desk.text, values)
        if len(said) > 1:
            return [each for each in variants if each.options.get(name) in said]
        if options.asks_of(name, desk.text):
            return list(variants)
    return []


def _told(found: Availability, variants: list[VariantView]) -> Answer:
    rows: list[Line] = [
        line(
            "option_compared" if each.stock > 0 else "option_compared_gone",
            options=cards.variant_words(each.options),
            price=each.price,
        )
        for each in variants[: options.MOST_NAMED]
    ]
    here = [each for each in variants if each.stock > 0]
    return Answer(
        lines=(
            line("options_compared", title=found.card.title),
            *rows,
            *([line("ask_which_variant")] if here else []),
        ),
        choices=options.buttons(here) if here else (),
        keep={
            "focus": found.card.product,
            "focus_title": found.card.title,
            "pending": Pending(intent="add_to_cart", awaits="option", product=found.card.product),
            "awaits": "option",
        },
    )
