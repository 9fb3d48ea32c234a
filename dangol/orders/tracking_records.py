"""Every query of parcels that are followed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row

from dangol.contracts.shopfloor.orders import ShipmentStatus

Connection = AsyncConnection[Any]


@dataclass(frozen=True)
class Followed:
    """A parcel under way that is asked for."""

    id: int
    order_number: str
    carrier: str
    tracking_no: str
    status: ShipmentStatus
    eta: date | None
    ask_at: datetime | None
    attempts: int
    trouble: str | None


_FOLLOWED = (
    "select s.id, o.number as order_number, s.carrier, s.tracking_no, s.status, s.eta, s.ask_at, s.attempts,"
    " s.trouble from shipments s join orders o on o.id = s.order_id"
)


async def due_parcels(conn: Connection, now: datetime, limit: int = 200) -> list[Followed]:
    """Parcels to be asked for by now, longest due first."""
    return await _followed(conn, "s.ask_at <= %s order by s.ask_at limit %s", now, limit)


async def followed(conn: Connection, parcel_id: int) -> Followed | None:
    """A parcel as it is followed."""
    return next(iter(await _followed(conn, "s.id = %s", parcel_id)), None)


async def _followed(conn: Connection, where: str, *values: Any) -> list[Followed]:
    async with conn.cursor(row_factory=class_row(Followed)) as cursor:
        await cursor.execute(f"{_FOLLOWED} where {where}", values)
        return await cursor.fetchall()


async def stop_asking(conn: Connection, parcel_id: int) -> None:
    """Nobody follows this carrier's parcels: it is not asked for."""
    await conn.execute("update shipments set ask_at = null where id = %s", (parcel_id,))


async def put_off(conn: Connection, parcel_id: int, ask_at: datetime | None, trouble: str) -> None:
    """Nothing was heard of a parcel; it is asked for at a moment, or no more."""
    await conn.execute(
        "update shipments set attempts = attempts + 1, trouble = %s, ask_at = %s where id = %s",
        (trouble, ask_at, parcel_id),
    )


async def begin_silence(conn: Connection, parcel_id: int, before: datetime, now: datetime) -> datetime | None:
    """The last scan of a parcel, where it is older than a moment and its silence was not told yet; then it is."""
    cursor = await conn.execute(
        "update shipments s set silence_told_at = %s from (select max(at) as at from shipment_events"
        " where shipment_id = %s) last where s.id = %s and s.status not in ('delivered', 'returned')"
        " and last.at < %s and (s.silence_told_at is null or s.silence_told_at < last.at) returning last.at",
        (now, parcel_id, parcel_id, before),
    )
    row = await cursor.fetchone()
    return row[0] if row else None


async def set_heard(
    conn: Connection, parcel_id: int, status: ShipmentStatus, eta: date | None, ask_at: datetime | None
) -> None:
    """Write how a parcel stands, and when it is asked for next."""
    await conn.execute(
        "update shipments set status = %s, eta = coalesce(%s, eta), attempts = 0, trouble = null, ask_at = %s"
        " where id = %s",
        (status, eta, ask_at, parcel_id),
    )
