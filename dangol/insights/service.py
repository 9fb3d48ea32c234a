"""The verbs of the insights room: reckon who is likely to leave, expect, treat, look what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Literal

import numpy as np
from psycopg import AsyncConnection

from dangol.customers import api as customers
from dangol.insights import records
from dangol.insights.gathering import people_at, period_at
from dangol.insights.judging import Scored, judge, score
from dangol.insights.model import (
    Assumption,
    NobodyToTreat,
    Result,
    Run,
    ScoreRow,
    Segment,
    Tally,
    TooLittleHistory,
    Treatment,
    TreatmentOver,
)
from dangol.insights.rules import (
    SMALLEST_TREATMENT,
    Standing,
    at_stake,
    difference,
    horizon_for,
    left_out,
    reasons_of,
    return_on,
    segment_of,
)
from dangol.kernel.errors import NotFound
from dangol.kernel.ids import new_id
from dangol.kernel.shop import Shop
from dangol.orders import api as orders

Connection = AsyncConnection[Any]

_BATCH = 2_000
_QUIET_HOUR = 3  # of the shop's own night


async def reckon_nightly(conn: Connection, shop: Shop, now: datetime) -> bool:
    """Reckon once a day, from three at night on; whether it was done now."""
    run = await records.latest_run(conn)
    here = now.astimezone(shop.zone)
    if here.hour < _QUIET_HOUR or (run is not None and run.at.astimezone(shop.zone).date() == here.date()):
        return False
    await reckon(conn, shop, now)
    return True


async def reckon(conn: Connection, shop: Shop, now: datetime) -> Run:
    """Tell anew who is likely to leave, and how well that can be told; with too little history, say so and keep nothing.

    Four times every customer's purchases are added up by the database: as of today and of one, two and three horizons ago.
    """
    apart = await customers.set_apart(conn)
    trouble: dict[str, Any] | None = None
    report: dict[str, Any] | None = None
    rows: Iterator[ScoreRow] = iter(())
    horizon: int | None = None
    try:
        today = await people_at(conn, now, shop.time_zone, apart)
        oldest = float(today.tenure.max()) if len(today) else 0.0
        horizon = horizon_for(today.shop_gap(), oldest)
        span = timedelta(days=horizon)
        past = [await period_at(conn, now - ago * span, span, shop.time_zone, apart) for ago in (3, 2, 1)]
        judged = await asyncio.to_thread(judge, past, horizon)
        if judged.proof.auc.low <= 0.5:
            raise TooLittleHistory(reason="no_better", people=judged.proof.people, auc=judged.proof.auc.value)
        report = judged.model_dump(mode="json")
        scored = await asyncio.to_thread(score, today, past[-1], judged)
        points = await customers.expiring_points(conn, now, now + span)
        rows = _rows(scored, points, horizon)
    except TooLittleHistory as no:
        trouble = dict(no.details)
    async with conn.transaction():
        refused = frozenset(await customers.set_apart(conn))  # whoever left or refused meanwhile
        many = await records.replace_scores(conn, _in_batches(rows, refused))
        await records.note_run(conn, now, horizon, many, trouble, report)
    run = await records.latest_run(conn)
    assert run is not None
    return run


async def _in_batches(rows: Iterator[ScoreRow], refused: frozenset[int]) -> AsyncIterator[list[ScoreRow]]:
    """Some thousands at a time, made beside the loop that serves shoppers."""
    while batch := await asyncio.to_thread(lambda: list(islice(rows, _BATCH))):
        yield [row for row in batch if row.customer_id not in refused]


def _rows(scored: Scored, points: dict[int, int], horizon: int) -> Iterator[ScoreRow]:
    people = scored.people
    gaps = people.usual_gap(np.nan)
    for place in range(len(people)):
        one = _standing(scored, gaps, place, points)
        segment = segment_of(one, horizon)
        raised: dict[str, float] = (
            {why: float(column[place]) for why, column in scored.raised.items()} if segment else {}
        )
        yield ScoreRow(
            customer_id=one.customer,
            probability=one.probability,
            segment=segment,
            at_stake=at_stake(one, horizon),
            basket=round(one.value / one.orders),
            reasons=reasons_of(one, raised) if segment else [],
        )


def _standing(scored: Scored, gaps: Any, place: int, points: dict[int, int]) -> Standing:
    people = scored.people
    trouble, gap = people.trouble_ago[place], gaps[place]
    whole = {
        name: int(getattr(people, name)[place])
        for name in (
            "visits", "orders", "discounted", "value", "year_value", "late", "returned", "complained", "unhappy",
        )
    }  # fmt: skip
    return Standing(
        customer=int(people.id[place]),
        probability=round(float(scored.probability[place]), 4),
        recency=int(people.recency[place]),
        gap=None if np.isnan(gap) else max(1, round(float(gap))),
        trouble_ago=int(trouble) if np.isfinite(trouble) else None,
        points=points.get(int(people.id[place]), 0),
        **whole,
    )


async def expect(
    conn: Connection, segment: Segment, low: float, high: float, who: str, now: datetime
) -> Assumption:
    """Write down what the merchant expects of treating a segment (shares), until a hold-out has measured it."""
    one = Assumption(segment, min(low, high), max(low, high), who, now)
    await records.set_assumption(conn, one)
    return one


async def begin_treatment(
    conn: Connection,
    shop: Shop,
    segment: Segment,
    action: str,
    share_held_out: float,
    cost: int,
    margin: float,
    who: str,
    now: datetime,
) -> Treatment:
    """Begin treating a segment, some left out by chance to compare with; nothing is sent, people do what is to be done.

    Whoever is in a treatment already, or set apart, is in none. Raises TooLittleHistory, NobodyToTreat.
    """
    run = await records.latest_run(conn)
    if run is None or run.horizon is None or run.trouble is not None:
        raise TooLittleHistory(reason="no_scores")
    async with conn.transaction():
        await records.lock_treatments(conn)
        apart = {*await customers.set_apart(conn), *await records.under_treatment(conn, now)}
        chosen = [each.customer_id for each in await records.people(conn, segment, sorted(apart), None, 0)]
        if len(chosen) < SMALLEST_TREATMENT:
            raise NobodyToTreat(people=len(chosen), needed=SMALLEST_TREATMENT)
        one = Treatment(
            id=new_id("tr"),
            segment=segment,
            action=action,
            share_held_out=share_held_out,
            cost=cost,
            margin=margin,
            currency=shop.currency,
            started_by=who,
            started_at=now,
            ends_at=now + timedelta(days=run.horizon),
            stopped_at=None,
        )
        await records.insert_treatment(conn, one, chosen, left_out(one.id, chosen, share_held_out))
    return one


async def stop_treatment(conn: Connection, treatment_id: str, now: datetime) -> Treatment:
    """End a treatment before its time. Raises NotFound, TreatmentOver."""
    found = await _treatment(conn, treatment_id)
    if not await records.stop_treatment(conn, treatment_id, now):
        raise TreatmentOver()
    return await _treatment(conn, found.id)


async def _treatment(conn: Connection, treatment_id: str) -> Treatment:
    found = await records.treatment(conn, treatment_id)
    if found is None:
        raise NotFound()
    return found


async def results(conn: Connection, now: datetime) -> list[Result]:
    """Every treatment with what came of it so far, newest first."""
    apart = await customers.set_apart(conn)
    return [await _result(conn, one, apart, now) for one in await records.treatments(conn)]


async def _result(conn: Connection, one: Treatment, apart: list[int], now: datetime) -> Result:
    treated, control = await records.groups(conn, one.id, apart)
    bought = {
        each.customer_id: each
        for each in await orders.bought_by(conn, [*treated, *control], one.started_at, one.until(now))
    }
    ours, theirs = _tally(treated, bought), _tally(control, bought)
    if one.stopped_at is None and one.ends_at > now:
        return Result(one, "running", ours, theirs, None, None)
    state: Literal["stopped", "over"] = "stopped" if one.stopped_at else "over"
    effect = difference((ours.bought, ours.people), (theirs.bought, theirs.people))
    if effect is None:
        return Result(one, state, ours, theirs, None, None)
    worth = round((ours.value + theirs.value) / max(1, ours.bought + theirs.bought))
    extra = effect.gain * ours.people
    return Result(
        one, state, ours, theirs, effect, return_on(extra, worth, one.margin, one.cost, ours.people)
    )


def _tally(group: list[int], bought: dict[int, orders.Bought]) -> Tally:
    theirs = [bought[each] for each in group if each in bought]
    return Tally(
        people=len(group),
        bought=len(theirs),
        orders=sum(each.orders for each in theirs),
        value=sum(each.value for each in theirs),
    )


async def treated_people(conn: Connection, treatment_id: str) -> tuple[Treatment, list[int]]:
    """Whom to treat; never those left out. Raises NotFound."""
    one = await _treatment(conn, treatment_id)
    treated, _ = await records.groups(conn, treatment_id, await customers.set_apart(conn))
    return one, treated
