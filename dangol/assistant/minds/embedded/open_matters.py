"""What of an order is open when a message comes: a question of ours that still waits for its answer."""

from __future__ import annotations

from dangol.assistant.minds import Situation
from dangol.assistant.minds.embedded import return_slots
from dangol.assistant.state import Pending, State

# requests about an order that was made, and what they may wait for
AFTER_SALE = return_slots.INTENTS | {
    "cancel_order", "change_order", "set_address", "get_invoice", "track_order", "list_orders", "track_refund",
    "view_points",
}  # fmt: skip
_FEW_WORDS = 4
_WAITS_FOR = frozenset({"order", "address", "product", "option"})
# questions of a tool of its own that are put once more, with exactly what was asked about
CONFIRMING = frozenset(
    {
        "cancel_order", "change_address", "change_option", "change_payment", "start_return", "cancel_return",
        "change_refund_way",
    }
)  # fmt: skip


def any_of(state: State) -> bool:
    """Whether something about an order was asked that this message may answer."""
    pending, question = state.memory.pending, state.question
    if pending is not None and is_open(pending):
        return True
    return question is not None and question.tool in CONFIRMING


def is_open(pending: Pending) -> bool:
    """Whether it is shown who is asking, goods are sent back, or it is asked which order or where it shall go."""
    if pending.awaits == "proof":
        return "by" not in pending.options
    if pending.intent in return_slots.INTENTS and pending.awaits in return_slots.AWAITS:
        return True
    return pending.intent in AFTER_SALE and pending.awaits in _WAITS_FOR


def agrees_to_nothing(situation: Situation) -> bool:
    """Whether our question is asked back, or what sounds like a yes to it is none ("so yes or no", "네?", "뭐라고요")."""
    question, names = situation.state.question, {intent.name for intent in situation.reading.intents}
    typed = situation.heard.choice is None and situation.heard.form is None and situation.answer is None
    brief = len(situation.heard.text.split()) <= _FEW_WORDS and not situation.heard.attachments
    open_now = question is not None and question.tool in CONFIRMING
    asked_back = bool(names) or situation.heard.text.rstrip().endswith("?")
    unclear = asked_back and names <= {"affirm", "repeat"} and not situation.reading.entities
    return typed and brief and open_now and unclear
