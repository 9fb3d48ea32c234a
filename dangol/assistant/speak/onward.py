"""The next step a reply ends with when its job names none: by what lies on the desk, never more words."""

from __future__ import annotations

from collections.abc import Sequence

from dangol.assistant.speak.lines import Line, line
from dangol.assistant.speak.wording import say
from dangol.assistant.state import Memory
from dangol.kernel.blocks import Block, Choice, ChoicesBlock
from dangol.kernel.shop import Shop

# blocks a shopper can act on as they stand
_ACTED_ON = frozenset({"choices", "form", "link", "handoff"})


def has_next_step(blocks: Sequence[Block]) -> bool:
    """Whether a reply ends with something to do: buttons, a form, a link, or a question as its last words."""
    if any(block.kind in _ACTED_ON for block in blocks):
        return True
    texts = [block.text for block in blocks if block.kind == "text"]
    return bool(texts) and texts[-1].rstrip(" \"'”’)").endswith(("?", "？"))


def with_next_step(blocks: tuple[Block, ...], memory: Memory, language: str, shop: Shop) -> tuple[Block, ...]:
    """The reply with fitting buttons where it would end without a next step."""
    if has_next_step(blocks):
        return blocks
    options = tuple(Choice(id=id_, label=say(label, language, shop)) for id_, label in _steps(memory))
    return (*blocks, ChoicesBlock(options=options))


def _steps(memory: Memory) -> tuple[tuple[str, Line], ...]:
    if memory.task == "checkout":
        return (("intent:checkout", line("button_resume")), ("intent:view_cart", line("button_cart")))
    if memory.focus:
        return (
            (f"buy:{memory.focus}", line("button_add")),
            (f"reviews:{memory.focus}", line("button_reviews")),
            (f"similar:{memory.focus}", line("button_similar")),
        )
    if memory.last_order:
        return (("intent:track_order", line("button_orders")), ("human", line("button_human")))
    return (
        ("intent:recommend", line("button_recommend")),
        ("intent:ask_promotion", line("button_offers")),
        ("human", line("button_human")),
    )
