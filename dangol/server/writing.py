"""What staff have written for them: a conversation summed up, messages and articles translated, a draft in the shop's tone.

Nothing is held open while a model writes. A shopper who refused models outside the shop is not written about by one; who was
never told of one is told first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace

from dangol.assistant import records
from dangol.assistant.counter import Counter
from dangol.assistant.history import Said
from dangol.assistant.minds import Part
from dangol.assistant.minds.language_model.gate import Gate, told
from dangol.assistant.minds.language_model.masks import Masks
from dangol.assistant.purse import Purse, Work, purse_for
from dangol.assistant.speak import speak
from dangol.assistant.state import Spent, State
from dangol.assistant.writing import tasks
from dangol.assistant.writing.writer import Pen, Task, Written
from dangol.contracts.language_model import Job
from dangol.customers import api as customers
from dangol.helpdesk import api as helpdesk
from dangol.kernel.clock import Clock
from dangol.kernel.facts import NoticeGiven
from dangol.kernel.ids import new_id
from dangol.kernel.shop import Shop
from dangol.server.database import Connection

_SECONDS = 30.0  # staff wait for it with the embedded version before their eyes
_LONGEST = 12_000  # characters of a conversation that are summed up, the newest


@dataclass(frozen=True)
class Writing:
    """The desk's pens."""

    gate: Gate
    counter: Counter
    open_connection: Callable[[], AbstractAsyncContextManager[Connection]]
    shop: Callable[[], Shop]
    clock: Clock

    async def summary(self, conversation_id: str, language: str, embedded: Sequence[str]) -> Written:
        """The conversation in a few sentences for whoever takes over; `embedded` is the card's own summary."""
        async with self.open_connection() as conn:
            said = await self.counter.history(conn, conversation_id)
        task = tasks.summary(transcript(said)[-_LONGEST:], language, self.shop())
        (written,) = await self._of_conversation(conversation_id, [(task, "\n".join(embedded))])
        return written

    async def translations(self, conversation_id: str, texts: Sequence[str], language: str) -> list[Written]:
        """Messages in another language; without a model they stay as they are, and that is said."""
        shop = self.shop()
        return await self._of_conversation(
            conversation_id, [(tasks.translation(text, language, shop), text) for text in texts]
        )

    async def rewording(self, conversation_id: str, text: str, language: str) -> Written:
        """A draft in the shop's tone, figure for figure what it said."""
        shop = self.shop()
        task = tasks.rewording(text, language, shop, banned=shop.assistant.banned("*", ()))
        (written,) = await self._of_conversation(conversation_id, [(task, text)])
        return written

    async def article(self, staff: str, title: str, body: str, language: str) -> tuple[Written, Written]:
        """Title and text of an article in another language, to be read before they are published."""
        shop, now = self.shop(), self.clock.now()
        written = []
        for text in (title, body):
            async with self._purse(None) as purse:
                pen = await self._pen("translate", Spent(), purse)
                if isinstance(pen, str) or not text.strip():
                    written.append(Written(text, why=pen if isinstance(pen, str) else "nothing to translate"))
                    continue
                task = tasks.translation(text, language, shop)
                written.append(await pen.write(task, Masks(on=False), text, now))
                async with self.open_connection() as conn:
                    for asked in written[-1].asked:
                        await records.note_use(conn, asked, staff, now)
        return written[0], written[1]

    async def _of_conversation(
        self, conversation_id: str, wanted: Sequence[tuple[Task, str]]
    ) -> list[Written]:
        """Each text written, or its embedded version; what was asked stands in the conversation's log."""
        async with self.open_connection() as conn:
            state = await self.counter.state(conn, conversation_id)
        written: list[Written] = []
        for task, embedded in wanted:
            async with self._purse(conversation_id) as purse:
                written.append(await self._written(state, replace(task, turn=state.turn), embedded, purse))
                if written[-1].facts:
                    async with self.open_connection() as conn:
                        await self.counter.tell(conn, conversation_id, written[-1].facts)
                        state = await self.counter.state(conn, conversation_id)
        return written

    def _purse(self, conversation_id: str | None) -> AbstractAsyncContextManager[Purse]:
        """What may be used for one text."""
        shop = self.shop()
        here = self.clock.now().astimezone(shop.zone)
        work = Work(new_id("w"), conversation_id, shop.assistant.limits, here, _SECONDS * 2)
        return purse_for(work, self.open_connection)

    async def _written(self, state: State, task: Task, embedded: str, purse: Purse) -> Written:
        if self.gate.refused(task.job, state):
            return Written(embedded, why="shopper_refused")
        pen = await self._pen(task.job, state.spent, purse)
        if isinstance(pen, str):
            return Written(embedded, why=pen)
        if pen.model.outside:
            await self._tell(state)
        return await pen.write(
            task, await self._masks(state, on=pen.model.outside), embedded, self.clock.now()
        )

    async def _pen(self, job: Job, spent: Spent, purse: Purse) -> Pen | str:
        """A pen for a job, or why there is none."""
        if self.gate.model_of(job) is None:
            return "no_model"
        shop = self.shop()
        now = self.clock.now().astimezone(shop.zone)
        day = now.replace(hour=0, minute=0, second=0, microsecond=0)
        async with self.open_connection() as conn:
            today = await records.spent_since(conn, day)
        admitted = self.gate.at_hand(job, spent, today, shop.assistant.limits, now)
        return Pen(*admitted, _SECONDS, purse=purse) if admitted else "overspent_or_down"

    async def _tell(self, state: State) -> None:
        """Tell the shopper that a model outside the shop reads along, once, before it does."""
        if state.outside_model is not None:
            return
        blocks, choices = told(state.language, self.shop())
        spoken = speak((Part(blocks=blocks, choices=choices),), state.language, self.shop())
        notice = NoticeGiven(cause=f"outside_model:{state.conversation_id}", blocks=spoken)
        async with self.open_connection() as conn:
            await self.counter.tell(conn, state.conversation_id, [notice])

    async def _masks(self, state: State, *, on: bool) -> Masks:
        """Placeholders for what is known of the shopper, besides what looks like somebody's data."""
        masks = Masks(on=on)
        if not on:
            return masks
        async with self.open_connection() as conn:
            contact = await helpdesk.waiting.contact(conn, state.conversation_id)
            known = await customers.customer(conn, state.customer_id) if state.customer_id else None
        for email, phone, _ in [contact] if contact else []:
            masks.keep_back("EMAIL", email or "")
            masks.keep_back("PHONE", phone or "")
        if known is not None:
            masks.keep_back("NAME", known.name)
            masks.keep_back("EMAIL", known.email or "")
            masks.keep_back("PHONE", known.phone or "")
        return masks


def transcript(said: Sequence[Said]) -> str:
    """What was said, line by line, with who said it."""
    lines = []
    for each in said:
        words = each.text or " ".join(block.text for block in each.blocks if block.kind == "text")
        if words.strip():
            lines.append(f"{each.sender}: {' '.join(words.split())}")
    return "\n".join(lines)
