"""Exchanging goods for another variant: kept at once, the difference settled, called off when it is not paid."""

from __future__ import annotations

from datetime import timedelta

import pytest
from orders.floor import SHOE, SOCK, stock_of
from returns.desk import ReturnDesk, line

from dangol.contracts.shopfloor.changes import CancelOrder, LookAtCancellation
from dangol.contracts.shopfloor.returns import CancelReturn, DecideReturn, Received
from dangol.kernel.money import Money
from dangol.orders import api as orders
from dangol.payments import calling_off
from dangol.returns import api as returns
from dangol.returns.model import NotReturnable

LARGER, WHITE = "SHOE-BLK-280", "SHOE-WHT-270"


async def test_the_new_size_is_kept_at_once_and_the_fee_is_paid(desk: ReturnDesk) -> None:
    order = await desk.arrived({SHOE: 1})
    made = await desk.offer(order, kind="exchange", reason="size", lines=(line(1, 1, LARGER),))
    assert (made.allowed, made.refund.amount, made.due.amount) == (True, 0, 6_000)
    view = await desk.start(order, kind="exchange", reason="size", lines=(line(1, 1, LARGER),))
    assert (await stock_of(desk.conn, LARGER)) == (0, 1)
    assert view.replacement
    assert (view.waits_for, view.replacement_status) == ("payment", "pending_payment")
    await desk.till.open(view.replacement)
    await desk.till.peer.play(await desk.till.vendor_ref(view.replacement), "pay")
    await desk.till.work_off()
    assert (await stock_of(desk.conn, LARGER)) == (0, 0)
    await desk.further()
    await desk.receive(view.number)
    await desk.further()
    done = await desk.view(view.number)
    assert (done.status, done.replacement_status) == ("exchanged", "paid")
    assert await desk.given_back(order) == 0
    assert await desk.till.status(order) == "delivered"
    assert (await desk.offer(order)).refusal == "left"


async def test_a_fault_is_exchanged_for_nothing_and_a_cheaper_one_gives_money_back(desk: ReturnDesk) -> None:
    await desk.conn.execute("update variants set price = 80000 where sku = %s", (LARGER,))
    order = await desk.arrived({SHOE: 1})
    made = await desk.offer(order, kind="exchange", reason="defect", lines=(line(1, 1, LARGER),))
    assert (made.refund.amount, made.due.amount) == (9_000, 0)
    view = await desk.start(order, kind="exchange", reason="defect", lines=(line(1, 1, LARGER),))
    assert view.replacement_status == "paid"
    assert (await stock_of(desk.conn, LARGER)) == (0, 0)
    await desk.further()
    await desk.receive(view.number, lines=(Received(line="1", quantity=1, sellable=0),))
    await desk.further()
    assert (await desk.view(view.number)).status == "exchanged"
    assert await desk.given_back(order) == 9_000


async def test_a_dearer_one_is_paid_for(desk: ReturnDesk) -> None:
    await desk.conn.execute("update variants set price = 95000 where sku = %s", (LARGER,))
    order = await desk.arrived({SHOE: 1})
    view = await desk.start(order, kind="exchange", reason="defect", lines=(line(1, 1, LARGER),))
    assert view.due.amount == 6_000
    row = await orders.order_row(desk.conn, view.replacement or "")
    assert row is not None
    assert (row.subtotal, row.discount, row.total, row.source) == (95_000, 89_000, 6_000, "exchange")


async def test_what_is_sold_out_or_another_product_is_not_given_out(desk: ReturnDesk) -> None:
    order = await desk.arrived({SHOE: 1})
    for sku, refusal in (
        (WHITE, "in_stock"),
        (SOCK, "same_product"),
        (SHOE, "same_product"),
        ("NONE", "same_product"),
    ):
        made = await desk.offer(order, kind="exchange", reason="size", lines=(line(1, 1, sku),))
        assert made.refusal == refusal, sku
        with pytest.raises(NotReturnable):
            await desk.start(order, kind="exchange", reason="size", lines=(line(1, 1, sku),))
    assert (await desk.offer(order, kind="exchange", reason="size", lines=(line(1, 1, WHITE),))).sold_out == (
        "1",
    )
    with pytest.raises(NotReturnable):
        await desk.start(order, kind="exchange", reason="size")


async def test_an_exchange_called_off_puts_the_goods_back(desk: ReturnDesk) -> None:
    order = await desk.arrived({SHOE: 1})
    for reason in ("size", "defect"):  # waiting for its money, and paid at once
        view = await desk.start(order, kind="exchange", reason=reason, lines=(line(1, 1, LARGER),))
        assert sum(await stock_of(desk.conn, LARGER)) == (1 if reason == "size" else 0)
        cancelled = await desk.use("cancel_return", CancelReturn(number=view.number))
        assert (cancelled.status, cancelled.replacement_status) == ("cancelled", "cancelled")
        assert await stock_of(desk.conn, LARGER) == (1, 0)
    assert (await desk.offer(order)).allowed


async def test_a_difference_that_is_not_paid_in_time_ends_the_exchange(desk: ReturnDesk) -> None:
    order = await desk.arrived({SHOE: 1})
    view = await desk.start(order, kind="exchange", reason="size", lines=(line(1, 1, LARGER),))
    await desk.till.expire(timedelta(hours=49))
    assert await returns.drop_unpaid(desk.conn, desk.till.clock.now()) == 1
    assert (await desk.view(view.number)).status == "cancelled"
    assert await stock_of(desk.conn, LARGER) == (1, 0)


async def test_what_came_by_an_exchange_is_looked_at_by_a_person(desk: ReturnDesk) -> None:
    order = await desk.arrived({SHOE: 1})
    view = await desk.start(order, kind="exchange", reason="defect", lines=(line(1, 1, LARGER),))
    assert view.replacement
    now = desk.till.clock.now()
    for status in ("in_transit", "delivered"):
        await orders.record_shipment(
            desk.conn, view.replacement, carrier="kr.cjlogistics", tracking_no="911111111111", status=status,
            at=now, now=now,
        )  # fmt: skip
    desk.till.proved.add(view.replacement)
    made = await desk.offer(view.replacement, reason="defect")
    assert made.allowed
    assert made.person


async def test_what_did_not_fit_is_told_to_the_size_advice(desk: ReturnDesk) -> None:
    order = await desk.arrived({SHOE: 1})
    view = await desk.start(order, kind="exchange", reason="size", lines=(line(1, 1, LARGER),))
    assert view.replacement
    await desk.till.open(view.replacement)
    await desk.till.peer.play(await desk.till.vendor_ref(view.replacement), "pay")
    await desk.till.work_off()
    await desk.further()
    await desk.receive(view.number)
    told = await (await desk.conn.execute(
        "select p.handle, r.fit from fit_reports r join products p on p.id = r.product_id")).fetchall()  # fmt: skip
    assert told == [("trail-shoe", "small")]


async def _paid(desk: ReturnDesk, order: str) -> str:
    """An exchange for another size whose fee is paid; its number."""
    view = await desk.start(order, kind="exchange", reason="size", lines=(line(1, 1, LARGER),))
    assert view.replacement
    await desk.till.open(view.replacement)
    await desk.till.peer.play(await desk.till.vendor_ref(view.replacement), "pay")
    await desk.till.work_off()
    return view.number


@pytest.mark.parametrize("how", ["called_off", "nothing_came", "refused"])
async def test_what_was_paid_for_an_exchange_that_falls_through_goes_back(desk: ReturnDesk, how: str) -> None:
    order = await desk.arrived({SHOE: 1})
    if how == "refused":  # a person was to decide, and it was paid meanwhile
        await desk.conn.execute(
            "update orders set expected_to = null, source = 'exchange' where number = %s", (order,)
        )
    number = await _paid(desk, order)
    if how == "called_off":
        await desk.use("cancel_return", CancelReturn(number=number))
    elif how == "refused":
        await desk.use("decide_return", DecideReturn(number=number, approve=False, why="no"), "staff")
    else:
        await desk.further()
        await desk.receive(number, lines=(Received(line="1", quantity=0, sellable=0),))
        await desk.further()
    await desk.further()
    view = await desk.view(number)
    assert view.status == ("cancelled" if how == "called_off" else "refused")
    assert view.replacement_status == "cancelled"
    assert await desk.given_back(view.replacement or "") == 6_000
    assert await stock_of(desk.conn, LARGER) == (1, 0)


async def test_new_goods_paid_for_with_the_old_ones_are_not_cancelled_for_nothing(desk: ReturnDesk) -> None:
    order = await desk.arrived({SHOE: 1})
    view = await desk.start(order, kind="exchange", reason="defect", lines=(line(1, 1, LARGER),))
    await desk.further()
    await desk.receive(view.number)
    await desk.further()
    assert view.replacement
    desk.till.proved.add(view.replacement)
    found = await calling_off.look_at_cancellation(
        desk.till.at_now(), LookAtCancellation(order=view.replacement)
    )
    assert (found.allowed, found.why) == (False, "exchange")
    nothing = Money(amount=0, currency="KRW")
    with pytest.raises(calling_off.NotAllowedNow):
        await calling_off.cancel_order(
            desk.till.at_now(), CancelOrder(order=view.replacement, refund=nothing, fee=nothing)
        )
    assert await desk.till.status(view.replacement) == "paid"


async def test_an_exchange_not_paid_when_the_goods_are_here_waits_and_then_goes_to_a_person(
    desk: ReturnDesk,
) -> None:
    order = await desk.arrived({SHOE: 1})
    view = await desk.start(order, kind="exchange", reason="size", lines=(line(1, 1, LARGER),))
    await desk.further()
    await desk.receive(view.number)
    await desk.further()
    waiting = await desk.view(view.number)
    assert (waiting.status, waiting.waits_for) == ("received", "payment")
    await desk.till.expire(timedelta(hours=49))
    await desk.further()
    stuck = await desk.view(view.number)
    assert (stuck.status, stuck.waits_for, stuck.trouble) == ("received", "person", "exchange_dropped")
    assert "return_stuck" in await desk.till.told()


async def test_fewer_pieces_than_are_exchanged_are_looked_at_by_a_person(desk: ReturnDesk) -> None:
    await desk.conn.execute("update variants set stock = 5 where sku = %s", (LARGER,))
    order = await desk.arrived({SHOE: 2})
    view = await desk.start(order, kind="exchange", reason="defect", lines=(line(1, 2, LARGER),))
    await desk.further()
    await desk.receive(view.number, lines=(Received(line="1", quantity=1, sellable=0),))
    await desk.further()
    stuck = await desk.view(view.number)
    assert (stuck.status, stuck.waits_for, stuck.trouble) == ("received", "person", "fewer_came")
