"""Queries of past enquiries that were taken over, and of what they propose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from psycopg.rows import class_row

from dangol.learning.model import Connection


@dataclass(frozen=True)
class Enquiry:
    """A past enquiry, masked; `row` is where it stood in its file."""

    fingerprint: str
    source: str
    row: int
    text: str
    answer: str
    language: str
    tag: str


@dataclass(frozen=True)
class Stored:
    """A stored enquiry, as grouping needs it."""

    id: int
    text: str
    language: str
    tag: str


@dataclass(frozen=True)
class Group:
    """Enquiries that ask much the same; `reading` is the intent most are read as, `share` how many of those looked at,
    `unanswered` how many of the examples no article answers."""

    id: int
    title: str
    language: str
    size: int
    examples: list[str]
    tag: str
    reading: str | None
    share: float
    unanswered: int
    state: str


async def add(conn: Connection, enquiries: Sequence[Enquiry], now: datetime) -> int:
    """Store enquiries not stored before; returns how many were new."""
    new = 0
    for one in enquiries:
        cursor = await conn.execute(
            """insert into enquiries (fingerprint, source, row, text, answer, language, tag, imported_at)
               values (%s, %s, %s, %s, %s, %s, %s, %s) on conflict (fingerprint) do nothing""",
            (one.fingerprint, one.source, one.row, one.text, one.answer, one.language, one.tag, now),
        )
        new += cursor.rowcount
    return new


async def stored(conn: Connection, most: int) -> list[Stored]:
    """The enquiries taken over last."""
    async with conn.cursor(row_factory=class_row(Stored)) as cursor:
        await cursor.execute(
            "select id, text, language, tag from enquiries order by id desc limit %s", (most,)
        )
        return await cursor.fetchall()


async def put_group(
    conn: Connection,
    *,
    key: str,
    title: str,
    language: str,
    members: Sequence[int],
    examples: Sequence[int],
    tag: str,
    reading: str | None,
    share: float,
    unanswered: int,
    now: datetime,
) -> None:
    """Propose a group; one that was decided about keeps its decision."""
    await conn.execute(
        """insert into enquiry_groups (key, title, language, members, examples, tag, reading, share, unanswered, made_at)
           values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
           on conflict (key) do update set (members, examples, tag, reading, share, unanswered, made_at)
             = (excluded.members, excluded.examples, excluded.tag, excluded.reading, excluded.share,
                excluded.unanswered, excluded.made_at)""",
        (key, title, language, list(members), list(examples), tag, reading, share, unanswered, now),
    )


async def drop_open_groups(conn: Connection) -> None:
    """Make room for new proposals."""
    await conn.execute("delete from enquiry_groups where state = 'open'")


async def groups(conn: Connection, state: str, limit: int) -> list[Group]:
    """Proposals in a state, the largest first."""
    async with conn.cursor(row_factory=class_row(Group)) as cursor:
        await cursor.execute(
            """select g.id, g.title, g.language, cardinality(g.members) as size,
                      array(select e.text from unnest(g.examples) with ordinality as x (id, place)
                            join enquiries e using (id) order by x.place) as examples,
                      g.tag, g.reading, g.share, g.unanswered, g.state
               from enquiry_groups g where g.state = %s order by cardinality(g.members) desc, g.id limit %s""",
            (state, limit),
        )
        return await cursor.fetchall()


async def settle(conn: Connection, number: int, state: str, by: str, now: datetime) -> bool:
    """Decide about a proposal, or open it again; False where there is none."""
    cursor = await conn.execute(
        "update enquiry_groups set state = %s, decided_by = %s, decided_at = %s where id = %s",
        (state, by, now, number),
    )
    return cursor.rowcount == 1
