"""An order paid partly by gift card and partly by a card: each gets back what came by it, to the unit, and no more."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from orders.floor import SHOE, SOCK
from payments.regular import Regular
from returns.desk import ReturnDesk, agreed, line

from dangol.contracts.shopfloor.changes import CancelOrder, LookAtCancellation
from dangol.contracts.shopfloor.returns import (
    DecideReturn,
    LookAtRefund,
    Refundable,
    RefundOrder,
    RequestReturn,
)
from dangol.kernel.money import Money, exponent
from dangol.kernel.shop import Shop
from dangol.orders import api as orders
from dangol.payments import api as payments
from dangol.payments import calling_off
from dangol.returns.refunding import RefundTooHigh

LARGER, GIFT, CARD, FULL = "SHOE-BLK-280", "gift_1", "way_1", 500_000


@pytest.fixture(params=["KRW", "USD", "KWD"])
def shop(request: pytest.FixtureRequest, shop: Shop) -> Shop:
    """The small shop in currencies with no cents, with cents and with mills; points may be had for money."""
    currency = str(request.param)

    def major(minor: int) -> str:
        return str(Decimal(minor).scaleb(-exponent(currency)))

    zone = {"name": "KR", "where": ["KR"], "fee": major(599), "days": [1, 2]}
    told = shop.model_dump(by_alias=True, mode="json")
    fees = {"change_of_mind_fee": major(333), "exchange_fee": major(251)}
    return Shop.model_validate(
        {
            **told,
            "currency": currency,
            "shipping": {"zones": [zone]},
            "returns": {"window_days": 7, "refund_business_days": [3, 3], **fees},
            "points": {
                "tiers": [{"name": "x", "from": 0, "rate": "0"}], "min_use": 1, "unit": 1
            },
            "gift_wrapping": None,
        }
    )  # fmt: skip


async def _priced(desk: ReturnDesk, **prices: int) -> None:
    for sku, price in prices.items():
        name = {"shoe": SHOE, "sock": SOCK, "larger": LARGER}[sku]
        await desk.conn.execute("update variants set stock = 40, price = %s where sku = %s", (price, name))


async def _paid_two_ways(desk: ReturnDesk) -> tuple[Regular, str]:
    """Three socks and a shoe by gift card, and the larger shoe instead for the difference by card."""
    regular = await Regular.at(desk.till, {GIFT: FULL, CARD: "test_success"})
    return regular, await regular.two_ways(GIFT, CARD, SHOE, LARGER, **{SOCK: 3})


async def _order(desk: ReturnDesk, number: str) -> orders.OrderRow:
    row = await orders.order_row(desk.conn, number)
    assert row is not None
    return row


async def _moved(desk: ReturnDesk, number: str) -> dict[str, tuple[int, int]]:
    """By each way: what came by it and what went back to it."""
    entries = await payments.entries_of(desk.conn, number)
    return {
        way: (
            sum(each.amount for each in entries if (each.method, each.kind) == (way, "payment")),
            sum(each.amount for each in entries if (each.method, each.kind) == (way, "refund")),
        )
        for way in (GIFT, CARD)
    }


async def _sound(desk: ReturnDesk, regular: Regular, number: str) -> int:
    """What must hold after every step; what is still with the shop."""
    moved = await _moved(desk, number)
    assert all(0 <= back <= came for came, back in moved.values()), moved
    balance = {each.reference: each.balance for each in (await regular.ways()).items}[GIFT]
    assert balance is not None
    assert balance.amount == FULL - moved[GIFT][0] + moved[GIFT][1]
    row = await _order(desk, number)
    back = sum(each[1] for each in moved.values())
    if row.status != "cancelled":
        assert row.refunded == back
    assert sum(each[0] for each in moved.values()) == row.total
    return row.total - back


async def _left(desk: ReturnDesk, number: str) -> int:
    found: Refundable = await desk.use("look_at_refund", LookAtRefund(order=number), "staff")
    return found.left.amount


async def _goodwill(desk: ReturnDesk, number: str, amount: int) -> None:
    money = Money(amount=amount, currency=desk.till.ctx.shop.currency)
    await desk.use("refund_order", RefundOrder(order=number, refund=money, why="x"), "staff")


async def _sent_back(desk: ReturnDesk, number: str, of: int, units: int, **way: Any) -> int:
    """Units of a line come back; what was promised for them. A way that has all of its own back is not offered."""
    request = RequestReturn(order=number, reason="defect", lines=(line(of, units),), **way)
    made = await desk.use("check_return", request)
    if made.refusal == "way":
        came, back = (await _moved(desk, number))[way["method"]]
        assert came == back
        return 0
    assert made.allowed, made.refusal
    view = await desk.use("start_return", agreed(request, made))
    if view.status == "requested":  # less is left than the goods are worth: a person looks at it
        await desk.use("decide_return", DecideReturn(number=view.number, approve=True), "staff")
    await desk.further()
    await desk.receive(view.number)
    await desk.further()
    assert (await desk.view(view.number)).status == "refunded"
    return int(made.refund.amount)


_HISTORY = settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
_WAY = st.sampled_from([{}, {"way": "original"}, {"method": GIFT}, {"method": CARD}])
_BACK = st.one_of(
    st.tuples(st.just("goodwill"), st.integers(1, 5_000), st.just({})),
    st.tuples(st.just("sock"), st.integers(1, 2), _WAY),
    st.tuples(st.just("shoe"), st.just(1), _WAY),
)


@_HISTORY
@given(
    shoe=st.integers(3_000, 20_000),
    sock=st.integers(401, 999),
    more=st.integers(1, 9_000),
    history=st.lists(_BACK, min_size=1, max_size=5),
)
async def test_whatever_goes_back_each_way_gets_its_own_and_never_more(
    desk: ReturnDesk, shoe: int, sock: int, more: int, history: list[tuple[str, int, dict[str, Any]]]
) -> None:
    await desk.conn.execute("truncate stored_methods, orders cascade")
    await _priced(desk, shoe=shoe, sock=sock, larger=shoe + more)
    regular, number = await _paid_two_ways(desk)
    await desk.deliver(number)
    there = {"shoe": 1, "sock": 3}
    for what, units, way in history:
        before = await _sound(desk, regular, number)
        promised = units = min(units, before if what == "goodwill" else there[what])
        if not units or not before:
            continue
        if what == "goodwill":
            await _goodwill(desk, number, units)
        else:
            promised = await _sent_back(desk, number, 1 if what == "shoe" else 2, units, **way)
            there[what] -= units if promised or not way else 0
        assert await _sound(desk, regular, number) == before - promised == await _left(desk, number)
    rest = await _left(desk, number)
    if rest:
        await _goodwill(desk, number, rest)
    assert await _sound(desk, regular, number) == 0
    assert all(came == back for came, back in (await _moved(desk, number)).values())
    assert (await _order(desk, number)).status == "refunded"
    with pytest.raises(RefundTooHigh):
        await _goodwill(desk, number, 1)


async def test_called_off_both_ways_get_back_what_came_by_them(desk: ReturnDesk) -> None:
    await _priced(desk, shoe=8_000, sock=500, larger=9_000)
    regular, number = await _paid_two_ways(desk)
    ctx = desk.till.at_now()
    offer = await calling_off.look_at_cancellation(ctx, LookAtCancellation(order=number))
    assert offer.refund.amount == (await _order(desk, number)).total
    await calling_off.cancel_order(ctx, CancelOrder(order=number, refund=offer.refund, fee=offer.fee))
    assert await _sound(desk, regular, number) == 0
    assert (await _moved(desk, number))[CARD] == (1_000, 1_000)
    assert "refund_by_hand" in await desk.till.told(), (
        "no gateway keeps that card's money: staff give it back"
    )
    assert "charge_by_hand" in await desk.till.told()


async def test_what_went_on_a_gift_card_is_not_with_the_gateway_any_more(desk: ReturnDesk) -> None:
    """Paid on the gateway's page, partly given back on a gift card: the rest still goes back, and no more than it."""
    await _priced(desk, shoe=8_000, sock=500)
    regular = await Regular.at(desk.till, {GIFT: 1_000})
    number = await desk.ordered({SHOE: 1, SOCK: 2})
    total = (await _order(desk, number)).total
    async with desk.conn.transaction():
        await payments.give_back(
            desk.conn, await _order(desk, number), 500, to=GIFT, cause="return", reference="return:X",
            now=desk.till.clock.now(),
        )  # fmt: skip
    assert await _left(desk, number) == total - 500
    with pytest.raises(RefundTooHigh):
        await _goodwill(desk, number, total - 499)
    await _goodwill(desk, number, total - 500)
    await desk.further()
    assert await desk.given_back(number) == total - 500
    assert (await _order(desk, number)).status == "refunded"
    assert await _left(desk, number) == 0
    balance = {each.reference: each.balance for each in (await regular.ways()).items}[GIFT]
    assert balance is not None
    assert balance.amount == 1_500


@_HISTORY
@given(first=st.booleans(), goodwill=st.integers(1, 9_500))
async def test_what_went_back_in_points_does_not_go_back_in_money_too(
    desk: ReturnDesk, first: bool, goodwill: int
) -> None:
    await _priced(desk, shoe=8_000, sock=500)
    await Regular.at(desk.till, {})
    number = await desk.arrived({SHOE: 1, SOCK: 2})
    total = (await _order(desk, number)).total
    if first:
        await _goodwill(desk, number, goodwill)
    view = await desk.start(number, lines=(line(1),), way="points", reason="defect")
    if view.status == "requested":
        await desk.use("decide_return", DecideReturn(number=view.number, approve=True), "staff")
    await desk.further()
    await desk.receive(view.number)
    await desk.further()
    assert (await desk.view(view.number)).status == "refunded"
    given = (goodwill if first else 0) + view.refund.amount
    assert given <= total
    assert await _left(desk, number) == total - given
    with pytest.raises(RefundTooHigh):
        await _goodwill(desk, number, total - given + 1)
