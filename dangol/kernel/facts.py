"""Facts: what happened in a conversation, in order; its state is a fold of them and nothing else.

A fact is frozen and refuses unknown fields. Every released shape stays readable for ever: a new shape is a
new class, and `tests/frozen/` keeps one example of each. Fields named in `personal` hold a person's words and are
stored apart, so that they can be erased while the fact stays; they therefore have a default to fall back to.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, TypeAdapter

from dangol.kernel.blocks import Block
from dangol.kernel.model import Value


class FactBase(Value):
    """What every fact has."""

    personal: ClassVar[frozenset[str]] = frozenset()


class ConversationOpened(FactBase):
    """A shopper opened the window; who they are when the shop has signed for them."""

    kind: Literal["conversation_opened"] = "conversation_opened"
    channel: str
    language: str
    customer_id: int | None = None
    page: str | None = None
    country: str = ""  # ISO 3166-1, as the shopper's own setting says; "" when it says none


class ShopperIdentified(FactBase):
    """The shop knows who is speaking, and by what."""

    kind: Literal["shopper_identified"] = "shopper_identified"
    customer_id: int
    by: str


class ShopperVerified(FactBase):
    """The shopper has shown who they are, or that these orders are theirs; it holds until a moment."""

    kind: Literal["shopper_verified"] = "shopper_verified"
    by: str
    customer_id: int | None = None
    orders: tuple[str, ...] = ()
    until: datetime


class MessageHeard(FactBase):
    """A shopper said, chose or filled in something; written before anything is done about it.

    `spoken`: it was heard, and `text` is what was understood of it.
    """

    kind: Literal["message_heard"] = "message_heard"
    personal: ClassVar[frozenset[str]] = frozenset({"text", "form"})
    message: str
    text: str = ""
    choice: str | None = None
    form: dict[str, Any] | None = None
    attachments: tuple[str, ...] = ()
    page: str | None = None
    spoken: bool = False


class MessageRead(FactBase):
    """How a message was understood."""

    kind: Literal["message_read"] = "message_read"
    personal: ClassVar[frozenset[str]] = frozenset({"entities"})
    language: str
    intents: tuple[tuple[str, float], ...]
    entities: tuple[dict[str, Any], ...] = ()


class QuestionAsked(FactBase):
    """A question was put; it dies with the very next message."""

    kind: Literal["question_asked"] = "question_asked"
    personal: ClassVar[frozenset[str]] = frozenset({"args"})
    question: str
    code: str
    tool: str | None = None
    args: dict[str, Any] = {}


class QuestionAnswered(FactBase):
    """The pending question was answered, or let drop by saying something else."""

    kind: Literal["question_answered"] = "question_answered"
    question: str
    answer: Literal["yes", "no", "given", "dropped"]


class ToolRequested(FactBase):
    """A tool that changes something is about to be called under this key."""

    kind: Literal["tool_requested"] = "tool_requested"
    personal: ClassVar[frozenset[str]] = frozenset({"args"})
    call: str
    tool: str
    args: dict[str, Any] = {}


class ToolFinished(FactBase):
    """What came of a call: done, refused with a reason, or failed."""

    kind: Literal["tool_finished"] = "tool_finished"
    personal: ClassVar[frozenset[str]] = frozenset({"result"})
    call: str
    tool: str
    outcome: Literal["done", "refused", "failed"]
    result: dict[str, Any] = {}


class ReplyGiven(FactBase):
    """What was answered to a turn, and what the assistant keeps in mind of it.

    `joined` are the messages heard just before `message` that were one thought with it: answered here, too.
    """

    kind: Literal["reply_given"] = "reply_given"
    personal: ClassVar[frozenset[str]] = frozenset({"blocks", "memory"})
    turn: int
    message: str
    joined: tuple[str, ...] = ()
    language: str
    served_by: Literal["assistant", "queue", "person"]
    blocks: tuple[Block, ...] = ()
    memory: dict[str, Any] = {}


class ReplyMended(FactBase):
    """A reply held a figure without evidence and was not sent as it stood."""

    kind: Literal["reply_mended"] = "reply_mended"
    personal: ClassVar[frozenset[str]] = frozenset({"text"})
    turn: int
    why: str
    text: str = ""


class NoticeGiven(FactBase):
    """The shop spoke without being asked: a payment came in, an order moved."""

    kind: Literal["notice_given"] = "notice_given"
    personal: ClassVar[frozenset[str]] = frozenset({"blocks"})
    cause: str
    blocks: tuple[Block, ...] = ()


class HandedOff(FactBase):
    """The conversation waits for a person; the assistant is silent from here."""

    kind: Literal["handed_off"] = "handed_off"
    personal: ClassVar[frozenset[str]] = frozenset({"summary"})
    reason: str
    summary: dict[str, Any] = {}
    team: str = ""
    wanted: str | None = None  # the person it is to go to, if they can
    priority: Literal["", "low", "normal", "high", "urgent"] = ""


class TakenOver(FactBase):
    """A member of staff owns the conversation."""

    kind: Literal["taken_over"] = "taken_over"
    staff: str


class GivenBack(FactBase):
    """The assistant owns the conversation again."""

    kind: Literal["given_back"] = "given_back"
    by: str


class Transferred(FactBase):
    """The conversation went to another person, or (without one) back to the queue."""

    kind: Literal["transferred"] = "transferred"
    personal: ClassVar[frozenset[str]] = frozenset({"note"})
    by: str
    to: str | None = None
    team: str = ""
    note: str = ""
    why: str = ""


class Snoozed(FactBase):
    """Its owner put the conversation aside until a moment, or until the shopper writes."""

    kind: Literal["snoozed"] = "snoozed"
    by: str
    until: str


class Woken(FactBase):
    """A conversation that was put aside is before its owner again."""

    kind: Literal["woken"] = "woken"
    by: str


class Reopened(FactBase):
    """A member of staff took an ended conversation up again."""

    kind: Literal["reopened"] = "reopened"
    by: str


class ResolutionAsked(FactBase):
    """Given back, the assistant asks once whether it is solved; a no goes back to this person."""

    kind: Literal["resolution_asked"] = "resolution_asked"
    staff: str
    offered: tuple[tuple[str, str], ...] = ()


class ResolutionAnswered(FactBase):
    """The shopper said whether it is solved."""

    kind: Literal["resolution_answered"] = "resolution_answered"
    solved: bool


class StaffSaid(FactBase):
    """A member of staff wrote to the shopper; `message` is the id they sent it under, `suggestion` what it was made from."""

    kind: Literal["staff_said"] = "staff_said"
    personal: ClassVar[frozenset[str]] = frozenset({"text"})
    staff: str
    text: str = ""
    name: str = ""
    message: str = ""
    suggestion: str = ""
    attachments: tuple[str, ...] = ()


class AssistantSwitched(FactBase):
    """The shopper switched the assistant off (menus and people remain) or on again."""

    kind: Literal["assistant_switched"] = "assistant_switched"
    on: bool


class OutsideModelSwitched(FactBase):
    """The shopper refused that a model outside the shop reads along, or allowed it again."""

    kind: Literal["outside_model_switched"] = "outside_model_switched"
    on: bool


class ModelAsked(FactBase):
    """A language model was asked: what for, what it used, what came of it; prompt and answer for the audit.

    `cost` in millionths of a US dollar, None where no price is known.
    """

    kind: Literal["model_asked"] = "model_asked"
    personal: ClassVar[frozenset[str]] = frozenset({"prompt", "answer"})
    model: str
    job: str
    outcome: str
    input_tokens: int = 0
    output_tokens: int = 0
    cost: int | None = None
    milliseconds: int = 0
    prompt: str = ""
    answer: str = ""


class FeedbackGiven(FactBase):
    """A thumb for one turn."""

    kind: Literal["feedback_given"] = "feedback_given"
    turn: int
    score: int


class RatingGiven(FactBase):
    """How content the shopper was with the conversation."""

    kind: Literal["rating_given"] = "rating_given"
    personal: ClassVar[frozenset[str]] = frozenset({"comment"})
    score: int
    comment: str = ""


class Closed(FactBase):
    """The conversation ended."""

    kind: Literal["closed"] = "closed"
    by: str


Fact = Annotated[
    ConversationOpened
    | ShopperIdentified
    | ShopperVerified
    | MessageHeard
    | MessageRead
    | QuestionAsked
    | QuestionAnswered
    | ToolRequested
    | ToolFinished
    | ReplyGiven
    | ReplyMended
    | NoticeGiven
    | HandedOff
    | TakenOver
    | GivenBack
    | StaffSaid
    | Transferred
    | Snoozed
    | Woken
    | Reopened
    | ResolutionAsked
    | ResolutionAnswered
    | AssistantSwitched
    | OutsideModelSwitched
    | ModelAsked
    | FeedbackGiven
    | RatingGiven
    | Closed,
    Field(discriminator="kind"),
]

FACT: TypeAdapter[Fact] = TypeAdapter(Fact)
