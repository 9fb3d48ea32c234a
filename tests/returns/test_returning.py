"""Sending goods back for money: what it comes to, what happens, what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import psycopg
import pytest
from orders.floor import SHOE, SOCK, placed, stock_of
from psycopg.types.json import Json
from returns.desk import ReturnDesk, agreed, line

from dangol.contracts.shopfloor.changes import CancelOrder, LookAtCancellation
from dangol.contracts.shopfloor.returns import (
    CancelReturn,
    ChangeRefundWay,
    DecideReturn,
    ExplainRule,
    LookUpReturns,
    Received,
    RefundOrder,
    RequestReturn,
    SettleReturn,
)
from dangol.kernel.after_sale import AfterSale
from dangol.kernel.errors import NotFound
from dangol.kernel.money import Money
from dangol.kernel.shop import Returns, Shop
from dangol.kernel.tools import Shopper
from dangol.orders import api as orders
from dangol.payments import calling_off
from dangol.returns.model import NotACount, NothingToSend, NotReturnable, OfferChanged, ReturnUnderWay


async def test_a_return_from_the_wish_to_the_money(desk: ReturnDesk) -> None:
    order = await desk.arrived({SHOE: 1, SOCK: 2}, days_ago=3)
    before = await stock_of(desk.conn, SHOE)
    made = await desk.offer(order, lines=(line(1),))
    assert (made.allowed, made.refund.amount, made.return_fee and made.return_fee.amount) == (
        True,
        83_000,
        6_000,
    )
    assert made.days == (3, 3)
    assert made.ways[0].way == "original"
    view = await desk.start(order, lines=(line(1),))
    assert view.status == "approved"
    await desk.further()
    view = await desk.view(view.number)
    assert (view.status, view.waits_for) == ("label_created", "parcel")
    assert len(view.tracking_no) == 12
    assert view.pickup_on is not None
    await desk.receive(view.number)
    await desk.further()
    view = await desk.view(view.number)
    assert (view.status, view.waits_for) == ("refunded", None)
    assert await desk.given_back(order) == 83_000
    assert await desk.till.status(order) == "partly_refunded"
    assert await stock_of(desk.conn, SHOE) == (before[0] + 1, before[1])
    told = await desk.till.told()
    assert [kind for kind in told if kind.startswith("return")] == [
        "return_approved", "return_label", "return_received",
    ]  # fmt: skip
    assert "refund_done" in told


@pytest.mark.parametrize(("days", "allowed"), [(7, True), (8, False)])
async def test_the_seventh_day_is_the_last(desk: ReturnDesk, days: int, allowed: bool) -> None:
    desk.till.clock.advance(timedelta(days=2))  # from a Monday
    order = await desk.arrived({SHOE: 1}, days_ago=days)
    made = await desk.offer(order)
    assert made.allowed is allowed
    assert made.refusal == (None if allowed else "window")
    if not allowed:
        assert made.refusal_details["late_by"] == 1
        with pytest.raises(NotReturnable):
            await desk.start(order)


@pytest.mark.parametrize(
    ("zone", "arrived", "until"),
    [
        # the clocks go back, or forward, in between: the last day has its 24 hours in the shop's own time
        ("America/New_York", "2026-10-31T23:59:30", "2026-11-07T23:59:59"),
        ("America/New_York", "2026-03-07T00:00:30", "2026-03-14T23:59:59"),
        ("Pacific/Apia", "2026-12-31T23:59:59", "2027-01-07T23:59:59"),
        ("Africa/Casablanca", "2028-02-29T12:00:00", "2028-03-07T23:59:59"),
    ],
)
async def test_the_last_day_ends_at_midnight_of_the_shop(
    desk: ReturnDesk, zone: str, arrived: str, until: str
) -> None:
    shop = desk.till.ctx.shop.model_copy(
        update={"time_zone": zone, "after_sale": AfterSale(region="none"), "returns": Returns(window_days=7)}
    )
    last = datetime.fromisoformat(until).replace(tzinfo=ZoneInfo(zone))
    desk.till.clock.at = datetime.fromisoformat(arrived).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    order = await desk.arrived({SHOE: 1})
    desk.till.clock.at = last.astimezone(UTC)
    assert (await desk.offer(order, shop=shop)).allowed
    desk.till.clock.advance(timedelta(seconds=1))
    made = await desk.offer(order, shop=shop)
    assert (made.refusal, made.refusal_details["late_by"]) == ("window", 1)


async def test_a_fault_is_free_and_the_delivery_comes_back_with_the_last_goods(desk: ReturnDesk) -> None:
    order = await desk.arrived({SOCK: 3}, days_ago=20)
    part = await desk.offer(order, reason="defect", lines=(line(1, 2),))
    assert part.return_fee is not None
    assert (part.refund.amount, part.return_fee.amount, part.photo) == (13_000, 0, True)
    whole = await desk.offer(order, reason="defect")
    assert (whole.refund.amount, whole.shipping.amount) == (22_500, 3_000)
    assert any(rule.article == "seller_pays" for rule in whole.rules)


async def test_nothing_comes_back_twice(desk: ReturnDesk) -> None:
    order = await desk.arrived({SOCK: 2})
    first = await desk.start(order, lines=(line(1, 1),), reason="defect")
    assert (await desk.offer(order)).lines[0].left == 1
    second = await desk.start(order, lines=(line(1, 1),), reason="defect")
    assert (await desk.offer(order)).refusal == "left"
    with pytest.raises(NotReturnable):
        await desk.start(order, reason="defect")
    with pytest.raises(psycopg.errors.CheckViolation):
        await desk.conn.execute("update return_lines set quantity = 2")
    await desk.use("cancel_return", CancelReturn(number=first.number))
    again = await desk.start(order, lines=(line(1, 1),), reason="defect")
    for number in (second.number, again.number):
        await desk.further()
        await desk.receive(number)
    await desk.further()
    assert await desk.given_back(order) == 16_000  # 13,000 of goods and 3,000 of delivery
    assert await desk.till.status(order) == "refunded"


async def test_terms_that_are_no_longer_true_are_refused(desk: ReturnDesk) -> None:
    order = await desk.arrived({SHOE: 1})
    request = RequestReturn(order=order, reason="changed_mind")
    made = await desk.offer(order)
    for other in ({"refund": made.refund * 2}, {"return_fee": made.refund}, {"points": 5}):
        with pytest.raises(OfferChanged):
            await desk.use("start_return", agreed(request, made).model_copy(update=other))
    assert (await desk.use("look_up_returns", LookUpReturns())).items == ()


async def test_a_call_made_again_starts_one_return(desk: ReturnDesk) -> None:
    order = await desk.arrived({SHOE: 1})
    request = RequestReturn(order=order, reason="changed_mind")
    asked = agreed(request, await desk.offer(order))
    ctx = desk.ctx()
    views = []
    for _ in range(2):
        async with desk.conn.transaction():
            views.append(await desk.box["start_return"].run(ctx, asked))
    assert views[0].number == views[1].number
    assert len((await desk.use("look_up_returns", LookUpReturns(order=order))).items) == 1


async def test_another_persons_order_is_not_there(desk: ReturnDesk) -> None:
    order = await desk.arrived({SHOE: 1})
    view = await desk.start(order)
    stranger = replace(desk.ctx(), shopper=Shopper("c_other", customer_id=None))
    for tool, args in (
        ("check_return", RequestReturn(order=order)),
        ("explain_rule", ExplainRule(action="return", order=order)),
        ("start_return", agreed(RequestReturn(order=order, reason="other"), await desk.offer(order))),
        ("cancel_return", CancelReturn(number=view.number)),
        ("look_up_returns", LookUpReturns(number=view.number)),
        ("change_refund_way", ChangeRefundWay(number=view.number, way="points")),
    ):
        with pytest.raises(NotFound):
            await desk.box[tool].run(stranger, args)


async def test_a_line_that_is_not_there(desk: ReturnDesk) -> None:
    order = await desk.arrived({SHOE: 1})
    for lines in ((line(9),), (line(1), line(1))):
        with pytest.raises(NothingToSend):
            await desk.offer(order, lines=lines)
    assert (await desk.offer(order, lines=(line(1, 0),))).refusal == "left"
    assert (await desk.offer(order, lines=(line(1, 2),))).refusal == "left"


async def test_a_person_decides_above_the_limit(desk: ReturnDesk) -> None:
    stated = {"return": {"states": ["delivered"], "person_above": 50000, "terms": [{"window_days": 7}]}}
    shop = desk.till.ctx.shop.model_copy(
        update={"after_sale": Shop.model_validate({**_minimal(), "after_sale": stated}).after_sale}
    )
    order = await desk.arrived({SHOE: 1, SOCK: 1})
    assert not (await desk.offer(order, shop, lines=(line(2),))).person
    assert (await desk.offer(order, shop, lines=(line(1),))).person
    view = await desk.start(order, shop, lines=(line(1),))
    assert (view.status, view.waits_for) == ("requested", "person")
    await desk.further()
    assert (await desk.view(view.number)).status == "requested"
    with pytest.raises(ReturnUnderWay):
        await desk.receive(view.number)
    decided = await desk.use("decide_return", DecideReturn(number=view.number, approve=True), "staff")
    assert decided.status == "approved"
    small = await desk.start(order, shop, lines=(line(2),))
    assert small.status == "approved"
    third = await desk.arrived({SHOE: 1})
    view = await desk.start(third, shop)
    refused = await desk.use(
        "decide_return", DecideReturn(number=view.number, approve=False, why="no"), "staff"
    )
    assert refused.status == "refused"
    assert "return_refused" in await desk.till.told()


def _minimal() -> dict[str, str]:
    return {"name": "가게", "locale": "ko-KR", "currency": "KRW", "time_zone": "Asia/Seoul"}


async def test_less_came_than_was_said(desk: ReturnDesk) -> None:
    order = await desk.arrived({SOCK: 4})
    view = await desk.start(order, reason="changed_mind", lines=(line(1, 3),))
    assert view.refund.amount == 3 * 6_500 - 6_000
    await desk.further()
    with pytest.raises(NotACount):
        await desk.receive(view.number, lines=(Received(line="1", quantity=4, sellable=4),))
    before = await stock_of(desk.conn, SOCK)
    got = await desk.receive(view.number, lines=(Received(line="1", quantity=2, sellable=1),))
    assert got.refund.amount == 2 * 6_500 - 6_000
    await desk.further()
    assert await desk.given_back(order) == 7_000
    assert (await stock_of(desk.conn, SOCK))[0] == before[0] + 1
    assert (await desk.offer(order)).lines[0].left == 2


async def test_an_empty_parcel_is_no_return(desk: ReturnDesk) -> None:
    order = await desk.arrived({SOCK: 1})
    view = await desk.start(order)
    await desk.further()
    await desk.receive(view.number, lines=(Received(line="1", quantity=0, sellable=0),))
    await desk.further()
    assert (await desk.view(view.number)).status == "refused"
    assert await desk.given_back(order) == 0
    assert (await desk.offer(order)).allowed


async def test_a_missing_item_is_refunded_without_a_parcel(desk: ReturnDesk) -> None:
    order = await desk.arrived({SHOE: 1, SOCK: 1})
    view = await desk.start(order, reason="missing_item", lines=(line(2),))
    assert (view.status, view.sending) == ("received", "none")
    before = await stock_of(desk.conn, SOCK)
    await desk.further()
    assert (await desk.view(view.number)).status == "refunded"
    assert await desk.given_back(order) == 6_500
    assert await stock_of(desk.conn, SOCK) == before


async def test_a_refund_to_an_expired_card_goes_another_way(desk: ReturnDesk) -> None:
    order = await desk.arrived({SHOE: 1})
    await desk.conn.execute("insert into customers (email, created) values ('dangol@example.com', now())")
    await desk.conn.execute(
        "update orders set customer_id = (select max(id) from customers) where number = %s", (order,)
    )
    await desk.till.peer.play(await desk.till.vendor_ref(order), "expire_card")
    view = await desk.start(order)
    await desk.further()
    await desk.receive(view.number)
    await desk.further()
    stuck = await desk.view(view.number)
    assert (stuck.status, stuck.waits_for, stuck.trouble) == ("received", "other_way", "refused_by_gateway")
    assert "return_other_way" in await desk.till.told()
    with pytest.raises(NotReturnable):
        await desk.use("change_refund_way", ChangeRefundWay(number=view.number, way="gift_card"))
    await desk.use("change_refund_way", ChangeRefundWay(number=view.number, way="points"))
    await desk.further()
    assert (await desk.view(view.number)).status == "refunded"
    assert await desk.given_back(order) == 0
    row = await (
        await desk.conn.execute("select sum(points) from point_grants where cause like 'return:%%'")
    ).fetchone()
    assert row == (83_000,)


async def test_an_order_paid_elsewhere_is_settled_by_hand_once(desk: ReturnDesk) -> None:
    order = await desk.arrived({SHOE: 1})
    await desk.conn.execute("update payments set state = 'surplus'")  # as if this shop knew of no payment
    view = await desk.start(order)
    await desk.further()
    await desk.receive(view.number)
    await desk.further()
    stuck = await desk.view(view.number)
    assert (stuck.waits_for, stuck.trouble) == ("person", "paid_elsewhere")
    assert (await desk.till.told()).count("return_stuck") == 1
    done = await desk.use("settle_return", SettleReturn(number=view.number), "staff")
    assert done.status == "refunded"
    row = await orders.order_row(desk.conn, order)
    assert row is not None
    assert row.refunded == 83_000
    with pytest.raises(ReturnUnderWay):
        await desk.use("settle_return", SettleReturn(number=view.number), "staff")


async def test_calling_off_ends_with_the_parcel_on_its_way(desk: ReturnDesk) -> None:
    order = await desk.arrived({SHOE: 1})
    view = await desk.start(order)
    await desk.further()
    await desk.conn.execute("update returns set status = 'in_transit'")
    with pytest.raises(ReturnUnderWay):
        await desk.use("cancel_return", CancelReturn(number=view.number))


async def test_what_was_paid_is_told_by_the_order_not_by_the_coupons_of_today(desk: ReturnDesk) -> None:
    order = await desk.arrived({SHOE: 1})
    agreed_then = {
        "discounts": [
            {"kind": "coupon", "label": "무료배송", "code": "SHIPFREE", "amount": {"amount": 3_000, "currency": "KRW"}, "off": "delivery"},
        ]
    }  # fmt: skip
    await desk.conn.execute(
        "update orders set agreed = %s, shipping = 3000, discount = 3000 where number = %s",
        (Json(agreed_then), order),
    )
    later = desk.till.ctx.shop.model_copy(update={"coupons": (), "bundles": ()})
    for shop in (None, later):
        made = await desk.offer(order, shop, reason="defect")
        assert (made.goods.amount, made.shipping.amount, made.refund.amount) == (89_000, 0, 89_000)


async def test_the_rest_of_an_order_without_a_scan_comes_back_too(desk: ReturnDesk) -> None:
    order = await desk.arrived({SHOE: 1, SOCK: 1})
    await desk.conn.execute("delete from shipment_events")
    await desk.conn.execute("delete from shipments")
    await desk.conn.execute(
        "update orders set expected_to = %s where number = %s", (desk.till.clock.now().date(), order)
    )
    first = await desk.start(order, lines=(line(1),), reason="defect")
    await desk.further()
    await desk.receive(first.number)
    await desk.further()
    assert await desk.till.status(order) == "partly_refunded"
    assert (await desk.offer(order, lines=(line(2),))).allowed


async def test_an_order_paid_in_part_back_before_it_left_can_still_be_cancelled(desk: ReturnDesk) -> None:
    order = await placed(desk.till.at_now(), {SHOE: 1})
    desk.till.proved.add(order)
    await desk.till.open(order)
    await desk.till.peer.play(await desk.till.vendor_ref(order), "pay")
    await desk.till.work_off()
    some = Money(amount=9_000, currency="KRW")
    await desk.use("refund_order", RefundOrder(order=order, refund=some, why="a scratch"), "staff")
    await desk.till.work_off()
    assert await desk.till.status(order) == "paid"
    found = await calling_off.look_at_cancellation(desk.till.at_now(), LookAtCancellation(order=order))
    assert (found.allowed, found.refund.amount) == (True, 80_000)
    async with desk.conn.transaction():
        await calling_off.cancel_order(
            desk.till.at_now(), CancelOrder(order=order, refund=found.refund, fee=found.fee)
        )
    await desk.till.work_off()
    assert (await desk.till.status(order), await desk.given_back(order)) == ("cancelled", 89_000)
