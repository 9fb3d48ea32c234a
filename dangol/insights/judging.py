"""Which model tells best who leaves, shown on a later time than it was made from; and the scores of today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from pydantic import BaseModel

from dangol.insights import models
from dangol.insights.measuring import Quality, auc, quality
from dangol.insights.models import Fitted, ModelName, Why
from dangol.insights.people import Flags, Floats, Ints, People
from dangol.insights.rules import KNOWN_FOR, enough

_NAMES: tuple[ModelName, ...] = ("recency", "rfm", "bg_nbd", "logistic")
_OURS: tuple[ModelName, ...] = ("bg_nbd", "logistic")  # the others are what these are held against


@dataclass(frozen=True)
class Period:
    """Customers as they were at a moment, and who of them bought in the horizon that followed (ids, rising)."""

    people: People
    bought: Ints

    def known(self, horizon: int) -> tuple[People, Flags]:
        """Whoever bought in the last four horizons, with who of them stayed away in the next."""
        some = self.people.only(self.people.recency <= KNOWN_FOR * horizon)
        return some, ~np.isin(some.id, self.bought)


class Report(BaseModel):
    """How good the score is: each model on the last horizon, none of whose purchases any of them has seen.

    `chosen` was better on the horizon before; `auc_choosing` says by how much.
    """

    horizon: int
    chosen: ModelName
    auc_choosing: dict[ModelName, float]
    quality: dict[ModelName, Quality]
    weights: dict[str, float]

    @property
    def proof(self) -> Quality:
        """The figures of the model that is used."""
        return self.quality[self.chosen]


@dataclass(frozen=True)
class Scored:
    """Today's customers with their probability of staying away, and what raised it."""

    people: People
    probability: Floats
    raised: Mapping[Why, Floats]


def _fit(period: Period, horizon: int) -> dict[ModelName, Fitted]:
    people, left = period.known(horizon)
    rhythm = models.bg_nbd(period.people, horizon)
    return {
        "recency": models.recency(people, left),
        "rfm": models.rfm(people, left),
        "bg_nbd": rhythm,
        "logistic": models.logistic(people, left, rhythm),
    }


def judge(past: Sequence[Period], horizon: int) -> Report:
    """Hold the models against each other on three horizons, the oldest first: made on one, chosen on the next, proved on
    the last, so that no figure rests on what its model has seen.

    Raises TooLittleHistory where a horizon has too few people who left or stayed.
    """
    for period in past:
        enough(period.known(horizon)[1])
    first, second, last = past
    people, left = second.known(horizon)
    fitted = _fit(first, horizon)
    choosing: dict[ModelName, float] = {
        name: round(auc(fitted[name].probability(people), left), 4) for name in _OURS
    }
    chosen = max(_OURS, key=lambda name: choosing[name])
    people, left = last.known(horizon)
    fitted = _fit(second, horizon)
    found = {name: quality(fitted[name].probability(people), left) for name in _NAMES}
    return Report(
        horizon=horizon,
        chosen=chosen,
        auc_choosing=choosing,
        quality=found,
        weights=dict(fitted[chosen].weights),
    )


def score(today: People, last: Period, report: Report) -> Scored:
    """The scores of today, by the chosen model made anew from the last whole horizon."""
    fitted = _fit(last, report.horizon)[report.chosen]
    some = today.only(today.recency <= KNOWN_FOR * report.horizon)
    return Scored(some, fitted.probability(some), fitted.raised(some))
