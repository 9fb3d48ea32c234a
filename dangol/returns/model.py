"""What the returns room keeps, and what it refuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dangol.contracts.carrier import Carrier
from dangol.contracts.shopfloor.returns import ReturnKind, ReturnStatus, Sending
from dangol.kernel.after_sale.policy import Reason, Way
from dangol.kernel.errors import Refused

Carriers = Mapping[str, Carrier]


class NotReturnable(Refused):
    """A rule does not allow it; `rule` says which, with its figures."""

    code = "not_returnable"


class OfferChanged(Refused):
    """The terms are no longer those that were agreed to."""

    code = "offer_changed"


class ReturnUnderWay(Refused):
    """The return is in a `status` in which this `event` cannot happen."""

    code = "return_under_way"


class NotACount(Refused):
    """So many cannot have come back, or cannot be sold again."""

    code = "not_a_count"
    status = 422


class NothingToSend(Refused):
    """No line of the order is meant."""

    code = "no_such_line"
    status = 422


@dataclass(frozen=True)
class ReturnRow:
    """A return or exchange as it is stored; money in minor units of `currency`."""

    id: int
    number: str
    request_key: str
    kind: ReturnKind
    status: ReturnStatus
    order_number: str
    customer_id: int | None
    conversation_id: str | None
    language: str
    reason: Reason
    condition: list[str]
    note: str
    way: Way
    days: list[int]
    sending: Sending
    currency: str
    goods: int
    shipping: int
    fee: int
    refund: int
    due: int
    points: int
    replacement: str | None
    person: bool
    photos: list[str]
    carrier: str
    tracking_no: str
    pickup_no: str
    pickup_on: date | None
    trouble: str | None
    attempts: int
    due_at: datetime | None
    asked_at: datetime
    received_at: datetime | None
    settled_at: datetime | None
    method: str | None = None
    send_by: date | None = None


@dataclass(frozen=True)
class ReturnLineRow:
    """A line of a return: how many, its share of the money and points paid, what goes out instead."""

    return_id: int
    line: int
    sku: str
    product: str
    title: str
    options: dict[str, str]
    quantity: int
    share: int
    points: int
    new_sku: str | None
    new_options: dict[str, str]
    new_price: int | None
    received: int | None
    sellable: int | None


@dataclass(frozen=True)
class Step:
    """Something that happened to a return."""

    at: datetime
    kind: str
    by: str
    details: dict[str, Any]


@dataclass(frozen=True)
class Back:
    """What of a line is in returns that stand: units, money and points of them, and the kinds of returns."""

    units: int = 0
    share: int = 0
    points: int = 0
    kinds: frozenset[str] = frozenset()
