"""Paying at the sample gateway: everything that can come of it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
from orders.floor import SHOE, SOCK, placed, stock_of
from payments.till import Till

from dangol.connect.payments.sample.connection import SampleConnection
from dangol.contracts.payment import GatewayDown, RefundRefused
from dangol.contracts.shopfloor.people import Nothing
from dangol.customers import api as customers
from dangol.kernel.errors import NotFound
from dangol.orders import api as orders
from dangol.payments import api as payments


async def test_a_paid_order_sells_its_goods_and_is_announced_once(till: Till) -> None:
    number = await placed(till.ctx, {SHOE: 1})
    opened = await till.open(number)
    assert opened.amount.amount == 89_000
    assert (await till.check(number)).state == "open"
    await till.peer.play(await till.vendor_ref(number), "pay")
    await till.work_off()
    assert await till.status(number) == "paid"
    assert await stock_of(till.conn, SHOE) == (4, 0)
    assert await till.told() == ["order_paid"]
    view = await till.check()
    assert (view.order, view.state) == (number, "paid")
    assert view.order_view is not None
    assert view.order_view.status == "paid"


async def test_webhooks_told_three_times_settle_once(till: Till) -> None:
    number = await placed(till.ctx, {SHOE: 1})
    await till.open(number)
    ref = await till.vendor_ref(number)
    await till.peer.turn(ref, copies=3)
    await till.peer.play(ref, "pay")
    await till.work_off()
    await till.work_off()
    assert await till.told() == ["order_paid"]
    assert await stock_of(till.conn, SHOE) == (4, 0)
    row = await (await till.conn.execute("select count(*) from payment_events")).fetchone()
    assert row == (1,)


async def test_asking_the_gateway_and_its_webhook_come_to_the_same(till: Till) -> None:
    number = await placed(till.ctx, {SHOE: 1})
    await till.open(number)
    await till.peer.play(await till.vendor_ref(number), "pay")
    assert (await till.check(number)).state == "paid"
    await till.work_off()
    assert await till.told() == ["order_paid"]
    assert await stock_of(till.conn, SHOE) == (4, 0)


async def test_after_a_decline_the_order_can_still_be_paid(till: Till) -> None:
    number = await placed(till.ctx, {SHOE: 1})
    first = await till.open(number)
    await till.peer.play(await till.vendor_ref(number), "decline", reason="insufficient_funds")
    await till.work_off()
    view = await till.check(number)
    assert (view.state, view.reason) == ("declined", "insufficient_funds")
    assert await till.status(number) == "pending_payment"
    assert await till.told() == ["payment_declined"]
    again = await till.open(number)
    assert again.url != first.url
    await till.peer.play(await till.vendor_ref(number), "pay")
    await till.work_off()
    assert (await till.check(number)).state == "paid"
    assert await till.told() == ["payment_declined", "order_paid"]


async def test_an_abandoned_page_can_be_opened_anew(till: Till) -> None:
    number = await placed(till.ctx, {SHOE: 1})
    first = await till.open(number)
    await till.peer.play(await till.vendor_ref(number), "abandon")
    await till.work_off()
    assert (await till.check(number)).state == "abandoned"
    assert (await till.open(number)).url != first.url


async def test_an_open_page_is_given_again_and_so_is_the_same_call(till: Till) -> None:
    number = await placed(till.ctx, {SHOE: 1})
    ctx = till.at_now()
    first = await till.open(number, ctx)
    assert await till.open(number, ctx) == first
    assert (await till.open(number)).url == first.url
    assert len(await payments.payments_of(till.conn, number)) == 1


async def test_opening_twice_at_once_opens_one_payment(till: Till, database_url: str) -> None:
    number = await placed(till.ctx, {SHOE: 1})

    async def one() -> str:
        async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as conn:
            return (await till.open(number, replace(till.at_now(), conn=conn))).url

    first, second = await asyncio.gather(one(), one())
    assert first == second
    assert len(await payments.payments_of(till.conn, number)) == 1


async def test_a_gateway_that_is_down_costs_nothing_and_the_next_try_opens(till: Till) -> None:
    number = await placed(till.ctx, {SHOE: 1})
    alive = till.gateways["sample"]
    till.gateways["sample"] = SampleConnection(
        api_url="http://127.0.0.1:9", api_key="k", webhook_secret="s", clock=till.clock, timeout=0.5
    )
    with pytest.raises(GatewayDown):
        await till.open(number)
    assert (await till.check(number)).state == "open"
    till.gateways["sample"] = alive
    assert (await till.open(number)).url
    assert len(await payments.payments_of(till.conn, number)) == 1


async def test_a_wrong_amount_is_flagged_and_does_not_pay_the_order(till: Till) -> None:
    number = await placed(till.ctx, {SHOE: 1})
    await till.open(number)
    ref = await till.vendor_ref(number)
    await till.peer.turn(ref, charge=8_900)
    await till.peer.play(ref, "pay")
    await till.work_off()
    assert await till.status(number) == "pending_payment"
    assert await till.told() == ["payment_mismatch"]
    view = await till.check(number)
    assert (view.state, view.reason, view.url) == ("open", "under_review", None)
    with pytest.raises(payments.PaymentUnderReview):
        await till.open(number)
    await payments.refund(
        till.conn, till.gateways, number, 8_900, key="staff-1", cause="mismatch", now=till.clock.now()
    )
    assert (await till.open(number)).url
    assert await till.status(number) == "pending_payment"


async def test_money_that_comes_after_the_time_is_up_still_buys_what_is_there(till: Till) -> None:
    number = await placed(till.ctx, {SHOE: 1})
    await till.open(number)
    ref = await till.vendor_ref(number)
    await till.peer.turn(ref, delay=-1)
    await till.peer.play(ref, "pay")
    await till.expire(timedelta(hours=49))
    assert await till.status(number) == "cancelled"
    assert await stock_of(till.conn, SHOE) == (5, 0)
    await till.peer.release(ref)
    await till.work_off()
    assert await till.status(number) == "paid"
    assert await stock_of(till.conn, SHOE) == (4, 0)
    assert await till.told() == ["order_expired", "order_paid"]


@pytest.mark.parametrize("late", [timedelta(minutes=31), timedelta(hours=49)])
async def test_late_money_for_goods_that_are_gone_goes_back_with_an_apology(
    till: Till, late: timedelta
) -> None:
    number = await placed(till.ctx, {"SHOE-BLK-280": 1})
    await till.open(number)
    ref = await till.vendor_ref(number)
    await till.peer.turn(ref, delay=-1)
    await till.peer.play(ref, "pay")
    await till.expire(late)
    other = replace(till.ctx, shopper=replace(till.ctx.shopper, conversation_id="c_other"))
    assert await placed(other, {"SHOE-BLK-280": 1})
    await till.peer.release(ref)
    await till.work_off()
    assert await till.status(number) == "cancelled"
    assert await stock_of(till.conn, "SHOE-BLK-280") == (0, 1)
    assert [kind for kind in await till.told() if kind != "order_expired"] == [
        "payment_returned",
        "refund_done",
    ]
    assert (await till.peer.connection.look_up(ref)).state == "refunded"
    assert (await till.check(number)).state == "refunded"


async def test_a_second_payment_of_one_order_goes_back(till: Till) -> None:
    """A gateway may let a shopper pay on a page it called declined; the order is paid once all the same."""
    number = await placed(till.ctx, {SHOE: 1})
    await till.open(number)
    first = await till.vendor_ref(number)
    await till.peer.play(first, "decline")
    await till.work_off()
    await till.open(number)
    await till.peer.play(await till.vendor_ref(number), "pay")
    await till.work_off()
    await till.conn.execute(
        "update sample_gateway.payments set state = 'paid', charged = amount where id = %s", (first,)
    )
    report = await till.peer.connection.look_up(first)
    assert (
        await payments.take_report(till.conn, till.ctx.shop, "sample", report, till.clock.now()) == "surplus"
    )
    await till.settle()
    states = sorted(payment.state for payment in await payments.payments_of(till.conn, number))
    assert states == ["paid", "refunded"]
    assert await till.status(number) == "paid"
    assert await stock_of(till.conn, SHOE) == (4, 0)


async def test_a_report_of_nobodys_payment_is_shown_to_staff(till: Till) -> None:
    number = await placed(till.ctx, {SHOE: 1})
    await till.open(number)
    report = (await till.peer.connection.look_up(await till.vendor_ref(number))).model_copy(
        update={"vendor_ref": "sp_x", "reference": "pay_x", "state": "paid"}
    )
    assert (
        await payments.take_report(till.conn, till.ctx.shop, "sample", report, till.clock.now()) == "unknown"
    )
    assert [one.kind for one in await orders.waiting_for_staff(till.conn)] == ["payment_unknown"]


async def test_the_goods_are_kept_again_when_the_page_is_opened_later(till: Till) -> None:
    number = await placed(till.ctx, {SHOE: 1})
    await till.expire(timedelta(minutes=31))
    assert await stock_of(till.conn, SHOE) == (5, 0)
    await till.open(number)
    assert await stock_of(till.conn, SHOE) == (4, 1)
    await till.expire(timedelta(minutes=29))
    assert await stock_of(till.conn, SHOE) == (4, 1)


async def test_an_order_that_is_paid_is_not_paid_again(till: Till) -> None:
    number = await placed(till.ctx, {SHOE: 1})
    await till.open(number)
    await till.peer.play(await till.vendor_ref(number), "pay")
    with pytest.raises(payments.AlreadyPaid):  # the page is asked first, though no webhook came yet
        await till.open(number)
    assert await till.status(number) == "paid"


async def test_nothing_is_opened_for_goods_that_are_gone_or_orders_that_are_through(till: Till) -> None:
    number = await placed(till.ctx, {"SHOE-BLK-280": 1})
    await till.expire(timedelta(minutes=31))
    other = replace(till.ctx, shopper=replace(till.ctx.shopper, conversation_id="c_other"))
    await placed(other, {"SHOE-BLK-280": 1})
    with pytest.raises(orders.SoldOut):
        await till.open(number)
    await till.expire(timedelta(hours=49))
    with pytest.raises(payments.OrderNotPayable):
        await till.open(number)
    with pytest.raises(NotFound):
        await till.open("20200101-0001")


async def test_money_goes_back_in_parts_and_never_more_than_came(till: Till) -> None:
    number = await placed(till.ctx, {SHOE: 1})
    await till.open(number)
    await till.peer.play(await till.vendor_ref(number), "pay")
    await till.work_off()

    async def give(amount: int, key: str) -> None:
        await payments.refund(
            till.conn, till.gateways, number, amount, key=key, cause="return", now=till.clock.now()
        )

    await give(30_000, "r1")
    await give(30_000, "r1")
    await till.work_off()
    assert await till.status(number) == "paid"  # it is still to be sent, or can be cancelled
    with pytest.raises(RefundRefused) as refused:
        await give(60_000, "r2")
    assert refused.value.details["left"] == 59_000
    with pytest.raises(RefundRefused):
        await give(0, "r3")
    await give(59_000, "r4")
    await till.work_off()
    assert await till.status(number) == "refunded"
    view = await till.check(number)
    assert view.state == "refunded"
    assert await till.told() == ["order_paid", "refund_done", "refund_done"]
    at_gateway = await till.peer.connection.look_up(await till.vendor_ref(number))
    assert at_gateway.refunded is not None
    assert at_gateway.refunded.amount == 89_000


async def test_a_refund_given_by_hand_at_the_gateway_is_written_down(till: Till) -> None:
    number = await placed(till.ctx, {SHOE: 1})
    await till.open(number)
    ref = await till.vendor_ref(number)
    await till.peer.play(ref, "pay")
    await till.work_off()
    await till.peer.connection.refund(ref, till.ctx.shop.minor(9_000), key="by hand")
    await till.work_off()
    payment = (await payments.payments_of(till.conn, number))[0]
    assert (payment.refunded, payment.state) == (9_000, "partly_refunded")
    assert await till.status(number) == "paid"
    assert [one.cause for one in await payments.refunds_of(till.conn, payment.id)] == ["at_the_gateway"]


async def test_points_are_earned_by_paying_and_lost_with_the_money(till: Till) -> None:
    who = await customers.identify(
        till.conn, external_id="1", email="kim@example.com", name="김", now=till.clock.now()
    )
    till.ctx = replace(till.ctx, shopper=replace(till.ctx.shopper, customer_id=who, role="customer"))
    number = await placed(till.ctx, {SHOE: 1})
    await till.open(number, method="easy_pay")
    assert await customers.points_balance(till.conn, who, till.clock.now()) == 0
    await till.peer.play(await till.vendor_ref(number), "pay")
    await till.work_off()
    assert await customers.points_balance(till.conn, who, till.clock.now()) == 890
    listed = await till.box["list_payment_methods"].run(till.at_now(), Nothing())
    assert (listed.items[0].code, listed.items[0].last_used) == ("easy_pay", True)
    assert sum(one.last_used for one in listed.items) == 1
    await payments.refund(
        till.conn, till.gateways, number, 89_000, key="r", cause="return", now=till.clock.now()
    )
    assert await customers.points_balance(till.conn, who, till.clock.now()) == 0


async def test_an_unknown_way_of_paying_is_refused(till: Till) -> None:
    number = await placed(till.ctx, {SOCK: 1})
    with pytest.raises(payments.UnknownMethod):
        await till.open(number, method="gold_bars")


async def test_what_was_paid_with_last_comes_first_and_is_not_chosen_for_anybody(till: Till) -> None:
    who = await customers.identify(
        till.conn, external_id=None, email="regular@example.com", name="단골", now=till.clock.now()
    )
    till.ctx = replace(till.ctx, shopper=replace(till.ctx.shopper, customer_id=who, role="customer"))

    async def offered() -> list[tuple[str, bool]]:
        found = await till.box["list_payment_methods"].run(till.at_now(), Nothing())
        return [(each.code, each.last_used) for each in found.items]

    assert await offered() == [("card", False), ("easy_pay", False), ("bank_transfer", False)]
    number = await placed(till.at_now(), {SHOE: 1})
    await till.open(number, method="easy_pay")
    await till.peer.play(await till.vendor_ref(number), "pay")
    await till.work_off()
    assert await offered() == [("easy_pay", True), ("card", False), ("bank_transfer", False)]
    again = await placed(till.at_now(), {SOCK: 1})
    assert (await till.open(again)).method is None
