"""Language models made of scripts: each answers what its script says, and keeps what it was asked."""

from __future__ import annotations

import asyncio
import itertools
import json
import re
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from dangol.contracts.language_model import (
    CallProposed,
    Delta,
    Ended,
    ModelRequest,
    ModelTrouble,
    Usage,
    Words,
)

Move = str | CallProposed | ModelTrouble | float | Sequence["str | CallProposed"]
_ids = itertools.count(1)


def call(tool: str, **args: Any) -> CallProposed:
    return CallProposed(id=f"call_{next(_ids)}", tool=tool, args=args)


@dataclass
class ScriptedModel:
    """`plays` gives the next move: words, a call, several of both, a trouble, or seconds of silence before going on."""

    plays: Callable[[ModelRequest], Move]
    name: str = "scripted:model"
    outside: bool = True
    cost: int | None = 100
    asked: list[ModelRequest] = field(default_factory=list)

    async def ask(self, request: ModelRequest) -> AsyncIterator[Delta]:
        self.asked.append(request)
        move = self.plays(request)
        if isinstance(move, float):
            await asyncio.sleep(move)
            move = "..."
        for each in [move] if isinstance(move, str | CallProposed | ModelTrouble) else move:
            if isinstance(each, ModelTrouble):
                raise each
            if isinstance(each, CallProposed):
                yield each
            else:
                for at in range(0, len(each), 7):  # words come in pieces
                    yield Words(each[at : at + 7])
        yield Ended(Usage(input_tokens=100, output_tokens=10, cost=self.cost))

    def price(self, usage: Usage) -> int | None:
        return self.cost

    async def close(self) -> None:
        pass


def in_turn(*moves: Move) -> Callable[[ModelRequest], Move]:
    """One move after the other; the last again and again."""
    left = list(moves)
    return lambda _request: left.pop(0) if len(left) > 1 else left[0]


_DATA = re.compile(r'<data source="(\w+)">(.*?)</data>', re.S)


def data_of(request: ModelRequest) -> dict[str, Any]:
    """The newest result of each tool the model was told of."""
    told: dict[str, Any] = {}
    for message in request.messages:
        if message.role in ("user", "tool"):
            for source, written in _DATA.findall(message.text):
                try:
                    told[source] = json.loads(written)
                except ValueError:
                    continue
    return told
