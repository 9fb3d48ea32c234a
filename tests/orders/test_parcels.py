"""Parcels of one order: each with its own scans, the newest first, however they were told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import psycopg
from orders.floor import SOCK, placed, put_on_shelf

from dangol.contracts.shopfloor.orders import ShipmentStatus
from dangol.contracts.shopfloor.shown import order_block
from dangol.kernel.clock import TurnedClock
from dangol.kernel.shop import Shop
from dangol.kernel.tools import ToolContext
from dangol.orders import api
from dangol.orders.views import order_views

Connection = psycopg.AsyncConnection[Any]


async def test_the_scans_of_each_parcel_come_newest_first(
    conn: Connection, shop: Shop, clock: TurnedClock, context: Callable[..., ToolContext], tmp_path: Path
) -> None:
    await put_on_shelf(conn, shop, tmp_path, clock.now())
    order = await placed(context(conn, shop, clock), {SOCK: 2})
    told: list[tuple[str, ShipmentStatus, int]] = [
        ("640000000002", "in_transit", 50), ("640000000001", "at_pickup", 10), ("640000000002", "at_pickup", 20),
        ("640000000001", "out_for_delivery", 60), ("640000000001", "in_transit", 30),
    ]  # fmt: skip
    for number, status, minutes in told:
        await api.record_shipment(
            conn, order, carrier="kr.cjlogistics", tracking_no=number, status=status,
            at=clock.now() + timedelta(minutes=minutes), now=clock.now(), last=False,
        )  # fmt: skip
    row = await api.order_row(conn, order)
    assert row
    for language in ("ko", "en"):
        shown = order_block((await order_views(conn, shop, [row], language))[0], language, shop.zone)
        assert {
            parcel.tracking_no: [scan.status for scan in parcel.events] for parcel in shown.shipments
        } == {
            "640000000001": ["out_for_delivery", "in_transit", "at_pickup"],
            "640000000002": ["in_transit", "at_pickup"],
        }


async def test_of_scans_of_one_minute_the_one_further_on_its_way_is_the_newest(
    conn: Connection, shop: Shop, clock: TurnedClock, context: Callable[..., ToolContext], tmp_path: Path
) -> None:
    await put_on_shelf(conn, shop, tmp_path, clock.now())
    order = await placed(context(conn, shop, clock), {SOCK: 1})
    way: tuple[ShipmentStatus, ...] = ("in_transit", "out_for_delivery", "delivered")
    for parcel, statuses in enumerate(permutations(way)):
        for status in statuses:
            await api.record_shipment(
                conn, order, carrier="kr.cjlogistics", tracking_no=f"64000000000{parcel}", status=status,
                at=clock.now(), now=clock.now(), last=False,
            )  # fmt: skip
    row = await api.order_row(conn, order)
    assert row
    view = (await order_views(conn, shop, [row], "ko"))[0]
    assert [tuple(scan.status for scan in parcel.events) for parcel in view.shipments] == [way[::-1]] * 6


async def test_what_is_there_or_comes_back_is_shown_to_arrive_on_no_day_to_come(
    conn: Connection, shop: Shop, clock: TurnedClock, context: Callable[..., ToolContext], tmp_path: Path
) -> None:
    await put_on_shelf(conn, shop, tmp_path, clock.now())
    order = await placed(context(conn, shop, clock), {SOCK: 1})
    day = (clock.now() + timedelta(days=3)).date()
    statuses: tuple[ShipmentStatus, ...] = ("in_transit", "delivered", "returned")
    for parcel, status in enumerate(statuses):
        await api.record_shipment(
            conn, order, carrier="kr.cjlogistics", tracking_no=f"64000000000{parcel}", status=status,
            at=clock.now(), now=clock.now(), eta=day, last=False,
        )  # fmt: skip
    row = await api.order_row(conn, order)
    assert row
    view = (await order_views(conn, shop, [row], "ko"))[0]
    shown = order_block(view, "ko", shop.zone)
    assert [parcel.eta for parcel in shown.shipments] == [day.isoformat(), None, None]
    assert [parcel.eta for parcel in view.shipments] == [day] * 3
