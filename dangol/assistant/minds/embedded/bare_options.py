"""Options of the product at hand, said in passing: "make it 10 lb", "denim then", "큰거로 주세요", "언제 들어와요"."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re
from dataclasses import replace

from dangol.assistant.minds.embedded import buying, deciding, options, superlatives, telling
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.pointing import asks, is_question
from dangol.assistant.minds.embedded.steps import Answer, Steps, ask
from dangol.assistant.understanding.reading import Entity
from dangol.contracts.shopfloor.products import Availability, CheckAvailability

_FEW_WORDS = 5
_NUMBER_PLEASE = re.compile(
    r"(?i)^\W*\d+(?:\.\d+)?\s?(?:번|호|짜리)?\s?(?:으?로|것?걸?로)\s?(?:요|주세요|줘요?|할게요?|담아\S*|해\s?주세요)?\W*$"
)
_WH = re.compile(r"(?i)\bwh(?:at|ich|y)|\bhow\b|뭐|무슨|어느|어떤")
_UNTOLD = frozenset({"ask_product_info"})
_COMES_IN = re.compile(
    r"(?i)\b(?:does|do|is|are|can i get) (?:it|they|this|that|these|those)\b.*\b(?:come|comes|available|made|sold)?\s?in\s(?!a\b|the\b|stock\b|store)[a-z]"
)
_BACK = re.compile(
    r"(?i)언제\s?(?:쯤\s?)?(?:다시\s?)?(?:들어|입고|재입고|나와|풀|돼|되)|재입고|\bwhen\b.{0,25}\b(?:back|restock|available|in stock|more)"
)


def measure_alone(desk: Desk) -> Desk | None:
    """ "ok 20 lb then", "make it 10 lb": an option of the product at hand, in the cart or before."""
    memory = desk.memory
    offered = memory.pending is not None and memory.pending.intent == "add_to_cart"
    free = not memory.task and memory.awaits not in ("contact", "address", "budget", "order")
    names = {intent.name for intent in desk.situation.reading.intents}
    free = free and (memory.awaits != "yes_no" or offered) and names != {"add_to_cart"}
    if not (memory.focus and free and options.says_measure(desk.text)) or asks(desk.text):
        return None
    if len(desk.text.split()) > _FEW_WORDS or desk.values("product") or desk.values("category"):
        return None
    after_cart = any(each.id == "intent:checkout" for each in memory.offered)
    return desk.with_intent("change_cart" if after_cart else "ask_availability")


def number_please(desk: Desk) -> Desk | None:
    """ "1.5로 주세요": the option that begins with this number, and no haggling."""
    if not desk.memory.focus or desk.memory.task or _NUMBER_PLEASE.match(desk.text.strip()) is None:
        return None
    return desk.with_intent("add_to_cart")


def how_many(desk: Desk) -> Desk | None:
    """ "두개" with one product at hand: so many of it."""
    memory = desk.memory
    if not memory.focus or memory.task or memory.awaits is not None or desk.quantity is None:
        return None
    after_cart = any(each.id == "intent:checkout" for each in memory.offered)
    bare = bool(desk.entities) and {each.type for each in desk.entities} == {"quantity"}
    names = {intent.name for intent in desk.situation.reading.intents}
    return desk.with_intent("add_to_cart") if bare and names == {"inform"} and not after_cart else None


def in_another_option(desk: Desk) -> Steps[Answer]:
    """What was put in the cart in another option, or whether there is one."""
    job = buying.change_cart if desk.intent == "change_cart" else deciding.ask_availability
    return (yield from job(desk))


def bigger_or_smaller(desk: Desk) -> Desk | None:
    """ "그럼 큰거로 주세요" once the options of a product were told: the biggest of them."""
    if desk.memory.awaits != "option" or not desk.memory.focus or is_question(desk.text):
        return None
    if desk.values("product") or desk.values("category") or not options.says_more_or_less(desk.text):
        return None
    bare = len(desk.text.split()) <= _FEW_WORDS and not _WH.search(desk.text)
    return desk.with_intent("add_to_cart") if bare or superlatives.takes(desk.text) else None


def when_back(desk: Desk) -> Desk | None:
    """ "언제 들어와요" of what was just said to be sold out: still of that colour and size."""
    pending = desk.memory.pending
    if pending is None or pending.intent != "notify_restock" or desk.colors or desk.sizes:
        return None
    if not _BACK.search(desk.text):
        return None
    said = [Entity(type="color", text=each, value=each, start=0, end=0) for each in pending.colors]
    said += [
        Entity(type="size", text=each.value, value=each.model_dump(), start=0, end=0)
        for each in pending.sizes
    ]
    return replace(desk, intent="ask_availability", entities=(*desk.entities, *said))


def few_words(desk: Desk) -> Desk | None:
    """ "ok in clay?", "denim then", "does it come in smoked": perhaps an option of the product at hand."""
    memory = desk.memory
    if (
        not memory.focus
        or memory.task
        or memory.awaits in ("contact", "address", "yes_no", "budget", "order")
    ):
        return None
    names = {intent.name for intent in desk.situation.reading.intents}
    elsewhere = desk.values("category") or any(
        value.get("ref") not in ("last", "page")
        for value in desk.values("product")
        if isinstance(value, dict)
    )
    bare = len(desk.text.split()) <= _FEW_WORDS and names == _UNTOLD and not elsewhere
    if _COMES_IN.search(desk.text) or (bare and not _WH.search(desk.text) and not asks(desk.text)):
        return desk
    return None


def option_or_told(desk: Desk) -> Steps[Answer]:
    """Whether there is the option named; where the words name none, what is asked of the product."""
    assert desk.memory.focus is not None
    wanted = CheckAvailability(product=desk.memory.focus)
    found = yield from ask("check_availability", wanted, Availability)
    every = found.model_copy(update={"matching": (*found.matching, *found.others), "others": ()})
    if len(deciding.as_worded(every, desk.text).matching) < len(every.matching):
        own = tuple(each for each in desk.entities if each.type not in ("material", "attribute", "product"))
        return (yield from deciding.ask_availability(replace(desk, intent="ask_availability", entities=own)))
    return (yield from telling.ask_product_info(desk.with_intent("ask_product_info")))
