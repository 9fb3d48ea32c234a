"""What the learning room's doors take and give."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from dangol.kernel.model import Value
from dangol.learning.agreement import ToJudge
from dangol.learning.improving import Topic
from dangol.learning.model import (
    Alike,
    Lesson,
    Marked,
    Moment,
    OwnIntent,
    SuggestedAnswer,
    Verdict,
    Waiting,
)
from dangol.learning.records.sampling import Notice

_Intent = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
_Language = Annotated[str, Field(pattern=r"^(ko|en)$")]
_Text = Annotated[str, Field(min_length=1, max_length=2_000)]


class Body(BaseModel):
    """What is sent; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")


class MessagePlace(Body):
    """A message: its conversation and its place in the log."""

    conversation_id: Annotated[str, Field(max_length=64)]
    seq: Annotated[int, Field(ge=1, lt=2**31)]


class Teach(Body):
    """What a message means, or a sentence of one's own."""

    message: MessagePlace | None = None
    verdict: Verdict = "teach"
    text: _Text | None = None
    language: _Language | None = None
    intents: Annotated[list[_Intent], Field(max_length=8)] = []
    entities: Annotated[list[Marked], Field(max_length=30)] = []


class Decide(Body):
    """Approve or reject."""

    approve: bool


class Suggest(Body):
    """A question with its answer, as Markdown."""

    question: _Text
    answer: Annotated[str, Field(min_length=1, max_length=20_000)]
    language: _Language
    title: Annotated[str, Field(min_length=1, max_length=120)] | None = None
    article: Annotated[str, Field(max_length=120)] | None = None
    changes: bool = False
    gaps: Annotated[list[Annotated[int, Field(ge=1, lt=2**63)]], Field(max_length=100)] = []
    messages: Annotated[list[MessagePlace], Field(max_length=500)] = []


class Reword(Body):
    """Other words for a suggestion that waits; `changes`: to the end of this `article` (true), a new one (false)."""

    question: _Text
    answer: Annotated[str, Field(min_length=1, max_length=20_000)]
    title: Annotated[str, Field(min_length=1, max_length=120)]
    article: Annotated[str, Field(max_length=120)] | None = None
    changes: bool | None = None


class AddIntent(Body):
    """An intent of the shop's own."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{2,39}$")]
    description: Annotated[str, Field(min_length=1, max_length=300)]


class Judge(Body):
    """Agree with a reading, or say what would have been right."""

    agreed: bool
    intents: Annotated[list[_Intent], Field(max_length=8)] = []


class Settle(Body):
    """What becomes of a proposal."""

    state: Literal["open", "taken", "dismissed"]


class Report(Value):
    """Topics that fail most over the last days."""

    days: int
    topics: tuple[Topic, ...]


class Waitings(Value):
    """Groups of like messages, the largest first."""

    items: tuple[Alike, ...]


class OneMessage(Value):
    """A message with the state it came in and what was said of it since."""

    message: Waiting
    moment: Moment
    lesson: Lesson | None


class Lessons(Value):
    """Lessons."""

    items: tuple[Lesson, ...]


class Answers(Value):
    """Suggested answers."""

    items: tuple[SuggestedAnswer, ...]


class GapLine(Value):
    """A question nobody has written an answer to."""

    id: int
    question: str
    language: str
    kind: str
    product: str | None
    count: int
    first_asked: datetime
    last_asked: datetime


class Gaps(Value):
    """What is not written yet, those asked most first."""

    items: tuple[GapLine, ...]


class Intents(Value):
    """The intents messages can be taught: the project's and the shop's own; and the types of entities."""

    known: tuple[str, ...]
    own: tuple[OwnIntent, ...]
    entities: tuple[str, ...]


class Sample(Value):
    """Readings to judge."""

    items: tuple[ToJudge, ...]


class AgreementLine(Value):
    """Judged readings of an intent in a language; `intent` empty: of all."""

    language: str
    intent: str
    agreed: int
    judged: int
    share: float | None


class AgreementFigures(Value):
    """Agreement over a period, the last day included."""

    since: date
    until: date
    items: tuple[AgreementLine, ...]


class Notices(Value):
    """Drops of agreement (the last seven days against the four weeks before), unseen ones first."""

    items: tuple[Notice, ...]


class Proposal(Value):
    """Past enquiries that ask much the same, held against the intents (`reading`, `share`) and the articles."""

    id: int
    title: str
    language: str
    size: int
    examples: tuple[str, ...]
    tag: str
    reading: str | None
    share: float
    unanswered: int
    state: Literal["open", "taken", "dismissed"]


class Proposals(Value):
    """What past enquiries propose, the largest group first."""

    items: tuple[Proposal, ...]


class SettleGap(Body):
    """Whether the question still wants an answer."""

    wanted: bool
