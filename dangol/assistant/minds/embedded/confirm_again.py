"""A question of ours before something is done, put once more with exactly what was asked about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dangol.assistant.minds.embedded.steps import Answer, NeedsYes, Steps, ToolBroke, ToolRefused, ask
from dangol.assistant.speak.lines import Line, line
from dangol.assistant.state import Question
from dangol.contracts.shopfloor.changes import (
    Cancellation,
    CancelOrder,
    ChangeAddress,
    ChangeOption,
    ChangePayment,
    OrderChange,
)
from dangol.contracts.shopfloor.orders import LookUpOrders, Orders
from dangol.contracts.shopfloor.returns import (
    CancelReturn,
    ChangeRefundWay,
    LookUpReturns,
    Returns,
    ReturnView,
)
from dangol.kernel.model import Value

Words = Callable[[Any], Steps[Line]]


def put(question: Question) -> Steps[Answer | None]:
    """The same question, which does nothing by itself; None where it is none of an order, or holds no more."""
    asked = _ASKED.get(question.tool)
    if asked is None:
        return None
    args = asked.args.model_validate(question.args)
    try:
        words = yield from asked.words(args)
        yield from ask(question.tool, args, asked.result)
    except NeedsYes as needs:
        of = getattr(args, "order", None)
        return Answer(
            lines=(words,),
            choices=(("yes", line(asked.yes)), ("no", line(asked.no))),
            keep={"awaits": "yes_no", "pending": None, **({"last_order": of} if of else {})},
            confirm=(needs.code, needs.call),
        )
    except (ToolRefused, ToolBroke):
        return None
    raise AssertionError("nothing is done without a yes")


@dataclass(frozen=True)
class _Asked:
    """How a tool's own question is put once more."""

    args: type[Value]
    result: type[Value]
    words: Words
    yes: str
    no: str


def _cancel(args: CancelOrder) -> Steps[Line]:
    yield from ask("look_up_orders", LookUpOrders(order=args.order), Orders)  # what is named can be said
    return line("confirm_cancel", order=args.order)


def _call_off(args: CancelReturn) -> Steps[Line]:
    found = yield from ask("look_up_returns", LookUpReturns(number=args.number), Returns)
    kind = found.items[0].kind if found.items else "return"
    return line("confirm_call_off", what=line(f"kind_{kind}"), number=args.number)


def _other_way(args: ChangeRefundWay) -> Steps[Line]:
    yield from ()
    return line("confirm_other_way", way=line(f"way_{args.way}"))


def _change(name: str) -> Words:
    def words(args: Value) -> Steps[Line]:
        yield from ()
        return line(name)

    return words


_TO_CHANGE = ("button_yes_change", "button_leave_it")
_ASKED = {
    "cancel_order": _Asked(CancelOrder, Cancellation, _cancel, "button_yes_cancel", "button_keep_order"),
    "change_address": _Asked(ChangeAddress, OrderChange, _change("confirm_change_address"), *_TO_CHANGE),
    "change_option": _Asked(ChangeOption, OrderChange, _change("confirm_change_option"), *_TO_CHANGE),
    "change_payment": _Asked(ChangePayment, OrderChange, _change("confirm_change_payment"), *_TO_CHANGE),
    "cancel_return": _Asked(CancelReturn, ReturnView, _call_off, "button_yes_call_off", "button_keep_return"),
    "change_refund_way": _Asked(ChangeRefundWay, ReturnView, _other_way, "button_yes_do", "button_not_yet"),
}
