"""Following parcels: which are to be asked for, what comes of an answer, when they are asked for again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from psycopg import AsyncConnection

from dangol.contracts.shopfloor.orders import ShipmentStatus
from dangol.contracts.tracker import ParcelReport
from dangol.orders import records, service, tracking_records
from dangol.orders.model import OrderRow
from dangol.orders.rules import LIFE, next_status
from dangol.orders.tracking_records import Followed

Connection = AsyncConnection[Any]

MOST_TRIES = 12
"""A parcel nobody could say anything of so often is not asked for any more."""
OVER: frozenset[ShipmentStatus] = frozenset({"delivered", "returned"})
_EVERY: dict[ShipmentStatus, timedelta] = {
    "out_for_delivery": timedelta(minutes=30),
    "attempt_failed": timedelta(hours=2),
    "in_transit": timedelta(hours=2),
}
_SELDOM = timedelta(hours=4)
_LONGEST = timedelta(hours=12)
_FIRST = timedelta(minutes=10)


def again(status: ShipmentStatus, now: datetime) -> datetime | None:
    """When a parcel that stands so is asked for next; None: it is there, or on its way back."""
    wait: timedelta = _EVERY.get(status, _SELDOM)
    return None if status in OVER else now + wait


def after_trouble(attempts: int, now: datetime, *, asked_for: int = 0) -> datetime | None:
    """When it is tried again after so many failures, not before the seconds asked for; None: it is given up."""
    if attempts >= MOST_TRIES:
        return None
    doubled: timedelta = _FIRST * 2 ** min(attempts, 10)
    return now + max(min(_LONGEST, doubled), timedelta(seconds=asked_for))


async def note_trouble(
    conn: Connection, parcel: Followed, trouble: str, now: datetime, *, asked_for: int = 0
) -> None:
    """Nothing was heard of a parcel; it is asked for again later, and no more in the end."""
    ask_at = after_trouble(parcel.attempts + 1, now, asked_for=asked_for)
    await tracking_records.put_off(conn, parcel.id, ask_at, trouble)


async def take_report(conn: Connection, parcel: Followed, report: ParcelReport, now: datetime) -> None:
    """Write what a carrier told; the order follows, and the shopper is told of the newest scan alone.

    Told again it changes nothing. An order of which more parcels are to come waits for staff to say the last one.
    """
    async with conn.transaction():
        order = await service.locked(conn, parcel.order_number)
        news = [
            scan
            for scan in sorted(report.scans, key=lambda scan: scan.at)
            if await records.add_scan(conn, parcel.id, scan.at, scan.status, scan.place, scan.text)
        ]
        changed = report.status != parcel.status
        if changed and not report.scans:
            await records.add_scan(conn, parcel.id, now, report.status, "", "")
        await tracking_records.set_heard(
            conn, parcel.id, report.status, report.eta, again(report.status, now)
        )
        await _follow(conn, order, parcel, now)
        told = {"carrier": parcel.carrier, "tracking_no": parcel.tracking_no}
        if changed:
            place = news[-1].place if news else ""
            details = {**told, "status": report.status, "place": place}
            await service.tell(conn, "shipment_moved", order, now, details)
        if _is_late(order, parcel, report):
            await service.tell(conn, "shipment_late", order, now, {**told, "eta": str(report.eta)})


async def tell_silence(conn: Connection, parcel: Followed, quiet: timedelta, now: datetime) -> None:
    """Tell of a parcel that was scanned nowhere for so long, before anybody has to ask; once a silence."""
    async with conn.transaction():
        order = await service.locked(conn, parcel.order_number)
        since = await tracking_records.begin_silence(conn, parcel.id, now - quiet, now)
        if since is not None:
            told = {"carrier": parcel.carrier, "tracking_no": parcel.tracking_no, "since": since.isoformat()}
            await service.tell(conn, "shipment_silent", order, now, told)


def _is_late(order: OrderRow, parcel: Followed, report: ParcelReport) -> bool:
    """Whether the carrier now names a day after the one the shopper counts on."""
    promised = parcel.eta or order.expected_to
    return (
        report.eta is not None
        and promised is not None
        and report.eta > promised
        and report.status not in OVER
    )


async def _follow(conn: Connection, order: OrderRow, parcel: Followed, now: datetime) -> None:
    """The order goes on with its parcels: on its way once one has left, there once all are."""
    statuses = [row.status for row in (await records.shipments_of(conn, [order.id]))[order.id]]
    left = any(status != "information_received" for status in statuses)
    there = all(status == "delivered" for status in statuses)
    status = order.status
    for event, due in (("ship", left and status != "partly_shipped"), ("deliver", there)):
        if due and event in LIFE[status]:
            status = next_status(order.number, status, event, "system")
            await records.set_status(conn, order.id, status)
            details = {"tracking_no": parcel.tracking_no}
            await records.add_event(conn, order.id, event, "system", now, details)
