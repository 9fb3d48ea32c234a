"""Every query on what articles said before."""

from __future__ import annotations

from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row

from dangol.knowledge.model import Article, Version


async def hold(conn: AsyncConnection[Any], slug: str, language: str) -> None:
    """Let nobody else write this article until the transaction ends."""
    await conn.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (f"{slug} {language}",))


async def newest(conn: AsyncConnection[Any], slug: str, language: str, most: int) -> list[Version]:
    """The versions of an article, newest first."""
    async with conn.cursor(row_factory=class_row(Version)) as cur:
        await cur.execute(
            """SELECT id, slug, language, title, tags, body, staff_id, at FROM article_versions
               WHERE slug = %s AND language = %s ORDER BY id DESC LIMIT %s""",
            (slug, language, most),
        )
        return await cur.fetchall()


async def keep(conn: AsyncConnection[Any], text: Article, staff_id: str | None) -> None:
    """Keep a text as a version."""
    await conn.execute(
        """INSERT INTO article_versions (slug, language, title, tags, body, staff_id, at)
           VALUES (%s, %s, %s, %s, %s, %s, %s)""",
        (text.slug, text.language, text.title, text.tags, text.body, staff_id, text.updated_at),
    )
