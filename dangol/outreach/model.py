"""The words of this room: orders at risk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dangol.contracts.shopfloor.orders import OrderStatus


@dataclass(frozen=True)
class OrderOutlook:
    """An order as its arrival is foretold: the probability that it comes after the promised day, the days between which
    it likely comes, why (causes of `lateness`), from how many delivered parcels; when its shopper was told."""

    order: str
    share: float
    promised: date
    likely_from: date
    likely_to: date
    why: tuple[str, ...]
    evidence: int
    told_at: datetime | None = None
    points: int = 0


@dataclass(frozen=True)
class OrderAtRisk(OrderOutlook):
    """The same for staff, with how the order stands and for whom it is."""

    status: OrderStatus = "paid"
    name: str = ""
    conversation_id: str | None = None
