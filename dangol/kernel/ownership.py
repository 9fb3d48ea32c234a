"""Who a conversation belongs to: the assistant, the queue, or one person; never two, never nobody.

The table is the whole truth. What is not in it cannot happen: a verb that would need it refuses, and a fact that
stands in a log all the same changes nothing.
"""

from __future__ import annotations

from typing import Literal

from dangol.kernel import facts
from dangol.kernel.errors import Refused
from dangol.kernel.facts import Fact
from dangol.kernel.model import Value

Stand = Literal["assistant", "queue", "person", "snoozed", "closed"]
Event = Literal[
    "handed_off",
    "taken_over",
    "transferred",
    "put_back",
    "snoozed",
    "woken",
    "given_back",
    "closed",
    "reopened",
    "message_heard",
]

# where it stands × what happens → where it stands then
LIFE: dict[tuple[Stand, Event], Stand] = {
    ("assistant", "handed_off"): "queue",
    ("assistant", "taken_over"): "person",
    ("assistant", "closed"): "closed",
    ("assistant", "message_heard"): "assistant",
    ("queue", "taken_over"): "person",
    ("queue", "transferred"): "person",
    ("queue", "put_back"): "queue",
    ("queue", "given_back"): "assistant",
    ("queue", "closed"): "closed",
    ("queue", "message_heard"): "queue",
    ("person", "taken_over"): "person",
    ("person", "transferred"): "person",
    ("person", "put_back"): "queue",
    ("person", "snoozed"): "snoozed",
    ("person", "given_back"): "assistant",
    ("person", "closed"): "closed",
    ("person", "message_heard"): "person",
    ("snoozed", "taken_over"): "person",
    ("snoozed", "transferred"): "person",
    ("snoozed", "put_back"): "queue",
    ("snoozed", "woken"): "person",
    ("snoozed", "given_back"): "assistant",
    ("snoozed", "closed"): "closed",
    ("snoozed", "message_heard"): "person",
    ("closed", "taken_over"): "person",
    ("closed", "reopened"): "person",
    ("closed", "message_heard"): "assistant",
}

SERVED: dict[Stand, Literal["assistant", "queue", "person"]] = {
    "assistant": "assistant",
    "queue": "queue",
    "person": "person",
    "snoozed": "person",
    "closed": "assistant",
}
"""Who answers a message that comes now, as the chat API names them."""


class NotInThisState(Refused):
    """As the conversation stands, this cannot be done with it; `state` says how it stands."""

    code = "not_in_this_state"


class Custody(Value):
    """Who has a conversation. `owner` is set while a person has it, `team` says whose queue it waits in,
    `last` who had it before.
    """

    state: Stand = "assistant"
    owner: str | None = None
    team: str = ""
    last: str | None = None
    reason: str | None = None

    @property
    def served_by(self) -> Literal["assistant", "queue", "person"]:
        """Who answers a message that comes now."""
        return SERVED[self.state]


def event_of(fact: Fact) -> Event | None:
    """What a fact means for the owner; None when it means nothing."""
    if isinstance(fact, facts.Transferred):
        return "transferred" if fact.to else "put_back"
    kind = fact.kind
    return kind if kind in _EVENTS else None


_EVENTS = frozenset(event for _, event in LIFE)


def can(custody: Custody, event: Event) -> bool:
    """May this happen as the conversation stands?"""
    return (custody.state, event) in LIFE


def require(custody: Custody, event: Event) -> None:
    """Raises NotInThisState when this may not happen as the conversation stands."""
    if not can(custody, event):
        raise NotInThisState(state=custody.state, event=event)


def passed_on(custody: Custody, fact: Fact) -> Custody:
    """Who has the conversation after this fact."""
    event = event_of(fact)
    after = LIFE.get((custody.state, event)) if event else None
    if after is None or (event == "message_heard" and after == custody.state):
        return custody
    owner = _owner_after(custody, fact, after)
    last = custody.owner if custody.owner and custody.owner != owner else custody.last
    if after == "closed" or (custody.state == "closed" and after == "assistant"):
        return Custody(state=after, last=last)
    return Custody(
        state=after,
        owner=owner,
        team=_team_after(custody, fact, after),
        last=last,
        reason=_reason_after(custody, fact, after),
    )


def _owner_after(custody: Custody, fact: Fact, after: Stand) -> str | None:
    if after not in ("person", "snoozed"):
        return None
    if isinstance(fact, facts.TakenOver):
        return fact.staff
    if isinstance(fact, facts.Transferred):
        return fact.to
    if isinstance(fact, facts.Reopened):
        return fact.by
    return custody.owner


def _team_after(custody: Custody, fact: Fact, after: Stand) -> str:
    if after == "assistant":
        return ""
    if isinstance(fact, facts.HandedOff | facts.Transferred) and fact.team:
        return fact.team
    return custody.team


def _reason_after(custody: Custody, fact: Fact, after: Stand) -> str | None:
    if isinstance(fact, facts.HandedOff):
        return fact.reason
    return None if after == "assistant" else custody.reason
