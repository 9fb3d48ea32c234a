"""Changing what is in the cart: another number, another option, out with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dangol.assistant.minds.embedded import options
from dangol.assistant.minds.embedded.buying import CHECKOUT, add_to_cart, empty_cart
from dangol.assistant.minds.embedded.deciding import as_worded, ask_availability, sold_out
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.references import product_asked
from dangol.assistant.minds.embedded.steps import Answer, Steps, ask
from dangol.assistant.speak import cards
from dangol.assistant.speak.lines import line
from dangol.assistant.state import Pending
from dangol.contracts.shopfloor.baskets import CartChanged, CartView, ChangeCart
from dangol.contracts.shopfloor.people import Nothing
from dangol.contracts.shopfloor.products import Availability, CheckAvailability, SizeWish, VariantView

_OUT = ("빼", "삭제", "지워", "제거", "취소", "remove", "take out", "delete", "drop")


def change_cart(desk: Desk) -> Steps[Answer]:
    """Change a quantity or an option in the cart, or take something out."""
    cart = yield from ask("view_cart", Nothing(), CartView)
    if not cart.lines:
        return (yield from _before_the_cart(desk))
    meant = yield from product_asked(desk)
    lines = [each for each in cart.lines if meant and each.product == meant.product] or _lines_named(
        desk, cart
    )
    lines = lines or (list(cart.lines) if len(cart.lines) == 1 else [])
    if not lines:
        return Answer(
            lines=(line("ask_which_line"),),
            blocks=(cards.cart(cart, desk.language, desk.shop),),
            choices=tuple(
                (f"remove:{each.sku}", line("button_remove_named", title=each.title))
                for each in cart.lines[:6]
            ),
            keep={"awaits": "product", "pending": Pending(intent="change_cart", awaits="product")},
        )
    target = lines[-1]
    other = desk.colors or desk.sizes or options.says_measure(desk.text)
    if other or (yield from _names_another(desk, target.product, target.sku)):
        return (yield from _swap(desk, target.product, target.sku, desk.colors, desk.sizes))
    quantity = _wanted_quantity(desk, target.quantity)
    changed = yield from ask("change_cart", ChangeCart(sku=target.sku, quantity=quantity), CartChanged)
    return _changed(desk, changed)


def _names_another(desk: Desk, product: str, sku: str) -> Steps[bool]:
    """ "소로 바꿔줘", "make it the big one": another option than the one in the cart, by its own word or its place."""
    if desk.quantity is not None or _takes_out(desk):
        return False
    found = yield from ask("check_availability", CheckAvailability(product=product), Availability)
    every = found.model_copy(update={"matching": (*found.matching, *found.others), "others": ()})
    worded = as_worded(every, desk.text).matching
    return 0 < len(worded) < len(every.matching) and all(each.sku != sku for each in worded)


def _before_the_cart(desk: Desk) -> Steps[Answer]:
    """Nothing is there yet to be changed: another option or number of what is about to be put in, or whether it is there."""
    waiting = desk.memory.pending
    if desk.memory.focus and (desk.colors or desk.sizes):
        return (yield from add_to_cart(desk))  # "in white then", before it was put in
    if waiting is not None and waiting.intent == "add_to_cart" and desk.quantity:
        # "아 2개로 바꿔줘요" while it is still asked in which option
        memory = desk.memory.model_copy(
            update={"pending": waiting.model_copy(update={"quantity": desk.quantity})}
        )
        return (yield from add_to_cart(replace(desk, memory=memory)))
    if (desk.values("product") or desk.values("category")) and not _takes_out(desk):
        return (yield from ask_availability(desk))  # "sage yoga mat pls"
    return empty_cart()


def _lines_named(desk: Desk, cart: CartView) -> list[Any]:
    """Lines whose title holds a word of the message (“양말 빼주세요”)."""
    words = [word for word in desk.text.lower().split() if len(word) > 1]
    named = []
    for each in cart.lines:
        title = each.title.lower()
        parts = [part for part in title.split() if len(part) > 1]
        if any(word in title for word in words) or any(part in desk.text.lower() for part in parts):
            named.append(each)
    return named if len(named) == 1 else []


def _takes_out(desk: Desk) -> bool:
    return any(word in desk.text.lower() for word in _OUT)


def _wanted_quantity(desk: Desk, now: int) -> int:
    """The quantity meant: "하나만 빼" is one fewer, "빼" none, "세 개로" three, "하나 더" one more."""
    text, said = desk.text.lower(), desk.quantity
    more = any(word in text for word in ("더", "추가", "more", "another", "extra"))
    if _takes_out(desk):
        return max(now - said, 0) if said and said < now else 0
    if more:
        return now + (said or 1)
    return said if said is not None else now


def _swap(
    desk: Desk, product: str, sku: str, colors: tuple[str, ...], sizes: tuple[SizeWish, ...]
) -> Steps[Answer]:
    wanted = CheckAvailability(product=product, colors=colors, sizes=sizes)
    found = as_worded((yield from ask("check_availability", wanted, Availability)), desk.text)
    now = next((each for each in (*found.matching, *found.others) if each.sku == sku), None)
    fitting = [each for each in found.matching if each.stock > 0]
    if now is not None and len(fitting) > 1:  # what was not said stays as it is in the cart
        fitting = [each for each in fitting if _differences(each, now) == 1] or fitting
    keep: dict[str, Any] = {"focus": product, "focus_title": found.card.title, "awaits": None,
                            "pending": Pending(intent="change_cart", awaits="", product=product)}  # fmt: skip
    if not fitting:
        return (yield from sold_out(desk, found, colors, sizes, keep))
    changed = yield from ask("change_cart", ChangeCart(sku=sku, swap_for=fitting[0].sku), CartChanged)
    return _changed(desk, changed)


def _differences(one: VariantView, other: VariantView) -> int:
    return sum(one.options.get(name) != value for name, value in other.options.items())


def remove_line(desk: Desk) -> Steps[Answer]:
    """Take the line of a button out of the cart."""
    changed = yield from ask("change_cart", ChangeCart(sku=desk.argument, quantity=0), CartChanged)
    return _changed(desk, changed)


def _changed(desk: Desk, changed: CartChanged) -> Answer:
    if changed.quantity == 0:
        head = line("removed", title=changed.title)
    elif changed.limited:
        head = line("changed_limited", title=changed.title, count=changed.quantity)
    else:
        values = cards.variant_words(changed.options)
        head = line("changed", title=changed.title, options=values, count=changed.quantity)
    if not changed.cart.lines:
        return Answer(
            lines=(head, line("cart_now_empty")),
            choices=empty_cart().choices,
            keep={"pending": None, "awaits": None},
        )
    return Answer(
        lines=(head, line("cart_total", total=changed.cart.total)),
        blocks=(cards.cart(changed.cart, desk.language, desk.shop),),
        choices=(CHECKOUT, ("more", line("button_keep_looking"))),
        keep={"pending": None, "awaits": None},
    )
