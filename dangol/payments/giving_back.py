"""Money that goes back: by the payments it came in with, the first of them first, and never more than came in."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection

from dangol.contracts.payment import RefundRefused
from dangol.contracts.shopfloor.changes import MoneyBack
from dangol.payments import entries, records
from dangol.payments.model import COUNTING, PaymentRow, RefundRow
from dangol.payments.rules import shares

Connection = AsyncConnection[Any]
# KEY/2 is the part of the second payment, KEY~2 the second try
_FURTHER = re.compile("[/~]")


async def left(conn: Connection, order: str) -> int | None:
    """How much of an order's payments is with the shop (minor units); None: it was not paid here.

    What was given back to a way on file that it did not come by is not there any more either.
    """
    paid = await records.counting_payments(conn, order)
    if not paid:
        return None
    elsewhere = min(0, sum((await entries.held(conn, order)).values()))
    return max(0, sum([await records.left_of(conn, each) for each in paid]) + elsewhere)


async def stands(conn: Connection, order: str) -> tuple[MoneyBack, int]:
    """How far the money of an order that is over has come on its way back, and how much it is (minor units).

    What a gateway refused and has not paid since, as far as it is known, counts as refused.
    """
    paid = [each for each in await records.payments_of(conn, order) if each.received]
    asked = [each for payment in paid for each in await records.refunds_of(conn, payment.id)]
    done = sum(payment.refunded for payment in paid)
    waiting = [each for each in asked if each.state == "requested"]
    under_way = sum(each.amount for each in waiting)
    missing = sum(payment.received for payment in paid) - done - under_way
    refused = min(missing, sum(each.amount for each in asked if each.state == "refused"))
    if refused > 0:
        return "refused", refused
    if waiting:
        return ("unanswered" if any(each.trouble for each in waiting) else "asked"), under_way
    return ("done", done) if done else ("none", 0)


async def gone(conn: Connection, order: str, key: str) -> tuple[int, int]:
    """How much of what was asked for of an order under a key has gone back, and how much may still go by itself.

    All parts and all tries of it count.
    """
    paid = await records.payments_of(conn, order)
    asked = [
        each
        for payment in paid
        for each in await records.refunds_of(conn, payment.id)
        if _FURTHER.split(each.reference)[0] == key
    ]
    done = sum(each.amount for each in asked if each.state == "done")
    return done, sum(each.amount for each in asked if each.state == "requested")


def again(key: str, tries: int) -> str:
    """The key of what is asked for after so many tries; the first try has the key itself."""
    return f"{key}~{tries}" if tries else key


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
    elsewhere = min(0, sum((await entries.held(conn, order)).values()))
    if not 0 < amount <= sum(there) + elsewhere:
        raise RefundRefused(order=order, asked=amount, left=max(0, sum(there) + elsewhere))
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
