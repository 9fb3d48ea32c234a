"""What the rules say, asked in the middle of a return: "택배비도 제가 내요?", "how long will that take"."""

from __future__ import annotations

from dataclasses import replace

from dangol.assistant.minds.embedded import policies
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.return_hearing import asked_beside
from dangol.assistant.minds.embedded.steps import Answer, Steps

_PLAINLY = {
    "fee": {"ko": "반품 교환 배송비는 누가 내나요", "en": "who pays for return shipping"},
    "time": {"ko": "환불은 언제 되나요", "en": "how long does a refund take"},
}


def asked(desk: Desk) -> Desk | None:
    """Whether a rule of the return under way is asked for, and no delivery."""
    return desk.with_intent("ask_return_policy") if asked_beside(desk) else None


def told_beside(desk: Desk) -> Steps[Answer]:
    """What the rules say to that; what was asked about the return stays open."""
    question = _PLAINLY[asked_beside(desk)]["ko" if desk.language == "ko" else "en"]
    answer = yield from policies.ask_policy(replace(desk, text=question, entities=()))
    return replace(
        answer,
        keep={"beside": True, "awaits": desk.memory.awaits or "choice", "pending": desk.memory.pending},
    )
