"""What the insights room knows: segments, treatments with their hold-out, effects and where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from pydantic import BaseModel

from dangol.kernel.errors import Refused

Segment = Literal["let_down", "gone_quiet", "points_waiting", "price_driven", "once", "drifting"]
SEGMENTS: tuple[Segment, ...] = get_args(Segment)


class TooLittleHistory(Refused):
    """There are too few purchases yet to tell who leaves; `reason` is `too_short`, `too_few` or `no_better`."""

    code = "too_little_history"


class NobodyToTreat(Refused):
    """The segment is too small to leave some out and still treat somebody."""

    code = "nobody_to_treat"


class TreatmentOver(Refused):
    """The treatment was stopped or is over."""

    code = "treatment_over"


class Effect(BaseModel):
    """How much likelier a treated customer buys within the horizon, as a share (0.05: five of a hundred more).

    `measured` against a hold-out of this shop, with its 95 % interval; `assumed` is what the merchant set.
    """

    gain: float
    low: float
    high: float
    source: Literal["measured", "assumed"]


@dataclass(frozen=True)
class Run:
    """One reckoning: what it found, or why it could not tell."""

    id: int
    at: datetime
    horizon: int | None
    scored: int
    trouble: dict[str, Any] | None
    report: dict[str, Any] | None


@dataclass(frozen=True)
class ScoreRow:
    """One customer's score with its reasons; `at_stake` and `basket` (what an order of theirs comes to) in minor units."""

    customer_id: int
    probability: float
    segment: Segment | None
    at_stake: int
    basket: int
    reasons: list[dict[str, Any]]


@dataclass(frozen=True)
class SegmentFigures:
    """How many are in a segment, what is at stake and what an order of theirs comes to (minor units)."""

    segment: Segment
    people: int
    at_stake: int
    basket: int


@dataclass(frozen=True)
class Assumption:
    """What the merchant expects of treating a segment: gain as a share, low to high; who said so, and when."""

    segment: Segment
    low: float
    high: float
    set_by: str
    set_at: datetime


@dataclass(frozen=True)
class Treatment:
    """Something done with a segment by people, measured against those left out by chance.

    `cost` for each treated customer in minor units, `margin` the share of a sale that is earned.
    """

    id: str
    segment: Segment
    action: str
    share_held_out: float
    cost: int
    margin: float
    currency: str
    started_by: str
    started_at: datetime
    ends_at: datetime
    stopped_at: datetime | None

    def until(self, now: datetime) -> datetime:
        """Up to when its purchases are counted."""
        return min(self.ends_at, self.stopped_at or self.ends_at, now)


@dataclass(frozen=True)
class Tally:
    """People of one group of a treatment, how many of them bought since, in how many orders, for how much (minor units)."""

    people: int = 0
    bought: int = 0
    orders: int = 0
    value: int = 0


@dataclass(frozen=True)
class Result:
    """A treatment with what came of both groups so far; `effect` once its time is over or it was stopped."""

    treatment: Treatment
    state: Literal["running", "over", "stopped"]
    treated: Tally
    control: Tally
    effect: Effect | None
    return_on_spend: float | None
