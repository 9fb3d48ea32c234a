"""Cancelling and changing an order: the consequence first, then what was agreed to and nothing else."""

from __future__ import annotations

from typing import Literal

from dangol.contracts.shopfloor.orders import OrderStatus, OrderView
from dangol.contracts.shopfloor.people import AddressView
from dangol.kernel.after_sale.policy import Reason
from dangol.kernel.model import Value
from dangol.kernel.money import Money

RefundWay = Literal["none", "original", "by_hand"]
MoneyBack = Literal["none", "asked", "unanswered", "refused", "done"]
ChangeKind = Literal["address", "option", "payment"]


class LookAtCancellation(Value):
    """What would come of cancelling an order, for this reason where one was given."""

    order: str
    reason: Reason | None = None


class Cancellation(Value):
    """What comes of cancelling: what goes back, at which fee, by which way, in how many business days.

    `why` names the rule that forbids it; `reasons` are those the shop accepts, none named: any, or none at all.
    `by_hand`: paid outside this shop, so that staff give the money back. Of an order that is cancelled already `refund`
    is what goes back or went, and `money_back` how far it is: asked of the gateway, which does not answer, refuses, or
    has paid; `none`: nothing is known of any.
    """

    order: str
    status: OrderStatus
    allowed: bool
    why: str | None = None
    refund: Money
    fee: Money
    way: RefundWay = "none"
    refund_business_days: tuple[int, int] | None = None
    points: int = 0
    coupons: tuple[str, ...] = ()
    person: bool = False
    reasons: tuple[Reason, ...] = ()
    money_back: MoneyBack = "none"
    order_view: OrderView


class CancelOrder(Value):
    """Cancel an order at exactly the consequence that was agreed to."""

    order: str
    refund: Money
    fee: Money
    reason: Reason | None = None


class LookAtChange(Value):
    """What would come of another address (as it was said), another variant for a line, or another way of paying."""

    order: str
    address: str | None = None
    line: str | None = None
    sku: str | None = None
    payment: bool = False
    method: str | None = None


class OrderChange(Value):
    """What comes of a change: before and after, the difference in price (below zero: it goes back), the new total.

    `pay` is what a paid order owes first: the change is made once it is in. `back` is what goes back then of what
    was paid before. `why` names the rule that forbids it; `owes`: it was paid elsewhere, so that nothing can be
    taken here. `needs` is what the address lacks.
    """

    order: str
    kind: ChangeKind
    status: OrderStatus
    allowed: bool
    why: str | None = None
    before: str = ""
    after: str = ""
    address: AddressView | None = None
    line: str | None = None
    sku: str | None = None
    difference: Money
    new_total: Money
    pay: Money | None = None
    back: Money | None = None
    refund_business_days: tuple[int, int] | None = None
    needs: tuple[str, ...] = ()
    order_view: OrderView | None = None


class ChangeAddress(Value):
    """Send an order elsewhere, at the difference that was agreed to."""

    order: str
    address: AddressView
    difference: Money


class ChangeOption(Value):
    """Send another variant of the same product for a line, at the difference that was agreed to."""

    order: str
    line: str
    sku: str
    difference: Money


class ChangePayment(Value):
    """Pay an order that has not left in another way: `pay` is paid anew, then what was paid before goes back."""

    order: str
    method: str | None = None
    pay: Money


class OpenDocument(Value):
    """The receipt or invoice of an order, as a PDF behind a link; in the shopper's language unless another is named."""

    order: str
    kind: Literal["receipt", "invoice"] = "receipt"
    language: Literal["ko", "en"] | None = None


class DocumentOpened(Value):
    """Where the document can be opened by whoever has the link."""

    order: str
    kind: Literal["receipt", "invoice"]
    status: OrderStatus
    url: str
