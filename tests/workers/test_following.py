"""Parcels under way are asked for, with an end to trying; what is heard moves the order and is told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from orders.floor import SHOE, placed
from payments.till import Till
from workers.test_chores import do_all, pay

from dangol.contracts.shopfloor.orders import ShipmentStatus
from dangol.contracts.tracker import ParcelReport, ParcelScan, ParcelUnknown, TrackerUnreachable
from dangol.orders import api as orders
from dangol.server.workers.chores import Chores

CARRIER, NUMBER = "kr.cjlogistics", "123456789012"


class Book:
    """A tracker whose answers are written down beforehand."""

    name = "book"

    def __init__(self) -> None:
        self.says: ParcelReport | Exception = ParcelUnknown()
        self.asked = 0

    def follows(self, carrier: str) -> bool:
        return carrier == CARRIER

    async def where(self, carrier: str, tracking_no: str) -> ParcelReport:
        self.asked += 1
        if isinstance(self.says, Exception):
            raise self.says
        return self.says


def following(chores: Chores) -> tuple[Chores, Book]:
    book = Book()
    return Chores(replace(chores._floor, trackers=(book,))), book


async def sent(till: Till, chores: Chores, status: ShipmentStatus = "information_received") -> str:
    number = await placed(till.ctx, {SHOE: 1})
    await pay(till, number)
    await do_all(chores)
    now = till.clock.now()
    await orders.record_shipment(
        till.conn, number, carrier=CARRIER, tracking_no=NUMBER, status=status, at=now, now=now
    )
    await do_all(chores)
    return number


def scan(at: datetime, status: ShipmentStatus, place: str = "부산") -> ParcelScan:
    return ParcelScan(at=at, status=status, place=place, text="")


async def test_the_order_follows_what_the_carrier_tells(till: Till, chores: Chores, desk: Any) -> None:
    chores, book = following(chores)
    number = await sent(till, chores)
    desk.notices.clear()
    start = till.clock.now()
    scans = (scan(start, "in_transit"), scan(start + timedelta(hours=3), "out_for_delivery"))
    book.says = ParcelReport(status="out_for_delivery", scans=scans)
    till.clock.advance(timedelta(hours=5))
    for _ in range(2):
        await do_all(chores)
    assert await till.status(number) == "shipped"
    assert len(desk.said()) == 1
    till.clock.advance(timedelta(minutes=31))
    book.says = ParcelReport(status="delivered", scans=(*scans, scan(till.clock.now(), "delivered")))
    await do_all(chores)
    assert await till.status(number) == "delivered"
    asked = book.asked
    till.clock.advance(timedelta(days=2))
    await do_all(chores)
    assert book.asked == asked


async def test_a_later_day_than_promised_is_told_once(till: Till, chores: Chores, desk: Any) -> None:
    chores, book = following(chores)
    number = await sent(till, chores)
    desk.notices.clear()
    late = date(2026, 12, 24)
    book.says = ParcelReport(status="in_transit", eta=late, scans=(scan(till.clock.now(), "in_transit"),))
    for _ in range(3):
        till.clock.advance(timedelta(hours=5))
        await do_all(chores)
    assert len([said for said in desk.said() if "12월 24일" in said]) == 1
    view = await orders.order_view(till.conn, till.ctx.shop, number, "ko")
    assert view.shipments[0].eta == late


async def test_a_parcel_that_is_scanned_nowhere_is_told_of_once_a_silence(
    till: Till, chores: Chores, desk: Any
) -> None:
    chores, book = following(chores)
    await sent(till, chores)
    for _ in range(2):  # a new scan, and nothing after it
        desk.notices.clear()
        moved = till.clock.now()
        book.says = ParcelReport(status="in_transit", scans=(scan(moved, "in_transit"),))
        for hours in (5, 60, 10, 30, 30):
            till.clock.advance(timedelta(hours=hours))
            await do_all(chores)
            silent = [said for said in desk.said() if "이후로 올라오지 않았어요" in said]
            assert len(silent) == (till.clock.now() - moved > timedelta(hours=72))


async def test_no_silence_is_told_of_what_arrived(till: Till, chores: Chores, desk: Any) -> None:
    chores, book = following(chores)
    await sent(till, chores)
    book.says = ParcelReport(status="delivered", scans=(scan(till.clock.now(), "delivered"),))
    for _ in range(4):
        till.clock.advance(timedelta(hours=40))
        await do_all(chores)
    assert not [said for said in desk.said() if "이후로" in said]


async def test_nobody_is_asked_for_ever(till: Till, chores: Chores) -> None:
    chores, book = following(chores)
    await sent(till, chores)
    for says in (TrackerUnreachable(), ParcelUnknown()):
        book.says = says
        before = book.asked
        for _ in range(40):
            till.clock.advance(timedelta(hours=13))
            await do_all(chores)
        assert 0 < book.asked - before <= 12 or before == book.asked == 12
    row = await (await till.conn.execute("select ask_at, trouble from shipments")).fetchone()
    assert row == (None, "tracker_unreachable")


async def test_an_answer_begins_the_count_anew_and_a_wish_to_be_left_is_kept(
    till: Till, chores: Chores
) -> None:
    chores, book = following(chores)
    await sent(till, chores)
    book.says = TrackerUnreachable(after=7200)
    till.clock.advance(timedelta(hours=5))
    await do_all(chores)
    asked = book.asked
    till.clock.advance(timedelta(minutes=60))
    await do_all(chores)
    assert book.asked == asked
    book.says = ParcelReport(status="in_transit", scans=(scan(till.clock.now(), "in_transit"),))
    till.clock.advance(timedelta(minutes=90))
    await do_all(chores)
    row = await (await till.conn.execute("select attempts, trouble from shipments")).fetchone()
    assert row == (0, None)


async def test_where_nobody_follows_a_carrier_nothing_is_asked(till: Till, chores: Chores) -> None:
    await sent(till, chores)
    till.clock.advance(timedelta(hours=5))
    await do_all(chores)
    row = await (await till.conn.execute("select ask_at, attempts from shipments")).fetchone()
    assert row == (None, 0)


async def test_more_parcels_to_come_keep_the_order_open(till: Till, chores: Chores) -> None:
    chores, book = following(chores)
    number = await placed(till.ctx, {SHOE: 1})
    await pay(till, number)
    await do_all(chores)
    now = till.clock.now()
    await orders.record_shipment(
        till.conn, number, carrier=CARRIER, tracking_no=NUMBER, status="in_transit", at=now, now=now, last=False
    )  # fmt: skip
    book.says = ParcelReport(status="delivered", scans=(scan(now, "delivered"),))
    till.clock.advance(timedelta(hours=5))
    await do_all(chores)
    assert await till.status(number) == "partly_shipped"
