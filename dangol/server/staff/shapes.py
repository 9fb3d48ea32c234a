"""Requests and answers of the staff API (`docs/manual/staff-api.md`)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, model_validator

from dangol.helpdesk.api import Presence, Priority, StaffRole
from dangol.kernel.blocks import Block, Price
from dangol.server.chat_shapes import Plain, Shape

Words = Annotated[str, Field(min_length=1, max_length=4000), Plain]
Short = Annotated[str, Field(min_length=1, max_length=120), Plain]
Tag = Annotated[str, Field(min_length=1, max_length=40), Plain]
Tags = Annotated[tuple[Tag, ...], Field(max_length=30)]
Id = Annotated[str, Field(min_length=1, max_length=128, pattern=r"^[!-~]+$")]
Secret = Annotated[str, Field(min_length=1, max_length=200)]
Email = Annotated[str, Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$"), Plain]


class SignIn(Shape):
    """E-mail, password, and the code of the second factor where there is one."""

    email: Annotated[str, Field(min_length=1, max_length=254), Plain]
    password: Secret
    code: Annotated[str, Field(max_length=12), Plain] | None = None


class StaffRef(BaseModel):
    """Somebody by name."""

    id: str
    name: str


class StaffView(BaseModel):
    """A member of staff."""

    id: str
    name: str
    email: str
    role: StaffRole
    languages: list[str]
    skills: list[str]
    teams: list[str]
    capacity: int
    refund_limit: Price | None
    presence: Presence
    open: int
    totp: bool
    disabled: bool


class SessionView(BaseModel):
    """Who is signed in, the token to send along, what they may do, and the shop's own zone, whose days all figures count."""

    staff: StaffView
    csrf: str
    expires_at: datetime
    may: list[str]
    time_zone: str


class ChangePassword(Shape):
    """One's own password."""

    old: Secret
    new: Secret


class Code(Shape):
    """A code of an authenticator app."""

    code: Annotated[str, Field(min_length=6, max_length=12), Plain]


class Password(Shape):
    """A password."""

    password: Secret


class TotpSecret(BaseModel):
    """What an authenticator app is set up with."""

    secret: str
    uri: str


class SetPresence(Shape):
    """Whether somebody takes conversations."""

    presence: Presence


class CustomerRef(BaseModel):
    """A customer by name."""

    id: int
    name: str
    vip: bool


class LastSaid(BaseModel):
    """The last words of a conversation."""

    sender: Annotated[Literal["shopper", "staff"], Field(serialization_alias="from")]
    text: str
    at: datetime


class ThreadView(BaseModel):
    """A conversation as the inbox shows it."""

    id: str
    state: Literal["assistant", "queue", "person", "snoozed", "closed"]
    owner: StaffRef | None
    team: str
    channel: str
    language: str
    customer: CustomerRef | None
    subject: str
    last: LastSaid | None
    reason: str | None
    queued_at: datetime | None
    waiting_since: datetime | None
    snoozed_until: datetime | None
    priority: Priority
    labels: list[str]
    position: int | None
    rating: int | None
    merged_into: str | None
    created_at: datetime
    updated_at: datetime
    seq: int


class InboxPage(BaseModel):
    """A page of the inbox, how many there are in each view, and where the next page begins."""

    items: list[ThreadView]
    counts: dict[str, int]
    next: str | None


class Entry(BaseModel):
    """One thing that was said or happened."""

    seq: int
    at: datetime
    sender: Annotated[Literal["shopper", "assistant", "staff", "system"], Field(serialization_alias="from")]
    id: str | None = None
    text: str | None = None
    choice: str | None = None
    attachments: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    staff: StaffRef | None = None
    event: str | None = None
    details: dict[str, Any] = {}


class NoteView(BaseModel):
    """A private note."""

    id: str
    at: datetime
    staff: StaffRef
    text: str
    mentions: list[str]


class ViewerView(BaseModel):
    """Somebody who looks at the conversation."""

    id: str
    name: str
    typing: bool


class Tried(BaseModel):
    """Something that was tried for the shopper, and what came of it."""

    tool: str
    title: str
    outcome: Literal["done", "refused", "failed"]
    why: str = ""


class ProductRef(BaseModel):
    """A product that was talked about."""

    product: str
    title: str


class ArticleRef(BaseModel):
    """An article that was shown."""

    title: str
    article: str
    url: str


class CardView(BaseModel):
    """The hand-off card."""

    wish: str
    reason: str
    language: str
    sentiment: Literal["calm", "upset", "angry"]
    summary: list[str]
    tried: list[Tried]
    orders: list[str]
    products: list[ProductRef]
    policies: list[ArticleRef]
    next: list[str]
    known: dict[str, str]


class ConversationView(BaseModel):
    """A conversation as a console opens it."""

    thread: ThreadView
    card: CardView | None
    entries: list[Entry]
    notes: list[NoteView]
    viewers: list[ViewerView]
    delivered: int
    read: int
    allowed: list[str]


class EntriesView(BaseModel):
    """What was said after a place."""

    entries: list[Entry]
    delivered: int
    read: int


class ThreadAnswer(BaseModel):
    """The conversation as it stands after the act."""

    thread: ThreadView


class NextAnswer(BaseModel):
    """The conversation that was taken from the queue; none where nobody waits whom this person may serve."""

    thread: ThreadView | None = None


class SaidAnswer(ThreadAnswer):
    """The same, with what was written."""

    entry: Entry


class NoteAnswer(BaseModel):
    """The note that was written."""

    note: NoteView


class Say(Shape):
    """Words and files to the shopper, under an id of the console's own; `suggestion` when made from one."""

    id: Id
    text: Annotated[str, Field(max_length=4000), Plain] = ""
    suggestion: Annotated[str, Field(max_length=128), Plain] | None = None
    attachments: Annotated[tuple[Id, ...], Field(max_length=10)] = ()

    @model_validator(mode="after")
    def _something(self) -> Say:
        if not self.text.strip() and not self.attachments:
            raise ValueError("words or files")
        return self


class Take(Shape):
    """Take over; `seen_owner` is whom the taker saw having it, empty for nobody."""

    seen_owner: Annotated[str, Field(max_length=64), Plain] | None = None


class Transfer(Shape):
    """To a person, or (without one) to the queue, of a team where one is named."""

    to: Id | None = None
    team: Tag | None = None
    note: Annotated[str, Field(max_length=2000), Plain] = ""


class Snooze(Shape):
    """Put aside until a moment."""

    until: datetime

    @model_validator(mode="after")
    def _has_a_zone(self) -> Snooze:
        if self.until.tzinfo is None:
            raise ValueError("until needs a time zone")
        return self


class SetLabels(Shape):
    """The labels of a conversation, all of them."""

    labels: Tags


class SetPriority(Shape):
    """How urgent it is."""

    priority: Priority


class WriteNote(Shape):
    """A private note."""

    text: Words
    mentions: Annotated[tuple[Id, ...], Field(max_length=20)] = ()


class Viewing(Shape):
    """I look at it, and perhaps type."""

    typing: bool = False


class Merge(Shape):
    """The conversation that goes on."""

    into: Id


class NewPerson(Shape):
    """A new account."""

    name: Short
    email: Email
    role: StaffRole
    password: Secret
    languages: Tags = ()
    skills: Tags = ()
    teams: Tags = ()
    capacity: Annotated[int, Field(ge=0, le=200)] = 6
    refund_limit: Annotated[int, Field(ge=0)] | None = None


class ChangePerson(Shape):
    """What is to be another; what is left out stays. `refund_limit` in minor units, null: no limit."""

    name: Short | None = None
    email: Email | None = None
    role: StaffRole | None = None
    languages: Tags | None = None
    skills: Tags | None = None
    teams: Tags | None = None
    capacity: Annotated[int, Field(ge=0, le=200)] | None = None
    refund_limit: Annotated[int, Field(ge=0)] | None = None
    disabled: bool | None = None


class People(BaseModel):
    """Everybody of staff."""

    items: list[StaffView]


class AuditView(BaseModel):
    """Something somebody did."""

    id: int
    at: datetime
    staff: StaffRef | None
    act: str
    conversation: str | None
    details: dict[str, Any]


class AuditPage(BaseModel):
    """The audit log, newest first."""

    items: list[AuditView]
