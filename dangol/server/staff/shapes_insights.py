"""Requests and answers of the doors to who is likely to leave (`docs/manual/staff-api.md`)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, model_validator

from dangol.insights.api import Effect, Quality, Segment
from dangol.server.chat_shapes import Shape
from dangol.server.staff.shapes import Short, StaffRef

Percent = Annotated[float, Field(ge=0, le=100)]


class ModelView(BaseModel):
    """One way of telling, on people it has not seen."""

    name: str
    title: str
    chosen: bool
    quality: Quality


class ExpectedView(BaseModel):
    """What treating everybody of a segment may bring: `gain` in buyers of a hundred, then buyers and money (minor units),
    each from low to high. `assumed` by somebody of staff, or `measured` in a treatment."""

    source: Literal["measured", "assumed"]
    gain: tuple[float, float]
    buyers: tuple[int, int]
    amount: tuple[int, int]
    by: StaffRef | None
    at: datetime


class SegmentView(BaseModel):
    """A segment; `at_stake` is what its people are likely not to spend in the horizon (minor units)."""

    segment: Segment
    title: str
    who: str
    action: str
    how: str
    people: int
    at_stake: int
    expected: ExpectedView | None
    assumed: tuple[float, float] | None
    treatment: str | None


class GroupView(BaseModel):
    """A group of a treatment."""

    people: int
    bought: int
    amount: int


class TreatmentView(BaseModel):
    """A treatment; `effect` once it is over or stopped, in shares; `return_on_spend` (M27) where it cost something."""

    id: str
    segment: Segment
    title: str
    action: str
    by: StaffRef
    started_at: datetime
    ends_at: datetime
    state: Literal["running", "over", "stopped"]
    cost: int
    margin: float
    treated: GroupView
    held_out: GroupView
    effect: Effect | None
    return_on_spend: float | None


class Overview(BaseModel):
    """Everything the view of likely leavers shows; `trouble` says why there is nothing to show."""

    at: datetime | None
    trouble: str | None
    horizon: int | None
    scored: int
    currency: str
    models: list[ModelView]
    segments: list[SegmentView]
    treatments: list[TreatmentView]


class PersonView(BaseModel):
    """Somebody of a segment with the reasons in words; `held_out`: a running treatment leaves them out."""

    customer: int
    name: str
    email: str
    phone: str
    agreed: list[str]
    probability: float
    at_stake: int
    reasons: list[str]
    usual: list[str]
    held_out: bool


class PeopleView(BaseModel):
    """People of a segment, most at stake first."""

    items: list[PersonView]
    total: int


class Expect(Shape):
    """How many more of a hundred are expected to buy when treated, at least and at most."""

    low: Percent
    high: Percent

    @model_validator(mode="after")
    def _in_order(self) -> Expect:
        if self.low > self.high:
            raise ValueError("low is above high")
        return self


class Begin(Shape):
    """A treatment: what is done, how many of a hundred are left out, what it costs for each person (minor units), what
    is earned of a sale (per cent)."""

    segment: Segment
    action: Short
    held_out: Annotated[int, Field(ge=5, le=50)] = 20
    cost: Annotated[int, Field(ge=0, le=10**12)] = 0
    margin: Annotated[float, Field(gt=0, le=100)]
