"""Another one of those on screen, by a word of its name: "아니 일렉꺼요", "쌍기꺼 주세요", "no, the solar one"."""

from __future__ import annotations

import re
from dataclasses import replace

from dangol.assistant.minds.embedded import buying, superlatives, telling
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.references import one_called
from dangol.assistant.minds.embedded.steps import Answer, Steps
from dangol.assistant.understanding.reading import Entity

_UNSURE, _FEW_WORDS = 0.6, 3
_ONE = re.compile(r"(?i)(?:꺼|거|것|걸)(?:로|는|은|도|요|이요)*(?:\s|$)|\bones?\b")
_OF_ONE = frozenset({"add_to_cart", "choose_option"})


def asked(desk: Desk) -> Desk | None:
    """Whether one of those shown is called so, after a no or where little else is said."""
    intents = desk.situation.reading.intents
    if desk.memory.task or desk.memory.awaits == "yes_no" or desk.entities or not intents:
        return None
    no = {intent.name for intent in intents} <= {"deny", "correct"}
    if not no and not _only_that(desk):
        return None
    one = one_called(desk)
    if one is None:
        return None
    meant = Entity(type="product", text="", value={"product": one.product}, start=0, end=0)
    takes = not no and superlatives.takes(desk.text)
    return replace(desk, intent="add_to_cart" if takes else "choose", entities=(meant,))


def _only_that(desk: Desk) -> bool:
    intents = desk.situation.reading.intents
    unsure = all(each.name in _OF_ONE or each.confidence < _UNSURE for each in intents)
    return unsure and _ONE.search(desk.text) is not None and len(desk.text.split()) <= _FEW_WORDS


def take_or_show(desk: Desk) -> Steps[Answer]:
    """It goes into the cart where that is said, else it is shown."""
    job = buying.add_to_cart if desk.intent == "add_to_cart" else telling.show_product
    return (yield from job(desk))
