"""A till: the shop's payment doors and the sample gateway, two real peers on loopback, and a shopper."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import psycopg
from connect.gateways import Peer, sample_peer
from connect.loopback import address_of, free_socket, serving
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from dangol.contracts.payment import GatewayDown, PaymentGateway, RefundRefused
from dangol.contracts.shopfloor.orders import CheckPayment, OpenPayment, PaymentOpened, PaymentView
from dangol.kernel.clock import TurnedClock
from dangol.kernel.errors import Refused
from dangol.kernel.tools import Tool, ToolContext
from dangol.orders import api as orders
from dangol.orders import routes as order_routes
from dangol.payments import api as payments
from dangol.payments import routes as payment_routes
from dangol.payments.tools import tools

Connection = psycopg.AsyncConnection[Any]


@dataclass
class Till:
    """Everything a payment needs, and verbs for tests."""

    ctx: ToolContext
    clock: TurnedClock
    peer: Peer
    url: str
    gateways: dict[str, PaymentGateway]
    box: dict[str, Tool[Any, Any]]
    keys: list[int] = field(default_factory=list)
    proved: set[str] = field(default_factory=set)  # orders the conversation has shown to be its own

    @property
    def conn(self) -> Connection:
        return self.ctx.conn

    def at_now(self) -> ToolContext:
        self.keys.append(1)
        shopper = replace(
            self.ctx.shopper,
            role=self.ctx.shopper.role if self.ctx.shopper.customer_id else "guest",
            orders=frozenset(self.proved),
        )
        return replace(self.ctx, now=self.clock.now(), key=f"key-{len(self.keys)}", shopper=shopper)

    async def open(self, order: str, ctx: ToolContext | None = None, **more: Any) -> PaymentOpened:
        self.proved.add(order)
        made = ctx or self.at_now()
        shopper = replace(made.shopper, orders=frozenset({*made.shopper.orders, order}))
        made = replace(made, shopper=shopper)
        return await self.box["open_payment"].run(made, OpenPayment(order=order, **more))

    async def check(self, order: str | None = None) -> PaymentView:
        self.proved |= {order} if order else set()
        return await self.box["check_payment"].run(self.at_now(), CheckPayment(order=order))

    async def vendor_ref(self, order: str) -> str:
        found = await payments.payments_of(self.conn, order)
        assert found[0].vendor_ref
        return found[0].vendor_ref

    async def work_off(self) -> None:
        """What the workers do: webhooks arrive, are settled, refunds are carried out."""
        await self.peer.gateway.deliver_due()
        await self.settle()

    async def settle(self) -> None:
        for _ in range(5):
            for gateway, event in await payments.waiting_events(self.conn):
                await payments.settle(
                    self.conn, self.gateways, self.ctx.shop, gateway, event, self.clock.now()
                )
            for refund in await payments.due_refunds(self.conn, self.clock.now()):
                with contextlib.suppress(GatewayDown, RefundRefused):
                    await payments.carry_out_refund(self.conn, self.gateways, refund.id, self.clock.now())
            await self.peer.gateway.deliver_due()

    async def told(self) -> list[str]:
        found = [await orders.announcement(self.conn, one) for one in await orders.untold(self.conn)]
        return [one.kind for one in found if one]

    async def status(self, order: str) -> str:
        return (await orders.order_amount(self.conn, order)).status

    async def expire(self, after: timedelta) -> None:
        self.clock.advance(after)
        await orders.expire_due(self.conn, self.clock.now())


@contextlib.asynccontextmanager
async def open_till(ctx: ToolContext, clock: TurnedClock, database_url: str) -> AsyncIterator[Till]:
    @contextlib.asynccontextmanager
    async def open_connection() -> AsyncIterator[Connection]:
        async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as conn:
            yield conn

    app = FastAPI()

    @app.exception_handler(Refused)
    async def refused(_request: Request, no: Exception) -> JSONResponse:
        assert isinstance(no, Refused)
        return JSONResponse({"code": no.code}, no.status)

    listener = free_socket()
    url = address_of(listener)
    async with sample_peer(database_url, clock, f"{url}/api/payments/webhooks/sample") as peer:
        gateways: dict[str, PaymentGateway] = {"sample": peer.connection}
        app.include_router(payment_routes.routes(open_connection, lambda: ctx.shop, gateways, clock))
        app.include_router(order_routes.routes(open_connection, lambda: ctx.shop, clock))
        async with serving(app, listener):
            box = {tool.name: tool for tool in tools(gateways, lambda: url)}
            yield Till(ctx, clock, peer, url, gateways, box)
