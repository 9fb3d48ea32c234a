"""How the payment of an order is shown on the shop floor."""

from __future__ import annotations

from typing import Any

from dangol.contracts.shopfloor.orders import PaymentView
from dangol.kernel.money import Money
from dangol.kernel.tools import ToolContext
from dangol.orders import api as orders
from dangol.payments import service
from dangol.payments.model import LIVE, PaymentRow
from dangol.payments.rules import shown_reason, shown_state


async def payment_view(ctx: ToolContext, number: str) -> PaymentView:
    """How the payment of an order stands, from what is stored."""
    payment = await service.decisive_payment(ctx.conn, number)
    after = await orders.order_for(ctx.conn, ctx.shopper, number)
    view = await orders.order_view(ctx.conn, ctx.shop, after.number, ctx.language)
    amount = Money(amount=after.total, currency=after.currency)
    if payment is None or _superseded(payment, after):
        state = _without_payment(after)
        return PaymentView(order=after.number, state=state, amount=amount, order_view=view)
    if after.status == "cancelled" and payment.state not in ("surplus", "refunded", "mismatched"):
        return PaymentView(order=after.number, state="expired", amount=amount, order_view=view)
    return PaymentView(
        order=after.number,
        state=shown_state(payment),
        amount=Money(amount=payment.amount, currency=payment.currency),
        reason=shown_reason(payment),
        url=payment.url if payment.state in LIVE else None,
        order_view=view,
    )


def _superseded(payment: PaymentRow, order: orders.OrderAmount) -> bool:
    """A page that came to nothing says nothing of an order that was paid in another way: by a gift card."""
    over = payment.amendment_id is None and payment.state in ("declined", "abandoned")
    return over and order.status not in ("pending_payment", "cancelled")


def _without_payment(order: orders.OrderAmount) -> Any:
    """An order can be paid with no payment of ours: brought from elsewhere, or wholly by points."""
    if order.status == "pending_payment":
        return "none"
    return {"cancelled": "expired", "refunded": "refunded", "partly_refunded": "partly_refunded"}.get(
        order.status, "paid"
    )
