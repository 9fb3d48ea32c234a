"""Queries of messages that were read: a projection of the conversations' facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dangol.learning.model import Connection, Place, ReadMessage


@dataclass(frozen=True)
class Row:
    """A message that was read, with what became of it."""

    conversation_id: str
    seq: int
    turn: int
    at: datetime
    language: str
    intents: list[tuple[str, float]]
    confidence: float
    asked: str
    signals: list[str]
    gap: int | None
    joined: list[int]

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.conversation_id, self.seq


_ROW = "m.conversation_id, m.seq, m.turn, m.at, m.language, m.intents, m.confidence, m.asked, m.signals, m.gap, m.joined"


async def latest(conn: Connection) -> datetime | None:
    """Up to when conversations have been taken in."""
    row = await (await conn.execute("select max(at) from learning_progress")).fetchone()
    return row[0] if row else None


async def progress(conn: Connection, conversations: Sequence[str]) -> dict[str, int]:
    """How far each of these conversations has been taken in."""
    cursor = await conn.execute(
        "select conversation_id, seq from learning_progress where conversation_id = any(%s)",
        (list(conversations),),
    )
    return {row[0]: row[1] for row in await cursor.fetchall()}


async def one_at_a_time(conn: Connection, conversation_id: str) -> None:
    """Nobody else takes in this conversation until the transaction is over."""
    await conn.execute("select pg_advisory_xact_lock(hashtextextended(%s, 61))", (conversation_id,))


async def put(
    conn: Connection, conversation_id: str, messages: Sequence[ReadMessage], seq: int, at: datetime
) -> None:
    """Replace what is kept of a conversation; a message whose words were erased meanwhile is left out."""
    await conn.execute(
        "delete from read_messages where conversation_id = %s and not seq = any(%s)",
        (conversation_id, [message.seq for message in messages]),
    )
    if messages:
        await conn.execute(
            """insert into read_messages (conversation_id, seq, turn, at, language, intents, confidence, asked, signals,
                                          gap, joined)
               select %s, r.seq, r.turn, r.at, r.language, r.intents, r.confidence, r.asked, r.signals, r.gap, r.joined
               from jsonb_to_recordset(%s) as r (seq integer, turn integer, at timestamptz, language text,
                   intents jsonb, confidence real, asked text, signals text[], gap bigint, joined integer[])
               where exists (select 1 from personal_texts t where t.conversation_id = %s and t.seq = r.seq for key share)
               on conflict (conversation_id, seq) do update set (turn, at, language, intents, confidence, asked, signals,
                   gap, joined) = (excluded.turn, excluded.at, excluded.language, excluded.intents, excluded.confidence,
                   excluded.asked, excluded.signals, excluded.gap, excluded.joined)""",
            (conversation_id, Jsonb([_as_json(message) for message in messages]), conversation_id),
        )
    await conn.execute(
        """insert into learning_progress (conversation_id, seq, at) values (%s, %s, %s)
           on conflict (conversation_id) do update set seq = excluded.seq, at = excluded.at""",
        (conversation_id, seq, at),
    )


def _as_json(message: ReadMessage) -> dict[str, Any]:
    return {
        "seq": message.seq,
        "turn": message.turn,
        "at": message.at.isoformat(),
        "language": message.language,
        "intents": [list(pair) for pair in message.intents],
        "confidence": message.confidence,
        "asked": message.asked,
        "signals": sorted(message.signals),
        "gap": message.gap,
        "joined": list(message.joined),
    }


async def forget_all(conn: Connection) -> None:
    """Drop the projection, to be built anew."""
    await conn.execute("truncate read_messages, learning_progress")


async def waiting(
    conn: Connection, *, signals: Sequence[str], language: str | None, intent: str | None, limit: int
) -> list[Row]:
    """Messages with one of these signals that nobody has taught, answered or set aside, the newest first."""
    async with conn.cursor(row_factory=class_row(Row)) as cursor:
        await cursor.execute(
            f"""select {_ROW} from read_messages m
                where m.signals && %(signals)s::text[] and m.signals <> '{{}}'
                  and (%(language)s::text is null or m.language = %(language)s)
                  and (%(intent)s::text is null or m.intents -> 0 ->> 0 = %(intent)s)
                  and not exists (select 1 from lessons l where l.conversation_id = m.conversation_id
                      and l.seq = m.seq and l.state in ('proposed', 'approved'))
                  and not exists (select 1 from answered_messages a join suggested_answers s on s.id = a.answer_id
                      where a.conversation_id = m.conversation_id and a.seq = m.seq
                      and s.state in ('proposed', 'approved'))
                order by m.at desc, m.conversation_id, m.seq limit %(limit)s""",  # noqa: S608 a constant
            {"signals": list(signals), "language": language, "intent": intent, "limit": limit},
        )
        return await cursor.fetchall()


async def by_intent(conn: Connection, since: datetime) -> dict[str, int]:
    """How many messages were read since a moment, by the intent read first ("nothing_read" where none was)."""
    cursor = await conn.execute(
        """select coalesce(m.intents -> 0 ->> 0, 'nothing_read'), count(*) from read_messages m
           where m.at >= %s group by 1""",
        (since,),
    )
    return {row[0]: row[1] for row in await cursor.fetchall()}


async def failed(conn: Connection, since: datetime, limit: int) -> list[Row]:
    """Messages since a moment that went wrong in some way, dealt with or not, the newest first."""
    async with conn.cursor(row_factory=class_row(Row)) as cursor:
        await cursor.execute(
            f"""select {_ROW} from read_messages m where m.at >= %s and m.signals <> '{{}}'
                order by m.at desc, m.conversation_id, m.seq limit %s""",  # noqa: S608 a constant
            (since, limit),
        )
        return await cursor.fetchall()


async def one(conn: Connection, place: Place) -> Row | None:
    """A message that was read."""
    async with conn.cursor(row_factory=class_row(Row)) as cursor:
        await cursor.execute(
            f"select {_ROW} from read_messages m where m.conversation_id = %s and m.seq = %s",  # noqa: S608 a constant
            place,
        )
        return await cursor.fetchone()
