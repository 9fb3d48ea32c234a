"""A change of a paid order that costs more: paid first, then made; else everything is as it was."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from orders.floor import SHOE, placed, stock_of
from payments.test_calling_off import LARGER, cancel, paid, use
from payments.till import Till

from dangol.contracts.shopfloor.changes import ChangeOption, ChangePayment, LookAtChange, OrderChange
from dangol.kernel.errors import Refused
from dangol.kernel.tools import ToolContext
from dangol.orders import api as orders
from dangol.payments import api as payments


async def dearer(till: Till, ctx: ToolContext, number: str) -> OrderChange:
    """Agree to a variant that costs 1,000 won more."""
    await till.conn.execute("update variants set price = price + 1000 where sku = %s", (LARGER,))
    look = await use(ctx, "look_at_change", LookAtChange(order=number, line="1", sku=LARGER))
    assert (look.allowed, look.pay.amount, look.difference.amount) == (True, 1000, 1000)
    agreed = ChangeOption(order=number, line="1", sku=LARGER, difference=look.difference)
    done = await use(ctx, "change_option", agreed)
    assert isinstance(done, OrderChange)
    return done


async def line_of(till: Till, number: str) -> tuple[str, int]:
    order = await orders.order_row(till.conn, number)
    assert order is not None
    return (await orders.lines_of(till.conn, order))[0].sku, order.total


async def kept(till: Till, number: str) -> int:
    """What is with the shop of all payments of an order."""
    found = await payments.payments_of(till.conn, number)
    return sum(each.received - each.refunded for each in found)


async def test_the_difference_is_paid_and_the_order_is_changed(till: Till) -> None:
    number, ctx = await paid(till, {SHOE: 1})
    was = await line_of(till, number)
    done = await dearer(till, ctx, number)
    assert done.pay is not None
    assert await line_of(till, number) == was
    assert (await stock_of(till.conn, LARGER))[0] == 0
    page = await till.open(number)
    assert (page.amount.amount, page.change) == (1000, True)
    await till.peer.play(await till.vendor_ref(number), "pay")
    await till.work_off()
    assert await line_of(till, number) == (LARGER, was[1] + 1000)
    assert await till.status(number) == "paid"
    assert (await stock_of(till.conn, SHOE))[0] == 5
    assert await kept(till, number) == was[1] + 1000
    assert "change_paid" in await till.told()
    assert (await till.check(number)).state == "paid"
    given = await cancel(till.at_now(), number)
    assert given.refund.amount == was[1] + 1000
    await till.work_off()
    assert await kept(till, number) == 0


async def test_a_refund_goes_back_by_both_payments_once(till: Till) -> None:
    number, ctx = await paid(till, {SHOE: 1})
    await dearer(till, ctx, number)
    await till.open(number)
    await till.peer.play(await till.vendor_ref(number), "pay")
    await till.work_off()
    whole = (await orders.order_amount(till.conn, number)).total
    for _ in range(2):
        row = await payments.refund(
            till.conn, till.gateways, number, whole, key="return:R1", cause="return", now=till.clock.now()
        )
        assert row.state == "done"
    assert await kept(till, number) == 0
    assert await till.status(number) == "refunded"


async def test_not_paid_in_time_nothing_has_changed(till: Till) -> None:
    number, ctx = await paid(till, {SHOE: 1})
    was = await line_of(till, number)
    await dearer(till, ctx, number)
    await till.open(number)
    till.clock.advance(timedelta(minutes=31))
    await payments.drop_due(till.conn, till.clock.now())
    assert await line_of(till, number) == was
    assert (await stock_of(till.conn, LARGER))[0] == 1
    with pytest.raises(Refused) as no:
        await till.open(number)
    assert no.value.code == "already_paid"


async def test_money_that_comes_late_still_buys_the_change_while_it_can_be_made(till: Till) -> None:
    number, ctx = await paid(till, {SHOE: 1})
    await dearer(till, ctx, number)
    await till.open(number)
    page = await till.vendor_ref(number)
    till.clock.advance(timedelta(minutes=31))
    await payments.drop_due(till.conn, till.clock.now())
    await till.peer.play(page, "pay")
    await till.work_off()
    assert (await line_of(till, number))[0] == LARGER


@pytest.mark.parametrize("meanwhile", ["shipped", "sold", "superseded", "cancelled"])
async def test_money_for_a_change_that_cannot_be_made_goes_back(till: Till, meanwhile: str) -> None:
    number, ctx = await paid(till, {SHOE: 1})
    was = await line_of(till, number)
    await dearer(till, ctx, number)
    await till.open(number)
    page = await till.vendor_ref(number)
    await _happen(till, ctx, number, meanwhile)
    await till.peer.play(page, "pay")
    await till.work_off()
    assert await line_of(till, number) == was
    newest = next(each for each in await payments.payments_of(till.conn, number) if each.vendor_ref == page)
    assert (newest.received, newest.refunded) == (1000, 1000)
    assert "payment_returned" in await till.told()
    assert await kept(till, number) == (0 if meanwhile == "cancelled" else was[1])


async def _happen(till: Till, ctx: ToolContext, number: str, meanwhile: str) -> None:
    if meanwhile == "shipped":
        await orders.record_shipment(
            till.conn, number, carrier="kr.cjlogistics", tracking_no="123456789012", status="in_transit",
            at=ctx.now, now=ctx.now,
        )  # fmt: skip
    elif meanwhile == "sold":
        till.clock.advance(timedelta(minutes=31))
        await payments.drop_due(till.conn, till.clock.now())
        await till.conn.execute("update variants set stock = 0 where sku = %s", (LARGER,))
    elif meanwhile == "superseded":
        look = await use(ctx, "look_at_change", LookAtChange(order=number, payment=True))
        assert look.pay is not None
        await use(ctx, "change_payment", ChangePayment(order=number, pay=look.pay))
    else:
        await cancel(ctx, number)


async def test_another_way_of_paying_gives_the_former_payment_back(till: Till) -> None:
    number, ctx = await paid(till, {SHOE: 1})
    was = await line_of(till, number)
    asked = LookAtChange(order=number, payment=True, method="bank_transfer")
    look = await use(ctx, "look_at_change", asked)
    assert (look.allowed, look.pay.amount, look.back.amount) == (True, was[1], was[1])
    await use(ctx, "change_payment", ChangePayment(order=number, method="bank_transfer", pay=look.pay))
    page = await till.open(number, method="bank_transfer")
    assert page.amount.amount == was[1]
    await till.peer.play(await till.vendor_ref(number), "pay")
    await till.work_off()
    anew, before = await payments.payments_of(till.conn, number)
    assert (before.received, before.refunded, anew.refunded) == (was[1], was[1], 0)
    order = await orders.order_row(till.conn, number)
    assert order is not None
    assert (order.status, order.refunded, order.paid_with) == ("paid", 0, "bank_transfer")
    assert {"payment_replaced", "refund_done"} <= set(await till.told())
    assert (await cancel(till.at_now(), number)).refund.amount == was[1]
    await till.work_off()
    assert await kept(till, number) == 0


async def test_a_declined_page_leaves_the_former_payment(till: Till) -> None:
    number, ctx = await paid(till, {SHOE: 1})
    look = await use(ctx, "look_at_change", LookAtChange(order=number, payment=True))
    await use(ctx, "change_payment", ChangePayment(order=number, pay=look.pay))
    await till.open(number)
    await till.peer.play(await till.vendor_ref(number), "decline")
    await till.work_off()
    assert (await till.check(number)).state == "declined"
    assert await till.status(number) == "paid"
    assert (await till.open(number)).change


async def test_what_was_paid_elsewhere_takes_no_difference_here(till: Till) -> None:
    number = await placed(till.ctx, {SHOE: 1})
    await orders.mark_paid(till.conn, till.ctx.shop, number, now=till.clock.now(), paid_with="elsewhere")
    till.proved.add(number)
    ctx: Any = till.at_now()
    await till.conn.execute("update variants set price = price + 1000 where sku = %s", (LARGER,))
    look = await use(ctx, "look_at_change", LookAtChange(order=number, line="1", sku=LARGER))
    assert (look.allowed, look.why) == (False, "owes")
    agreed = ChangeOption(order=number, line="1", sku=LARGER, difference=look.difference)
    with pytest.raises(Refused) as no:
        await use(ctx, "change_option", agreed)
    assert no.value.code == "not_allowed_now"
