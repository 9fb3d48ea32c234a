"""Listening to a model no longer than a shopper waits: silence is trouble, at first and in the middle of an answer.

Whatever a model or its server comes to is told as a trouble of the model, and what it sends is text that can be kept.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
import unicodedata
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import structlog

from dangol.contracts.language_model import (
    CallProposed,
    Delta,
    LanguageModel,
    MalformedAnswer,
    ModelRequest,
    ModelTooSlow,
    ModelTrouble,
    Words,
)

log = structlog.get_logger(__name__)

_NO_TEXT = re.compile("[\0\ud800-\udfff]")  # half a character, or none: no log keeps it
# what nobody sees between letters and figures, and hides them from whoever checks them; a sequence of emoji needs its joiner
_UNSEEN = re.compile(
    "[\u00ad\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]|(?<=\\w)\u200d|\u200d(?=\\w)"
)
_FIGURE = re.compile(r"[^\D0-9]")  # of other scripts
_THINKS, _THOUGHT = "<think>", "</think>"
_FIRST_HALF = ("\ud800", "\udbff")


async def listen(model: LanguageModel, request: ModelRequest, silence: float | None) -> AsyncIterator[Delta]:
    """The answer as it comes. `silence`: the most seconds from one sign of life to the next; None: only the whole counts.

    Raises ModelTrouble; ModelTooSlow after a silence. The request is broken off when the iterator is closed.
    """
    stream, half, opening = model.ask(request), "", _Opening()
    try:
        while True:
            try:
                async with asyncio.timeout(silence):
                    delta = await anext(stream)
            except StopAsyncIteration:
                return
            except TimeoutError as no:
                raise ModelTooSlow(silent=silence) from no
            except ModelTrouble:
                raise
            except Exception as no:
                log.warning("model_broke", model=model.name, exc_info=True)
                raise MalformedAnswer(why=type(no).__name__) from no
            if isinstance(delta, Words):
                text, half = _whole(half + delta.text)
                delta = replace(delta, text=opening.said(text))
                if opening.thinks_longer_than(silence):
                    raise ModelTooSlow(thinking=silence)
            elif isinstance(delta, CallProposed):
                delta = CallProposed(id=_sound(delta.id), tool=_sound(delta.tool), args=_sound(delta.args))
            elif held := opening.rest():
                yield Words(held)
            yield delta
    finally:
        await _closed(stream)


class _Opening:
    """The beginning of an answer, in which some models think aloud between two marks: that is not for the shopper."""

    def __init__(self) -> None:
        self._held: str | None = ""
        self._begun = time.perf_counter()

    def said(self, text: str) -> str:
        """What of these words is meant for whoever asked; nothing while it may still be a thought."""
        if self._held is None:
            return text
        self._held += text
        begins = self._held.lstrip()
        if begins.startswith(_THINKS):
            _, ended, text = begins.partition(_THOUGHT)
            self._held = None if ended else self._held
            return text.lstrip()
        if _THINKS.startswith(begins):
            return ""
        return self.rest()

    def rest(self) -> str:
        """What was held back and is no thought after all."""
        held, self._held = self._held or "", None
        return "" if held.lstrip().startswith(_THINKS) else held

    def thinks_longer_than(self, seconds: float | None) -> bool:
        """Whether nothing but a thought has been heard for so long."""
        return bool(seconds and self._held) and time.perf_counter() - self._begun > (seconds or 0)


async def _closed(stream: Any) -> None:
    with contextlib.suppress(Exception):
        await stream.aclose()


def _whole(text: str) -> tuple[str, str]:
    """A text as it can be kept, and the first half of a character that ends with the next words."""
    half = text[-1:] if _FIRST_HALF[0] <= text[-1:] <= _FIRST_HALF[1] else ""
    return _sound(text[: len(text) - len(half)]), half


def _sound(node: Any) -> Any:
    """Text, however deep it lies, with halves of characters put together where both are there, and left out else."""
    if isinstance(node, str):
        return node if node.isascii() and "\0" not in node else _readable(node)
    if isinstance(node, dict):
        return {_sound(name): _sound(value) for name, value in node.items()}
    if isinstance(node, list):
        return [_sound(each) for each in node]
    return node


def _readable(text: str) -> str:
    if _NO_TEXT.search(text):
        text = _NO_TEXT.sub("", text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore"))
    return _FIGURE.sub(lambda figure: str(unicodedata.digit(figure.group())), _UNSEEN.sub("", text))
