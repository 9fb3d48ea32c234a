"""Every query of what is foretold of orders under way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row

from dangol.outreach.model import OrderAtRisk, OrderOutlook

Connection = AsyncConnection[Any]


async def keep(conn: Connection, found: Sequence[OrderOutlook], now: datetime) -> None:
    """Keep what is foretold at this moment; what was told stays known."""
    async with conn.transaction(), conn.cursor() as cursor:
        await cursor.executemany(
            "insert into order_outlooks (order_number, share, promised, likely_from, likely_to, why, evidence, looked_at)"
            " values (%s, %s, %s, %s, %s, %s, %s, %s) on conflict (order_number) do update set share = excluded.share,"
            " promised = excluded.promised, likely_from = excluded.likely_from, likely_to = excluded.likely_to,"
            " why = excluded.why, evidence = excluded.evidence, looked_at = excluded.looked_at",
            [
                (one.order, one.share, one.promised, one.likely_from, one.likely_to, list(one.why), one.evidence, now)
                for one in found
            ],
        )  # fmt: skip
        await cursor.execute("delete from order_outlooks where told_at is null and looked_at < %s", (now,))


async def begin_telling(conn: Connection, order: str, points: int, now: datetime) -> bool:
    """Whether this order's shopper is to be told now: true once. Not where the carrier's own later day was told."""
    done = await conn.execute(
        "update order_outlooks set told_at = %s, points = %s where order_number = %s and told_at is null"
        " and not exists (select 1 from announcements where kind = 'shipment_late' and subject = %s)",
        (now, points, order, order),
    )
    return done.rowcount > 0


async def told(conn: Connection) -> set[str]:
    """Orders whose shoppers were told."""
    cursor = await conn.execute("select order_number from order_outlooks where told_at is not null")
    return {row[0] for row in await cursor.fetchall()}


async def share_of(conn: Connection, order: str) -> float:
    """How probably an order comes late; nothing known is nothing to fear."""
    cursor = await conn.execute("select share from order_outlooks where order_number = %s", (order,))
    row = await cursor.fetchone()
    return float(row[0]) if row else 0.0


async def at_risk(conn: Connection, share: float, limit: int) -> list[OrderAtRisk]:
    """Orders still under way that come late at least so probably, the likeliest and earliest promised first."""
    async with conn.cursor(row_factory=class_row(OrderAtRisk)) as cursor:
        await cursor.execute(
            "select l.order_number as order, l.share, l.promised, l.likely_from, l.likely_to, l.why, l.evidence,"
            " l.told_at, l.points, o.status, o.name, o.conversation_id"
            " from order_outlooks l join orders o on o.number = l.order_number"
            " where l.share >= %s and o.status in ('paid', 'preparing', 'partly_shipped', 'shipped')"
            " order by l.share desc, l.promised, l.order_number limit %s",
            (share, limit),
        )
        return await cursor.fetchall()


async def figures(conn: Connection, since: datetime, until: datetime, zone: str) -> tuple[int, int, int]:
    """Of the orders told of in a time: how many, how many arrived since, and late of these; days of this time zone."""
    cursor = await conn.execute(
        """select count(*), count(there.on_day), count(*) filter (where there.on_day > l.promised)
           from order_outlooks l join orders o on o.number = l.order_number
           left join lateral (select (max(e.at) at time zone %(zone)s)::date as on_day from shipments s
                join shipment_events e on e.shipment_id = s.id and e.status = 'delivered'
                where s.order_id = o.id and o.status in ('delivered', 'partly_refunded', 'refunded')) there on true
           where l.told_at >= %(since)s and l.told_at < %(until)s""",
        {"since": since, "until": until, "zone": zone},
    )
    row = await cursor.fetchone()
    assert row is not None
    return int(row[0]), int(row[1]), int(row[2])
