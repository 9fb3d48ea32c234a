"""Trying a language model: chat, tools, streaming, JSON; what each took and cost."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from dangol.assistant.minds.language_model.hearing import listen
from dangol.contracts.language_model import (
    CallProposed,
    Ended,
    LanguageModel,
    Message,
    ModelRequest,
    ModelTrouble,
    ToolOffered,
    Usage,
    Words,
)

Trial = Literal["chat", "tools", "streaming", "json"]
_SECONDS = 60.0
_LOOK = ToolOffered(
    name="look_up_price",
    description="Look up the price of a product.",
    parameters={
        "type": "object",
        "properties": {"product": {"type": "string"}},
        "required": ["product"],
        "additionalProperties": False,
    },
)
_ANSWER = {
    "type": "object",
    "properties": {"colour": {"type": "string"}},
    "required": ["colour"],
    "additionalProperties": False,
}


@dataclass(frozen=True)
class Heard:
    """What came of asking a model once."""

    text: str
    calls: tuple[CallProposed, ...]
    pieces: int
    usage: Usage
    first_word: float
    seconds: float


async def heard(model: LanguageModel, request: ModelRequest) -> Heard:
    """Ask a model and listen to the end. Raises ModelTrouble."""
    begun, first, words, calls, usage = time.perf_counter(), 0.0, [], [], Usage()
    async with contextlib.aclosing(listen(model, request, None)) as answer:  # type: ignore[type-var]
        async for delta in answer:
            if isinstance(delta, Words) and delta.text:
                first = first or time.perf_counter() - begun
                words.append(delta.text)
            elif isinstance(delta, CallProposed):
                calls.append(delta)
            elif isinstance(delta, Ended):
                usage = delta.usage
    took = time.perf_counter() - begun
    return Heard("".join(words), tuple(calls), len(words), usage, first, took)


def _asked(text: str) -> tuple[Message, ...]:
    return (Message(role="system", text="You work in a shop. Be brief."), Message(role="user", text=text))


async def _chat(model: LanguageModel) -> tuple[bool, Heard]:
    told = await heard(model, ModelRequest(messages=_asked("Say hello."), seconds=_SECONDS))
    return bool(told.text.strip()), told


async def _tools(model: LanguageModel) -> tuple[bool, Heard]:
    asked = _asked("What does the product 'boots' cost? Use the tool.")
    told = await heard(model, ModelRequest(messages=asked, tools=(_LOOK,), seconds=_SECONDS))
    return any(call.tool == _LOOK.name and call.args for call in told.calls), told


async def _streaming(model: LanguageModel) -> tuple[bool, Heard]:
    told = await heard(
        model, ModelRequest(messages=_asked("Count from one to ten in words."), seconds=_SECONDS)
    )
    return told.pieces > 1, told


async def _json(model: LanguageModel) -> tuple[bool, Heard]:
    asked = _asked("The boots are black. Give their colour as JSON.")
    told = await heard(model, ModelRequest(messages=asked, answer_schema=_ANSWER, seconds=_SECONDS))
    try:
        return "colour" in json.loads(told.text), told
    except ValueError:
        return False, told


_TRIALS: tuple[tuple[Trial, Callable[[LanguageModel], Awaitable[tuple[bool, Heard]]]], ...] = (
    ("chat", _chat), ("tools", _tools), ("streaming", _streaming), ("json", _json),
)  # fmt: skip


@dataclass(frozen=True)
class Tried:
    """What came of one trial; without `heard` the model was in `trouble`."""

    model: str
    trial: Trial
    works: bool
    heard: Heard | None = None
    trouble: str = ""


async def tried(model: LanguageModel, only: Trial | None = None) -> AsyncIterator[Tried]:
    """Everything tried with a model, one after the other, or one thing `only`."""
    for name, trial in _TRIALS:
        if only not in (None, name):
            continue
        try:
            works, told = await trial(model)
        except ModelTrouble as no:
            yield Tried(model.name, name, False, trouble=no.code)
        else:
            yield Tried(model.name, name, works, told)
