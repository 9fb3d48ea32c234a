"""What the learning room keeps and hands out: messages that were read, lessons, answers, and who may decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from psycopg import AsyncConnection

from dangol.kernel.errors import Refused
from dangol.kernel.facts import Fact
from dangol.kernel.model import Value

Connection = AsyncConnection[Any]
Place = tuple[str, int]
"""A message: its conversation, and its place in the log."""

Signal = Literal["not_understood", "unsure", "unanswered", "thumbs_down", "handed_off", "corrected"]
SIGNALS: tuple[Signal, ...] = (
    "not_understood", "unsure", "unanswered", "thumbs_down", "handed_off", "corrected"
)  # fmt: skip
Verdict = Literal["teach", "right", "ignore"]
Decided = Literal["proposed", "approved", "rejected", "withdrawn"]
Ability = Literal["look", "teach", "decide", "see_personal"]


class NotPermitted(Refused):
    """The person's role does not allow this."""

    code = "not_permitted"
    status = 403


class OwnWork(Refused):
    """In this shop nobody approves what they wrote themselves."""

    code = "own_work"
    status = 403


class AlreadyDecided(Refused):
    """Somebody has decided about this meanwhile."""

    code = "stale"
    status = 409


class UnknownNames(Refused):
    """Intents or entity types that the understanding does not know."""

    code = "unknown_names"
    status = 422


@dataclass(frozen=True)
class Colleague:
    """A member of staff as this room needs to know them; `may` follows from their role."""

    id: str
    may: frozenset[Ability] = frozenset()

    def must(self, ability: Ability) -> None:
        """Raises NotPermitted."""
        if ability not in self.may:
            raise NotPermitted(needs=ability)


@dataclass(frozen=True)
class Logged:
    """A fact with its place in the log of its conversation."""

    seq: int
    at: datetime
    fact: Fact


@dataclass(frozen=True)
class Moved:
    """A conversation and how far its log goes."""

    conversation_id: str
    last_seq: int
    at: datetime


class Line(Value):
    """One thing said in a conversation."""

    sender: Literal["shopper", "assistant", "staff"]
    text: str


class Moment(Value):
    """A message as it came: what was said before, what was asked last, and what was answered.

    `context` is what the reader knew (`expects`, `offered`, `last_intents` …), in the form of `dangol understand`.
    """

    text: str
    before: tuple[Line, ...] = ()
    reply: str = ""
    entities: tuple[dict[str, Any], ...] = ()
    context: dict[str, Any] = {}
    page: str | None = None


class Archive(Protocol):
    """The conversations' log, as this room may read it."""

    async def moved(self, conn: Connection, since: datetime | None) -> Sequence[Moved]:
        """Conversations written to at or after a moment, oldest first."""
        ...

    async def facts(self, conn: Connection, conversation_id: str) -> Sequence[Logged]:
        """Everything in the log of a conversation."""
        ...

    async def words(self, conn: Connection, places: Sequence[Place]) -> dict[Place, str]:
        """What shoppers said, where it has not been erased."""
        ...

    async def moment(self, conn: Connection, place: Place) -> Moment | None:
        """A message as it came; None where there is none or it was erased."""
        ...


@dataclass(frozen=True)
class Guess:
    """How a text is read by itself: intents with confidences, and the words that name a person or a place."""

    language: str
    intents: tuple[tuple[str, float], ...]
    personal: tuple[str, ...] = ()


class Reader(Protocol):
    """The understanding, as this room may ask it."""

    def guess(self, text: str, language: str | None = None) -> Guess:
        """Read a text as the first message of a conversation."""
        ...

    def intents(self) -> frozenset[str]:
        """The intents it knows."""
        ...

    def entities(self) -> frozenset[str]:
        """The types of entities it knows."""
        ...


@dataclass(frozen=True)
class ReadMessage:
    """A message and how it was read; `signals` say why somebody should look at it.

    `asked` is the question the assistant had put before, `joined` the messages read together with it.
    """

    seq: int
    turn: int
    at: datetime
    language: str
    intents: tuple[tuple[str, float], ...]
    confidence: float
    asked: str = ""
    signals: frozenset[Signal] = frozenset()
    gap: int | None = None
    joined: tuple[int, ...] = ()


class Waiting(Value):
    """A message on the list of those to look at; `text` is masked for whoever may not see personal data."""

    conversation_id: str
    seq: int
    at: datetime
    language: str
    text: str
    intents: tuple[tuple[str, float], ...]
    signals: tuple[Signal, ...]
    gap: int | None = None
    asked: str = ""


class Alike(Value):
    """Messages that ask much the same, the most typical first."""

    text: str
    count: int
    signals: dict[str, int]
    messages: tuple[Waiting, ...]


class Marked(Value):
    """An entity a message names: its type and the words used."""

    type: str
    text: str


class Lesson(Value):
    """What somebody says a message means; approved, it is an example the understanding is trained on."""

    id: int
    conversation_id: str | None
    seq: int | None
    language: str
    text: str
    intents: tuple[str, ...]
    entities: tuple[Marked, ...]
    verdict: Verdict
    state: Decided
    author: str
    created_at: datetime
    decided_by: str | None = None
    decided_at: datetime | None = None


class SuggestedAnswer(Value):
    """A question with its answer; approved, it stands in the shop's articles.

    `article` is the slug of the article it becomes or changes; `changes`: it goes at the end of an article that
    stands already. `conversation`: where staff gave this answer to a shopper.
    """

    id: int
    question: str
    answer: str
    language: str
    title: str
    article: str | None
    changes: bool
    gaps: tuple[int, ...]
    state: Decided
    author: str
    created_at: datetime
    decided_by: str | None = None
    decided_at: datetime | None = None
    conversation: str | None = None


class OwnIntent(Value):
    """An intent the shop has added; what it asks is answered from the articles."""

    name: str
    description: str


@dataclass(frozen=True)
class Learned:
    """A message the shop has taught, as training takes it."""

    text: str
    language: str
    intents: tuple[str, ...]
    entities: tuple[Marked, ...] = field(default=())
