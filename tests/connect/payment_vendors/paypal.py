"""PayPal as its REST reference has it: tokens, Orders v2, captures and their refunds, webhook verification."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Any

from connect.payment_vendors.vendor import Refusal, Vendor
from fastapi import Request
from fastapi.responses import HTMLResponse

from dangol.contracts.payment import Webhook
from dangol.kernel.clock import TurnedClock

CLIENT, SECRET, WEBHOOK = "client-played", "secret-played", "WH-PLAYED"
_TOKEN = "A21.played"
_WHOLE = {"JPY", "HUF", "TWD"}
_CONTEXT = {"return_url", "cancel_url", "locale", "shipping_preference", "user_action"}
_SIGNED = {
    "auth_algo", "cert_url", "transmission_id", "transmission_sig", "transmission_time", "webhook_id",
    "webhook_event",
}  # fmt: skip


def _issue(name: str, status: int = 422) -> Refusal:
    kind = {404: "RESOURCE_NOT_FOUND", 400: "INVALID_REQUEST", 401: "AUTHENTICATION_FAILURE"}
    return Refusal(status, {"name": kind.get(status, "UNPROCESSABLE_ENTITY"), "details": [{"issue": name}]})


class PayPalVendor(Vendor):
    """One business account in PayPal's sandbox."""

    def __init__(self, clock: TurnedClock) -> None:
        super().__init__(clock)
        self.orders: dict[str, dict[str, Any]] = {}
        self.captures: dict[str, str] = {}  # capture to order
        self.sound: dict[str, bool] = {}  # whether the money behind an approval is there
        self.app.post("/v1/oauth2/token")(self._token)
        self.app.post("/v1/notifications/verify-webhook-signature")(self._verify)
        self.app.post("/v2/checkout/orders", status_code=201)(self._create)
        self.app.get("/v2/checkout/orders/{oid}")(self._retrieve)
        self.app.post("/v2/checkout/orders/{oid}/capture", status_code=201)(self._capture)
        self.app.get("/v2/payments/captures/{cid}")(self._captured)
        self.app.post("/v2/payments/captures/{cid}/refund", status_code=201)(self._refund)
        self.app.get("/checkoutnow/{oid}")(self._page)

    async def _token(self, request: Request) -> dict[str, Any]:
        right = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if request.headers.get("authorization") != f"Basic {right}":
            raise Refusal(401, {"error": "invalid_client"})
        if (await request.body()) != b"grant_type=client_credentials":
            raise Refusal(400, {"error": "unsupported_grant_type"})
        return {"access_token": _TOKEN, "token_type": "Bearer", "expires_in": 32_400}

    def _let_in(self, request: Request) -> None:
        self.seen.append(dict(request.headers))
        if request.headers.get("authorization") != f"Bearer {_TOKEN}":
            raise _issue("AUTHENTICATION_FAILURE", 401)

    async def _once(self, request: Request, act: Any) -> dict[str, Any]:
        self._let_in(request)
        key = request.headers.get("paypal-request-id")
        if request.headers.get("content-type") != "application/json" or len(key or "") > 108:
            raise _issue("MALFORMED_REQUEST_JSON", 400)
        return await self.once(key, request, _issue("DUPLICATE_REQUEST_ID"), act)

    async def _create(self, request: Request) -> dict[str, Any]:
        body = await request.json()
        return await self._once(request, lambda: self._made(body))

    def _made(self, body: dict[str, Any]) -> dict[str, Any]:
        (unit,) = body["purchase_units"]
        context = body["payment_source"]["paypal"]["experience_context"]
        known = {"intent", "purchase_units", "payment_source"}
        if (
            set(body) != known
            or set(unit) - {"custom_id", "description", "amount"}
            or set(context) - _CONTEXT
        ):
            raise _issue("UNSUPPORTED_PARAMETER", 400)
        self._money(unit["amount"])
        if len(unit["custom_id"]) > 127 or len(unit["description"]) > 127 or body["intent"] != "CAPTURE":
            raise _issue("INVALID_STRING_LENGTH", 400)
        oid = f"5O19012{len(self.orders):010d}"
        self.orders[oid] = {
            "id": oid, "intent": "CAPTURE", "status": "PAYER_ACTION_REQUIRED", "purchase_units": [unit],
            "links": [
                {"href": f"{self.url}/v2/checkout/orders/{oid}", "rel": "self", "method": "GET"},
                {"href": f"{self.url}/checkoutnow/{oid}", "rel": "payer-action", "method": "GET"},
            ],
        }  # fmt: skip
        return self.orders[oid]

    def _money(self, amount: dict[str, str]) -> int:
        whole = amount["currency_code"] in _WHOLE
        if set(amount) != {"currency_code", "value"} or amount["currency_code"] == "KRW":
            raise _issue("CURRENCY_NOT_SUPPORTED")
        if not re.fullmatch(r"\d{1,29}" if whole else r"\d{1,26}\.\d\d", amount["value"]):
            raise _issue("DECIMAL_PRECISION")
        return int(amount["value"].replace(".", ""))

    def _order(self, oid: str) -> dict[str, Any]:
        if oid not in self.orders:
            raise _issue("INVALID_RESOURCE_ID", 404)
        return self.orders[oid]

    async def _retrieve(self, request: Request, oid: str) -> dict[str, Any]:
        self._let_in(request)
        return self._order(oid)

    async def _capture(self, request: Request, oid: str) -> dict[str, Any]:
        return await self._once(request, lambda: self._taken(oid))

    def _taken(self, oid: str) -> dict[str, Any]:
        order = self._order(oid)
        if order["status"] == "COMPLETED":
            raise _issue("ORDER_ALREADY_CAPTURED")
        if order["status"] != "APPROVED":
            raise _issue("ORDER_NOT_APPROVED")
        if not self.sound[oid]:
            raise _issue("INSTRUMENT_DECLINED")
        cid = f"3C679366HH{len(self.captures):07d}"
        self.captures[cid] = oid
        unit = order["purchase_units"][0]
        capture = {
            "id": cid, "status": "COMPLETED", "amount": unit["amount"],
            "supplementary_data": {"related_ids": {"order_id": oid}},
        }  # fmt: skip
        unit["payments"] = {"captures": [capture]}
        order["status"] = "COMPLETED"
        self._tell("PAYMENT.CAPTURE.COMPLETED", capture)
        return order

    async def _captured(self, request: Request, cid: str) -> dict[str, Any]:
        self._let_in(request)
        if cid not in self.captures:
            raise _issue("INVALID_RESOURCE_ID", 404)
        return self._order(self.captures[cid])["purchase_units"][0]["payments"]["captures"][0]

    async def _refund(self, request: Request, cid: str) -> dict[str, Any]:
        body = await request.json()
        return await self._once(request, lambda: self._given_back(cid, body["amount"]))

    def _given_back(self, cid: str, amount: dict[str, str]) -> dict[str, Any]:
        if cid not in self.captures:
            raise _issue("INVALID_RESOURCE_ID", 404)
        payments = self.orders[self.captures[cid]]["purchase_units"][0]["payments"]
        capture = payments["captures"][0]
        before = sum(self._money(each["amount"]) for each in payments.get("refunds", []))
        left = self._money(capture["amount"]) - before
        if left == 0:
            raise _issue("CAPTURE_FULLY_REFUNDED")
        if (
            not 0 < self._money(amount) <= left
            or amount["currency_code"] != capture["amount"]["currency_code"]
        ):
            raise _issue("REFUND_AMOUNT_EXCEEDED")
        links = [{"rel": "up", "href": f"{self.url}/v2/payments/captures/{cid}", "method": "GET"}]
        refund = {"id": f"1JU08902{before:09d}", "status": "COMPLETED", "amount": amount, "links": links}
        payments["refunds"] = [*payments.get("refunds", []), refund]
        capture["status"] = "REFUNDED" if self._money(amount) == left else "PARTIALLY_REFUNDED"
        self._tell("PAYMENT.CAPTURE.REFUNDED", refund)
        return refund

    async def _verify(self, request: Request) -> dict[str, str]:
        self._let_in(request)
        raw = (await request.body()).decode()
        asked = json.loads(raw)
        if set(asked) != _SIGNED:
            raise _issue("MISSING_REQUIRED_PARAMETER", 400)
        event = raw[raw.index('"webhook_event": ') + len('"webhook_event": ') : -1]  # byte for byte as sent
        right = _signature(asked["transmission_id"], asked["transmission_time"], event)
        good = asked["webhook_id"] == WEBHOOK and asked["transmission_sig"] == right
        return {"verification_status": "SUCCESS" if good else "FAILURE"}

    async def _page(self, oid: str) -> HTMLResponse:
        amount = self.orders[oid]["purchase_units"][0]["amount"]
        return HTMLResponse(f"<h1>PayPal</h1> {amount['value']} {amount['currency_code']}")

    def _tell(self, kind: str, resource: dict[str, Any]) -> None:
        name = f"WH-{len(self.outbox)}-{len(self.seen)}"
        self.tell({"id": name, "event_type": kind, "resource_version": "2.0", "resource": resource})

    def sign(self, body: bytes) -> Webhook:
        at = self.clock.now().isoformat()
        sent = f"t-{len(self.seen)}"
        headers = {
            "content-type": "application/json",
            "paypal-auth-algo": "SHA256withRSA",
            "paypal-cert-url": "https://api.paypal.com/v1/notifications/certs/CERT-1",
            "paypal-transmission-id": sent,
            "paypal-transmission-sig": _signature(sent, at, body.decode()),
            "paypal-transmission-time": at,
        }
        return Webhook(headers=headers, body=body)

    async def play(self, oid: str, act: str) -> None:
        """What the shopper does on PayPal's page; whether the money is there shows when it is captured."""
        order = self.orders[oid]
        if order["status"] == "PAYER_ACTION_REQUIRED":
            order["status"] = "APPROVED"
            self.sound[oid] = act == "pay"
            self._tell("CHECKOUT.ORDER.APPROVED", {**order, "purchase_units": []})


def _signature(sent: str, at: str, event: str) -> str:
    return hashlib.sha256(f"{sent}|{at}|{WEBHOOK}|{SECRET}|{event}".encode()).hexdigest()
