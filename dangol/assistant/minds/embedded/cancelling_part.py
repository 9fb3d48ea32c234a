"""Some of an order cancelled and the rest kept: which, that it goes only as a whole here, and what can be done instead."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dangol.assistant.minds.embedded import cart_changes
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.pointing import is_question
from dangol.assistant.minds.embedded.return_slots import named_lines
from dangol.assistant.minds.embedded.steps import Answer, Job, Steps, ask
from dangol.assistant.speak import cards
from dangol.assistant.speak.lines import line
from dangol.contracts.shopfloor.baskets import CartView
from dangol.contracts.shopfloor.changes import Cancellation
from dangol.contracts.shopfloor.orders import OrderLineView, OrderView
from dangol.contracts.shopfloor.people import Nothing
from dangol.kernel.words import goods

_CANCELS = re.compile(
    r"(?i)취소|빼\s?(?:주|줘|고\s)|\b(?:cancel\w*|remove|drop|take (?:out|off)|don'?t send)\b"
)
_KEEPS = re.compile(
    r"(?i)그대로|남겨|남기|놔\s?두|놔\s?둬|두고|유지|보내|받을|받고|살려|\b(?:keep|leave|still (?:want|need|send|take)|stays?|rest)\b"
)
_ONLY = re.compile(
    r"(?i)[가-힣a-z0-9]만\s?(?:취소|빼)|취소는?\s?[가-힣a-z0-9]+만|\b(?:only|just) (?:cancel|the)\b|\bcancel (?:only|just)\b"
)
_PARTED = re.compile(
    r"(?i)(?<=하고)\s|(?<=시고)\s|(?<=빼고)\s|(?<=[가-힣]구)\s|(?<=는데)\s|[,.;]\s?|\bbut\b|\band\b|\n"
)
_PERSON = ("human", line("button_human_now"))


@dataclass(frozen=True)
class Part:
    """The lines of an order that are not wanted any more, and those that are."""

    out: tuple[OrderLineView, ...]
    kept: tuple[OrderLineView, ...]


def asked(desk: Desk) -> Desk | None:
    """ "Cancel the bread but keep the cookies", "빵만 취소해 주세요": a part of what was ordered, or of the cart."""
    if desk.memory.task == "checkout" or not _CANCELS.search(desk.text) or is_question(desk.text):
        return None
    if not ("취소" in desk.text or re.search(r"(?i)\bcancel", desk.text)):
        return None
    parted = _KEEPS.search(desk.text) or _ONLY.search(desk.text)
    return desk.with_intent("cancel_order") if parted else None


def of_cart_or(otherwise: Job) -> Job:
    """Out of the cart where that holds what is named and no order was spoken of; else of an order."""

    def of_which(desk: Desk) -> Steps[Answer]:
        if not (desk.values("order_id") or desk.memory.last_order):
            cart = yield from ask("view_cart", Nothing(), CartView)
            if gone := _lines_out(desk.text, cart):
                return (yield from _taken_out(desk, gone))
        return (yield from otherwise(desk))

    return of_which


def _lines_out(text: str, cart: CartView) -> list[str]:
    """The SKUs of the lines of a cart that are named to go; where none is, those that are not named to stay."""
    out, kept = (
        goods.meant({each.sku: goods.marks(each.title, each.options.values(), part) for each in cart.lines})
        for part in _fragments(text)
    )
    return [sku for sku in out if sku not in kept] or [
        each.sku for each in cart.lines if kept and each.sku not in kept
    ]


def _taken_out(desk: Desk, skus: list[str]) -> Steps[Answer]:
    answer = yield from cart_changes.remove_line(replace(desk, argument=skus[0]))
    for sku in skus[1:]:
        answer = yield from cart_changes.remove_line(replace(desk, argument=sku))
    return answer


def meant(text: str, order: OrderView) -> Part | None:
    """The part of an order a text wants cancelled; None where it is all of it, or nothing tells which."""
    out, kept = (named_lines(order, part) if part else [] for part in _fragments(text))
    out = [each for each in out if each not in kept] or [
        each for each in order.lines if kept and each not in kept
    ]
    if not out or len(out) == len(order.lines):
        return None
    return Part(tuple(out), tuple(each for each in order.lines if each not in out))


def _fragments(text: str) -> tuple[str, str]:
    """(the words of what goes, the words of what stays)."""
    out, kept = [], []
    for part in _PARTED.split(text):
        if _CANCELS.search(part):
            out.append(part)
        elif _KEEPS.search(part):
            kept.append(part)
    return " ".join(out), " ".join(kept)


def told(desk: Desk, found: Cancellation, part: Part) -> Answer:
    """Only whole orders are cancelled here: a person takes a part out; else all of it goes, or it is sent back later."""
    lines = (
        line("cancel_part_by_person", what=[each.title for each in part.out], order=found.order),
        line("cancel_part_or_whole", kept=[each.title for each in part.kept]),
    )
    return Answer(
        lines=lines,
        blocks=(cards.order(found.order_view, desk.language, desk.shop),),
        choices=(_PERSON, (f"cancel:{found.order}", line("button_cancel_whole"))),
        keep={"awaits": None, "pending": None, "last_order": found.order, "offered_person": True},
    )
