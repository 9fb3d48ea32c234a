"""Paying an order by a way on file: what was agreed to and nothing else, once, with another way when it fails."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import psycopg
import pytest
from orders.floor import SHOE, stock_of
from payments.regular import WON, Regular
from payments.till import Till

from dangol.connect.payments.sample.connection import SampleConnection
from dangol.contracts.payment import GatewayDown
from dangol.customers import api as customers
from dangol.kernel.errors import NotFound
from dangol.kernel.money import Money
from dangol.orders.api import TotalChanged
from dangol.payments import api as payments
from dangol.payments.model import NothingAgreed


async def test_an_order_is_charged_as_agreed_and_only_once(till: Till) -> None:
    regular = await Regular.at(till, {"way_1": "test_success"})
    number = await regular.order("way_1")
    first = await regular.pay(number, key="call_1")
    assert (first.state, first.amount.amount) == ("paid", WON)
    assert first.order_view is not None
    assert first.order_view.status == "paid"
    assert (await regular.pay(number, key="call_1")).state == "paid"
    assert (await regular.pay(number)).state == "paid"
    await till.work_off()
    assert await regular.charged() == [("paid", WON)]
    assert await till.told() == ["order_paid"]
    assert await stock_of(till.conn, SHOE) == (4, 0)


async def test_nothing_is_charged_that_was_not_agreed(till: Till) -> None:
    regular = await Regular.at(till, {"way_1": "test_success"})
    number = await regular.order()
    with pytest.raises(NothingAgreed):
        await regular.pay(number)
    with pytest.raises(TotalChanged):
        await regular.agree(number, "way_1", WON - 1)
    await regular.agree(number, "way_1")
    await till.conn.execute("update orders set total = total + 1 where number = %s", (number,))
    with pytest.raises(NothingAgreed):
        await regular.pay(number)
    assert await regular.charged() == []


async def test_somebody_elses_way_is_not_found(till: Till) -> None:
    regular = await Regular.at(till, {"way_1": "test_success"})
    other = await customers.identify(
        till.conn, external_id="8", email="other@example.com", name="", now=till.ctx.now
    )
    theirs = customers.StoredMethod("way_9", other, "credit_card", gateway="sample", token="test_success")
    await customers.take_over_methods(till.conn, [theirs])
    with pytest.raises(NotFound):
        await regular.order("way_9")
    number = await regular.order()
    with pytest.raises(NotFound):
        await regular.agree(number, "way_9")
    await regular.agree(number, "way_1", 2 * WON)
    guest = replace(till.at_now().shopper, role="guest", orders=frozenset({number}))
    with pytest.raises(NotFound):
        await regular.pay(number, shopper=guest)


async def test_after_a_decline_another_way_pays(till: Till) -> None:
    regular = await Regular.at(till, {"way_1": "test_declined_funds", "way_2": "test_success"})
    number = await regular.order("way_1")
    declined = await regular.pay(number)
    assert (declined.state, declined.reason) == ("declined", "insufficient_funds")
    page = await till.open(number)
    await regular.agree(number, "way_2")
    assert (await regular.pay(number)).state == "paid"
    vendor_ref = page.url.rsplit("/", 1)[-1]
    await till.peer.play(vendor_ref, "pay")  # the page that was left open is paid all the same
    await till.work_off()
    assert await till.status(number) == "paid"
    states = {row.state for row in await payments.payments_of(till.conn, number)}
    assert states == {"declined", "paid", "refunded"} or states == {"declined", "paid", "surplus"}
    assert sorted(await regular.charged()) == [("declined", 0), ("paid", WON), ("refunded", WON)]


async def test_a_charge_nobody_heard_of_is_asked_again_under_its_key(till: Till) -> None:
    regular = await Regular.at(till, {"way_1": "test_success"})
    number = await regular.order("way_1")
    alive = till.gateways["sample"]
    till.gateways["sample"] = SampleConnection(
        api_url="http://127.0.0.1:9", api_key="k", webhook_secret="s", clock=till.clock, timeout=0.5
    )
    with pytest.raises(GatewayDown):
        await regular.pay(number, key="call_1")
    with pytest.raises(GatewayDown):
        await till.open(number)  # nobody is sent to a page while that is not known
    till.gateways["sample"] = alive
    assert (await till.check(number)).state == "paid"
    assert (await regular.pay(number, key="call_1")).state == "paid"
    assert await regular.charged() == [("paid", WON)]


async def test_two_calls_at_once_charge_once(till: Till, database_url: str) -> None:
    regular = await Regular.at(till, {"way_1": "test_success"})
    number = await regular.order("way_1")

    async def one() -> str:
        async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as conn:
            try:
                return (await regular.pay(number, conn=conn)).state
            except GatewayDown:
                return "asked again later"

    await asyncio.gather(one(), one())
    await till.work_off()
    paid = [row for row in await payments.payments_of(till.conn, number) if row.state == "paid"]
    assert len(paid) == 1
    assert await till.status(number) == "paid"
    money = await till.conn.execute("select sum(charged - refunded) from sample_gateway.payments")
    assert (await money.fetchone()) == (WON,)


async def test_one_more_step_is_done_on_the_banks_page(till: Till) -> None:
    regular = await Regular.at(till, {"way_1": "test_step_up"})
    number = await regular.order("way_1")
    view = await regular.pay(number)
    assert view.state == "open"
    assert view.url
    await till.peer.play(await till.vendor_ref(number), "pay")
    await till.work_off()
    assert await till.status(number) == "paid"


async def test_a_gift_card_pays_to_the_unit_and_gets_it_back(till: Till) -> None:
    regular = await Regular.at(till, {"gift_1": WON + 1_000, "gift_2": WON - 1})
    ready = {each.reference: each.ready for each in (await regular.ways()).items}
    assert ready == {"gift_1": True, "gift_2": True}
    number = await regular.order("gift_1")
    await till.open(number)  # the page that is left open comes to nothing
    assert (await regular.pay(number)).state == "paid"
    assert (await regular.pay(number)).state == "paid"
    left = {each.reference: each.balance for each in (await regular.ways()).items}
    assert left["gift_1"] == Money(amount=1_000, currency="KRW")
    assert await payments.held(till.conn, number) == {"gift_1": WON}
    assert await regular.charged() == [("open", 0)]
    assert await till.told() == ["order_paid"]
    with pytest.raises(customers.BalanceTooLow):
        await regular.order("gift_2")


async def test_a_way_kept_on_the_page_pays_the_next_order(till: Till) -> None:
    regular = await Regular.at(till, {})
    number = await regular.order()
    await till.open(number)
    await till.conn.execute("update sample_gateway.payments set keep_card = 'success'")
    await till.peer.play(await till.vendor_ref(number), "pay")
    await till.work_off()
    (kept,) = (await regular.ways()).items
    assert (kept.kind, kept.brand, kept.last_four, kept.ready) == ("credit_card", "Visa", "0000", True)
    again = await regular.order(kept.reference)
    assert (await regular.pay(again)).state == "paid"
