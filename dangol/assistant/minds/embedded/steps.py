"""How a job is written down: ask the shop through tools, then give an answer.

A job is a generator: it yields calls, is sent what came of them, and returns its answer. It holds no connection and
sees no clock, so the same situation and the same outcomes always give the same answer.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from dangol.assistant.minds import Call, FailedCall, Finished, Outcome, Part, RefusedCall, Unconfirmed
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.speak.lines import Line
from dangol.kernel.blocks import Block, Source
from dangol.kernel.model import Value

R = TypeVar("R", bound=Value)
T = TypeVar("T")
Steps = Generator[Call, Outcome, T]


@dataclass(frozen=True)
class Answer:
    """What one job has to say: words, blocks, next steps, and what is to be kept in mind (`keep`)."""

    lines: tuple[Line, ...] = ()
    blocks: tuple[Block, ...] = ()
    sources: tuple[Source, ...] = ()
    choices: tuple[tuple[str, Line], ...] = ()
    keep: dict[str, Any] = field(default_factory=dict)
    confirm: tuple[str, Call] | None = None
    hand_off: str | None = None
    urgent: bool = False  # whoever is handed this should come before the others
    switch: Literal["on", "off"] | None = None
    outside_model: Literal["on", "off"] | None = None
    language: str | None = None

    @property
    def part(self) -> Part:
        """The paragraph of the reply this is."""
        return Part(self.lines, self.blocks, self.sources, self.choices)


Job = Callable[[Desk], Steps[Answer]]


class ToolRefused(Exception):
    """A call was refused with a reason; the job words it or lets the general words stand."""

    def __init__(self, tool: str, code: str, details: dict[str, Any]) -> None:
        super().__init__(f"{tool}: {code}")
        self.tool = tool
        self.code = code
        self.details = details


class NeedsYes(Exception):
    """A call needs the shopper's yes first."""

    def __init__(self, call: Call, code: str, details: dict[str, Any]) -> None:
        super().__init__(code)
        self.call = call
        self.code = code
        self.details = details


class ToolBroke(Exception):
    """A call failed and nobody knows why: say so and offer a person."""


def ask(tool: str, args: Value, result: type[R]) -> Steps[R]:
    """Use a tool and have its result; raises ToolRefused, NeedsYes or ToolBroke."""
    call = Call(tool, args)
    outcome = yield call
    if isinstance(outcome, Finished):
        if not isinstance(outcome.result, result):
            raise TypeError(f"{tool} gave {type(outcome.result).__name__}, not {result.__name__}")
        return outcome.result
    if isinstance(outcome, RefusedCall):
        raise ToolRefused(tool, outcome.code, outcome.details)
    if isinstance(outcome, Unconfirmed):
        raise NeedsYes(call, outcome.code, outcome.details)
    assert isinstance(outcome, FailedCall)
    raise ToolBroke(tool)


def nothing() -> Steps[None]:
    """No step, and no answer: the other branch of a step that is taken only sometimes."""
    yield from ()
