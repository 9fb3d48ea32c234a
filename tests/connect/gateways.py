"""The sample gateway as a real peer, and its shop side, for tests."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import psycopg
from connect.loopback import address_of, free_socket, serving

from dangol.connect.payments.sample.connection import SampleConnection
from dangol.connect.payments.sample.server import SampleGateway
from dangol.kernel.clock import TurnedClock

KEY, SECRET = "sk_test_1", "whsec_test_1"


@dataclass
class Peer:
    """A running sample gateway: what the shop uses, what a tester turns."""

    gateway: SampleGateway
    connection: SampleConnection
    url: str

    async def play(self, vendor_ref: str, act: str, **more: str) -> None:
        await self._knob("POST", vendor_ref, "play", {"act": act, **more})

    async def turn(self, vendor_ref: str, **knobs: float) -> None:
        await self._knob("PUT", vendor_ref, "knobs", knobs)

    async def release(self, vendor_ref: str) -> None:
        await self._knob("POST", vendor_ref, "release", {})

    async def _knob(self, verb: str, vendor_ref: str, name: str, body: dict) -> None:
        async with httpx.AsyncClient(timeout=60, trust_env=False, verify=False) as client:
            answer = await client.request(
                verb,
                f"{self.url}/v1/payments/{vendor_ref}/test/{name}",
                json=body,
                headers={"authorization": f"Bearer {KEY}"},
            )
        assert answer.is_success, answer.text


@contextlib.asynccontextmanager
async def sample_peer(
    database_url: str, clock: TurnedClock, webhook_url: str = "http://127.0.0.1:9/nobody"
) -> AsyncIterator[Peer]:
    """Webhooks are sent when the test says so (`gateway.deliver_due`), not by the background loop."""

    @contextlib.asynccontextmanager
    async def open_connection() -> AsyncIterator[psycopg.AsyncConnection]:
        async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as conn:
            yield conn

    listener = free_socket()
    url = address_of(listener)
    gateway = SampleGateway(
        open_connection,
        public_url=url,
        webhook_url=webhook_url,
        api_key=KEY,
        webhook_secret=SECRET,
        clock=clock,
    )
    await gateway.lay()
    connection = SampleConnection(api_url=url, api_key=KEY, webhook_secret=SECRET, clock=clock)
    async with serving(gateway.app, listener):
        yield Peer(gateway, connection, url)
