"""The shop's side of PayPal: orders (v2) created, approved by the shopper, captured by the shop."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import httpx
from pydantic import BaseModel, ConfigDict, Field

from dangol.connect.payments.calling import Line
from dangol.connect.payments.paypal import card
from dangol.connect.payments.paypal.answers import Link, Order, report, to_paypal
from dangol.contracts.payment import (
    BadSignature,
    PaymentPage,
    PaymentReport,
    PaymentRequest,
    RefundRefused,
    UnknownEvent,
    Webhook,
)
from dangol.kernel.clock import Clock
from dangol.kernel.errors import NotFound
from dangol.kernel.money import Money

_ORDER = {"ko": "주문 {order}", "en": "Order {order}"}
_SPARE = timedelta(minutes=1)  # a token is not used in its last minute
_KNOWN = frozenset({"ORDER_ALREADY_CAPTURED", "ORDER_NOT_APPROVED"})  # how the order stands says the rest
_SIGNED = ("auth-algo", "cert-url", "transmission-id", "transmission-sig", "transmission-time")


class _Answer(BaseModel):
    model_config = ConfigDict(extra="ignore")


class _Token(_Answer):
    access_token: str
    expires_in: int


class _Verdict(_Answer):
    verification_status: str


class _Related(_Answer):
    order_id: str | None = None


class _Supplement(_Answer):
    related_ids: _Related = Field(default_factory=_Related)


class _Resource(_Answer):
    """What an event is about: an order, a capture, or a refund that links up to its capture."""

    id: str
    supplementary_data: _Supplement = Field(default_factory=_Supplement)
    links: list[Link] = Field(default_factory=list)


class PayPalConnection:
    """Implements PaymentGateway over PayPal's Orders and Payments API.

    PayPal itself is asked whether it signed a webhook, and what a webhook names is looked up.
    """

    name = card.CARD.name
    methods = card.METHODS

    def __init__(
        self,
        *,
        client_id: str,
        secret: str,
        webhook_id: str,
        clock: Clock,
        api_url: str = card.API,
        timeout: float = 15.0,
    ) -> None:
        self._line = Line(self.name, api_url, timeout=timeout)
        self._auth = httpx.BasicAuth(client_id, secret)
        self._webhook = webhook_id
        self._clock = clock
        self._token: tuple[str, datetime] | None = None

    async def open(self, request: PaymentRequest, *, key: str) -> PaymentPage:
        """Create an order; the same key gives the same page. Raises GatewayDown."""
        language = "ko" if request.language.startswith("ko") else "en"
        unit = {
            "custom_id": request.reference,
            "description": _ORDER[language].format(order=request.order),
            "amount": self._counted(request.amount),
        }
        context = {
            "return_url": request.return_url,
            "cancel_url": request.return_url,
            "locale": "ko-KR" if language == "ko" else "en-US",
            "shipping_preference": "NO_SHIPPING",
            "user_action": "PAY_NOW",
        }
        body = {
            "intent": "CAPTURE",
            "purchase_units": [unit],
            "payment_source": {"paypal": {"experience_context": context}},
        }
        order = self._read(await self._call("POST", "/v2/checkout/orders", key=key, json=body))
        for link in order.links:
            if link.rel in ("payer-action", "approve"):
                return PaymentPage(vendor_ref=order.id, url=link.href)
        raise self._line.down("no page")

    async def look_up(self, vendor_ref: str) -> PaymentReport:
        """What PayPal knows of a payment now. Raises GatewayDown, NotFound."""
        return await self._seen(vendor_ref)

    async def complete(self, vendor_ref: str, amount: Money, *, key: str) -> PaymentReport:
        """Capture an order the shopper approved, once per key. Raises GatewayDown, NotFound.

        The amount is the one the order was created with; another one is not captured.
        """
        before = await self._seen(vendor_ref)
        if before.state != "approved" or before.amount != amount:
            return before
        path = f"{_path(vendor_ref)}/capture"
        response = await self._call("POST", path, key=f"capture:{key}", json={})
        if response.status_code == 422 and not _issues(response) & _KNOWN:
            return before.model_copy(update={"state": "declined", "reason": "card_declined"})
        if response.status_code != 422:
            self._checked(response)
        return await self._seen(vendor_ref)

    async def refund(self, vendor_ref: str, amount: Money, *, key: str) -> PaymentReport:
        """Give money back, in part or whole, once per key. Raises GatewayDown, NotFound, RefundRefused."""
        order = await self._order(vendor_ref)
        if order.capture is None:
            raise RefundRefused(gateway=self.name, why="not_paid")
        path = f"/v2/payments/captures/{quote(order.capture.id, safe='')}/refund"
        response = await self._call("POST", path, key=key, json={"amount": self._counted(amount)})
        if response.status_code == 422:
            raise RefundRefused(gateway=self.name, why=", ".join(sorted(_issues(response))) or "refused")
        self._checked(response)
        return report(await self._order(vendor_ref), f"refund:{key}")

    async def hear(self, webhook: Webhook) -> list[PaymentReport]:
        """What a webhook is about, as it stands now. Raises BadSignature, UnknownEvent, GatewayDown."""
        await self._verify(webhook)
        try:
            event = json.loads(webhook.body)
            kind, name = str(event["event_type"]), str(event["id"])
            about = _Resource.model_validate(event["resource"])
        except (ValueError, KeyError, TypeError) as no:
            raise UnknownEvent(gateway=self.name) from no
        if kind not in card.EVENTS:
            raise UnknownEvent(gateway=self.name, event=kind)
        order_id = about.id if kind.startswith("CHECKOUT.ORDER.") else await self._order_of(about)
        try:
            told = report(await self._order(order_id), name) if order_id else None
        except NotFound:
            return []  # a payment that was no order of this API: another sale of the same account
        return [told] if told and told.reference else []

    async def _verify(self, webhook: Webhook) -> None:
        """PayPal is asked whether these very words are its own; they are handed over as they came."""
        signs = {name.replace("-", "_"): webhook.headers.get(f"paypal-{name}", "") for name in _SIGNED}
        if not all(signs.values()):
            raise BadSignature(gateway=self.name)
        try:
            raw = webhook.body.decode()
            json.loads(raw)
        except ValueError as no:
            raise BadSignature(gateway=self.name) from no
        asked = json.dumps({**signs, "webhook_id": self._webhook})[:-1] + f', "webhook_event": {raw}}}'
        path = "/v1/notifications/verify-webhook-signature"
        headers = {"content-type": "application/json"}
        response = self._checked(await self._call("POST", path, content=asked.encode(), headers=headers))
        if self._line.read(_Verdict, response).verification_status != "SUCCESS":
            raise BadSignature(gateway=self.name)

    async def _order_of(self, about: _Resource) -> str | None:
        """The order of a capture, or of a refund by way of its capture."""
        known = about.supplementary_data.related_ids.order_id
        if known:
            return known
        up = next((link.href for link in about.links if link.rel == "up"), "")
        capture_id = up.rpartition("/captures/")[2]
        if not capture_id:
            return None
        path = f"/v2/payments/captures/{quote(capture_id, safe='')}"
        capture = self._line.read(_Resource, self._checked(await self._call("GET", path)))
        return capture.supplementary_data.related_ids.order_id

    async def _seen(self, order_id: str) -> PaymentReport:
        seen = report(await self._order(order_id), "")
        back = seen.refunded.amount if seen.refunded else 0
        return seen.model_copy(update={"event": f"seen:{order_id}:{seen.state}:{back}"})

    async def _order(self, order_id: str) -> Order:
        return self._read(await self._call("GET", _path(order_id)))

    async def _call(
        self,
        verb: str,
        path: str,
        *,
        key: str | None = None,
        headers: dict[str, str] | None = None,
        **parts: Any,
    ) -> httpx.Response:
        sent = {"authorization": f"Bearer {await self._bearer()}", "prefer": "return=representation"}
        sent |= ({"paypal-request-id": key} if key else {}) | (headers or {})
        return await self._line.call(verb, path, headers=sent, **parts)

    async def _bearer(self) -> str:
        """A token for calls, asked for anew when the one there was runs out."""
        now = self._clock.now()
        if self._token is None or self._token[1] <= now:
            form = {"grant_type": "client_credentials"}
            response = await self._line.call("POST", "/v1/oauth2/token", auth=self._auth, data=form)
            token = self._line.read(_Token, self._checked(response))
            self._token = (token.access_token, now + timedelta(seconds=token.expires_in) - _SPARE)
        return self._token[0]

    def _counted(self, money: Money) -> dict[str, str]:
        try:
            return to_paypal(money)
        except ValueError as no:
            raise self._line.down(str(no)) from no

    def _read(self, response: httpx.Response) -> Order:
        return self._line.read(Order, self._checked(response))

    def _checked(self, response: httpx.Response) -> httpx.Response:
        if response.status_code == 404:
            raise NotFound(gateway=self.name)
        if response.status_code >= 400:
            raise self._line.refused(response)
        return response


def _path(order_id: str) -> str:
    return f"/v2/checkout/orders/{quote(order_id, safe='')}"


def _issues(response: httpx.Response) -> set[str]:
    try:
        return {str(each["issue"]) for each in response.json()["details"]}
    except (ValueError, KeyError, TypeError):
        return set()
