"""An order that will come late: foretold from the shop's own parcels, told once with an apology and real choices."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

from orders.floor import SHOE, placed
from payments.till import Till
from workers.test_chores import do_all, mails, pay
from workers.test_following import CARRIER, sent

from dangol.customers import api as customers
from dangol.kernel.facts import NoticeGiven
from dangol.orders import api as orders
from dangol.outreach import api as outreach
from dangol.server.workers.chores import Chores

_SENT = """
with placed as (
  insert into orders (number, status, language, address, currency, subtotal, total, placed_at, paid_at)
  select 'OLD-' || n, 'delivered', 'ko', '{"country": "KR", "postcode": "06236"}', 'KRW', 0, 0, %(at)s, %(at)s
  from generate_series(%(from)s::int, %(to)s::int) n returning id, number),
parcels as (
  insert into shipments (order_id, carrier, tracking_no, status)
  select id, %(carrier)s, number, 'delivered' from placed returning id)
insert into shipment_events (shipment_id, at, status)
select id, %(at)s::timestamptz + interval '2 hours' + step.days * interval '1 day', step.status
from parcels, (values (0, 'in_transit'), (%(days)s::int, 'delivered')) step (days, status)
"""


async def delivered(till: Till, count: int, days: int, start: int) -> None:
    """So many parcels went the same way before and took so many days."""
    at = till.clock.now() - timedelta(days=30)
    await till.conn.execute(
        _SENT, {"at": at, "from": start, "to": start + count - 1, "carrier": CARRIER, "days": days}
    )


def risks(desk: Any) -> list[NoticeGiven]:
    return [notice for _, notice in desk.notices if "늦어질 것 같아요" in notice.blocks[0].text]


def under(policy: dict[str, Any], chores: Chores, till: Till) -> Chores:
    shop = till.ctx.shop.model_copy(update={"outreach": till.ctx.shop.outreach.model_copy(update=policy)})
    return Chores(replace(chores._floor, shop=lambda: shop))


async def test_who_waits_for_a_late_parcel_is_told_once_before_the_day_is_over(
    till: Till, chores: Chores, desk: Any, letters: Any
) -> None:
    await delivered(till, 10, 1, 1)
    await delivered(till, 50, 6, 100)
    number = await sent(till, chores, "in_transit")
    for _ in range(3):
        await chores.watch_orders()
        await do_all(chores)
    (notice,) = risks(desk)
    promised = (await orders.order_row(till.conn, number)).expected_to
    assert promised > till.clock.now().date()
    said = notice.blocks[0].text
    assert "60건" in said
    assert f"{promised.month}월 {promised.day}일" in said
    assert notice.blocks[0].topic == "delivery"
    buttons = [each.id for each in notice.blocks[-1].options]
    assert buttons == [f"wait:{number}", f"order:{number}", "human"]
    assert [subject for _, subject, _ in mails(letters) if "늦어질 것 같아요" in subject]
    view = await orders.order_view(till.conn, till.ctx.shop, number, "ko")
    assert view.likely[0] <= view.likely[1]
    assert view.likely[1] > promised


async def test_a_parcel_on_its_usual_way_worries_nobody(till: Till, chores: Chores, desk: Any) -> None:
    await delivered(till, 60, 1, 1)
    await sent(till, chores, "in_transit")
    await chores.watch_orders()
    await do_all(chores)
    assert not risks(desk)
    assert not await outreach.at_risk(till.conn, 0.3, 10)


async def test_what_has_not_left_can_be_changed_or_cancelled(till: Till, chores: Chores, desk: Any) -> None:
    await delivered(till, 60, 6, 1)
    number = await placed(till.ctx, {SHOE: 1})
    await pay(till, number)
    await do_all(chores)
    await chores.watch_orders()
    await do_all(chores)
    (notice,) = risks(desk)
    buttons = [each.id for each in notice.blocks[-1].options]
    assert buttons == [f"wait:{number}", f"change_to:address:{number}", f"cancel:{number}", "human"]


async def test_what_parcels_taught_is_read_anew_every_six_hours(
    till: Till, chores: Chores, desk: Any
) -> None:
    await sent(till, chores, "in_transit")
    await chores.watch_orders()
    await delivered(till, 60, 6, 1)
    till.clock.advance(timedelta(hours=5))
    await chores.watch_orders()
    await do_all(chores)
    assert not risks(desk)
    till.clock.advance(timedelta(hours=1))
    await chores.watch_orders()
    await do_all(chores)
    assert risks(desk)


async def test_the_shop_sets_from_when_people_are_told(till: Till, chores: Chores, desk: Any) -> None:
    await delivered(till, 30, 1, 1)
    await delivered(till, 30, 6, 100)
    number = await sent(till, chores, "in_transit")
    for policy in ({"late_from": 0.99}, {"late_from": None}):
        await under(policy, chores, till).watch_orders()
        await do_all(chores)
        assert not risks(desk)
    (row,) = await outreach.at_risk(till.conn, 0.3, 10)
    assert (row.order, row.told_at) == (number, None)
    assert "slow_route" in row.why
    await under({"late_from": 0.4}, chores, till).watch_orders()
    await do_all(chores)
    assert len(risks(desk)) == 1


async def test_a_gift_is_given_where_the_shop_says_so_and_only_once(
    till: Till, chores: Chores, desk: Any
) -> None:
    await delivered(till, 60, 6, 1)
    known = await customers.identify(
        till.conn, external_id="c1", email="dangol@example.com", name="김단골", now=till.clock.now()
    )
    number = await sent(till, chores, "in_transit")
    await till.conn.execute("update orders set customer_id = %s where number = %s", (known, number))
    generous = under({"late_points": 1500}, chores, till)
    before = await customers.points_balance(till.conn, known, till.clock.now())
    await asyncio.gather(generous.watch_orders(), generous.watch_orders())
    await generous.watch_orders()
    await do_all(generous)
    assert await customers.points_balance(till.conn, known, till.clock.now()) == before + 1500
    assert "1,500점" in risks(desk)[0].blocks[0].text


async def test_the_carriers_own_later_day_is_not_told_again(till: Till, chores: Chores, desk: Any) -> None:
    await delivered(till, 60, 6, 1)
    number = await sent(till, chores, "in_transit")
    await orders.announce_order(till.conn, "shipment_late", number, {"eta": "2026-12-20"}, till.clock.now())
    await chores.watch_orders()
    await do_all(chores)
    assert not risks(desk)
    assert len(await outreach.at_risk(till.conn, 0.7, 10)) == 1
