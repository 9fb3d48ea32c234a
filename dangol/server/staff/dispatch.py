"""The desk's clock: who waits is given to somebody, who went away gives back, what was put aside comes up again."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Literal

import structlog

from dangol.assistant.state import State
from dangol.contracts.postbox import CarrierDown, Letter, Postbox
from dangol.helpdesk import api as helpdesk
from dangol.helpdesk.api import Colleague, ThreadRow, verbs
from dangol.helpdesk.verbs import Standing
from dangol.kernel.facts import Fact
from dangol.kernel.ownership import NotInThisState
from dangol.server.background import ended
from dangol.server.database import Connection
from dangol.server.live import CONVERSATION, Live, logged
from dangol.server.staff.approving import Acting
from dangol.server.staff.conversing import Verb
from dangol.server.staff.door import StaffParts

log = structlog.get_logger(__name__)

_EVERY = 5.0  # seconds between looks when nothing is heard
_GATHER = 0.05  # seconds in which what is heard becomes one look
_AT_ONCE = 6  # hand-overs written side by side
_UNSEEN = timedelta(minutes=2)
_SUBJECTS = {"ko": "{shop} 상담 답변이에요", "en": "{shop}: an answer to your question"}
_TAILS = {
    "ko": "이어서 이야기하시려면 채팅 창을 다시 열어 주세요.",
    "en": "To go on, open the chat again.",
}


class Dispatch:
    """Does what the desk's clock asks for; twice at once it counts once."""

    def __init__(self, parts: StaffParts, acting: Acting, postboxes: Sequence[Postbox]) -> None:
        self._parts = parts
        self._acting = acting
        self._postboxes = postboxes
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def listen(self, live: Live) -> None:
        """Hear of hand-overs at once; before `live` starts."""
        live.on(CONVERSATION, self._heard)
        live.on("desk", lambda payload: self._wake.set() if payload.startswith("presence") else None)

    def _heard(self, payload: str) -> None:
        if logged(payload.partition(":")[2]):
            self._wake.set()

    async def start(self) -> None:
        """Begin."""
        self._task = asyncio.create_task(self._run(), name="the desk's clock")

    async def stop(self) -> None:
        """End."""
        await ended(self._task)

    async def _run(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), _EVERY)
                await asyncio.sleep(_GATHER)
            self._wake.clear()
            try:
                await self.look()
            except Exception as broken:
                log.error("desk_clock_broken", exc_info=broken)
                await asyncio.sleep(_EVERY)

    async def look(self) -> None:
        """One look at everything that may be due."""
        async with self._parts.open_connection() as conn:
            now = self._parts.clock.now()
            await helpdesk.project(conn, now)
            for staff_id in await helpdesk.accounts.gone_quiet(conn, now - helpdesk.AWAY_AFTER):
                await helpdesk.work.wake(conn, f"presence {staff_id}")
            await self._give_back_what_lies(conn)
            await self._wake_what_is_due(conn)
            await self._raise_regulars(conn)
            if self._parts.shop().helpdesk.assign == "automatic":
                await self._give_out(conn)
            await self._acting.finish(conn)
            await self._send_answers(conn)

    async def _write(self, conn: Connection, conversation_id: str, verb: Verb) -> None:
        await self._parts.counter.act(conn, conversation_id, lambda state: verb(_standing(state)))
        await helpdesk.project(conn, self._parts.clock.now(), [conversation_id])

    async def _give_back_what_lies(self, conn: Connection) -> None:
        """Back to the queue: what somebody offline has, and what nobody answered in time."""
        now, within = self._parts.clock.now(), timedelta(minutes=self._parts.shop().helpdesk.answer_within)
        there = {each.id: each for each in await helpdesk.accounts.colleagues(conn)}
        for row in await helpdesk.threads.held(conn):
            owner = row.owner
            if owner is None or row.state != "person":
                continue
            if owner not in there or there[owner].presence == "offline":
                why = "offline"
            elif helpdesk.ran_out(row, now, within):
                why = "no_answer"
                await helpdesk.accounts.set_presence(conn, owner, "away")
                await helpdesk.work.wake(conn, f"presence {owner}")
            else:
                continue
            await self._write(conn, row.conversation_id, _put_back(owner, why))
            await helpdesk.accounts.note_act(conn, owner, "put_back", now, row.conversation_id, {"why": why})

    async def _wake_what_is_due(self, conn: Connection) -> None:
        now = self._parts.clock.now()
        for row in await helpdesk.threads.held(conn):
            if row.state == "snoozed" and row.snoozed_until is not None and row.snoozed_until <= now:
                with contextlib.suppress(NotInThisState):  # somebody was quicker
                    await self._write(
                        conn, row.conversation_id, lambda standing: verbs.wake(standing, "clock")
                    )

    async def _raise_regulars(self, conn: Connection) -> None:
        """VIP customers go before others who wait with the same urgency."""
        for conversation_id in await helpdesk.threads.waiting_vips(conn):
            await helpdesk.work.set_priority(conn, conversation_id, "high")

    async def _give_out(self, conn: Connection) -> None:
        """Who gets whom is chosen for all that wait, then written side by side: a long queue costs few looks."""
        chosen = await self._chosen(conn)
        for first in range(0, len(chosen), _AT_ONCE):
            some = chosen[first : first + _AT_ONCE]
            done = await asyncio.gather(
                *(self._assign(each, row) for row, each in some), return_exceptions=True
            )
            for (row, _), broken in zip(some, done, strict=True):
                if isinstance(broken, Exception):
                    log.error("not_given_out", conversation=row.conversation_id, exc_info=broken)
            await helpdesk.project(conn, self._parts.clock.now(), [row.conversation_id for row, _ in some])

    async def _chosen(self, conn: Connection) -> list[tuple[ThreadRow, Colleague]]:
        waiting = await helpdesk.threads.queue(conn)
        colleagues = {each.id: each for each in await helpdesk.accounts.colleagues(conn)} if waiting else {}
        able = [row for row in waiting if helpdesk.choose(row, list(colleagues.values())) is not None]
        intents = await helpdesk.threads.intents(conn, [row.conversation_id for row in able]) if able else {}
        chosen = []
        for row in able:
            skills = helpdesk.skills_for(intents.get(row.conversation_id, ()))
            one = helpdesk.choose(row, list(colleagues.values()), skills)
            if one is not None:
                chosen.append((row, one))
                colleagues[one.id] = replace(one, open=one.open + 1)
        return chosen

    async def _assign(self, colleague: Colleague, row: ThreadRow) -> None:
        why = "wanted" if row.wanted == colleague.id else "routed"
        async with self._parts.open_connection() as conn:
            await self._parts.counter.act(
                conn,
                row.conversation_id,
                lambda state: verbs.assign(_standing(state), colleague.id, colleague.name, why),
            )

    async def _send_answers(self, conn: Connection) -> None:
        """Answers that nobody saw go to the contact that was left, once."""
        if not self._postboxes:
            return
        now = self._parts.clock.now()
        for each in await helpdesk.waiting.unread_answers(conn, now - _UNSEEN):
            medium: Literal["email", "sms"] = "email" if each.email else "sms"
            postbox = next((one for one in self._postboxes if one.medium == medium), None)
            if postbox is None:
                continue
            shop, spoken = self._parts.shop(), "ko" if each.language == "ko" else "en"
            letter = Letter(
                medium=medium,
                to=each.email or each.phone,
                subject=_SUBJECTS[spoken].format(shop=shop.say(shop.name, spoken)),
                text="\n\n".join((*each.texts, _TAILS[spoken])),
                language=spoken,
            )
            try:
                await postbox.send(letter, key=f"desk:{each.conversation_id}:{each.seq}")
            except CarrierDown as down:
                log.warning("answer_not_sent", why=down.code)
                continue
            await helpdesk.waiting.note_answered(conn, each.conversation_id, each.seq, now)


def _put_back(owner: str, why: str) -> Verb:
    def verb(standing: Standing) -> Sequence[Fact]:
        return verbs.put_back(standing, owner, why)

    return verb


def _standing(state: State) -> Standing:
    return Standing(state.custody, state.seq, state.language)
