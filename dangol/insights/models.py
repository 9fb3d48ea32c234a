"""Ways to tell who stays away for the next horizon: two models, and the two baselines they must beat."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import scipy  # its parts are loaded when first used, and no shop waits for them when it opens

from dangol.insights.people import Flags, Floats, People

ModelName = Literal["recency", "rfm", "bg_nbd", "logistic"]
Why = Literal["quiet", "rare", "once", "discount", "late", "returned", "complained", "unhappy"]

_WEEK = 7.0
_MOST_FITTED = 20_000  # people a fit looks at; more do not move the four parameters of a shop
_PENALTY = 1.0


@dataclass(frozen=True)
class Fitted:
    """A model with its parameters: probabilities of staying away, and for whom which reason raised it."""

    name: ModelName
    probability: Callable[[People], Floats]
    raised: Callable[[People], Mapping[Why, Floats]]
    weights: Mapping[str, float]


def _no_reason(people: People) -> Mapping[Why, Floats]:
    return {}


def _by_purchases(people: People) -> Mapping[Why, Floats]:
    """Reasons of a model that looks at purchases alone: how far somebody is behind their own rhythm."""
    behind = people.recency / people.usual_gap(np.inf)
    return {
        "quiet": np.where(people.visits > 1, behind, 0.0),
        "once": (people.visits == 1).astype(np.float64),
    }


# --- logistic regression over columns ----------------------------------------------------------------------


@dataclass(frozen=True)
class _Line:
    """p = 1 ÷ (1 + exp(−(w₀ + Σ wᵢ (xᵢ − meanᵢ) ÷ spreadᵢ)))."""

    mean: Floats
    spread: Floats
    weights: Floats  # the constant first

    def parts(self, columns: Floats) -> Floats:
        """What each column adds, beside the average customer."""
        product: Floats = (columns - self.mean) / self.spread * self.weights[1:]
        return product

    def probability(self, columns: Floats) -> Floats:
        told: Floats = scipy.special.expit(self.weights[0] + self.parts(columns).sum(axis=1))
        return told


def _fit_line(columns: Floats, left: Flags) -> _Line:
    """Maximum likelihood with a ridge on all but the constant (L-BFGS)."""
    mean, spread = columns.mean(axis=0), columns.std(axis=0)
    spread = np.where(spread > 1e-9, spread, 1.0)
    x = np.column_stack([np.ones(len(columns)), (columns - mean) / spread])
    y = left.astype(np.float64)
    ridge = np.full(x.shape[1], _PENALTY)
    ridge[0] = 0.0

    def loss(w: Floats) -> tuple[float, Floats]:
        z = x @ w
        value = np.logaddexp(0.0, z).sum() - y @ z + 0.5 * (ridge * w * w).sum()
        return float(value), x.T @ (scipy.special.expit(z) - y) + ridge * w

    found = scipy.optimize.minimize(
        loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 300}
    )
    return _Line(mean, spread, np.asarray(found.x))


def recency(people: People, left: Flags) -> Fitted:
    """The simplest baseline: the longer ago the last purchase, the likelier gone."""

    def columns(some: People) -> Floats:
        return np.log1p(some.recency)[:, None]

    line = _fit_line(columns(people), left)
    return Fitted(
        "recency", lambda some: line.probability(columns(some)), _no_reason, {"recency": line.weights[1]}
    )


def rfm(people: People, left: Flags) -> Fitted:
    """The usual baseline: fifths by recency, frequency and money, added up (Hughes 1994)."""
    edges = {
        name: np.percentile(getattr(people, name), (20, 40, 60, 80))
        for name in ("recency", "visits", "value")
    }

    def columns(some: People) -> Floats:
        fifths = {
            name: np.searchsorted(cuts, getattr(some, name), side="right") for name, cuts in edges.items()
        }
        total = fifths["visits"] + fifths["value"] - fifths["recency"]
        column: Floats = total.astype(np.float64)[:, None]
        return column

    line = _fit_line(columns(people), left)
    return Fitted("rfm", lambda some: line.probability(columns(some)), _no_reason, {"rfm": line.weights[1]})


# --- BG/NBD ------------------------------------------------------------------------------------------------


def _fit_bg_nbd(everybody: People) -> Floats:
    """r, α, a, b by maximum likelihood; times in weeks."""
    step = max(1, len(everybody) // _MOST_FITTED)
    some = everybody.only(np.arange(0, len(everybody), step))
    x, t, last = some.repeats, some.tenure / _WEEK, (some.tenure - some.recency) / _WEEK
    came_back, special = x > 0, scipy.special

    def loss(logs: Floats) -> float:
        r, alpha, a, b = np.exp(np.clip(logs, -8, 8))
        gone = np.log(a) - np.log(b + np.maximum(x, 1) - 1) - (r + x) * np.log(alpha + last)
        tail = np.where(
            came_back, np.logaddexp(-(r + x) * np.log(alpha + t), gone), -(r + x) * np.log(alpha + t)
        )
        seldom = special.gammaln(r + x) - special.gammaln(r) + r * np.log(alpha)
        likelihood = seldom + special.betaln(a, b + x) - special.betaln(a, b) + tail
        return float(-likelihood.mean() + 0.001 * (logs**2).sum())

    found = scipy.optimize.minimize(
        loss, np.zeros(4), method="Nelder-Mead", options={"maxiter": 1200, "xatol": 1e-3}
    )
    parameters: Floats = np.exp(np.clip(found.x, -8, 8))
    return parameters


def _stays_away(parameters: Floats, some: People, horizon: float) -> Floats:
    r, alpha, a, b = parameters
    x, t, last = some.repeats, some.tenure / _WEEK, (some.tenure - some.recency) / _WEEK
    odds = np.log(a) - np.log(b + np.maximum(x, 1) - 1) + (r + x) * (np.log(alpha + t) - np.log(alpha + last))
    alive = np.where(x > 0, scipy.special.expit(-odds), 1.0)
    quiet = np.exp((r + x) * (np.log(alpha + t) - np.log(alpha + t + horizon / _WEEK)))
    away: Floats = np.clip(1.0 - alive * (1.0 - quiet), 1e-4, 1 - 1e-4)
    return away


def bg_nbd(everybody: People, horizon: float) -> Fitted:
    """Buying at a rate of one's own until one silently leaves: BG/NBD (Fader, Hardie and Lee 2005, equation 6).

    P(no purchase in h days) = 1 − P(alive) · (1 − ((α+T) ÷ (α+T+h))^(r+x)), where P(alive) = 1 ÷ (1 + a÷(b+x−1) ·
    ((α+T) ÷ (α+t))^(r+x)) for x repeat purchases, the last at t, T since the first; 1 where x = 0.
    """
    found = _fit_bg_nbd(everybody)
    return Fitted(
        "bg_nbd",
        lambda some: _stays_away(found, some, horizon),
        _by_purchases,
        dict(zip(("r", "alpha", "a", "b"), map(float, found), strict=True)),
    )


# --- the logistic model ------------------------------------------------------------------------------------

# column → the reason it stands for in words; None where it has no words of its own
_COLUMNS: tuple[tuple[str, Why | None], ...] = (
    ("since", "quiet"), ("behind_rhythm", "quiet"), ("visits", "rare"), ("once", "once"),
    ("once_since", "once"), ("recent", "rare"), ("tenure", None), ("basket", None), ("discounted", "discount"),
    ("late", "late"), ("returned", "returned"), ("complained", "complained"), ("unhappy", "unhappy"),
    ("bg_nbd", "quiet"),
)  # fmt: skip


def logistic(people: People, left: Flags, rhythm: Fitted) -> Fitted:
    """Everything the shop knows in one line of weights: rhythm, value, discounts, trouble, and what BG/NBD says.

    Logistic regression on logarithms of counts and days, standardised, with a ridge.
    """
    gap = people.shop_gap() or float(np.median(people.tenure)) or 1.0

    def columns(some: People) -> Floats:
        once = (some.visits == 1).astype(np.float64)
        since = np.log1p(some.recency)
        said = rhythm.probability(some)
        return np.column_stack(
            [
                since,
                np.clip(np.log((some.recency + 1) / (some.usual_gap(gap) + 1)), -3, 3),
                np.log(some.visits),
                once,
                once * since,
                np.log1p(some.recent),
                np.log1p(some.tenure),
                np.log1p(some.value / np.maximum(some.orders, 1)),
                some.discounted / np.maximum(some.orders, 1),
                np.log1p(some.late),
                np.log1p(some.returned),
                np.log1p(some.complained),
                np.log1p(some.unhappy),
                np.log(said) - np.log1p(-said),
            ]
        )

    line = _fit_line(columns(people), left)

    def raised(some: People) -> Mapping[Why, Floats]:
        parts = line.parts(columns(some))
        found: dict[Why, Floats] = {}
        for place, (_, why) in enumerate(_COLUMNS):
            if why is not None:
                found[why] = found.get(why, 0.0) + parts[:, place]
        return found

    weights = {name: round(float(w), 4) for (name, _), w in zip(_COLUMNS, line.weights[1:], strict=True)}
    return Fitted("logistic", lambda some: line.probability(columns(some)), raised, weights)
