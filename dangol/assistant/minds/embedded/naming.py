"""Asking which product is meant, with those it could be as buttons."""

from __future__ import annotations

from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.finding import find_products, shown_items
from dangol.assistant.minds.embedded.steps import Answer, Steps, ask
from dangol.assistant.minds.embedded.wanting import wishes_said
from dangol.assistant.speak.lines import line
from dangol.assistant.state import Pending, ShownItem
from dangol.contracts.shopfloor.products import FindProducts, FoundProducts, Wishes

_MOST = 4


def which_product(desk: Desk) -> Steps[Answer]:
    """No product is known to be meant: ask which, with those of the kind named, else those on screen, as buttons.

    Asked a second time in a row it is no use: show the products themselves, else offer to look for one, or a person.
    """
    items = desk.memory.shown[:_MOST]
    wishes = desk.memory.wishes
    before = desk.memory.pending
    again = before is not None and before.awaits == "product" and before.intent == desk.intent
    if again and items:
        return (yield from find_products(desk))
    if desk.values("category") or desk.values("brand"):
        said = wishes_said(desk)
        found = yield from ask("find_products", FindProducts(wishes=said, limit=_MOST), FoundProducts)
        if not found.items or found.loosened:
            return (yield from find_products(desk))  # what is on screen is of another kind than the one named
        items, wishes = shown_items(found.items), said
    if again:
        return Answer(
            lines=(line("which_product_again"),),
            choices=(("intent:recommend", line("button_recommend")), ("human", line("button_human"))),
            keep={"awaits": None, "pending": None},
        )
    return _asked(desk, items, wishes)


def _asked(desk: Desk, items: tuple[ShownItem, ...], wishes: Wishes) -> Answer:
    pending = Pending(
        intent=desk.intent, awaits="product", colors=desk.colors, sizes=desk.sizes, quantity=desk.quantity or 1,
        value=desk.text[:200],
    )  # fmt: skip
    keep = {"awaits": "product", "pending": pending, "shown": items or desk.memory.shown, "wishes": wishes}
    if not items:
        return Answer(lines=(line("which_product"),), keep=keep)
    buttons = tuple((f"about:{desk.intent}:{item.product}", line("plain", text=item.title)) for item in items)
    return Answer(lines=(line("which_of_these"),), choices=buttons, keep=keep)
