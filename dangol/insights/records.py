"""Every query of the insights room."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import args_row, class_row
from psycopg.types.json import Jsonb

from dangol.insights.model import Assumption, Run, ScoreRow, Segment, SegmentFigures, Treatment

Connection = AsyncConnection[Any]

_SCORE = "customer_id, probability, segment, at_stake, basket, reasons"
_TREATMENT = (
    "id, segment, action, share_held_out, cost, margin, currency, started_by, started_at, ends_at, stopped_at"
)


async def latest_run(conn: Connection) -> Run | None:
    """The last reckoning; None before the first."""
    async with conn.cursor(row_factory=class_row(Run)) as cursor:
        await cursor.execute(
            "select id, at, horizon, scored, trouble, report from churn_runs order by id desc limit 1"
        )
        return await cursor.fetchone()


async def replace_scores(conn: Connection, batches: AsyncIterator[list[ScoreRow]]) -> int:
    """Put new scores in the place of the old; how many. Inside a transaction."""
    await conn.execute("lock table churn_scores in share row exclusive mode")
    await conn.execute("delete from churn_scores")
    many = 0
    async with (
        conn.cursor() as cursor,
        cursor.copy(f"copy churn_scores ({_SCORE}) from stdin") as copy,
    ):
        async for batch in batches:
            for row in batch:
                await copy.write_row(
                    (
                        row.customer_id, row.probability, row.segment, row.at_stake, row.basket, Jsonb(row.reasons),
                    )
                )  # fmt: skip
            many += len(batch)
    return many


async def note_run(
    conn: Connection,
    at: datetime,
    horizon: int | None,
    scored: int,
    trouble: dict[str, Any] | None,
    report: dict[str, Any] | None,
) -> None:
    """Write down what a reckoning came to; the last hundred are kept."""
    await conn.execute(
        "insert into churn_runs (at, horizon, scored, trouble, report) values (%s, %s, %s, %s, %s)",
        (at, horizon, scored, Jsonb(trouble) if trouble else None, Jsonb(report) if report else None),
    )
    await conn.execute("delete from churn_runs where id <= (select max(id) - 100 from churn_runs)")


async def segments(conn: Connection, apart: Sequence[int]) -> list[SegmentFigures]:
    """The segments with somebody in them, those set apart left out."""
    async with conn.cursor(row_factory=args_row(SegmentFigures)) as cursor:
        await cursor.execute(
            "select segment, count(*), sum(at_stake)::bigint, round(avg(basket))::bigint from churn_scores"
            " where segment is not null and customer_id <> all(%s) group by segment",
            (list(apart),),
        )
        return await cursor.fetchall()


async def people(
    conn: Connection, segment: Segment, apart: Sequence[int], limit: int | None, offset: int
) -> list[ScoreRow]:
    """People of a segment, those with most at stake first."""
    async with conn.cursor(row_factory=class_row(ScoreRow)) as cursor:
        await cursor.execute(
            f"select {_SCORE} from churn_scores where segment = %s and customer_id <> all(%s)"  # noqa: S608
            " order by at_stake desc, customer_id limit %s offset %s",
            (segment, list(apart), limit, offset),
        )
        return await cursor.fetchall()


async def scores_of(conn: Connection, customers: Sequence[int]) -> list[ScoreRow]:
    """The scores of these customers, as far as they have one."""
    async with conn.cursor(row_factory=class_row(ScoreRow)) as cursor:
        await cursor.execute(
            f"select {_SCORE} from churn_scores where customer_id = any(%s)",  # noqa: S608
            (list(customers),),
        )
        return await cursor.fetchall()


async def assumptions(conn: Connection) -> dict[Segment, Assumption]:
    """What the merchant expects, segment by segment."""
    async with conn.cursor(row_factory=class_row(Assumption)) as cursor:
        await cursor.execute("select segment, low, high, set_by, set_at from churn_assumptions")
        return {each.segment: each for each in await cursor.fetchall()}


async def set_assumption(conn: Connection, one: Assumption) -> None:
    """Expect this from now on."""
    await conn.execute(
        "insert into churn_assumptions (segment, low, high, set_by, set_at) values (%s, %s, %s, %s, %s)"
        " on conflict (segment) do update set low = excluded.low, high = excluded.high, set_by = excluded.set_by,"
        " set_at = excluded.set_at",
        (one.segment, one.low, one.high, one.set_by, one.set_at),
    )


async def drop_assumption(conn: Connection, segment: Segment) -> bool:
    """Expect nothing any more; False when nothing was expected."""
    done = await conn.execute("delete from churn_assumptions where segment = %s", (segment,))
    return done.rowcount > 0


async def lock_treatments(conn: Connection) -> None:
    """Let nobody else begin a treatment until the transaction ends: one person is in one at a time."""
    await conn.execute("select pg_advisory_xact_lock(hashtextextended('treatments', 43))")


async def under_treatment(conn: Connection, now: datetime) -> list[int]:
    """Whoever is in a treatment that runs, treated or held out."""
    cursor = await conn.execute(
        "select t.customer_id from treated t join treatments s on s.id = t.treatment_id"
        " where s.stopped_at is null and s.ends_at > %s",
        (now,),
    )
    return [row[0] for row in await cursor.fetchall()]


async def insert_treatment(
    conn: Connection, one: Treatment, customers: Sequence[int], held_out: frozenset[int]
) -> None:
    """Begin a treatment of these customers. Inside a transaction."""
    await conn.execute(
        f"insert into treatments ({_TREATMENT}) values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",  # noqa: S608
        (
            one.id, one.segment, one.action, one.share_held_out, one.cost, one.margin, one.currency, one.started_by,
            one.started_at, one.ends_at, one.stopped_at,
        ),
    )  # fmt: skip
    async with (
        conn.cursor() as cursor,
        cursor.copy("copy treated (treatment_id, customer_id, held_out) from stdin") as copy,
    ):
        for customer in customers:
            await copy.write_row((one.id, customer, customer in held_out))


async def treatments(conn: Connection, limit: int = 50) -> list[Treatment]:
    """Treatments, newest first."""
    async with conn.cursor(row_factory=class_row(Treatment)) as cursor:
        await cursor.execute(
            f"select {_TREATMENT} from treatments order by started_at desc, id limit %s",  # noqa: S608
            (limit,),
        )
        return await cursor.fetchall()


async def treatment(conn: Connection, treatment_id: str) -> Treatment | None:
    """One treatment."""
    async with conn.cursor(row_factory=class_row(Treatment)) as cursor:
        await cursor.execute(f"select {_TREATMENT} from treatments where id = %s", (treatment_id,))  # noqa: S608
        return await cursor.fetchone()


async def stop_treatment(conn: Connection, treatment_id: str, now: datetime) -> bool:
    """End a treatment before its time; False when it was over."""
    done = await conn.execute(
        "update treatments set stopped_at = %s where id = %s and stopped_at is null and ends_at > %s",
        (now, treatment_id, now),
    )
    return done.rowcount > 0


async def groups(conn: Connection, treatment_id: str, apart: Sequence[int]) -> tuple[list[int], list[int]]:
    """(treated, held out) of a treatment, those set apart left out."""
    cursor = await conn.execute(
        "select customer_id, held_out from treated where treatment_id = %s and customer_id <> all(%s)"
        " order by customer_id",
        (treatment_id, list(apart)),
    )
    rows = await cursor.fetchall()
    return [who for who, held in rows if not held], [who for who, held in rows if held]


async def held_out_now(conn: Connection, customers: Sequence[int], now: datetime) -> frozenset[int]:
    """Of these customers, those a running treatment leaves out."""
    cursor = await conn.execute(
        "select t.customer_id from treated t join treatments s on s.id = t.treatment_id where t.held_out"
        " and s.stopped_at is null and s.ends_at > %s and t.customer_id = any(%s)",
        (now, list(customers)),
    )
    return frozenset(row[0] for row in await cursor.fetchall())
