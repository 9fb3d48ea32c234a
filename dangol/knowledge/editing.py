"""Articles edited by staff: the whole text anew, with every earlier version kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from psycopg import AsyncConnection

from dangol.kernel.errors import NotFound
from dangol.knowledge import records, version_records
from dangol.knowledge.guides import check_guide
from dangol.knowledge.markdown import sections
from dangol.knowledge.model import Article, Section, Version
from dangol.knowledge.writing import ArticleChanged, NothingWritten, article

Connection = AsyncConnection[Any]


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

    What came from a file stays as it is now until the file itself is changed. Raises NothingWritten, BrokenGuide,
    ArticleChanged when somebody else was quicker.
    """
    if not sections(written.body):
        raise NothingWritten(article=written.slug)
    check_guide(written.tags, written.body)
    async with conn.transaction():
        await version_records.hold(conn, written.slug, written.language)
        standing = await article(conn, written.slug, written.language)
        if (standing.updated_at if standing else None) != expected:
            raise ArticleChanged(article=written.slug)
        if standing is not None and not await _is_kept(conn, standing):
            await version_records.keep(conn, standing, None)
        await records.write_article(conn, written)
        await version_records.keep(conn, written, staff_id)
    return written


async def remove_article(conn: Connection, slug: str, language: str) -> None:
    """Take an article down in one language; what it said stays among its versions. Raises NotFound."""
    async with conn.transaction():
        standing = await article(conn, slug, language)
        if standing is None:
            raise NotFound(article=slug)
        if not await _is_kept(conn, standing):
            await version_records.keep(conn, standing, None)
        await records.delete_articles(conn, [(slug, language)])


async def versions(conn: Connection, standing: Article, most: int = 50) -> list[Version]:
    """What the article said before, newest first; the text that stands is none of them."""
    kept = await version_records.newest(conn, standing.slug, standing.language, most + 1)
    if kept and _same(kept[0], standing):
        kept = kept[1:]
    return kept[:most]


def _same(version: Version, standing: Article) -> bool:
    return (version.title, version.tags, version.body) == (standing.title, standing.tags, standing.body)


async def _is_kept(conn: Connection, standing: Article) -> bool:
    newest = await version_records.newest(conn, standing.slug, standing.language, 1)
    return bool(newest) and _same(newest[0], standing)
