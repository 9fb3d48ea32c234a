"""Shapes of acts, approvals, prepared replies, suggestions, the sidebar, answers to learn from."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from dangol.kernel.blocks import CartBlock, OrderBlock, Price, ReturnBlock
from dangol.server.chat_shapes import Plain, Shape
from dangol.server.staff.shapes import ArticleRef, CustomerRef, Id, Short, StaffRef, ThreadView, Words


class ActionView(BaseModel):
    """Something that can be done for the shopper; `args` is the JSON Schema of what it takes."""

    tool: str
    title: str
    effect: Literal["read", "write", "money"]
    args: dict[str, Any]


class Actions(BaseModel):
    """What can be done."""

    items: Annotated[list[ActionView], Field(serialization_alias="actions")]


class DoAction(Shape):
    """Use a tool, once per id."""

    id: Id
    tool: Annotated[str, Field(max_length=64, pattern=r"^[a-z_]+$")]
    args: Annotated[dict[str, Any], Field(max_length=50), Plain] = {}


class ApprovalView(BaseModel):
    """An act above somebody's limit."""

    id: str
    conversation: str
    customer: CustomerRef | None
    tool: str
    title: str
    args: dict[str, Any]
    amount: Price | None
    asked_by: StaffRef | None
    asked_at: datetime
    state: Literal["waiting", "approved", "refused"]
    answered_by: StaffRef | None
    answered_at: datetime | None
    why: str
    result: dict[str, Any] | None


class ActionDone(BaseModel):
    """What came of an act."""

    outcome: Literal["done", "refused", "failed", "waiting"]
    result: dict[str, Any] = {}
    code: str | None = None
    approval: ApprovalView | None = None


class Approvals(BaseModel):
    """Requests."""

    items: list[ApprovalView]


class AnswerApproval(Shape):
    """Yes or no, and why."""

    approve: bool
    why: Annotated[str, Field(max_length=1000), Plain] = ""


class CannedView(BaseModel):
    """A prepared reply."""

    id: str
    shortcut: str
    title: str
    texts: dict[str, str]


class CannedReplies(BaseModel):
    """Prepared replies."""

    items: list[CannedView]


class WriteCanned(Shape):
    """A prepared reply; one text for each language it can be said in."""

    shortcut: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^\S+$"), Plain]
    title: Short
    texts: Annotated[dict[Literal["ko", "en"], Words], Field(min_length=1)]


class Filled(BaseModel):
    """A prepared reply with its variables filled in; `missing` names those nothing is known for."""

    text: str
    missing: list[str]


class SuggestionView(BaseModel):
    """A reply somebody may edit and send."""

    id: str
    text: str
    origin: Annotated[Literal["article", "answer"], Field(serialization_alias="from")]
    sources: list[ArticleRef] = []


class Suggestions(BaseModel):
    """Suggested replies, likeliest first."""

    items: list[SuggestionView]


class CustomerCard(BaseModel):
    """Who the shopper is, as far as the shop knows."""

    id: int
    name: str
    email: str
    phone: str
    tier: str
    vip: bool
    orders: int
    since: datetime


class PointsCard(BaseModel):
    """Points that can be used now."""

    balance: int
    tier: str


class ConsentCard(BaseModel):
    """Something the shopper agreed to, or took back."""

    purpose: str
    channel: str
    given: datetime
    withdrawn: datetime | None


class CouponCard(BaseModel):
    """A coupon that was given to this shopper."""

    code: str
    amount: Price
    ends: date
    state: Literal["open", "used", "expired"]


class Sidebar(BaseModel):
    """Everything beside the conversation; `may_give` is what this person may still give away here, null: anything."""

    customer: CustomerCard | None
    cart: CartBlock
    orders: list[OrderBlock]
    returns: list[ReturnBlock]
    points: PointsCard | None
    consents: list[ConsentCard]
    contact: dict[str, str]
    past: list[ThreadView]
    coupons: list[CouponCard]
    may_give: Price | None
