"""The shop's side of Toss Payments: a payment is created, approved by the shopper, confirmed by the shop."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import httpx
from pydantic import BaseModel, ConfigDict

from dangol.connect.payments.calling import Line
from dangol.connect.payments.toss import card
from dangol.contracts.payment import (
    BadSignature,
    PaymentPage,
    PaymentReport,
    PaymentRequest,
    PaymentState,
    RefundRefused,
    UnknownEvent,
    Webhook,
)
from dangol.kernel.errors import NotFound
from dangol.kernel.money import Money

_PATIENCE = 60.0  # seconds a confirmation may take: the card company is asked
_WINDOWS = {"bank_transfer": "TRANSFER", "mobile": "MOBILE_PHONE"}  # cards and easy pay share a window
_ORDER = {"ko": "주문 {order}", "en": "Order {order}"}
_STATES: dict[str, PaymentState] = {
    "READY": "open",
    "IN_PROGRESS": "approved",
    "WAITING_FOR_DEPOSIT": "open",
    "DONE": "paid",
    "CANCELED": "refunded",
    "PARTIAL_CANCELED": "partly_refunded",
    "ABORTED": "declined",
    "EXPIRED": "abandoned",
}
_MEANS = {
    "카드": "card",
    "간편결제": "easy_pay",
    "계좌이체": "bank_transfer",
    "휴대폰": "mobile",
}
_REASONS = {
    "REJECT_CARD_PAYMENT": "insufficient_funds",
    "REJECT_ACCOUNT_PAYMENT": "insufficient_funds",
    "INVALID_CARD_EXPIRATION": "expired_card",
    "INVALID_AUTHORIZE_AUTH": "step_up_failed",
    "INVALID_PASSWORD": "step_up_failed",
}
# answers to a refund after which it is tried again; every other refusal is final
_NOT_NOW = frozenset(
    {
        "PROVIDER_ERROR", "FORBIDDEN_CONSECUTIVE_REQUEST", "IDEMPOTENT_REQUEST_PROCESSING", "UNAUTHORIZED_KEY",
        "INVALID_API_KEY", "FORBIDDEN_REQUEST", "FAILED_INTERNAL_SYSTEM_PROCESSING",
    }
)  # fmt: skip


class _Answer(BaseModel):
    model_config = ConfigDict(extra="ignore")


class _Page(_Answer):
    url: str


class _Failure(_Answer):
    code: str


class _Payment(_Answer):
    """A payment as Toss writes it; what it may add later is not ours to refuse."""

    paymentKey: str
    orderId: str
    status: str
    totalAmount: int
    balanceAmount: int
    currency: str
    method: str | None = None
    checkout: _Page | None = None
    failure: _Failure | None = None


class TossConnection:
    """Implements PaymentGateway over the API of Toss Payments.

    Its webhooks about payments carry no signature: what they name is asked back, and only the answer is believed.
    """

    name = card.CARD.name
    methods = card.METHODS

    def __init__(self, *, key: str, api_url: str = card.API, timeout: float = 10.0) -> None:
        self._line = Line(self.name, api_url, timeout=timeout)
        self._auth = httpx.BasicAuth(key, "")

    async def open(self, request: PaymentRequest, *, key: str) -> PaymentPage:
        """Create a payment; the same key gives the same window. Raises GatewayDown."""
        language = "ko" if request.language.startswith("ko") else "en"
        body = {
            "method": _WINDOWS.get(request.method or "", "CARD"),
            "amount": request.amount.amount,
            "currency": request.amount.currency,
            "orderId": request.reference,
            "orderName": _ORDER[language].format(order=request.order),
            "successUrl": request.return_url,
            "failUrl": request.return_url,
        }
        payment = self._read(await self._call("POST", "/v1/payments", key=key, json=body))
        if payment.checkout is None:
            raise self._line.down("no page")
        return PaymentPage(vendor_ref=payment.paymentKey, url=payment.checkout.url)

    async def look_up(self, vendor_ref: str) -> PaymentReport:
        """What Toss knows of a payment now. Raises GatewayDown, NotFound."""
        return self._report(self._read(await self._call("GET", _path(vendor_ref))), "seen")

    async def complete(self, vendor_ref: str, amount: Money, *, key: str) -> PaymentReport:
        """Confirm a payment the shopper approved, for this very amount, once per key. Raises GatewayDown, NotFound."""
        before = await self.look_up(vendor_ref)
        if before.state != "approved":
            return before
        body = {"paymentKey": vendor_ref, "orderId": before.reference, "amount": amount.amount}
        response = await self._call(
            "POST", "/v1/payments/confirm", key=f"confirm:{key}", json=body, timeout=_PATIENCE
        )
        if response.status_code >= 400:
            return await self.look_up(vendor_ref)  # declined, or confirmed by another before
        return self._report(self._read(response), "seen")

    async def refund(self, vendor_ref: str, amount: Money, *, key: str) -> PaymentReport:
        """Give money back, in part or whole, once per key. Raises GatewayDown, NotFound, RefundRefused."""
        body = {"cancelReason": "refund", "cancelAmount": amount.amount}
        response = await self._call("POST", f"{_path(vendor_ref)}/cancel", key=key, json=body)
        if 400 <= response.status_code < 500 and response.status_code != 404:
            code = _code(response)
            if code not in _NOT_NOW:
                raise RefundRefused(gateway=self.name, why=code)
        return self._report(self._read(response), f"refund:{key}")

    async def hear(self, webhook: Webhook) -> list[PaymentReport]:
        """What a webhook is about, as Toss says when asked back. Raises BadSignature, UnknownEvent, GatewayDown."""
        try:
            told = json.loads(webhook.body)
            kind, payment_key = str(told["eventType"]), str(told["data"]["paymentKey"])
        except (ValueError, KeyError, TypeError) as no:
            raise UnknownEvent(gateway=self.name) from no
        if kind != "PAYMENT_STATUS_CHANGED":
            raise UnknownEvent(gateway=self.name, event=kind)
        try:
            payment = self._read(await self._call("GET", _path(payment_key)))
        except NotFound as no:
            raise BadSignature(gateway=self.name) from no
        return [self._report(payment, "told")]

    async def _call(self, verb: str, path: str, *, key: str | None = None, **parts: Any) -> httpx.Response:
        headers = {"idempotency-key": key} if key else {}
        return await self._line.call(verb, path, headers=headers, auth=self._auth, **parts)

    def _read(self, response: httpx.Response) -> _Payment:
        if response.status_code == 404:
            raise NotFound(gateway=self.name)
        if response.status_code >= 400:
            raise self._line.refused(response)
        return self._line.read(_Payment, response)

    def _report(self, payment: _Payment, event: str) -> PaymentReport:
        """A payment as a report; the same state of it has the same event, so that what is told thrice counts once."""
        state = _STATES.get(payment.status)
        if state is None:
            raise UnknownEvent(gateway=self.name, event=payment.status)
        taken = state in ("paid", "refunded", "partly_refunded")
        back = payment.totalAmount - payment.balanceAmount if taken else 0
        exact = event.startswith("refund:")
        return PaymentReport(
            event=event if exact else f"{event}:{payment.paymentKey}:{payment.status}:{back}",
            vendor_ref=payment.paymentKey,
            reference=payment.orderId,
            state=state,
            amount=Money(amount=payment.totalAmount, currency=payment.currency),
            refunded=Money(amount=back, currency=payment.currency),
            method=_MEANS.get(payment.method or "", payment.method) if taken else None,
            reason=_reason(payment) if state == "declined" else None,
        )


def _path(payment_key: str) -> str:
    return f"/v1/payments/{quote(payment_key, safe='')}"


def _reason(payment: _Payment) -> str:
    return _REASONS.get(payment.failure.code if payment.failure else "", "card_declined")


def _code(response: httpx.Response) -> str:
    try:
        return str(response.json()["code"])
    except (ValueError, KeyError, TypeError):
        return "refused"
