"""Several products into the cart with one word."""

from __future__ import annotations

from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.steps import Answer, Steps, ask
from dangol.assistant.speak import cards
from dangol.assistant.speak.lines import Line, line
from dangol.assistant.state import ShownItem
from dangol.contracts.shopfloor.baskets import AddToCart, CartChanged
from dangol.contracts.shopfloor.products import Availability, CheckAvailability


def add_several(desk: Desk) -> Steps[Answer]:
    """Put each of those on screen in the cart; those with a size or colour to choose are asked for by button."""
    added: list[CartChanged] = []
    open_ones: list[ShownItem] = []
    for item in desk.memory.shown:
        sku = item.sku or (yield from _only_variant(desk, item.product))
        if sku is None:
            open_ones.append(item)
            continue
        added.append((yield from ask("add_to_cart", AddToCart(sku=sku, quantity=1), CartChanged)))
    return _said(desk, added, open_ones)


def _only_variant(desk: Desk, product: str) -> Steps[str | None]:
    wanted = CheckAvailability(product=product, colors=desk.colors, sizes=desk.sizes, audience=desk.audience)
    found = yield from ask("check_availability", wanted, Availability)
    here = [each for each in found.matching if each.stock > 0]
    return here[0].sku if len(here) == 1 else None


def _said(desk: Desk, added: list[CartChanged], open_ones: list[ShownItem]) -> Answer:
    lines: list[Line] = []
    if added:
        lines.append(line("added_several", titles=[each.title for each in added]))
        lines.append(line("cart_total", total=added[-1].cart.total))
    if open_ones:
        lines.append(line("choose_for_each", titles=[each.title for each in open_ones]))
    choices = tuple((f"buy:{each.product}", line("plain", text=each.title)) for each in open_ones)
    return Answer(
        lines=tuple(lines),
        blocks=(cards.cart(added[-1].cart, desk.language, desk.shop),) if added else (),
        choices=choices or (("intent:checkout", line("button_checkout")),),
        keep={"awaits": None, "pending": None},
    )
