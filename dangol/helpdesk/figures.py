"""How the desk does, as `docs/manual/helpdesk.md` defines it: waits, handling, answers, transfers, satisfaction."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from dangol.helpdesk.asking_again import Given
from dangol.kernel import facts
from dangol.kernel.desk_policy import staffed_seconds
from dangol.kernel.facts import Fact
from dangol.kernel.ownership import Custody, passed_on

By = Literal["day", "team", "person", "channel"]


@dataclass
class Tally:
    """What is counted of one group. Times are in seconds; `_open` counts only those in which the desk was open."""

    first_response: list[float] = field(default_factory=list)
    first_response_open: list[float] = field(default_factory=list)
    reply: list[float] = field(default_factory=list)
    reply_open: list[float] = field(default_factory=list)
    waiting: list[float] = field(default_factory=list)
    handling: list[float] = field(default_factory=list)
    resolution: list[float] = field(default_factory=list)
    conversations: int = 0
    answered: int = 0
    asked_again: int = 0
    ended: int = 0
    reopened: int = 0
    transferred: int = 0
    queued: int = 0
    abandoned: int = 0
    asked: int = 0
    ratings: list[int] = field(default_factory=list)
    said: int = 0
    suggested: int = 0
    assisted: list[float] = field(default_factory=list)
    unassisted: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Told:
    """A conversation with its log: (moment, fact), oldest first."""

    channel: str
    log: Sequence[tuple[datetime, Fact]]


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value that `share` of them do not exceed (nearest rank); None of nothing."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * share) - 1)]


def together(tallies: Iterable[Tally]) -> Tally:
    """Several groups as one; each conversation counts in one group only."""
    whole = Tally()
    for tally in tallies:
        for each in fields(Tally):
            setattr(whole, each.name, getattr(whole, each.name) + getattr(tally, each.name))
    return whole


def tallied(
    told: Iterable[Told], by: By, zone: ZoneInfo, hours: Mapping[str, str] | None = None
) -> dict[str, Tally]:
    """The tallies by group, each conversation that came to the desk counted in the group of its last hand-over.

    `hours` are those of the desk, in the shop's own time.
    """
    found: dict[str, Tally] = defaultdict(Tally)
    for each in told:
        _count(_Run(each.channel, by, zone, hours or {}), each, found)
    return dict(found)


def _count(run: _Run, told: Told, found: dict[str, Tally]) -> None:
    for at, fact in told.log:
        run.take(at, fact, found)
    if run.was_at_desk:
        tally = found[run.group]
        tally.conversations += 1
        tally.answered += run.answered
        tally.asked_again += run.asked_again


class _Run:
    """One conversation gone through once."""

    def __init__(self, channel: str, by: By, zone: ZoneInfo, hours: Mapping[str, str]) -> None:
        self.channel, self.by, self.zone, self.hours = channel, by, zone, hours
        self.custody = Custody()
        self.opened: datetime | None = None
        self.unanswered: datetime | None = None  # the first message that nobody has replied to yet
        self.queued: datetime | None = None
        self.taken: datetime | None = None
        self.day = self.person = self.team = ""
        self.answered = self.was_at_desk = self.replied = self.ended = False
        self.said_any = self.assisted = False
        self.given, self.asked_again = Given(), False

    @property
    def group(self) -> str:
        return {"day": self.day, "person": self.person, "team": self.team, "channel": self.channel}[self.by]

    def take(self, at: datetime, fact: Fact, found: dict[str, Tally]) -> None:
        before, self.custody = self.custody, passed_on(self.custody, fact)
        self.given.hear(fact)
        if self.custody.owner:
            self.person = self.custody.owner
        self.team = self.custody.team or self.team
        step = _STEPS.get(type(fact))
        if step is not None:
            step(self, at, fact, found, before)

    def heard(self, at: datetime, fact: Fact, found: dict[str, Tally], before: Custody) -> None:
        self.opened = self.opened or at
        self.unanswered = self.unanswered or at
        if before.state == "closed" and self.was_at_desk:
            found[self.group].reopened += 1

    def replied_to(self, at: datetime, fact: Fact, found: dict[str, Tally], before: Custody) -> None:
        assert isinstance(fact, facts.ReplyGiven)
        if fact.served_by == "assistant":
            self.unanswered = None

    def handed(self, at: datetime, fact: Fact, found: dict[str, Tally], before: Custody) -> None:
        self.was_at_desk, self.queued, self.replied = True, at, False
        self.unanswered = self.unanswered or at  # the wish for a person, however it was said
        self.day = f"{at.astimezone(self.zone):%Y-%m-%d}"
        found[self.group].queued += 1

    def took(self, at: datetime, fact: Fact, found: dict[str, Tally], before: Custody) -> None:
        if isinstance(fact, facts.Transferred) and fact.by not in ("queue", "clock"):
            found[self.group].transferred += 1
        if not self.was_at_desk:
            self.was_at_desk, self.replied = True, False
            self.day = f"{at.astimezone(self.zone):%Y-%m-%d}"
        self.taken = self.taken or at

    def said(self, at: datetime, fact: Fact, found: dict[str, Tally], before: Custody) -> None:
        assert isinstance(fact, facts.StaffSaid)
        tally = found[self.group]
        tally.said += 1
        tally.suggested += bool(fact.suggestion)
        self.asked_again = self.asked_again or bool(self.given.asked_again(fact.text))
        self.said_any, self.assisted = True, self.assisted or bool(fact.suggestion)
        if not self.replied:
            self.replied = self.answered = True
            if self.queued is not None:
                tally.waiting.append((at - self.queued).total_seconds())
            if self.opened is not None:
                tally.first_response.append((at - self.opened).total_seconds())
                tally.first_response_open.append(self._open_between(self.opened, at))
        if self.unanswered is not None:
            tally.reply.append((at - self.unanswered).total_seconds())
            tally.reply_open.append(self._open_between(self.unanswered, at))
            self.unanswered = None

    def _open_between(self, begin: datetime, end: datetime) -> float:
        return staffed_seconds(self.hours, begin.astimezone(self.zone), end.astimezone(self.zone))

    def left(self, at: datetime, fact: Fact, found: dict[str, Tally], before: Custody) -> None:
        if not self.was_at_desk or before.state in ("assistant", "closed"):
            return
        tally = found[self.group]
        tally.ended += 1
        if self.taken is not None:
            handled = (at - self.taken).total_seconds()
            tally.handling.append(handled)
            if self.said_any:
                (tally.assisted if self.assisted else tally.unassisted).append(handled)
        if self.opened is not None:
            tally.resolution.append((at - self.opened).total_seconds())
        if before.state == "queue":
            tally.abandoned += 1
        self.taken = self.queued = None
        self.said_any = self.assisted = False

    def asked(self, at: datetime, fact: Fact, found: dict[str, Tally], before: Custody) -> None:
        found[self.group].asked += 1

    def back(self, at: datetime, fact: Fact, found: dict[str, Tally], before: Custody) -> None:
        assert isinstance(fact, facts.ResolutionAnswered)
        if not fact.solved:
            found[self.group].reopened += 1

    def rated(self, at: datetime, fact: Fact, found: dict[str, Tally], before: Custody) -> None:
        assert isinstance(fact, facts.RatingGiven)
        if self.was_at_desk:
            found[self.group].ratings.append(fact.score)


_STEPS = {
    facts.MessageHeard: _Run.heard,
    facts.ReplyGiven: _Run.replied_to,
    facts.HandedOff: _Run.handed,
    facts.TakenOver: _Run.took,
    facts.Transferred: _Run.took,
    facts.StaffSaid: _Run.said,
    facts.GivenBack: _Run.left,
    facts.Closed: _Run.left,
    facts.ResolutionAsked: _Run.asked,
    facts.ResolutionAnswered: _Run.back,
    facts.RatingGiven: _Run.rated,
}
