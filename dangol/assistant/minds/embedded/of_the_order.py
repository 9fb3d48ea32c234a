"""In the middle of what comes after a sale: goods by their name are those of the order, and so is what is to be changed.

"티셔츠요", "and the throw??" right after an order was spoken of looks for nothing on the shelf.
"""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re
from dataclasses import replace

from dangol.assistant.minds.embedded import cancelling, changing, orders_after, return_slots, returning
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.pointing import asks_beside_names, seeks
from dangol.assistant.minds.embedded.steps import Answer, Job, Steps, ToolRefused, ask
from dangol.contracts.shopfloor.orders import LookUpOrders, Orders, OrderView
from dangol.kernel.words import goods

_RETURNS = frozenset({"return_item", "exchange_item", "report_item_problem"})
_OF_ORDERS = _RETURNS | {
    "cancel_order", "ask_cancel_policy", "change_order", "track_order", "list_orders", "track_refund", "ask_return_policy",
    "set_address", "get_invoice",
}  # fmt: skip
_GIVEN = frozenset({"inform", "affirm", "deny", "complain", "thank", "correct"})
# what goods by their name alone are read as where nobody speaks of an order
_OF_GOODS = frozenset(
    {"find_product", "add_to_cart", "style_advice", "ask_product_info", "ask_availability", "compare_products",
     "choose_option", "inform", "ask_price", "recommend", "ask_size_advice", "smalltalk", "correct", "affirm"}
)  # fmt: skip
_BUYS = re.compile(
    r"(?i)담아|담을|장바구니|살게|살래|살\s?수|사고|구매|얼마|재고|하나\s?더|\b(?:buy|cart|basket|add|stock|price|how much|cost|another|more|order (?:a|an|one)|want to order)\b"
)
_FEW_WORDS, _MOST_WORDS = 6, 12
_ALL = re.compile(r"(?i)전부|전체|모두|둘\s?다|다\s?취소|\b(?:all of (?:it|them)|everything|whole|both)\b")
_CALLS_OFF = re.compile(r"(?i)취소|\bcancel")


def spoken_of(desk: Desk) -> bool:
    """Whether the talk is of an order that was made, and of no goods on the shelf."""
    memory, last = desk.memory, set(desk.memory.last_intents)
    if memory.last_order is None or memory.task or not last:
        return False
    return bool(last & _OF_ORDERS) or (last <= _GIVEN and not memory.shown)


def instead(desk: Desk, intent: str) -> str | None:
    """The request about the order that looks like one about the cart, or like the end of a task that nobody began."""
    memory = desk.memory
    if (
        intent not in ("change_cart", "cancel_dialogue")
        or not spoken_of(desk)
        or memory.focus
        or memory.shown
    ):
        return None
    cancelled = bool(set(memory.last_intents) & {"cancel_order", "ask_cancel_policy"})
    if intent == "change_cart":
        return "cancel_order" if cancelled and _ALL.search(desk.text) else "change_order"
    idle = memory.pending is None and not memory.awaits
    of_all = _ALL.search(desk.text) is not None
    return "cancel_order" if _CALLS_OFF.search(desk.text) and (idle or of_all) else None


def asked(desk: Desk) -> bool:
    """Whether goods are named, or told to be wrong, that may be those of the order talked about."""
    if not spoken_of(desk) or desk.memory.awaits or desk.values("order_id"):
        return False
    if desk.situation.state.shopper(desk.situation.now).role == "visitor":
        return False
    if not {intent.name for intent in desk.situation.reading.intents} <= _OF_GOODS:
        return False
    if seeks(desk.text) or _BUYS.search(desk.text) or desk.values("excluded"):
        return False
    words = len(desk.text.split())
    if return_slots.intent_for(desk.text) and not desk.text.rstrip().endswith("?"):
        return words <= _MOST_WORDS
    return bool(_names(desk)) and words <= _FEW_WORDS and not asks_beside_names(_without_topic(desk))


def _names(desk: Desk) -> list[str]:
    return [each.text for each in desk.entities if each.type in ("category", "product") and each.text]


def _without_topic(desk: Desk) -> Desk:
    """ "운동화는요??" asks nothing beside the name."""
    return replace(desk, text=re.sub(r"(?:은요|는요|도요|이요|요)?[\s?？!.~]*$", "", desk.text))


def or_else(otherwise: Desk, job: Job) -> Job:
    """What was wished last, for the goods named; what the message was read as, where no order holds them."""

    def of_that_order(desk: Desk) -> Steps[Answer]:
        try:
            found = yield from ask("look_up_orders", LookUpOrders(limit=10), Orders)
        except ToolRefused:
            return (yield from job(replace(otherwise, memory=desk.memory)))
        last = desk.memory.last_order
        for order in sorted(found.items, key=lambda each: each.order != last):
            lines = _named(desk, order)
            if lines or (order.order == last and return_slots.intent_for(desk.text) and not _names(desk)):
                return (yield from _go_on(desk, order, lines))
        return (yield from job(replace(otherwise, memory=desk.memory)))

    return of_that_order


def _named(desk: Desk, order: OrderView) -> list[str]:
    """The lines of an order whose goods are named."""
    text = " ".join(_names(desk))
    return goods.meant(
        {each.line: goods.marks(each.title, each.options.values(), text) for each in order.lines}
    )


def _go_on(desk: Desk, order: OrderView, lines: list[str]) -> Steps[Answer]:
    memory = desk.memory
    wished = return_slots.intent_for(desk.text) or next(
        (each for each in memory.last_intents if each in _OF_ORDERS), ""
    )
    if memory.pending is not None and memory.pending.awaits == return_slots.LEFT:
        wished = wished or memory.pending.intent
    if wished == "ask_return_policy":
        wished = "return_item"
    at = replace(desk, argument=order.order, intent=wished or "track_order")
    if wished in _RETURNS:
        slots = return_slots.Slots(
            kind="exchange" if wished == "exchange_item" else "return", intent=wished, order=order.order,
            lines=tuple((each, 0) for each in lines),
        )  # fmt: skip
        return (yield from returning.go_on(at, return_slots.heard(desk, slots)))
    if wished in ("cancel_order", "ask_cancel_policy"):
        return (yield from cancelling.cancel_order(at.with_intent("cancel_order")))
    if wished == "change_order":
        return (yield from changing.change_order(at))
    return (yield from orders_after.track_order(at.with_intent("track_order")))
