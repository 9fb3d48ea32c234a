"""When goods are back: of the one that is meant, or of a kind of goods ("우유 재입고 언제", "when are boots back")."""

from __future__ import annotations

import re
from dataclasses import replace

from dangol.assistant.minds.embedded import restock_words, sold_out
from dangol.assistant.minds.embedded.deciding import ask_availability
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.finding import gone_instead, presented
from dangol.assistant.minds.embedded.references import product_asked
from dangol.assistant.minds.embedded.steps import Answer, Steps, ask
from dangol.assistant.minds.embedded.wanting import wishes_said
from dangol.assistant.speak.lines import line
from dangol.contracts.shopfloor.products import FindProducts, FoundProducts

_BACK = re.compile(
    r"(?i)재입고|입고\s?(?:는|은|이|가)?\s?(?:언제|되|돼|예정|일정)|언제\s?(?:쯤\s?)?(?:다시\s?)?(?:입고|들어와|들어오|풀려|풀리)"
    r"|\brestock(?:ed|ing|s)?\b|\bback in stock\b|\bin stock again\b|\bwhen\b.{0,30}\bbe back\b"
)


def asked(desk: Desk) -> Desk | None:
    """Whether it is asked when goods are back, and not to be told of it."""
    goods = desk.values("category") or desk.values("product") or desk.memory.focus
    if not goods or desk.memory.task or desk.values("order_id") or restock_words.TELL.search(desk.text):
        return None
    return desk.with_intent("ask_availability") if _BACK.search(desk.text) else None


def when_back(desk: Desk) -> Steps[Answer]:
    """Of one product whether it is there and what to do if not; of a kind what there is of it at this moment."""
    meant = yield from product_asked(desk)
    if meant is not None or not desk.values("category"):
        return (yield from ask_availability(desk))
    wishes = wishes_said(desk).model_copy(update={"text": ""})
    found = yield from ask("find_products", FindProducts(wishes=wishes, limit=3), FoundProducts)
    gone = yield from sold_out.gone_among(desk, wishes, found)
    if gone:
        return (yield from gone_instead(desk, wishes, gone))
    answer = presented(desk, wishes, found)
    return answer if found.loosened else replace(answer, lines=(line("kind_in_stock"),))
