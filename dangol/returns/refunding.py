"""Money of an order that staff give back though no goods come back: what could go, and giving it."""

from __future__ import annotations

from dangol.contracts.shopfloor.returns import OrderRefunded, Refundable, RefundableLine, RefundOrder
from dangol.kernel.errors import NotFound, Refused
from dangol.kernel.money import Money
from dangol.kernel.tools import ToolContext
from dangol.orders import api as orders
from dangol.orders.api import OrderRow
from dangol.payments import api as payments
from dangol.returns.gathering import Asked, gather

_NOT_PAID = frozenset({"pending_payment", "cancelled", "refunded"})


class RefundTooHigh(Refused):
    """Only so much of the order's money (`left`, minor units) can go back."""

    code = "refund_too_high"


async def refundable(ctx: ToolContext, order: OrderRow) -> Refundable:
    """What was paid for each line that the shopper still has, and for the delivery; of it all, what is left."""
    case = await gather(ctx.conn, ctx.shop, order, Asked("return"), ctx.shopper.role, ctx.now)
    _, here = await payments.with_the_shop(ctx.conn, order)
    here = here or await payments.paid_on_file(ctx.conn, order.number)
    left = 0 if order.status in _NOT_PAID else case.refundable

    def money(amount: int) -> Money:
        return Money(amount=max(0, min(amount, left)), currency=order.currency)

    return Refundable(
        order=order.number,
        lines=tuple(
            RefundableLine(
                line=str(each.row.line),
                title=each.row.title,
                options=each.row.options,
                quantity=each.left,
                refundable=money(each.share),
            )
            for each in case.chosen
        ),
        shipping=money(case.worth.shipping),
        left=money(left),
        way="none" if not left else "original" if here else "by_hand",
    )


async def refund(ctx: ToolContext, args: RefundOrder) -> OrderRefunded:
    """Give it back the way it came, once per call. Raises NotFound, RefundTooHigh; then nothing has changed."""
    async with ctx.conn.transaction():
        known = await orders.order_row(ctx.conn, args.order)
        if known is None:
            raise NotFound(order=args.order)
        order = await orders.locked_order(ctx.conn, known.number)
        found = await refundable(ctx, order)
        amount, reference = args.refund.amount, f"staff:{ctx.key}"
        if await _asked_before(ctx, order, reference):
            return _refunded(order, args, found, found.left.amount)
        if args.refund.currency != order.currency or not 0 < amount <= found.left.amount:
            raise RefundTooHigh(order=order.number, left=found.left.amount)
        await payments.hand_back(ctx.conn, order, amount, cause="goodwill", reference=reference, now=ctx.now)
        if found.way == "by_hand":  # nobody else will write down that it went back
            await orders.mark_refunded(
                ctx.conn, order.number, amount, now=ctx.now, by=ctx.shopper.role, reference=reference
            )
    return _refunded(order, args, found, found.left.amount - amount)


async def _asked_before(ctx: ToolContext, order: OrderRow, reference: str) -> bool:
    """Whether this very call was made before: by the gateway, to a way on file, or by hand."""
    if any(await payments.gone(ctx.conn, order.number, reference)):
        return True
    entries = await payments.entries_of(ctx.conn, order.number)
    on_file = any(each.reference.startswith(f"{reference}:") for each in entries)
    return on_file or await orders.refund_noted(ctx.conn, order, reference)


def _refunded(order: OrderRow, args: RefundOrder, found: Refundable, left: int) -> OrderRefunded:
    return OrderRefunded(
        order=order.number,
        refund=args.refund,
        left=Money(amount=left, currency=order.currency),
        way="by_hand" if found.way == "by_hand" else "original",
    )
