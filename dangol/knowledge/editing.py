"""Articles edited by staff: the whole text anew, with every earlier version kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row

from dangol.kernel.errors import NotFound
from dangol.knowledge import records
from dangol.knowledge.markdown import sections
from dangol.knowledge.model import Article, Section
from dangol.knowledge.writing import ArticleChanged, NothingWritten, article

Connection = AsyncConnection[Any]


@dataclass(frozen=True, slots=True)
class Version:
    """What an article said at some time; `staff_id` is None where it came from a file or from an answer."""

    id: int
    slug: str
    language: str
    title: str
    tags: list[str]
    body: str
    staff_id: str | None
    at: datetime


async def articles(conn: Connection) -> list[Article]:
    """Every article in every language."""
    return await records.all_articles(conn)


def passages(body: str) -> list[Section]:
    """What the assistant can answer with, as it would cut this text."""
    return sections(body)


async def edit_article(
    conn: Connection, written: Article, *, expected: datetime | None, staff_id: str
) -> Article:
    """Write an article in one language; `expected` is when the text it was made from was written, None: no such text.

    What came from a file stays as it is now until the file itself is changed. Raises NothingWritten, ArticleChanged
    when somebody else was quicker.
    """
    if not sections(written.body):
        raise NothingWritten(article=written.slug)
    async with conn.transaction():
        await conn.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 0))", (f"{written.slug} {written.language}",)
        )
        standing = await article(conn, written.slug, written.language)
        if (standing.updated_at if standing else None) != expected:
            raise ArticleChanged(article=written.slug)
        if standing is not None and not await _is_kept(conn, standing):
            await _keep(conn, standing, None)
        await records.write_article(conn, written)
        await _keep(conn, written, staff_id)
    return written


async def remove_article(conn: Connection, slug: str, language: str) -> None:
    """Take an article down in one language; what it said stays among its versions. Raises NotFound."""
    async with conn.transaction():
        standing = await article(conn, slug, language)
        if standing is None:
            raise NotFound(article=slug)
        if not await _is_kept(conn, standing):
            await _keep(conn, standing, None)
        await records.delete_articles(conn, [(slug, language)])


async def versions(conn: Connection, standing: Article, most: int = 50) -> list[Version]:
    """What the article said before, newest first; the text that stands is none of them."""
    async with conn.cursor(row_factory=class_row(Version)) as cur:
        await cur.execute(
            "select * from article_versions where slug = %s and language = %s order by id desc limit %s",
            (standing.slug, standing.language, most + 1),
        )
        kept = await cur.fetchall()
    if kept and _same(kept[0], standing):
        kept = kept[1:]
    return kept[:most]


def _same(version: Version, standing: Article) -> bool:
    return (version.title, version.tags, version.body) == (standing.title, standing.tags, standing.body)


async def _is_kept(conn: Connection, standing: Article) -> bool:
    async with conn.cursor(row_factory=class_row(Version)) as cur:
        await cur.execute(
            "select * from article_versions where slug = %s and language = %s order by id desc limit 1",
            (standing.slug, standing.language),
        )
        newest = await cur.fetchone()
    return newest is not None and _same(newest, standing)


async def _keep(conn: Connection, text: Article, staff_id: str | None) -> None:
    await conn.execute(
        "insert into article_versions (slug, language, title, tags, body, staff_id, at)"
        " values (%s, %s, %s, %s, %s, %s, %s)",
        (text.slug, text.language, text.title, text.tags, text.body, staff_id, text.updated_at),
    )
