"""Minds: each looks at a situation and proposes decisions out of one closed set; `permit` disposes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from dangol.assistant.purse import Purse
from dangol.assistant.speak.lines import Line
from dangol.assistant.state import Memory, Spent, State
from dangol.assistant.understanding.reading import Reading
from dangol.kernel.blocks import Block, Source
from dangol.kernel.facts import Fact, MessageHeard
from dangol.kernel.model import Value
from dangol.kernel.shop import Shop


@dataclass(frozen=True)
class Part:
    """A paragraph of a reply and the blocks under it. `choices` are (id, line) buttons."""

    lines: tuple[Line, ...] = ()
    blocks: tuple[Block, ...] = ()
    sources: tuple[Source, ...] = ()
    choices: tuple[tuple[str, Line], ...] = ()


@dataclass(frozen=True)
class Say:
    """Answer with these parts and keep this in mind."""

    parts: tuple[Part, ...]
    memory: Memory
    switch: Literal["on", "off"] | None = None
    outside_model: Literal["on", "off"] | None = None
    language: str | None = None
    solved: bool | None = None  # what was answered to “is it solved?”
    rated: int | None = None


@dataclass(frozen=True)
class Ask:
    """Put the shop's own question before a call is made; the next message answers it or lets it drop."""

    code: str
    call: Call
    say: Say


@dataclass(frozen=True)
class Call:
    """Use a tool."""

    tool: str
    args: Value


@dataclass(frozen=True)
class HandOff:
    """Give the conversation to a person; the words that say so are bound to the act."""

    reason: str
    say: Say
    summary: dict[str, Any] = field(default_factory=dict)
    wanted: str | None = None
    priority: Literal["", "low", "normal", "high", "urgent"] = ""
    team: str = ""


Decision = Say | Ask | Call | HandOff


@dataclass(frozen=True)
class Finished:
    """A tool did what was asked."""

    result: Value


@dataclass(frozen=True)
class RefusedCall:
    """A tool, or the rule over it, refused with a reason."""

    code: str
    details: dict[str, Any]


@dataclass(frozen=True)
class Unconfirmed:
    """The call needs a yes first; the mind words the question and ends with Ask."""

    code: str
    details: dict[str, Any]


@dataclass(frozen=True)
class FailedCall:
    """A tool broke; nothing is known of why."""


Outcome = Finished | RefusedCall | Unconfirmed | FailedCall


@dataclass(frozen=True)
class Situation:
    """All a mind may look at: what was said, how it reads, where the conversation stands, the shop, the moment."""

    state: State
    heard: MessageHeard
    reading: Reading
    shop: Shop
    now: datetime
    language: str
    answer: Literal["yes", "no"] | None = None  # to the pending confirmation
    public_url: Callable[[str], str] = str
    spent_today: Spent = field(default_factory=Spent)  # by language models, in all conversations
    purse: Purse = field(default_factory=Purse)  # what models may use in this turn
    person: Mapping[str, str] = field(default_factory=dict)  # name, email, phone of who is signed in


class Thought(Protocol):
    """A mind at work on one turn."""

    async def go_on(self, outcome: Outcome | None) -> Decision:
        """The next decision, given what came of the last call; None at the start."""
        ...

    def noted(self) -> tuple[Fact, ...]:
        """What is to be written down of the thinking itself, before the answer."""
        ...


class Mind(Protocol):
    """Somebody who can decide what to do next."""

    name: str

    def take_up(self, situation: Situation) -> Thought | None:
        """Begin to think about a turn; None: not mine, ask the next."""
        ...
