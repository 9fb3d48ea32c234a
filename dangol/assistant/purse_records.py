"""What was used and set aside of the allowances of language models: every query of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection

from dangol.assistant.state import Spent

Connection = AsyncConnection[Any]


@dataclass(frozen=True)
class Held:
    """What is set aside for a piece of work until a moment."""

    work: str
    conversation_id: str | None
    lapses: datetime
    most: Spent


async def one_at_a_time(conn: Connection) -> None:
    """Until the transaction ends nobody else sets anything aside, in whichever process."""
    await conn.execute("select pg_advisory_xact_lock(hashtextextended('model_reservations', 7))")


# one statement, one look: what is settled meanwhile is seen as set aside or as used, never as neither
_USED = """
with uses as (
    select tokens, cost, milliseconds, 1 as steps, true as of_today, conversation_id = %(talk)s as of_talk
    from all_model_uses where at >= %(since)s
    union all
    select tokens, cost, milliseconds, 1, false, true
    from all_model_uses where conversation_id = %(talk)s and at < %(since)s
    union all
    select tokens, cost, milliseconds, steps, true, conversation_id = %(talk)s
    from model_reservations where lapses > %(now)s and work <> %(work)s
), sums as (
    select whose, sum(tokens) as tokens, sum(cost) as cost, sum(milliseconds) as milliseconds, sum(steps) as steps
    from (select 'today' as whose, * from uses where of_today union all select 'talk', * from uses where of_talk) as told
    group by whose
)
select whose, coalesce(tokens, 0)::bigint, coalesce(cost, 0)::bigint, coalesce(milliseconds, 0)::bigint, steps::bigint
from sums
"""


async def used(
    conn: Connection, work: str, conversation_id: str | None, *, since: datetime, now: datetime
) -> tuple[Spent, Spent]:
    """What was used since a moment, and in a conversation at any time, with what others have set aside."""
    cursor = await conn.execute(_USED, {"talk": conversation_id, "since": since, "now": now, "work": work})
    found = {
        row[0]: Spent(tokens=row[1], cost=row[2], milliseconds=row[3], steps=row[4])
        for row in await cursor.fetchall()
    }
    return found.get("today", Spent()), found.get("talk", Spent())


async def hold(conn: Connection, held: Held, now: datetime) -> None:
    """Set this aside, in the place of what was set aside for the same work before; what lapsed by now is forgotten."""
    most = held.most
    await conn.execute("delete from model_reservations where lapses <= %s", (now,))
    await conn.execute(
        "insert into model_reservations (work, conversation_id, lapses, tokens, cost, milliseconds, steps)"
        " values (%s, %s, %s, %s, %s, %s, %s) on conflict (work) do update set lapses = excluded.lapses,"
        " tokens = excluded.tokens, cost = excluded.cost, milliseconds = excluded.milliseconds, steps = excluded.steps",
        (
            held.work, held.conversation_id, held.lapses,
            most.tokens, most.cost, most.milliseconds, most.steps,
        ),
    )  # fmt: skip


async def let_go(conn: Connection, work: str) -> None:
    """Nothing is set aside for this work any more."""
    await conn.execute("delete from model_reservations where work = %s", (work,))
