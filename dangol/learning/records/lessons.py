"""Queries of lessons: what staff say a message means, and the intents a shop has added."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from dangol.learning.model import Connection, Decided, Learned, Lesson, Marked, OwnIntent, Place, Verdict

_LESSON = (
    "id, conversation_id, seq, language, text, intents, entities, verdict, state, author, created_at,"
    " decided_by, decided_at"
)


async def add(
    conn: Connection,
    *,
    place: Place | None,
    language: str,
    text: str,
    intents: Sequence[str],
    entities: Sequence[Marked],
    verdict: Verdict,
    author: str,
    now: datetime,
) -> int:
    """Write a lesson; one that teaches waits for a decision, the others stand at once."""
    row = await (
        await conn.execute(
            """insert into lessons (conversation_id, seq, language, text, intents, entities, verdict, state, author,
                                    created_at)
               values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) returning id""",
            (
                *(place or (None, None)),
                language,
                text,
                list(intents),
                Jsonb([mark.model_dump() for mark in entities]),
                verdict,
                "proposed" if verdict == "teach" else "approved",
                author,
                now,
            ),
        )
    ).fetchone()
    assert row is not None
    return int(row[0])


async def lesson(conn: Connection, number: int, *, lock: bool = False) -> Lesson | None:
    """A lesson."""
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(
            f"select {_LESSON} from lessons where id = %s {'for update' if lock else ''}",  # noqa: S608 a constant
            (number,),
        )
        row = await cursor.fetchone()
        return Lesson.model_validate(row) if row else None


async def lessons(conn: Connection, state: Decided, limit: int) -> list[Lesson]:
    """Lessons in a state, the oldest first."""
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(
            f"select {_LESSON} from lessons where state = %s order by created_at, id limit %s",  # noqa: S608 a constant
            (state, limit),
        )
        return [Lesson.model_validate(row) for row in await cursor.fetchall()]


async def standing(conn: Connection, place: Place) -> Lesson | None:
    """The lesson of a message that waits or stands."""
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(
            f"""select {_LESSON} from lessons where conversation_id = %s and seq = %s
                and state in ('proposed', 'approved')""",  # noqa: S608 a constant
            place,
        )
        row = await cursor.fetchone()
        return Lesson.model_validate(row) if row else None


async def decide(conn: Connection, number: int, state: Decided, by: str, now: datetime) -> None:
    """Move a lesson to a state."""
    await conn.execute(
        "update lessons set state = %s, decided_by = %s, decided_at = %s where id = %s",
        (state, by, now, number),
    )


async def learned(conn: Connection) -> list[Learned]:
    """Every message the shop has taught, in the order taught."""
    cursor = await conn.execute(
        """select text, language, intents, entities from lessons
           where state = 'approved' and verdict = 'teach' order by id"""
    )
    return [
        Learned(row[0], row[1], tuple(row[2]), tuple(Marked.model_validate(mark) for mark in row[3]))
        for row in await cursor.fetchall()
    ]


async def own_intents(conn: Connection) -> list[OwnIntent]:
    """The intents this shop has added."""
    cursor = await conn.execute("select name, description from own_intents order by name")
    return [OwnIntent(name=row[0], description=row[1]) for row in await cursor.fetchall()]


async def add_intent(conn: Connection, intent: OwnIntent, by: str, now: datetime) -> bool:
    """Add an intent; False when there is one of this name."""
    cursor = await conn.execute(
        """insert into own_intents (name, description, created_by, created_at) values (%s, %s, %s, %s)
           on conflict (name) do nothing""",
        (intent.name, intent.description, by, now),
    )
    return cursor.rowcount == 1


async def drop_intent(conn: Connection, name: str) -> bool:
    """Drop an intent no lesson teaches; False where there is none or one is taught."""
    cursor = await conn.execute(
        """delete from own_intents where name = %(name)s and not exists (
               select 1 from lessons where %(name)s = any(intents) and state in ('proposed', 'approved'))""",
        {"name": name},
    )
    return cursor.rowcount == 1
