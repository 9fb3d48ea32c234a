"""Cancelling and changing orders with the money that belongs to it: told first, done as agreed, in one transaction.

The refund is written down with the change itself; the workers carry it out under its key, however often a process
dies in between.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from psycopg import AsyncConnection

from dangol.contracts.shopfloor.changes import (
    Cancellation,
    CancelOrder,
    ChangeAddress,
    ChangeOption,
    ChangePayment,
    LookAtCancellation,
    LookAtChange,
    OrderChange,
    RefundWay,
)
from dangol.contracts.shopfloor.orders import OrderView
from dangol.kernel.after_sale import Allowed, Reason, rules_of
from dangol.kernel.errors import NotFound, Refused
from dangol.kernel.money import Money
from dangol.kernel.shop import Shop
from dangol.kernel.tools import ToolContext
from dangol.orders import api as orders
from dangol.orders.api import OrderRow
from dangol.payments import amending, entries, giving_back, records
from dangol.payments.model import AmendmentKind

Connection = AsyncConnection[Any]


class ConsequenceChanged(Refused):
    """What would come of it is not what was agreed to any more."""

    code = "consequence_changed"


class NotAllowedNow(Refused):
    """A rule of the shop forbids it (`why`) for an order that is so far (`status`)."""

    code = "not_allowed_now"


async def with_the_shop(conn: Connection, order: OrderRow) -> tuple[int, bool]:
    """How much money of an order is with the shop (minor units), and whether a gateway has it."""
    if await entries.paid_on_file(conn, order.number):
        return sum((await entries.held(conn, order.number)).values()), False
    left = await giving_back.left(conn, order.number)
    if left is not None:
        return left, True
    return (order.total - order.refunded if order.paid_at else 0), False


async def theirs(ctx: ToolContext, number: str, *, lock: bool = False) -> OrderRow:
    """The order a shopper means, if it is theirs. Raises NotFound, which never tells whether there is one."""
    meant = await orders.order_for(ctx.conn, ctx.shopper, number)
    order = (
        await orders.locked_order(ctx.conn, meant.number)
        if lock
        else await orders.order_row(ctx.conn, meant.number)
    )
    if order is None:
        raise NotFound(order=number)
    return order


async def look_at_cancellation(ctx: ToolContext, asked: LookAtCancellation) -> Cancellation:
    """What would come of cancelling an order: may it be, what goes back, how and when."""
    return await _cancellation(ctx, await theirs(ctx, asked.order), asked.reason)


async def _cancellation(ctx: ToolContext, order: OrderRow, reason: Reason | None) -> Cancellation:
    verdict = await orders.judge(ctx, order, "cancel", reason=reason)
    rule = rules_of(ctx.shop).rules.get("cancel")
    accepted = rule.reasons if rule else None
    why = orders.why_not(order, verdict, cancelling=True)
    if why is None and accepted is not None and reason is None:
        why = "reason"
    if why is None and order.source == orders.BY_EXCHANGE and order.status != "pending_payment":
        why = orders.BY_EXCHANGE  # it was paid with goods: with it gone they would be paid for with nothing
    left, here = await with_the_shop(ctx.conn, order)
    here = here or await entries.paid_on_file(ctx.conn, order.number)
    fee = min(verdict.fee or 0, left) if isinstance(verdict, Allowed) and not why else 0
    refund = left - fee if not why else 0
    way: RefundWay = "none" if not refund else "original" if here else "by_hand"
    days = (
        verdict.ways["original"].days if isinstance(verdict, Allowed) and "original" in verdict.ways else None
    )
    gone = order.status in ("cancelled", "refunded")
    money_back, going = await giving_back.stands(ctx.conn, order.number) if gone else ("none", refund)
    return Cancellation(
        order=order.number,
        status=order.status,
        allowed=why is None,
        why=why,
        refund=Money(amount=going, currency=order.currency),
        fee=Money(amount=fee, currency=order.currency),
        way=way,
        refund_business_days=days
        if refund
        else _days_of_shop(ctx.shop)
        if order.status == "cancelled"
        else None,
        points=order.points_spent if why is None else 0,
        coupons=tuple(order.coupons) if why is None else (),
        person=isinstance(verdict, Allowed) and verdict.person,
        reasons=tuple(sorted(accepted or ())),
        money_back=money_back,
        order_view=await _view(ctx, order.number),
    )


def _days_of_shop(shop: Shop) -> tuple[int, int] | None:
    """In how many business days the shop says that money is back."""
    return shop.returns.refund_business_days if shop.returns else None


async def _view(ctx: ToolContext, number: str) -> OrderView:
    return await orders.order_view(ctx.conn, ctx.shop, number, ctx.language)


async def cancel_order(ctx: ToolContext, agreed: CancelOrder) -> Cancellation:
    """Cancel an order at what was agreed to. Raises NotAllowedNow, ConsequenceChanged; then nothing has changed."""
    async with ctx.conn.transaction():
        order = await theirs(ctx, agreed.order, lock=True)
        offer = await _cancellation(ctx, order, agreed.reason)
        if not offer.allowed:
            raise NotAllowedNow(order=order.number, status=order.status, why=offer.why)
        if (offer.refund, offer.fee) != (agreed.refund, agreed.fee):
            raise ConsequenceChanged(order=order.number)
        await amending.drop(ctx.conn, order.number, ctx.now, why="cancelled")
        why = agreed.reason or "shopper"
        if order.status == "pending_payment":
            await orders.cancel_unpaid(ctx.conn, order.number, ctx.now, why=why, by=ctx.shopper.role)
        else:
            await orders.call_off(ctx.conn, order.number, ctx.now, by=ctx.shopper.role, why=why)
            amount = {"amount": offer.refund.amount, "currency": order.currency}
            await orders.announce_order(
                ctx.conn, "paid_order_cancelled", order.number, {"amount": amount}, ctx.now
            )
            await hand_back(
                ctx.conn, order, offer.refund.amount, cause="cancelled", reference=f"cancel:{order.number}",
                now=ctx.now,
            )  # fmt: skip
    return offer.model_copy(update={"status": "cancelled", "order_view": await _view(ctx, order.number)})


async def hand_back(
    conn: Connection, order: OrderRow, amount: int, *, cause: str, reference: str, now: datetime
) -> None:
    """Write down that money goes back; staff are told where it was not paid here."""
    if not amount:
        return
    if await entries.paid_on_file(conn, order.number):
        await entries.give_back(conn, order, amount, cause=cause, reference=reference, now=now)
        return
    if await giving_back.left(conn, order.number) is None:
        told = {"amount": {"amount": amount, "currency": order.currency}}
        await orders.announce_order(conn, "refund_by_hand", order.number, told, now)
        return
    await giving_back.request(conn, order.number, amount, key=reference, cause=cause, now=now)


async def look_at_change(ctx: ToolContext, asked: LookAtChange) -> OrderChange:
    """What would come of another address, another variant of a line, or another way of paying."""
    order = await theirs(ctx, asked.order)
    change = await _look(ctx, order, asked)
    return change.model_copy(update={"order_view": await _view(ctx, order.number)})


async def _look(ctx: ToolContext, order: OrderRow, asked: LookAtChange) -> OrderChange:
    left, here = await with_the_shop(ctx.conn, order)
    if asked.payment:
        change = await orders.look_at_payment(ctx, order, asked.method, left)
    elif asked.line is not None and asked.sku is not None:
        change = await orders.look_at_option(ctx, order, asked.line, asked.sku)
    else:
        change = await orders.look_at_address(ctx, order, asked.address or "")
    if change.pay is not None and (left or asked.payment) and not here:
        return change.model_copy(update={"allowed": False, "why": "owes"})
    return change


async def change_address(ctx: ToolContext, agreed: ChangeAddress) -> OrderChange:
    """Send an order elsewhere. Raises NotAllowedNow, ConsequenceChanged; then nothing has changed."""
    async with ctx.conn.transaction():
        order = await theirs(ctx, agreed.order, lock=True)
        verdict = await orders.judge(ctx, order, "change_address")
        why = orders.why_not(order, verdict)
        if why:
            raise NotAllowedNow(order=order.number, status=order.status, why=why)
        difference = orders.delivery_difference(ctx, order, agreed.address)
        _as_agreed(order, difference, agreed.difference)
        before = str((order.address or {}).get("lines", ""))
        if await _must_pay_first(ctx, order, agreed.difference):
            details = {"address": agreed.address.model_dump(mode="json")}
            return await _to_be_paid(
                ctx, order, "address", details, agreed.difference, before, agreed.address.lines
            )
        await amending.drop(ctx.conn, order.number, ctx.now, why="superseded")
        await orders.write_address(ctx, order, agreed.address, agreed.difference.amount)
        return await _changed(ctx, order, "address", agreed.difference, before, agreed.address.lines)


async def change_option(ctx: ToolContext, agreed: ChangeOption) -> OrderChange:
    """Send another variant for a line. Raises NotAllowedNow, ConsequenceChanged, SoldOut; nothing has changed then."""
    async with ctx.conn.transaction():
        order = await theirs(ctx, agreed.order, lock=True)
        await amending.drop(ctx.conn, order.number, ctx.now, why="superseded")
        offer = await orders.look_at_option(ctx, order, agreed.line, agreed.sku)
        if not offer.allowed:
            raise NotAllowedNow(order=order.number, status=order.status, why=offer.why)
        _as_agreed(order, offer.difference.amount, agreed.difference)
        if await _must_pay_first(ctx, order, agreed.difference):
            details = {"line": agreed.line, "sku": agreed.sku}
            return await _to_be_paid(
                ctx, order, "option", details, agreed.difference, offer.before, offer.after
            )
        await orders.write_option(ctx, order, agreed.line, agreed.sku, agreed.difference.amount)
        return await _changed(ctx, order, "option", agreed.difference, offer.before, offer.after)


async def change_payment(ctx: ToolContext, agreed: ChangePayment) -> OrderChange:
    """Wait for an order's whole price in another way; the former payment goes back once it is in.

    Raises NotAllowedNow, ConsequenceChanged; then nothing has changed.
    """
    async with ctx.conn.transaction():
        order = await theirs(ctx, agreed.order, lock=True)
        asked = LookAtChange(order=order.number, payment=True, method=agreed.method)
        offer = await _look(ctx, order, asked)
        if not offer.allowed or order.status == "pending_payment":
            raise NotAllowedNow(order=order.number, status=order.status, why=offer.why or "state")
        if offer.pay != agreed.pay:
            raise ConsequenceChanged(order=order.number)
        await amending.begin(ctx, order, "payment", {}, agreed.pay.amount)
        return offer.model_copy(update={"order_view": await _view(ctx, order.number)})


def _as_agreed(order: OrderRow, difference: int | None, agreed: Money) -> None:
    """A difference that is not the one agreed to stops the change."""
    if difference != agreed.amount or agreed.currency != order.currency:
        raise ConsequenceChanged(order=order.number)


async def _must_pay_first(ctx: ToolContext, order: OrderRow, difference: Money) -> bool:
    """Whether a change waits for its money. Raises NotAllowedNow for an order that was paid elsewhere."""
    if difference.amount <= 0 or order.status == "pending_payment":
        return False
    left, here = await with_the_shop(ctx.conn, order)
    if left and not here:
        raise NotAllowedNow(order=order.number, status=order.status, why="owes")
    return True


async def _to_be_paid(
    ctx: ToolContext,
    order: OrderRow,
    kind: AmendmentKind,
    details: dict[str, Any],
    pay: Money,
    was: str,
    after: str,
) -> OrderChange:
    """The change as it waits for its money; the order stands as it was."""
    await amending.begin(ctx, order, kind, details, pay.amount)
    new_total = Money(amount=order.total + pay.amount, currency=order.currency)
    return OrderChange(
        order=order.number,
        kind=kind,
        status=order.status,
        allowed=True,
        before=was,
        after=after,
        difference=pay,
        new_total=new_total,
        pay=pay,
        order_view=await _view(ctx, order.number),
    )


async def _changed(
    ctx: ToolContext, before: OrderRow, kind: str, difference: Money, was: str, now: str
) -> OrderChange:
    """Settle the money of a change and tell of it."""
    if before.status == "pending_payment":
        await _let_page_go(ctx, before, difference)
    elif difference.amount < 0:
        place = await records.refund_count(ctx.conn, before.number)
        reference = f"difference:{before.number}:{place + 1}"
        await hand_back(
            ctx.conn, before, -difference.amount, cause="difference", reference=reference, now=ctx.now
        )
    told = {"before": was, "after": now}
    await orders.announce_order(ctx.conn, "order_changed", before.number, told, ctx.now)
    view = await _view(ctx, before.number)
    days = (await orders.judge(ctx, before, "cancel")) if difference.amount < 0 else None
    return OrderChange.model_validate(
        {
            "order": before.number,
            "kind": kind,
            "status": view.status,
            "allowed": True,
            "before": was,
            "after": now,
            "difference": difference,
            "new_total": view.total,
            "refund_business_days": days.ways["original"].days
            if isinstance(days, Allowed) and "original" in days.ways
            else None,
            "order_view": view,
        }
    )


async def _let_page_go(ctx: ToolContext, order: OrderRow, difference: Money) -> None:
    """A page that is open asks for the old amount: it does not count any more, a new one is opened."""
    live = await records.live_payment(ctx.conn, order.number)
    if live is not None and difference.amount:
        await records.set_state(ctx.conn, live, "abandoned", ctx.now, reason="changed")
