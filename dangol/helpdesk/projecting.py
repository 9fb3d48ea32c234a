"""The inbox follows from the facts: folded behind what it knows, in one transaction with the events it causes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from dangol.helpdesk.model import ThreadRow
from dangol.helpdesk.records import threads as records
from dangol.helpdesk.records.threads import Connection, Logged, Stale
from dangol.kernel import facts
from dangol.kernel.ownership import Custody, passed_on

_AT_ONCE = 200
_SHOWN = frozenset(
    {
        "message_heard", "reply_given", "notice_given", "staff_said", "handed_off", "taken_over", "transferred", "snoozed",
        "woken", "given_back", "closed", "reopened", "rating_given",
    }
)  # fmt: skip
"""Facts that stand as an entry in the console."""

Event = tuple[str, str | None, str, str | None]


@dataclass(frozen=True)
class Folded:
    """How a conversation stands after some facts, and what consoles are to be told of it."""

    row: ThreadRow
    events: tuple[Event, ...]


async def project(conn: Connection, now: datetime, only: Sequence[str] | None = None) -> int:
    """Bring the inbox up to the facts; of these conversations alone when named. Returns how many had gone on."""
    done = 0
    if not await records.stale(conn, only, 1):  # most looks find nothing: no lock, no transaction
        return done
    while True:
        async with conn.transaction():
            await records.lock_desk(conn)
            found = await records.stale(conn, only, _AT_ONCE)
            if not found:
                return done
            places = {each.conversation_id: each.row.seq if each.row else 0 for each in found}
            logged = await records.facts_behind(conn, places)
            folded = [
                fold(each, logged[each.conversation_id]) for each in found if logged[each.conversation_id]
            ]
            await records.put(conn, [each.row for each in folded])
            await records.add_events(conn, [event for each in folded for event in each.events], now)
        done += len(folded)
        if len(found) < _AT_ONCE or not folded:
            return done


def custody_of(row: ThreadRow) -> Custody:
    """Who has a conversation, as its row says."""
    return Custody(
        state=row.state,
        owner=row.owner,
        team=row.team,
        last=row.last_owner,
        reason=row.reason,
    )


def fold(stale: Stale, logged: Sequence[Logged]) -> Folded:
    """The row after these facts, and the events they cause."""
    row = stale.row or _begun(stale)
    events: list[Event] = []
    for each in logged:
        before = row.state
        row = _after(row, each)
        desk = before != "assistant" or row.state != "assistant"
        if desk and each.fact.kind in _SHOWN:
            events.append(("entry", row.conversation_id, str(each.seq), None))
        if row.owner and _arrived(each):
            events.append(("assigned", row.conversation_id, "", row.owner))
    events.append(("thread", row.conversation_id, "", None))
    return Folded(row, tuple(events))


def _begun(stale: Stale) -> ThreadRow:
    return ThreadRow(
        conversation_id=stale.conversation_id, seq=0, state="assistant", owner=None, last_owner=None, team="", reason=None,
        channel=stale.channel, language=stale.language, customer_id=stale.customer_id, priority="normal", handed_seq=None,
        said_seq=None, said_from=None, said_at=None, queued_at=None, served_at=None, waiting_since=None,
        snoozed_until=None, assigned_at=None, wanted=None, rating=None, created_at=stale.created_at,
        updated_at=stale.created_at,
    )  # fmt: skip


def _arrived(logged: Logged) -> bool:
    """Did the conversation come to somebody without their own doing?"""
    fact = logged.fact
    if isinstance(fact, facts.Transferred):
        return fact.to is not None and fact.to != fact.by
    return isinstance(fact, facts.MessageHeard | facts.Woken)


def _after(row: ThreadRow, logged: Logged) -> ThreadRow:
    fact, at = logged.fact, logged.at
    custody = passed_on(custody_of(row), fact)
    row = replace(
        row,
        seq=logged.seq,
        updated_at=at,
        state=custody.state,
        owner=custody.owner,
        last_owner=custody.last,
        team=custody.team,
        reason=custody.reason,
    )
    if isinstance(fact, facts.MessageHeard):
        return _heard(row, logged)
    if isinstance(fact, facts.StaffSaid):
        return replace(
            row,
            said_seq=logged.seq,
            said_from="staff",
            said_at=at,
            waiting_since=None,
            served_at=row.served_at or at,
        )
    if isinstance(fact, facts.ReplyGiven):
        return _replied(row, fact)
    if isinstance(fact, facts.ShopperIdentified):
        return replace(row, customer_id=fact.customer_id)
    if isinstance(fact, facts.RatingGiven):
        return replace(row, rating=fact.score)
    return _passed(row, logged)


def _heard(row: ThreadRow, logged: Logged) -> ThreadRow:
    return replace(
        row,
        said_seq=logged.seq,
        said_from="shopper",
        said_at=logged.at,
        waiting_since=row.waiting_since or logged.at,
        snoozed_until=None,
    )


def _replied(row: ThreadRow, fact: facts.ReplyGiven) -> ThreadRow:
    language = fact.language or row.language
    if row.state == "assistant":
        return replace(row, language=language, waiting_since=None)
    return replace(row, language=language)


def _passed(row: ThreadRow, logged: Logged) -> ThreadRow:
    """What a hand-over, a transfer or an end means for the clocks of the desk."""
    fact, at = logged.fact, logged.at
    if isinstance(fact, facts.HandedOff):
        return replace(
            row,
            handed_seq=logged.seq,
            queued_at=at,
            waiting_since=row.waiting_since or at,
            served_at=None,
            assigned_at=None,
            wanted=fact.wanted,
            priority=fact.priority or row.priority,
        )
    if isinstance(fact, facts.Transferred):
        queued = row.queued_at or at
        return replace(
            row, assigned_at=at if fact.to else None, queued_at=queued, wanted=None, snoozed_until=None
        )
    if isinstance(fact, facts.TakenOver | facts.Reopened):
        return replace(row, assigned_at=at, wanted=None, snoozed_until=None)
    if isinstance(fact, facts.Snoozed | facts.Woken):
        until = datetime.fromisoformat(fact.until) if isinstance(fact, facts.Snoozed) else None
        return replace(row, snoozed_until=until)
    if isinstance(fact, facts.GivenBack | facts.Closed):
        return replace(
            row,
            waiting_since=None,
            snoozed_until=None,
            assigned_at=None,
            wanted=None,
            priority="normal",
        )
    return row
