"""A whole life after the sale in currencies with cents, with none and with mills: nothing is lost, nothing is made."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from orders.floor import SHOE, SOCK
from returns.desk import ReturnDesk, line

from dangol.carts import api as carts
from dangol.carts import tools as cart_tools
from dangol.contracts.shopfloor.baskets import ApplyCoupon, UsePoints
from dangol.contracts.shopfloor.returns import LookAtRefund, Refundable, RefundOrder, ReturnView
from dangol.customers import api as customers
from dangol.kernel.money import Money, exponent
from dangol.kernel.shop import Shop
from dangol.orders import api as orders
from dangol.payments import api as payments

LARGER = "SHOE-BLK-280"


@pytest.fixture(params=["USD", "JPY", "EUR", "KWD"])
def shop(request: pytest.FixtureRequest, shop: Shop) -> Shop:
    """The small Korean shop, in a currency of another exponent; its figures are odd on purpose."""
    currency = str(request.param)

    def major(minor: int) -> Decimal:
        return Decimal(minor).scaleb(-exponent(currency))

    told = shop.model_dump(by_alias=True, mode="json")
    zone = {"name": "KR", "where": ["KR"], "fee": str(major(599)), "days": [1, 2]}
    return Shop.model_validate(
        {
            **told,
            "currency": currency,
            "shipping": {"zones": [zone]},
            "returns": {
                "window_days": 7,
                "change_of_mind_fee": str(major(333)),
                "exchange_fee": str(major(251)),
                "refund_business_days": [3, 3],
            },
            "coupons": [{"code": "SEVENTH", "type": "percent", "value": "7.5", "combinable": True}],
            "points": {"tiers": [{"name": "x", "from": 0, "rate": "0.033"}], "min_use": 1, "unit": 1},
            "gift_wrapping": None,
        }
    )


async def _known(desk: ReturnDesk, points: int) -> int:
    """The shopper is a customer with points."""
    ctx = desk.till.ctx
    who = await customers.identify(
        ctx.conn, external_id="7", email="dangol@example.com", name="x", now=ctx.now
    )
    await customers.grant_points(
        ctx.conn, who, points, cause=f"g{len(desk.till.keys)}", expires=None, now=ctx.now
    )
    desk.till.ctx = replace(ctx, shopper=replace(ctx.shopper, customer_id=who, role="customer"))
    return who


async def _priced(desk: ReturnDesk, shoe: int, sock: int, larger: int) -> None:
    await desk.conn.execute("update variants set stock = 40, price = %s where sku = %s", (shoe, SHOE))
    await desk.conn.execute("update variants set stock = 40, price = %s where sku = %s", (sock, SOCK))
    await desk.conn.execute("update variants set stock = 40, price = %s where sku = %s", (larger, LARGER))


async def _bought(desk: ReturnDesk, wanted: dict[str, int], points: int) -> orders.OrderRow:
    """An order that arrived, with a coupon and points off."""
    ctx = desk.till.at_now()
    for sku, quantity in wanted.items():
        await carts.add(ctx.conn, ctx.shop, ctx.shopper, sku, quantity, ctx.language, ctx.now)
    await cart_tools.apply_coupon(ctx, ApplyCoupon(code="SEVENTH"))
    await cart_tools.use_points(ctx, UsePoints(points=points))
    row = await orders.order_row(desk.conn, await desk.arrived({}))
    assert row is not None
    return row


async def _refund(desk: ReturnDesk, order: str, amount: int) -> None:
    money = Money(amount=amount, currency=desk.till.ctx.shop.currency)
    await desk.use("refund_order", RefundOrder(order=order, refund=money, why="x"), "staff")
    await desk.further()


async def _left(desk: ReturnDesk, order: str) -> int:
    found: Refundable = await desk.use("look_at_refund", LookAtRefund(order=order), "staff")
    assert found.left.currency == desk.till.ctx.shop.currency
    return found.left.amount


async def _sent_back(desk: ReturnDesk, order: str, number: int, quantity: int) -> ReturnView:
    asked = (line(number, quantity),)
    made = await desk.offer(order, lines=asked)
    assert made.allowed, made.refusal
    view = await desk.start(order, lines=asked)
    await desk.further()
    await desk.receive(view.number)
    await desk.further()
    done = await desk.view(view.number)
    assert done.status == "refunded"
    return done


_HISTORY = settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))


@_HISTORY
@example(shoe=3_000, sock=401, points=389, goodwill=1)  # a point is worth 10 fils: more than the goods cost
@given(
    shoe=st.integers(3_000, 20_000),
    sock=st.integers(401, 999),
    points=st.integers(1, 2_000),
    goodwill=st.integers(1, 99),
)
async def test_three_partial_refunds_and_the_rest_are_all_that_was_paid(
    desk: ReturnDesk, shoe: int, sock: int, points: int, goodwill: int
) -> None:
    await _priced(desk, shoe, sock, shoe)
    who = await _known(desk, 5_000)
    banked = await customers.points_balance(desk.conn, who, desk.till.clock.now())
    order = await _bought(desk, {SHOE: 1, SOCK: 3}, points)
    paid = order.total
    assert paid == order.subtotal - order.discount + order.shipping
    shop = desk.till.ctx.shop
    goods = order.subtotal - order.discount + customers.worth(shop, order.points_spent).amount
    assert order.points_spent == min(points, customers.points_within(shop, goods))
    await _refund(desk, order.number, goodwill)
    back = goodwill
    for number, quantity in ((2, 1), (1, 1), (2, 2)):
        before = await _left(desk, order.number)
        done = await _sent_back(desk, order.number, number, quantity)
        back += done.refund.amount
        assert await desk.given_back(order.number) == back <= paid
        assert await _left(desk, order.number) == before - done.refund.amount
    rest = await _left(desk, order.number)
    assert back + rest == paid
    if rest:
        await _refund(desk, order.number, rest)
    assert await desk.given_back(order.number) == paid
    assert await desk.till.status(order.number) == "refunded"
    # what was paid in points is there again, and nothing was earned
    assert await customers.points_balance(desk.conn, who, desk.till.clock.now()) == banked


@_HISTORY
@given(shoe=st.integers(3_000, 20_000), more=st.integers(-2_900, 2_900), points=st.integers(1, 500))
async def test_an_exchange_settles_the_difference_to_the_minor_unit(
    desk: ReturnDesk, shoe: int, more: int, points: int
) -> None:
    await _priced(desk, shoe, 500, shoe + more)
    await _known(desk, 5_000)
    order = await _bought(desk, {SHOE: 2}, points)
    asked = (line(1, 1, LARGER),)
    made = await desk.offer(order.number, kind="exchange", reason="size", lines=asked)
    assert made.allowed, made.refusal
    fee = made.return_fee.amount if made.return_fee else 0
    assert fee == 251
    assert made.goods.amount - fee - (shoe + more) == made.refund.amount - made.due.amount
    view = await desk.start(order.number, kind="exchange", reason="size", lines=asked)
    new = view.replacement or ""
    if made.due:
        await desk.till.open(new)
        assert [each.amount for each in await payments.payments_of(desk.conn, new)] == [made.due.amount]
        await desk.till.peer.play(await desk.till.vendor_ref(new), "pay")
        await desk.till.work_off()
    await desk.further()
    await desk.receive(view.number)
    await desk.further()
    assert (await desk.view(view.number)).status == "exchanged"
    assert await desk.given_back(order.number) == made.refund.amount
    # the other shoe is worth what is left of the order's goods
    rest = await desk.offer(order.number, reason="defect", lines=(line(1, 1),))
    assert rest.goods.amount + made.goods.amount == order.total - order.shipping


@pytest.mark.parametrize("language", ["ko", "en"])
def test_amounts_are_said_with_their_own_decimals(shop: Shop, language: str) -> None:
    said = {"USD": "$1,234.56", "JPY": "¥123,456", "EUR": "€1,234.56", "KWD": "123.456 KWD"}
    assert shop.minor(123456).display(language) == said[shop.currency]
