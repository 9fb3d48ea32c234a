"""The sample gateway itself: a small vendor with its own API, pay page, books and signed webhooks.

It runs inside the demo server under `/sample-gateway`, or anywhere else as an application of its own. Nothing of
the shop is imported here but the ground (ids, clock, money); it knows the shop by the address of its webhook.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import ssl
from typing import Annotated, Literal
from urllib.parse import urlsplit

import httpx
from fastapi import FastAPI, Header, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from pydantic import BaseModel, Field

from dangol.connect.payments.sample import card, pages
from dangol.connect.payments.sample.signing import HEADER, sign
from dangol.connect.payments.sample.vault import (
    CARDS,
    CardExpired,
    KeyTaken,
    MoreThanPaid,
    OpenConnection,
    Parcel,
    Payment,
    Vault,
    told,
)
from dangol.kernel.clock import Clock, SystemClock

TEST_CODE = "123456"
_WRONG_CODES = 3
_MOST_TRIES = 12
_LONGEST_WAIT = 300  # seconds between two tries of a webhook
_LATE = 60.0
_GLANCE = 2.0  # seconds between two looks at what is due
_REASONS = {"declined_funds": "insufficient_funds", "declined_expired": "expired_card"}
_ON_FILE = {"success": ("paid", None), "step_up": ("needs_step_up", None)} | {
    name: ("declined", reason) for name, reason in _REASONS.items()
}
_REFUND_ERRORS: dict[type[Exception], str] = {
    MoreThanPaid: "more_than_paid",
    CardExpired: "card_expired",
    KeyTaken: "key_taken",
}
_METHODS = {method.code for method in card.METHODS}

Key = Annotated[str | None, Header(alias="Idempotency-Key", max_length=200)]


class NewPayment(BaseModel):
    """A payment a merchant asks for."""

    reference: str = Field(min_length=1, max_length=200)
    order: str = Field(min_length=1, max_length=200)
    amount: int = Field(gt=0, le=10**15)
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    method: str | None = None
    language: str = Field("en", max_length=35)
    return_url: str = Field(pattern=r"^https?://", max_length=2000)
    keep: bool = False


class NewCharge(NewPayment):
    """A payment a merchant takes from a card that was kept; `way` is its token."""

    way: str = Field(min_length=1, max_length=200)


class NewRefund(BaseModel):
    """Money a merchant gives back."""

    amount: int = Field(gt=0, le=10**15)
    currency: str = Field(pattern=r"^[A-Z]{3}$")


class Knobs(BaseModel):
    """How a payment is to misbehave: another amount charged, told several times, told late (-1: when released)."""

    charge: int | None = Field(None, gt=0)
    copies: int = Field(1, ge=1, le=10)
    delay: float = Field(0, ge=-1, le=86_400)


class Play(BaseModel):
    """What the shopper does on the pay page, for tests that have no browser."""

    act: Literal["pay", "decline", "step_up", "abandon", "expire_card"]
    reason: str = "insufficient_funds"


class SampleGateway:
    """The vendor: `app` is its face, `start` begins sending webhooks, `stop` ends it."""

    def __init__(
        self,
        open_connection: OpenConnection,
        *,
        public_url: str,
        webhook_url: str,
        api_key: str,
        webhook_secret: str,
        clock: Clock | None = None,
    ) -> None:
        self._url = public_url.rstrip("/")
        self._webhook_url = webhook_url
        self._key = api_key
        self._secret = webhook_secret
        self._clock = clock or SystemClock()
        self._vault = Vault(open_connection, self._url)
        self._wake = asyncio.Event()
        self._tls = ssl.create_default_context()
        self._sending: asyncio.Task[None] | None = None
        self.app = self._build()

    async def lay(self) -> None:
        """Lay the gateway's books where there are none."""
        await self._vault.lay()

    async def start(self) -> None:
        """Lay the books where there are none and begin sending webhooks, those of a former run first."""
        await self.lay()
        self._sending = asyncio.create_task(self._send_for_ever(), name="sample gateway webhooks")

    async def stop(self) -> None:
        """End the sending; what was not sent waits in the books."""
        if self._sending is not None:
            self._sending.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._sending
            self._sending = None

    async def _send_for_ever(self) -> None:
        while True:
            # the database may be away for a while: the books are asked again at the next glance
            with contextlib.suppress(Exception):
                await self.deliver_due()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), _GLANCE)
            self._wake.clear()

    async def deliver_due(self) -> int:
        """Send every webhook that is due now; returns how many arrived."""
        arrived = 0
        while parcel := await self._vault.claim(self._clock.now(), _LONGEST_WAIT):
            good = await self._deliver(parcel)
            arrived += good
            if good or parcel.attempts >= _MOST_TRIES:
                await self._vault.sent(parcel.id, self._clock.now())
        return arrived

    async def _deliver(self, parcel: Parcel) -> bool:
        body = parcel.body.encode()
        signature = sign(body, self._secret, int(self._clock.now().timestamp()))
        headers = {"content-type": "application/json", HEADER: signature}
        async with httpx.AsyncClient(timeout=10, verify=self._tls, trust_env=False) as client:
            try:
                answer = await client.post(self._webhook_url, content=body, headers=headers)
            except httpx.HTTPError:
                return False
        return answer.is_success

    def _build(self) -> FastAPI:
        app = FastAPI(title="Sample gateway", docs_url=None, redoc_url=None, openapi_url=None)
        app.add_api_route("/v1/payments", self._open_payment, methods=["POST"])
        app.add_api_route("/v1/charges", self._charge, methods=["POST"])
        app.add_api_route("/v1/payments/{payment_id}", self._tell_payment, methods=["GET"])
        app.add_api_route("/v1/payments/{payment_id}/refunds", self._refund, methods=["POST"])
        app.add_api_route("/v1/payments/{payment_id}/test/knobs", self._knobs, methods=["PUT"])
        app.add_api_route("/v1/payments/{payment_id}/test/play", self._play, methods=["POST"])
        app.add_api_route("/v1/payments/{payment_id}/test/release", self._release, methods=["POST"])
        app.add_api_route("/pay/{payment_id}", self._pay_page, methods=["GET"])
        app.add_api_route("/pay/{payment_id}", self._pay, methods=["POST"])
        app.add_api_route("/pay/{payment_id}/code", self._code_page, methods=["GET"])
        app.add_api_route("/pay/{payment_id}/code", self._code, methods=["POST"])
        return app

    # -- the API of merchants --

    def _refuse(self, authorization: str | None) -> JSONResponse | None:
        given = (authorization or "").removeprefix("Bearer ").encode()
        if hmac.compare_digest(given, self._key.encode()):
            return None
        return JSONResponse({"error": "unauthorized"}, 401)

    def _answer(self, payment: Payment | None, status: int = 200) -> JSONResponse:
        self._wake.set()
        if payment is None:
            return JSONResponse({"error": "not_found"}, 404)
        return JSONResponse(told(payment, self._url), status)

    async def _open_payment(
        self, asked: NewPayment, key: Key = None, authorization: Annotated[str | None, Header()] = None
    ) -> Response:
        if no := self._refuse(authorization):
            return no
        payment = await self._opened(asked, key)
        return payment if isinstance(payment, Response) else self._answer(payment, 201)

    async def _opened(self, asked: NewPayment, key: str | None) -> Payment | JSONResponse:
        if not key:
            return JSONResponse({"error": "idempotency_key_missing"}, 400)
        method = asked.method if asked.method in _METHODS else "card"
        try:
            return await self._vault.open_payment(
                key, asked.model_dump() | {"method": method}, self._clock.now()
            )
        except KeyTaken:
            return JSONResponse({"error": "key_taken"}, 422)

    async def _charge(
        self, asked: NewCharge, key: Key = None, authorization: Annotated[str | None, Header()] = None
    ) -> Response:
        if no := self._refuse(authorization):
            return no
        payment = await self._opened(asked, key)
        if isinstance(payment, Response):
            return payment
        chosen = await self._vault.card_of(asked.way)
        state, reason = _ON_FILE.get(chosen or "", ("declined", "unknown_card"))
        if payment.state == "open":  # the same key again finds what became of it
            await self._settle(payment, state, reason)
        return self._answer(await self._vault.payment(payment.id), 201)

    async def _tell_payment(
        self, payment_id: str, authorization: Annotated[str | None, Header()] = None
    ) -> Response:
        return self._refuse(authorization) or self._answer(await self._vault.payment(payment_id))

    async def _refund(
        self,
        payment_id: str,
        asked: NewRefund,
        key: Key = None,
        authorization: Annotated[str | None, Header()] = None,
    ) -> Response:
        if no := self._refuse(authorization):
            return no
        if not key:
            return JSONResponse({"error": "idempotency_key_missing"}, 400)
        payment = await self._vault.payment(payment_id)
        if payment is not None and payment.currency != asked.currency:
            return JSONResponse({"error": "wrong_currency"}, 409)
        try:
            return self._answer(await self._vault.refund(payment_id, key, asked.amount, self._clock.now()))
        except (MoreThanPaid, CardExpired, KeyTaken) as refusal:
            return JSONResponse({"error": _REFUND_ERRORS[type(refusal)]}, 409)

    # -- the testers' knobs --

    async def _knobs(
        self, payment_id: str, knobs: Knobs, authorization: Annotated[str | None, Header()] = None
    ) -> Response:
        return self._refuse(authorization) or self._answer(
            await self._vault.turn_knobs(
                payment_id, charge=knobs.charge, copies=knobs.copies, delay=knobs.delay
            )
        )

    async def _play(
        self, payment_id: str, play: Play, authorization: Annotated[str | None, Header()] = None
    ) -> Response:
        if no := self._refuse(authorization):
            return no
        if play.act == "expire_card":
            return self._answer(await self._vault.expire_card(payment_id))
        state = {"pay": "paid", "decline": "declined", "step_up": "needs_step_up", "abandon": "abandoned"}
        reason = play.reason if play.act == "decline" else None
        return self._answer(
            await self._vault.settle(payment_id, state[play.act], self._clock.now(), reason=reason)
        )

    async def _release(
        self, payment_id: str, authorization: Annotated[str | None, Header()] = None
    ) -> Response:
        if no := self._refuse(authorization):
            return no
        released = await self._vault.release(payment_id, self._clock.now())
        self._wake.set()
        return JSONResponse({"released": released})

    # -- the shopper's pages --

    def _show(self, html: str, payment: Payment | None = None, status: int = 200) -> HTMLResponse:
        # a form may lead to the shop: browsers count the redirect after it as part of the form
        home = urlsplit(payment.return_url) if payment else None
        leads = f" {home.scheme}://{home.netloc}" if home else ""
        return HTMLResponse(
            html,
            status,
            headers={
                "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:;"
                f" base-uri 'none'; frame-ancestors 'none'; form-action 'self'{leads}",
                "referrer-policy": "no-referrer",
                "cache-control": "no-store",
                "x-content-type-options": "nosniff",
            },
        )

    def _unknown(self, request: Request) -> HTMLResponse:
        language = request.headers.get("accept-language", "en")
        return self._show(pages.unknown_page(language), status=404)

    def _to(self, path: str) -> RedirectResponse:
        return RedirectResponse(f"{self._url}{path}", 303)

    async def _pay_page(self, payment_id: str, request: Request) -> Response:
        payment = await self._vault.payment(payment_id)
        if payment is None:
            return self._unknown(request)
        if payment.state == "needs_step_up":
            return self._to(f"/pay/{payment.id}/code")
        if payment.state != "open":
            return self._show(pages.done_page(payment), payment)
        return self._show(pages.pay_page(payment, f"{self._url}/pay/{payment.id}"), payment)

    async def _pay(self, payment_id: str, request: Request) -> Response:
        payment = await self._vault.payment(payment_id)
        if payment is None:
            return self._unknown(request)
        form = await request.form()
        if form.get("do") == "cancel":
            return await self._through(payment, "abandoned")
        chosen = str(form.get("card", "success"))
        if chosen not in CARDS:
            return self._to(f"/pay/{payment.id}")
        await self._misbehave(payment, str(form.get("report", "now")))
        await self._vault.wish_kept(payment.id, chosen if form.get("keep") else None)
        if chosen == "step_up":
            await self._settle(payment, "needs_step_up")
            return self._to(f"/pay/{payment.id}/code")
        if chosen in _REASONS:
            return await self._through(payment, "declined", _REASONS[chosen])
        return await self._through(payment, "paid")

    async def _misbehave(self, payment: Payment, how: str) -> None:
        knobs = {
            "late": Knobs(delay=_LATE),
            "thrice": Knobs(copies=3),
            "wrong": Knobs(charge=max(1, payment.amount // 10)),
        }.get(how)
        if knobs is not None:
            await self._vault.turn_knobs(
                payment.id, charge=knobs.charge, copies=knobs.copies, delay=knobs.delay
            )

    async def _code_page(self, payment_id: str, request: Request, wrong: bool = False) -> Response:
        payment = await self._vault.payment(payment_id)
        if payment is None:
            return self._unknown(request)
        if payment.state != "needs_step_up":
            return self._to(f"/pay/{payment.id}")
        page = pages.code_page(payment, f"{self._url}/pay/{payment.id}/code", wrong=wrong)
        return self._show(page, payment)

    async def _code(self, payment_id: str, request: Request) -> Response:
        payment = await self._vault.payment(payment_id)
        if payment is None:
            return self._unknown(request)
        if payment.state != "needs_step_up":
            return self._to(f"/pay/{payment.id}")
        form = await request.form()
        if form.get("do") == "cancel":
            return await self._through(payment, "abandoned")
        if str(form.get("code", "")).strip() == TEST_CODE:
            return await self._through(payment, "paid")
        if await self._vault.wrong_code(payment.id) >= _WRONG_CODES:
            return await self._through(payment, "declined", "step_up_failed")
        return self._to(f"/pay/{payment.id}/code?wrong=true")

    async def _settle(self, payment: Payment, state: str, reason: str | None = None) -> None:
        await self._vault.settle(payment.id, state, self._clock.now(), reason=reason)
        self._wake.set()

    async def _through(self, payment: Payment, state: str, reason: str | None = None) -> Response:
        await self._settle(payment, state, reason)
        return RedirectResponse(payment.return_url, 303)
