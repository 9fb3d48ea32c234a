"""More goods for an order that was made: none can go into it, a new one is made for them."""

# ruff: noqa: E501  a pattern reads best on one line

from __future__ import annotations

import re

from dangol.assistant.minds.embedded.order_words import OPEN
from dangol.assistant.minds.embedded.steps import Answer
from dangol.assistant.speak.lines import line
from dangol.contracts.shopfloor.orders import OrderView

_MORE = re.compile(
    r"(?i)(?:하나|한|둘|두|세|\d+)\s?(?:개|벌|켤레|장|병|박스|세트)?\s?(?:더|추가)|더\s?(?:담|넣|주문|시킬|시키|살|사고)|추가(?!\s?(?:요금|금액|배송|비용|결제))|수량.{0,6}(?:늘|추가)|합\s?배송|묶음\s?배송|같이\s?(?:보내|담아|넣어)"
    r"|\b(?:add|put|include|throw in)\b.{0,40}\b(?:to|in|into|with)\b.{0,16}\border\b|\badd (?:another|one|two|more|an? )|\b(?:one|two|a few|some) more\b|\banother (?:one|pair|set|pack|box|bottle)\b|\bincrease\b.{0,12}\bquantity\b"
)


def asked(text: str) -> bool:
    """ "하나 더 추가할 수 있나요", "can I add another pair to that order"."""
    return _MORE.search(text) is not None


def answer(order: OrderView) -> Answer:
    """That it cannot grow, and what can be done: a new order, or this one called off while it is here."""
    calls_off = ((f"cancel:{order.order}", line("button_cancel_order")),) if order.status in OPEN else ()
    return Answer(
        lines=(line("change_no_more", order=order.order),),
        choices=(*calls_off, ("human", line("button_human"))),
        keep={"awaits": None, "pending": None, "last_order": order.order},
    )
