"""Every query of the knowledge room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row, dict_row

from dangol.knowledge.model import Article, Draft, Gap, GapState

_ARTICLE = "slug, language, title, tags, body, updated_at"
_GAP = "id, question, language, kind, product, conversation_id, times, state, first_asked_at, last_asked_at"


async def all_articles(conn: AsyncConnection[Any]) -> list[Article]:
    """Every article, in a stable order."""
    async with conn.cursor(row_factory=class_row(Article)) as cur:
        await cur.execute(f"SELECT {_ARTICLE} FROM articles ORDER BY slug, language")  # noqa: S608 a constant
        return await cur.fetchall()


async def article(conn: AsyncConnection[Any], slug: str, languages: Sequence[str]) -> Article | None:
    """The article of this slug in the first of these languages it was written in, else in any."""
    async with conn.cursor(row_factory=class_row(Article)) as cur:
        await cur.execute(
            f"""SELECT {_ARTICLE} FROM articles WHERE slug = %s
                ORDER BY coalesce(array_position(%s::text[], language), 1000), language LIMIT 1""",  # noqa: S608
            (slug, list(languages)),
        )
        return await cur.fetchone()


async def article_list(conn: AsyncConnection[Any]) -> list[dict[str, Any]]:
    """Slug, language, title and tags of every article."""
    async with conn.cursor(row_factory=dict_row) as cur:
        await cur.execute(
            "SELECT slug, language, title, tags, updated_at FROM articles ORDER BY slug, language"
        )
        return await cur.fetchall()


async def fingerprints(conn: AsyncConnection[Any]) -> dict[tuple[str, str], tuple[str, str, str]]:
    """Fingerprint, folder and file of every article, by slug and language."""
    async with conn.cursor() as cur:
        await cur.execute("SELECT slug, language, fingerprint, folder, file FROM articles FOR UPDATE")
        return {(row[0], row[1]): (row[2], row[3], row[4]) for row in await cur.fetchall()}


async def put_articles(
    conn: AsyncConnection[Any], drafts: Iterable[Draft], folder: str, now: datetime
) -> None:
    """Store articles, replacing those of the same slug and language."""
    async with conn.cursor() as cur:
        await cur.executemany(
            """INSERT INTO articles (slug, language, title, tags, body, folder, file, fingerprint, updated_at)
               VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
               ON CONFLICT (slug, language) DO UPDATE SET (title, tags, body, folder, file, fingerprint, updated_at)
                 = (excluded.title, excluded.tags, excluded.body, excluded.folder, excluded.file,
                    excluded.fingerprint, excluded.updated_at)""",
            [
                (d.slug, d.language, d.title, list(d.tags), d.body, folder, d.file, d.fingerprint, now)
                for d in drafts
            ],
        )


async def write_article(conn: AsyncConnection[Any], article: Article) -> None:
    """Store an article that staff wrote or changed; where it came from a file, the file stays its source."""
    async with conn.cursor() as cur:
        await cur.execute(
            """INSERT INTO articles (slug, language, title, tags, body, folder, file, fingerprint, updated_at)
               VALUES (%s, %s, %s, %s, %s, '', '', '', %s)
               ON CONFLICT (slug, language) DO UPDATE SET (title, tags, body, updated_at)
                 = (excluded.title, excluded.tags, excluded.body, excluded.updated_at)""",
            (article.slug, article.language, article.title, article.tags, article.body, article.updated_at),
        )


async def slugs_like(conn: AsyncConnection[Any], slug: str) -> set[str]:
    """The slugs that begin with this."""
    async with conn.cursor() as cur:
        await cur.execute("SELECT DISTINCT slug FROM articles WHERE starts_with(slug, %s)", (slug,))
        return {row[0] for row in await cur.fetchall()}


async def delete_articles(conn: AsyncConnection[Any], keys: Sequence[tuple[str, str]]) -> None:
    """Take articles down, by slug and language."""
    async with conn.cursor() as cur:
        await cur.execute(
            """DELETE FROM articles USING unnest(%s::text[], %s::text[]) AS gone(slug, language)
               WHERE articles.slug = gone.slug AND articles.language = gone.language""",
            ([slug for slug, _ in keys], [language for _, language in keys]),
        )


async def note_gap(
    conn: AsyncConnection[Any],
    *,
    question: str,
    key: str,
    language: str,
    kind: str,
    product: str | None,
    conversation_id: str,
    now: datetime,
) -> int:
    """The waiting gap of this question, written or counted up."""
    async with conn.cursor() as cur:
        await cur.execute(
            """INSERT INTO gaps (question, question_key, language, kind, product, conversation_id,
                                 words_of, first_asked_at, last_asked_at)
               VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
               ON CONFLICT (question_key, language, kind, coalesce(product, '')) WHERE state = 'open'
               DO UPDATE SET times = gaps.times + 1, last_asked_at = excluded.last_asked_at,
                             conversation_id = excluded.conversation_id
               RETURNING id""",
            (question, key, language, kind, product, conversation_id, conversation_id, now, now),
        )
        row = await cur.fetchone()
        if row is None:
            raise LookupError("a gap was neither written nor counted")
        return int(row[0])


async def gaps(conn: AsyncConnection[Any], state: GapState, limit: int) -> list[Gap]:
    """Gaps in a state, those asked most first."""
    async with conn.cursor(row_factory=class_row(Gap)) as cur:
        await cur.execute(
            f"SELECT {_GAP} FROM gaps WHERE state = %s ORDER BY times DESC, last_asked_at DESC LIMIT %s",  # noqa: S608
            (state, limit),
        )
        return await cur.fetchall()


async def close_gap(conn: AsyncConnection[Any], gap: int, now: datetime) -> bool:
    """Mark a waiting gap as answered; False when there is no such waiting gap."""
    async with conn.cursor() as cur:
        await cur.execute(
            "UPDATE gaps SET state = 'answered', answered_at = %s WHERE id = %s AND state = 'open'",
            (now, gap),
        )
        return cur.rowcount == 1


async def reopen_gaps(conn: AsyncConnection[Any], numbers: Sequence[int]) -> None:
    """Let answered gaps wait again, but for those that were asked anew since."""
    async with conn.cursor() as cur:
        await cur.execute(
            """UPDATE gaps SET state = 'open', answered_at = NULL WHERE id = ANY(%s) AND state = 'answered'
               AND NOT EXISTS (SELECT 1 FROM gaps other WHERE other.state = 'open'
                   AND (other.question_key, other.language, other.kind, coalesce(other.product, ''))
                     = (gaps.question_key, gaps.language, gaps.kind, coalesce(gaps.product, '')))""",
            (list(numbers),),
        )
