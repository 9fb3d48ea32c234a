"""Ways of paying on file, and changes of an order that was paid by them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from dangol.kernel.model import Value
from dangol.kernel.money import Money


class StoredMethodView(Value):
    """A way of paying on file; a gift card with its balance, a card with its brand and last four figures.

    `ready`: an order can be paid by it here and now.
    """

    reference: str
    kind: Literal["credit_card", "paypal", "gift_card"]
    brand: str = ""
    last_four: str = ""
    balance: Money | None = None
    ready: bool = False


class StoredMethods(Value):
    """The ways of paying on file for this customer."""

    items: tuple[StoredMethodView, ...]


class AgreePayment(Value):
    """Pay an order that waits for its money by a way on file, at the amount the shopper said yes to."""

    order: str
    method: str
    amount: Money


class PaymentAgreed(Value):
    """An order and the way on file it is to be paid by."""

    order: str
    method: StoredMethodView
    amount: Money


class PayAsAgreed(Value):
    """Take the money of an order by the way on file that was agreed to, at the amount that was agreed to."""

    order: str


class ItemWanted(Value):
    """Another variant for a line of an order."""

    line: str
    sku: str


class LookAtItems(Value):
    """What would come of other variants for lines of an order, the difference by a way of paying on file."""

    order: str
    items: Annotated[tuple[ItemWanted, ...], Field(min_length=1, max_length=200)]
    method: str


class ChangeItems(LookAtItems):
    """Send other variants for all these lines at once, at the difference that was agreed to."""

    difference: Money


class LookAtMethod(Value):
    """What would come of paying an order by another way on file."""

    order: str
    method: str


class SwitchMethod(LookAtMethod):
    """Pay an order by another way on file; what was paid before (`amount`) goes back to where it came from."""

    amount: Money
