"""Money back without goods coming back: what is left of an order, to the smallest coin, and never more than that."""

from __future__ import annotations

import pytest
from orders.floor import SHOE, SOCK
from returns.desk import ReturnDesk, line

from dangol.contracts.shopfloor.returns import LookAtRefund, OrderRefunded, Refundable, RefundOrder
from dangol.kernel.errors import NotFound
from dangol.kernel.money import Money
from dangol.returns.refunding import RefundTooHigh


async def _left(desk: ReturnDesk, order: str) -> Refundable:
    found: Refundable = await desk.use("look_at_refund", LookAtRefund(order=order), "staff")
    return found


async def _refund(desk: ReturnDesk, order: str, amount: int, currency: str = "KRW") -> OrderRefunded:
    args = RefundOrder(order=order, refund=Money(amount=amount, currency=currency), why="늦은 배송")
    done: OrderRefunded = await desk.use("refund_order", args, "staff")
    return done


async def test_lines_delivery_and_the_whole_add_up_to_what_was_paid(desk: ReturnDesk) -> None:
    order = await desk.arrived({SHOE: 1, SOCK: 2})
    found = await _left(desk, order)
    assert found.way == "original"
    assert sum(each.refundable.amount for each in found.lines) + found.shipping.amount == found.left.amount
    assert [each.quantity for each in found.lines] == [1, 2]


async def test_a_part_goes_back_and_the_rest_is_left(desk: ReturnDesk) -> None:
    order = await desk.arrived({SHOE: 1, SOCK: 2})
    whole = (await _left(desk, order)).left.amount
    done = await _refund(desk, order, 5_000)
    assert (done.left.amount, done.way) == (whole - 5_000, "original")
    assert (await _left(desk, order)).left.amount == whole - 5_000, "what is under way is not there any more"
    await desk.further()
    assert await desk.given_back(order) == 5_000
    assert await desk.till.status(order) == "partly_refunded"
    assert (await _left(desk, order)).left.amount == whole - 5_000
    await _refund(desk, order, whole - 5_000)
    await desk.further()
    assert (await desk.given_back(order), await desk.till.status(order)) == (whole, "refunded")
    assert (await _left(desk, order)).way == "none"


@pytest.mark.parametrize(("more", "currency"), [(1, "KRW"), (-(10**9), "KRW"), (0, "USD")])
async def test_never_more_than_is_left_and_only_in_the_order_s_own_money(
    desk: ReturnDesk, more: int, currency: str
) -> None:
    order = await desk.arrived({SHOE: 1})
    whole = (await _left(desk, order)).left.amount
    with pytest.raises(RefundTooHigh) as refused:
        await _refund(desk, order, whole + more, currency)
    assert refused.value.details["left"] == whole
    await desk.further()
    assert await desk.given_back(order) == 0


async def test_what_a_return_will_give_back_is_not_given_twice(desk: ReturnDesk) -> None:
    order = await desk.arrived({SHOE: 1, SOCK: 2}, days_ago=1)
    before = await _left(desk, order)
    back = await desk.start(order, lines=(line(1),))
    after = await _left(desk, order)
    assert after.left.amount == before.left.amount - back.refund.amount
    assert [each.line for each in after.lines] == ["2"]
    await _refund(desk, order, after.left.amount)
    await desk.further()
    await desk.receive(back.number)
    await desk.further()
    assert (await desk.view(back.number)).status == "refunded"
    assert await desk.given_back(order) == before.left.amount


async def test_what_was_not_paid_has_nothing_to_go_back(desk: ReturnDesk) -> None:
    with pytest.raises(NotFound):
        await _left(desk, "20200101-000000")
