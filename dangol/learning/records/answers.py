"""Queries of answers that staff suggest for the shop's articles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from dangol.learning.model import Connection, Decided, Place, SuggestedAnswer

_ANSWER = (
    "id, question, answer, language, title, article, changes, gaps, state, author, created_at, decided_by, decided_at,"
    " conversation_id as conversation"
)


async def keep(
    conn: Connection,
    *,
    conversation: str,
    once: str,
    question: str,
    answer: str,
    language: str,
    title: str,
    author: str,
    now: datetime,
) -> None:
    """Write what staff answered in a conversation as a suggestion, once by this name."""
    await conn.execute(
        """insert into suggested_answers (question, answer, language, title, changes, state, author, created_at,
                                          conversation_id, once)
           values (%s, %s, %s, %s, false, 'proposed', %s, %s, %s, %s) on conflict (once) do nothing""",
        (question, answer, language, title, author, now, conversation, once),
    )


async def add(
    conn: Connection,
    *,
    question: str,
    answer: str,
    language: str,
    title: str,
    article: str | None,
    changes: bool,
    gaps: Sequence[int],
    places: Sequence[Place],
    author: str,
    now: datetime,
) -> int:
    """Write a suggestion, with the messages it answers."""
    row = await (
        await conn.execute(
            """insert into suggested_answers (question, answer, language, title, article, changes, gaps, state, author,
                                              created_at)
               values (%s, %s, %s, %s, %s, %s, %s, 'proposed', %s, %s) returning id""",
            (question, answer, language, title, article, changes, list(gaps), author, now),
        )
    ).fetchone()
    assert row is not None
    await conn.execute(
        """insert into answered_messages (answer_id, conversation_id, seq)
           select %s, m.conversation_id, m.seq from unnest(%s::text[], %s::integer[]) as given (conversation_id, seq)
           join read_messages m using (conversation_id, seq) on conflict do nothing""",
        (row[0], [place[0] for place in places], [place[1] for place in places]),
    )
    return int(row[0])


async def answer(conn: Connection, number: int, *, lock: bool = False) -> SuggestedAnswer | None:
    """A suggestion."""
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(
            f"select {_ANSWER} from suggested_answers where id = %s {'for update' if lock else ''}",  # noqa: S608
            (number,),
        )
        row = await cursor.fetchone()
        return SuggestedAnswer.model_validate(row) if row else None


async def before(conn: Connection, number: int) -> dict[str, Any] | None:
    """The article as it stood before a suggestion changed it, and what was written."""
    row = await (
        await conn.execute("select before from suggested_answers where id = %s", (number,))
    ).fetchone()
    return row[0] if row else None


async def answers(conn: Connection, state: Decided, limit: int) -> list[SuggestedAnswer]:
    """Suggestions in a state, the oldest first."""
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(
            f"select {_ANSWER} from suggested_answers where state = %s order by created_at, id limit %s",  # noqa: S608
            (state, limit),
        )
        return [SuggestedAnswer.model_validate(row) for row in await cursor.fetchall()]


async def reword(
    conn: Connection,
    number: int,
    *,
    question: str,
    answer: str,
    title: str,
    article: str | None,
    changes: bool,
) -> None:
    """Change the words of a suggestion that waits, and where it goes."""
    await conn.execute(
        "update suggested_answers set question = %s, answer = %s, title = %s, article = %s, changes = %s"
        " where id = %s and state = 'proposed'",
        (question, answer, title, article, changes, number),
    )


async def decide(
    conn: Connection,
    number: int,
    state: Decided,
    by: str,
    now: datetime,
    *,
    article: str | None,
    before: dict[str, Any] | None,
) -> None:
    """Move a suggestion to a state."""
    await conn.execute(
        """update suggested_answers set state = %s, decided_by = %s, decided_at = %s, article = %s, before = %s
           where id = %s""",
        (state, by, now, article, Jsonb(before) if before is not None else None, number),
    )


async def messages_of(conn: Connection, number: int) -> list[Place]:
    """The messages a suggestion answers."""
    cursor = await conn.execute(
        "select conversation_id, seq from answered_messages where answer_id = %s order by conversation_id, seq",
        (number,),
    )
    return [(row[0], row[1]) for row in await cursor.fetchall()]
