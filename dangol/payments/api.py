"""What the rooms above, and the workers, may ask of payments."""

from dangol.payments.amending import drop_due
from dangol.payments.calling_off import hand_back, with_the_shop
from dangol.payments.entries import (
    charge,
    entries_of,
    give_back,
    held,
    paid_on_file,
    source,
    take_over_entries,
)
from dangol.payments.giving_back import again, gone
from dangol.payments.model import (
    AlreadyPaid,
    Entry,
    EventRow,
    Gateways,
    NoGateway,
    OrderNotPayable,
    PaymentRow,
    PaymentUnderReview,
    RefundRow,
    UnknownMethod,
)
from dangol.payments.on_file import way_of
from dangol.payments.person_records import forget_payers
from dangol.payments.person_records import held as held_of
from dangol.payments.records import (
    due_refunds,
    payments_of,
    put_off_refund,
    refund_row,
    refunds_of,
    store_event,
    waiting_events,
)
from dangol.payments.service import (
    carry_out_refund,
    check_payment,
    decisive_payment,
    open_payment,
    refund,
    settle,
    tell_refund_stuck,
)
from dangol.payments.settling import take_report

__all__ = [
    "AlreadyPaid",
    "Entry",
    "EventRow",
    "Gateways",
    "NoGateway",
    "OrderNotPayable",
    "PaymentRow",
    "PaymentUnderReview",
    "RefundRow",
    "UnknownMethod",
    "again",
    "carry_out_refund",
    "charge",
    "check_payment",
    "decisive_payment",
    "drop_due",
    "due_refunds",
    "entries_of",
    "forget_payers",
    "give_back",
    "gone",
    "hand_back",
    "held",
    "held_of",
    "open_payment",
    "paid_on_file",
    "payments_of",
    "put_off_refund",
    "refund",
    "refund_row",
    "refunds_of",
    "settle",
    "source",
    "store_event",
    "take_over_entries",
    "take_report",
    "tell_refund_stuck",
    "waiting_events",
    "way_of",
    "with_the_shop",
]
