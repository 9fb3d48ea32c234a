"""A walk with a guide: which step a shopper is at, and what the steps before it brought."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from dangol.contracts.shopfloor.guides import WalkOutcome
from dangol.kernel.model import Value

_KEPT = timedelta(hours=20)  # who comes back later the same day goes on; tomorrow it is begun anew


class TriedStep(Value):
    """A step that was told and what it brought: nothing, it had been done before, or the answer given to it."""

    number: int
    text: str
    brought: Literal["not_solved", "done_before", "answered", "solved"]
    answer: str = ""


class GuideWalk(Value):
    """A guide under way or walked to its end; `path` holds the steps told, the one waiting for an answer last."""

    walk: str
    guide: str
    language: str
    title: str
    mark: str
    symptom: str
    steps: int
    product: str = ""
    product_title: str = ""
    path: tuple[int, ...] = ()
    tried: tuple[TriedStep, ...] = ()
    outcome: WalkOutcome = "open"
    asides: int = 0  # turns about something else since the last step
    told_at: datetime

    def under_way(self, now: datetime) -> bool:
        """Whether an answer to its step may still come."""
        return self.outcome == "open" and now - self.told_at < _KEPT
