"""Several wishes in one message: what has to wait for another of them is kept, said, and taken up as soon as nothing is
open, so that none of them is silently lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dangol.assistant.matter import Matter
from dangol.assistant.minds import Situation
from dangol.assistant.minds.embedded import return_slots
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.steps import Answer
from dangol.assistant.speak.lines import line
from dangol.assistant.state import Memory
from dangol.assistant.understanding.reading import Intent, Reading

MOST_WAITING = 2
_TURNS = 8  # a wish is not taken up any more when so much else has been said since
# these only tell something, and can be told before a question of ours is answered
_TELLS = frozenset(
    {
        "track_order", "list_orders", "track_refund", "get_invoice", "view_points", "ask_policy", "ask_return_policy",
        "ask_cancel_policy", "ask_delivery", "ask_store", "ask_contact", "ask_payment_methods", "ask_promotion",
    }
)  # fmt: skip
# what is asked for by these can be kept; the rest of a message is answered now or is no wish
_WISHES = _TELLS | {
    "cancel_order", "change_order", "set_address", "return_item", "exchange_item", "report_item_problem", "notify_restock",
    "save_wish", "add_to_cart", "find_product",
}  # fmt: skip
_OF_ORDERS = frozenset(
    {
        "track_order", "list_orders", "track_refund", "get_invoice", "view_points", "cancel_order", "change_order",
        "set_address", "return_item", "exchange_item", "report_item_problem",
    }
)  # fmt: skip
_ENDS = frozenset({"cancel_dialogue", "start_over", "goodbye", "talk_to_human", "abuse"})
_PROVES = ("proof", "code")


_ALSO = re.compile(r"(?i)도\s?(?:같이|함께|취소|요|해)|둘\s?다|같이|함께|\b(?:too|also|as well|both)\b")


def set_aside(situation: Situation, answers: Sequence[Answer]) -> tuple[Matter, ...]:
    """The cancellation that was asked about, where another order is to be cancelled too before that was answered."""
    question = situation.state.question
    if question is None or question.tool != "cancel_order" or situation.answer:
        return ()
    before = str(question.args.get("order", ""))
    others = [each.confirm[1] for each in answers if each.confirm and each.confirm[1].tool == question.tool]
    if not any(getattr(each.args, "order", before) != before for each in others):
        return ()
    if not _ALSO.search(situation.heard.text):
        return ()
    named = {"type": "order_id", "text": before, "value": before, "start": 0, "end": len(before)}
    return (Matter(intent="cancel_order", text=before, entities=(named,), turn=situation.state.turn),)


def can_be_done(desk: Desk, answers: Sequence[Answer]) -> bool:
    """Whether a wish can be answered beside what an answer before it has asked."""
    if any(each.confirm for each in answers):
        return desk.intent in _TELLS
    proves = any(each.keep.get("awaits") in _PROVES for each in answers)
    return not (proves and desk.intent in _OF_ORDERS)


def asks_too(answer: Answer, answers: Sequence[Answer]) -> bool:
    """Whether an answer puts a question or calls somebody, where one before it waits for its own."""
    open_already = any(each.confirm or each.keep.get("awaits") for each in answers)
    return open_already and bool(answer.confirm or answer.keep.get("awaits") or answer.hand_off)


def kept(memory: Memory, desks: Sequence[Desk], turn: int) -> Memory:
    """The memory with the wishes that wait; one that is wished again takes the place of the earlier one."""
    new = [
        Matter(intent=each.intent, text=each.text, entities=_named(each), turn=turn)
        for each in desks
        if each.intent in _WISHES
    ]
    anew = {each.intent for each in new}
    before = [each for each in memory.waiting if each.intent not in anew]
    return memory.model_copy(update={"waiting": tuple([*before, *new][:MOST_WAITING])})


def _named(desk: Desk) -> tuple[dict[str, Any], ...]:
    """What a wish names, with the goods that were talked about when it was made."""
    named = [each.model_dump() for each in desk.entities]
    pending = desk.situation.state.memory.pending
    product = pending.product if pending is not None else None
    if product and not desk.values("product") and not desk.values("category"):
        named.append({"type": "product", "text": "", "value": {"product": product}, "start": 0, "end": 0})
    return tuple(named)


def told(desks: Sequence[Desk]) -> list[Answer]:
    """Beside the question that comes first: that the other wish is not forgotten."""
    return [told_next()] if any(each.intent in _WISHES for each in desks) else []


def told_next() -> Answer:
    """Something said with it comes right after."""
    return Answer(lines=(line("other_wish_next"),))


def forgotten(situation: Situation, memory: Memory) -> Memory:
    """Without what is over: the talk was ended, the same was just asked for, or too much was said since."""
    if not memory.waiting:
        return memory
    names = {each.name for each in situation.reading.intents}
    if names & _ENDS:
        return memory.model_copy(update={"waiting": ()})
    left = tuple(
        each
        for each in memory.waiting
        if each.intent not in names and situation.state.turn - each.turn <= _TURNS
    )
    return memory.model_copy(update={"waiting": left})


def is_due(memory: Memory, answers: Sequence[Answer]) -> bool:
    """Whether something waits and nothing is open before it."""
    if not memory.waiting or memory.task is not None:
        return False
    return not any(each.confirm or each.hand_off or each.switch or _waits(each) for each in answers)


def _waits(answer: Answer) -> bool:
    pending = answer.keep.get("pending")
    return bool(answer.keep.get("awaits")) or (pending is not None and pending.awaits != return_slots.LEFT)


def taken_up(situation: Situation, memory: Memory) -> tuple[Situation, Memory]:
    """The situation as if the wish that waits longest were said now."""
    first, rest = memory.waiting[0], memory.waiting[1:]
    memory = memory.model_copy(update={"waiting": rest, "awaits": None, "pending": None})
    reading = Reading.model_validate(
        {
            "text": first.text,
            "language": situation.language,
            "intents": (Intent(name=first.intent, confidence=0.95),),
            "entities": first.entities,
        }
    )
    heard = situation.heard.model_copy(
        update={"text": first.text, "choice": None, "form": None, "attachments": ()}
    )
    state = situation.state.model_copy(update={"memory": memory, "question": None})
    return replace(situation, heard=heard, reading=reading, state=state, answer=None), memory
