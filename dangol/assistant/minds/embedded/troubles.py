"""When the shop says no, or something broke: the reason in words, and a way on."""

from __future__ import annotations

from collections.abc import Callable

from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.steps import Answer, ToolBroke, ToolRefused
from dangol.assistant.speak import cards
from dangol.assistant.speak.lines import Line, line

Words = Callable[[Desk, ToolRefused], Answer]
_PERSON = ("human", line("button_human"))


def refused(desk: Desk, no: ToolRefused) -> Answer:
    """A refusal in words, by its code; one without words of its own is still said to be one."""
    words = _WORDS.get(f"{no.tool}:{no.code}") or _WORDS.get(no.code)
    if words is not None:
        return words(desk, no)
    return Answer(lines=(line("refused"),), choices=(_PERSON,), keep={"awaits": None, "pending": None})


def broke(desk: Desk, no: ToolBroke) -> Answer:
    """Something is broken on our side: nothing was done, a person can help."""
    return Answer(lines=(line("broken"),), choices=(_PERSON,), keep={"awaits": None, "pending": None})


def _sold_out(desk: Desk, no: ToolRefused) -> Answer:
    title = str(no.details.get("title", ""))
    options = no.details.get("options")
    called = cards.variant_words(options) if isinstance(options, dict) else ""
    sku = no.details.get("sku")
    head = line("sold_out", title=title, options=called) if title else line("sold_out_plain")
    buttons: list[tuple[str, Line]] = []
    if no.tool == "place_order":
        head = line("sold_out_just_now", title=title, options=called)
        buttons.append(("intent:view_cart", line("button_cart")))
    if isinstance(sku, str):
        buttons.append((f"restock:{sku}", line("button_restock")))
    keep = {"awaits": None, "pending": None, "task": None}
    return Answer(
        lines=(head,), choices=(*buttons, ("intent:find_similar", line("button_similar"))), keep=keep
    )


def _total_changed(desk: Desk, no: ToolRefused) -> Answer:
    return Answer(
        lines=(line("total_changed"),),
        choices=(("intent:checkout", line("button_resume")), ("intent:view_cart", line("button_cart"))),
        keep={"awaits": None, "pending": None, "task": "checkout"},
    )


def _said(name: str, *buttons: tuple[str, Line]) -> Words:
    def words(desk: Desk, no: ToolRefused) -> Answer:
        return Answer(
            lines=(line(name),), choices=buttons or (_PERSON,), keep={"awaits": None, "pending": None}
        )

    return words


def _not_allowed_now(desk: Desk, refused: ToolRefused) -> Answer:
    """What was offered cannot be done any more: where the order was cancelled meanwhile, that is what is said."""
    order = refused.details.get("order")
    over = order and refused.details.get("status") in ("cancelled", "refunded")
    words = line("change_over", order=order) if over else line("change_not_allowed")
    return Answer(lines=(words,), choices=(_PERSON,), keep={"awaits": None, "pending": None})


_WORDS: dict[str, Words] = {
    "sold_out": _sold_out,
    "total_changed": _total_changed,
    "cart_empty": _said("cart_empty", ("intent:recommend", line("button_recommend"))),
    "check_payment:not_found": _said(
        "payment_none_here",
        ("intent:track_order", line("button_orders")),
        ("intent:checkout", line("button_checkout")),
        _PERSON,
    ),
    "open_payment:not_found": _said("payment_none", ("intent:checkout", line("button_checkout")), _PERSON),
    "look_up_orders:not_found": _said("order_not_seen", _PERSON),
    "not_found": _said("no_such_product", ("intent:recommend", line("button_recommend"))),
    "unknown_variant": _said("no_such_product", ("intent:recommend", line("button_recommend"))),
    "not_identified": _said("need_sign_in", _PERSON),
    "gateway_down": _said(
        "gateway_down", ("intent:report_payment_problem", line("button_try_again")), _PERSON
    ),
    "not_enough_points": _said("points_too_few", ("intent:view_points", line("button_points"))),
    "points_refused": _said("points_too_few", ("intent:view_points", line("button_points"))),
    "not_in_cart": _said("not_in_cart", ("intent:view_cart", line("button_cart"))),
    "not_a_quantity": _said("not_a_quantity", ("intent:view_cart", line("button_cart"))),
    "address_incomplete": _said("address_incomplete"),
    "checkout_incomplete": _said("checkout_incomplete", ("intent:checkout", line("button_checkout"))),
    "no_points_here": _said("no_points_here"),
    "offer_changed": _said("return_terms_changed", ("intent:return_item", line("button_try_again")), _PERSON),
    "not_returnable": _said("return_not_possible", _PERSON),
    "return_under_way": _said("return_not_possible", _PERSON),
    "no_such_line": _said("return_not_possible", _PERSON),
    "already_paid": _said("already_paid", ("intent:track_order", line("button_orders"))),
    "consequence_changed": _said("consequence_changed", ("intent:track_order", line("button_orders"))),
    "not_allowed_now": _not_allowed_now,
    "not_payable": _said("not_payable", _PERSON),
}
