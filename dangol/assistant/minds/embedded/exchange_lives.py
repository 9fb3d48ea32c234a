"""An exchange has two lives, and who asks hears of both: what goes back, and what comes instead of it."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re
from dataclasses import replace

from dangol.assistant.minds.embedded import order_words, parcels, return_answers
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.steps import Answer, Steps, ask
from dangol.assistant.speak import cards
from dangol.assistant.speak.lines import line
from dangol.contracts.shopfloor.orders import LookUpOrders, Orders, OrderView
from dangol.contracts.shopfloor.returns import LookUpReturns, Returns, ReturnView

_MOST = 20
_ASKED = re.compile(
    r"(?i)(?:교환|바꾼\s?(?:거|것|상품)|새\s?(?:거|것|걸|상품|제품)).{0,10}(?:언제|어디|어떻게|어케|왔|와요|오나|오는|출발|보냈|진행|상태)|(?:언제|어디).{0,10}(?:교환|새\s?(?:거|것|상품|제품))"
    r"|\b(?:when|where|status|how|did|has|is)\b.{0,30}\b(?:exchange|replacement|swap|new (?:one|item|pair))\b|\b(?:exchange|replacement|swap)\b.{0,24}\b(?:when|where|status|yet|coming|arrive|sent|shipped)\b"
)
_RULES = re.compile(
    r"(?i)언제까지|까지|며칠\s?(?:안|이내)|가능|되나|돼요|할\s?수|하려면|\b(?:can|could|may|policy|how (?:do|can|to)|until when|by when)\b"
)


def asked(desk: Desk) -> Desk | None:
    """ "그 교환 언제 와요", "where is my replacement" of what was bought: where it stands, and no rule."""
    busy = desk.memory.task or desk.memory.pending is not None or desk.memory.last_order is None
    if busy or not _ASKED.search(desk.text) or _RULES.search(desk.text):
        return None
    return desk.with_intent("track_refund")


def of_order(desk: Desk, order: OrderView) -> Steps[Answer | None]:
    """Where the exchange stands that sends goods of an order back, or that an order comes from."""
    asked_for = LookUpReturns(limit=_MOST) if order.by_exchange else LookUpReturns(order=order.order)
    found = yield from ask("look_up_returns", asked_for, Returns)
    fitting = [each for each in found.items if not order.by_exchange or each.replacement == order.order]
    under_way = next((each for each in fitting if each.waits_for is not None or _comes_still(each)), None)
    return None if under_way is None else (yield from both(desk, under_way))


def both(desk: Desk, view: ReturnView) -> Steps[Answer]:
    """Where a return stands; of an exchange also where the goods are that come instead."""
    told = return_answers.stands(desk, view)
    if view.kind != "exchange" or view.replacement is None or view.status in ("refused", "cancelled"):
        return told
    found = yield from ask("look_up_orders", LookUpOrders(order=view.replacement), Orders)
    if not found.items:
        return told
    new = found.items[0]
    where = parcels.where(desk, new)
    comes = line("exchange_comes", title=view.lines[0].title, told=where[0])
    room = 0 if told.lines[0].name == "two_lines" else 1  # three sentences are the most
    return replace(
        told,
        lines=(told.lines[0], comes, *(*told.lines[1:], *where[1:])[:room]),
        blocks=(*told.blocks, cards.order(new, desk.language, desk.shop)),
    )


def _comes_still(view: ReturnView) -> bool:
    return view.kind == "exchange" and view.replacement_status in order_words.UNDER_WAY
