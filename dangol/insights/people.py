"""Customers side by side as columns: what was known of each up to a moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class People:
    """One place in every column is one customer, ids rising. Times are days before the moment, money is minor units.

    `tenure` and `recency` are the days since the first and the last purchase; `visits` are days on which something was
    bought, `recent` those of the last horizon; `value` is what all orders came to, `year_value` those of the last 365
    days; `discounted` and `orders` count orders. `late`, `returned`, `complained` and `unhappy` count parcels after the
    promised day, returns for a reason of the shop's making, conversations with a complaint and ratings of 1 or 2;
    `trouble_ago` is the days since the latest of them, infinite without any.
    """

    id: Ints
    tenure: Floats
    recency: Floats
    visits: Floats
    recent: Floats
    orders: Floats
    discounted: Floats
    value: Floats
    year_value: Floats
    late: Floats
    returned: Floats
    complained: Floats
    unhappy: Floats
    trouble_ago: Floats

    def __len__(self) -> int:
        return len(self.id)

    def only(self, chosen: Flags | Ints) -> People:
        """Some of them: by flag or by place."""
        return People(**{each.name: getattr(self, each.name)[chosen] for each in fields(self)})

    @property
    def repeats(self) -> Floats:
        """How often they came back."""
        return self.visits - 1.0

    def usual_gap(self, otherwise: float) -> Floats:
        """Days between purchases by their own rhythm; `otherwise` for whoever bought on one day only."""
        span = self.tenure - self.recency
        return np.where(self.visits > 1, np.maximum(span / np.maximum(self.repeats, 1.0), 1.0), otherwise)

    def shop_gap(self) -> float | None:
        """The middle of the rhythms of those who came back, in days; None where nobody did."""
        came_back = self.visits > 1
        return float(np.median(self.usual_gap(1.0)[came_back])) if came_back.any() else None


def nobody() -> People:
    """No customer at all."""
    columns: dict[str, Any] = {each.name: np.zeros(0) for each in fields(People)}
    return People(**{**columns, "id": np.zeros(0, dtype=np.int64)})


def counted_for(ids: Ints, counts: Mapping[int, float], otherwise: float = 0.0) -> Floats:
    """A column of what is known of few, beside these ids."""
    column = np.full(len(ids), otherwise)
    if counts and len(ids):
        known = np.fromiter(counts.keys(), dtype=np.int64, count=len(counts))
        values = np.fromiter(counts.values(), dtype=np.float64, count=len(counts))
        places = np.minimum(np.searchsorted(ids, known), len(ids) - 1)
        there = ids[places] == known
        column[places[there]] = values[there]
    return column
