"""The first words: who speaks, that it is an AI, what it is for, how to switch it off, and two ways to begin."""

from __future__ import annotations

from dataclasses import dataclass

from dangol.assistant.speak.lines import Line, line
from dangol.assistant.speak.wording import say
from dangol.kernel.blocks import Block, Choice, ChoicesBlock, NoticeBlock, TextBlock
from dangol.kernel.manner import SPEAK_FIRST, Manner, Stage
from dangol.kernel.shop import Shop


@dataclass(frozen=True)
class Regular:
    """A customer the shop has identified, as far as a greeting needs to know."""

    customer_id: int
    name: str = ""
    last_order_titles: tuple[str, ...] = ()
    been_here: bool = False  # spoke with the assistant before: the long introduction is not repeated


_TOP = ("recommend", "offers", "orders", "delivery")
_OF_FAQ = ("delivery",)
_NEEDS = {"recommend": "find", "orders": "orders"}  # the job without which a button would be declined
_TOP_CHOICES = {
    "recommend": "intent:recommend",
    "offers": "intent:ask_promotion",
    "orders": "intent:track_order",
    "delivery": "intent:ask_delivery",
}


def welcome(
    shop: Shop, language: str, customer: Regular | None, page: str | None, stage: Stage = "full"
) -> tuple[Block, ...]:
    """The blocks of a new conversation; a regular is greeted by name, and by last order at a stage that speaks first."""
    blocks: list[Block] = [
        TextBlock(
            id="t0b1",
            text=" ".join(_hello(shop, language, customer, page, stage)),
        ),
        NoticeBlock(id="t0b2", topic="ai_disclosure", text=say(line("ai_disclosure"), language, shop)),
    ]
    options = [
        Choice(id=_TOP_CHOICES[name], label=say(line(f"button_{name}"), language, shop))
        for name in (_TOP if stage != "faq" else _OF_FAQ)
        if _NEEDS.get(name) in (None, *shop.assistant.scope)
    ]
    options.append(Choice(id="human", label=say(line("button_human"), language, shop)))
    if len(shop.languages) > 1:
        other = next(each for each in shop.languages if each != language)
        options.append(Choice(id=f"lang:{other}", label=say(line("button_language"), language, shop)))
    return (*blocks, ChoicesBlock(id="t0b3", options=tuple(options)))


def _hello(shop: Shop, language: str, customer: Regular | None, page: str | None, stage: Stage) -> list[str]:
    names = {"name": shop.say(shop.assistant.name, language), "shop": shop.say(shop.name, language)}
    if customer is not None and customer.name:
        lines = [Line("greeting_regular", {**names, "customer": customer.name})]
        if customer.last_order_titles and stage in SPEAK_FIRST:
            lines.append(line("greeting_last_order", titles=list(customer.last_order_titles[:2])))
    else:
        lines = [Line("greeting", names)]
    said = [say(each, language, shop) for each in lines]
    if own := own_greeting(shop, language):
        said.append(own)
    elif customer is None or not customer.been_here:
        said += [say(each, language, shop) for each in _offer(shop, language, page, stage)]
    return said


def _offer(shop: Shop, language: str, page: str | None, stage: Stage) -> list[Line]:
    """What the assistant can help with, of the jobs the shop has ticked and opened so far."""
    if page and stage != "faq":
        return [line("greeting_page")]
    ticked = shop.assistant.scope if stage != "faq" else ("policies",)
    if len(ticked) == len(Manner().scope):
        return [line("greeting_help")]
    jobs = [say(line(f"job_{job}"), language, shop) for job in Manner().scope if job in ticked]
    return [line("greeting_jobs", jobs=jobs)] if jobs else []


def own_greeting(shop: Shop, language: str) -> str:
    """The shop's own opening words in this language; none where they are written in another one only."""
    words = shop.assistant.greeting
    if isinstance(words, str):
        return words.strip() if language == shop.language else ""
    return words.get(language, "").strip()
