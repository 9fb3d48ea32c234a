"""What staff do with conversations: each verb written behind the log as it stands at that moment, or refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from dangol.assistant import records as log
from dangol.assistant.records import HeardBefore
from dangol.assistant.state import State
from dangol.helpdesk import api as helpdesk
from dangol.helpdesk.api import Logged, Note, Staff, Thread, Viewer
from dangol.helpdesk.verbs import Standing
from dangol.kernel.errors import NotFound
from dangol.kernel.facts import Fact, HandedOff, StaffSaid, TakenOver
from dangol.kernel.ids import derived_id, new_id
from dangol.learning import api as learning
from dangol.server import attachments
from dangol.server.database import Connection, alone
from dangol.server.live import READ, tell
from dangol.server.staff.door import StaffParts
from dangol.server.staff.shapes import Say

_LOOKING, _TYPING = timedelta(seconds=45), timedelta(seconds=8)

Verb = Callable[[Standing], Sequence[Fact]]


class Conversing:
    """The verbs of the desk over the counter's log; every one of them stands in the audit log."""

    def __init__(self, parts: StaffParts) -> None:
        self._parts = parts

    async def thread(self, conn: Connection, conversation_id: str) -> Thread:
        """A conversation as it stands now. Raises NotFound."""
        await helpdesk.project(conn, self._parts.clock.now(), [conversation_id])
        found = await helpdesk.threads.thread(conn, conversation_id)
        if found is None:
            raise NotFound(conversation=conversation_id)
        return found

    async def act(
        self, conn: Connection, staff: Staff, conversation_id: str, act: str, verb: Verb, **details: Any
    ) -> Thread:
        """Do something to the owner of a conversation. Raises what the verb refuses with, NotFound."""
        state = await self._written(conn, conversation_id, verb)
        await self._note(conn, staff, act, state.conversation_id, details)
        return await self.thread(conn, conversation_id)

    async def _written(self, conn: Connection, conversation_id: str, verb: Verb) -> State:
        return await self._parts.counter.act(
            conn,
            conversation_id,
            lambda state: verb(Standing(state.custody, state.seq, state.language)),
        )

    async def _note(
        self, conn: Connection, staff: Staff, act: str, conversation_id: str, details: dict[str, Any]
    ) -> None:
        now = self._parts.clock.now()
        await helpdesk.accounts.note_act(conn, staff.id, act, now, conversation_id, details)

    async def say(
        self, conn: Connection, staff: Staff, conversation_id: str, body: Say
    ) -> tuple[Logged, Thread]:
        """Write to the shopper, once per message id. Raises NotYours, NotFound for a file that is none of this one's."""
        message, suggestion = body.id, body.suggestion or ""
        if await attachments.missing(conn, conversation_id, body.attachments):
            raise NotFound(file=body.attachments)
        try:
            await self._written(
                conn,
                conversation_id,
                lambda now: helpdesk.verbs.speak(
                    now, staff, message, body.text, suggestion, body.attachments
                ),
            )
        except HeardBefore:
            pass  # the console sends again what it got no answer to
        else:
            await self._note(conn, staff, "said", conversation_id, {"message": message})
        said = await helpdesk.threads.said(conn, conversation_id, message)
        assert said is not None
        return said, await self.thread(conn, conversation_id)

    async def colleague(self, conn: Connection, staff_id: str) -> Staff:
        """Somebody a conversation can be given to. Raises NotFound."""
        found = await helpdesk.accounts.staff_by_id(conn, staff_id)
        if found is None or found.disabled_at is not None or "converse" not in helpdesk.MAY[found.role]:
            raise NotFound(staff=staff_id)
        return found

    async def set_labels(
        self, conn: Connection, staff: Staff, conversation_id: str, labels: Sequence[str]
    ) -> Thread:
        """Put these labels on a conversation and no others."""
        wanted = list(dict.fromkeys(label.strip() for label in labels if label.strip()))
        return await self._marked(
            conn,
            staff,
            conversation_id,
            "labels",
            {"labels": wanted},
            lambda: helpdesk.work.set_labels(conn, conversation_id, wanted),
        )

    async def set_priority(
        self, conn: Connection, staff: Staff, conversation_id: str, priority: str
    ) -> Thread:
        """Set how urgent a conversation is."""
        return await self._marked(
            conn,
            staff,
            conversation_id,
            "priority",
            {"priority": priority},
            lambda: helpdesk.work.set_priority(conn, conversation_id, priority),
        )

    async def _marked(
        self,
        conn: Connection,
        staff: Staff,
        conversation_id: str,
        act: str,
        details: dict[str, Any],
        write: Callable[[], Any],
    ) -> Thread:
        await self.thread(conn, conversation_id)
        now = self._parts.clock.now()
        async with conn.transaction():
            await helpdesk.threads.lock_desk(conn)
            await write()
            await self._note(conn, staff, act, conversation_id, details)
            await helpdesk.threads.add_events(conn, [("thread", conversation_id, "", None)], now)
        return await self.thread(conn, conversation_id)

    async def write_note(
        self, conn: Connection, staff: Staff, conversation_id: str, text: str, mentions: Sequence[str]
    ) -> Note:
        """Write a private note and tell those it mentions. Raises NotFound for somebody unknown."""
        await self.thread(conn, conversation_id)
        known = await helpdesk.accounts.names(conn)
        for each in mentions:
            if each not in known:
                raise NotFound(staff=each)
        note_id, now = new_id("n"), self._parts.clock.now()
        async with conn.transaction():
            await helpdesk.threads.lock_desk(conn)
            await helpdesk.work.insert_note(conn, note_id, conversation_id, staff.id, text, mentions, now)
            await self._note(conn, staff, "note", conversation_id, {"note": note_id})
            events: list[helpdesk.Event] = [("note", conversation_id, note_id, None)]
            events += [("mention", conversation_id, note_id, each) for each in mentions]
            await helpdesk.threads.add_events(conn, events, now)
        note = await helpdesk.work.note(conn, note_id)
        assert note is not None
        return note

    async def keep_answer(self, conn: Connection, staff: Staff, conversation_id: str) -> None:
        """What staff answered becomes a suggestion for the articles, once for each hand-back."""
        logged = await log.facts_after(conn, conversation_id, 0)
        told = [each.fact for each in logged]
        handed = max(
            (place for place, fact in enumerate(told) if isinstance(fact, HandedOff | TakenOver)), default=0
        )
        said = [fact.text for fact in told[handed:] if isinstance(fact, StaffSaid) and fact.text]
        question = helpdesk.wish_of(told)
        if not said or not question:
            return
        thread = await self.thread(conn, conversation_id)
        await learning.keep_answer(
            conn,
            learning.Colleague(staff.id),
            self._parts.clock.now(),
            conversation=conversation_id,
            once=derived_id("an", conversation_id, logged[handed].seq),
            question=question,
            answer="\n".join(said),
            language=thread.language,
        )

    async def look(self, conn: Connection, staff: Staff, conversation_id: str, typing: bool) -> None:
        """Somebody looks, and perhaps types; the shopper sees the typing of whoever has the conversation."""
        thread = await self.thread(conn, conversation_id)
        now = self._parts.clock.now()
        await helpdesk.work.look_at(conn, conversation_id, staff.id, now, typing)
        if thread.owner != staff.id:
            return
        if await helpdesk.work.mark(conn, conversation_id, staff_read=thread.seq):
            await tell(conn, conversation_id, f"{READ}{thread.seq}")
        if typing:
            await tell(conn, conversation_id, "typing")

    async def viewers(self, conn: Connection, conversation_id: str) -> list[Viewer]:
        """Who looks at a conversation now."""
        now = self._parts.clock.now()
        return await helpdesk.work.viewers(conn, conversation_id, now - _LOOKING, now - _TYPING)

    async def merge(self, conn: Connection, staff: Staff, conversation_id: str, into: str) -> Thread:
        """End a double; the one that goes on gets a note that says where the rest is. Raises NotFound, NotInThisState."""
        if into == conversation_id:
            raise NotFound(conversation=into)
        async with alone(conn, "merging"):  # two into each other would leave none that goes on
            double = await self.thread(conn, conversation_id)
            kept = await self.thread(conn, into)
            if kept.merged_into is not None or double.merged_into is not None:
                raise NotFound(conversation=into)
            if double.state != "closed":
                await self.act(
                    conn, staff, conversation_id, "closed", lambda now: helpdesk.verbs.close(now, staff)
                )
            now = self._parts.clock.now()
            async with conn.transaction():
                await helpdesk.work.set_merged(conn, conversation_id, into)
                await self._note(conn, staff, "merged", conversation_id, {"into": into})
        await self.write_note(conn, staff, into, f"↔ {conversation_id} ({now:%Y-%m-%d})", ())
        return await self.thread(conn, conversation_id)
