"""Every query of the walks with guides."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row, dict_row

from dangol.contracts.shopfloor.guides import EarlierWalk, NoteWalk
from dangol.customers import api as customers
from dangol.customers.api import Held
from dangol.kernel.person import Person
from dangol.kernel.tools import Shopper
from dangol.knowledge.walks import CARRIED, Walk

_HELD = {
    "guide_walks": "SELECT guide, language, product, path, outcome, begun_at, at FROM guide_walks"
    " WHERE customer_id = %(customer)s ORDER BY begun_at",
}


async def note(
    conn: AsyncConnection[Any], walk: str, shopper: Shopper, noted: NoteWalk, now: datetime
) -> None:
    """Begin a walk, or write down how far it has come; the same again changes nothing.

    A walk goes on in the conversation it is walked in, or in another one of the customer whose it is.
    """
    await conn.execute(
        """INSERT INTO guide_walks
           (walk, conversation_id, customer_id, guide, language, mark, product, path, outcome, begun_at, at)
           VALUES (%s, %s, %s, %s, %s, %s, nullif(%s, ''), %s, %s, %s, %s)
           ON CONFLICT (walk) DO UPDATE SET
             (conversation_id, customer_id, language, mark, path, outcome, at) =
             (excluded.conversation_id, coalesce(excluded.customer_id, guide_walks.customer_id),
              excluded.language, excluded.mark, excluded.path, excluded.outcome, excluded.at)
           WHERE guide_walks.conversation_id = excluded.conversation_id
              OR guide_walks.customer_id = excluded.customer_id""",
        (
            walk, shopper.conversation_id, shopper.proved_customer, noted.guide, noted.language, noted.mark,
            noted.product, list(noted.path), noted.outcome, now, now,
        ),
    )  # fmt: skip


async def last(conn: AsyncConnection[Any], customer_id: int, now: datetime) -> EarlierWalk | None:
    """The newest walk of a customer that did not solve it; of a guide walked more than once the last time counts."""
    async with conn.cursor(row_factory=dict_row) as cur:
        # of a step that was told last nobody knows whether it was tried, unless the guide came to its end with it
        await cur.execute(
            """SELECT * FROM (
                 SELECT DISTINCT ON (guide) walk, guide, language, coalesce(product, '') AS product, mark, path, outcome,
                        at, cardinality(path) - (outcome <> 'failed')::int AS tried
                 FROM guide_walks WHERE customer_id = %s AND at >= %s ORDER BY guide, at DESC, walk
               ) lately
               WHERE outcome IN ('open', 'left', 'person', 'failed') ORDER BY at DESC, walk LIMIT 1""",
            (customer_id, now - CARRIED),
        )
        row = await cur.fetchone()
    return EarlierWalk.model_validate(row) if row else None


async def count_of(conn: AsyncConnection[Any], customer_id: int) -> int:
    """How many walks are known to be a customer's."""
    cursor = await conn.execute("SELECT count(*) FROM guide_walks WHERE customer_id = %s", (customer_id,))
    row = await cursor.fetchone()
    return int(row[0]) if row else 0


async def forget_walkers(conn: AsyncConnection[Any], now: datetime) -> int:
    """Forget whose the walks were that nobody can go on with any more; how many."""
    cursor = await conn.execute(
        "UPDATE guide_walks SET customer_id = NULL WHERE customer_id IS NOT NULL AND at < %s",
        (now - CARRIED,),
    )
    return cursor.rowcount


async def held(conn: AsyncConnection[Any], person: Person) -> Held:
    """The walks known to be a person's."""
    return await customers.read_of(conn, _HELD, person)


async def erase(conn: AsyncConnection[Any], person: Person) -> int:
    """Forget which walks were a person's; what came of them stays in the figures."""
    gone = "UPDATE guide_walks SET customer_id = NULL WHERE customer_id = %(customer)s"
    return await customers.clear_of(conn, (gone,), person)


async def between(conn: AsyncConnection[Any], first: datetime, end: datetime) -> list[Walk]:
    """The walks begun from a moment up to another."""
    async with conn.cursor(row_factory=class_row(Walk)) as cur:
        await cur.execute(
            "SELECT guide, language, path, outcome FROM guide_walks WHERE begun_at >= %s AND begun_at < %s",
            (first, end),
        )
        return await cur.fetchall()
