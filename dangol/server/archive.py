"""The conversations as the learning room reads them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from dangol.assistant import records
from dangol.assistant.state import State, fold
from dangol.kernel import facts
from dangol.kernel.blocks import Block
from dangol.learning.api import Line, Logged, Moment, Moved, Place
from dangol.server.database import Connection

_LINES_BEFORE = 10


class ConversationArchive:
    """What was said, when, and what the assistant knew at that moment."""

    async def moved(self, conn: Connection, since: datetime | None) -> Sequence[Moved]:
        """Conversations written to at or after a moment, oldest first."""
        return [Moved(*row) for row in await records.written_since(conn, since)]

    async def facts(self, conn: Connection, conversation_id: str) -> Sequence[Logged]:
        """Everything in the log of a conversation."""
        logged = await records.facts_after(conn, conversation_id, 0)
        return [Logged(each.seq, each.at, each.fact) for each in logged]

    async def words(self, conn: Connection, places: Sequence[Place]) -> dict[Place, str]:
        """What shoppers said, where it has not been erased."""
        return await records.words(conn, places)

    async def moment(self, conn: Connection, place: Place) -> Moment | None:
        """A message as it came; None where there is none or it was erased."""
        conversation_id, seq = place
        logged = await records.facts_after(conn, conversation_id, 0)
        heard = next((each.fact for each in logged if each.seq == seq), None)
        if not isinstance(heard, facts.MessageHeard) or not heard.text:
            return None
        before = fold(
            State(conversation_id=conversation_id), (each.fact for each in logged if each.seq < seq)
        )
        after = [each.fact for each in logged if each.seq > seq]
        read = next((fact for fact in after if isinstance(fact, facts.MessageRead)), None)
        reply = next((fact for fact in after if isinstance(fact, facts.ReplyGiven)), None)
        return Moment(
            text=heard.text,
            before=tuple(_lines(each.fact for each in logged if each.seq < seq))[-_LINES_BEFORE:],
            reply=_words(reply.blocks) if reply else "",
            entities=read.entities if read else (),
            context=_context(before),
            page=before.page,
        )


def _context(state: State) -> dict[str, Any]:
    memory = state.memory
    context = {
        "language": state.language,
        "expects": "yes_no" if state.question else memory.awaits,
        "offered": [choice.label for choice in memory.offered] or [item.title for item in memory.shown],
        "last_intents": list(memory.last_intents),
        "product_on_page": state.page is not None,
        "question": state.question.code if state.question else None,
        "about": memory.focus_title or None,
    }
    return {name: value for name, value in context.items() if value}


def _lines(log: Any) -> list[Line]:
    said = []
    for fact in log:
        if isinstance(fact, facts.MessageHeard) and fact.text:
            said.append(Line(sender="shopper", text=fact.text))
        elif isinstance(fact, facts.ReplyGiven | facts.NoticeGiven) and (words := _words(fact.blocks)):
            said.append(Line(sender="assistant", text=words))
        elif isinstance(fact, facts.StaffSaid) and fact.text:
            said.append(Line(sender="staff", text=fact.text))
    return said


def _words(blocks: Sequence[Block]) -> str:
    return "\n".join(text for block in blocks if (text := getattr(block, "text", "")))
