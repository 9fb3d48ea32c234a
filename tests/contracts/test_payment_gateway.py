"""What every payment gateway must do, whichever it is: a new vendor adds a bench to BENCHES and nothing else.

A bench brings the vendor to life (a real peer on loopback or its recorded self) and plays the shopper on its page.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from connect.gateways import SECRET, sample_peer
from connect.loopback import address_of, free_socket, serving
from connect.payment_vendors import paypal, stripe, toss
from connect.payment_vendors.vendor import on_loopback
from fastapi import FastAPI, Request, Response

from dangol.connect.index import PAYMENTS
from dangol.connect.payments.paypal.connection import PayPalConnection
from dangol.connect.payments.sample.connection import SampleConnection
from dangol.connect.payments.sample.signing import HEADER, sign
from dangol.connect.payments.stripe.connection import StripeConnection
from dangol.connect.payments.toss.connection import TossConnection
from dangol.contracts.payment import (
    BadSignature,
    ChargesOnFile,
    GatewayDown,
    PaymentGateway,
    PaymentReport,
    PaymentRequest,
    RefundRefused,
    UnknownEvent,
    Webhook,
)
from dangol.kernel.clock import TurnedClock
from dangol.kernel.errors import NotFound, Refused
from dangol.kernel.money import Money

NOBODY = "http://127.0.0.1:9"
WON = Money(amount=39_000, currency="KRW")


@dataclass
class Bench:
    """A vendor brought to life for the tests."""

    gateway: PaymentGateway
    dead: PaymentGateway  # the same vendor where nobody answers
    webhooks: list[Webhook]  # those sent so far
    play: Callable[[str, str], Awaitable[None]]  # the shopper on the page: pay, decline, step_up, abandon
    send_webhooks: Callable[[], Awaitable[object]]  # let the vendor send what it has to tell
    sign: Callable[[bytes], Webhook]  # a body as the vendor sends it
    amount: Money = WON

    def can(self, capability: str) -> bool:
        return capability in next(card for card in PAYMENTS if card.name == self.gateway.name).capabilities

    async def finish(self, report: PaymentReport) -> PaymentReport:
        """What the shop does with an approved payment; another stands as it is."""
        if report.state != "approved":
            return report
        return await self.gateway.complete(report.vendor_ref, self.amount, key="pay_0001")

    async def truth(self, vendor_ref: str) -> PaymentReport:
        return await self.finish(await self.gateway.look_up(vendor_ref))


@contextlib.asynccontextmanager
async def sample_bench(database_url: str, clock: TurnedClock) -> AsyncIterator[Bench]:
    heard: list[Webhook] = []
    shop = FastAPI()

    @shop.post("/hook")
    async def hook(request: Request) -> Response:
        heard.append(Webhook(headers=dict(request.headers), body=await request.body()))
        return Response(status_code=204)

    def signed(body: bytes) -> Webhook:
        at = int(clock.now().timestamp())
        return Webhook(headers={HEADER: sign(body, SECRET, at)}, body=body)

    listener = free_socket()
    async with (
        serving(shop, listener),
        sample_peer(database_url, clock, f"{address_of(listener)}/hook") as peer,
    ):
        dead = SampleConnection(api_url=NOBODY, api_key="k", webhook_secret="s", clock=clock, timeout=0.5)
        yield Bench(peer.connection, dead, heard, peer.play, peer.gateway.deliver_due, signed)


@contextlib.asynccontextmanager
async def vendor_bench(
    vendor: Any, connect: Callable[[str], PaymentGateway], amount: Money = WON
) -> AsyncIterator[Bench]:
    async def send() -> None:
        """Its webhooks lie in the outbox already."""

    async with on_loopback(vendor):
        yield Bench(
            connect(vendor.url), connect(NOBODY), vendor.outbox, vendor.play, send, vendor.sign, amount
        )


def stripe_bench(database_url: str, clock: TurnedClock) -> AbstractAsyncContextManager[Bench]:
    def connect(url: str) -> PaymentGateway:
        return StripeConnection(key=stripe.KEY, webhook_secret=stripe.SECRET, clock=clock, api_url=url)

    return vendor_bench(stripe.StripeVendor(clock), connect)


def toss_bench(database_url: str, clock: TurnedClock) -> AbstractAsyncContextManager[Bench]:
    return vendor_bench(toss.TossVendor(clock), lambda url: TossConnection(key=toss.KEY, api_url=url))


def paypal_bench(database_url: str, clock: TurnedClock) -> AbstractAsyncContextManager[Bench]:
    def connect(url: str) -> PaymentGateway:
        return PayPalConnection(
            client_id=paypal.CLIENT,
            secret=paypal.SECRET,
            webhook_id=paypal.WEBHOOK,
            clock=clock,
            api_url=url,
        )

    return vendor_bench(paypal.PayPalVendor(clock), connect, Money(amount=39_000, currency="USD"))


BENCHES: dict[str, Callable[[str, TurnedClock], AbstractAsyncContextManager[Bench]]] = {
    "sample": sample_bench,
    "stripe": stripe_bench,
    "toss": toss_bench,
    "paypal": paypal_bench,
}


@pytest.fixture(params=sorted(BENCHES))
async def bench(
    request: pytest.FixtureRequest, database_url: str, clock: TurnedClock
) -> AsyncIterator[Bench]:
    async with BENCHES[request.param](database_url, clock) as made:
        yield made


def asked(bench: Bench, reference: str = "pay_0001") -> PaymentRequest:
    return PaymentRequest(
        reference=reference,
        order="20261121-0001",
        amount=bench.amount,
        language="ko",
        return_url="http://127.0.0.1:1/back?x=1",
    )


def test_every_gateway_of_the_index_has_a_bench() -> None:
    assert {card.name for card in PAYMENTS} == set(BENCHES)


async def test_a_payment_is_opened_once_per_key(bench: Bench) -> None:
    first = await bench.gateway.open(asked(bench), key="k1")
    again = await bench.gateway.open(asked(bench), key="k1")
    other = await bench.gateway.open(asked(bench, "pay_0002"), key="k2")
    assert first == again
    assert other.vendor_ref != first.vendor_ref
    assert first.url.startswith("http")
    report = await bench.gateway.look_up(first.vendor_ref)
    assert (report.state, report.reference, report.amount) == ("open", "pay_0001", bench.amount)
    assert await bench.gateway.complete(first.vendor_ref, bench.amount, key="pay_0001") == report


async def test_the_page_is_there_to_be_seen(bench: Bench) -> None:
    page = await bench.gateway.open(asked(bench), key="k1")
    async with httpx.AsyncClient(trust_env=False, verify=False) as client:
        shown = await client.get(page.url)
    assert shown.status_code == 200
    assert bench.amount.display("en").lstrip("₩$") in shown.text


@pytest.mark.parametrize(
    ("acts", "state"),
    [
        (["pay"], "paid"),
        (["decline"], "declined"),
        (["abandon"], "abandoned"),
        (["step_up"], "needs_step_up"),
        (["step_up", "pay"], "paid"),
        (["pay", "decline"], "paid"),
        (["decline", "pay"], "declined"),
    ],
)
async def test_what_the_shopper_does_is_told_signed_and_looked_up_alike(
    bench: Bench, acts: list[str], state: str
) -> None:
    if any(act in ("step_up", "abandon") and not bench.can(act) for act in acts):
        pytest.skip("this vendor knows no such state")
    page = await bench.gateway.open(asked(bench), key="k1")
    for act in acts:
        await bench.play(page.vendor_ref, act)
        await bench.truth(page.vendor_ref)
    await bench.send_webhooks()
    seen = await bench.truth(page.vendor_ref)
    assert seen.state == ("paid" if bench.can("another_try") and "pay" in acts else state)
    assert (seen.reason is not None) == (seen.state == "declined")
    told = [report for webhook in bench.webhooks for report in await bench.gateway.hear(webhook)]
    assert (await bench.finish(told[-1])).model_copy(update={"event": seen.event}) == seen
    assert len({report.event for report in told}) == len({report.model_dump_json() for report in told})
    assert [report for webhook in bench.webhooks for report in await bench.gateway.hear(webhook)] == told


async def test_a_webhook_not_of_the_gateway_is_not_believed(bench: Bench, clock: TurnedClock) -> None:
    page = await bench.gateway.open(asked(bench), key="k1")
    await bench.play(page.vendor_ref, "pay")
    await bench.truth(page.vendor_ref)
    await bench.send_webhooks()
    good = bench.webhooks[-1]
    await bench.gateway.hear(good)
    forged = replace(good, body=good.body.replace(b"39000", b"39001") + b" ")
    unsigned = replace(good, headers={"content-type": "application/json"})
    for bad in (forged, unsigned):
        try:
            told = await bench.gateway.hear(bad)
        except BadSignature:
            continue
        assert not bench.can("signed")
        assert [report.amount for report in told] == [bench.amount]  # what was forged is not what is believed
    with pytest.raises(Refused):
        await bench.gateway.hear(replace(good, body=b""))
    nobodys = good.body.replace(page.vendor_ref.encode(), b"nobody")
    with pytest.raises(BadSignature):
        await bench.gateway.hear(replace(good, body=nobodys))
    if bench.gateway.name in ("sample", "stripe"):  # PayPal tells the same letter for days, and is asked back
        clock.advance(timedelta(minutes=6))
        with pytest.raises(BadSignature):
            await bench.gateway.hear(good)


async def test_an_unknown_event_is_not_swallowed(bench: Bench) -> None:
    levitated = (
        b'{"id": "e", "type": "payment.levitated", "payment": {}, "event_type": "LEVITATED",'
        b' "eventType": "LEVITATED", "resource": {"id": "r"}, "data": {"object": {}, "paymentKey": "k"}}'
    )
    for body in (b"{}", levitated, b"[]"):
        with pytest.raises(UnknownEvent):
            await bench.gateway.hear(bench.sign(body))


async def test_money_goes_back_once_per_key_and_never_more_than_came(bench: Bench) -> None:
    page = await bench.gateway.open(asked(bench), key="k1")
    part = Money(amount=9_000, currency=bench.amount.currency)
    with pytest.raises(RefundRefused):
        await bench.gateway.refund(page.vendor_ref, part, key="r0")
    await bench.play(page.vendor_ref, "pay")
    paid = await bench.truth(page.vendor_ref)
    assert (paid.amount, paid.method is not None) == (bench.amount, True)
    first = await bench.gateway.refund(page.vendor_ref, part, key="r1")
    again = await bench.gateway.refund(page.vendor_ref, part, key="r1")
    assert first.refunded == again.refunded == part
    assert first.state == "partly_refunded"
    with pytest.raises(RefundRefused):
        await bench.gateway.refund(page.vendor_ref, bench.amount, key="r2")
    whole = await bench.gateway.refund(page.vendor_ref, bench.amount - part, key="r3")
    assert (whole.state, whole.refunded) == ("refunded", bench.amount)
    await bench.send_webhooks()
    told = await bench.gateway.hear(bench.webhooks[-1])
    assert [(report.state, report.refunded) for report in told] == [("refunded", bench.amount)]


async def test_an_approved_payment_is_taken_once_and_only_for_its_amount(bench: Bench) -> None:
    if not bench.can("approval"):
        pytest.skip("this vendor takes the money by itself")
    page = await bench.gateway.open(asked(bench), key="k1")
    await bench.play(page.vendor_ref, "pay")
    approved = await bench.gateway.look_up(page.vendor_ref)
    assert (approved.state, approved.amount) == ("approved", bench.amount)
    less = Money(amount=1_000, currency=bench.amount.currency)
    assert (await bench.gateway.complete(page.vendor_ref, less, key="wrong")).state == "approved"
    first = await bench.gateway.complete(page.vendor_ref, bench.amount, key="pay_0001")
    assert (first.state, first.amount) == ("paid", bench.amount)
    assert await bench.gateway.complete(page.vendor_ref, bench.amount, key="pay_0001") == first
    assert await bench.gateway.complete(page.vendor_ref, bench.amount, key="another") == first


CARDS_ON_FILE = {"sample": ("test_success", "test_declined_funds", "test_step_up", "sw_nobody")}


def charger(bench: Bench) -> ChargesOnFile:
    if not bench.can("on_file"):
        assert not isinstance(bench.gateway, ChargesOnFile)
        pytest.skip("this vendor charges no way on file")
    gateway: object = bench.gateway
    assert isinstance(gateway, ChargesOnFile)
    return gateway


async def test_a_way_on_file_is_charged_once_per_key(bench: Bench) -> None:
    gateway = charger(bench)
    good, *_ = CARDS_ON_FILE[bench.gateway.name]
    first = await gateway.charge(asked(bench), good, key="pay_0001")
    again = await gateway.charge(asked(bench), good, key="pay_0001")
    assert first == again
    assert (first.report.state, first.report.reference, first.report.amount) == (
        "paid",
        "pay_0001",
        bench.amount,
    )
    other = await gateway.charge(asked(bench, "pay_0002"), good, key="pay_0002")
    assert other.page.vendor_ref != first.page.vendor_ref
    await bench.send_webhooks()
    told = [report for webhook in bench.webhooks for report in await bench.gateway.hear(webhook)]
    assert [(each.state, each.amount) for each in told] == [("paid", bench.amount)] * 2
    back = await bench.gateway.refund(first.page.vendor_ref, bench.amount, key="r1")
    assert (back.state, back.refunded) == ("refunded", bench.amount)


async def test_what_the_bank_says_to_a_way_on_file_is_a_report(bench: Bench) -> None:
    gateway = charger(bench)
    _, declined, step_up, nobody = CARDS_ON_FILE[bench.gateway.name]
    for place, (token, state) in enumerate(
        ((declined, "declined"), (step_up, "needs_step_up"), (nobody, "declined"))
    ):
        charged = await gateway.charge(asked(bench, f"pay_{place}"), token, key=f"k{place}")
        assert charged.report.state == state
        assert (charged.report.reason is not None) == (state == "declined")
        assert charged.page.url.startswith("http")
    dead: object = bench.dead
    assert isinstance(dead, ChargesOnFile)
    with pytest.raises(GatewayDown):
        await dead.charge(asked(bench), step_up, key="k")


async def test_a_way_is_kept_only_when_the_shopper_agrees(bench: Bench) -> None:
    gateway = charger(bench)
    page = await bench.gateway.open(asked(bench).model_copy(update={"keep": True}), key="k1")
    unasked = await bench.gateway.open(asked(bench, "pay_0002"), key="k2")
    for each in (page, unasked):
        async with httpx.AsyncClient(trust_env=False, verify=False) as client:
            shown = await client.get(each.url)
            assert ('name="keep"' in shown.text) == (each is page)
            assert 'name="keep" value="yes" checked' not in shown.text
            await client.post(each.url, data={"do": "pay", "card": "success", "keep": "yes"})
    report = await bench.gateway.look_up(page.vendor_ref)
    assert report.kept is not None
    assert (report.kept.brand, report.kept.last_four) == ("Visa", "0000")
    assert (await bench.gateway.look_up(unasked.vendor_ref)).kept is None
    charged = await gateway.charge(asked(bench, "pay_0003"), report.kept.token, key="k3")
    assert charged.report.state == "paid"


async def test_what_is_not_there_is_not_found(bench: Bench) -> None:
    with pytest.raises(NotFound):
        await bench.gateway.look_up("sp_nobody")
    with pytest.raises(NotFound):
        await bench.gateway.refund("sp_nobody", bench.amount, key="r")
    with pytest.raises(NotFound):
        await bench.gateway.complete("sp_nobody", bench.amount, key="c")


async def test_silence_is_told_as_such(bench: Bench) -> None:
    with pytest.raises(GatewayDown):
        await bench.dead.open(asked(bench), key="k")
    with pytest.raises(GatewayDown):
        await bench.dead.look_up("x")
    with pytest.raises(GatewayDown):
        await bench.dead.refund("x", bench.amount, key="r")


async def test_ways_of_paying_have_names_in_both_languages(bench: Bench) -> None:
    assert bench.gateway.methods
    for method in bench.gateway.methods:
        assert method.name["ko"]
        assert method.name["en"]
