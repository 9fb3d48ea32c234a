"""`dangol model …`: what the language model can do, what it cost, what the truth check held back."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from rich.table import Table

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
from dangol.kernel.errors import Refused
from dangol.server.commands.console import CommandRefused, out, say
from dangol.server.language_models import chosen, connect_models
from dangol.server.settings import Settings

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
    async with contextlib.aclosing(model.ask(request)) as answer:  # type: ignore[type-var]
        async for delta in answer:
            if isinstance(delta, Words):
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


_TRIALS: tuple[tuple[str, Callable[[LanguageModel], Awaitable[tuple[bool, Heard]]]], ...] = (
    ("chat", _chat), ("tools", _tools), ("streaming", _streaming), ("json", _json),
)  # fmt: skip


async def try_models(settings: Settings) -> bool:
    """Try every model in use; a row for each thing tried. False when something does not work.

    Raises CommandRefused when none is set or a setting is wrong.
    """
    wanted = chosen(settings)
    if not wanted:
        raise CommandRefused(
            say(
                "언어 모델이 설정되지 않았어요. DANGOL_MODEL=vendor:model 을 정해 주세요. 없어도 가게는 그대로 돌아가요.",
                "no language model is set; set DANGOL_MODEL=vendor:model (the shop works without one)",
            )
        )
    try:
        models = await connect_models(settings)
    except Refused as no:
        raise CommandRefused(f"{no.code}: {', '.join(f'{k}={v}' for k, v in no.details.items())}") from no
    good = True
    table = Table(show_edge=False)
    for title in ("model", "trial", "works", "first word", "whole", "tokens", "US$"):
        table.add_column(title, no_wrap=title != "works", overflow="fold")
    for model in {id(each): each for each in models.values()}.values():
        for name, trial in _TRIALS:
            try:
                works, told = await trial(model)
            except ModelTrouble as no:
                table.add_row(model.name, name, str(no), "", "", "", "")
                good = False
                continue
            good = good and works
            table.add_row(
                model.name, name, say("예", "yes") if works else say("아니요", "no"), f"{told.first_word:.2f} s",
                f"{told.seconds:.2f} s", f"{told.usage.input_tokens}+{told.usage.output_tokens}", dollars(told.usage.cost),
            )  # fmt: skip
        await model.close()
    out.print(table)
    return good


def dollars(cost: int | None) -> str:
    """Millionths of a dollar as they are read."""
    return say("모름", "unknown") if cost is None else f"{cost / 1_000_000:.6f}"
