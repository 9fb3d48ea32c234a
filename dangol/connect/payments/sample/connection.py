"""The shop's side of the sample gateway: opens payments, asks, refunds, checks webhooks."""

from __future__ import annotations

import json
from typing import Any

import httpx
from pydantic import BaseModel, ConfigDict

from dangol.connect.payments.calling import Line
from dangol.connect.payments.sample import card
from dangol.connect.payments.sample.signing import HEADER, signed_at
from dangol.contracts.payment import (
    BadSignature,
    Charged,
    KeptWay,
    PaymentPage,
    PaymentReport,
    PaymentRequest,
    PaymentState,
    RefundRefused,
    UnknownEvent,
    Webhook,
)
from dangol.kernel.clock import Clock
from dangol.kernel.errors import NotFound
from dangol.kernel.money import Money

_FRESH = 300  # seconds a signature is believed
_STATES: dict[str, PaymentState] = {
    "payment.step_up": "needs_step_up",
    "payment.paid": "paid",
    "payment.declined": "declined",
    "payment.abandoned": "abandoned",
    "payment.refunded": "refunded",
    "payment.partly_refunded": "partly_refunded",
}


class _Kept(BaseModel):
    """A card the shopper agreed to keep."""

    model_config = ConfigDict(extra="ignore")

    token: str
    brand: str = ""
    last_four: str = ""


class _Payment(BaseModel):
    """A payment as the gateway writes it; what it may add later is not ours to refuse."""

    model_config = ConfigDict(extra="ignore")

    id: str
    url: str
    reference: str
    state: PaymentState
    amount: int
    currency: str
    charged: int
    refunded: int
    method: str | None = None
    reason: str | None = None
    kept: _Kept | None = None


class SampleConnection:
    """Implements PaymentGateway and ChargesOnFile over the sample gateway's HTTP API."""

    name = card.CARD.name
    methods = card.METHODS

    def __init__(
        self, *, api_url: str, api_key: str, webhook_secret: str, clock: Clock, timeout: float = 5.0
    ) -> None:
        self._line = Line(self.name, api_url, timeout=timeout)
        self._key = api_key
        self._secret = webhook_secret
        self._clock = clock

    async def open(self, request: PaymentRequest, *, key: str) -> PaymentPage:
        """Open a payment; the same key gives the same page. Raises GatewayDown."""
        payment = self._line.read(
            _Payment,
            await self._call(
                "POST",
                "/v1/payments",
                key=key,
                body=_asked(request) | {"keep": request.keep},
            ),
        )
        return PaymentPage(vendor_ref=payment.id, url=payment.url)

    async def charge(self, request: PaymentRequest, token: str, *, key: str) -> Charged:
        """Take the money of a payment by a kept card, once per key. Raises GatewayDown."""
        body = _asked(request) | {"way": token}
        payment = self._line.read(_Payment, await self._call("POST", "/v1/charges", key=key, body=body))
        return Charged(
            page=PaymentPage(vendor_ref=payment.id, url=payment.url),
            report=_report(f"charge:{key}", payment, payment.state),
        )

    async def look_up(self, vendor_ref: str) -> PaymentReport:
        """What the gateway knows of a payment now. Raises GatewayDown, NotFound."""
        payment = self._line.read(_Payment, await self._call("GET", f"/v1/payments/{vendor_ref}"))
        return _report(f"seen:{payment.id}:{payment.state}:{payment.refunded}", payment, payment.state)

    async def complete(self, vendor_ref: str, amount: Money, *, key: str) -> PaymentReport:
        """This gateway takes the money by itself: how the payment stands. Raises GatewayDown, NotFound."""
        return await self.look_up(vendor_ref)

    async def refund(self, vendor_ref: str, amount: Money, *, key: str) -> PaymentReport:
        """Give money back, in part or whole, once per key. Raises GatewayDown, RefundRefused."""
        payment = self._line.read(
            _Payment,
            await self._call(
                "POST",
                f"/v1/payments/{vendor_ref}/refunds",
                key=key,
                body={"amount": amount.amount, "currency": amount.currency},
            ),
        )
        return _report(f"refund:{key}", payment, payment.state)

    async def hear(self, webhook: Webhook) -> list[PaymentReport]:
        """The report in a webhook. Raises BadSignature, and UnknownEvent for what has no word here."""
        at = signed_at(webhook.headers.get(HEADER, ""), webhook.body, self._secret)
        if at is None or abs(self._clock.now().timestamp() - at) > _FRESH:
            raise BadSignature(gateway=self.name)
        try:
            event = json.loads(webhook.body)
            kind, name = str(event["type"]), str(event["id"])
            payment = _Payment.model_validate(event["payment"])
        except (ValueError, KeyError, TypeError) as no:
            raise UnknownEvent(gateway=self.name) from no
        if kind not in _STATES:
            raise UnknownEvent(gateway=self.name, event=kind)
        return [_report(name, payment, _STATES[kind])]

    async def _call(
        self, verb: str, path: str, *, key: str | None = None, body: dict[str, Any] | None = None
    ) -> httpx.Response:
        headers = {"authorization": f"Bearer {self._key}"} | ({"idempotency-key": key} if key else {})
        return self._checked(await self._line.call(verb, path, headers=headers, json=body))

    def _checked(self, response: httpx.Response) -> httpx.Response:
        if response.status_code == 404:
            raise NotFound(gateway=self.name)
        if response.status_code == 409:
            raise RefundRefused(gateway=self.name, why=_why(response))
        if response.status_code >= 400:
            raise self._line.refused(response)
        return response


def _why(response: httpx.Response) -> str:
    try:
        return str(response.json()["error"])
    except (ValueError, KeyError, TypeError):
        return "refused"


def _asked(request: PaymentRequest) -> dict[str, Any]:
    return {
        "reference": request.reference,
        "order": request.order,
        "amount": request.amount.amount,
        "currency": request.amount.currency,
        "method": request.method,
        "language": request.language,
        "return_url": request.return_url,
    }


def _report(event: str, payment: _Payment, state: PaymentState) -> PaymentReport:
    taken = state in ("paid", "refunded", "partly_refunded")
    return PaymentReport(
        event=event,
        vendor_ref=payment.id,
        reference=payment.reference,
        state=state,
        amount=Money(amount=payment.charged if taken else payment.amount, currency=payment.currency),
        refunded=Money(amount=payment.refunded, currency=payment.currency),
        method=payment.method,
        reason=payment.reason,
        kept=KeptWay.model_validate(payment.kept.model_dump()) if payment.kept else None,
    )
