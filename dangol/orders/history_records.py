"""What customers bought, added up customer by customer: for figures over all of them, never for one conversation."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import args_row

from dangol.kernel.person import Counted

Connection = AsyncConnection[Any]

_BATCH = 5_000
_BOUGHT = "customer_id is not null and status not in ('pending_payment', 'cancelled')"


@dataclass(frozen=True)
class Purchases:
    """One customer's purchases before a moment. `visits` are days on which something was bought, `recent` those since
    another moment; `value` and `year_value` (the last 365 days) are what orders came to, in minor units."""

    customer_id: int
    first_at: datetime
    last_at: datetime
    visits: int
    recent: int
    orders: int
    discounted: int
    value: int
    year_value: int


@dataclass(frozen=True)
class Bought:
    """What one customer bought in a span of time."""

    customer_id: int
    orders: int
    value: int


async def purchases(
    conn: Connection, until: datetime, recent_from: datetime, zone: str
) -> AsyncIterator[list[Purchases]]:
    """Every customer who bought before `until`, by rising id, some thousands at a time; inside a transaction."""
    async with conn.cursor("purchases", row_factory=args_row(Purchases)) as cursor:
        cursor.itersize = _BATCH
        await cursor.execute(
            f"""select customer_id, min(placed_at), max(placed_at), count(distinct (placed_at at time zone %(zone)s)::date),
                       count(distinct (placed_at at time zone %(zone)s)::date) filter (where placed_at >= %(recent)s),
                       count(*), count(*) filter (where discount > 0 or coupons <> '{{}}'),
                       sum(total)::bigint, coalesce(sum(total) filter (where placed_at >= %(year)s), 0)::bigint
                from orders where {_BOUGHT} and placed_at < %(until)s
                group by customer_id order by customer_id""",  # noqa: S608
            {"until": until, "recent": recent_from, "zone": zone, "year": until - timedelta(days=365)},
        )
        while batch := await cursor.fetchmany(_BATCH):
            yield batch


async def bought_between(conn: Connection, since: datetime, until: datetime) -> list[int]:
    """Who bought in a span of time, by rising id."""
    cursor = await conn.execute(
        f"select distinct customer_id from orders where {_BOUGHT} and placed_at >= %s and placed_at < %s order by 1",  # noqa: S608
        (since, until),
    )
    return [row[0] for row in await cursor.fetchall()]


async def bought_by(
    conn: Connection, customers: Sequence[int], since: datetime, until: datetime
) -> list[Bought]:
    """What these customers bought in a span of time; who bought nothing is left out."""
    async with conn.cursor(row_factory=args_row(Bought)) as cursor:
        await cursor.execute(
            f"select customer_id, count(*), sum(total)::bigint from orders where {_BOUGHT} and customer_id = any(%s)"  # noqa: S608
            " and placed_at >= %s and placed_at < %s group by customer_id",
            (list(customers), since, until),
        )
        return await cursor.fetchall()


async def first_purchase_on(conn: Connection, zone: str) -> date | None:
    """The day of the shop's first order by a customer; None before there was one."""
    cursor = await conn.execute(
        f"select (min(placed_at) at time zone %s)::date from orders where {_BOUGHT}",  # noqa: S608
        (zone,),
    )
    row = await cursor.fetchone()
    return row[0] if row else None


async def late_parcels(conn: Connection, until: datetime, zone: str) -> Counted:
    """Orders that arrived after the day they were promised for, by customer, with the latest arrival."""
    cursor = await conn.execute(
        """with delivered as (
               select s.order_id, min(e.at) as at from shipment_events e join shipments s on s.id = e.shipment_id
               where e.status = 'delivered' group by s.order_id)
           select o.customer_id, count(*), max(d.at) from delivered d join orders o on o.id = d.order_id
           where o.customer_id is not null and d.at < %(until)s
             and (d.at at time zone %(zone)s)::date > o.expected_to
           group by o.customer_id""",
        {"until": until, "zone": zone},
    )
    return {row[0]: (row[1], row[2]) for row in await cursor.fetchall()}


async def usual_goods(conn: Connection, customers: Sequence[int], most: int = 2) -> dict[int, list[str]]:
    """What each of these customers bought most often, by title, at least twice."""
    cursor = await conn.execute(
        """select customer_id, title from (
               select o.customer_id, min(l.title) as title, count(*) as times,
                      row_number() over (partition by o.customer_id order by count(*) desc, max(o.placed_at) desc) as place
               from orders o join order_lines l on l.order_id = o.id
               where o.customer_id = any(%s) and o.status not in ('pending_payment', 'cancelled')
               group by o.customer_id, l.product having count(*) > 1) often
           where place <= %s order by customer_id, place""",
        (list(customers), most),
    )
    found: dict[int, list[str]] = {}
    for customer, title in await cursor.fetchall():
        found.setdefault(customer, []).append(title)
    return found
