"""Cancelling and changing: goods and money agree to the unit, whatever is done in whatever order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from orders.floor import SEOUL, SHOE, SOCK, as_guest, placed, put_on_shelf, stock_of
from payments.till import Till

from dangol.contracts.payment import PaymentReport
from dangol.contracts.shopfloor.changes import (
    Cancellation,
    CancelOrder,
    ChangeAddress,
    ChangeOption,
    ChangePayment,
    LookAtCancellation,
    LookAtChange,
    OrderChange,
)
from dangol.kernel.clock import TurnedClock
from dangol.kernel.errors import NotFound, Refused
from dangol.kernel.money import Money
from dangol.kernel.shop import Shop
from dangol.kernel.tools import ToolContext
from dangol.orders import api as orders
from dangol.payments import api as payments
from dangol.payments.tools import CALLING_OFF

Connection = psycopg.AsyncConnection[Any]
BOX = {tool.name: tool for tool in CALLING_OFF}
LARGER = "SHOE-BLK-280"


async def use(ctx: ToolContext, tool: str, args: Any) -> Any:
    if BOX[tool].policy.effect == "read":
        return await BOX[tool].run(ctx, args)
    async with ctx.conn.transaction():
        return await BOX[tool].run(ctx, args)


async def paid(till: Till, wanted: dict[str, int]) -> tuple[str, ToolContext]:
    number = await placed(till.ctx, wanted)
    await till.open(number)
    await till.peer.play(await till.vendor_ref(number), "pay")
    await till.work_off()
    return number, till.at_now()


async def cancel(ctx: ToolContext, number: str) -> Cancellation:
    offer = await use(ctx, "look_at_cancellation", LookAtCancellation(order=number))
    done = await use(ctx, "cancel_order", CancelOrder(order=number, refund=offer.refund, fee=offer.fee))
    assert isinstance(done, Cancellation)
    return done


async def test_a_cancelled_order_gives_goods_and_money_back_once(till: Till) -> None:
    before = await stock_of(till.conn, SHOE)
    number, ctx = await paid(till, {SHOE: 2})
    total = (await orders.order_amount(till.conn, number)).total
    done = await cancel(ctx, number)
    assert (done.status, done.way, done.refund.amount) == ("cancelled", "original", total)
    assert await stock_of(till.conn, SHOE) == before
    await till.work_off()
    payment = (await payments.payments_of(till.conn, number))[0]
    assert (payment.refunded, payment.state) == (total, "refunded")
    assert await till.status(number) == "cancelled"
    with pytest.raises(Refused) as no:
        await use(ctx, "cancel_order", CancelOrder(order=number, refund=done.refund, fee=done.fee))
    assert no.value.code == "not_allowed_now"
    assert await stock_of(till.conn, SHOE) == before


async def test_what_was_not_agreed_to_is_not_done(till: Till) -> None:
    number, ctx = await paid(till, {SHOE: 1})
    for refund in (0, 1, 10**9):
        asked = CancelOrder(order=number, refund=ctx.shop.minor(refund), fee=ctx.shop.minor(0))
        with pytest.raises(Refused) as no:
            await use(ctx, "cancel_order", asked)
        assert no.value.code == "consequence_changed"
    assert await till.status(number) == "paid"


async def test_an_order_on_its_way_is_not_cancelled_or_changed(till: Till) -> None:
    number, ctx = await paid(till, {SHOE: 1})
    await orders.record_shipment(
        till.conn, number, carrier="kr.cjlogistics", tracking_no="123456789012", status="in_transit",
        at=ctx.now, now=ctx.now,
    )  # fmt: skip
    offer = await use(ctx, "look_at_cancellation", LookAtCancellation(order=number))
    assert (offer.allowed, offer.refund.amount) == (False, 0)
    change = await use(ctx, "look_at_change", LookAtChange(order=number, line="1", sku=LARGER))
    assert not change.allowed
    zero = Money(amount=0, currency="KRW")
    for tool, args in (
        ("cancel_order", CancelOrder(order=number, refund=zero, fee=zero)),
        ("change_address", ChangeAddress(order=number, address=SEOUL, difference=zero)),
        ("change_option", ChangeOption(order=number, line="1", sku=LARGER, difference=zero)),
    ):
        with pytest.raises(Refused) as no:
            await use(ctx, tool, args)
        assert no.value.code == "not_allowed_now"


async def test_another_persons_order_is_not_there(till: Till) -> None:
    number, ctx = await paid(till, {SHOE: 1})
    stranger = as_guest(ctx, "20261121-9999")
    for tool, args in (
        ("look_at_cancellation", LookAtCancellation(order=number)),
        ("look_at_change", LookAtChange(order=number, address="서울 강남구 테헤란로 1")),
    ):
        with pytest.raises(NotFound):
            await use(stranger, tool, args)


async def test_a_cheaper_variant_gives_the_difference_back_and_the_order_stays_whole(till: Till) -> None:
    number, ctx = await paid(till, {SHOE: 1})
    await till.conn.execute("update variants set price = price - 9000 where sku = %s", (LARGER,))
    look = await use(ctx, "look_at_change", LookAtChange(order=number, line="1", sku=LARGER))
    assert isinstance(look, OrderChange)
    assert look.difference.amount == -9000
    agreed = ChangeOption(order=number, line="1", sku=LARGER, difference=look.difference)
    await use(ctx, "change_option", agreed)
    await till.work_off()
    order, payment = (
        await orders.order_row(till.conn, number),
        (await payments.payments_of(till.conn, number))[0],
    )
    assert order is not None
    assert (order.status, order.refunded) == ("paid", 0)
    assert payment.received - payment.refunded == order.total
    assert (await stock_of(till.conn, LARGER))[0] == 0
    assert (await stock_of(till.conn, SHOE))[0] == 5
    done = await cancel(till.at_now(), number)
    assert done.refund.amount == order.total


async def test_money_for_an_amount_of_before_goes_back(till: Till) -> None:
    number = await placed(till.ctx, {SHOE: 1})
    await till.open(number)
    old = await till.vendor_ref(number)
    await till.conn.execute("update variants set price = price - 9000 where sku = %s", (LARGER,))
    ctx = till.at_now()
    look = await use(ctx, "look_at_change", LookAtChange(order=number, line="1", sku=LARGER))
    agreed = ChangeOption(order=number, line="1", sku=LARGER, difference=look.difference)
    await use(ctx, "change_option", agreed)
    await till.peer.play(old, "pay")
    await till.work_off()
    assert await till.status(number) == "pending_payment"
    assert (await payments.payments_of(till.conn, number))[0].refunded == 89_000 + _delivery(look)


def _delivery(look: OrderChange) -> int:
    assert look.order_view is not None
    return look.order_view.shipping.amount


_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("cancel"), st.integers(0, 1)),
        st.tuples(
            st.just("option"), st.integers(0, 1), st.sampled_from([SHOE, LARGER, "SHOE-WHT-270", SOCK])
        ),
        st.tuples(st.just("price"), st.sampled_from([SHOE, LARGER]), st.sampled_from([-7000, 0, 3000])),
        st.tuples(st.just("other_payment"), st.integers(0, 1)),
        st.tuples(st.just("pay"), st.integers(0, 1)),
        st.tuples(st.just("late"), st.integers(0, 1)),
        st.tuples(st.just("ship"), st.integers(0, 1)),
    ),
    min_size=3,
    max_size=12,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=_STEPS)
async def test_goods_and_money_agree_whatever_is_done(
    conn: Connection,
    shop: Shop,
    clock: TurnedClock,
    context: Callable[..., ToolContext],
    tmp_path: Path,
    steps: list[tuple[Any, ...]],
) -> None:
    await conn.execute(
        "truncate orders, payments, amendments, refunds, announcements, carts, checkouts, stock_holds, redemptions cascade"
    )
    await put_on_shelf(conn, shop, tmp_path, clock.now())
    await conn.execute("update variants set price = 89000 where sku like 'SHOE%%'", prepare=False)
    for sku, stock in ((SHOE, 5), (LARGER, 1), (SOCK, 50), ("SHOE-WHT-270", 0)):
        await conn.execute("update variants set stock = %s where sku = %s", (stock, sku))
    shopper = context(conn, shop, clock)
    numbers = [await placed(shopper, {SHOE: 1}), await placed(shopper, {SHOE: 1, SOCK: 2})]
    for number in numbers:
        await conn.execute(
            "insert into payments (reference, request_key, order_number, gateway, currency, amount, received, state,"
            " language, opened_at) select number, number, number, 'sample', currency, total, total, 'paid', 'ko', now()"
            " from orders where number = %s",
            (number,),
        )
        await orders.mark_paid(conn, shop, number, now=clock.now())
    ctx = replace(as_guest(shopper, *numbers), now=clock.now())
    for step in steps:
        try:
            await _do(ctx, numbers, step)
        except Refused:
            continue
        finally:
            await _holds(conn)


async def _do(ctx: ToolContext, numbers: list[str], step: tuple[Any, ...]) -> None:
    if step[0] == "price":
        await ctx.conn.execute("update variants set price = price + %s where sku = %s", (step[2], step[1]))
        return
    number = numbers[step[1]]
    if step[0] == "cancel":
        await cancel(ctx, number)
    elif step[0] == "other_payment":
        look = await use(ctx, "look_at_change", LookAtChange(order=number, payment=True))
        await use(ctx, "change_payment", ChangePayment(order=number, pay=look.pay or look.new_total))
    elif step[0] == "pay":
        await _pay_change(ctx, number)
    elif step[0] == "late":
        await payments.drop_due(ctx.conn, ctx.now + timedelta(hours=1))
    elif step[0] == "option":
        look = await use(ctx, "look_at_change", LookAtChange(order=number, line="1", sku=step[2]))
        agreed = ChangeOption(order=number, line="1", sku=step[2], difference=look.difference)
        await use(ctx, "change_option", agreed)
    else:
        await orders.record_shipment(
            ctx.conn, number, carrier="kr.cjlogistics", tracking_no=f"12345678901{step[1]}",
            status="in_transit", at=ctx.now, now=ctx.now,
        )  # fmt: skip


async def _pay_change(ctx: ToolContext, number: str) -> None:
    """The newest change of an order is paid, whatever became of it meanwhile."""
    change = await (
        await ctx.conn.execute(
            "select id, amount from amendments where order_number = %s order by id desc limit 1", (number,)
        )
    ).fetchone()
    if change is None:
        return
    reference = f"{number}/{change[0]}"
    await ctx.conn.execute(
        "insert into payments (reference, request_key, order_number, gateway, currency, amount, state,"
        " language, opened_at, amendment_id) values (%s, %s, %s, 'sample', 'KRW', %s, 'open', 'ko', now(), %s)"
        " on conflict do nothing",
        (reference, reference, number, change[1], change[0]),
    )
    report = PaymentReport(
        event=reference, vendor_ref=reference, reference=reference, state="paid", amount=Money(amount=change[1], currency="KRW"),
    )  # fmt: skip
    await payments.take_report(ctx.conn, ctx.shop, "sample", report, ctx.now)


async def _holds(conn: Connection) -> None:
    """Every unit is on the shelf or in an order that stands; what was paid is kept, or on its way back."""
    units = await (
        await conn.execute(
            "select sum(stock) + (select coalesce(sum(quantity), 0) from stock_holds) + (select"
            " coalesce(sum(l.quantity), 0) from order_lines l join orders o on o.id = l.order_id"
            " where o.status <> 'cancelled'), min(stock) from variants"
        )
    ).fetchone()
    assert units is not None
    assert (units[0], units[1] >= 0) == (56, True)
    money = await (
        await conn.execute(
            "select o.status, o.total, sum(p.received - coalesce((select sum(amount) from refunds r"
            " where r.payment_id = p.id), 0)) from orders o join payments p on p.order_number = o.number"
            " group by o.id"
        )
    ).fetchall()
    assert all(kept == (0 if status == "cancelled" else total) for status, total, kept in money), money
