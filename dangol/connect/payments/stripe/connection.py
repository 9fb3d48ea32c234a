"""The shop's side of Stripe: Checkout Sessions over its REST API, refunds, signed webhooks."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import httpx
from pydantic import BaseModel, ConfigDict

from dangol.connect.payments.calling import Line
from dangol.connect.payments.stripe import card
from dangol.connect.payments.stripe.answers import Session, report, to_stripe
from dangol.connect.payments.stripe.signing import HEADER, signed_at
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

_FRESH = 300  # seconds a signature is believed
_VERSION = "2024-06-20"  # the shapes in answers.py are of this version, whatever the account's own is
_EXPAND = {"expand[]": "payment_intent.latest_charge"}
_ITEM = {"ko": "주문 {order}", "en": "Order {order}"}
_OURS = "dangol_payment"  # the mark by which sessions of this shop are known from other sales of the account
_REFUSALS = (400, 402)  # of a refund: more than is left, or a charge that cannot be given back


class _Named(BaseModel):
    model_config = ConfigDict(extra="ignore")

    id: str


class _Found(BaseModel):
    model_config = ConfigDict(extra="ignore")

    data: list[_Named]


class StripeConnection:
    """Implements PaymentGateway over Stripe's API."""

    name = card.CARD.name
    methods = card.METHODS

    def __init__(
        self, *, key: str, webhook_secret: str, clock: Clock, api_url: str = card.API, timeout: float = 10.0
    ) -> None:
        self._line = Line(self.name, api_url, timeout=timeout)
        self._key = key
        self._secret = webhook_secret
        self._clock = clock

    async def open(self, request: PaymentRequest, *, key: str) -> PaymentPage:
        """Open a Checkout page for the whole order; the same key gives the same page. Raises GatewayDown."""
        language = "ko" if request.language.startswith("ko") else "en"
        item = "line_items[0]"
        form = {
            "mode": "payment",
            "client_reference_id": request.reference,
            f"metadata[{_OURS}]": request.reference,
            f"payment_intent_data[metadata][{_OURS}]": request.reference,
            f"{item}[quantity]": "1",
            f"{item}[price_data][currency]": request.amount.currency.lower(),
            f"{item}[price_data][unit_amount]": str(self._counted(request.amount)),
            f"{item}[price_data][product_data][name]": _ITEM[language].format(order=request.order),
            "locale": language,
            "success_url": request.return_url,
            "cancel_url": request.return_url,
        }
        response = await self._call("POST", "/v1/checkout/sessions", key=key, data=form | _EXPAND)
        session = self._line.read(Session, self._checked(response))
        if session.url is None:
            raise self._line.down("no page")
        return PaymentPage(vendor_ref=session.id, url=session.url)

    async def look_up(self, vendor_ref: str) -> PaymentReport:
        """What Stripe knows of a payment now. Raises GatewayDown, NotFound."""
        session = await self._session(vendor_ref)
        seen = report(session, "")
        back = seen.refunded.amount if seen.refunded else 0
        return seen.model_copy(update={"event": f"seen:{session.id}:{seen.state}:{back}"})

    async def complete(self, vendor_ref: str, amount: Money, *, key: str) -> PaymentReport:
        """Stripe takes the money by itself: how the payment stands. Raises GatewayDown, NotFound."""
        return await self.look_up(vendor_ref)

    async def refund(self, vendor_ref: str, amount: Money, *, key: str) -> PaymentReport:
        """Give money back, in part or whole, once per key. Raises GatewayDown, NotFound, RefundRefused."""
        session = await self._session(vendor_ref)
        if session.payment_intent is None or session.charge is None:
            raise RefundRefused(gateway=self.name, why="not_paid")
        form = {"payment_intent": session.payment_intent.id, "amount": str(self._counted(amount))}
        response = await self._call("POST", "/v1/refunds", key=key, data=form)
        if response.status_code in _REFUSALS:
            raise RefundRefused(gateway=self.name, why=_code(response))
        self._checked(response)
        return report(await self._session(vendor_ref), f"refund:{key}")

    async def hear(self, webhook: Webhook) -> list[PaymentReport]:
        """What a webhook is about, as it stands now. Raises BadSignature, UnknownEvent, GatewayDown."""
        at = signed_at(webhook.headers.get(HEADER, ""), webhook.body, self._secret)
        if at is None or abs(self._clock.now().timestamp() - at) > _FRESH:
            raise BadSignature(gateway=self.name)
        try:
            event = json.loads(webhook.body)
            kind, name, about = str(event["type"]), str(event["id"]), event["data"]["object"]
            if kind not in card.EVENTS:
                raise UnknownEvent(gateway=self.name, event=kind)
            session = await self._about(kind, about)
        except (ValueError, KeyError, TypeError) as no:
            raise UnknownEvent(gateway=self.name) from no
        return [report(session, name)] if session else []

    async def _about(self, kind: str, about: dict[str, Any]) -> Session | None:
        """The session an event is about; None when it is another sale of the same account."""
        if kind.startswith("checkout.session."):
            session = await self._session(str(about["id"]))
        else:
            intent = about["payment_intent"] if kind.startswith("charge.") else about["id"]
            wanted = {"payment_intent": str(intent), "limit": "1"}
            response = await self._call("GET", "/v1/checkout/sessions", params=wanted)
            found = self._line.read(_Found, self._checked(response)).data if intent else []
            if not found:
                return None
            session = await self._session(found[0].id)
        return session if _OURS in session.metadata else None

    async def _session(self, session_id: str) -> Session:
        path = f"/v1/checkout/sessions/{quote(session_id, safe='')}"
        return self._line.read(Session, self._checked(await self._call("GET", path, params=_EXPAND)))

    async def _call(self, verb: str, path: str, *, key: str | None = None, **parts: Any) -> httpx.Response:
        headers = {"authorization": f"Bearer {self._key}", "stripe-version": _VERSION}
        return await self._line.call(
            verb, path, headers=headers | ({"idempotency-key": key} if key else {}), **parts
        )

    def _counted(self, money: Money) -> int:
        try:
            return to_stripe(money)
        except ValueError as no:
            raise self._line.down(str(no)) from no

    def _checked(self, response: httpx.Response) -> httpx.Response:
        if response.status_code == 404:
            raise NotFound(gateway=self.name)
        if response.status_code >= 400:
            raise self._line.refused(response)
        return response


def _code(response: httpx.Response) -> str:
    try:
        return str(response.json()["error"].get("code") or "refused")
    except (ValueError, KeyError, TypeError, AttributeError):
        return "refused"
