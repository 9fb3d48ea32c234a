"""What would be if goods came broken: asked before anything is ordered, so that there is nothing yet to report."""

from __future__ import annotations

from dataclasses import replace

from dangol.assistant.minds.embedded import policies, telling
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.steps import Answer, Steps

_PLAINLY = {
    "ko": "상품이 상하거나 깨져서 왔을 때 환불이나 교환",
    "en": "refund or replacement when goods arrive damaged or spoiled",
}


def if_damaged(desk: Desk) -> Steps[Answer]:
    """What the articles say of goods that come broken, else what the record of those at hand says."""
    plainly = replace(desk, text=_PLAINLY["ko" if desk.language == "ko" else "en"])
    answer = (yield from policies.policy_part(desk)) or (yield from policies.policy_part(plainly))
    if answer is not None:
        return answer
    if desk.memory.focus:
        return (yield from telling.ask_product_info(desk))
    return (yield from policies.unwritten(desk))
