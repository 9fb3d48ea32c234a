"""Toss Payments as its core API has it: payments created, confirmed, cancelled (version 2022-11-16)."""

from __future__ import annotations

import base64
import re
from typing import Any

from connect.payment_vendors.vendor import Refusal, Vendor
from fastapi import Request
from fastapi.responses import HTMLResponse

from dangol.kernel.clock import TurnedClock

KEY = "test_sk_played"
_WINDOWS = {"CARD": "카드", "TRANSFER": "계좌이체", "MOBILE_PHONE": "휴대폰"}
_NEW = {"method", "amount", "currency", "orderId", "orderName", "successUrl", "failUrl"}


def _no(status: int, code: str) -> Refusal:
    return Refusal(status, {"code": code, "message": code})


class TossVendor(Vendor):
    """One store (MID) at Toss Payments, under its test key."""

    def __init__(self, clock: TurnedClock) -> None:
        super().__init__(clock)
        self.payments: dict[str, dict[str, Any]] = {}
        self.app.post("/v1/payments")(self._create)
        self.app.post("/v1/payments/confirm")(self._confirm)
        self.app.get("/v1/payments/{key}")(self._retrieve)
        self.app.post("/v1/payments/{key}/cancel")(self._cancel)
        self.app.get("/v1/payments/{key}/checkout")(self._page)

    async def _body(self, request: Request, names: set[str]) -> dict[str, Any]:
        self._let_in(request)
        body = await request.json()
        if set(body) - names:
            raise _no(400, "INVALID_REQUEST")
        return body

    def _let_in(self, request: Request) -> None:
        self.seen.append(dict(request.headers))
        right = base64.b64encode(f"{KEY}:".encode()).decode()
        if request.headers.get("authorization") != f"Basic {right}":
            raise _no(401, "UNAUTHORIZED_KEY")
        if len(request.headers.get("idempotency-key", "")) > 300:
            raise _no(400, "INVALID_IDEMPOTENCY_KEY")

    async def _once(self, request: Request, act: Any) -> dict[str, Any]:
        key = request.headers.get("idempotency-key")
        return await self.once(key, request, _no(400, "INVALID_IDEMPOTENCY_KEY"), act)

    async def _create(self, request: Request) -> dict[str, Any]:
        body = await self._body(request, _NEW)
        return await self._once(request, lambda: self._made(body))

    def _made(self, body: dict[str, Any]) -> dict[str, Any]:
        if set(body) != _NEW or body["method"] not in _WINDOWS or len(body["orderName"]) > 100:
            raise _no(400, "INVALID_REQUEST")
        if type(body["amount"]) is not int or body["amount"] < 1 or body["currency"] != "KRW":
            raise _no(400, "INVALID_REQUEST")
        if not re.fullmatch(r"[A-Za-z0-9_=-]{6,64}", body["orderId"]):
            raise _no(400, "INVALID_ORDER_ID")
        if any(each["orderId"] == body["orderId"] for each in self.payments.values()):
            raise _no(400, "DUPLICATED_ORDER_ID")
        key = f"tviva{len(self.payments) + 1:020d}"
        self.payments[key] = {
            "paymentKey": key, "orderId": body["orderId"], "orderName": body["orderName"], "status": "READY",
            "totalAmount": body["amount"], "balanceAmount": body["amount"], "currency": "KRW", "method": None,
            "checkout": {"url": f"{self.url}/v1/payments/{key}/checkout"}, "failure": None, "cancels": None,
            "version": "2022-11-16", "type": "NORMAL", "_window": _WINDOWS[body["method"]],
        }  # fmt: skip
        return self._shown(key)

    def _shown(self, key: str) -> dict[str, Any]:
        return {name: value for name, value in self.payments[key].items() if not name.startswith("_")}

    async def _retrieve(self, request: Request, key: str) -> dict[str, Any]:
        self._let_in(request)
        if key not in self.payments:
            raise _no(404, "NOT_FOUND_PAYMENT")
        return self._shown(key)

    async def _confirm(self, request: Request) -> dict[str, Any]:
        body = await self._body(request, {"paymentKey", "orderId", "amount"})
        return await self._once(request, lambda: self._confirmed(body))

    def _confirmed(self, body: dict[str, Any]) -> dict[str, Any]:
        payment = self.payments.get(body["paymentKey"])
        if payment is None or payment["status"] == "EXPIRED":
            raise _no(404, "NOT_FOUND_PAYMENT_SESSION")
        if payment["status"] != "IN_PROGRESS":
            raise _no(400, "ALREADY_PROCESSED_PAYMENT")
        if (body["orderId"], body["amount"]) != (payment["orderId"], payment["totalAmount"]):
            raise _no(400, "INVALID_REQUEST")
        if payment.get("_refused"):
            self._move(payment, "ABORTED", failure={"code": "REJECT_CARD_PAYMENT", "message": "한도초과"})
            raise _no(403, "REJECT_CARD_PAYMENT")
        self._move(payment, "DONE", method=payment["_window"])
        return self._shown(body["paymentKey"])

    async def _cancel(self, request: Request, key: str) -> dict[str, Any]:
        body = await self._body(request, {"cancelReason", "cancelAmount"})
        return await self._once(request, lambda: self._cancelled(key, body))

    def _cancelled(self, key: str, body: dict[str, Any]) -> dict[str, Any]:
        payment = self.payments.get(key)
        if payment is None:
            raise _no(404, "NOT_FOUND_PAYMENT")
        if payment["status"] == "CANCELED":
            raise _no(400, "ALREADY_CANCELED_PAYMENT")
        if payment["status"] not in ("DONE", "PARTIAL_CANCELED"):
            raise _no(403, "NOT_CANCELABLE_PAYMENT")
        if not body["cancelReason"] or type(body["cancelAmount"]) is not int:
            raise _no(400, "INVALID_REQUEST")
        if not 0 < body["cancelAmount"] <= payment["balanceAmount"]:
            raise _no(403, "NOT_CANCELABLE_AMOUNT")
        left = payment["balanceAmount"] - body["cancelAmount"]
        cancels = [*(payment["cancels"] or []), {**body, "cancelStatus": "DONE"}]
        self._move(payment, "PARTIAL_CANCELED" if left else "CANCELED", balanceAmount=left, cancels=cancels)
        return self._shown(key)

    async def _page(self, key: str) -> HTMLResponse:
        return HTMLResponse(f"<h1>결제창</h1> {self.payments[key]['totalAmount']:,}원")

    def _move(self, payment: dict[str, Any], status: str, **more: Any) -> None:
        payment |= {"status": status, **more}
        data = self._shown(payment["paymentKey"])
        self.tell({"eventType": "PAYMENT_STATUS_CHANGED", "createdAt": "2026-11-21T10:00:00.0", "data": data})

    async def play(self, key: str, act: str) -> None:
        """What the shopper does in the payment window; the card company answers when the shop confirms."""
        payment = self.payments[key]
        if payment["status"] != "READY":
            return
        if act == "abandon":
            self._move(payment, "EXPIRED", failure={"code": "EXPIRED_PAYMENT", "message": "만료"})
        else:
            payment["_refused"] = act == "decline"
            self._move(payment, "IN_PROGRESS")
