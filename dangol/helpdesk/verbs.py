"""What staff do with a conversation, as the facts it makes; each looks at how the conversation stands this moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dangol.helpdesk.model import NotYours, Staff
from dangol.helpdesk.rules import demand, demand_own, taken
from dangol.helpdesk.words import say
from dangol.kernel import facts
from dangol.kernel.blocks import Block, Choice, ChoicesBlock, HandoffBlock, TextBlock
from dangol.kernel.errors import Refused
from dangol.kernel.facts import Fact
from dangol.kernel.ownership import Custody, require


class NotInTheFuture(Refused):
    """A conversation can only be put aside until a moment that is still to come."""

    code = "not_in_the_future"
    status = 422


@dataclass(frozen=True)
class Standing:
    """A conversation at the moment of a verb: who has it, how far its log has come, its language."""

    custody: Custody
    seq: int
    language: str


def _told(now: Standing, what: str, *blocks: Block) -> facts.NoticeGiven:
    named = tuple(block.model_copy(update={"id": f"d{now.seq}b{n}"}) for n, block in enumerate(blocks, 1))
    return facts.NoticeGiven(cause=f"desk:{what}:{now.seq}", blocks=named)


def _joined(now: Standing, name: str) -> facts.NoticeGiven:
    return _told(now, "joined", HandoffBlock(state="joined", agent=name))


def take(now: Standing, staff: Staff, seen_owner: str | None = None) -> list[Fact]:
    """Take it from the queue, the assistant or (who may) a colleague. Raises NotInThisState, NotYours.

    `seen_owner`: whom they saw having it, empty for nobody; a colleague who was quicker is then not robbed of it
    by a click that was not meant so. None: whoever has it.
    """
    made = taken(staff.id, now.custody)
    if not made:
        return []
    if seen_owner is not None and (now.custody.owner or "") not in ("", seen_owner):
        raise NotYours(owner=now.custody.owner)
    demand("take", staff.id, staff.role, now.custody)
    return [*made, _joined(now, staff.name)]


def take_waiting(now: Standing, staff: Staff) -> list[Fact]:
    """Take what waits in the queue. Raises NotYours when it does not wait any more."""
    if now.custody.state != "queue":
        raise NotYours(owner=now.custody.owner)
    return take(now, staff)


def assign(now: Standing, colleague: str, name: str, why: str) -> list[Fact]:
    """The queue gives it to somebody; nothing when it does not wait any more."""
    if now.custody.state != "queue":
        return []
    return [facts.Transferred(by="queue", to=colleague, why=why), _joined(now, name)]


def put_back(now: Standing, owner: str, why: str) -> list[Fact]:
    """Somebody went offline or did not answer: back to the queue; nothing when it is not theirs any more."""
    if now.custody.owner != owner or now.custody.state not in ("person", "snoozed"):
        return []
    return [facts.Transferred(by="queue", team=now.custody.team, why=why)]


def speak(
    now: Standing,
    staff: Staff,
    message: str,
    text: str,
    suggestion: str = "",
    attachments: tuple[str, ...] = (),
) -> list[Fact]:
    """Write to the shopper. Raises NotYours: ownership is looked at when the words are written, not before."""
    demand_own(staff.id, now.custody)
    woken: list[Fact] = [facts.Woken(by=staff.id)] if now.custody.state == "snoozed" else []
    said = facts.StaffSaid(
        staff=staff.id,
        text=text,
        name=staff.name,
        message=message,
        suggestion=suggestion,
        attachments=attachments,
    )
    return [*woken, said]


def transfer(now: Standing, staff: Staff, to: Staff | None, team: str, note: str) -> list[Fact]:
    """To somebody, or back to the queue. Raises NotInThisState, NotYours."""
    demand("transfer" if to else "queue", staff.id, staff.role, now.custody)
    if to is None:
        moved = facts.Transferred(by=staff.id, team=team, note=note)
        return [
            moved,
            _told(now, "queued", TextBlock(text=say("moved", now.language)), HandoffBlock(state="queued")),
        ]
    if to.id == now.custody.owner:
        raise NotYours(owner=to.id)
    return [facts.Transferred(by=staff.id, to=to.id, team=team, note=note), _joined(now, to.name)]


def snooze(now: Standing, staff: Staff, until: datetime, at: datetime) -> list[Fact]:
    """Put it aside. Raises NotInThisState, NotYours, NotInTheFuture."""
    demand("snooze", staff.id, staff.role, now.custody)
    if until <= at:
        raise NotInTheFuture
    return [facts.Snoozed(by=staff.id, until=until.isoformat())]


def wake(now: Standing, by: str) -> list[Fact]:
    """Before its owner again. Raises NotInThisState."""
    require(now.custody, "woken")
    return [facts.Woken(by=by)]


def resolve(now: Standing, staff: Staff) -> list[Fact]:
    """Back to the assistant, which asks once whether it is solved. Raises NotInThisState, NotYours."""
    demand("resolve", staff.id, staff.role, now.custody)
    offered = tuple((each, say(each, now.language)) for each in ("solved:yes", "solved:no"))
    choices = ChoicesBlock(options=tuple(Choice(id=id, label=label) for id, label in offered))
    question = TextBlock(text=say("solved?", now.language))
    return [
        facts.GivenBack(by=staff.id),
        facts.ResolutionAsked(staff=staff.id, offered=offered),
        _told(now, "resolved", HandoffBlock(state="left", agent=staff.name), question, choices),
    ]


def give_back(now: Standing, staff: Staff) -> list[Fact]:
    """Back to the assistant without a question. Raises NotInThisState, NotYours."""
    demand("give_back", staff.id, staff.role, now.custody)
    left = HandoffBlock(state="left", agent=staff.name)
    return [facts.GivenBack(by=staff.id), _told(now, "left", left, TextBlock(text=say("back", now.language)))]


def close(now: Standing, staff: Staff) -> list[Fact]:
    """End it. Raises NotInThisState, NotYours."""
    demand("close", staff.id, staff.role, now.custody)
    return [facts.Closed(by=staff.id), _told(now, "closed", HandoffBlock(state="closed"))]


def reopen(now: Standing, staff: Staff) -> list[Fact]:
    """Take an ended conversation up again. Raises NotInThisState."""
    demand("reopen", staff.id, staff.role, now.custody)
    return [facts.Reopened(by=staff.id), _joined(now, staff.name)]
