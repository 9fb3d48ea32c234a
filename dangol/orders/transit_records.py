"""How long parcels took and how they stand: what a forecast of late orders is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row

from dangol.contracts.shopfloor.orders import OrderStatus

Connection = AsyncConnection[Any]

# a country with the first two figures of the postcode: in Korea a part of a province, elsewhere much the same
_ZONE = "coalesce(o.address->>'country', '') || '-' || left(coalesce(o.address->>'postcode', ''), 2)"


@dataclass(frozen=True)
class DeliveredParcels:
    """Delivered parcels alike: zone, carrier, weekday of dispatch (0: Monday), days taken, longest days without a scan."""

    zone: str
    carrier: str
    weekday: int
    days: int
    pause: int
    count: int


@dataclass(frozen=True)
class DispatchedOrders:
    """Dispatched orders alike: weekday of payment (0: Monday), days until the first parcel left."""

    weekday: int
    days: int
    count: int


@dataclass(frozen=True)
class ParcelUnderway:
    """A parcel under way with the promise of its order; without one (`carrier` None) an order that has not left.

    `since` is when it left (or was paid), `scanned` the last scan.
    """

    order: str
    status: OrderStatus
    customer_id: int | None
    zone: str
    carrier: str | None
    since: datetime
    scanned: datetime | None
    promised: date
    parcel_eta: date | None


async def delivered_parcels(conn: Connection, since: datetime, zone: str) -> list[DeliveredParcels]:
    """Parcels delivered since a moment, counted by what they have in common; days of this time zone."""
    async with conn.cursor(row_factory=class_row(DeliveredParcels)) as cursor:
        await cursor.execute(
            f"""with scans as (
                  select s.id, s.carrier, {_ZONE} as zone, e.at, e.status,
                         e.at - lag(e.at) over (partition by s.id order by e.at) as pause
                  from shipments s join orders o on o.id = s.order_id join shipment_events e on e.shipment_id = s.id
                  where s.status = 'delivered' and o.placed_at >= %(since)s),
                trips as (
                  select carrier, zone, (min(at) at time zone %(zone)s)::date as left_on,
                         (max(at) filter (where status = 'delivered') at time zone %(zone)s)::date as there_on,
                         max(pause) as pause
                  from scans group by id, carrier, zone)
                select zone, carrier, extract(isodow from left_on)::int - 1 as weekday, there_on - left_on as days,
                       coalesce(floor(extract(epoch from pause) / 86400), 0)::int as pause, count(*)::int as count
                from trips where there_on >= left_on group by 1, 2, 3, 4, 5""",  # noqa: S608
            {"since": since, "zone": zone},
        )
        return await cursor.fetchall()


async def dispatched_orders(conn: Connection, since: datetime, zone: str) -> list[DispatchedOrders]:
    """Orders paid since a moment that left, counted by weekday and days until then."""
    async with conn.cursor(row_factory=class_row(DispatchedOrders)) as cursor:
        await cursor.execute(
            """with first as (
                 select (o.paid_at at time zone %(zone)s)::date as paid_on,
                        (min(e.at) at time zone %(zone)s)::date as left_on
                 from orders o join shipments s on s.order_id = o.id join shipment_events e on e.shipment_id = s.id
                 where o.paid_at >= %(since)s group by o.id)
               select extract(isodow from paid_on)::int - 1 as weekday, left_on - paid_on as days, count(*)::int as count
               from first where left_on >= paid_on group by 1, 2""",
            {"since": since, "zone": zone},
        )
        return await cursor.fetchall()


async def parcels_under_way(conn: Connection, promised_from: date) -> list[ParcelUnderway]:
    """What is to arrive by a day from this one on and has not: parcels, and orders with something that has not left."""
    async with conn.cursor(row_factory=class_row(ParcelUnderway)) as cursor:
        await cursor.execute(
            f"""select o.number as order, o.status, o.customer_id, {_ZONE} as zone, s.carrier, min(e.at) as since,
                       max(e.at) as scanned, o.expected_to as promised, s.eta as parcel_eta
                from orders o join shipments s on s.order_id = o.id join shipment_events e on e.shipment_id = s.id
                where o.status in ('partly_shipped', 'shipped') and o.expected_to >= %(from)s
                  and s.status not in ('delivered', 'returned')
                group by o.id, s.id
                union all
                select o.number, o.status, o.customer_id, {_ZONE}, null, o.paid_at, null, o.expected_to, null
                from orders o where o.status in ('paid', 'preparing', 'partly_shipped') and o.paid_at is not null
                  and o.expected_to >= %(from)s""",  # noqa: S608
            {"from": promised_from},
        )
        return await cursor.fetchall()


async def arrived_between(conn: Connection, begin: datetime, end: datetime) -> list[str]:
    """Orders that are delivered and whose last parcel was in a time, oldest first."""
    cursor = await conn.execute(
        """select o.number from shipment_events e join shipments s on s.id = e.shipment_id join orders o on o.id = s.order_id
           where e.status = 'delivered' and e.at > %s and e.at <= %s and o.status = 'delivered'
             and not exists (select 1 from shipment_events l join shipments m on m.id = l.shipment_id
                             where m.order_id = o.id and l.status = 'delivered' and l.at > e.at)
           group by o.number order by min(e.at), o.number""",
        (begin, end),
    )
    return [row[0] for row in await cursor.fetchall()]


async def note_likely(conn: Connection, number: str, earliest: date | None, latest: date | None) -> None:
    """Keep between which days an order is now likely to come, for whoever asks where it is."""
    await conn.execute(
        "update orders set likely_from = %s, likely_to = %s where number = %s", (earliest, latest, number)
    )
