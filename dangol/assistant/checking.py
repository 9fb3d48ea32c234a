"""The last look before an answer leaves: what has no evidence is taken out, and that is written down."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
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
    banned: Sequence[str] = (),
) -> Checked:
    """The reply with every unbacked sentence and block taken out, and every sentence with `banned` words.

    When nothing would be left, the shopper is told that it cannot be confirmed and offered a person.
    """
    known = evidence_of(evidence, said=said, shop=shop, now=now)
    kept: list[Block] = []
    mended: list[Mend] = []
    for block in blocks:
        claims = claimed(block.text, banned) if isinstance(block, TextBlock) else None
        if not claims and not check([block], known):
            kept.append(block)
        elif isinstance(block, TextBlock):
            kept += _mended_text(block, known, banned, mended)
        else:
            mended += [
                Mend(why=f"{each.kind}: {each.text}", text=block.kind) for each in check([block], known)
            ]
    if mended and not any(isinstance(block, TextBlock) for block in kept):
        kept = [*_cannot_confirm(shop, language), *(block for block in kept if block.kind != "choices")]
    return Checked(tuple(kept), tuple(mended))


def evidence_of(
    results: Iterable[Value | dict[str, Any]], *, said: str, shop: Shop, now: datetime
) -> Evidence:
    """What may be said in a turn: what its tools told, and what the shop says of itself."""
    return Evidence.gather([*results, _own(shop)], said=said, now=now, time_zone=shop.time_zone)


def claimed(text: str, banned: Sequence[str]) -> str | None:
    """The first of these words that a text holds, however it is spaced and written."""
    return next((words for words in banned if _claim(words).search(text)), None)


@lru_cache(maxsize=512)
def _claim(words: str) -> re.Pattern[str]:
    # Korean words take endings and lose blanks; English ones stand by themselves; dots between letters hide nothing
    pattern = r"[\W_]{0,3}".join(r"[\W_]{0,2}".join(map(re.escape, word)) for word in words.split())
    head = r"(?<![A-Za-z0-9])" if words[0].isascii() and words[0].isalnum() else ""
    tail = r"(?![A-Za-z0-9])" if words[-1].isascii() and words[-1].isalnum() else ""
    return re.compile(head + pattern + tail, re.IGNORECASE)


def _mended_text(block: TextBlock, known: Evidence, banned: Sequence[str], mended: list[Mend]) -> list[Block]:
    sentences = []
    for sentence in _SENTENCE.split(block.text):
        wrong = check([TextBlock(text=sentence)], known)
        claim = claimed(sentence, banned)
        if claim:
            mended.append(Mend(why=f"banned: {claim}", text=sentence))
        elif wrong:
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
