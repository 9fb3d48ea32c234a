"""Changing orders that were paid by ways on file: told first, done as agreed with its money, in one transaction."""

from __future__ import annotations

from typing import Any

from dangol.contracts.shopfloor.changes import OrderChange
from dangol.contracts.shopfloor.on_file import (
    ChangeItems,
    LookAtItems,
    LookAtMethod,
    StoredMethods,
    StoredMethodView,
    SwitchMethod,
)
from dangol.customers import api as customers
from dangol.customers.api import StoredMethod
from dangol.kernel.after_sale import rules_of
from dangol.kernel.after_sale.policy import Way
from dangol.kernel.errors import NotFound
from dangol.kernel.money import Money
from dangol.kernel.tools import ToolContext
from dangol.orders import api as orders
from dangol.orders.api import OrderRow
from dangol.payments import charging, entries
from dangol.payments.calling_off import ConsequenceChanged, NotAllowedNow, theirs
from dangol.payments.model import Gateways
from dangol.payments.rules import given_back_to, source_of


async def stored_methods(ctx: ToolContext, gateways: Gateways) -> StoredMethods:
    """The ways of paying on file for who is asking. Raises NotIdentified."""
    customer = ctx.shopper.proved_customer
    if customer is None:
        raise customers.NotIdentified(what="stored_methods")
    found = await customers.stored_methods(ctx.conn, customer)
    return StoredMethods(items=tuple(view_of(ctx, gateways, one) for one in found))


def view_of(ctx: ToolContext, gateways: Gateways, one: StoredMethod) -> StoredMethodView:
    """A way of paying on file as it is shown to its owner."""
    shown = customers.method_view(ctx.shop, one)
    return shown.model_copy(update={"ready": charging.ready(gateways, one)})


async def look_at_items(ctx: ToolContext, asked: LookAtItems) -> OrderChange:
    """What would come of other variants for lines of an order."""
    return await _items(ctx, await theirs(ctx, asked.order), asked)


async def _items(ctx: ToolContext, order: OrderRow, asked: LookAtItems) -> OrderChange:
    stored = await _on_file(ctx, order, asked.method)
    held = await entries.held(ctx.conn, order.number)
    facts: dict[str, Any] = {"balance": stored.balance, "method": stored.reference}
    change = await orders.look_at_items(ctx, order, _wanted(asked), **facts)
    way = way_of(stored, held)
    if change.allowed and change.difference.amount < 0:
        change = await orders.look_at_items(ctx, order, _wanted(asked), **facts, way=way)
    if not change.allowed or not held:
        return change.model_copy(update={"allowed": False, "why": change.why or "paid_elsewhere"})
    days = rules_of(ctx.shop).repayment["gift_card" if stored.kind == "gift_card" else way].days
    return change.model_copy(update={"refund_business_days": days})


def _wanted(asked: LookAtItems) -> list[tuple[str, str]]:
    return [(item.line, item.sku) for item in asked.items]


def way_of(stored: StoredMethod, held: dict[str, int]) -> Way:
    """By which way money goes back that is given to a way of paying on file."""
    if held.get(stored.reference, 0) > 0:
        return "original"
    return "gift_card" if stored.kind == "gift_card" else "other_method"


async def _on_file(ctx: ToolContext, order: OrderRow, method: str) -> StoredMethod:
    """One of the ways on file of who is asking, for an order of theirs. Raises NotFound."""
    if ctx.shopper.proved_customer is None or ctx.shopper.proved_customer != order.customer_id:
        raise NotFound(method=method)
    return await customers.stored_method(ctx.conn, order.customer_id, method)


async def change_items(ctx: ToolContext, agreed: ChangeItems) -> OrderChange:
    """Send other variants for lines. Raises NotAllowedNow, ConsequenceChanged, SoldOut; nothing has changed then."""
    async with ctx.conn.transaction():
        order = await theirs(ctx, agreed.order, lock=True)
        offer = await _items(ctx, order, agreed)
        _as_agreed(order, offer, offer.difference, agreed.difference)
        await orders.write_items(ctx, order, _wanted(agreed))
        owed, reference = offer.difference.amount, await _reference(ctx, order, "items")
        if owed > 0:
            await entries.charge(
                ctx.conn, order, agreed.method, owed, cause="difference", reference=reference, now=ctx.now
            )
        else:
            await entries.give_back(
                ctx.conn, order, -owed, to=agreed.method, cause="difference", reference=reference, now=ctx.now
            )
        return await _changed(ctx, order, offer)


async def look_at_method(ctx: ToolContext, asked: LookAtMethod) -> OrderChange:
    """What would come of paying an order by another way on file."""
    return await _method(ctx, await theirs(ctx, asked.order), asked)


async def _method(ctx: ToolContext, order: OrderRow, asked: LookAtMethod) -> OrderChange:
    stored = await _on_file(ctx, order, asked.method)
    held = await entries.held(ctx.conn, order.number)
    left = sum(held.values())
    now_by = source_of(held)
    verdict = await orders.judge(
        ctx,
        order,
        "change_payment",
        method=stored.reference,
        paid_with=now_by,
        owed=left,
        balance=stored.balance,
    )
    why = orders.why_not(order, verdict) or (None if left > 0 else "paid_elsewhere")
    rules = rules_of(ctx.shop)
    way: Way = "gift_card" if order.paid_with == "gift_card" else "original"
    return OrderChange(
        order=order.number,
        kind="payment",
        status=order.status,
        allowed=why is None,
        why=why,
        before=now_by or "",
        after=stored.reference,
        difference=Money(amount=left, currency=order.currency),
        new_total=Money(amount=order.total, currency=order.currency),
        refund_business_days=rules.repayment[way].days,
    )


async def switch_method(ctx: ToolContext, agreed: SwitchMethod) -> OrderChange:
    """Pay an order by another way on file. Raises NotAllowedNow, ConsequenceChanged; nothing has changed then."""
    async with ctx.conn.transaction():
        order = await theirs(ctx, agreed.order, lock=True)
        offer = await _method(ctx, order, agreed)
        _as_agreed(order, offer, offer.difference, agreed.amount)
        parts = given_back_to(await entries.held(ctx.conn, order.number), agreed.amount.amount)
        reference = await _reference(ctx, order, "method")
        stored = await _on_file(ctx, order, agreed.method)
        await entries.charge(
            ctx.conn, order, stored.reference, agreed.amount.amount,
            cause="other_method", reference=reference, now=ctx.now,
        )  # fmt: skip
        for method, part in parts.items():
            await entries.give_back(
                ctx.conn, order, part, to=method, cause="other_method", reference=reference, now=ctx.now
            )
        await orders.note_other_payment(ctx.conn, order, stored.kind, ctx.now, by=ctx.shopper.role)
        return await _changed(ctx, order, offer)


def _as_agreed(order: OrderRow, offer: OrderChange, now: Money, agreed: Money) -> None:
    if not offer.allowed:
        raise NotAllowedNow(order=order.number, status=order.status, why=offer.why)
    if now != agreed:
        raise ConsequenceChanged(order=order.number)


async def _reference(ctx: ToolContext, order: OrderRow, what: str) -> str:
    return f"{what}:{order.number}:{len(await entries.entries_of(ctx.conn, order.number))}"


async def _changed(ctx: ToolContext, order: OrderRow, offer: OrderChange) -> OrderChange:
    told = {"before": offer.before, "after": offer.after}
    await orders.announce_order(ctx.conn, "order_changed", order.number, told, ctx.now)
    view = await orders.order_view(ctx.conn, ctx.shop, order.number, ctx.language)
    return offer.model_copy(update={"status": view.status, "order_view": view})
