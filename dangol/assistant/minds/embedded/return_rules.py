"""What the rules say, asked in the middle of a return: "택배비도 제가 내요?", "how long will that take"."""

from __future__ import annotations

from dataclasses import replace

from dangol.assistant.minds.embedded import policies, return_answers
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.return_hearing import asked_beside
from dangol.assistant.minds.embedded.return_slots import kept
from dangol.assistant.minds.embedded.steps import Answer, Steps, ToolRefused, ask
from dangol.assistant.speak.lines import line
from dangol.contracts.shopfloor.returns import ReturnOffer
from dangol.kernel.after_sale.policy import OURS

_PLAINLY = {
    "fee": {"ko": "반품 교환 배송비는 누가 내나요", "en": "who pays for return shipping"},
    "time": {"ko": "환불은 언제 되나요", "en": "how long does a refund take"},
}


def asked(desk: Desk) -> Desk | None:
    """Whether a rule of the return under way is asked for, and no delivery."""
    return desk.with_intent("ask_return_policy") if asked_beside(desk) else None


def told_beside(desk: Desk) -> Steps[Answer]:
    """What the rules say to that; what was asked about the return stays open."""
    answer = yield from _of_this_one(desk)
    if answer is None:
        question = _PLAINLY[asked_beside(desk)]["ko" if desk.language == "ko" else "en"]
        answer = yield from policies.ask_policy(replace(desk, text=question, entities=()))
    return replace(
        answer,
        keep={"beside": True, "awaits": desk.memory.awaits or "choice", "pending": desk.memory.pending},
    )


def _of_this_one(desk: Desk) -> Steps[Answer | None]:
    """What this very return costs and who bears it, once it is known why the goods go back; which goods go, and when
    they are fetched."""
    about, pending = asked_beside(desk), desk.memory.pending
    if about == "pickup":
        return Answer(lines=(line("pickup_is_told"),))
    slots = kept(desk, pending.intent) if pending is not None else None
    if about == "time" or slots is None or not (slots.order and slots.lines):
        return Answer(lines=(line("only_wanted_back"),)) if about == "which" else None
    try:
        offer = yield from ask("check_return", slots.request(), ReturnOffer)
    except ToolRefused:
        return None
    if about == "which":
        called = [return_answers.called(each) for each in offer.lines]
        return Answer(lines=(line("only_these_back", what=called),))
    fee = offer.return_fee if offer.return_fee and offer.return_fee.amount else None
    if not offer.allowed or not slots.reason or (fee is None and slots.reason not in OURS):
        return None  # what costs nothing without a fault of ours is for the articles to say
    what = line(f"kind_{offer.kind}")
    told = line("cost_ours", what=what) if fee is None else line("cost_yours", what=what, fee=fee)
    return Answer(lines=(told,))
