"""Two at once, each on a connection of its own: whoever comes second finds it done, and nothing happens twice."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from orders.floor import SHOE, SOCK, stock_of
from returns.desk import ReturnDesk, agreed, line

from dangol.contracts.shopfloor.changes import CancelOrder, ChangeOption, LookAtCancellation
from dangol.contracts.shopfloor.returns import (
    CancelReturn,
    ReceiveReturn,
    RefundOrder,
    RequestReturn,
    SettleReturn,
)
from dangol.kernel.errors import Refused
from dangol.kernel.money import Money
from dangol.payments import calling_off
from dangol.returns import api as returns

LARGER = "SHOE-BLK-280"
Act = Callable[[ReturnDesk], Awaitable[Any]]


@pytest.fixture
async def desks(desk: ReturnDesk, database_url: str) -> AsyncIterator[list[ReturnDesk]]:
    """The same desk four times, each with its own connection."""
    async with contextlib.AsyncExitStack() as opened:
        made = []
        for _ in range(4):
            conn = await opened.enter_async_context(
                await psycopg.AsyncConnection.connect(database_url, autocommit=True)
            )
            till = replace(desk.till, ctx=replace(desk.till.ctx, conn=conn))
            made.append(replace(desk, till=till))
        yield made


async def at_once(desks: list[ReturnDesk], *acts: Act) -> list[Any]:
    """What each came to: its result, or the refusal."""

    async def one(desk: ReturnDesk, act: Act) -> Any:
        try:
            return await act(desk)
        except Refused as no:
            return no

    given = zip(desks, acts * (len(desks) // len(acts)), strict=True)
    return await asyncio.gather(*(one(desk, act) for desk, act in given))


def done(results: list[Any]) -> list[Any]:
    return [each for each in results if not isinstance(each, Refused)]


async def test_the_same_goods_are_sent_back_once(desk: ReturnDesk, desks: list[ReturnDesk]) -> None:
    order = await desk.arrived({SHOE: 1, SOCK: 2})
    request = RequestReturn(order=order, reason="changed_mind", lines=(line(1),))
    said = agreed(request, await desk.offer(order, lines=(line(1),)))
    results = await at_once(desks, lambda at: at.use("start_return", said))
    assert len(done(results)) == 1
    assert {each.code for each in results if isinstance(each, Refused)} == {"not_returnable"}


async def test_a_call_made_again_meanwhile_is_told_the_same_return(
    desk: ReturnDesk, desks: list[ReturnDesk]
) -> None:
    order = await desk.arrived({SHOE: 1})
    request = RequestReturn(order=order, reason="changed_mind")
    said = agreed(request, await desk.offer(order))
    same = desk.ctx()

    async def again(at: ReturnDesk) -> Any:
        async with at.conn.transaction():
            return await at.box["start_return"].run(replace(same, conn=at.conn), said)

    results = await at_once(desks, again)
    assert len(done(results)) == len(desks)
    assert len({each.number for each in results}) == 1


async def test_goods_come_in_once_and_their_money_goes_back_once(
    desk: ReturnDesk, desks: list[ReturnDesk]
) -> None:
    order = await desk.arrived({SHOE: 1})
    back = await desk.start(order)
    await desk.further()
    before = await stock_of(desk.conn, SHOE)
    results = await at_once(
        desks,
        lambda at: at.receive(back.number),
        lambda at: at.use("cancel_return", CancelReturn(number=back.number)),
    )
    assert len(done(results)) == 1
    view = await desk.view(back.number)
    came = view.status == "received"
    assert (await stock_of(desk.conn, SHOE))[0] == before[0] + came
    row = await returns.return_by_number(desk.conn, back.number)
    assert row is not None

    async def further(at: ReturnDesk) -> None:
        await returns.further(
            at.conn, at.till.ctx.shop, at.till.gateways, at.carriers, row.id, at.till.clock.now(),
            lambda _: timedelta(minutes=1),
        )  # fmt: skip

    await at_once(desks, further)
    await desk.further()
    assert await desk.given_back(order) == (back.refund.amount if came else 0)


async def test_money_without_goods_goes_back_once_for_a_call_and_never_above_what_is_left(
    desk: ReturnDesk, desks: list[ReturnDesk]
) -> None:
    order = await desk.arrived({SHOE: 1})
    half = RefundOrder(order=order, refund=Money(amount=60_000, currency="KRW"), why="늦은 배송")
    results = await at_once(desks, lambda at: at.use("refund_order", half, "staff"))
    assert len(done(results)) == 1
    await desk.further()
    assert await desk.given_back(order) == 60_000


@pytest.mark.parametrize("elsewhere", [False, True])
async def test_a_refund_asked_for_again_under_its_key_is_one_refund(
    desk: ReturnDesk, desks: list[ReturnDesk], elsewhere: bool
) -> None:
    order = await desk.arrived({SHOE: 1})
    if elsewhere:
        await desk.conn.execute("delete from payment_events")
        await desk.conn.execute("delete from payments where order_number = %s", (order,))
    part = RefundOrder(order=order, refund=Money(amount=10_000, currency="KRW"), why="늦은 배송")
    same = desk.ctx("staff")

    async def again(at: ReturnDesk) -> Any:
        async with at.conn.transaction():
            return await at.box["refund_order"].run(replace(same, conn=at.conn), part)

    results = await at_once(desks, again)
    await desk.further()
    row = await (
        await desk.conn.execute("select refunded from orders where number = %s", (order,))
    ).fetchone()
    assert row == (10_000,)
    assert len(done(results)) == len(desks)
    assert len({each.left.amount for each in results}) == 1


async def test_an_order_is_cancelled_or_changed_and_never_both(
    desk: ReturnDesk, desks: list[ReturnDesk]
) -> None:
    before = {sku: await stock_of(desk.conn, sku) for sku in (SHOE, LARGER)}
    order = await desk.ordered({SHOE: 1})
    desk.till.proved.add(order)
    look = await calling_off.look_at_cancellation(desk.till.at_now(), LookAtCancellation(order=order))
    nothing = Money(amount=0, currency="KRW")
    results = await at_once(
        desks,
        lambda at: calling_off.cancel_order(
            at.till.at_now(), CancelOrder(order=order, refund=look.refund, fee=look.fee)
        ),
        lambda at: calling_off.change_option(
            at.till.at_now(), ChangeOption(order=order, line="1", sku=LARGER, difference=nothing)
        ),
    )
    assert 1 <= len(done(results)) <= 2
    await desk.further()
    assert await desk.till.status(order) == "cancelled"
    assert await desk.given_back(order) == look.refund.amount
    assert {sku: await stock_of(desk.conn, sku) for sku in before} == before


async def test_what_staff_gave_by_hand_is_written_down_once(
    desk: ReturnDesk, desks: list[ReturnDesk]
) -> None:
    order = await desk.arrived({SHOE: 1})
    back = await desk.start(order)
    await desk.further()
    await desk.till.peer.play(await desk.till.vendor_ref(order), "expire_card")
    await desk.use("receive_return", ReceiveReturn(number=back.number), "staff")
    await desk.further()
    assert (await desk.view(back.number)).waits_for == "other_way"
    results = await at_once(
        desks, lambda at: at.use("settle_return", SettleReturn(number=back.number), "staff")
    )
    assert len(done(results)) == 1
    row = await (
        await desk.conn.execute("select refunded from orders where number = %s", (order,))
    ).fetchone()
    assert row == (back.refund.amount,)
