"""What the payments room keeps, and what it refuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from dangol.contracts.payment import PaymentGateway
from dangol.kernel.errors import Refused
from dangol.kernel.tools import Role

State = Literal[
    "requested", "open", "needs_step_up", "declined", "abandoned", "paid", "partly_refunded", "refunded",
    "mismatched", "surplus",
]  # fmt: skip
"""`mismatched`: another amount came in than was asked for; `surplus`: paid, but not wanted (any more)."""

AmendmentKind = Literal["address", "option", "payment"]

LIVE: frozenset[State] = frozenset({"requested", "open", "needs_step_up"})
COUNTING: frozenset[State] = frozenset({"paid", "partly_refunded"})

Gateways = Mapping[str, PaymentGateway]


class AlreadyPaid(Refused):
    """The money for this order is in (`status` says how far it is)."""

    code = "already_paid"


class OrderNotPayable(Refused):
    """The order does not wait for money any more: it was cancelled or given back (`status`)."""

    code = "not_payable"


class PaymentUnderReview(Refused):
    """Money of another amount came in for this order; staff must look at it first."""

    code = "payment_under_review"


class UnknownMethod(Refused):
    """No gateway of this shop offers this way of paying (`method`)."""

    code = "unknown_method"
    status = 422


class NothingAgreed(Refused):
    """The shopper has not said yes to this amount by a way on file that can be charged."""

    code = "payment_not_agreed"


class NothingPaidYet(Refused):
    """A receipt is written for money that came in."""

    code = "nothing_paid_yet"


class NoGateway(Refused):
    """The shop has no way of taking money yet."""

    code = "no_gateway"
    status = 503


@dataclass(frozen=True)
class PaymentRow:
    """A payment; money in minor units of `currency`. `received` and `refunded` are what the gateway told."""

    id: int
    reference: str
    request_key: str
    order_number: str
    gateway: str
    method: str | None
    currency: str
    amount: int
    received: int
    refunded: int
    state: State
    reason: str | None
    vendor_ref: str | None
    url: str | None
    language: str
    opened_at: datetime
    settled_at: datetime | None
    amendment_id: int | None = None
    on_file: str | None = None  # the way on file it is charged by; None: paid on the gateway's page
    kept_for: int | None = None  # the customer whose way chosen on the page may be kept


@dataclass(frozen=True)
class AmendmentRow:
    """A change of a paid order that is made once `amount` (minor units) is in; `total` was the order's before.

    `details` is what is changed: `line` and `sku`, or `address`, or nothing for another way of paying.
    """

    id: int
    order_number: str
    kind: AmendmentKind
    details: dict[str, Any]
    amount: int
    total: int
    by: Role
    state: Literal["waiting", "done", "dropped"]
    why: str | None
    until: datetime
    asked_at: datetime
    over_at: datetime | None


@dataclass(frozen=True)
class EventRow:
    """Something a gateway told, as it came in."""

    gateway: str
    event: str
    report: dict[str, Any]
    received_at: datetime
    worked_at: datetime | None
    outcome: str | None


@dataclass(frozen=True)
class RefundRow:
    """Money given back, or on its way."""

    id: int
    reference: str
    payment_id: int
    amount: int
    cause: str
    state: Literal["requested", "done", "refused"]
    trouble: str | None
    attempts: int
    due_at: datetime
    requested_at: datetime
    done_at: datetime | None


@dataclass(frozen=True)
class Entry:
    """Money of an order by a way of paying on file (`method`, its reference), in minor units; written once, for good."""

    order_number: str
    method: str
    kind: Literal["payment", "refund"]
    amount: int
    cause: str
    reference: str
    at: datetime
