"""A coupon for one person: theirs alone, once, until its day; whatever is tried in whatever order."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dangol.carts import api, giving, tools
from dangol.carts.api import CouponRefused
from dangol.contracts.shopfloor.baskets import AddToCart, ApplyCoupon, CartView
from dangol.contracts.shopfloor.people import Nothing
from dangol.customers import api as customers
from dangol.kernel.money import Money
from dangol.kernel.tools import Shopper

pytestmark = pytest.mark.usefixtures("goods")

TEN = Money(amount=10_000, currency="KRW")


async def _give(ctx, amount=10_000, cause="call_1", days=30):
    ends = ctx.now.astimezone(ctx.shop.zone).date() + timedelta(days=days)
    return await giving.give(
        ctx.conn, ctx.shopper.key, Money(amount=amount, currency="KRW"), ends, cause, ctx.now
    )


async def _filled(ctx, sku="RUN-270", quantity=1) -> CartView:
    return (await tools.add_to_cart(ctx, AddToCart(sku=sku, quantity=quantity))).cart


async def _order(ctx, number):
    """What placing an order does to the cart."""
    async with ctx.conn.transaction():
        cart = await api.cart_id(ctx.conn, ctx.shopper)
        await api.lock(ctx.conn, cart)
        await api.redeem(ctx.conn, cart, number, ctx.now, shop=ctx.shop)
        await api.empty(ctx.conn, cart)


async def test_it_is_used_on_top_of_others_and_once(conn, shop, clock, context):
    ctx = context(conn, shop, clock)
    await _filled(ctx)
    given = await _give(ctx)
    assert (await _give(ctx)).code == given.code, "the same call gives one coupon"
    cart = await tools.apply_coupon(ctx, ApplyCoupon(code=given.code.lower()))
    assert [(one.code, one.amount) for one in cart.discounts] == [(given.code, TEN)]
    both = await tools.apply_coupon(ctx, ApplyCoupon(code="MINUS5000"))
    assert sum(one.amount.amount for one in both.discounts) == 15_000
    await _order(ctx, "20261121-0001")
    await _filled(ctx, "CAP")
    with pytest.raises(CouponRefused) as no:
        await tools.apply_coupon(ctx, ApplyCoupon(code=given.code))
    assert no.value.details["reason"] == "used_up"
    await api.unredeem(conn, "20261121-0001")
    again = await tools.apply_coupon(ctx, ApplyCoupon(code=given.code))
    assert [one.code for one in again.discounts] == [given.code], "a cancelled order gives it back"


async def test_nobody_else_can_use_it_or_learn_that_it_exists(conn, shop, clock, context):
    ctx = context(conn, shop, clock)
    given = await _give(ctx)
    other = replace(ctx, shopper=Shopper("c_other"))
    await _filled(other)
    with pytest.raises(CouponRefused) as no:
        await tools.apply_coupon(other, ApplyCoupon(code=given.code))
    with pytest.raises(CouponRefused) as made_up:
        await tools.apply_coupon(other, ApplyCoupon(code="YOURS-2A2A2A2A2"))
    assert (no.value.details["reason"], made_up.value.details["reason"]) == ("unknown", "unknown")
    offers = (await tools.list_offers(other, Nothing())).items
    assert given.code not in [each.code for each in offers]
    assert (await tools.list_offers(ctx, Nothing())).items[0].code == given.code, (
        "its owner is told of it first"
    )


async def test_it_ends_with_its_day(conn, shop, clock, context):
    ctx = context(conn, shop, clock)
    await _filled(ctx)
    given = await _give(ctx, days=1)
    last = replace(ctx, now=ctx.now + timedelta(days=1))
    assert (await tools.apply_coupon(last, ApplyCoupon(code=given.code))).discounts
    over = replace(ctx, now=ctx.now + timedelta(days=2))
    cart = await tools.view_cart(over, Nothing())
    assert not cart.discounts
    assert [(one.code, one.reason, one.when) for one in cart.troubles] == [
        (given.code, "expired", given.ends)
    ]


async def test_what_was_taken_back_is_gone_from_the_cart_as_well(conn, shop, clock, context):
    ctx = context(conn, shop, clock)
    await _filled(ctx)
    given = await _give(ctx)
    await tools.apply_coupon(ctx, ApplyCoupon(code=given.code))
    await giving.withdraw(conn, ctx.shopper.key, given.code, ctx.now)
    cart = await tools.view_cart(ctx, Nothing())
    assert not cart.discounts
    with pytest.raises(CouponRefused):
        await giving.withdraw(conn, ctx.shopper.key, given.code, ctx.now)
    used = await _give(ctx, cause="call_2")
    await tools.apply_coupon(ctx, ApplyCoupon(code=used.code))
    await _order(ctx, "20261121-0002")
    with pytest.raises(CouponRefused) as no:
        await giving.withdraw(conn, ctx.shopper.key, used.code, ctx.now)
    assert no.value.details["reason"] == "used_up"


async def test_a_visitor_who_signs_in_keeps_it(conn, shop, clock, context):
    visitor = context(conn, shop, clock)
    given = await _give(visitor)
    who = await customers.identify(conn, external_id="7", email=None, name=None, now=clock.now())
    mine = replace(visitor, shopper=Shopper("c_later", who, "customer"))
    await api.adopt(conn, visitor.shopper.key, mine.shopper.key)
    await _filled(mine)
    assert (await tools.apply_coupon(mine, ApplyCoupon(code=given.code))).discounts
    await _filled(visitor)
    with pytest.raises(CouponRefused):
        await tools.apply_coupon(visitor, ApplyCoupon(code=given.code))


async def test_two_orders_at_once_use_it_once(database_url, conn, shop, clock, context):
    """The second order of one cart finds it empty; of two carts that hold one code (a sign-in between) one is refused."""
    ctx = context(conn, shop, clock)
    given = await _give(ctx)
    async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as second:

        async def take(connection: Any, number: str) -> bool:
            try:
                async with connection.transaction():
                    await giving.use(connection, [given.code, "SHIPFREE"], number)
                    await asyncio.sleep(0)
            except CouponRefused:
                return False
            return True

        took = await asyncio.gather(take(conn, "20261121-0001"), take(second, "20261121-0002"))
    assert sorted(took) == [False, True]


WHO = ("a", "b")
STEP = st.tuples(
    st.sampled_from(["give", "apply", "order", "cancel", "withdraw", "remove", "day"]),
    st.sampled_from(WHO),
    st.integers(0, 3),
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEP, min_size=5, max_size=25))
async def test_no_order_of_acts_uses_one_twice_or_lets_another_use_it(conn, shop, clock, context, steps):
    await conn.execute("truncate personal_coupons, redemptions, carts cascade")
    await conn.execute("update variants set stock = 1000")
    started = clock.now()
    days, made, orders = 0, [], []  # made: (code, owner); orders: (number, who, codes)
    for number, (act, who, pick) in enumerate(steps):
        ctx = replace(
            context(conn, shop, clock), shopper=Shopper(f"c_{who}"), now=started + timedelta(days=days)
        )
        code = made[pick % len(made)][0] if made else "YOURS-2A2A2A2A2"
        try:
            if act == "give":
                made.append(((await _give(ctx, 1_000, f"call_{number}", days=pick)).code, who))
            elif act == "apply":
                await tools.apply_coupon(ctx, ApplyCoupon(code=code))
            elif act == "remove":
                await tools.remove_coupon(ctx, ApplyCoupon(code=code))
            elif act == "withdraw":
                await giving.withdraw(conn, ctx.shopper.key, code, ctx.now)
            elif act == "day":
                days += 1
            elif act == "cancel" and orders:
                await api.unredeem(conn, orders.pop(pick % len(orders))[0])
            elif act == "order":
                cart = await _filled(ctx, "SOCK")
                codes = [one.code for one in cart.discounts if one.kind == "coupon"]
                await _order(ctx, f"20261121-{number:04d}")
                orders.append((f"20261121-{number:04d}", who, codes))
        except CouponRefused:
            pass
        used = [code for _, _, codes in orders for code in codes]
        assert len(used) == len(set(used)), "no coupon counts in two orders that stand"
        owners = dict(made)
        assert all(owners[code] == who for _, who, codes in orders for code in codes)
