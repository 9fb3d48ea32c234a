"""How guides fare: each walk with one, the steps it came to and what came of it; and the figures over them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from dangol.contracts.shopfloor.people import DataCategory

CARRIED = timedelta(days=30)
"""How long a customer may go on with a walk, and how long it is known whose it was: long enough for somebody who waits
for a cable or a quiet weekend; later "it" is another trouble, and there is no reason left to know it."""

_KEPT = {
    "ko": ("함께 보신 문제 해결 안내", "다음에 이어서 도와드리기 위해", "{days}일"),
    "en": ("guides you were taken through", "to go on with them the next time", "{days} days"),
}


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk with a guide: the numbers of the steps told, the last one last, and how it ended (`open`: not yet)."""

    guide: str
    language: str
    path: list[int]
    outcome: str


@dataclass(frozen=True, slots=True)
class StepFigure:
    """Of the walks that came to a step, how many it solved."""

    step: int
    reached: int
    solved: int


@dataclass(frozen=True, slots=True)
class GuideFigure:
    """Of the walks begun with a guide, how many it solved, how many came to a person, and each step's share."""

    guide: str
    begun: int
    solved: int
    handed_over: int
    dangerous: int
    steps: tuple[StepFigure, ...]


def told_of(count: int, *languages: str) -> DataCategory:
    """What is kept of somebody's walks, what for and how long, in the first of these languages there are words in."""
    name, purpose, period = next(_KEPT[each[:2]] for each in (*languages, "en") if each[:2] in _KEPT)
    return DataCategory(name=name, purpose=purpose, period=period.format(days=CARRIED.days), count=count)


def tallied(walks: Iterable[Walk]) -> list[GuideFigure]:
    """The figures of each guide, its languages taken together; the one walked most first."""
    by_guide: dict[str, list[Walk]] = {}
    for walk in walks:
        by_guide.setdefault(walk.guide, []).append(walk)
    figures = [_figure(guide, own) for guide, own in by_guide.items()]
    return sorted(figures, key=lambda each: (-each.begun, each.guide))


def _figure(guide: str, walks: list[Walk]) -> GuideFigure:
    ends = [walk.outcome for walk in walks]
    steps = sorted({step for walk in walks for step in walk.path})
    return GuideFigure(
        guide=guide,
        begun=len(walks),
        solved=ends.count("solved"),
        handed_over=ends.count("failed") + ends.count("person"),
        dangerous=ends.count("danger"),
        steps=tuple(
            StepFigure(
                step,
                sum(step in walk.path for walk in walks),
                sum(walk.outcome == "solved" and walk.path[-1] == step for walk in walks),
            )
            for step in steps
        ),
    )
