"""What follows from figures alone: the horizon, who is at risk and why, what is at stake, what a treatment did."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dangol.insights.model import Effect, Segment, TooLittleHistory
from dangol.insights.people import Flags

KNOWN_FOR = 4
"""Whoever last bought longer ago than so many horizons has left, and is no longer scored."""

AT_RISK = 0.5
"""At risk is who more likely stays away than not."""

_HORIZONS = (180, 90, 60, 30)
_WINDOWS = 4  # horizons of history: three to learn and prove, one to look back on before the first
_FEWEST = 100
_FEWEST_OF_EACH = 20
_OVERDUE = 1.5  # usual gaps
_REGULAR = 3  # days of purchase
_BY_PRICE = 2 / 3
_REASONS = 3

SMALLEST_TREATMENT = 10
"""People a segment must have for a treatment with a hold-out."""


def horizon_for(gap: float | None, history: float) -> int:
    """How many days ahead to look: twice the shop's usual gap between purchases, as one of 30, 60, 90 and 180 days,
    shorter where the history (in days) does not hold four of them. Raises TooLittleHistory."""
    if gap is None or history < _WINDOWS * _HORIZONS[-1]:
        raise TooLittleHistory(reason="too_short", days=int(history), needed=_WINDOWS * _HORIZONS[-1])
    wanted = next((each for each in reversed(_HORIZONS) if each >= 2 * gap), _HORIZONS[0])
    return next(each for each in _HORIZONS if each <= wanted and _WINDOWS * each <= history)


def enough(left: Flags) -> None:
    """Raises TooLittleHistory unless figures can rest on these people."""
    stayed = len(left) - int(left.sum())
    if len(left) < _FEWEST or min(stayed, int(left.sum())) < _FEWEST_OF_EACH:
        raise TooLittleHistory(
            reason="too_few",
            people=len(left),
            needed=_FEWEST,
            left=int(left.sum()),
            stayed=stayed,
            each=_FEWEST_OF_EACH,
        )


@dataclass(frozen=True)
class Standing:
    """One scored customer, in plain numbers; days and counts as `People` has them, `gap` None after one purchase."""

    customer: int
    probability: float
    recency: int
    gap: int | None
    visits: int
    orders: int
    discounted: int
    value: int
    year_value: int
    late: int
    returned: int
    complained: int
    unhappy: int
    trouble_ago: int | None
    points: int = 0


def segment_of(one: Standing, horizon: int) -> Segment | None:
    """The first that fits; None for whoever is not at risk.

    Trouble comes first: no coupon mends what an apology must. Each customer is in one segment only.
    """
    if one.probability < AT_RISK:
        return None
    if one.trouble_ago is not None and one.trouble_ago <= 2 * horizon:
        return "let_down"
    if one.visits >= _REGULAR and one.gap is not None and one.recency > _OVERDUE * one.gap:
        return "gone_quiet"
    if one.points > 0:
        return "points_waiting"
    if one.orders >= 2 and one.discounted >= _BY_PRICE * one.orders:
        return "price_driven"
    return "once" if one.visits == 1 else "drifting"


def at_stake(one: Standing, horizon: int) -> int:
    """What is likely lost in the next horizon (minor units): probability × what they spent in a year × horizon ÷ 365."""
    return round(one.probability * one.year_value * horizon / 365)


# reason → the fact that must be there for it to be said, and the figures its sentence needs
_SAYS: dict[str, Any] = {
    "quiet": lambda one: {"days": one.recency, "gap": one.gap} if one.gap and one.recency > one.gap else None,
    "once": lambda one: {"days": one.recency} if one.visits == 1 else None,
    "rare": lambda one: {"visits": one.visits} if one.visits == 2 else None,
    "discount": lambda one: {"discounted": one.discounted, "orders": one.orders} if one.discounted else None,
    "late": lambda one: {"count": one.late} if one.late else None,
    "returned": lambda one: {"count": one.returned} if one.returned else None,
    "complained": lambda one: {"count": one.complained} if one.complained else None,
    "unhappy": lambda one: {"count": one.unhappy} if one.unhappy else None,
}


def reasons_of(one: Standing, raised: Mapping[str, float]) -> list[dict[str, Any]]:
    """Why the score is as high as it is, weightiest first: only what raised it in the model and is true of them.

    Where nothing did, the plain fact of the last purchase.
    """
    found = []
    for why, weight in sorted(raised.items(), key=lambda each: -each[1]):
        said = _SAYS[why](one) if weight > 0 else None
        if said is not None:
            found.append({"why": why, **said})
    return found[:_REASONS] or [{"why": "since", "days": one.recency}]


def left_out(treatment: str, customers: Sequence[int], share: float) -> frozenset[int]:
    """Whom chance leaves untreated: this share of them, one at least and never all; the same for ever."""

    def drawn(customer: int) -> bytes:
        return hashlib.sha256(f"{treatment}\x1f{customer}".encode()).digest()

    many = min(max(1, round(share * len(customers))), len(customers) - 1)
    return frozenset(sorted(customers, key=drawn)[:many])


def _wilson(hits: int, of: int) -> tuple[float, float]:
    z = 1.959964
    share, n = hits / of, float(of)
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return middle - half, middle + half


def difference(treated: tuple[int, int], control: tuple[int, int]) -> Effect | None:
    """What a treatment did: the share of the treated who bought less that of the hold-out, each (bought, people).

    The interval is Newcombe's for two proportions (1998, method 10), at 95 %. None where a group is empty.
    """
    if not treated[1] or not control[1]:
        return None
    ours, theirs = treated[0] / treated[1], control[0] / control[1]
    low1, high1 = _wilson(*treated)
    low0, high0 = _wilson(*control)
    gain = ours - theirs
    return Effect(
        gain=round(gain, 4),
        low=round(gain - math.hypot(ours - low1, high0 - theirs), 4),
        high=round(gain + math.hypot(high1 - ours, theirs - low0), 4),
        source="measured",
    )


def return_on(extra: float, value: int, margin: float, cost: int, people: int) -> float | None:
    """(Incremental margin − spend) ÷ spend: `extra` buyers more than the hold-out had, each buying for `value` at this
    margin, against `cost` for each of `people` (M27). None where nothing was spent."""
    spend = cost * people
    return round((extra * value * margin - spend) / spend, 3) if spend else None
