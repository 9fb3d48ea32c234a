"""What stands on a receipt: every figure from the order, the tax within it by the shop's rate; pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from dangol.kernel.money import Money
from dangol.kernel.shop import Shop
from dangol.orders.model import OrderRow


@dataclass(frozen=True)
class Amounts:
    """The sums of an order in the order they are written; `tax` is None where the shop states no rate."""

    subtotal: Money
    discount: Money
    shipping: Money
    total: Money
    refunded: Money
    net: Money | None
    tax: Money | None


def amounts_of(order: OrderRow, shop: Shop) -> Amounts:
    """The sums of an order; what was given back lowers the total the tax is reckoned from."""

    def money(amount: int) -> Money:
        return Money(amount=amount, currency=order.currency)

    kept = order.total - order.refunded
    tax = tax_within(kept, shop.tax.rate) if shop.tax else None
    return Amounts(
        subtotal=money(order.subtotal),
        discount=money(order.discount),
        shipping=money(order.shipping),
        total=money(order.total),
        refunded=money(order.refunded),
        net=money(kept - tax) if tax is not None else None,
        tax=money(tax) if tax is not None else None,
    )


def tax_within(amount: int, rate: Decimal) -> int:
    """The tax contained in an amount that includes it, rounded half up to the minor unit."""
    return int((amount * rate / (1 + rate)).quantize(Decimal(1), ROUND_HALF_UP))
