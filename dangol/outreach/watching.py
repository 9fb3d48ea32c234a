"""Looking at every order under way: which will come late, and telling their shoppers once, before the day is over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from psycopg import AsyncConnection

from dangol.customers import api as customers
from dangol.kernel.shop import Shop
from dangol.orders import api as orders
from dangol.orders.api import ParcelUnderway
from dangol.outreach import outlook_records
from dangol.outreach.lateness import Dispatches, History, Outlook, Trips, Underway
from dangol.outreach.model import OrderOutlook

Connection = AsyncConnection[Any]

KNOWN_FOR = timedelta(days=180)
"""Older parcels say little of how long one takes today."""
WORTH_A_LOOK = 0.3
"""From this probability staff see an order among those at risk."""
_STILL = timedelta(days=14)
"""So long after the promised day an order is still looked at; what is older was never told to have arrived."""


async def load_history(conn: Connection, shop: Shop, now: datetime) -> History:
    """What the shop's own delivered parcels tell, as of this moment."""
    since, zone = now - KNOWN_FOR, shop.time_zone
    trips = await orders.delivered_parcels(conn, since, zone)
    left = await orders.dispatched_orders(conn, since, zone)
    return History(
        (Trips(one.zone, one.carrier, one.weekday, one.days, one.pause, one.count) for one in trips),
        (Dispatches(one.weekday, one.days, one.count) for one in left),
    )


async def watch_orders(conn: Connection, shop: Shop, history: History, now: datetime) -> int:
    """Foretell every order under way and tell those whose shoppers should know; how many were told."""
    today = now.astimezone(shop.zone).date()
    under_way = await orders.parcels_under_way(conn, today - _STILL)
    found = foretold(history, under_way, shop, now)
    worth = {one.order: one for one in found if one.share >= WORTH_A_LOOK}
    await outlook_records.keep(conn, list(worth.values()), now)
    for number in await outlook_records.told(conn) & worth.keys():
        await orders.note_likely(conn, number, worth[number].likely_from, worth[number].likely_to)
    if shop.outreach.late_from is None:
        return 0
    told = 0
    owners = {one.order: one.customer_id for one in under_way}
    for one in worth.values():
        if one.share >= shop.outreach.late_from and one.likely_to > max(one.promised, today):
            told += await _tell(conn, shop, one, owners[one.order], now)
    return told


def foretold(
    history: History, under_way: Iterable[ParcelUnderway], shop: Shop, now: datetime
) -> list[OrderOutlook]:
    """Each order's outlook; an order comes with its slowest parcel."""
    slowest: dict[str, OrderOutlook] = {}
    for parcel in under_way:
        outlook = _of(history, parcel, shop, now)
        before = slowest.get(parcel.order)
        if outlook is not None and (before is None or outlook.share > before.share):
            slowest[parcel.order] = outlook
    return list(slowest.values())


def _of(history: History, parcel: ParcelUnderway, shop: Shop, now: datetime) -> OrderOutlook | None:
    today, left = now.astimezone(shop.zone).date(), parcel.since.astimezone(shop.zone).date()
    silent = (now - parcel.scanned).days if parcel.scanned else 0
    seen = history.outlook(
        Underway(
            zone=parcel.zone,
            carrier=parcel.carrier,
            weekday=left.weekday(),
            passed=(today - left).days - 1,  # it may still come today
            allowed=(parcel.promised - left).days,
            silent=silent,
        )
    )
    return _dated(parcel, seen, left) if seen is not None else None


def _dated(parcel: ParcelUnderway, seen: Outlook, left: date) -> OrderOutlook:
    return OrderOutlook(
        order=parcel.order,
        share=seen.share,
        promised=parcel.promised,
        likely_from=left + timedelta(days=seen.earliest),
        likely_to=left + timedelta(days=seen.latest),
        why=seen.why,
        evidence=seen.evidence,
    )


async def _tell(
    conn: Connection, shop: Shop, one: OrderOutlook, customer_id: int | None, now: datetime
) -> bool:
    """Write that the shopper is to be told, with the gift the shop's policy has for it; once an order."""
    points = shop.outreach.late_points if customer_id is not None and shop.points else 0
    async with conn.transaction():
        order = await orders.locked_order(conn, one.order)
        if not await outlook_records.begin_telling(conn, one.order, points, now):
            return False
        if points and customer_id is not None:
            expires = customers.expiry(shop, now)
            await customers.grant_points(
                conn, customer_id, points, cause=f"late:{one.order}", expires=expires, now=now
            )
        await orders.note_likely(conn, one.order, one.likely_from, one.likely_to)
        details = {
            "promised": str(one.promised),
            "likely_from": str(one.likely_from),
            "likely_to": str(one.likely_to),
            "evidence": one.evidence,
            "points": points,
            "state": "left" if order.status in ("shipped", "partly_shipped") else "here",
        }
        await orders.announce_order(conn, "order_at_risk", one.order, details, now)
    return True
