"""What the orders room keeps, and what it refuses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from dangol.contracts.shopfloor.orders import OrderStatus, ShipmentStatus
from dangol.kernel.errors import Refused
from dangol.kernel.model import Value


class TotalChanged(Refused):
    """The price is no longer the one that was agreed: `old` and `new` total."""

    code = "total_changed"


class CartEmpty(Refused):
    """There is nothing to order."""

    code = "cart_empty"


class CheckoutIncomplete(Refused):
    """The checkout still `needs` something before it can be ordered."""

    code = "checkout_incomplete"


class NotInThisState(Refused):
    """The order is in a `status` in which this `event` cannot happen."""

    code = "not_in_this_state"


BY_EXCHANGE = "exchange"
"""The source of an order that replaces goods of another, and the way such goods are paid with those that come back."""


@dataclass(frozen=True)
class OrderRow:
    """An order as it is stored; money in minor units of `currency`."""

    id: int
    number: str
    status: OrderStatus
    source: str
    customer_id: int | None
    shopper_key: str | None
    conversation_id: str | None
    language: str
    name: str
    email: str
    phone: str
    address: dict[str, Any] | None
    method: str | None
    currency: str
    subtotal: int
    discount: int
    shipping: int
    total: int
    refunded: int
    points_spent: int
    points_earned: int
    coupons: list[str]
    agreed: dict[str, Any] | None
    expected_from: date | None
    expected_to: date | None
    paid_with: str | None
    why_cancelled: str | None
    placed_at: datetime
    pay_until: datetime | None
    held_until: datetime | None
    paid_at: datetime | None
    fingerprint: str | None
    gift: dict[str, Any] | None = None
    pay_with: str | None = None  # the way on file it was agreed to be paid by
    pay_agreed: int | None = None  # and the amount
    likely_from: date | None = None  # between which days it is foretold to come, once its shopper was told
    likely_to: date | None = None


@dataclass(frozen=True)
class LineRow:
    """A line of an order."""

    order_id: int
    line: int
    product: str
    sku: str
    title: str
    options: dict[str, str]
    image: str
    quantity: int
    unit_price: int
    total: int


@dataclass(frozen=True)
class ShipmentRow:
    """A parcel of an order."""

    id: int
    order_id: int
    carrier: str
    tracking_no: str
    status: ShipmentStatus
    eta: date | None
    ask_at: datetime | None = None  # when its carrier is asked next
    attempts: int = 0
    trouble: str | None = None
    silence_told_at: datetime | None = None  # when its shopper was told that nothing is heard of it


@dataclass(frozen=True)
class ShipmentEventRow:
    """A scan of a parcel."""

    shipment_id: int
    at: datetime
    status: ShipmentStatus
    place: str
    text: str


@dataclass(frozen=True)
class CheckoutRow:
    """What was given in a checkout so far."""

    shopper_key: str
    name: str = ""
    email: str = ""
    phone: str = ""
    address: dict[str, Any] | None = None
    address_text: str = ""
    address_lacks: tuple[str, ...] | list[str] = ()
    method: str | None = None
    order_number: str | None = None
    proved: str | None = None  # fingerprint of the e-mail or phone a code was answered from
    gift: dict[str, Any] | None = None


@dataclass(frozen=True)
class Announcement:
    """Something that happened and is to be told; `subject` is the order number, `body` the figures for the words."""

    id: int
    kind: str
    subject: str
    body: dict[str, Any]
    at: datetime


@dataclass(frozen=True)
class Delivery:
    """One way in which an announcement goes out, and how far it got."""

    announcement_id: int
    medium: str
    recipient: str
    state: str
    attempts: int
    due_at: datetime
    trouble: str | None = None
    carrier_ref: str | None = None
    updated_at: datetime | None = field(default=None, compare=False)


class OrderAmount(Value):
    """What the payments room must know of an order."""

    number: str
    status: OrderStatus
    currency: str
    total: int
    language: str
    customer_id: int | None
    conversation_id: str | None
    pay_until: datetime | None
