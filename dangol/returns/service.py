"""Asking for a return, calling it off, deciding about it, taking the goods in: each in one transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from psycopg import AsyncConnection

from dangol.catalog import api as catalog
from dangol.contracts.shopfloor.returns import ReceiveReturn, StartReturn
from dangol.kernel.after_sale import Allowed, RefusedByRule, rules_of
from dangol.kernel.errors import NotFound
from dangol.kernel.shop import Shop
from dangol.kernel.tools import Role, ToolContext
from dangol.orders import api as orders
from dangol.orders.api import NewGoods, OrderRow
from dangol.payments import api as payments
from dangol.returns import records
from dangol.returns.gathering import Chosen
from dangol.returns.model import (
    Carriers,
    NotACount,
    NotReturnable,
    OfferChanged,
    ReturnLineRow,
    ReturnRow,
    ReturnUnderWay,
)
from dangol.returns.offering import Judged, judge, sending_of
from dangol.returns.rules import Event, last_day_to_send, next_status, return_number

Connection = AsyncConnection[Any]


async def start(ctx: ToolContext, asked: StartReturn, order: OrderRow, carriers: Carriers) -> ReturnRow:
    """Ask for a return on the terms agreed to, once per key; the new goods of an exchange are kept at once.

    Raises NotReturnable, OfferChanged, SoldOut, NothingToSend; then nothing has changed. Inside a transaction.
    """
    request = asked.request
    order = await orders.locked_order(ctx.conn, order.number)
    # looked for once the order is ours: the same call may be under way elsewhere
    known = await records.return_by_key(ctx.conn, ctx.key)
    if known is not None:
        return known
    judged = await judge(ctx.conn, ctx.shop, order, request, ctx.shopper.role, ctx.now)
    _agreed(judged, asked)
    number = return_number(ctx.now, ctx.shop, await records.next_in_sequence(ctx.conn))
    replacement = await _replacement(ctx, order, judged, number) if request.kind == "exchange" else None
    row = await _write(ctx, asked, judged, carriers, number, replacement)
    details = {"refund": judged.refund, "due": judged.due, "fee": judged.fee}
    await records.add_event(ctx.conn, row.id, "request", ctx.shopper.role, ctx.now, details)
    if not row.person:
        await _approve(ctx.conn, ctx.shop, row, "system", ctx.now)
    await tell(ctx.conn, "return_asked" if row.person else "return_approved", row, ctx.now)
    return await _again(ctx.conn, row.id)


def _agreed(judged: Judged, asked: StartReturn) -> None:
    verdict = judged.verdict
    if isinstance(verdict, RefusedByRule):
        raise NotReturnable(rule=verdict.code)
    if judged.way not in verdict.ways:
        raise NotReturnable(rule="way", way=judged.way)
    if judged.fee is None or asked.request.reason is None:
        raise NotReturnable(rule="reason")
    if asked.request.kind == "exchange" and not all(each.instead for each in judged.case.chosen):
        raise NotReturnable(rule="same_product")
    agreed = (
        asked.refund.amount,
        asked.due.amount,
        asked.return_fee.amount if asked.return_fee else 0,
        asked.points,
    )
    if agreed != (judged.refund, judged.due, judged.fee, judged.points):
        raise OfferChanged(refund=judged.refund, due=judged.due, fee=judged.fee)


async def _replacement(ctx: ToolContext, order: OrderRow, judged: Judged, number: str) -> str:
    goods = [
        NewGoods(
            sku=each.instead.sku, product=each.instead.product, title=each.instead.title,
            options=each.instead.options, image=each.instead.image, quantity=each.quantity,
            unit_price=each.instead.price.amount,
        )
        for each in judged.case.chosen
        if each.instead is not None
    ]  # fmt: skip
    made, _ = await orders.place_replacement(
        ctx.conn, ctx.shop, order, goods, credit=judged.goods, fee=judged.fee or 0, cause=number,
        on_file=judged.case.method is not None, now=ctx.now,
    )  # fmt: skip
    return made


async def _write(
    ctx: ToolContext,
    asked: StartReturn,
    judged: Judged,
    carriers: Carriers,
    number: str,
    replacement: str | None,
) -> ReturnRow:
    order, request, verdict = judged.case.order, asked.request, judged.verdict
    assert isinstance(verdict, Allowed)
    row = await records.insert_return(
        ctx.conn,
        {
            "number": number, "request_key": ctx.key, "kind": request.kind, "status": "requested",
            "order_number": order.number, "customer_id": order.customer_id,
            "conversation_id": ctx.shopper.conversation_id or order.conversation_id, "language": ctx.language,
            "reason": request.reason, "condition": list(request.condition), "note": asked.note[:2000],
            "way": judged.way, "days": list(verdict.ways[judged.way].days),
            "sending": sending_of(request, carriers), "currency": order.currency, "goods": judged.goods,
            "shipping": judged.shipping, "fee": judged.fee, "refund": judged.refund, "due": judged.due,
            "points": judged.points, "method": await _method(ctx.conn, judged), "replacement": replacement,
            "person": judged.person,
            "photos": list(asked.photos)[:20], "asked_at": ctx.now,
        },
    )  # fmt: skip
    await records.insert_lines(ctx.conn, [_line(row.id, each) for each in judged.case.chosen])
    return row


async def _method(conn: Connection, judged: Judged) -> str | None:
    """The way on file that was chosen; for money that goes back as it came, the one it came by."""
    if judged.case.method is not None or judged.way != "original" or not judged.refund:
        return judged.case.method
    return await payments.source(conn, judged.case.order.number)


def _line(return_id: int, each: Chosen) -> ReturnLineRow:
    new = each.instead
    return ReturnLineRow(
        return_id, each.row.line, each.row.sku, each.row.product, each.row.title, each.row.options, each.quantity,
        each.share, each.points, new.sku if new else None, new.options if new else {},
        new.price.amount if new else None, None, None,
    )  # fmt: skip


async def _again(conn: Connection, return_id: int) -> ReturnRow:
    row = await records.return_row(conn, return_id)
    assert row is not None
    return row


async def tell(
    conn: Connection, kind: Any, row: ReturnRow, now: datetime, details: dict[str, Any] | None = None
) -> None:
    """Announce something about a return, with what the words for it need."""

    def money(amount: int) -> dict[str, Any]:
        return {"amount": amount, "currency": row.currency}

    body = {
        "return": row.number, "kind": row.kind, "refund": money(row.refund), "way": row.way, "points_back": row.points,
        "days": row.days[-1], "send_by": str(row.send_by or ""), "return_tracking": row.tracking_no,
        "return_conversation": row.conversation_id,
    }  # fmt: skip
    await orders.announce_order(conn, kind, row.order_number, {**body, **(details or {})}, now)


async def locked(conn: Connection, number: str) -> ReturnRow:
    """A return, locked after its order until the transaction ends. Raises NotFound."""
    found = await records.return_by_number(conn, number)
    if found is None:
        raise NotFound(number=number)
    await orders.locked_order(conn, found.order_number)
    row = await records.return_by_number(conn, number, lock=True)
    assert row is not None
    return row


async def move(
    conn: Connection,
    row: ReturnRow,
    event: Event,
    by: Role,
    now: datetime,
    *,
    due_at: datetime | None = None,
    details: dict[str, Any] | None = None,
) -> ReturnRow:
    """Take a return one step of its life further. Raises ReturnUnderWay. Inside a transaction."""
    status = next_status(row.number, row.status, event, by)
    await records.set_status(conn, row, status, due_at=due_at)
    await records.add_event(conn, row.id, event, by, now, details)
    return await _again(conn, row.id)


async def _approve(conn: Connection, shop: Shop, row: ReturnRow, by: Role, now: datetime) -> ReturnRow:
    if row.sending != "none":
        await records.set_send_by(conn, row, last_day_to_send(shop, row.kind, now))
    row = await move(conn, row, "approve", by, now, due_at=None if row.sending == "none" else now)
    if row.sending == "none":  # nothing comes back: what is missing is settled at once
        row = await move(conn, row, "receive", "system", now, due_at=now)
    return row


async def approve(conn: Connection, shop: Shop, number: str, by: Role, now: datetime) -> ReturnRow:
    """A person says yes. Raises ReturnUnderWay, NotFound."""
    async with conn.transaction():
        row = await _approve(conn, shop, await locked(conn, number), by, now)
        await tell(conn, "return_approved", row, now)
        return row


async def refuse(conn: Connection, number: str, why: str, by: Role, now: datetime) -> ReturnRow:
    """A person says no, with a reason for the shopper. Raises ReturnUnderWay, NotFound."""
    async with conn.transaction():
        row = await move(conn, await locked(conn, number), "refuse", by, now, details={"why": why})
        if not await drop_replacement(conn, row, by, now):
            raise ReturnUnderWay(number=number, status=row.status, event="refuse")
        await tell(conn, "return_refused", row, now, {"why": why})
        return row


async def cancel(conn: Connection, number: str, by: Role, now: datetime) -> ReturnRow:
    """Call a return off before the goods are on their way. Raises ReturnUnderWay, NotFound."""
    async with conn.transaction():
        row = await move(conn, await locked(conn, number), "cancel", by, now)
        if not await drop_replacement(conn, row, by, now):
            raise ReturnUnderWay(number=number, status=row.status, event="cancel")
        await tell(conn, "return_cancelled", row, now)
        return row


async def drop_replacement(conn: Connection, row: ReturnRow, by: Role, now: datetime) -> bool:
    """The new goods of an exchange are not sent, and what was paid for them goes back. False: they are on their way."""
    if row.replacement is None:
        return True
    order = await orders.locked_order(conn, row.replacement)
    here = order.status in ("paid", "preparing")
    paid, by_gateway = await payments.with_the_shop(conn, order)
    # also goods that were paid with those that come back may have the money of a change on them
    with_money = here and by_gateway and paid > 0
    if not with_money and await orders.drop_replacement(conn, row.replacement, now, by=by):
        return True
    if not here:
        return False
    await orders.call_off(conn, order.number, now, by=by, why="exchange_dropped")
    await payments.hand_back(
        conn, order, paid, cause="cancelled", reference=f"cancel:{order.number}", now=now
    )
    return True


async def receive(conn: Connection, shop: Shop, asked: ReceiveReturn, by: Role, now: datetime) -> ReturnRow:
    """The goods are here and looked at: what can be sold goes on sale, what is given back follows from what came.

    Nothing of it here: they go back to the shopper. Raises NotACount, ReturnUnderWay, NotFound.
    """
    async with conn.transaction():
        row = await move(conn, await locked(conn, asked.number), "receive", by, now, due_at=now)
        lines = (await records.lines_of(conn, [row.id]))[row.id]
        told = {each.line: each for each in asked.lines}
        if set(told) - {str(line.line) for line in lines}:
            raise NotACount(lines=sorted(told))
        shelf: dict[str, int] = {}
        for line in lines:
            found = told.get(str(line.line))
            came, good = (found.quantity, found.sellable) if found else (line.quantity, line.quantity)
            if not 0 <= good <= came <= line.quantity:
                raise NotACount(line=line.line, quantity=came, sellable=good)
            await records.set_received(conn, row.id, line.line, came, good)
            shelf[line.sku] = shelf.get(line.sku, 0) + good
            if row.reason == "size" and came:
                cause = f"{row.number}:{line.line}"
                await catalog.note_misfit(conn, cause, line.sku, row.note, line.new_sku, now)
        await catalog.restock(conn, shelf)
        row = await _terms_anew(conn, row, now)
        await tell(conn, "return_received", row, now)
        return row


async def _terms_anew(conn: Connection, row: ReturnRow, now: datetime) -> ReturnRow:
    """What is given back for what came; the fee as agreed, never more than the goods bring."""
    lines = (await records.lines_of(conn, [row.id]))[row.id]
    goods = sum(line.share for line in lines)
    shipping, fee, refund, points = row.shipping, row.fee, row.refund, row.points
    if goods != row.goods and row.kind == "return":
        shipping, fee = 0, min(row.fee, goods)
        # never more than was agreed: there may be less left of the order than its goods are worth
        refund, points = min(goods - fee, row.refund), sum(line.points for line in lines)
    elif goods != row.goods:
        refund = max(0, refund - (row.goods - goods))
    await records.set_terms(
        conn, row, goods=goods, shipping=shipping, fee=fee, refund=refund, points=points, now=now
    )
    return await _again(conn, row.id)


async def change_way(
    conn: Connection, shop: Shop, number: str, way: Any, by: Role, now: datetime
) -> ReturnRow:
    """Give the money another way when one does not work, or try that once more.

    Raises NotReturnable, ReturnUnderWay (it may still go the way it was asked for), NotFound.
    """
    async with conn.transaction():
        row = await locked(conn, number)
        _, going = await payments.gone(conn, row.order_number, f"return:{number}")
        if row.status != "received" or row.trouble is None or going:
            raise ReturnUnderWay(number=number, status=row.status, event="change_way")
        rule = rules_of(shop).rules.get(row.kind)
        no_account = way == "points" and row.customer_id is None
        if rule is None or way not in rule.refund_to or no_account:
            raise NotReturnable(rule="way", way=way)
        await records.set_way(conn, row, way, rules_of(shop).repayment[way].days, now)
        await records.add_event(conn, row.id, "change_way", by, now, {"way": way})
        return await _again(conn, row.id)
