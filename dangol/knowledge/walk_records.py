"""Every query of the walks with guides."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row

from dangol.contracts.shopfloor.guides import NoteWalk
from dangol.knowledge.walks import Walk


async def note(
    conn: AsyncConnection[Any], walk: str, conversation_id: str, noted: NoteWalk, now: datetime
) -> None:
    """Begin a walk, or write down how far it has come; the same again changes nothing."""
    await conn.execute(
        """INSERT INTO guide_walks (walk, conversation_id, guide, language, product, path, outcome, begun_at, at)
           VALUES (%s, %s, %s, %s, nullif(%s, ''), %s, %s, %s, %s)
           ON CONFLICT (walk) DO UPDATE SET (path, outcome, at) = (excluded.path, excluded.outcome, excluded.at)
           WHERE guide_walks.conversation_id = excluded.conversation_id""",
        (
            walk, conversation_id, noted.guide, noted.language, noted.product, list(noted.path), noted.outcome,
            now, now,
        ),
    )  # fmt: skip


async def between(conn: AsyncConnection[Any], first: datetime, end: datetime) -> list[Walk]:
    """The walks begun from a moment up to another."""
    async with conn.cursor(row_factory=class_row(Walk)) as cur:
        await cur.execute(
            "SELECT guide, language, path, outcome FROM guide_walks WHERE begun_at >= %s AND begun_at < %s",
            (first, end),
        )
        return await cur.fetchall()
