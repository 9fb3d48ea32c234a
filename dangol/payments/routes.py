"""The doors of the payments room: what gateways tell, and where shoppers come back to."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from psycopg import AsyncConnection

from dangol.contracts.payment import Webhook
from dangol.kernel.clock import Clock
from dangol.kernel.errors import NotFound, Refused
from dangol.kernel.shop import Shop
from dangol.orders import api as orders
from dangol.payments import records, service
from dangol.payments.model import Gateways
from dangol.payments.settling import take_report

_LONGEST = 256 * 1024  # bytes of a webhook
_PATIENCE = 4.0  # seconds a shopper on the way back waits for the gateway's word


class WebhookTooLong(Refused):
    """No gateway writes that much."""

    code = "too_large"
    status = 413


def routes(
    open_connection: Callable[[], AbstractAsyncContextManager[AsyncConnection[Any]]],
    shop: Callable[[], Shop],
    gateways: Gateways,
    clock: Clock,
) -> APIRouter:
    """Webhooks of gateways, and the way back from the pay page."""
    router = APIRouter(tags=["payments"])

    @router.post("/api/payments/webhooks/{vendor}", status_code=204, response_class=Response)
    async def take_webhook(vendor: str, request: Request) -> Response:
        """A gateway tells something: it is held for true or refused, stored, and worked off afterwards."""
        gateway = gateways.get(vendor)
        if gateway is None:
            raise NotFound(vendor=vendor)
        webhook = Webhook(headers=dict(request.headers), body=await _body(request))
        reports = await gateway.hear(webhook)
        async with open_connection() as conn, conn.transaction():
            for report in reports:
                await records.store_event(conn, gateway.name, report, clock.now())
        return Response(status_code=204)

    @router.get("/api/payments/return/{reference}", status_code=303, response_class=RedirectResponse)
    async def come_back(reference: str) -> RedirectResponse:
        """The shopper comes back from the pay page and is led to their order."""
        async with open_connection() as conn:
            payment = await records.payment_by_reference(conn, reference)
            if payment is None:
                raise NotFound(payment=reference)
            wanted = await service.is_wanted(conn, payment)
        report = None
        # the webhook brings it too: a shopper is not kept waiting, nor a connection, while the gateway is slow
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                report = await service.look_up(gateways, payment, wanted=wanted)
        async with open_connection() as conn:
            if report is not None:
                await take_report(conn, shop(), payment.gateway, report, clock.now())
            order = await orders.order_amount(conn, payment.order_number)
            query = {"token": await orders.new_token(conn, order.number, clock.now())}
        if order.conversation_id:
            query["conversation"] = order.conversation_id
        return RedirectResponse(f"/orders/{order.number}?{urlencode(query)}", 303)

    return router


async def _body(request: Request) -> bytes:
    read = bytearray()
    async for chunk in request.stream():
        read += chunk
        if len(read) > _LONGEST:
            raise WebhookTooLong
    return bytes(read)
