"""What all vendors played here share: an outbox of webhooks, answers kept by idempotency key."""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
from connect.loopback import address_of, free_socket, serving
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from dangol.contracts.payment import Webhook
from dangol.kernel.clock import TurnedClock


class Refusal(Exception):
    """The vendor's answer to a request it does not take."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        super().__init__(body)
        self.status, self.body = status, body


class Vendor:
    """A vendor on loopback: `app` is its API and its pages, `outbox` what it has to tell."""

    def __init__(self, clock: TurnedClock) -> None:
        self.clock = clock
        self.url = ""
        self.app = FastAPI()
        self.outbox: list[Webhook] = []
        self.seen: list[dict[str, str]] = []  # the headers of every request
        self._answers: dict[str, tuple[bytes, dict[str, Any] | Refusal]] = {}

        @self.app.exception_handler(Refusal)
        async def refused(_request: Request, no: Exception) -> JSONResponse:
            assert isinstance(no, Refusal)
            return JSONResponse(no.body, no.status)

    async def once(self, key: str | None, request: Request, reused: Refusal, act: Any) -> dict[str, Any]:
        """The answer of `act`, kept under a key; the same key for something else is refused."""
        body = request.url.path.encode() + await request.body()
        if key is None:
            return act()
        if key not in self._answers:
            try:
                self._answers[key] = (body, json.loads(json.dumps(act())))
            except Refusal as no:
                self._answers[key] = (body, no)
        before, answer = self._answers[key]
        if before != body:
            raise reused
        if isinstance(answer, Refusal):
            raise answer
        return answer

    def sign(self, body: bytes) -> Webhook:
        """A body as the vendor sends it."""
        return Webhook(headers={"content-type": "application/json"}, body=body)

    def tell(self, event: dict[str, Any]) -> None:
        self.outbox.append(self.sign(json.dumps(event, ensure_ascii=False).encode()))

    async def deliver(self, url: str) -> list[int]:
        """Send what is in the outbox to the shop; what it answered."""
        sent, self.outbox = self.outbox, []
        async with httpx.AsyncClient(timeout=60, trust_env=False, verify=False) as client:
            return [
                (await client.post(url, content=each.body, headers=dict(each.headers))).status_code
                for each in sent
            ]


@contextlib.asynccontextmanager
async def on_loopback(vendor: Vendor) -> AsyncIterator[None]:
    listener = free_socket()
    vendor.url = address_of(listener)
    async with serving(vendor.app, listener):
        yield
