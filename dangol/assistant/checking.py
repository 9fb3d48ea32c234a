"""The last look before an answer leaves: what has no evidence is taken out, and that is written down."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dangol.assistant.speak.lines import line
from dangol.assistant.speak.wording import say
from dangol.assistant.truth import Evidence, check
from dangol.kernel.blocks import Block, Choice, ChoicesBlock, TextBlock
from dangol.kernel.model import Value
from dangol.kernel.shop import Shop

_SENTENCE = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True)
class Mend:
    """What was taken out, and what in it had no evidence."""

    why: str
    text: str


@dataclass(frozen=True)
class Checked:
    """The blocks that may leave, and what was mended in them."""

    blocks: tuple[Block, ...]
    mended: tuple[Mend, ...] = ()


def check_reply(
    blocks: Sequence[Block],
    *,
    said: str,
    evidence: Iterable[Value | dict[str, Any]],
    shop: Shop,
    now: datetime,
    language: str,
) -> Checked:
    """The reply with every unbacked sentence and block taken out.

    When nothing would be left, the shopper is told that it cannot be confirmed and offered a person.
    """
    known = Evidence.gather([*evidence, _own(shop)], said=said, now=now, time_zone=shop.time_zone)
    kept: list[Block] = []
    mended: list[Mend] = []
    for block in blocks:
        if not check([block], known):
            kept.append(block)
        elif isinstance(block, TextBlock):
            kept += _mended_text(block, known, mended)
        else:
            mended += [
                Mend(why=f"{each.kind}: {each.text}", text=block.kind) for each in check([block], known)
            ]
    if mended and not any(isinstance(block, TextBlock) for block in kept):
        kept = [*_cannot_confirm(shop, language), *(block for block in kept if block.kind != "choices")]
    return Checked(tuple(kept), tuple(mended))


def _mended_text(block: TextBlock, known: Evidence, mended: list[Mend]) -> list[Block]:
    sentences = []
    for sentence in _SENTENCE.split(block.text):
        wrong = check([TextBlock(text=sentence)], known)
        if wrong:
            mended.append(Mend(why="; ".join(f"{each.kind}: {each.text}" for each in wrong), text=sentence))
        else:
            sentences.append(sentence)
    return [block.model_copy(update={"text": " ".join(sentences)})] if sentences else []


def _cannot_confirm(shop: Shop, language: str) -> list[Block]:
    return [
        TextBlock(text=say(line("cannot_confirm"), language, shop)),
        ChoicesBlock(options=(Choice(id="human", label=say(line("button_human"), language, shop)),)),
    ]


def _own(shop: Shop) -> dict[str, Any]:
    """What the shop says of itself is evidence in every turn."""
    return {
        "name": shop.name,
        "contact": shop.contact.model_dump(),
        "hours": shop.hours,
        "currency": shop.currency,
    }
