"""Changing an order before it leaves, and giving one up: all of it happens, or nothing does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from psycopg import AsyncConnection

from dangol.carts import api as carts
from dangol.carts.api import SoldOut
from dangol.catalog import api as catalog
from dangol.contracts.shopfloor.changes import OrderChange
from dangol.contracts.shopfloor.people import AddressView
from dangol.customers import api as customers
from dangol.kernel.after_sale import Allowed, Verdict
from dangol.kernel.money import Money
from dangol.kernel.tools import Role, ToolContext
from dangol.orders import records
from dangol.orders.judging import judge, why_not
from dangol.orders.model import BY_EXCHANGE, LineRow, OrderRow
from dangol.orders.rules import OF_ADDRESS, next_status
from dangol.orders.service import give_points_back, holder, keep_goods, locked
from dangol.orders.swapping import swaps

Connection = AsyncConnection[Any]
_MOMENT = timedelta(minutes=5)  # goods taken and sold in one transaction are held no longer


def taker(number: str, line: object) -> str:
    """The name under which the goods of a change are held."""
    return f"change:{number}:{line}"


async def call_off(conn: Connection, number: str, now: datetime, *, by: Role, why: str = "shopper") -> None:
    """Give up a paid order that has not left: goods, points and coupons go back. Raises NotInThisState.

    The money is the business of the payments room, in the same transaction. Call inside a transaction.
    """
    order = await locked(conn, number)
    status = next_status(number, order.status, "cancel", by)
    lines = (await records.lines_of(conn, [order.id]))[order.id]
    await catalog.restock(conn, units_of(lines))
    await give_points_back(conn, number)
    await customers.revoke_grant(conn, f"earned:{holder(number)}")
    await carts.unredeem(conn, number)
    await records.set_status(conn, order.id, status)
    await records.set_why_cancelled(conn, order.id, why)
    await records.add_event(conn, order.id, "cancel", by, now, {"why": why})


def units_of(lines: list[LineRow]) -> dict[str, int]:
    """Units by SKU."""
    units: dict[str, int] = {}
    for line in lines:
        units[line.sku] = units.get(line.sku, 0) + line.quantity
    return units


async def look_at_address(ctx: ToolContext, order: OrderRow, said: str) -> OrderChange:
    """What would come of sending an order to another address, as it was said."""
    verdict = await judge(ctx, order, "change_address")
    read = carts.read_address(said, ctx.shop, ctx.language)
    before = str((order.address or {}).get("lines", ""))
    change = _change(ctx, order, "address", verdict, before=before)
    if not change.allowed:
        return change
    lacks = tuple(need for need in OF_ADDRESS if need in read.missing)
    if read.address is None or lacks or read.problems:
        return change.model_copy(update={"allowed": False, "why": "address", "needs": lacks or ("address",)})
    address = completed(order, read.address)
    difference = delivery_difference(ctx, order, address)
    if difference is None:
        return change.model_copy(update={"allowed": False, "why": "not_served", "after": address.lines})
    return _priced(order, change.model_copy(update={"address": address, "after": address.lines}), difference)


def completed(order: OrderRow, address: AddressView) -> AddressView:
    """The new address with the recipient and phone of the old one where none is named."""
    old = order.address or {}
    update = {
        "recipient": address.recipient or str(old.get("recipient") or order.name),
        "phone": address.phone or str(old.get("phone") or order.phone),
    }
    return address.model_copy(update=update)


def delivery_difference(ctx: ToolContext, order: OrderRow, address: AddressView) -> int | None:
    """What delivery costs more there than where it goes now (minor units); None where the shop does not deliver."""
    if not ctx.shop.shipping.zones:
        return 0
    goods = ctx.shop.minor(max(order.subtotal - order.discount, 0))
    there = carts.quote(ctx.shop, address, goods, ctx.now, ctx.language, order.method)
    if there is None:
        return None
    known = order.address and order.address.get("country")
    old = AddressView.model_validate({"lines": "", **order.address}) if known and order.address else None
    here = carts.quote(ctx.shop, old, goods, ctx.now, ctx.language, order.method) if old else None
    if here is None:
        return 0
    # what was given for delivery bounds what can come back of it
    return max(there.whole.amount - here.whole.amount, -order.shipping)


async def look_at_option(ctx: ToolContext, order: OrderRow, line_no: str, sku: str) -> OrderChange:
    """What would come of sending another variant for a line. Raises NotFound for a line or variant that is none."""
    (swap,) = await swaps(ctx, order, [(line_no, sku)])
    line, new = swap.line, swap.new
    verdict = await judge(ctx, order, "change_options", new_items=(swap.item,), owed=max(swap.difference, 0))
    change = _change(ctx, order, "option", verdict, before=_called(line.title, line.options))
    change = change.model_copy(update={"line": line_no, "sku": sku, "after": _called(new.title, new.options)})
    return _priced(order, change, swap.difference) if change.allowed else change


async def look_at_items(
    ctx: ToolContext, order: OrderRow, wanted: Sequence[tuple[str, str]], **facts: Any
) -> OrderChange:
    """What would come of other variants for several lines at once, the difference paid as `facts` say.

    Raises NotFound for a line or variant that is none.
    """
    found = await swaps(ctx, order, wanted)
    owed = sum(swap.difference for swap in found)
    items = tuple(swap.item for swap in found)
    verdict = await judge(ctx, order, "change_options", new_items=items, owed=max(owed, 0), **facts)
    before = ", ".join(_called(swap.line.title, swap.line.options) for swap in found)
    after = ", ".join(_called(swap.new.title, swap.new.options) for swap in found)
    change = _change(ctx, order, "option", verdict, before=before).model_copy(update={"after": after})
    told = {"difference": owed, "new_total": order.total + owed}
    return change.model_copy(
        update={name: Money(amount=amount, currency=order.currency) for name, amount in told.items()}
    )


async def write_items(ctx: ToolContext, order: OrderRow, wanted: Sequence[tuple[str, str]]) -> None:
    """Send other variants for several lines. Raises SoldOut. Inside a transaction, with the order locked."""
    for swap in await swaps(ctx, order, wanted):
        await write_option(ctx, order, str(swap.line.line), swap.new.sku, swap.difference)


def _called(title: str, options: dict[str, str]) -> str:
    return f"{title} ({' / '.join(options.values())})" if options else title


def _change(ctx: ToolContext, order: OrderRow, kind: Any, verdict: Verdict, *, before: str) -> OrderChange:
    why = why_not(order, verdict)
    ways = verdict.ways if isinstance(verdict, Allowed) else {}
    days = ways["original"].days if "original" in ways else None
    return OrderChange(
        order=order.number,
        kind=kind,
        status=order.status,
        allowed=why is None,
        why=why,
        before=before,
        difference=Money(amount=0, currency=order.currency),
        new_total=Money(amount=order.total, currency=order.currency),
        refund_business_days=days,
    )


def _priced(order: OrderRow, change: OrderChange, difference: int) -> OrderChange:
    """The change with its difference; what a paid order owes is paid before it is made."""
    new_total = order.total + difference
    if new_total < order.refunded and order.source == BY_EXCHANGE:
        # it was paid with goods that are still to come back: what they are worth beyond it nobody would give back
        return change.model_copy(update={"allowed": False, "why": BY_EXCHANGE})
    if new_total < order.refunded:
        difference, new_total = order.refunded - order.total, order.refunded
    owed = Money(amount=difference, currency=order.currency)
    update = {
        "difference": owed,
        "new_total": Money(amount=new_total, currency=order.currency),
        "pay": owed if difference > 0 and order.status != "pending_payment" else None,
    }
    return change.model_copy(update=update)


async def look_at_payment(ctx: ToolContext, order: OrderRow, method: str | None, back: int) -> OrderChange:
    """What would come of paying an order in another way: all of it is paid anew, `back` (minor units) goes back."""
    verdict = await judge(ctx, order, "change_payment", method=method)
    change = _change(ctx, order, "payment", verdict, before=order.paid_with or "")
    anew = Money(amount=order.total, currency=order.currency)
    update = {"pay": anew, "back": anew.model_copy(update={"amount": back}), "after": method or ""}
    return change.model_copy(update=update) if change.allowed else change


async def note_other_payment(
    conn: Connection, order: OrderRow, method: str | None, now: datetime, *, by: Role
) -> None:
    """An order was paid anew in another way. Inside a transaction, with the order locked."""
    await records.set_paid(conn, order.id, now, method)
    details = {"from": order.paid_with, "to": method}
    await records.add_event(conn, order.id, "change_payment", by, now, details)


async def write_address(ctx: ToolContext, order: OrderRow, address: AddressView, difference: int) -> None:
    """Send the order elsewhere. Inside a transaction, with the order locked."""
    amounts = {"shipping": order.shipping + difference, "total": order.total + difference}
    quote = carts.quote(ctx.shop, address, None, ctx.now, ctx.language, order.method)
    await records.set_address(ctx.conn, order.id, address.model_dump(), amounts)
    if quote is not None and order.expected_from is not None:
        await records.set_expected(ctx.conn, order.id, quote.earliest, quote.latest)
    details = {"difference": difference}
    await records.add_event(ctx.conn, order.id, "change_address", ctx.shopper.role, ctx.now, details)


async def write_option(ctx: ToolContext, order: OrderRow, line_no: str, sku: str, difference: int) -> str:
    """Send another variant for a line: its units are taken, the old ones can be sold again; its name. Raises SoldOut.

    Inside a transaction, with the order locked.
    """
    lines = (await records.lines_of(ctx.conn, [order.id]))[order.id]
    line = next(each for each in lines if str(each.line) == line_no)
    new = (await catalog.variants(ctx.conn, [sku], ctx.shop.language, ctx.shop))[sku]
    total = line.total + difference
    await records.swap_line(ctx.conn, order.id, line.line, new.sku, new.options, new.image, total)
    await records.add_to_total(ctx.conn, order.id, difference)
    if order.status == "pending_payment":
        await keep_goods(ctx.conn, await locked(ctx.conn, order.number), ctx.now)
    else:
        await _swap_sold(ctx, line, new, order.number)
    details = {"line": line.line, "from": line.sku, "to": sku, "difference": difference}
    await records.add_event(ctx.conn, order.id, "change_option", ctx.shopper.role, ctx.now, details)
    return _called(new.title, new.options)


async def keep_option(conn: Connection, number: str, line_no: str, sku: str, until: datetime) -> None:
    """Hold the units of another variant for a line of an order until a moment. Raises SoldOut.

    Inside a transaction, with the order locked.
    """
    order = await locked(conn, number)
    lines = (await records.lines_of(conn, [order.id]))[order.id]
    line = next(each for each in lines if str(each.line) == line_no)
    await catalog.release_stock(conn, taker(number, line_no))  # taken anew, with the later moment
    short = await catalog.hold_stock(conn, taker(number, line_no), {sku: line.quantity}, until)
    if short:
        raise SoldOut(sku=sku, title=line.title, options={}, asked=line.quantity, stock=short[sku])


async def _swap_sold(ctx: ToolContext, line: LineRow, new: catalog.SoldVariant, number: str) -> None:
    await keep_option(ctx.conn, number, str(line.line), new.sku, ctx.now + _MOMENT)
    await catalog.commit_stock(ctx.conn, taker(number, line.line))
    await catalog.restock(ctx.conn, {line.sku: line.quantity})
