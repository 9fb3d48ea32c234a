"""Asking which product is meant, with those it could be as buttons."""

from __future__ import annotations

from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.finding import shown_items
from dangol.assistant.minds.embedded.steps import Answer, Steps, ask
from dangol.assistant.minds.embedded.wanting import wishes_said
from dangol.assistant.speak.lines import line
from dangol.assistant.state import Pending, ShownItem
from dangol.contracts.shopfloor.products import FindProducts, FoundProducts

_MOST = 4


def which_product(desk: Desk) -> Steps[Answer]:
    """No product is known to be meant: ask which, with those of the kind named, else those on screen, as buttons.

    Asked a second time in a row it is no use: offer to look for one, or a person.
    """
    items = desk.memory.shown[:_MOST]
    if desk.values("category") or desk.values("brand"):
        wanted = FindProducts(wishes=wishes_said(desk), limit=_MOST)
        found = yield from ask("find_products", wanted, FoundProducts)
        items = items if found.loosened or not found.items else shown_items(found.items)
    before = desk.memory.pending
    again = before is not None and before.awaits == "product" and before.intent == desk.intent
    if again and not items:
        return Answer(
            lines=(line("which_product_again"),),
            choices=(("intent:recommend", line("button_recommend")), ("human", line("button_human"))),
            keep={"awaits": None, "pending": None},
        )
    return _asked(desk, items)


def _asked(desk: Desk, items: tuple[ShownItem, ...]) -> Answer:
    pending = Pending(
        intent=desk.intent, awaits="product", colors=desk.colors, sizes=desk.sizes, quantity=desk.quantity or 1,
        value=desk.text[:200],
    )  # fmt: skip
    keep = {"awaits": "product", "pending": pending, "shown": items or desk.memory.shown}
    if not items:
        return Answer(lines=(line("which_product"),), keep=keep)
    buttons = tuple(
        (f"about:{desk.intent}:{item.product}", line("plain", text=item.title)) for item in items
    )
    return Answer(lines=(line("which_of_these"),), choices=buttons, keep=keep)
