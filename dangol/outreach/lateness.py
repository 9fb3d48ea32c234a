"""Which orders will come late, said before the promised day is over: from the shop's own delivered parcels.

Days from dispatch to delivery are counted by where a parcel goes, who carries it and on what weekday it left. A cell
with few parcels leans on the wider one above it: the share of day t is (n_t + K·w_t) / (n + K), w being the shares of
the wider cell. That is the posterior mean under a Dirichlet prior centred on the wider cell (Gelman et al., Bayesian
Data Analysis, 3rd ed., §3.4 and chapter 5); the widest leans on an even spread. What already passed is taken into
account as in a life table (Kaplan and Meier 1958): P(T > r | T > e) = S(r) / S(e). A pause without a scan multiplies
the odds of coming late by how much oftener parcels of that age with such a pause came late than those of that age in
general, and never lowers them. An order that has not left adds the days it takes from payment to dispatch (the
convolution of both distributions). What no parcel of the country ever did is not foretold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

LONGEST = 45
"""Days after which a parcel is counted as still under way; longer ones are counted there."""
LEANING = 12.0
"""Parcels that the wider cell counts for."""
LEAST_EVIDENCE = 30
"""With fewer parcels delivered in a country nothing is foretold there."""
LEAST_SEEN = 8
"""So many of them must have taken longer than what already passed: of what hardly ever happened nothing is known."""
_LIKELY = (0.1, 0.9)
_SLOW = 0.3

Cause = Literal["promise_passed", "silent", "not_sent", "slow_route", "time_passed"]
Shares = tuple[float, ...]
Cell = tuple[str | int, ...]


@dataclass(frozen=True)
class Trips:
    """So many delivered parcels alike: where to, by whom, left on which weekday (0: Monday), how long they took and
    were longest without a scan, in whole days."""

    zone: str
    carrier: str
    weekday: int
    days: int
    pause: int
    count: int


@dataclass(frozen=True)
class Dispatches:
    """So many orders alike: paid on which weekday, and handed over how many days later."""

    weekday: int
    days: int
    count: int


@dataclass(frozen=True)
class Underway:
    """A parcel under way, or (`carrier` None) an order that has not left: whole days since it left or was paid on
    `weekday`, days it may take, days without a scan."""

    zone: str
    carrier: str | None
    weekday: int
    passed: int
    allowed: int
    silent: int = 0


@dataclass(frozen=True)
class Outlook:
    """How probably it comes late, between which days (counted like `passed`) it likely comes, why, and from how many
    delivered parcels that is known."""

    share: float
    earliest: int
    latest: int
    why: tuple[Cause, ...]
    evidence: int


@dataclass
class Tables:
    """Counts of days, by cell; a cell's wider one is the cell without its last part."""

    counts: dict[Cell, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0] * (LONGEST + 1)))

    def add(self, cell: Cell, days: int, count: int) -> None:
        """Count parcels in a cell and in every wider one."""
        for length in range(len(cell) + 1):
            self.counts[cell[:length]][min(max(days, 0), LONGEST)] += count

    def shares(self, cell: Cell) -> Shares:
        """How the days are spread in a cell, leaning on the wider ones."""
        wider = self.shares(cell[:-1]) if cell else (1 / (LONGEST + 1),) * (LONGEST + 1)
        counted = self.counts.get(cell)
        if counted is None:
            return wider
        leaning = LEANING if cell else 1.0
        whole = sum(counted) + leaning
        return tuple((n + leaning * share) / whole for n, share in zip(counted, wider, strict=True))

    def seen(self, cell: Cell, passed: int) -> int:
        """How many of a cell took longer than so many days."""
        counted = self.counts.get(cell)
        return sum(counted[max(passed + 1, 0) :]) if counted else 0


class History:
    """What the shop's own delivered parcels tell."""

    def __init__(self, trips: Iterable[Trips], dispatches: Iterable[Dispatches] = ()) -> None:
        self._trips = tuple(trips)
        self._transit, self._dispatch = Tables(), Tables()
        for one in self._trips:
            self._transit.add((_country(one.zone), one.zone, one.carrier, one.weekday), one.days, one.count)
        for each in dispatches:
            self._dispatch.add((each.weekday,), each.days, each.count)

    @property
    def parcels(self) -> int:
        """How many delivered parcels it knows."""
        return self._transit.seen((), -1)

    def outlook(self, one: Underway) -> Outlook | None:
        """When a parcel or an order that has not left will come; None where too little is known."""
        evidence = self._transit.seen((_country(one.zone),), -1)
        if evidence < LEAST_EVIDENCE or self._like(one) < LEAST_SEEN:
            return None
        shares = self._shares(one)
        left = _given_passed(shares, one.passed)
        late = 1.0 if one.passed >= one.allowed else min(1.0, sum(left[one.allowed + 1 :]))
        ratio = self._silence(one)
        tilted = late * ratio / (late * ratio + 1 - late) if late < 1 else 1.0
        left = _tilted(left, one.allowed, late, tilted)
        return Outlook(
            share=tilted,
            earliest=_quantile(left, _LIKELY[0]),
            latest=_quantile(left, _LIKELY[1]),
            why=_why(one, sum(shares[max(one.allowed, -1) + 1 :]), ratio, late),
            evidence=evidence,
        )

    def _like(self, one: Underway) -> int:
        """How many before it had come as far without being over: parcels of its country, orders that had not left."""
        if one.carrier is not None:
            return self._transit.seen((_country(one.zone),), one.passed)
        return self._dispatch.seen((), one.passed)

    def _shares(self, one: Underway) -> Shares:
        country = _country(one.zone)
        if one.carrier is not None:
            return self._transit.shares((country, one.zone, one.carrier, one.weekday))
        waiting = self._dispatch.shares((one.weekday,))
        return _convolved(_given_passed(waiting, one.passed), self._transit.shares((country, one.zone)))

    def _silence(self, one: Underway) -> float:
        """How much a pause of so many days raises the odds of a parcel of this age; 1 without one."""
        if one.silent < 1 or one.carrier is None:
            return 1.0
        aged = [trip for trip in self._trips if trip.days > one.passed]
        quiet = [trip for trip in aged if trip.pause >= one.silent]
        return max(1.0, _odds(quiet, one.allowed) / _odds(aged, one.allowed))


def auc(scores: Sequence[float], late: Sequence[bool]) -> float:
    """The probability that one that came late was given a higher score than one that did not, ties counted half
    (Mann and Whitney 1947)."""
    ranked = sorted(zip(scores, late, strict=True))
    below, won, at = 0, 0.0, 0
    while at < len(ranked):
        end = at
        while end < len(ranked) and ranked[end][0] == ranked[at][0]:
            end += 1
        positives = sum(came_late for _, came_late in ranked[at:end])
        negatives = end - at - positives
        won += positives * (below + negatives / 2)
        below += negatives
        at = end
    pairs = below * (len(ranked) - below)
    return won / pairs if pairs else 0.5


def _country(zone: str) -> str:
    return zone.partition("-")[0]


def _given_passed(shares: Shares, passed: int) -> Shares:
    """The spread of what is left once so many days are over without it; all on the last day where nothing is left."""
    rest = sum(shares[passed + 1 :])
    if passed < 0:
        return shares
    if passed >= LONGEST or rest <= 0:
        return (0.0,) * LONGEST + (1.0,)
    return (0.0,) * (passed + 1) + tuple(share / rest for share in shares[passed + 1 :])


def _convolved(first: Shares, second: Shares) -> Shares:
    both = [0.0] * (LONGEST + 1)
    for days, share in enumerate(first):
        if share:
            for more, other in enumerate(second):
                both[min(days + more, LONGEST)] += share * other
    return tuple(both)


def _odds(trips: Sequence[Trips], allowed: int) -> float:
    late = sum(trip.count for trip in trips if trip.days > allowed)
    return (late + 0.5) / (sum(trip.count for trip in trips) - late + 0.5)


def _tilted(left: Shares, allowed: int, late: float, tilted: float) -> Shares:
    """The same spread with another probability of coming late."""
    if late <= 0 or late >= 1:
        return left
    return tuple(
        share * (tilted / late if day > allowed else (1 - tilted) / (1 - late))
        for day, share in enumerate(left)
    )


def _quantile(shares: Shares, at: float) -> int:
    reached = 0.0
    for day, share in enumerate(shares):
        reached += share
        if reached >= at:
            return day
    return LONGEST


def _why(one: Underway, from_the_start: float, ratio: float, late: float) -> tuple[Cause, ...]:
    causes: list[tuple[bool, Cause]] = [
        (one.passed > one.allowed, "promise_passed"),
        (ratio > 1.2, "silent"),
        (one.carrier is None, "not_sent"),
        (from_the_start >= _SLOW, "slow_route"),
        (late >= from_the_start + 0.1, "time_passed"),
    ]
    return tuple(cause for holds, cause in causes if holds)
