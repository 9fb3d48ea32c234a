"""A customer with ways of paying on file, who orders and pays by them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from orders.floor import SHOE, ready_to_order
from payments.till import Till

from dangol.contracts.shopfloor.on_file import (
    AgreePayment,
    ChangeItems,
    ItemWanted,
    LookAtItems,
    PayAsAgreed,
    StoredMethods,
)
from dangol.contracts.shopfloor.orders import PaymentView, PlaceOrder
from dangol.contracts.shopfloor.people import Nothing
from dangol.customers import api as customers
from dangol.kernel.money import Money
from dangol.kernel.tools import ToolContext
from dangol.orders import tools as order_tools
from dangol.payments.tools_on_file import change_items, look_at_items

WON = 89_000


class Regular:
    """A customer with ways on file at a till."""

    def __init__(self, till: Till, ctx: ToolContext) -> None:
        self.till = till
        self.ctx = ctx

    @classmethod
    async def at(cls, till: Till, ways: dict[str, str | int]) -> Regular:
        """`ways`: a reference and the token of a test card, or the balance of a gift card."""
        ctx = till.ctx
        who = await customers.identify(
            ctx.conn, external_id="7", email="dangol@example.com", name="김단골", now=ctx.now
        )
        kept = [
            customers.StoredMethod(name, who, "gift_card", balance=what)
            if isinstance(what, int)
            else customers.StoredMethod(
                name, who, "credit_card", "Visa", "0000", gateway="sample", token=what
            )
            for name, what in ways.items()
        ]
        await customers.take_over_methods(ctx.conn, kept)
        shopper = replace(ctx.shopper, customer_id=who, role="customer")
        till.ctx = replace(ctx, shopper=shopper)
        return cls(till, till.ctx)

    async def order(self, pay_with: str | None = None, wanted: dict[str, int] | None = None) -> str:
        view = await ready_to_order(self.ctx, wanted or {SHOE: 1})
        asked = PlaceOrder(total=view.cart.total, pay_with=pay_with)
        done = await order_tools.place_order(self.ctx, asked)
        assert done.order
        return done.order

    async def pay(self, order: str, key: str | None = None, **more: Any) -> PaymentView:
        ctx = self.till.at_now()
        ctx = replace(ctx, **({"key": key} if key else {}), **more)
        return await self.till.box["pay_as_agreed"].run(ctx, PayAsAgreed(order=order))

    async def agree(self, order: str, way: str, amount: int = WON) -> None:
        asked = AgreePayment(order=order, method=way, amount=Money(amount=amount, currency="KRW"))
        await self.till.box["agree_payment"].run(self.till.at_now(), asked)

    async def ways(self) -> StoredMethods:
        return await self.till.box["list_stored_methods"].run(self.till.at_now(), Nothing())

    async def charged(self) -> list[tuple[str, int]]:
        rows = await self.ctx.conn.execute(
            "select state, charged from sample_gateway.payments order by opened_at"
        )
        return await rows.fetchall()

    async def two_ways(self, gift: str, card: str, sku: str, instead: str, **more: int) -> str:
        """An order paid by a gift card, then changed to a dearer variant whose difference comes by another way."""
        number = await self.order(gift, {sku: 1, **more})
        assert (await self.pay(number)).state == "paid"
        wanted = (ItemWanted(line="1", sku=instead),)
        ctx = self.till.at_now()
        look = await look_at_items(ctx, LookAtItems(order=number, items=wanted, method=card))
        assert look.allowed, look.why
        assert look.difference.amount > 0
        agreed = ChangeItems(order=number, items=wanted, method=card, difference=look.difference)
        await change_items(ctx, agreed)
        return number
