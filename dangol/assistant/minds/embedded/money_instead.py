"""Money instead of an exchange that was asked for already: it is called off after a yes, and then the return begins."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re
from dataclasses import replace

from dangol.assistant.matter import Matter
from dangol.assistant.minds.embedded import refunds, returning
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.steps import Answer, Steps, ask
from dangol.contracts.shopfloor.returns import LookUpReturns, Returns

_INSTEAD = re.compile(
    r"(?i)(?:환불|돈)(?:으?로)\s?(?:바꿔|바꾸|변경|할|해|주세|줘|받)|교환\s?(?:말고|대신)\s?.{0,6}(?:환불|돈)"
    r"|\b(?:money|refund|cash)(?: back)? instead\b|\binstead\b.{0,20}\b(?:refund|money back)\b|\b(?:rather|prefer) (?:have |get |want )?(?:a |the |my )?(?:refund|money)\b"
)


def asked(desk: Desk) -> Desk | None:
    """ "Actually give me the money instead", "환불로 바꿔주세요" of what was bought, with nothing open."""
    memory = desk.memory
    busy = memory.task or memory.pending is not None or desk.situation.state.question is not None
    if busy or memory.last_order is None or not _INSTEAD.search(desk.text) or refunds.calls_off(desk.text):
        return None
    return replace(desk, intent="return_item")


def call_off_first(desk: Desk) -> Steps[Answer]:
    """The exchange of the order talked about is called off first, where one is under way."""
    found = yield from ask("look_up_returns", LookUpReturns(limit=20), Returns)
    last = desk.memory.last_order
    exchange = next(
        (
            each
            for each in found.items
            if each.kind == "exchange"
            and each.waits_for is not None
            and last in (each.order, each.replacement)
        ),
        None,
    )
    if exchange is None:
        return (yield from returning.return_item(desk))
    answer = yield from refunds.call_off(replace(desk, argument=exchange.number))
    order = {"type": "order_id", "text": "", "value": exchange.order, "start": 0, "end": 0}
    later = Matter(intent="return_item", text=desk.text, entities=(order,), turn=desk.situation.state.turn)
    return replace(answer, keep={**answer.keep, "waiting": (later,)})
