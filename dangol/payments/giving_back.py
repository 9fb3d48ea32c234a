"""Money that goes back: by the payments it came in with, the first of them first, and never more than came in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from psycopg import AsyncConnection

from dangol.contracts.payment import RefundRefused
from dangol.payments import records
from dangol.payments.model import COUNTING, PaymentRow, RefundRow
from dangol.payments.rules import shares

Connection = AsyncConnection[Any]


async def left(conn: Connection, order: str) -> int | None:
    """How much of an order's payments is with the shop (minor units); None: it was not paid here."""
    paid = await records.counting_payments(conn, order)
    return sum([await records.left_of(conn, each) for each in paid]) if paid else None


async def request(
    conn: Connection, order: str, amount: int, *, key: str, cause: str, now: datetime
) -> list[RefundRow]:
    """Write down that money of an order goes back, once per key: a refund for each payment it is taken from.

    Raises RefundRefused (`left` says how much could be given). Call inside a transaction, with the order locked.
    """
    payments = await _refundable(conn, order)
    references = [f"{key}/{place}" if place else key for place in range(len(payments) or 1)]
    known = await records.refunds_by_reference(conn, references)
    if known:
        return known
    there = [await records.left_of(conn, payment) for payment in payments]
    if not 0 < amount <= sum(there):
        raise RefundRefused(order=order, asked=amount, left=sum(there))
    parts = zip(payments, shares(there, amount), strict=True)
    wanted = [(payment, part) for payment, part in parts if part]
    return [
        await records.request_refund(conn, payment.id, part, reference=reference, cause=cause, now=now)
        for reference, (payment, part) in zip(references, wanted, strict=False)
    ]


async def _refundable(conn: Connection, order: str) -> list[PaymentRow]:
    found = await records.payments_of(conn, order)
    counting = [payment for payment in found if payment.state in COUNTING]
    flagged = [payment for payment in found if payment.state == "mismatched"]
    locked = [await records.lock_payment(conn, payment.id) for payment in counting or flagged[:1]]
    return sorted(locked, key=lambda payment: payment.id)
