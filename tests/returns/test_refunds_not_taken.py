"""A gateway that refuses a refund and takes it later, or pays and does not answer: told as it is, paid once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from orders.floor import SHOE
from returns.desk import ReturnDesk

from dangol.contracts.payment import GatewayDown, PaymentGateway, PaymentReport, RefundRefused
from dangol.contracts.shopfloor.changes import Cancellation, CancelOrder, LookAtCancellation
from dangol.contracts.shopfloor.returns import ChangeRefundWay, SettleReturn
from dangol.kernel.money import Money
from dangol.payments import api as payments
from dangol.payments import calling_off
from dangol.returns.model import ReturnUnderWay


@dataclass
class Moody:
    """The shop's gateway, which refuses refunds, or pays them and does not answer."""

    real: PaymentGateway
    mood: str = ""

    async def refund(self, vendor_ref: str, amount: Money, *, key: str) -> PaymentReport:
        if self.mood == "refuses":
            raise RefundRefused
        if self.mood == "deaf":
            raise GatewayDown
        report = await self.real.refund(vendor_ref, amount, key=key)
        if self.mood == "pays in silence":
            raise GatewayDown
        return report

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)


def _moody(desk: ReturnDesk, mood: str) -> Moody:
    made = Moody(desk.till.gateways["sample"], mood)
    desk.till.gateways["sample"] = made  # type: ignore[assignment]
    return made


async def _returned(desk: ReturnDesk) -> tuple[str, str]:
    order = await desk.arrived({SHOE: 1})
    view = await desk.start(order)
    await desk.further()
    await desk.receive(view.number)
    await desk.further()
    return order, view.number


async def test_what_was_refused_is_taken_when_it_is_tried_again(desk: ReturnDesk) -> None:
    gateway = _moody(desk, "refuses")
    order, number = await _returned(desk)
    assert (await desk.view(number)).waits_for == "other_way"
    again = ChangeRefundWay(number=number, way="original")
    await desk.use("change_refund_way", again)
    await desk.further()
    assert (await desk.view(number)).waits_for == "other_way", "refused once more, and said so"
    gateway.mood = ""
    await desk.use("change_refund_way", again)
    await desk.further()
    assert (await desk.view(number)).status == "refunded"
    assert await desk.given_back(order) == 83_000
    with pytest.raises(ReturnUnderWay):
        await desk.use("change_refund_way", again)


@pytest.mark.parametrize("mood", ["deaf", "pays in silence"])
async def test_nothing_is_given_beside_what_a_silent_gateway_may_have_paid(
    desk: ReturnDesk, mood: str
) -> None:
    gateway = _moody(desk, mood)
    order, number = await _returned(desk)
    silent = await desk.view(number)
    assert (silent.status, silent.trouble, silent.waits_for) == ("received", "gateway_down", "gateway")
    with pytest.raises(ReturnUnderWay):
        await desk.use("settle_return", SettleReturn(number=number), "staff")
    with pytest.raises(ReturnUnderWay):
        await desk.use("change_refund_way", ChangeRefundWay(number=number, way="points"))
    for _ in range(3):  # for days
        desk.till.clock.advance(timedelta(days=1))
        await desk.further()
    assert (await desk.view(number)).trouble == "gateway_down"
    gateway.mood = ""
    desk.till.clock.advance(timedelta(days=1))
    await desk.further()
    assert (await desk.view(number)).status == "refunded"
    assert await desk.given_back(order) == 83_000


async def _cancelled(desk: ReturnDesk, order: str) -> Cancellation:
    asked = LookAtCancellation(order=order)
    return await calling_off.look_at_cancellation(desk.till.at_now(), asked)


async def test_the_money_of_a_cancelled_order_is_told_as_it_is(desk: ReturnDesk) -> None:
    gateway = _moody(desk, "pays in silence")
    order = await desk.ordered({SHOE: 1})
    offer = await _cancelled(desk, order)
    agreed = CancelOrder(order=order, refund=offer.refund, fee=offer.fee)
    await calling_off.cancel_order(desk.till.at_now(), agreed)
    told = await _cancelled(desk, order)
    assert (told.money_back, told.refund.amount) == ("asked", 89_000)
    (row,) = await payments.due_refunds(desk.conn, desk.till.clock.now())
    with pytest.raises(GatewayDown):
        await payments.carry_out_refund(desk.conn, desk.till.gateways, row.id, desk.till.clock.now())
    await payments.put_off_refund(desk.conn, row.id, desk.till.clock.now(), "gateway_down")
    assert (await _cancelled(desk, order)).money_back == "unanswered"
    gateway.mood = ""
    await desk.till.settle()
    told = await _cancelled(desk, order)
    assert (told.money_back, told.refund.amount) == ("done", 89_000)
    assert await desk.given_back(order) == 89_000, "asked twice under one key, paid once"


async def test_a_refused_refund_of_a_cancelled_order_is_no_promise_and_by_hand_it_is_done(
    desk: ReturnDesk,
) -> None:
    gateway = _moody(desk, "refuses")
    order = await desk.ordered({SHOE: 1})
    offer = await _cancelled(desk, order)
    agreed = CancelOrder(order=order, refund=offer.refund, fee=offer.fee)
    await calling_off.cancel_order(desk.till.at_now(), agreed)
    await desk.till.settle()
    told = await _cancelled(desk, order)
    assert (told.money_back, told.refund.amount) == ("refused", 89_000)
    assert "refund_failed" in await desk.till.told()
    # staff give it back on the gateway's own page
    money = Money(amount=89_000, currency="KRW")
    await gateway.real.refund(await desk.till.vendor_ref(order), money, key="by hand")
    await desk.till.work_off()
    assert (await _cancelled(desk, order)).money_back == "done"
