"""Queries of trained understandings: every version kept, and which one reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dangol.learning.model import Connection


@dataclass(frozen=True)
class Version:
    """A trained understanding: its card, its figures before and after, and whether it reads now."""

    version: int
    made_at: datetime
    card: dict[str, Any]
    figures: dict[str, Any]
    reads: bool


@dataclass(frozen=True)
class Published:
    """The understanding that reads: its card and its weights."""

    version: int
    card: dict[str, Any]
    weights: bytes


_READS = "(select p.version from published_understandings p order by p.id desc limit 1)"


async def keep(
    conn: Connection, card: dict[str, Any], figures: dict[str, Any], weights: bytes, now: datetime
) -> int:
    """Keep a trained understanding; returns its version."""
    row = await (
        await conn.execute(
            "insert into understandings (made_at, card, figures, weights) values (%s, %s, %s, %s) returning version",
            (now, Jsonb(card), Jsonb(figures), weights),
        )
    ).fetchone()
    assert row is not None
    return int(row[0])


async def publish(conn: Connection, version: int | None, by: str, now: datetime) -> bool:
    """Let this version read from now on (None: the one that comes with the release); False where there is none."""
    cursor = await conn.execute(
        """insert into published_understandings (version, by, at) select %(version)s::integer, %(by)s, %(now)s
           where %(version)s::integer is null
              or exists (select 1 from understandings where version = %(version)s)""",
        {"version": version, "by": by, "now": now},
    )
    return cursor.rowcount == 1


async def published(conn: Connection) -> Published | None:
    """The version that reads; None: the one that comes with the release."""
    async with conn.cursor(row_factory=class_row(Published)) as cursor:
        await cursor.execute(
            f"select version, card, weights from understandings where version = {_READS}"  # noqa: S608 a constant
        )
        return await cursor.fetchone()


async def versions(conn: Connection) -> list[Version]:
    """Every version, the newest first."""
    async with conn.cursor(row_factory=class_row(Version)) as cursor:
        await cursor.execute(
            f"""select version, made_at, card, figures, version is not distinct from {_READS} as reads
                from understandings order by version desc"""  # noqa: S608 a constant
        )
        return await cursor.fetchall()


async def before_last(conn: Connection) -> tuple[bool, int | None]:
    """(is there one, the version that read before the one that reads now; None: the one that comes with the release)."""
    history = await conn.execute("select version from published_understandings order by id")
    read = [None, *(row[0] for row in await history.fetchall())]
    earlier = [version for version in read if version != read[-1]]
    return bool(earlier), earlier[-1] if earlier else None
