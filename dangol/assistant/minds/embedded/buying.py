"""Buying: into the cart, the cart itself, coupons and points."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from dangol.assistant.minds.embedded import options
from dangol.assistant.minds.embedded.deciding import (
    as_worded,
    never_sold,
    sold_out,
    which_size_system,
)
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.naming import which_product
from dangol.assistant.minds.embedded.references import meant_products, product_asked
from dangol.assistant.minds.embedded.steps import Answer, Steps, ToolRefused, ask
from dangol.assistant.speak import cards
from dangol.assistant.speak.lines import Line, line
from dangol.assistant.state import Pending
from dangol.contracts.shopfloor.baskets import (
    AddToCart,
    ApplyCoupon,
    CartChanged,
    CartView,
    CouponTrouble,
    UsePoints,
)
from dangol.contracts.shopfloor.people import Nothing
from dangol.contracts.shopfloor.products import Availability, CheckAvailability, VariantView

CHECKOUT = ("intent:checkout", line("button_checkout"))
_VIEW = ("intent:view_cart", line("button_cart"))


# "2 of those" is so many of the one looked at, "both" is of several
_ALL = re.compile(r"(?i)둘\s?다|모두|전부|셋\s?다|\b(?:both|all|everything)\b")


def add_to_cart(desk: Desk) -> Steps[Answer]:
    """Put the variant meant in the cart; when several could be meant, ask one thing at a time."""
    desk = _of_the_one_looked_at(desk)
    meant = None if _some_of_several(desk) else (yield from product_asked(desk))
    if meant is None:
        return (yield from which_product(desk))
    pending = desk.memory.pending
    same = pending is not None and pending.product == meant.product
    quantity = desk.quantity or (pending.quantity if same and pending else 1)
    narrowed = bool(desk.colors or desk.sizes)
    offered = pending.sku if same and pending and _only_agrees(desk) else None
    sku = meant.sku if meant.sku and meant.how in ("focus", "shown") else offered
    if sku and not narrowed and (yield from _is_meant(desk, meant.product, sku)):
        return (yield from put_in_cart(desk, sku, quantity))
    colors = desk.colors or (pending.colors if same and pending else ())
    sizes = desk.sizes or (pending.sizes if same and pending else ())
    wanted = CheckAvailability(product=meant.product, colors=colors, sizes=sizes, audience=desk.audience)
    chosen = dict(pending.options) if same and pending and pending.intent == "add_to_cart" else {}
    found = yield from ask("check_availability", wanted.model_copy(update={"options": chosen}), Availability)
    if chosen and not found.matching:  # "red then", after black was chosen
        chosen, found = {}, (yield from ask("check_availability", wanted, Availability))
    keep: dict[str, Any] = {
        "focus": meant.product,
        "focus_title": found.card.title,
        "focus_sku": None,
        "pending": Pending(
            intent="add_to_cart", awaits="option", product=meant.product, colors=colors, sizes=sizes,
            quantity=max(quantity, 1), options=chosen,
        ),
    }  # fmt: skip
    if found.ambiguous_size:
        return which_size_system(desk, found, keep)
    worded = as_worded(found, desk.text)
    if found.unknown and not worded.matching:
        worded = as_worded(found.model_copy(update={"matching": found.others, "others": ()}), desk.text)
        if len(worded.matching) == len(found.others):  # the message names no option of its own
            return never_sold(found, keep)
    found = worded
    in_stock = [variant for variant in found.matching if variant.stock > 0]
    in_stock = list(options.extreme(desk.text, in_stock)) or in_stock
    if not in_stock:
        return (yield from sold_out(desk, found, colors, sizes, keep))
    return (yield from _one_of(desk, found, in_stock, keep, max(quantity, 1), narrowed=narrowed))


def _some_of_several(desk: Desk) -> bool:
    """ "둘 다" of three, or of goods that were shown one by one: which?"""
    pointed = any(isinstance(value, dict) and value.get("ref") == "all" for value in desk.values("product"))
    return pointed and len(meant_products(desk)) > 1


def _of_the_one_looked_at(desk: Desk) -> Desk:
    """ "2 of those" of the one product that is looked at, though several were listed before."""
    if not desk.memory.focus or len(desk.memory.shown) > 1 or _ALL.search(desk.text):
        return desk
    named = tuple(
        each
        for each in desk.entities
        if not (isinstance(each.value, dict) and each.type == "product" and each.value.get("ref") == "all")
    )
    return replace(desk, entities=named)


def _is_meant(desk: Desk, product: str, sku: str) -> Steps[bool]:
    """Whether the variant looked at last is still meant, and no other is named by its option ("3키로로 담아줘")."""
    found = yield from ask("check_availability", CheckAvailability(product=product), Availability)
    every = found.model_copy(update={"matching": (*found.matching, *found.others), "others": ()})
    return any(each.sku == sku for each in as_worded(every, desk.text).matching)


def _only_agrees(desk: Desk) -> bool:
    """Whether the one that was offered is taken, with nothing said of another option."""
    names = {intent.name for intent in desk.situation.reading.intents}
    return names <= {"affirm"} and not options.says_measure(desk.text)


def _one_of(
    desk: Desk,
    found: Availability,
    variants: list[VariantView],
    keep: dict[str, Any],
    quantity: int,
    *,
    narrowed: bool,
) -> Steps[Answer]:
    """Of several variants the one the shopper has been looking for, else the question which."""
    fitting = (
        variants
        if narrowed or len(variants) == 1
        else (yield from _as_wished(desk, found.card.product, variants))
    )
    if len(fitting) == 1:
        return (yield from put_in_cart(desk, fitting[0].sku, quantity))
    return which_variant(found, fitting, keep)


def _as_wished(desk: Desk, product: str, variants: list[VariantView]) -> Steps[list[VariantView]]:
    """Those of the variants that have the colour and size the shopper has been looking for, where there are any."""
    wishes = desk.memory.wishes
    sizes = wishes.sizes or ((desk.memory.sized,) if desk.memory.sized else ())
    if not wishes.colors and not sizes:
        return variants
    for color, size in ((wishes.colors, sizes), (wishes.colors, ()), ((), sizes)):
        wanted = CheckAvailability(product=product, colors=color, sizes=size, audience=desk.audience)
        found = yield from ask("check_availability", wanted, Availability)
        skus = {each.sku for each in found.matching}
        fitting = [each for each in variants if each.sku in skus]
        if fitting and not found.ambiguous_size:
            return fitting
    return variants


def which_variant(found: Availability, variants: Sequence[VariantView], keep: dict[str, Any]) -> Answer:
    """One question that tells these variants apart: the first option in which they differ."""
    names = options.differing(variants)
    awaits = "color" if variants[0].color and len({each.color for each in variants}) > 1 else "size"
    return Answer(
        lines=(line("ask_option", title=found.card.title, option=names[0] if names else ""),),
        choices=options.buttons(variants),
        keep={**keep, "awaits": awaits},
    )


def put_in_cart(desk: Desk, sku: str, quantity: int) -> Steps[Answer]:
    """Put this variant in the cart and show the cart."""
    changed = yield from ask("add_to_cart", AddToCart(sku=sku, quantity=max(quantity, 1)), CartChanged)
    values = cards.variant_words(changed.options)
    name = "added_limited" if changed.limited else "added" if values else "added_plain"
    head = line(name, title=changed.title, options=values, count=changed.quantity, total=changed.cart.total)
    bundle = changed.bundle if desk.memory.task is None else None
    hint = (
        ()
        if bundle is None
        else (
            line(
                "bundle_in_reach",
                other=bundle.product_title,
                bundle=bundle.title,
                price=bundle.price,
                saves=bundle.saves,
            ),
        )
    )
    more = (
        ()
        if bundle is None
        else ((f"buy:{bundle.product}", line("button_add_named", title=bundle.product_title)),)
    )
    return Answer(
        lines=(head, line("cart_total", total=changed.cart.total), *hint),
        blocks=(cards.cart(changed.cart, desk.language, desk.shop),),
        choices=(
            CHECKOUT,
            *more,
            (f"match:{_product_of(changed)}", line("button_match")),
            ("more", line("button_keep_looking")),
        ),
        keep={
            "focus_sku": sku,
            "focus": _product_of(changed),
            "focus_title": changed.title,
            "pending": None,
            "awaits": None,
        },
    )


def _product_of(changed: CartChanged) -> str:
    return next((each.product for each in changed.cart.lines if each.sku == changed.sku), "")


def view_cart(desk: Desk) -> Steps[Answer]:
    """The cart with its whole price."""
    cart = yield from ask("view_cart", Nothing(), CartView)
    if not cart.lines:
        return empty_cart()
    lines = [line("cart_holds", total=cart.total)]
    lines += [coupon_trouble(trouble) for trouble in cart.troubles[:1]]
    if any(each.problem for each in cart.lines):
        lines.append(line("cart_has_problems"))
    return Answer(
        lines=tuple(lines),
        blocks=(cards.cart(cart, desk.language, desk.shop),),
        choices=(CHECKOUT, ("more", line("button_keep_looking"))),
        keep={"awaits": None, "pending": None},
    )


def empty_cart() -> Answer:
    """Nothing is in the cart, and two ways to something."""
    return Answer(
        lines=(line("cart_empty"),),
        choices=(
            ("intent:recommend", line("button_recommend")),
            ("intent:ask_promotion", line("button_offers")),
        ),
        keep={"awaits": None, "pending": None},
    )


def apply_coupon(desk: Desk) -> Steps[Answer]:
    """Use a code or points; what is refused is refused with its reason."""
    points = desk.first("points")
    if points is not None:
        return (yield from use_points(desk, None if points == "all" else int(points)))
    code = desk.first("coupon")
    if not code:
        cart = yield from ask("view_cart", Nothing(), CartView)
        if cart.troubles:
            return Answer(lines=tuple(coupon_trouble(trouble) for trouble in cart.troubles[:2]))
        return Answer(
            lines=(line("ask_coupon"),),
            choices=(("intent:ask_promotion", line("button_offers")),),
            keep={"awaits": "coupon", "pending": Pending(intent="apply_coupon", awaits="coupon")},
        )
    try:
        cart = yield from ask("apply_coupon", ApplyCoupon(code=str(code)), CartView)
    except ToolRefused as refused:
        return Answer(
            lines=(_coupon_refused(desk, refused),),
            choices=(("intent:ask_promotion", line("button_offers")), _VIEW),
            keep={"awaits": None, "pending": None},
        )
    applied = any((each.code or "").upper() == str(code).upper() for each in cart.discounts)
    if not applied:
        trouble = next((each for each in cart.troubles if each.code.upper() == str(code).upper()), None)
        head = coupon_trouble(trouble) if trouble else line("coupon_waiting", code=str(code).upper())
        return Answer(lines=(head,), choices=(_VIEW,), keep={"awaits": None, "pending": None})
    return Answer(
        lines=(line("coupon_applied", code=str(code).upper()), line("cart_total", total=cart.total)),
        blocks=(cards.cart(cart, desk.language, desk.shop),),
        choices=(CHECKOUT,),
        keep={"awaits": None, "pending": None},
    )


def coupon_trouble(trouble: CouponTrouble) -> Line:
    """Why a coupon does not count."""
    return line(
        f"coupon_{trouble.reason}", code=trouble.code, needed=trouble.needed or "", when=trouble.when or ""
    )


def _coupon_refused(desk: Desk, refused: ToolRefused) -> Line:
    details = refused.details
    reason = str(details.get("reason", "unknown"))
    needed, when = details.get("needed"), details.get("when")
    amount = needed.get("amount") if isinstance(needed, dict) else needed
    values = {
        "code": str(details.get("code", "")),
        "needed": desk.shop.minor(int(amount)) if amount is not None else "",
        "when": date.fromisoformat(when[:10]) if isinstance(when, str) else when or "",
    }
    return Line(f"coupon_{reason}", values)


def use_all_points(desk: Desk) -> Steps[Answer]:
    """Use every point there is on the cart."""
    cart = yield from ask("view_cart", Nothing(), CartView)
    return (yield from use_points(desk, None)) if cart.lines else empty_cart()


def use_points(desk: Desk, points: int | None) -> Steps[Answer]:
    """Use points on the cart."""
    cart = yield from ask("use_points", UsePoints(points=points), CartView)
    used = next((each for each in cart.discounts if each.kind == "points"), None)
    head = line("points_used", amount=used.amount) if used else line("points_not_used")
    return Answer(
        lines=(head, line("cart_total", total=cart.total)),
        blocks=(cards.cart(cart, desk.language, desk.shop),),
        choices=(CHECKOUT,),
        keep={"awaits": None, "pending": None},
    )
