"""The live stream of the desk: every change made once into an event, passed on to every console that is open."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from pydantic import BaseModel

from dangol.helpdesk import api as helpdesk
from dangol.helpdesk.api import DeskEvent
from dangol.server.background import ended
from dangol.server.database import Connection
from dangol.server.events import event
from dangol.server.live import CONVERSATION, Live, logged
from dangol.server.staff import telling
from dangol.server.staff.approving import approval_view
from dangol.server.staff.conversing import Conversing
from dangol.server.staff.door import StaffParts

logger = structlog.get_logger(__name__)

_SIGN_OF_LIFE = 15.0
_SWEEP = 2.0  # seconds between looks at conversations that only the assistant is in
_MOST_WAITING = 2000
_KEPT = timedelta(days=2)
_SEEN_EVERY = timedelta(seconds=15)


@dataclass(frozen=True)
class Told:
    """One event in the wire format; `place` is None for what is worth nothing later."""

    text: str
    place: int | None = None
    staff_id: str | None = None


class Feed:
    """Fans out what happens at the desk; reads the database once for all consoles of this process."""

    def __init__(self, parts: StaffParts, desk: Conversing) -> None:
        self._parts = parts
        self._desk = desk
        self._streams: dict[asyncio.Queue[Told | None], str] = {}
        self._seen_at: datetime | None = None
        self._wake = asyncio.Event()
        self._changed: set[str] = set()
        self._passing: list[str] = []
        self._all = False
        self._seen: int | None = None  # the last event passed on; None while nobody has listened
        self._task: asyncio.Task[None] | None = None
        self._ended = False

    def listen(self, live: Live) -> None:
        """Hear of changes from the database's notifications; before `live` starts."""
        live.on(CONVERSATION, self._heard_conversation)
        live.on("desk", self._heard_desk)
        live.on_end(self.let_go)

    def _heard_conversation(self, payload: str) -> None:
        conversation_id, _, what = payload.partition(":")
        if what == "shopper_typing":
            self._passing.append(f"typing {conversation_id}")
        elif not logged(what):
            return
        elif conversation_id:
            self._changed.add(conversation_id)
        else:
            self._all = True
        self._wake.set()

    def _heard_desk(self, payload: str) -> None:
        if payload not in ("", "events"):
            self._passing.append(payload)
        self._wake.set()

    async def start(self) -> None:
        """Begin."""
        self._task = asyncio.create_task(self._run(), name="the live stream of the desk")

    async def stop(self) -> None:
        """End every stream, and the work."""
        self.let_go()
        await ended(self._task)

    def let_go(self) -> None:
        """End every stream: the server stops."""
        self._ended = True
        for queue in self._streams:
            _put(queue, None)

    async def stream(self, staff_id: str, known: int | None) -> AsyncIterator[str]:
        """What one console is told: from `known` (the last event it saw), else from now on."""
        queue: asyncio.Queue[Told | None] = asyncio.Queue(_MOST_WAITING)
        if self._ended:
            return
        self._streams[queue] = staff_id
        try:
            async with self._parts.open_connection() as conn:
                if self._seen is None:  # whatever was before is for nobody here, however many come at once
                    await helpdesk.project(conn, self._parts.clock.now())
                    self._seen = (await helpdesk.threads.event_span(conn))[1]
                await helpdesk.accounts.set_seen(conn, [staff_id], self._parts.clock.now())
                missed, seen = await self._missed(conn, staff_id, known)
            yield ": open\n\n"
            for text in missed:
                yield text
            async for told in self._waiting(queue, staff_id):
                if told.place is None or told.place > seen:
                    yield told.text
        finally:
            del self._streams[queue]

    async def _waiting(self, queue: asyncio.Queue[Told | None], staff_id: str) -> AsyncIterator[Told]:
        while True:
            try:
                told = await asyncio.wait_for(queue.get(), _SIGN_OF_LIFE)
            except TimeoutError:
                yield Told(": still here\n\n")
                continue
            if told is None:
                return
            if told.staff_id in (None, staff_id):
                yield told

    async def _show_presence(self, conn: Connection, now: datetime) -> None:
        """Whoever has a console open is there, however much or little happens at it."""
        if self._seen_at is None or abs(now - self._seen_at) >= _SEEN_EVERY:
            self._seen_at = now
            await helpdesk.accounts.set_seen(conn, list(self._streams.values()), now)

    async def _missed(self, conn: Connection, staff_id: str, known: int | None) -> tuple[list[str], int]:
        """The events behind `known`, made anew, and the place they reach; a reset when that place is gone."""
        oldest, newest = await helpdesk.threads.event_span(conn)
        if known is None:
            return [event("hello", "{}", newest)], newest
        if known > newest or known < oldest - 1:
            return [event("reset", "{}", newest)], newest
        texts: list[str] = []
        while True:
            found = await helpdesk.threads.events_after(conn, known, staff_id)
            if not found:
                return texts, known
            texts += [each.text for each in await self._made(conn, found)]
            known = found[-1].id

    async def _run(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), _SWEEP)
            swept = not self._wake.is_set()
            self._wake.clear()
            changed, self._changed = self._changed, set()
            passing, self._passing = self._passing, []
            everything, self._all = self._all or swept, False
            if not self._streams:
                self._seen = None
                continue
            try:
                await self._pass_on(None if everything else sorted(changed), passing)
            except Exception as broken:
                logger.error("desk_feed_broken", exc_info=broken)
                await asyncio.sleep(1)

    async def _pass_on(self, changed: Sequence[str] | None, passing: Sequence[str]) -> None:
        async with self._parts.open_connection() as conn:
            now = self._parts.clock.now()
            await self._show_presence(conn, now)
            if changed is None or changed:
                await helpdesk.project(conn, now, changed)
            while self._seen is not None and (
                found := await helpdesk.threads.events_after_all(conn, self._seen)
            ):
                for told in await self._made(conn, found):
                    self._tell(told)
                self._seen = found[-1].id
            for what in dict.fromkeys(passing):
                self._tell(await self._in_passing(conn, what))
            if changed is None:
                await helpdesk.threads.forget_events(conn, now - _KEPT)

    def _tell(self, told: Told) -> None:
        for queue in self._streams:
            _put(queue, told)

    async def _made(self, conn: Connection, found: Sequence[DeskEvent]) -> list[Told]:
        """Events in the wire format; of several changes of one conversation only the last is told."""
        last = {(each.kind, each.conversation_id): each.id for each in found if each.kind == "thread"}
        found = [
            each
            for each in found
            if each.kind != "thread" or last[each.kind, each.conversation_id] == each.id
        ]
        look = await _look(conn, found)
        made = []
        for each in found:
            data = await self._data(conn, each, look)
            if data is not None:
                text = event(each.kind, data.model_dump_json(by_alias=True), each.id)
                made.append(Told(text, each.id, each.staff_id))
        return made

    async def _data(self, conn: Connection, told: DeskEvent, look: _Look) -> BaseModel | None:
        about = told.conversation_id or ""
        if told.kind in ("thread", "assigned"):
            thread = look.threads.get(about)
            return _data(thread=telling.thread_view(thread)) if thread else None
        if told.kind == "entry":
            logged = look.facts.get((about, int(told.ref)))
            entry = telling.entry(logged, look.names) if logged else None
            return _data(conversation=about, entry=entry) if entry else None
        if told.kind in ("note", "mention"):
            note = await helpdesk.work.note(conn, told.ref)
            return _data(conversation=about, note=telling.note_view(note)) if note else None
        asked = await helpdesk.work.approval(conn, told.ref)
        if asked is None:
            return None
        thread = await helpdesk.threads.thread(conn, asked.conversation_id)
        view = approval_view(asked, look.names, self._parts.toolbox, self._parts.shop(), thread)
        return _data(approval=view)

    async def _in_passing(self, conn: Connection, what: str) -> Told:
        kind, _, about = what.partition(" ")
        if kind == "viewing":
            viewers = telling.viewer_views(await self._desk.viewers(conn, about))
            data = _data(conversation=about, viewers=viewers)
        elif kind == "presence":
            staff = await helpdesk.accounts.staff_by_id(conn, about)
            data = _data(staff={"id": about, "presence": staff.presence if staff else "offline"})
        elif kind == "marks":
            thread = await helpdesk.threads.thread(conn, about)
            marks = (thread.delivered, thread.read) if thread else (0, 0)
            data = _data(conversation=about, delivered=marks[0], read=marks[1])
        else:
            data = _data(conversation=about)
        return Told(event(kind, data.model_dump_json(by_alias=True)))


@dataclass(frozen=True)
class _Look:
    """What some events are about, read together."""

    threads: dict[str, helpdesk.Thread]
    facts: dict[tuple[str, int], helpdesk.Logged]
    names: dict[str, str]


async def _look(conn: Connection, found: Sequence[DeskEvent]) -> _Look:
    rows = {each.conversation_id for each in found if each.kind in ("thread", "assigned")}
    places = [(each.conversation_id or "", int(each.ref)) for each in found if each.kind == "entry"]
    return _Look(
        threads=await helpdesk.threads.threads_of(conn, [row for row in rows if row]) if rows else {},
        facts=await helpdesk.threads.facts_at(conn, places) if places else {},
        names=await helpdesk.accounts.names(conn),
    )


class _Data(BaseModel, extra="allow"):
    """The data of an event."""


def _data(**fields: Any) -> BaseModel:
    return _Data.model_validate(fields)


def _put(queue: asyncio.Queue[Told | None], told: Told | None) -> None:
    if queue.full():  # a console that reads so slowly is let go, and asks again from where it was
        while not queue.empty():
            queue.get_nowait()
        told = None
    queue.put_nowait(told)
