"""A request that waits for something: whether a message gives it, and the request with all that was said of it."""

from __future__ import annotations

from dataclasses import replace

from dangol.assistant.minds.embedded import changing
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.references import meant_products
from dangol.assistant.understanding.reading import Entity

GIVES = frozenset({"inform", "correct", "choose_option", "set_address", "affirm", "change_order"})
_OF_OPTIONS = frozenset({"ask_availability", "exchange_item", "change_cart"})


def fits(desk: Desk, names: list[str]) -> bool:
    """Does this message answer the pending question, rather than ask something of its own?"""
    pending = desk.memory.pending
    if pending is None:
        return False
    if names_option_to_change(desk, names):
        return True
    if not set(names) <= GIVES | {pending.intent}:
        return False
    if (
        pending.awaits == "order"
        and {"change_order", "set_address"} & set(names)
        and pending.intent != "change_order"
    ):
        return False  # "주소 바꿀게 20261121-0025" to the question whose receipt it is
    wanted = {
        "size": bool(desk.sizes or desk.colors or desk.values("audience")),
        "color": bool(desk.colors or desk.sizes),
        "option": bool(desk.colors or desk.sizes or meant_products(desk)),
        "product": bool(desk.values("product") or desk.colors),
        "contact": bool(desk.values("email") or desk.values("phone")),
        "coupon": bool(desk.values("coupon")),
        "order": bool(desk.values("order_id") or desk.values("product")),
        "address": bool(desk.values("address") or desk.values("postcode")),
    }
    return wanted.get(pending.awaits, True)


def resumed(desk: Desk) -> Desk:
    """A request taken up again with what was said when it was first made."""
    pending = desk.memory.pending
    if pending is None:
        return desk
    entities = list(desk.entities)
    if pending.product and not any(entity.type == "product" for entity in entities):
        entities.append(Entity(type="product", text="", value={"product": pending.product}, start=0, end=0))
    if not desk.colors:
        entities += [Entity(type="color", text=each, value=each, start=0, end=0) for each in pending.colors]
    if not desk.sizes:
        entities += [
            Entity(type="size", text=each.value, value=each.model_dump(), start=0, end=0)
            for each in pending.sizes
        ]
    return replace(desk, entities=tuple(entities))


def names_option_to_change(desk: Desk, names: list[str]) -> bool:
    """ "그럼 하양 350으로" to the question what an order shall be changed to, whatever it is read as."""
    pending = desk.memory.pending
    if pending is None or (pending.intent, pending.awaits) != ("change_order", "option"):
        return False
    read = GIVES | _OF_OPTIONS | {"find_product"}
    return set(names) <= read and bool(desk.colors or desk.sizes or changing.to_another(desk.text))
