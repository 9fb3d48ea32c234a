"""What consoles are shown: conversations, entries, notes, people, as the shapes of the staff API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dangol.assistant.records import LoggedFact
from dangol.helpdesk import api as helpdesk
from dangol.helpdesk.api import Logged, Note, Staff, Thread, Viewer
from dangol.kernel import facts
from dangol.kernel.blocks import Price
from dangol.kernel.shop import Shop
from dangol.server.staff.shapes import (
    CustomerRef,
    Entry,
    LastSaid,
    NoteView,
    StaffRef,
    StaffView,
    ThreadView,
    ViewerView,
)

Names = Mapping[str, str]
_EVENTS = frozenset(
    {
        "handed_off",
        "taken_over",
        "transferred",
        "snoozed",
        "woken",
        "given_back",
        "closed",
        "reopened",
        "rating_given",
    }
)


def ref(staff_id: str | None, names: Names) -> StaffRef | None:
    """Somebody by name; a name that is gone is shown as the id."""
    return StaffRef(id=staff_id, name=names.get(staff_id, staff_id)) if staff_id else None


def staff_view(staff: Staff, opened: Mapping[str, int], shop: Shop, language: str) -> StaffView:
    """A member of staff."""
    limit = staff.refund_limit
    return StaffView(
        id=staff.id,
        name=staff.name,
        email=staff.email,
        role=staff.role,
        languages=staff.languages,
        skills=staff.skills,
        teams=staff.teams,
        capacity=staff.capacity,
        refund_limit=Price.of(shop.minor(limit), language) if limit is not None else None,
        presence=staff.presence,
        open=opened.get(staff.id, 0),
        totp=staff.totp_on,
        disabled=staff.disabled_at is not None,
    )


def customer_ref(thread: Thread | None) -> CustomerRef | None:
    """The customer of a conversation by name; None: nobody the shop knows."""
    if thread is None or thread.customer_id is None:
        return None
    return CustomerRef(id=thread.customer_id, name=thread.customer_name or "", vip=thread.vip)


def thread_view(thread: Thread) -> ThreadView:
    """A conversation as the inbox shows it."""
    last = None
    if thread.said_from and thread.said_at:
        last = LastSaid(
            sender="staff" if thread.said_from == "staff" else "shopper",
            text=thread.last_text,
            at=thread.said_at,
        )
    owner = StaffRef(id=thread.owner, name=thread.owner_name or thread.owner) if thread.owner else None
    return ThreadView.model_validate(
        {
            "id": thread.conversation_id,
            "owner": owner,
            "customer": customer_ref(thread),
            "last": last,
            "position": thread.place,
            **{
                name: getattr(thread, name)
                for name in (
                    "state", "team", "channel", "language", "subject", "reason", "queued_at", "waiting_since",
                    "snoozed_until", "priority", "labels", "rating", "merged_into", "created_at", "updated_at", "seq",
                )
            },
        }
    )  # fmt: skip


def entries(logged: Iterable[LoggedFact | Logged], names: Names) -> list[Entry]:
    """What was said and happened, as a console shows it."""
    found = (entry(each, names) for each in logged)
    return [each for each in found if each is not None]


def entry(logged: LoggedFact | Logged, names: Names) -> Entry | None:
    """One fact as an entry; None when it is not for showing."""
    fact, place = logged.fact, {"seq": logged.seq, "at": logged.at}
    if isinstance(fact, facts.MessageHeard):
        return Entry(
            **place,
            sender="shopper",
            id=fact.message,
            text=fact.text or _form_words(fact.form),
            choice=fact.choice,
            attachments=fact.attachments,
        )
    if isinstance(fact, facts.StaffSaid):
        staff = StaffRef(id=fact.staff, name=fact.name or names.get(fact.staff, fact.staff))
        return Entry(
            **place,
            sender="staff",
            id=fact.message or None,
            text=fact.text,
            staff=staff,
            attachments=fact.attachments,
        )
    if isinstance(fact, facts.ReplyGiven):
        return Entry(**place, sender="assistant", blocks=fact.blocks) if fact.blocks else None
    if isinstance(fact, facts.NoticeGiven):
        return Entry(**place, sender="assistant", blocks=fact.blocks)
    if fact.kind in _EVENTS:
        return Entry(
            **place,
            sender="system",
            event=fact.kind,
            staff=ref(_actor(fact), names),
            details=_details(fact, names),
        )
    return None


def _form_words(form: dict[str, Any] | None) -> str:
    values = (form or {}).get("values", {})
    return "\n".join(f"{name}: {value}" for name, value in values.items() if isinstance(value, str | int))


def _actor(fact: facts.Fact) -> str | None:
    if isinstance(fact, facts.TakenOver):
        return fact.staff
    return getattr(fact, "by", None)


def _details(fact: facts.Fact, names: Names) -> dict[str, Any]:
    if isinstance(fact, facts.HandedOff):
        return {"reason": fact.reason}
    if isinstance(fact, facts.Transferred):
        to = {"id": fact.to, "name": names.get(fact.to, fact.to)} if fact.to else None
        return {"to": to, "team": fact.team, "note": fact.note, "why": fact.why}
    if isinstance(fact, facts.Snoozed):
        return {"until": fact.until}
    if isinstance(fact, facts.RatingGiven):
        return {"score": fact.score, "comment": fact.comment}
    return {}


def note_view(note: Note) -> NoteView:
    """A private note."""
    staff = StaffRef(id=note.staff_id, name=note.staff_name)
    return NoteView(id=note.id, at=note.at, staff=staff, text=note.text, mentions=note.mentions)


def viewer_views(viewers: Sequence[Viewer]) -> list[ViewerView]:
    """Who looks."""
    return [ViewerView(id=each.id, name=each.name, typing=each.typing) for each in viewers]


def may(staff: Staff) -> list[str]:
    """What a person may do, by name."""
    return sorted(helpdesk.MAY[staff.role])
