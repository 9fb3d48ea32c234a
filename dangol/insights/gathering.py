"""What the rooms below know of customers, put side by side as of a moment."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import numpy as np
from psycopg import AsyncConnection

from dangol.helpdesk import api as helpdesk
from dangol.insights.judging import Period
from dangol.insights.people import People, counted_for, nobody
from dangol.kernel.person import Counted
from dangol.orders import api as orders
from dangol.returns import api as returns

Connection = AsyncConnection[Any]

_RECENT = timedelta(days=90)
_DAY = 86_400.0
_FIGURES = ("visits", "recent", "orders", "discounted", "value", "year_value")


async def people_at(conn: Connection, until: datetime, zone: str, apart: list[int]) -> People:
    """Everybody who had bought before a moment but those set apart, known only by what had happened by then.

    Returns and cancellations of later days are not seen; an order that was cancelled at any time counts as none.
    """
    parts: list[People] = []
    async with conn.transaction():
        async for batch in orders.purchases(conn, until, until - _RECENT, zone):
            parts.append(_columns(batch, until))
    everybody = _joined(parts)
    chosen = everybody.only(~np.isin(everybody.id, np.array(apart, dtype=np.int64)))
    return _with_trouble(
        chosen,
        until,
        late=await orders.late_parcels(conn, until, zone),
        returned=await returns.returns_of_ours(conn, until),
        complained=await helpdesk.complaints(conn, until),
        unhappy=await helpdesk.low_ratings(conn, until),
    )


async def period_at(
    conn: Connection, until: datetime, horizon: timedelta, zone: str, apart: list[int]
) -> Period:
    """Everybody as of a moment, with who bought in the horizon after it."""
    bought = await orders.bought_between(conn, until, until + horizon)
    return Period(await people_at(conn, until, zone, apart), np.array(bought, dtype=np.int64))


def _columns(batch: list[orders.Purchases], until: datetime) -> People:
    zeros = np.zeros(len(batch))
    figures = {name: np.array([getattr(one, name) for one in batch], dtype=np.float64) for name in _FIGURES}
    return People(
        id=np.array([one.customer_id for one in batch], dtype=np.int64),
        tenure=np.array([(until - one.first_at).total_seconds() / _DAY for one in batch]),
        recency=np.array([(until - one.last_at).total_seconds() / _DAY for one in batch]),
        late=zeros,
        returned=zeros,
        complained=zeros,
        unhappy=zeros,
        trouble_ago=np.full(len(batch), np.inf),
        **figures,
    )


def _joined(parts: list[People]) -> People:
    if not parts:
        return nobody()
    names = nobody().__dict__
    return People(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in names})


def _with_trouble(people: People, until: datetime, **counts: Counted) -> People:
    columns = dict(people.__dict__)
    ago = columns["trouble_ago"]
    for name, counted in counts.items():
        columns[name] = counted_for(people.id, {who: times for who, (times, _) in counted.items()})
        last = {who: (until - at).total_seconds() / _DAY for who, (_, at) in counted.items()}
        ago = np.minimum(ago, counted_for(people.id, last, np.inf))
    return People(**{**columns, "trouble_ago": ago})
