"""How well late parcels are foretold: generated deliveries with known causes, learnt on the earlier, asked of the later.

Each parcel leaves on a working day with a promise of two working days. It takes a day, longer by its carrier and
place, over the weekend, in two busy weeks (one before the split, one after), when a hub loses sight of it for days, and
once in a hundred for very long. Whoever foretells sees carrier, place, weekday, days passed and the last scan.
Beside it stand the rule that waits until the promised day is over, and the one that waits for three days without a scan.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from dangol.outreach.lateness import History, Trips, Underway, auc

SEED = 20261122
DAYS, SPLIT, A_DAY = 240, 180, 40
TOLD_FROM = 0.5
_CARRIERS = {"east": 0.03, "west": 0.12, "north": 0.3}  # how often a day is added
_ZONES = {f"KR-{at:02d}": 0.02 + 0.02 * at for at in range(1, 10)} | {"KR-40": 0.5, "KR-63": 0.65}
_BUSY = (range(100, 107), range(205, 212))


@dataclass(frozen=True)
class Parcel:
    """A generated parcel: the day it left, the promised day and the day it came, its scans, all counted from day 0."""

    number: int
    carrier: str
    zone: str
    left: int
    promised: int
    came: int
    scans: tuple[int, ...]

    @property
    def late(self) -> bool:
        """Whether it came after the promised day."""
        return self.came > self.promised

    @property
    def pause(self) -> int:
        """The longest time without a scan, in days."""
        seen = (*self.scans, self.came)
        return max(after - before for before, after in pairwise(seen))


def deliveries(dice: random.Random) -> list[Parcel]:
    """The book of deliveries, by the day they left; day 0 is a Monday and nothing leaves on Saturday or Sunday."""
    working = [day for day in range(DAYS) if day % 7 < 5 for _ in range(A_DAY)]
    return [_parcel(number, day, dice) for number, day in enumerate(working)]


def _parcel(number: int, left: int, dice: random.Random) -> Parcel:
    carrier, zone = dice.choice(list(_CARRIERS)), dice.choice(list(_ZONES))
    moving = 1 + (dice.random() < _CARRIERS[carrier]) + (dice.random() < _ZONES[zone])
    moving += dice.choice((1, 2)) if any(left in week for week in _BUSY) and dice.random() < 0.5 else 0
    stall = dice.randint(2, 6) if dice.random() < 0.05 else 0
    stall += dice.randint(10, 20) if dice.random() < 0.01 else 0
    came, worked = left, 0
    scans = [left]
    while worked < moving:
        came += 1
        if came % 7 == 6:
            continue  # nobody works on Sunday
        worked += 1
        scans.append(came)
    lost_at = dice.randrange(len(scans)) if stall else len(scans)
    moved = [*scans[: lost_at + 1], *(at + stall for at in scans[lost_at + 1 :])]
    arrives = came + stall if stall else came
    return Parcel(number, carrier, zone, left, _promise(left), arrives, tuple(moved[:-1]) or (left,))


def _promise(left: int) -> int:
    day, working = left, 0
    while working < 2:
        day += 1
        working += day % 7 < 5
    return day


def learnt(known: Sequence[Parcel]) -> History:
    """The history of parcels that had come by then."""
    counted = Counter(
        (one.zone, one.carrier, one.left % 7, one.came - one.left, one.pause)
        for one in known
        if one.came < SPLIT
    )
    return History(Trips(*alike, count) for alike, count in counted.items())


@dataclass(frozen=True)
class Look:
    """A look at a parcel on the way, at noon of a day up to the promised one."""

    parcel: Parcel
    day: int

    @property
    def silent(self) -> int:
        """Days without a scan."""
        return self.day - max(at for at in self.parcel.scans if at <= self.day)


def looks(parcels: Sequence[Parcel]) -> list[Look]:
    """Every look at every parcel before it came, up to the promised day."""
    return [Look(one, day) for one in parcels for day in range(one.left, one.promised + 1) if day < one.came]


def foretold(history: History, look: Look) -> float:
    """The probability that the parcel comes late."""
    one = look.parcel
    seen = history.outlook(
        Underway(
            one.zone, one.carrier, one.left % 7, look.day - one.left - 1, one.promised - one.left, look.silent
        )
    )
    assert seen is not None
    return seen.share


def warnings(tells: Callable[[Look], bool], parcels: Sequence[Parcel]) -> dict[str, Any]:
    """Precision and recall by parcel, and days between the warning and the day after the promised one."""
    first: dict[Parcel, int] = {}
    for look in looks(parcels):
        if look.parcel not in first and tells(look):
            first[look.parcel] = look.day
    late = [one for one in parcels if one.late]
    right = [one for one in first if one.late]
    ahead = [one.promised + 1 - first[one] for one in right]
    return {
        "warned": len(first),
        "late": len(late),
        "precision": round(len(right) / len(first), 3) if first else None,
        "recall": round(len(right) / len(late), 3),
        "days_ahead_median": median(ahead) if ahead else 0,
    }


def measure() -> dict[str, Any]:
    """Every figure, on parcels that left after the split."""
    started = time.perf_counter()
    book = deliveries(random.Random(SEED))
    history = learnt(book)
    held_out = [one for one in book if one.left >= SPLIT]
    seen = looks(held_out)
    shares = {look: foretold(history, look) for look in seen}
    late = [look.parcel.late for look in seen]
    at_dispatch = [look for look in seen if look.day == look.parcel.left]
    return {
        "parcels": {
            "learnt": history.parcels,
            "held_out": len(held_out),
            "late": sum(one.late for one in held_out),
        },
        "auc_every_look": round(auc([shares[look] for look in seen], late), 3),
        "auc_at_dispatch": round(
            auc([shares[look] for look in at_dispatch], [look.parcel.late for look in at_dispatch]), 3
        ),
        "brier": round(
            sum((shares[look] - came) ** 2 for look, came in zip(seen, late, strict=True)) / len(seen), 3
        ),
        "brier_of_the_mean": round(_brier_of_the_mean(late), 3),
        "foretold": warnings(lambda look: shares[look] >= TOLD_FROM, held_out),
        "foretold_from_0_7": warnings(lambda look: shares[look] >= 0.7, held_out),
        "promise_over": warnings(lambda look: look.day > look.parcel.promised, held_out),
        "three_days_silent": warnings(lambda look: look.silent >= 3, held_out),
        "calibration": _calibration([shares[look] for look in seen], late),
        "seconds": round(time.perf_counter() - started, 1),
    }


def _brier_of_the_mean(late: Sequence[bool]) -> float:
    share = sum(late) / len(late)
    return share * (1 - share)


def _calibration(shares: Sequence[float], late: Sequence[bool]) -> list[dict[str, Any]]:
    """By tenths of what was foretold: how many, what was foretold on average, how many came late."""
    rows = []
    for tenth in range(10):
        inside = [(p, came) for p, came in zip(shares, late, strict=True) if min(int(p * 10), 9) == tenth]
        if inside:
            rows.append(
                {
                    "looks": len(inside),
                    "foretold": round(sum(p for p, _ in inside) / len(inside), 3),
                    "came_late": round(sum(came for _, came in inside) / len(inside), 3),
                }
            )
    return rows


def show(figures: dict[str, Any]) -> None:
    """Print the figures."""
    print(f"\n== late parcels\n{_table(figures)}")


def _table(figures: dict[str, Any]) -> str:
    rows = [
        f"{figures['parcels']['held_out']} parcels held out, {figures['parcels']['late']} late · AUC"
        f" {figures['auc_every_look']} (at dispatch {figures['auc_at_dispatch']}) · Brier {figures['brier']}"
        f" (of the mean {figures['brier_of_the_mean']})",
        f"{'':<22}{'warned':>8}{'precision':>11}{'recall':>8}{'days ahead':>12}",
    ]
    for name in ("foretold", "foretold_from_0_7", "three_days_silent", "promise_over"):
        one = figures[name]
        rows.append(
            f"{name:<22}{one['warned']:>8}{one['precision'] or '-':>11}{one['recall']:>8}{one['days_ahead_median']:>12}"
        )
    return "\n".join(rows)
