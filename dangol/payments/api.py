"""What the rooms above, and the workers, may ask of payments."""

from dangol.payments.model import (
    EventRow,
    Gateways,
    NoGateway,
    OrderNotPayable,
    PaymentRow,
    PaymentUnderReview,
    RefundRow,
    UnknownMethod,
)
from dangol.payments.records import payments_of, refunds_of, store_event, waiting_events, waiting_refunds
from dangol.payments.service import carry_out_refund, check_payment, decisive_payment, open_payment, refund
from dangol.payments.settling import settle_event, take_report

__all__ = [
    "EventRow",
    "Gateways",
    "NoGateway",
    "OrderNotPayable",
    "PaymentRow",
    "PaymentUnderReview",
    "RefundRow",
    "UnknownMethod",
    "carry_out_refund",
    "check_payment",
    "decisive_payment",
    "open_payment",
    "payments_of",
    "refund",
    "refunds_of",
    "settle_event",
    "store_event",
    "take_report",
    "waiting_events",
    "waiting_refunds",
]
