"""What every payment gateway must do, whichever it is: a new vendor adds a bench to BENCHES and nothing else.

A bench brings the vendor to life (a real peer on loopback or its recorded self) and plays the shopper on its page.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

import httpx
import pytest
from connect.gateways import sample_peer
from connect.loopback import address_of, free_socket, serving
from fastapi import FastAPI, Request, Response

from dangol.connect.index import PAYMENTS
from dangol.connect.payments.sample.connection import SampleConnection
from dangol.contracts.payment import (
    BadSignature,
    GatewayDown,
    PaymentGateway,
    PaymentRequest,
    RefundRefused,
    Webhook,
)
from dangol.kernel.clock import TurnedClock
from dangol.kernel.errors import NotFound
from dangol.kernel.money import Money

WON = Money(amount=39_000, currency="KRW")


class Bench(Protocol):
    """A vendor brought to life for the tests."""

    gateway: PaymentGateway
    dead: PaymentGateway  # the same vendor where nobody answers
    webhooks: list[Webhook]  # those sent so far

    async def play(self, vendor_ref: str, act: str) -> None:
        """The shopper on the page: pay, decline, step_up, abandon."""

    async def send_webhooks(self) -> None:
        """Let the vendor send what it has to tell."""


@dataclass
class SampleBench:
    gateway: PaymentGateway
    dead: PaymentGateway
    webhooks: list[Webhook]
    play: Callable
    send_webhooks: Callable


@contextlib.asynccontextmanager
async def sample_bench(database_url: str, clock: TurnedClock) -> AsyncIterator[Bench]:
    heard: list[Webhook] = []
    shop = FastAPI()

    @shop.post("/hook")
    async def hook(request: Request) -> Response:
        heard.append(Webhook(headers=dict(request.headers), body=await request.body()))
        return Response(status_code=204)

    listener = free_socket()
    async with (
        serving(shop, listener),
        sample_peer(database_url, clock, f"{address_of(listener)}/hook") as peer,
    ):
        silent = free_socket()
        silent.close()
        dead = SampleConnection(
            api_url="http://127.0.0.1:9", api_key="k", webhook_secret="s", clock=clock, timeout=0.5
        )
        yield SampleBench(peer.connection, dead, heard, peer.play, peer.gateway.deliver_due)


BENCHES: dict[str, Callable[[str, TurnedClock], AbstractAsyncContextManager[Bench]]] = {
    "sample": sample_bench
}


@pytest.fixture(params=sorted(BENCHES))
async def bench(
    request: pytest.FixtureRequest, database_url: str, clock: TurnedClock
) -> AsyncIterator[Bench]:
    async with BENCHES[request.param](database_url, clock) as made:
        yield made


def asked(reference: str = "pay_1", amount: Money = WON) -> PaymentRequest:
    return PaymentRequest(
        reference=reference,
        order="20261121-0001",
        amount=amount,
        language="ko",
        return_url="http://127.0.0.1:1/back?x=1",
    )


def test_every_gateway_of_the_index_has_a_bench() -> None:
    assert {card.name for card in PAYMENTS} == set(BENCHES)


async def test_a_payment_is_opened_once_per_key(bench: Bench) -> None:
    first = await bench.gateway.open(asked(), key="k1")
    again = await bench.gateway.open(asked(), key="k1")
    other = await bench.gateway.open(asked("pay_2"), key="k2")
    assert first == again
    assert other.vendor_ref != first.vendor_ref
    assert first.url.startswith("http")
    report = await bench.gateway.look_up(first.vendor_ref)
    assert (report.state, report.reference, report.amount) == ("open", "pay_1", WON)


async def test_the_page_is_there_to_be_seen(bench: Bench) -> None:
    page = await bench.gateway.open(asked(), key="k1")
    async with httpx.AsyncClient(trust_env=False) as client:
        shown = await client.get(page.url)
    assert shown.status_code == 200
    assert "39,000" in shown.text


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
    page = await bench.gateway.open(asked(), key="k1")
    for act in acts:
        await bench.play(page.vendor_ref, act)
    await bench.send_webhooks()
    seen = await bench.gateway.look_up(page.vendor_ref)
    assert seen.state == state
    assert (seen.reason is not None) == (state == "declined")
    told = []
    for webhook in bench.webhooks:
        bench.gateway.verify(webhook)
        told += bench.gateway.parse(webhook)
    assert told[-1].model_copy(update={"event": seen.event}) == seen
    assert len({report.event for report in told}) == len(told)


async def test_a_webhook_not_signed_by_the_gateway_is_not_believed(bench: Bench, clock: TurnedClock) -> None:
    page = await bench.gateway.open(asked(), key="k1")
    await bench.play(page.vendor_ref, "pay")
    await bench.send_webhooks()
    good = bench.webhooks[0]
    bench.gateway.verify(good)
    forged = replace(good, body=good.body.replace(b"39000", b"39001"))
    unsigned = replace(good, headers={"content-type": "application/json"})
    for bad in (forged, unsigned, replace(good, body=b"")):
        with pytest.raises(BadSignature):
            bench.gateway.verify(bad)
    clock.advance(timedelta(minutes=6))
    with pytest.raises(BadSignature):
        bench.gateway.verify(good)


async def test_an_unknown_event_is_not_swallowed(bench: Bench) -> None:
    for body in (b"not json", b"{}", b'{"id": "e", "type": "payment.levitated", "payment": {}}', b"[]"):
        with pytest.raises(Exception):  # noqa: B017 - which one is the vendor's own affair
            bench.gateway.parse(Webhook(headers={}, body=body))


async def test_money_goes_back_once_per_key_and_never_more_than_came(bench: Bench) -> None:
    page = await bench.gateway.open(asked(), key="k1")
    part = Money(amount=9_000, currency="KRW")
    with pytest.raises(RefundRefused):
        await bench.gateway.refund(page.vendor_ref, part, key="r0")
    await bench.play(page.vendor_ref, "pay")
    first = await bench.gateway.refund(page.vendor_ref, part, key="r1")
    again = await bench.gateway.refund(page.vendor_ref, part, key="r1")
    assert first.refunded == again.refunded == part
    assert first.state == "partly_refunded"
    with pytest.raises(RefundRefused):
        await bench.gateway.refund(page.vendor_ref, WON, key="r2")
    whole = await bench.gateway.refund(page.vendor_ref, WON - part, key="r3")
    assert (whole.state, whole.refunded) == ("refunded", WON)


async def test_what_is_not_there_is_not_found(bench: Bench) -> None:
    with pytest.raises(NotFound):
        await bench.gateway.look_up("sp_nobody")
    with pytest.raises(NotFound):
        await bench.gateway.refund("sp_nobody", WON, key="r")


async def test_silence_is_told_as_such(bench: Bench) -> None:
    with pytest.raises(GatewayDown):
        await bench.dead.open(asked(), key="k")
    with pytest.raises(GatewayDown):
        await bench.dead.look_up("x")
    with pytest.raises(GatewayDown):
        await bench.dead.refund("x", WON, key="r")


async def test_ways_of_paying_have_names_in_both_languages(bench: Bench) -> None:
    assert bench.gateway.methods
    for method in bench.gateway.methods:
        assert method.name["ko"]
        assert method.name["en"]
