"""A question asked in the middle of a return or of showing who one is: answered, and then what was open is put again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from dangol.assistant.minds import Situation
from dangol.assistant.minds.embedded import return_slots, returning, verifying
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.jobs import JOBS
from dangol.assistant.minds.embedded.steps import Answer, NeedsYes, Steps, ToolBroke, ToolRefused, ask
from dangol.assistant.speak.lines import line
from dangol.assistant.state import Memory, Pending
from dangol.assistant.understanding.reading import Reading
from dangol.contracts.shopfloor.changes import (
    Cancellation,
    CancelOrder,
    ChangeAddress,
    ChangeOption,
    ChangePayment,
    OrderChange,
)
from dangol.contracts.shopfloor.orders import LookUpOrders, Orders

# what can be asked beside, and leaves what is being done as it is
_BESIDE = frozenset(
    {
        "ask_return_policy", "ask_cancel_policy", "ask_policy", "ask_delivery", "ask_contact", "ask_store",
        "ask_payment_methods", "ask_promotion", "ask_if_bot", "ask_my_data", "track_refund",
    }
)  # fmt: skip
_COURTESY = frozenset({"thank", "affirm"})


def put_again(situation: Situation, memory: Memory, answers: list[Answer]) -> Steps[Answer | None]:
    """The question that was open before this message, where the message only asked something beside it."""
    before = situation.state.memory
    waiting = before.pending
    if situation.state.question is not None and waiting is None:
        return (yield from _confirm_again(situation, answers))
    if waiting is None or not _is_open(waiting) or not _only_beside(situation, waiting, answers):
        return None
    blank = replace(
        situation,
        heard=situation.heard.model_copy(
            update={"text": "", "choice": None, "form": None, "attachments": ()}
        ),
        reading=Reading(text="", language=situation.language),
        answer=None,
    )
    then = memory.model_copy(
        update={
            "pending": waiting,
            "awaits": before.awaits,
            "proof": before.proof,
            "last_order": before.last_order,
        }
    )
    desk = Desk(situation=blank, memory=then, intent=waiting.intent, text="")
    try:
        if waiting.awaits == "proof":
            return (yield from verifying.show(desk, JOBS[waiting.intent]))
        asked = yield from returning.go_on(desk, return_slots.kept(desk, waiting.intent))
        return replace(asked, lines=asked.lines[-2:])  # the question with what it is about, beside an answer
    except (ToolRefused, ToolBroke):
        return None


def _confirm_again(situation: Situation, answers: list[Answer]) -> Steps[Answer | None]:
    """What was about to be done is asked once more, with exactly what was agreed to so far: nothing is done by it."""
    question = situation.state.question
    asked = _CONFIRMED.get(question.tool) if question is not None else None
    if question is None or asked is None or situation.answer or not _beside_only(situation, answers):
        return None
    args = asked.args.model_validate(question.args)
    try:
        if asked.names_order:  # what is named is looked up, so that it can be said
            yield from ask("look_up_orders", LookUpOrders(order=args.order), Orders)
        yield from ask(question.tool, args, asked.result)
    except NeedsYes as needs:
        return Answer(
            lines=(line(asked.question, **{"order": args.order} if asked.names_order else {}),),
            choices=(("yes", line(asked.yes)), ("no", line(asked.no))),
            keep={"awaits": "yes_no", "pending": None, "last_order": args.order},
            confirm=(needs.code, needs.call),
        )
    except (ToolRefused, ToolBroke):
        return None
    raise AssertionError("nothing is done without a yes")


def _beside_only(situation: Situation, answers: list[Answer]) -> bool:
    """Whether nothing was asked but what can be asked beside, and nothing else is open after it."""
    names = {intent.name for intent in situation.reading.intents}
    asks = (_BESIDE - {"ask_cancel_policy"}) | {"view_points"}
    beside = (bool(names & asks) and names <= asks | _COURTESY) or all(
        each.keep.get("beside") for each in answers
    )
    ends = any(
        each.hand_off or each.confirm or each.switch or each.keep.get("pending") or each.keep.get("awaits")
        for each in answers
    )
    return beside and not ends and not situation.heard.choice and not situation.heard.form


@dataclass(frozen=True)
class _Asked:
    """How a tool's own question is put once more."""

    args: type[Any]
    result: type[Any]
    question: str
    yes: str
    no: str
    names_order: bool = False


_CONFIRMED = {
    "cancel_order": _Asked(
        CancelOrder,
        Cancellation,
        "confirm_cancel",
        "button_yes_cancel",
        "button_keep_order",
        names_order=True,
    ),
    "change_address": _Asked(
        ChangeAddress, OrderChange, "confirm_change_address", "button_yes_change", "button_leave_it"
    ),
    "change_option": _Asked(
        ChangeOption, OrderChange, "confirm_change_option", "button_yes_change", "button_leave_it"
    ),
    "change_payment": _Asked(
        ChangePayment, OrderChange, "confirm_change_payment", "button_yes_change", "button_leave_it"
    ),
}


def _is_open(waiting: Pending) -> bool:
    if waiting.awaits == "proof":
        return waiting.intent in JOBS and "by" not in waiting.options
    return waiting.intent in return_slots.INTENTS and waiting.awaits in return_slots.AWAITS


def _only_beside(situation: Situation, waiting: Pending, answers: list[Answer]) -> bool:
    names = {intent.name for intent in situation.reading.intents}
    if all(each.keep.get("beside") for each in answers):
        names &= _BESIDE | {"thank"}
        names |= {"ask_return_policy"}
    thanks = (
        names == {"thank"} and waiting.awaits != "proof"
    )  # who thanks before showing who they are may be leaving
    asked = bool(names & _BESIDE) and names <= _BESIDE | _COURTESY
    ends = any(
        each.hand_off
        or each.confirm
        or each.switch
        or (each.keep.get("pending") and not each.keep.get("beside"))
        for each in answers
    )
    typed = not situation.heard.choice and not situation.heard.form
    return typed and (thanks or asked) and not ends
