"""Returns that were asked for: where the money is, calling one off, having the money another way."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dangol.assistant.minds.embedded import exchange_lives, policies, return_answers
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.orders_after import order_named
from dangol.assistant.minds.embedded.pointing import is_question
from dangol.assistant.minds.embedded.steps import Answer, NeedsYes, Steps, ToolRefused, ask
from dangol.assistant.speak.lines import Line, line
from dangol.contracts.shopfloor.changes import Cancellation, LookAtCancellation
from dangol.contracts.shopfloor.orders import LookUpOrders, Orders
from dangol.contracts.shopfloor.returns import (
    CancelReturn,
    ChangeRefundWay,
    LookUpReturns,
    Returns,
    ReturnView,
)

_PERSON = ("human", line("button_human"))
_MOST, _MOST_OFFERED = 20, 6
_RETURN_NUMBER = re.compile(r"\bR\d{8}-\d{4,}\b")
_CALL_OFF = re.compile(
    r"(?i)(?:반품|교환|회수)\s?(?:신청)?.{0,8}(?:취소|철회|안\s?할)|\bcancel\b.{0,14}\b(?:return|exchange)\b"
)


_CARD_GONE = re.compile(
    r"(?i)(?:카드|계좌|통장)\S{0,2}\s?.{0,6}(?:만료|해지|없앴|없어|정지|잃어|분실|바꿨|바뀌|재발급|막혔)|(?:다른|딴|새)\s?(?:카드|계좌|통장)\S*\s?.{0,8}(?:환불|받|돌려|넣어|입금)|환불.{0,10}(?:다른|딴|새)\s?(?:카드|계좌|통장)"
    r"|\b(?:card|account)\b.{0,16}\b(?:expired?|expires|cancelled|closed|lost|stolen|gone|changed|replaced|blocked|no longer)\b|\b(?:lost|closed|cancelled|changed) my (?:\w+ )?(?:card|account)\b|\b(?:refund\w*|money|it)\b.{0,24}\b(?:different|another|other|new) (?:\w+ )?(?:card|account)\b"
)


def other_card(desk: Desk) -> Desk | None:
    """ "My card expired", "다른 카드로 환불돼요?" of what was bought: where money goes that goes back."""
    about = desk.memory.last_order or _BACK.search(desk.text) or desk.situation.state.question
    if desk.memory.task or not about or not _CARD_GONE.search(desk.text):
        return None
    return desk.with_intent("ask_return_policy")


_BACK = re.compile(r"(?i)환불|돌려|\brefund")


def to_other_card(desk: Desk) -> Steps[Answer]:
    """Back the way it was paid; where that does not take it, another way is found. What was open stays open."""
    yield from ()
    pending = desk.memory.pending
    keep = {"awaits": desk.memory.awaits or "choice", "pending": pending} if pending is not None else {}
    return Answer(
        lines=(line("refund_same_way"), line("refund_if_not_taken")),
        choices=(_PERSON,),
        keep={"beside": True, **keep},
    )


def calls_off(text: str) -> bool:
    """Is a return or an exchange that was asked for not wanted any more?"""
    return _CALL_OFF.search(text) is not None


_KEEPS = re.compile(
    r"(?i)(?:그냥|걍|다시)\s?(?:쓸게|쓸래|쓸께|가질게|가질래|둘게|입을게|신을게|갖고)|안\s?(?:보낼|보내고\s?싶|보내도|돌려보낼)|\b(?:i'?ll |i will |i |want to |rather |going to )(?:just )?keep (?:it|them|this|that|those|the)\b|\b(?:don'?t|do not) want to (?:return|send)\b"
)


def keeps_it(desk: Desk) -> Desk | None:
    """ "Actually i keep it" of what was bought, while it may be on its way back."""
    busy = desk.memory.task or desk.memory.pending is not None or desk.situation.state.question
    shops = desk.memory.focus or len(desk.memory.shown) > 1
    if busy or shops or desk.memory.last_order is None or not _KEEPS.search(desk.text):
        return None
    return desk.with_intent("return_item")


def track_refund(desk: Desk) -> Steps[Answer]:
    """Where the money of a return is; with no return, what the shop says of refunds."""
    if calls_off(desk.text) and not is_question(desk.text):
        return (yield from call_off(desk))
    said = _RETURN_NUMBER.search(desk.argument or desk.text)
    order = order_named(desk) or desk.memory.last_order
    if order is not None and not said:
        of_order = yield from ask("look_up_orders", LookUpOrders(order=order), Orders)
        if of_order.items and of_order.items[0].status == "cancelled":
            return (yield from _of_cancelled(order))
    wanted = LookUpReturns(
        number=said.group() if said else None, order=None if said else order_named(desk), limit=_MOST
    )
    found = yield from ask("look_up_returns", wanted, Returns)
    if found.items:
        return (yield from _stands(desk, found.items))
    answer = yield from policies.policy_part(desk)
    lines = (line("no_returns"), *(answer.lines[:2] if answer else ()))
    return Answer(
        lines=lines,
        sources=answer.sources if answer else (),
        choices=(("intent:return_item", line("button_return")), _PERSON),
        keep={"awaits": None, "pending": None},
    )


def _stands(desk: Desk, found: Sequence[ReturnView]) -> Steps[Answer]:
    """That of the order talked about, else the newest that is open; a button for each other one that is."""
    open_ones = [each for each in found if each.waits_for is not None]
    spoken_of = [each for each in found if desk.memory.last_order in (each.order, each.replacement)]
    view = (spoken_of or open_ones or list(found))[0]
    answer = yield from exchange_lives.both(desk, view)
    others = [each for each in open_ones if each.number != view.number]
    return replace(answer, choices=(*answer.choices, *_named("refund", others[:_MOST_OFFERED])))


def _named(verb: str, found: Sequence[ReturnView]) -> tuple[tuple[str, Line], ...]:
    """Returns as they are told apart: by number and goods."""
    return tuple(
        (f"{verb}:{each.number}", line("order_called", order=each.number, title=each.lines[0].title))
        for each in found
    )


def _of_cancelled(order: str) -> Steps[Answer]:
    """The money of an order that was cancelled: how far it is on its way, and a person who can look."""
    found = yield from ask("look_at_cancellation", LookAtCancellation(order=order), Cancellation)
    days = found.refund_business_days
    when = line("back_soon")
    if days:
        first, last = days
        same = first in (0, last)
        when = line("back_within", days=last) if same else line("back_between", first=first, last=last)
    told = f"money_{found.money_back}"
    return Answer(
        lines=(line("status_cancelled", order=order), line(told, refund=found.refund, when=when)),
        choices=(_PERSON,),
        keep={"awaits": None, "pending": None, "last_order": order},
    )


def call_off(desk: Desk) -> Steps[Answer]:
    """Call a return off, after one yes."""
    said = _RETURN_NUMBER.search(desk.argument or desk.text)
    wanted = LookUpReturns(number=said.group() if said else None, limit=_MOST)
    found = yield from ask("look_up_returns", wanted, Returns)
    open_ones = [each for each in found.items if each.waits_for is not None]
    if not open_ones:
        return Answer(lines=(line("no_returns"),), choices=(_PERSON,), keep={"awaits": None, "pending": None})
    spoken_of = [each for each in open_ones if each.order == (order_named(desk) or desk.memory.last_order)]
    open_ones = spoken_of if len(spoken_of) == 1 else open_ones
    if len(open_ones) > 1:
        return Answer(
            lines=(line("which_to_call_off"),),
            choices=(*_named("call_off", open_ones[:_MOST_OFFERED]), _PERSON),
            keep={"awaits": None, "pending": None},
        )
    view = open_ones[0]
    try:
        done = yield from ask("cancel_return", CancelReturn(number=view.number), ReturnView)
    except NeedsYes as needs:
        return Answer(
            lines=(line("confirm_call_off", what=line(f"kind_{view.kind}"), number=view.number),),
            blocks=(return_answers.block(desk, view),),
            choices=(("yes", line("button_yes_call_off")), ("no", line("button_keep_return"))),
            keep={"awaits": "yes_no", "pending": None},
            confirm=(needs.code, needs.call),
        )
    except ToolRefused as no:
        if no.code != "return_under_way":
            raise
        return return_answers.too_late(desk, view)
    return return_answers.called_off(desk, done)


def yes_call_off(desk: Desk, args: dict[str, Any]) -> Steps[Answer]:
    """The yes was given: it is called off."""
    asked = CancelReturn.model_validate(args)
    try:
        done = yield from ask("cancel_return", asked, ReturnView)
    except ToolRefused as no:
        if no.code != "return_under_way":
            raise
        found = yield from ask("look_up_returns", LookUpReturns(number=asked.number), Returns)
        return return_answers.too_late(desk, found.items[0])
    return return_answers.called_off(desk, done)


def other_way(desk: Desk) -> Steps[Answer]:
    """Have a refund that did not go through another way: `NUMBER:WAY`, after one yes."""
    number, _, way = desk.argument.partition(":")
    asked = ChangeRefundWay.model_validate({"number": number, "way": way or "points"})
    try:
        done = yield from ask("change_refund_way", asked, ReturnView)
    except NeedsYes as needs:
        return Answer(
            lines=(line("confirm_other_way", way=line(f"way_{asked.way}")),),
            choices=(("yes", line("button_yes_do")), ("no", line("button_not_yet"))),
            keep={"awaits": "yes_no", "pending": None},
            confirm=(needs.code, needs.call),
        )
    return return_answers.stands(desk, done)


def yes_other_way(desk: Desk, args: dict[str, Any]) -> Steps[Answer]:
    """The yes was given: the money goes the other way."""
    done = yield from ask("change_refund_way", ChangeRefundWay.model_validate(args), ReturnView)
    return return_answers.stands(desk, done)
