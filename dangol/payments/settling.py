"""Settling: what a gateway tells is compared with what the shop stored, and the order follows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from psycopg import AsyncConnection

from dangol.carts.api import CouponRefused
from dangol.contracts.payment import PaymentReport
from dangol.customers import api as customers
from dangol.customers.api import NotEnoughPoints
from dangol.kernel.ids import new_id
from dangol.kernel.shop import Shop
from dangol.orders import api as orders
from dangol.payments import amending, records
from dangol.payments.model import PaymentRow, State
from dangol.payments.rules import Act, act_on, mismatch, state_after_refunds

Connection = AsyncConnection[Any]


async def take_report(
    conn: Connection, shop: Shop, gateway: str, report: PaymentReport, now: datetime
) -> Act | str:
    """Believe a signed report as far as it agrees with what is stored, and let the order follow, in one transaction.

    Told again, told late or told in another order than it happened, it comes to the same. Returns what was done:
    an act (`complete`: the money is to be taken, by `service.settle` and outside any transaction), `mismatch` (flagged
    for staff), `surplus` (money goes back), `unknown` (no such payment), `nothing`.
    """
    async with conn.transaction():
        found = await records.payment_told_of(conn, gateway, report)
        if found is None:
            body = {"gateway": gateway, "reference": report.reference, "state": report.state}
            await orders.announce(conn, "payment_unknown", report.vendor_ref, body, now)
            return "unknown"
        order = await orders.order_amount(conn, found.order_number, lock=True)
        payment = await records.lock_payment(conn, found.id)
        act = act_on(payment.state, report.state)
        if act == "wait":
            await _write(conn, payment, "needs_step_up", report, now)
        elif act == "decline":
            await _write(conn, payment, "declined", report, now)
            await orders.mark_unpaid(conn, order.number, report.reason, now)
        elif act == "abandon":
            await _write(conn, payment, "abandoned", report, now)
        elif act == "take":
            return await _take(conn, shop, payment, report, now)
        elif act == "give_back":
            await reconcile_refunds(conn, payment, report, now)
        return act


async def _write(
    conn: Connection,
    payment: PaymentRow,
    state: State,
    report: PaymentReport,
    now: datetime,
    *,
    received: int | None = None,
    reason: str | None = None,
) -> PaymentRow:
    await records.set_state(
        conn,
        payment,
        state,
        now,
        reason=reason or report.reason,
        received=received,
        method=report.method,
        vendor_ref=report.vendor_ref,
    )
    return await records.lock_payment(conn, payment.id)


async def _take(
    conn: Connection, shop: Shop, payment: PaymentRow, report: PaymentReport, now: datetime
) -> Act | str:
    received = report.amount.amount
    differs = mismatch(payment, report)
    if differs:
        payment = await _write(conn, payment, "mismatched", report, now, received=received, reason=differs)
        await orders.announce_order(
            conn,
            "payment_mismatch",
            payment.order_number,
            {
                "gateway": payment.gateway,
                "asked": {"amount": payment.amount, "currency": payment.currency},
                "received": {"amount": received, "currency": report.amount.currency},
            },
            now,
        )
        await reconcile_refunds(conn, payment, report, now)
        return "mismatch"
    already_back = report.refunded is not None and report.refunded.amount >= received
    trouble = "refunded_at_once" if already_back else await _pay_order(conn, shop, payment, report, now)
    if trouble is None:
        payment = await _write(conn, payment, "paid", report, now, received=received)
        await _keep_way(conn, payment, report)
        await reconcile_refunds(conn, payment, report, now)
        return "take"
    payment = await _write(conn, payment, "surplus", report, now, received=received, reason=trouble)
    if already_back:
        await reconcile_refunds(conn, payment, report, now)
    else:
        await _send_back(conn, payment, trouble, now)
    return "surplus"


async def _keep_way(conn: Connection, payment: PaymentRow, report: PaymentReport) -> None:
    """The way of paying its owner agreed on the gateway's page to keep is on file from now on."""
    if report.kept is None or payment.kept_for is None:
        return
    kept = report.kept
    way = customers.StoredMethod(
        new_id("way"), payment.kept_for, kept.kind, kept.brand, kept.last_four,
        gateway=payment.gateway, token=kept.token,
    )  # fmt: skip
    await customers.take_over_methods(conn, [way])


async def _pay_order(
    conn: Connection, shop: Shop, payment: PaymentRow, report: PaymentReport, now: datetime
) -> str | None:
    """Mark the order paid; why it cannot be, when its time was up and it cannot be brought back."""
    if payment.amendment_id is not None:
        return await amending.carry_out(conn, shop, payment, report.method, now)
    if await records.counting_payments(conn, payment.order_number):
        return "paid_before"
    order = await orders.order_amount(conn, payment.order_number)
    if order.status == "pending_payment" and order.total != payment.amount:
        return "changed"  # paid on a page that was opened before the order was changed
    try:
        await orders.mark_paid(conn, shop, payment.order_number, now=now, paid_with=report.method)
    except (orders.SoldOut, NotEnoughPoints, CouponRefused, orders.NotInThisState) as no:
        return no.code
    return None


async def _send_back(conn: Connection, payment: PaymentRow, trouble: str, now: datetime) -> None:
    """Money nobody asked for, or for goods that are gone, goes back by itself, with an apology."""
    await records.request_refund(
        conn, payment.id, payment.received, reference=f"back:{payment.reference}", cause=trouble, now=now
    )
    if payment.amendment_id is None and trouble not in ("paid_before", "changed"):
        await orders.cancel_unpaid(conn, payment.order_number, now, why="sold_out")
    money = {"amount": payment.received, "currency": payment.currency}
    details = {"why": trouble, "amount": money}
    await orders.announce_order(conn, "payment_returned", payment.order_number, details, now)


async def reconcile_refunds(
    conn: Connection, payment: PaymentRow, report: PaymentReport, now: datetime
) -> None:
    """What the gateway gave back beyond what was asked here (by hand, on its own pages) is written down.

    While a refund of ours is on its way the figures cannot be told apart; its answer brings them here again.
    """
    if report.refunded is None:
        return
    known = await records.refunds_of(conn, payment.id)
    if any(refund.state == "requested" for refund in known):
        return
    done = sum(refund.amount for refund in known if refund.state == "done")
    beyond = min(report.refunded.amount, payment.received) - done
    if beyond > 0:
        reference = f"outside:{payment.reference}:{report.refunded.amount}"
        await records.outside_refund(conn, payment.id, beyond, reference=reference, now=now)
        await book_refund(conn, payment, beyond, now)


async def book_refund(
    conn: Connection, payment: PaymentRow, amount: int, now: datetime, *, cause: str = ""
) -> None:
    """Money of a payment is back with the shopper: the payment, its order and the shopper hear of it."""
    refunded = payment.refunded + amount
    await records.set_refunded(conn, payment.id, refunded, state_after_refunds(payment, refunded))
    # a price difference was taken off the order's total when it was changed
    if payment.state in ("paid", "partly_refunded") and cause != "difference":
        await orders.mark_refunded(conn, payment.order_number, amount, now=now)
    await orders.announce_order(
        conn,
        "refund_done",
        payment.order_number,
        {"amount": {"amount": amount, "currency": payment.currency}, "whole": refunded >= payment.received},
        now,
    )


async def settle_event(conn: Connection, shop: Shop, gateway: str, event: str, now: datetime) -> str:
    """Work off one event of the inbox, once; returns what came of it.

    At `complete` it stays in the inbox: the money is taken outside this transaction (`service.settle`).
    """
    async with conn.transaction():
        row = await records.event_row(conn, gateway, event, lock=True)
        if row is None:
            return "gone"
        if row.worked_at is not None:
            return row.outcome or "nothing"
        outcome = await take_report(conn, shop, gateway, PaymentReport.model_validate(row.report), now)
        if outcome != "complete":
            await records.finish_event(conn, gateway, event, outcome, now)
        return outcome
