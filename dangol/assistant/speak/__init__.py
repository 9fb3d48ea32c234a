"""Decisions and results into words and blocks: tone, language, cards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dangol.assistant.speak.wording import say
from dangol.kernel.blocks import Block, Choice, ChoicesBlock, TextBlock
from dangol.kernel.shop import Shop

if TYPE_CHECKING:
    from dangol.assistant.minds import Part

MOST_CHOICES = 8


def _begun(sentence: str) -> str:
    """A sentence begins with a capital, where there are any."""
    return sentence[:1].upper() + sentence[1:]


def speak(parts: Sequence[Part], language: str, shop: Shop) -> tuple[Block, ...]:
    """The blocks of a reply: each part's words, then its blocks; all buttons in one block at the end."""
    blocks: list[Block] = []
    choices: dict[str, str] = {}
    for part in parts:
        text = " ".join(_begun(say(each, language, shop)) for each in part.lines).replace(" \n", "\n")
        if text:
            blocks.append(TextBlock(text=text, sources=part.sources))
        blocks.extend(part.blocks)
        for choice, label in part.choices:
            said = say(label, language, shop)
            # two buttons with one label are one button: the one offered last knows more
            choices = {key: text for key, text in choices.items() if text != said or key == choice}
            choices.setdefault(choice, said)
    if choices:
        options = tuple(Choice(id=key, label=label) for key, label in list(choices.items())[:MOST_CHOICES])
        blocks.append(ChoicesBlock(options=options))
    return tuple(blocks)
