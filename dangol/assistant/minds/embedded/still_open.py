"""A question asked in the middle of a return or of showing who one is: answered, and then what was open is put again."""

from __future__ import annotations

from dataclasses import replace

from dangol.assistant.minds import Situation
from dangol.assistant.minds.embedded import return_slots, returning, verifying
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.jobs import JOBS
from dangol.assistant.minds.embedded.steps import Answer, Steps, ToolBroke, ToolRefused
from dangol.assistant.state import Memory, Pending
from dangol.assistant.understanding.reading import Reading

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


def _is_open(waiting: Pending) -> bool:
    if waiting.awaits == "proof":
        return waiting.intent in JOBS and "by" not in waiting.options
    return waiting.intent in return_slots.INTENTS and waiting.awaits in return_slots.AWAITS


def _only_beside(situation: Situation, waiting: Pending, answers: list[Answer]) -> bool:
    names = {intent.name for intent in situation.reading.intents}
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
