"""Articles written or changed by staff, one at a time, with the way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection

from dangol.kernel.errors import NotFound, Refused
from dangol.knowledge import records
from dangol.knowledge.guides import check_guide
from dangol.knowledge.markdown import sections
from dangol.knowledge.model import Article
from dangol.knowledge.reading import slugify

_LONGEST_SLUG = 60


class ArticleChanged(Refused):
    """The article is not as it was when this was decided."""

    code = "stale"


class NothingWritten(Refused):
    """An article needs some text."""

    code = "empty"
    status = 422


async def article(conn: AsyncConnection[Any], slug: str, language: str) -> Article | None:
    """The article of this slug in this very language."""
    found = await records.article(conn, slug, [language])
    return found if found is not None and found.language == language else None


async def add_article(
    conn: AsyncConnection[Any],
    *,
    title: str,
    body: str,
    language: str,
    slug: str | None,
    tags: Sequence[str] = (),
    now: datetime,
) -> Article:
    """A new article under a free slug made of its title; with `slug`, one more language of an article.

    Raises NothingWritten, BrokenGuide, ArticleChanged when it stands in this language already.
    """
    if not sections(body):
        raise NothingWritten(article=title)
    if slug is None:
        slug = await _free_slug(conn, title)
    elif await article(conn, slug, language) is not None:
        raise ArticleChanged(article=slug)
    check_guide(tags, body)
    written = Article(slug, language, title, list(tags), body, now)
    await records.write_article(conn, written)
    return written


async def extend_article(
    conn: AsyncConnection[Any], slug: str, language: str, addition: str, now: datetime
) -> tuple[Article, Article]:
    """Put a section at the end of an article; returns it as it was and as it is.

    What came from a file stays as it is now until the file itself is changed. Raises NotFound, NothingWritten, BrokenGuide.
    """
    if not sections(addition):
        raise NothingWritten(article=slug)
    before = await article(conn, slug, language)
    if before is None:
        raise NotFound(article=slug)
    after = replace(before, body=f"{before.body.rstrip()}\n\n{addition.strip()}\n", updated_at=now)
    check_guide(after.tags, after.body)
    await records.write_article(conn, after)
    return before, after


async def put_back(
    conn: AsyncConnection[Any],
    slug: str,
    language: str,
    written: str,
    before: tuple[str, list[str], str] | None,
    now: datetime,
) -> None:
    """Undo: the article as (title, tags, body) `before`, or none; `written` is the body that is to be undone.

    Raises ArticleChanged when somebody has changed the article since.
    """
    standing = await article(conn, slug, language)
    if standing is None or standing.body != written:
        raise ArticleChanged(article=slug)
    if before is None:
        await records.delete_articles(conn, [(slug, language)])
        return
    title, tags, body = before
    await records.write_article(conn, Article(slug, language, title, tags, body, now))


async def _free_slug(conn: AsyncConnection[Any], title: str) -> str:
    wanted = slugify(title)[:_LONGEST_SLUG].strip("-") or "answer"
    taken = await records.slugs_like(conn, wanted)
    number, slug = 1, wanted
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug
