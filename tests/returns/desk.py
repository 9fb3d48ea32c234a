"""A shop whose orders have arrived, a counter for what comes back, and the workers behind it, turned by hand."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import psycopg
from orders.floor import placed
from payments.till import Till

from dangol.connect.carriers.sample.connection import SampleCarrier
from dangol.contracts.shopfloor.returns import (
    LineAsked,
    ReceiveReturn,
    RequestReturn,
    ReturnOffer,
    ReturnView,
    StartReturn,
)
from dangol.kernel.shop import Shop
from dangol.kernel.tools import Role, Shopper, Tool, ToolContext
from dangol.orders import api as orders
from dangol.returns import api as returns
from dangol.returns.tools import tools

Connection = psycopg.AsyncConnection[Any]


@dataclass
class ReturnDesk:
    """Verbs for tests, over the room's own tools."""

    till: Till
    carriers: dict[str, Any]
    box: dict[str, Tool[Any, Any]]

    @property
    def conn(self) -> Connection:
        return self.till.conn

    def ctx(self, role: Role | None = None, shop: Shop | None = None) -> ToolContext:
        made = self.till.at_now()
        made = replace(made, key=f"return-{made.key}", shop=shop or made.shop)
        return replace(made, shopper=Shopper("c_staff", role=role)) if role else made

    async def ordered(self, wanted: Mapping[str, int]) -> str:
        """An order that is paid."""
        number = await placed(self.till.at_now(), wanted)
        self.till.proved.add(number)
        if (await orders.order_amount(self.conn, number)).status == "pending_payment":
            await self.till.open(number)
            await self.till.peer.play(await self.till.vendor_ref(number), "pay")
            await self.till.work_off()
        return number

    async def arrived(self, wanted: Mapping[str, int], days_ago: int = 0) -> str:
        """An order that is paid and was delivered so many days ago."""
        number = await self.ordered(wanted)
        await self.deliver(number)
        if days_ago:
            self.till.clock.advance(timedelta(days=days_ago))
        return number

    async def deliver(self, number: str) -> None:
        """An order that was paid leaves and arrives."""
        now = self.till.clock.now()
        for status in ("in_transit", "delivered"):
            await orders.record_shipment(
                self.conn, number, carrier="kr.cjlogistics", tracking_no=f"9{number.replace('-', '')[-11:]}",
                status=status, at=now, now=now,
            )  # fmt: skip

    async def use(self, tool: str, args: Any, role: Role | None = None, shop: Shop | None = None) -> Any:
        """A call, as the turn makes it: a write inside one transaction."""
        if self.box[tool].policy.effect == "read":
            return await self.box[tool].run(self.ctx(role, shop), args)
        async with self.conn.transaction():
            return await self.box[tool].run(self.ctx(role, shop), args)

    async def offer(self, order: str, shop: Shop | None = None, **asked: Any) -> ReturnOffer:
        request = RequestReturn(**{"order": order, "reason": "changed_mind", **asked})
        return await self.use("check_return", request, shop=shop)

    async def start(self, order: str, shop: Shop | None = None, **asked: Any) -> ReturnView:
        """Ask and say yes."""
        request = RequestReturn(**{"order": order, "reason": "changed_mind", **asked})
        made = await self.offer(shop=shop, **{**dict(request), "order": order})
        return await self.use("start_return", agreed(request, made), shop=shop)

    async def receive(self, number: str, **more: Any) -> ReturnView:
        return await self.use("receive_return", ReceiveReturn(number=number, **more), "staff")

    async def further(self, shop: Shop | None = None) -> None:
        """What the workers do, until nothing is due."""
        for _ in range(4):
            now = self.till.clock.now()
            for row in await returns.due(self.conn, now):
                await returns.further(
                    self.conn, shop or self.till.ctx.shop, self.till.gateways, self.carriers, row.id, now,
                    lambda _: timedelta(minutes=1),
                )  # fmt: skip
            await self.till.settle()

    async def view(self, number: str) -> ReturnView:
        row = await returns.return_row(self.conn, await self._id(number))
        assert row is not None
        views = await returns.return_views(
            self.conn, self.till.ctx.shop, [row], "ko", lambda n: f"/label/{n}"
        )
        return views[0]

    async def _id(self, number: str) -> int:
        row = await (
            await self.conn.execute("select id from returns where number = %s", (number,))
        ).fetchone()
        assert row is not None
        return int(row[0])

    async def given_back(self, order: str) -> int:
        """Money that really went back, by the gateway's own books."""
        row = await (
            await self.conn.execute(
                "select coalesce(sum(p.refunded), 0) from sample_gateway.payments p where p.order_number = %s",
                (order,),
            )
        ).fetchone()
        assert row is not None
        return int(row[0])


def agreed(request: RequestReturn, made: ReturnOffer) -> StartReturn:
    return StartReturn(
        request=request, refund=made.refund, due=made.due, return_fee=made.return_fee, points=made.points
    )


def line(number: int, quantity: int | None = None, sku: str | None = None) -> LineAsked:
    return LineAsked(line=str(number), quantity=quantity, sku=sku)


@contextlib.asynccontextmanager
async def open_desk(till: Till, database_url: str) -> AsyncIterator[ReturnDesk]:
    @contextlib.asynccontextmanager
    async def open_connection() -> AsyncIterator[Connection]:
        async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as conn:
            yield conn

    carriers = {"sample": SampleCarrier(open_connection)}
    box = {tool.name: tool for tool in tools(carriers, lambda number: f"/label/{number}")}
    yield ReturnDesk(till, carriers, box)
