"""The cart as a shopper meets it, in a real database."""

import asyncio

import psycopg
import pytest

from dangol.carts import api, tools
from dangol.catalog import api as catalog
from dangol.contracts.shopfloor.baskets import AddToCart, ApplyCoupon, ChangeCart, UsePoints
from dangol.contracts.shopfloor.people import AddressView, Nothing
from dangol.customers import api as customers
from dangol.kernel.shop import Bundle
from dangol.kernel.tools import Shopper

pytestmark = pytest.mark.usefixtures("goods")

JEJU = AddressView(country="KR", postcode="63122", region="제주특별자치도", city="제주시", street="연북로 1")


async def add(ctx, sku, quantity=1):
    return await tools.add_to_cart(ctx, AddToCart(sku=sku, quantity=quantity))


def sums(cart):
    delivery = cart.quote.whole.amount if cart.quote else 0
    return cart.subtotal.amount - sum(d.amount.amount for d in cart.discounts) + delivery


async def test_an_empty_cart_costs_nothing(conn, shop, clock, context):
    cart = await tools.view_cart(context(conn, shop, clock), Nothing())
    assert (cart.lines, cart.total.amount, cart.quote) == ((), 0, None)


async def test_putting_in_adds_up_and_stops_at_the_stock(conn, shop, clock, context):
    ctx = context(conn, shop, clock)
    first = await add(ctx, "RUN-270", 2)
    assert (first.quantity, first.limited, first.title, first.options) == (
        2,
        False,
        "달리기 운동화",
        {"사이즈": "270"},
    )
    assert first.cart.total.amount == 120_000  # free delivery from 50,000
    more = await add(ctx, "RUN-270", 9)
    assert (more.quantity, more.asked, more.limited) == (5, 9, True)
    assert (await add(ctx, "SOCK")).cart.subtotal.amount == 304_500


async def test_delivery_is_in_the_price_from_the_first_look(conn, shop, clock, context):
    ctx = context(conn, shop, clock)
    cart = (await add(ctx, "CAP")).cart
    assert (cart.total.amount, cart.quote.fee.amount, cart.quote.sure) == (32_000, 3_000, False)
    jeju = await api.view(conn, shop, ctx.shopper, "ko", clock.now(), destination=JEJU)
    assert (jeju.total.amount, jeju.quote.surcharge_name, jeju.quote.sure) == (35_500, "제주", True)
    fast = await api.view(conn, shop, ctx.shopper, "en", clock.now(), destination=JEJU, method="당일배송")
    assert (fast.quote.method, fast.total.amount) == ("same day", 38_500)


async def test_a_known_customers_last_address_is_reckoned_with(conn, shop, clock, context):
    who = await customers.identify(conn, external_id="1", email=None, name=None, now=clock.now())
    await customers.save_address(conn, who, JEJU, clock.now())
    cart = (await add(context(conn, shop, clock, customer_id=who), "CAP")).cart
    assert (cart.quote.surcharge.amount, cart.quote.sure) == (3_500, False)


async def test_what_cannot_be_put_in(conn, shop, clock, context):
    ctx = context(conn, shop, clock)
    with pytest.raises(api.SoldOut) as no:
        await add(ctx, "RUN-280")
    assert no.value.details == {
        "sku": "RUN-280",
        "title": "달리기 운동화",
        "options": {"사이즈": "280"},
        "stock": 0,
    }
    with pytest.raises(api.UnknownVariant):
        await add(ctx, "NOPE")
    for quantity in (0, -3, 10_000_000):
        with pytest.raises(api.NotAQuantity):
            await add(ctx, "SOCK", quantity)
    with pytest.raises(api.NotInCart):
        await tools.change_cart(ctx, ChangeCart(sku="SOCK", quantity=2))
    assert (await tools.view_cart(ctx, Nothing())).lines == ()


async def test_changing_taking_out_and_swapping(conn, shop, clock, context):
    ctx = context(conn, shop, clock)
    await add(ctx, "RUN-270", 3)
    await add(ctx, "SOCK")
    assert (await tools.change_cart(ctx, ChangeCart(sku="RUN-270", quantity=2))).quantity == 2
    swapped = await tools.change_cart(ctx, ChangeCart(sku="RUN-270", swap_for="RUN-290"))
    assert (swapped.sku, swapped.quantity, swapped.asked, swapped.limited) == ("RUN-290", 1, 2, True)
    assert [line.sku for line in swapped.cart.lines] == ["RUN-290", "SOCK"]
    with pytest.raises(api.AnotherProduct):
        await tools.change_cart(ctx, ChangeCart(sku="SOCK", swap_for="RUN-270"))
    with pytest.raises(api.SoldOut):
        await tools.change_cart(ctx, ChangeCart(sku="RUN-290", swap_for="RUN-280"))
    gone = await tools.change_cart(ctx, ChangeCart(sku="SOCK", quantity=0))
    assert (gone.quantity, gone.title, [line.sku for line in gone.cart.lines]) == (0, "면 양말", ["RUN-290"])
    await add(ctx, "RUN-270")
    merged = await tools.change_cart(ctx, ChangeCart(sku="RUN-270", swap_for="RUN-290"))
    assert [(line.sku, line.quantity) for line in merged.cart.lines] == [("RUN-290", 1)]


async def test_the_page_sets_quantities(conn, shop, clock):
    who = Shopper("c_page")
    changed = await api.set_quantity(conn, shop, who, "SOCK", 3, clock.now())
    assert (changed.quantity, changed.cart.subtotal.amount) == (3, 13_500)
    assert (await api.set_quantity(conn, shop, who, "SOCK", 0, clock.now())).cart.lines == ()
    with pytest.raises(api.NotInCart):
        await api.set_quantity(conn, shop, who, "SOCK", 0, clock.now())


async def test_prices_and_stock_are_those_of_now(conn, shop, clock, context):
    ctx = context(conn, shop, clock, language="en")
    await add(ctx, "RUN-270", 2)
    await add(ctx, "CAP")
    await add(ctx, "SOCK")
    await conn.execute("UPDATE variants SET price = 65000, stock = 1 WHERE sku = 'RUN-270'")
    await conn.execute("UPDATE variants SET stock = 0 WHERE sku = 'CAP'")
    await conn.execute("UPDATE variants SET price = 5000 WHERE sku = 'SOCK'")
    cart = await tools.view_cart(ctx, Nothing())
    assert [(line.problem, line.total.amount) for line in cart.lines] == [
        ("too_few", 130_000),
        ("sold_out", 0),
        ("price_changed", 5_000),
    ]
    assert cart.lines[2].was.amount == 4_500
    assert cart.subtotal.amount == 135_000
    assert cart.total.amount == sums(cart)
    await conn.execute("UPDATE products SET status = 'archived' WHERE handle = 'socks'")
    cart = await tools.view_cart(ctx, Nothing())
    assert (cart.lines[2].problem, cart.lines[2].title) == ("gone", "socks")
    out = await tools.change_cart(ctx, ChangeCart(sku="SOCK", quantity=0))
    assert len(out.cart.lines) == 2


async def test_each_coupon_has_its_reason(conn, shop, clock, context):
    ctx = context(conn, shop, clock)
    await add(ctx, "SOCK")

    async def refused(code):
        with pytest.raises(api.CouponRefused) as no:
            await tools.apply_coupon(ctx, ApplyCoupon(code=code))
        return no.value.details

    assert await refused("GIVE-ME-90") == {"code": "GIVE-ME-90", "reason": "unknown"}
    assert await refused("summer26") == {"code": "SUMMER26", "reason": "expired", "when": "2026-08-31"}
    assert (await refused("WELCOME10"))["needed"] == {"amount": 15_500, "currency": "KRW"}
    assert (await tools.view_cart(ctx, Nothing())).troubles == ()  # a refused code does not stay
    await add(ctx, "CAP", 2)
    cart = await tools.apply_coupon(ctx, ApplyCoupon(code=" welcome10 "))
    assert [(d.code, d.amount.amount) for d in cart.discounts] == [("WELCOME10", 6_250)]
    again = await tools.apply_coupon(ctx, ApplyCoupon(code="WELCOME10"))
    assert again == cart
    no = await refused("MINUS5000")
    assert (no["reason"], no["instead"], no["better"]) == ("not_combinable", ["WELCOME10"], False)
    assert (await refused("SHIPFREE"))["reason"] == "not_combinable"
    assert (await tools.view_cart(ctx, Nothing())) == cart
    await tools.remove_coupon(ctx, ApplyCoupon(code="welcome10"))
    assert (await tools.apply_coupon(ctx, ApplyCoupon(code="MINUS5000"))).discounts[0].amount.amount == 5_000
    assert (await refused("SHIPFREE"))["reason"] == "no_effect"  # delivery is free already


async def test_a_free_delivery_coupon_pays_the_fee_but_no_surcharge(conn, shop, clock, context):
    ctx = context(conn, shop, clock)
    await add(ctx, "CAP")
    await add(ctx, "SOCK")
    cart = await tools.apply_coupon(ctx, ApplyCoupon(code="SHIPFREE"))
    assert cart.total.amount == 33_500 == sums(cart)
    jeju = await api.view(conn, shop, ctx.shopper, "ko", clock.now(), destination=JEJU)
    assert jeju.total.amount == 37_000 == sums(jeju)


async def test_a_coupon_that_stops_counting_is_said_so(conn, shop, clock, context):
    ctx = context(conn, shop, clock)
    await add(ctx, "RUN-270")
    await tools.apply_coupon(ctx, ApplyCoupon(code="MINUS5000"))
    await tools.change_cart(ctx, ChangeCart(sku="RUN-270", quantity=0))
    cart = (await add(ctx, "CAP")).cart
    assert [(t.reason, t.needed.amount) for t in cart.troubles] == [("min_subtotal", 11_000)]
    assert cart.discounts == ()


async def test_first_order_only_means_the_first_order(conn, shop, clock, context):
    who = await customers.identify(conn, external_id="1", email=None, name=None, now=clock.now())
    ctx = context(conn, shop, clock, customer_id=who)
    await add(ctx, "RUN-270")
    await tools.apply_coupon(ctx, ApplyCoupon(code="WELCOME10"))
    number = await api.cart_id(conn, ctx.shopper)
    await api.redeem(conn, number, "20261121-0001", clock.now(), shop=shop)
    cart = await tools.view_cart(ctx, Nothing())
    assert [t.reason for t in cart.troubles] == ["first_order_only"]
    await api.unredeem(conn, "20261121-0001")
    await api.unredeem(conn, "20261121-0001")
    assert (await tools.view_cart(ctx, Nothing())).troubles == ()
    await customers.note_purchase(conn, who, 1000, cause="an order", bought=clock.now())
    assert [t.reason for t in (await tools.view_cart(ctx, Nothing())).troubles] == ["first_order_only"]


async def test_points_pay_within_what_is_left(conn, shop, clock, context):
    visitor = context(conn, shop, clock)
    with pytest.raises(customers.NotIdentified):
        await tools.use_points(visitor, UsePoints())
    who = await customers.identify(conn, external_id="1", email=None, name=None, now=clock.now())
    ctx = context(conn, shop, clock, customer_id=who)
    await add(ctx, "SOCK", 2)
    for points, reason in (
        (None, "not_enough"),
        (500, "below_minimum"),
        (5_000, "not_enough"),
        (-5, "below_minimum"),
    ):
        with pytest.raises(api.PointsRefused) as no:
            await tools.use_points(ctx, UsePoints(points=points))
        assert no.value.details["reason"] == reason
    await customers.grant_points(conn, who, 12_345, cause="g", expires=None, now=clock.now())
    cart = await tools.use_points(ctx, UsePoints(points=1_234))
    assert (cart.discounts[-1].amount.amount, cart.total.amount) == (
        1_230,
        10_770,
    )  # by the shop's unit of 10
    assert cart.earns == 77
    cart = await tools.use_points(ctx, UsePoints())
    assert (cart.discounts[-1].amount.amount, cart.total.amount) == (
        9_000,
        3_000,
    )  # delivery is not paid in points
    cart = await tools.change_cart(ctx, ChangeCart(sku="SOCK", quantity=3))
    assert cart.cart.discounts[-1].amount.amount == 12_340
    assert (await tools.use_points(ctx, UsePoints(points=0))).discounts == ()


async def test_bundles_come_by_themselves_and_run_out(conn, shop, clock, context):
    ctx = context(conn, shop, clock)
    bundle = Bundle(
        code="SET",
        title={"ko": "운동 세트", "en": "Run set"},
        products=("runner", "socks"),
        price=60000,
        limit=2,
    )
    sale = shop.model_copy(update={"bundles": (bundle,)})
    ctx = context(conn, sale, clock)
    await add(ctx, "RUN-270", 3)
    cart = (await add(ctx, "SOCK", 3)).cart
    assert [(d.kind, d.label, d.amount.amount) for d in cart.discounts] == [("bundle", "운동 세트", 9_000)]
    assert cart.total.amount == sums(cart) == 184_500
    other = Shopper("c_other")
    await api.add(conn, sale, other, "RUN-270", 1, "ko", clock.now())
    await api.add(conn, sale, other, "SOCK", 1, "ko", clock.now())
    number = await api.cart_id(conn, other)
    await api.redeem(conn, number, "o-1", clock.now(), shop=sale)
    await api.redeem(conn, number, "o-1", clock.now(), shop=sale)
    assert (await tools.view_cart(ctx, Nothing())).discounts[0].amount.amount == 4_500
    await api.unredeem(conn, "o-1")
    assert (await tools.view_cart(ctx, Nothing())).discounts[0].amount.amount == 9_000


async def test_two_buyers_of_the_last_bundle(conn, database_url, shop, clock):
    bundle = Bundle(code="SET", title="set", products=("runner", "socks"), price=60000, limit=1)
    sale = shop.model_copy(update={"bundles": (bundle,)})
    await catalog.store_shop(conn, sale.model_dump(mode="json", by_alias=True))

    async def buy(name):
        async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as one:
            who = Shopper(name)
            await api.add(one, sale, who, "RUN-270", 1, "ko", clock.now())
            await api.add(one, sale, who, "SOCK", 1, "ko", clock.now())
            async with one.transaction():
                number = await api.cart_id(one, who)
                await api.lock(one, number)
                cart = await api.view(one, sale, who, "ko", clock.now())
                await api.redeem(one, number, f"order {name}", clock.now())
                return cart.total.amount

    assert sorted(await asyncio.gather(*(buy(f"c_{i}") for i in range(4)))) == [
        60_000,
        64_500,
        64_500,
        64_500,
    ]


async def test_a_visitors_cart_goes_with_them(conn, shop, clock, context):
    await catalog.store_shop(conn, shop.model_dump(mode="json", by_alias=True))
    who = await customers.identify(conn, external_id="1", email=None, name=None, now=clock.now())
    known = context(conn, shop, clock, customer_id=who)
    visitor = context(conn, shop, clock)
    await add(known, "RUN-270", 3)
    await add(visitor, "RUN-270", 4)
    await add(visitor, "SOCK")
    await tools.apply_coupon(visitor, ApplyCoupon(code="MINUS5000"))
    await api.adopt(conn, visitor.shopper.key, known.shopper.key)
    await api.adopt(conn, visitor.shopper.key, known.shopper.key)
    cart = await tools.view_cart(known, Nothing())
    assert [(line.sku, line.quantity) for line in cart.lines] == [("RUN-270", 5), ("SOCK", 1)]
    assert [d.code for d in cart.discounts] == ["MINUS5000"]
    assert (await tools.view_cart(visitor, Nothing())).lines == ()


async def test_two_tabs_at_once_lose_nothing(database_url, shop, clock, conn):
    async def put():
        async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as one:
            await api.add(one, shop, Shopper("c_tabs"), "SOCK", 1, "ko", clock.now())

    await asyncio.gather(*(put() for _ in range(8)))
    cart = await api.view(conn, shop, Shopper("c_tabs"), "ko", clock.now())
    assert [(line.sku, line.quantity) for line in cart.lines] == [("SOCK", 8)]
