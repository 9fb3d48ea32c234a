"""What is shown with generated words: cards of the products named, a comparison, the articles they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dangol.assistant.minds import Situation
from dangol.assistant.speak import cards
from dangol.assistant.state import Memory, ShownItem
from dangol.contracts.shopfloor.policies import PolicyAnswer
from dangol.contracts.shopfloor.products import Comparison, ProductCard
from dangol.kernel.blocks import Block, Source
from dangol.kernel.model import Value

MOST_CARDS = 4


def named_cards(results: Iterable[Value], text: str) -> list[ProductCard]:
    """The products of this turn's results whose titles stand in a text, in the order named."""
    plain = _plain(text)
    found: dict[str, tuple[int, ProductCard]] = {}
    for card in _cards(results):
        at = plain.find(_plain(card.title))
        if at >= 0:
            found.setdefault(card.product, (at, card))
    return [card for _, card in sorted(found.values(), key=lambda pair: pair[0])][:MOST_CARDS]


def blocks(results: Sequence[Value], named: Sequence[ProductCard], situation: Situation) -> tuple[Block, ...]:
    """The blocks under the words."""
    compared = next((each for each in reversed(results) if isinstance(each, Comparison)), None)
    if compared is not None and len(compared.cards) > 1:
        return (cards.comparison(compared, "", situation.language, situation.shop),)
    return (cards.products(named, situation.language, situation.shop),) if named else ()


def sources(results: Iterable[Value], text: str) -> tuple[Source, ...]:
    """The articles whose words were used: those a good part of which comes up in the text."""
    told = _words(text)
    found: dict[str, Source] = {}
    for result in results:
        if isinstance(result, PolicyAnswer):
            for passage in result.passages:
                if len(told & _words(passage.text)) >= 2:
                    found.setdefault(
                        passage.article, Source(title=passage.title, article=passage.article, url=passage.url)
                    )
    return tuple(found.values())


def remembered(memory: Memory, named: Sequence[ProductCard], intents: tuple[str, ...]) -> Memory:
    """The memory after a generated answer: what is on the screen now, and that nothing is pending."""
    update: dict[str, object] = {
        "last_intents": intents, "misses": 0, "insults": 0, "awaits": None, "pending": None,
    }  # fmt: skip
    if named:
        only = named[0] if len(named) == 1 else None
        update |= {
            "shown": tuple(ShownItem(product=c.product, title=c.title, sku=c.sku) for c in named),
            "seen": tuple(dict.fromkeys((*memory.seen, *(card.product for card in named))))[-60:],
            "focus": only.product if only else memory.focus,
            "focus_title": only.title if only else memory.focus_title,
            "focus_sku": only.sku if only else memory.focus_sku,
        }
    return memory.model_copy(update=update)


def _cards(node: object) -> Iterable[ProductCard]:
    if isinstance(node, ProductCard):
        yield node
    elif isinstance(node, Value):
        for name in type(node).model_fields:
            yield from _cards(getattr(node, name))
    elif isinstance(node, list | tuple):
        for part in node:
            yield from _cards(part)


def _plain(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


def _words(text: str) -> set[str]:
    return {word[:3] for word in text.lower().split() if len(word) > 2}
