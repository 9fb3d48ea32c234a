"""A question asked in the middle of a return or of showing who one is: answered, and then what was open is put again."""

from __future__ import annotations

from dataclasses import replace

from dangol.assistant.minds import Situation
from dangol.assistant.minds.embedded import confirm_again, open_matters, return_slots, returning, verifying
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.jobs import JOBS
from dangol.assistant.minds.embedded.steps import Answer, Steps, ToolBroke, ToolRefused
from dangol.assistant.state import Memory, Pending
from dangol.assistant.understanding.reading import Reading

# what can be asked beside, and leaves what is being done as it is
_BESIDE = frozenset(
    {
        "ask_return_policy", "ask_cancel_policy", "ask_policy", "ask_delivery", "ask_contact", "ask_store",
        "ask_payment_methods", "ask_promotion", "ask_if_bot", "ask_my_data", "track_refund", "get_invoice", "view_points",
    }
)  # fmt: skip
# with these the talk moves to another order, unless a yes to something definite is all that is missing
_MOVES_ON = frozenset({"track_order", "list_orders"})
_COURTESY = frozenset({"thank", "affirm"})


def put_again(situation: Situation, memory: Memory, answers: list[Answer]) -> Steps[Answer | None]:
    """The question that was open before this message, where the message only asked something beside it."""
    before = situation.state.memory
    waiting = before.pending
    question = situation.state.question
    if question is not None and waiting is None:
        again = not situation.answer and _beside_only(situation, answers)
        return (yield from confirm_again.put(question)) if again else None
    if waiting is None or not open_matters.is_open(waiting) or not _only_beside(situation, waiting, answers):
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
        asked = yield from _asked_anew(desk, waiting)
        return replace(asked, lines=asked.lines[-2:])  # the question with what it is about, beside an answer
    except (ToolRefused, ToolBroke):
        return None


def _asked_anew(desk: Desk, waiting: Pending) -> Steps[Answer]:
    if waiting.awaits == "proof":
        return (yield from verifying.show(desk, JOBS[waiting.intent]))
    if waiting.intent in return_slots.INTENTS and waiting.awaits in return_slots.AWAITS:
        return (yield from returning.go_on(desk, return_slots.kept(desk, waiting.intent)))
    return (yield from JOBS[waiting.intent](replace(desk, text=waiting.value)))


def _beside_only(situation: Situation, answers: list[Answer]) -> bool:
    """Whether nothing was asked but what can be asked beside, and nothing else is open after it."""
    names = {intent.name for intent in situation.reading.intents}
    asks = (_BESIDE - {"ask_cancel_policy"}) | _MOVES_ON
    all_beside = all(each.keep.get("beside") for each in answers)
    beside = all_beside or _agrees_and_more(names) or (bool(names & asks) and names <= asks | _COURTESY)
    ends = any(
        each.hand_off or each.confirm or each.switch or each.keep.get("pending") or each.keep.get("awaits")
        for each in answers
    )
    return beside and not ends and not situation.heard.choice and not situation.heard.form


def _agrees_and_more(names: set[str]) -> bool:
    """ "네 그리고 머그컵 담아줘": a yes with something else is none; what it was said to is asked once more."""
    return "affirm" in names and len(names) > 1


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
    return typed and (thanks or asked or _agrees_and_more(names)) and not ends
