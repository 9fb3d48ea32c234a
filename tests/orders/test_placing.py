"""From a full cart to an order that waits for its money."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from orders.floor import SHOE, SOCK, as_guest, placed, put_on_shelf, ready_to_order, stock_of

from dangol.carts import api as carts
from dangol.carts import tools as cart_tools
from dangol.contracts.shopfloor.baskets import ApplyCoupon, UsePoints
from dangol.contracts.shopfloor.orders import (
    GiveContact,
    LookUpOrders,
    PlaceOrder,
    StartCheckout,
    StopCheckout,
)
from dangol.customers import api as customers
from dangol.kernel.clock import TurnedClock
from dangol.kernel.errors import NotFound
from dangol.kernel.shop import Shop
from dangol.kernel.tools import ToolContext
from dangol.orders import api, tools
from dangol.orders.model import CartEmpty, CheckoutIncomplete, TotalChanged

Context = Callable[..., ToolContext]
Connection = psycopg.AsyncConnection[Any]


@pytest.fixture
async def ctx(
    conn: Connection, shop: Shop, clock: TurnedClock, context: Context, tmp_path: Path
) -> ToolContext:
    await put_on_shelf(conn, shop, tmp_path, clock.now())
    return context(conn, shop, clock)


async def test_the_checkout_asks_for_what_is_missing_until_it_can_be_confirmed(ctx: ToolContext) -> None:
    await carts.add(ctx.conn, ctx.shop, ctx.shopper, SHOE, 1, "ko", ctx.now)
    view = await tools.start_checkout(ctx, StartCheckout())
    assert (view.step, view.needs) == ("contact", ("name", "phone", "address"))
    view = await tools.give_contact(ctx, GiveContact(name=" 김  단골 ", phone="01012345678"))
    assert (view.name, view.phone) == ("김 단골", "010-1234-5678")
    assert (view.step, view.needs) == ("address", ("address",))
    view = await ready_to_order(ctx, {})
    assert (view.step, view.needs) == ("confirm", ("confirm",))
    assert view.cart.total.amount == 89_000
    assert view.quote is not None
    assert view.quote.sure


async def test_a_contact_that_cannot_be_one_is_named_and_not_kept(ctx: ToolContext) -> None:
    view = await tools.give_contact(ctx, GiveContact(email="kim@", phone="12-34"))
    assert [problem.code for problem in view.problems[:2]] == ["not_an_email", "not_a_phone"]
    assert (view.email, view.phone) == ("", "")


async def test_an_order_holds_its_goods_and_empties_the_cart(ctx: ToolContext) -> None:
    view = await ready_to_order(ctx, {SHOE: 2, SOCK: 1})
    done = await tools.place_order(ctx, PlaceOrder(total=view.cart.total))
    assert done.step == "payment"
    assert done.needs == ("payment",)
    assert done.order is not None
    assert done.order.startswith("20261121-")
    assert await stock_of(ctx.conn, SHOE) == (3, 2)
    assert await stock_of(ctx.conn, SOCK) == (49, 1)
    assert not (await carts.view(ctx.conn, ctx.shop, ctx.shopper, "ko", ctx.now)).lines
    assert done.proof is not None
    assert done.proof.orders == (done.order,)
    found = await tools.look_up_orders(as_guest(ctx, *done.proof.orders), LookUpOrders())
    assert [order.order for order in found.items] == [done.order]
    order = found.items[0]
    assert order.status == "pending_payment"
    assert order.total == view.cart.total
    assert order.total.amount == order.subtotal.amount - order.discount.amount + order.shipping.amount
    assert [(line.sku, line.quantity, line.total.amount) for line in order.lines] == [
        (SHOE, 2, 178_000),
        (SOCK, 1, 6_500),
    ]
    assert order.lines[0].options == {"색상": "블랙", "사이즈": "270"}
    assert order.pay_until == ctx.now + timedelta(hours=48)
    again = await tools.start_checkout(ctx, StartCheckout())
    assert (again.step, again.order) == ("payment", done.order)


async def test_a_total_that_is_not_true_any_more_is_refused_and_nothing_happens(ctx: ToolContext) -> None:
    view = await ready_to_order(ctx, {SHOE: 1})
    await ctx.conn.execute("update variants set price = 95000 where sku = %s", (SHOE,))
    with pytest.raises(TotalChanged) as refused:
        await tools.place_order(ctx, PlaceOrder(total=view.cart.total))
    assert refused.value.details["new"]["amount"] == 95_000
    assert await stock_of(ctx.conn, SHOE) == (5, 0)
    assert (await carts.view(ctx.conn, ctx.shop, ctx.shopper, "ko", ctx.now)).lines


async def test_haggling_at_the_counter_changes_nothing(ctx: ToolContext) -> None:
    view = await ready_to_order(ctx, {SHOE: 1})
    with pytest.raises(TotalChanged):
        await tools.place_order(ctx, PlaceOrder(total=ctx.shop.minor(view.cart.total.amount // 10)))


async def test_nothing_is_ordered_without_contact_and_address(ctx: ToolContext) -> None:
    view = await ready_to_order(ctx, {SHOE: 1}, contact=False)
    with pytest.raises(CheckoutIncomplete) as refused:
        await tools.place_order(ctx, PlaceOrder(total=view.cart.total))
    assert refused.value.details["needs"] == ["name", "phone", "address"]
    other = replace(ctx, shopper=replace(ctx.shopper, conversation_id="c_other"))
    with pytest.raises(CartEmpty):
        await tools.place_order(other, PlaceOrder(total=view.cart.total))


async def test_stopping_forgets_what_was_given_and_keeps_the_cart(ctx: ToolContext) -> None:
    await ready_to_order(ctx, {SHOE: 1})
    await tools.stop_checkout(ctx, StopCheckout())
    view = await tools.start_checkout(ctx, StartCheckout())
    assert (view.name, view.email, view.address) == ("", "", None)
    assert len(view.cart.lines) == 1


async def test_two_buyers_of_the_last_one_get_one_order_and_one_apology(
    ctx: ToolContext, database_url: str
) -> None:
    together = asyncio.Barrier(2)

    async def buyer(name: str) -> str | dict[str, object]:
        async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as conn:
            mine = replace(ctx, conn=conn, shopper=replace(ctx.shopper, conversation_id=name))
            view = await ready_to_order(mine, {"SHOE-BLK-280": 1})
            await together.wait()
            try:
                return (await tools.place_order(mine, PlaceOrder(total=view.cart.total))).order or ""
            except api.SoldOut as no:
                return no.details

    outcomes = await asyncio.gather(buyer("c_one"), buyer("c_two"))
    refusals = [outcome for outcome in outcomes if isinstance(outcome, dict)]
    assert [(no["title"], no["stock"]) for no in refusals] == [("트레일 러닝화", 0)]
    assert await stock_of(ctx.conn, "SHOE-BLK-280") == (0, 1)


async def test_goods_go_back_after_half_an_hour_and_the_order_after_its_time(
    ctx: ToolContext, clock: TurnedClock
) -> None:
    number = await placed(ctx, {SHOE: 2})
    clock.advance(timedelta(minutes=29))
    assert await api.expire_due(ctx.conn, clock.now()) == 0
    assert await stock_of(ctx.conn, SHOE) == (3, 2)
    clock.advance(timedelta(minutes=2))
    await api.expire_due(ctx.conn, clock.now())
    assert await stock_of(ctx.conn, SHOE) == (5, 0)
    assert (await api.order_amount(ctx.conn, number)).status == "pending_payment"
    clock.advance(timedelta(hours=48))
    await api.expire_due(ctx.conn, clock.now())
    await api.expire_due(ctx.conn, clock.now())
    assert (await api.order_amount(ctx.conn, number)).status == "cancelled"
    assert await stock_of(ctx.conn, SHOE) == (5, 0)
    kinds = [(await api.announcement(ctx.conn, one)).kind for one in await api.untold(ctx.conn)]
    assert kinds == ["order_expired"]


async def test_points_and_coupon_come_back_when_an_order_runs_out_of_time(
    conn: Connection, shop: Shop, clock: TurnedClock, context: Context, tmp_path: Path
) -> None:
    await put_on_shelf(conn, shop, tmp_path, clock.now())
    who = await customers.identify(conn, external_id="7", email="kim@example.com", name="김", now=clock.now())
    await customers.grant_points(conn, who, 3000, cause="welcome", expires=None, now=clock.now())
    ctx = context(conn, shop, clock, customer_id=who)
    await carts.add(conn, shop, ctx.shopper, SHOE, 1, "ko", ctx.now)
    await cart_tools.apply_coupon(ctx, ApplyCoupon(code="WELCOME10"))
    await cart_tools.use_points(ctx, UsePoints())
    number = await placed(ctx, {})
    order = await api.order_row(conn, number)
    assert order is not None
    assert (order.discount, order.points_spent, order.coupons) == (8_900 + 3_000, 3_000, ["WELCOME10"])
    assert await customers.points_balance(conn, who, clock.now()) == 0
    await carts.add(conn, shop, ctx.shopper, SOCK, 5, "ko", ctx.now)
    with pytest.raises(carts.CouponRefused):
        await cart_tools.apply_coupon(ctx, ApplyCoupon(code="WELCOME10"))
    clock.advance(timedelta(hours=49))
    await api.expire_due(conn, clock.now())
    later = context(conn, shop, clock, customer_id=who)
    assert await customers.points_balance(conn, who, clock.now()) == 3000
    await cart_tools.apply_coupon(later, ApplyCoupon(code="WELCOME10"))


async def test_an_order_paid_wholly_by_points_needs_no_gateway(
    conn: Connection, shop: Shop, clock: TurnedClock, context: Context, tmp_path: Path
) -> None:
    await put_on_shelf(conn, shop, tmp_path, clock.now())
    who = await customers.identify(conn, external_id="7", email="kim@example.com", name="김", now=clock.now())
    await customers.grant_points(conn, who, 200_000, cause="prize", expires=None, now=clock.now())
    ctx = context(conn, shop, clock, customer_id=who)
    await carts.add(conn, shop, ctx.shopper, SHOE, 1, "ko", ctx.now)
    await cart_tools.use_points(ctx, UsePoints())
    view = await ready_to_order(ctx, {})
    assert view.cart.total.amount == 0
    done = await tools.place_order(ctx, PlaceOrder(total=view.cart.total))
    assert done.step == "paid"
    assert await stock_of(conn, SHOE) == (4, 0)
    assert await customers.points_balance(conn, who, clock.now()) == 111_000


async def test_nobody_else_sees_an_order_or_learns_that_there_is_one(ctx: ToolContext) -> None:
    number = await placed(ctx, {SHOE: 1})
    stranger = replace(ctx, shopper=replace(ctx.shopper, conversation_id="c_stranger"))
    for asked in (number, "20261121-9999"):
        with pytest.raises(NotFound) as refused:
            await tools.look_up_orders(stranger, LookUpOrders(order=asked))
        assert refused.value.details == {"order": asked}
        with pytest.raises(NotFound):
            await api.order_for(ctx.conn, stranger.shopper, asked)
    assert not (await tools.look_up_orders(stranger, LookUpOrders())).items
    for said in (f"#{number}", f" {number} ", f"주문번호 {number}", number.replace("-", "–")):
        assert len((await tools.look_up_orders(as_guest(ctx, number), LookUpOrders(order=said))).items) == 1


async def test_an_order_is_found_by_what_was_in_it_however_many_came_after(ctx: ToolContext) -> None:
    first = await placed(ctx, {SOCK: 1})
    mine = [first, *[await placed(ctx, {SHOE: 1}) for _ in range(3)]]
    me = as_guest(ctx, *mine)
    socks = (await tools.look_up_orders(me, LookUpOrders(order=first))).items[0].lines[0].product
    newest = await tools.look_up_orders(me, LookUpOrders(limit=3))
    assert first not in [order.order for order in newest.items]
    with_socks = await tools.look_up_orders(me, LookUpOrders(product=socks, limit=3))
    assert [order.order for order in with_socks.items] == [first]
    stranger = replace(ctx, shopper=replace(ctx.shopper, conversation_id="c_stranger"))
    assert not (await tools.look_up_orders(stranger, LookUpOrders(product=socks))).items


async def test_what_happened_to_an_order_cannot_be_rewritten(ctx: ToolContext) -> None:
    await placed(ctx, {SHOE: 1})
    for statement in ("update order_events set kind = 'x'", "delete from order_events"):
        with pytest.raises(psycopg.errors.RaiseException):
            await ctx.conn.execute(statement)
