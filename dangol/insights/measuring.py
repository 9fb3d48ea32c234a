"""How good a score is, on people it was not made from: rank, calibration, lift, each with its formula."""

from __future__ import annotations

import numpy as np
import scipy  # its parts are loaded when first used, and no shop waits for them when it opens
from pydantic import BaseModel

from dangol.insights.people import Flags, Floats

_RESAMPLES = 400
_BINS = 10
_SEED = 20_240_501


class Interval(BaseModel):
    """A figure with the bounds that hold it in 95 of 100 cases."""

    value: float
    low: float
    high: float


class Quality(BaseModel):
    """A score held against what happened.

    `auc` is the chance that of two people the one who stayed away had the higher score; `brier` the mean squared error of
    the probabilities; `ece` the mean distance between what was said and what happened over ten groups of equal size;
    `lift` how many times as often the tenth with the highest scores stayed away as everybody (`top_rate` ÷ `base_rate`).
    """

    people: int
    left: int
    auc: Interval
    brier: float
    ece: float
    base_rate: float
    top_rate: float
    lift: float


def auc(score: Floats, left: Flags) -> float:
    """Area under the ROC curve by ranks: (R − n₁(n₁+1)/2) ÷ n₁n₀, ties shared (Mann and Whitney 1947)."""
    ones = int(left.sum())
    zeros = len(left) - ones
    if not ones or not zeros:
        return 0.5
    ranks = scipy.stats.rankdata(score)
    return float((ranks[left].sum() - ones * (ones + 1) / 2) / (ones * zeros))


def auc_interval(score: Floats, left: Flags) -> Interval:
    """The area with the 2.5th and 97.5th percentile over people drawn anew with replacement (Efron 1979)."""
    order = np.argsort(score, kind="stable")
    _, group = np.unique(score[order], return_inverse=True)
    ordered = left[order].astype(np.float64)
    groups = int(group[-1]) + 1 if len(group) else 0
    draw = np.random.default_rng(_SEED)
    areas = np.empty(_RESAMPLES)
    for turn in range(_RESAMPLES):
        times = np.bincount(draw.integers(0, len(left), len(left)), minlength=len(left)).astype(np.float64)
        ones = np.bincount(group, times * ordered, minlength=groups)
        zeros = np.bincount(group, times * (1 - ordered), minlength=groups)
        below = np.cumsum(zeros) - zeros
        pairs = ones.sum() * zeros.sum()
        areas[turn] = (ones * (below + zeros / 2)).sum() / pairs if pairs else 0.5
    low, high = np.percentile(areas, (2.5, 97.5))
    return Interval(value=round(auc(score, left), 4), low=round(float(low), 4), high=round(float(high), 4))


def quality(probability: Floats, left: Flags) -> Quality:
    """Every figure of a score; of at least one person."""
    happened = left.astype(np.float64)
    order = np.argsort(probability, kind="stable")
    parts = [part for part in np.array_split(order, _BINS) if len(part)]
    error = sum(len(part) * abs(probability[part].mean() - happened[part].mean()) for part in parts)
    top = order[-max(1, len(order) // 10) :]
    base, best = float(happened.mean()), float(happened[top].mean())
    return Quality(
        people=len(left),
        left=int(left.sum()),
        auc=auc_interval(probability, left),
        brier=round(float(((probability - happened) ** 2).mean()), 4),
        ece=round(float(error) / len(left), 4),
        base_rate=round(base, 4),
        top_rate=round(best, 4),
        lift=round(best / base, 3) if base else 0.0,
    )
