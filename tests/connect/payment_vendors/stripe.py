"""Stripe as its API reference has it: Checkout Sessions, Refunds, Events (version 2024-06-20)."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl

from connect.payment_vendors.vendor import Refusal, Vendor
from fastapi import Request
from fastapi.responses import HTMLResponse

from dangol.connect.payments.stripe.signing import HEADER, sign
from dangol.contracts.payment import Webhook
from dangol.kernel.clock import TurnedClock

KEY, SECRET = "sk_test_played", "whsec_played"
WHOLE = {"krw", "jpy", "vnd"}
_SESSION = re.compile(
    r"mode|client_reference_id|locale|success_url|cancel_url|expand\[\]|metadata\[\w+\]"
    r"|payment_intent_data\[metadata\]\[\w+\]|line_items\[\d\]\[quantity\]"
    r"|line_items\[\d\]\[price_data\]\[(currency|unit_amount|product_data\]\[name)\]"
)
_REFUND = re.compile(r"payment_intent|amount|reason|metadata\[\w+\]")
_DECLINES = {"decline": "insufficient_funds"}


def _error(code: str | None, message: str, status: int = 400, **more: str) -> Refusal:
    kind = more.pop("type", "invalid_request_error")
    return Refusal(status, {"error": {"type": kind, "code": code, "message": message, **more}})


class StripeVendor(Vendor):
    """One account at Stripe, in test mode."""

    def __init__(self, clock: TurnedClock) -> None:
        super().__init__(clock)
        self.sessions: dict[str, dict[str, Any]] = {}
        self.intents: dict[str, dict[str, Any]] = {}
        self.app.post("/v1/checkout/sessions")(self._create)
        self.app.get("/v1/checkout/sessions")(self._list)
        self.app.get("/v1/checkout/sessions/{sid}")(self._retrieve)
        self.app.post("/v1/refunds")(self._refund)
        self.app.get("/c/pay/{sid}")(self._page)

    async def _form(self, request: Request, allowed: re.Pattern[str]) -> dict[str, str]:
        self._let_in(request)
        assert request.headers["content-type"] == "application/x-www-form-urlencoded"
        form = dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))
        for name in form:
            if not allowed.fullmatch(name):
                raise _error("parameter_unknown", f"Received unknown parameter: {name}", param=name)
        return form

    def _let_in(self, request: Request) -> None:
        self.seen.append(dict(request.headers))
        if request.headers.get("authorization") != f"Bearer {KEY}":
            raise _error(None, "Invalid API Key provided", 401)

    async def _create(self, request: Request) -> dict[str, Any]:
        form = await self._form(request, _SESSION)
        return await self.once(
            request.headers.get("idempotency-key"),
            request,
            _error("idempotency_key_in_use", "Keys for idempotent requests", type="idempotency_error"),
            lambda: self._made(form),
        )

    def _made(self, form: dict[str, str]) -> dict[str, Any]:
        for name in ("mode", "success_url", "line_items[0][price_data][currency]"):
            if name not in form:
                raise _error("parameter_missing", f"Missing required param: {name}.", param=name)
        price = "line_items[0][price_data]"
        amount, currency = form[f"{price}[unit_amount]"], form[f"{price}[currency]"]
        if form["mode"] != "payment" or not re.fullmatch(r"[1-9]\d{0,7}", amount):
            raise _error("parameter_invalid_integer", "Invalid integer", param=f"{price}[unit_amount]")
        if currency != currency.lower() or len(form["client_reference_id"]) > 200:
            raise _error(None, "Invalid request")
        sid = f"cs_test_{len(self.sessions) + 1:04d}"
        marks = {name[9:-1]: value for name, value in form.items() if name.startswith("metadata[")}
        self.sessions[sid] = {
            "id": sid, "object": "checkout.session", "url": f"{self.url}/c/pay/{sid}", "status": "open",
            "payment_status": "unpaid", "amount_total": int(amount), "currency": currency, "livemode": False,
            "client_reference_id": form["client_reference_id"], "metadata": marks, "payment_intent": None,
            "locale": form["locale"], "mode": "payment",
        }  # fmt: skip
        return self.sessions[sid]

    async def _list(self, request: Request, payment_intent: str, limit: int = 10) -> dict[str, Any]:
        self._let_in(request)
        found = [each for each in self.sessions.values() if each["payment_intent"] == payment_intent]
        return {"object": "list", "data": found[:limit], "has_more": False}

    async def _retrieve(self, request: Request, sid: str) -> dict[str, Any]:
        self._let_in(request)
        if sid not in self.sessions:
            raise _error("resource_missing", f"No such checkout.session: {sid}", 404, param="session")
        session = dict(self.sessions[sid])
        if request.query_params.getlist("expand[]") == ["payment_intent.latest_charge"]:
            session["payment_intent"] = self.intents.get(session["payment_intent"])
        return session

    async def _refund(self, request: Request) -> dict[str, Any]:
        form = await self._form(request, _REFUND)
        return await self.once(
            request.headers.get("idempotency-key"),
            request,
            _error("idempotency_key_in_use", "Keys for idempotent requests", type="idempotency_error"),
            lambda: self._given_back(form),
        )

    def _given_back(self, form: dict[str, str]) -> dict[str, Any]:
        charge = self.intents[form["payment_intent"]]["latest_charge"]
        if charge is None:
            raise _error(None, "This PaymentIntent does not have a successful charge to refund.")
        left = charge["amount_captured"] - charge["amount_refunded"]
        if left == 0:
            raise _error("charge_already_refunded", "Charge has already been refunded.")
        if not 0 < int(form["amount"]) <= left:
            raise _error(None, "Refund amount is greater than unrefunded amount on charge", param="amount")
        charge["amount_refunded"] += int(form["amount"])
        self._tell("charge.refunded", {**charge, "payment_intent": form["payment_intent"]})
        return {"id": f"re_{len(self._answers)}", "object": "refund", "status": "succeeded"}

    async def _page(self, sid: str) -> HTMLResponse:
        session = self.sessions[sid]
        shown = session["amount_total"] if session["currency"] in WHOLE else session["amount_total"] / 100
        return HTMLResponse(f"<h1>Checkout</h1> {shown:,} {session['currency']}")

    def _tell(self, kind: str, about: dict[str, Any]) -> None:
        name = f"evt_{len(self.outbox) + len(self.seen):06d}_{kind}"
        self.tell({"id": name, "object": "event", "type": kind, "data": {"object": about}})

    def sign(self, body: bytes) -> Webhook:
        at = int(self.clock.now().timestamp())
        return Webhook(
            headers={HEADER: sign(body, SECRET, at), "content-type": "application/json"}, body=body
        )

    async def play(self, sid: str, act: str) -> None:
        """What the shopper does on the Checkout page; it takes another card after a declined one."""
        session = self.sessions[sid]
        if session["status"] != "open":
            return None
        if act == "abandon":
            session["status"] = "expired"
            return self._tell("checkout.session.expired", dict(session))
        intent = self._intent(session)
        if act == "pay":
            self._charge(session, intent)
            return self._tell("checkout.session.completed", dict(session))
        if act == "step_up":
            intent["status"] = "requires_action"
            return self._tell("payment_intent.requires_action", self._bare(intent))
        intent["status"] = "requires_payment_method"
        intent["last_payment_error"] = {"code": "card_declined", "decline_code": _DECLINES[act]}
        return self._tell("payment_intent.payment_failed", self._bare(intent))

    def _intent(self, session: dict[str, Any]) -> dict[str, Any]:
        if session["payment_intent"] is None:
            session["payment_intent"] = f"pi_{session['id']}"
            self.intents[session["payment_intent"]] = {
                "id": session["payment_intent"], "object": "payment_intent", "status": "requires_confirmation",
                "metadata": dict(session["metadata"]), "last_payment_error": None, "latest_charge": None,
            }  # fmt: skip
        return self.intents[session["payment_intent"]]

    def _charge(self, session: dict[str, Any], intent: dict[str, Any]) -> None:
        session |= {"status": "complete", "payment_status": "paid"}
        charge = {
            "id": f"ch_{session['id']}", "object": "charge", "amount": session["amount_total"],
            "amount_captured": session["amount_total"], "amount_refunded": 0, "currency": session["currency"],
            "payment_method_details": {"type": "card", "card": {"brand": "visa", "last4": "4242"}},
        }  # fmt: skip
        intent |= {"status": "succeeded", "last_payment_error": None, "latest_charge": charge}

    def _bare(self, intent: dict[str, Any]) -> dict[str, Any]:
        charge = intent["latest_charge"]
        return {**intent, "latest_charge": charge["id"] if charge else None}
