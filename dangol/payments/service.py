"""Opening payments, asking about them, giving money back: every call outside lies between two transactions."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection

from dangol.contracts.payment import (
    GatewayDown,
    PaymentGateway,
    PaymentReport,
    PaymentRequest,
    RefundRefused,
)
from dangol.kernel.errors import NotFound
from dangol.kernel.ids import new_id
from dangol.kernel.money import Money
from dangol.kernel.shop import Shop
from dangol.orders import api as orders
from dangol.payments import amending, amendment_records, charging, giving_back, records
from dangol.payments.model import (
    COUNTING,
    LIVE,
    AlreadyPaid,
    Gateways,
    NoGateway,
    OrderNotPayable,
    PaymentRow,
    PaymentUnderReview,
    RefundRow,
    UnknownMethod,
)
from dangol.payments.settling import book_refund, reconcile_refunds, settle_event, take_report

Connection = AsyncConnection[Any]


def gateway_for(gateways: Gateways, method: str | None) -> PaymentGateway:
    """The first gateway that offers a way of paying. Raises UnknownMethod, NoGateway."""
    if not gateways:
        raise NoGateway
    if method is None:
        return next(iter(gateways.values()))
    for gateway in gateways.values():
        if any(offered.code == method for offered in gateway.methods):
            return gateway
    raise UnknownMethod(method=method)


async def open_payment(
    conn: Connection,
    gateways: Gateways,
    shop: Shop,
    order: str,
    *,
    method: str | None,
    language: str,
    key: str,
    now: datetime,
    return_url: Callable[[str], str],
    kept_for: int | None = None,
) -> PaymentRow:
    """Open the payment of an order, or give the page that is still open; once per key.

    On the page the customer `kept_for` may agree to keep their way of paying for next time.

    The goods are kept for the shopper from now, again if they were let go meanwhile. Raises OrderNotPayable,
    PaymentUnderReview, SoldOut, UnknownMethod, NoGateway, GatewayDown. Call outside any transaction.
    """
    gateway = gateway_for(gateways, method)
    await ask_about_open(conn, gateways, shop, order, now, return_url)
    payment = await _request(conn, gateway, order, method, language, key, now, kept_for)
    if payment.url:
        return payment
    if payment.on_file:  # another call is charging it at this very moment
        raise GatewayDown(gateway=payment.gateway, why="being charged")
    gateway = gateways.get(payment.gateway, gateway)
    page = await gateway.open(
        PaymentRequest(
            reference=payment.reference,
            order=order,
            amount=Money(amount=payment.amount, currency=payment.currency),
            method=payment.method,
            language=payment.language,
            return_url=return_url(payment.reference),
            keep=payment.kept_for is not None,
        ),
        key=payment.reference,
    )
    async with conn.transaction():
        return await records.set_opened(conn, payment.id, page.vendor_ref, page.url)


def not_payable(order: orders.OrderAmount) -> AlreadyPaid | OrderNotPayable:
    """Why no payment is opened for an order that does not wait for one."""
    over = order.status in ("cancelled", "refunded", "pending_payment")
    return (OrderNotPayable if over else AlreadyPaid)(order=order.number, status=order.status)


async def ask_about_open(
    conn: Connection,
    gateways: Gateways,
    shop: Shop,
    order: str,
    now: datetime,
    return_url: Callable[[str], str],
) -> None:
    """A page that looks open may be through already: a shopper is not sent to pay twice.

    A way on file of which nobody knows whether it was charged is charged again under the same key. Raises GatewayDown.
    """
    payment = await records.live_payment(conn, order)
    if payment is not None and payment.vendor_ref:
        await _ask(conn, gateways, shop, payment, now)
    elif payment is not None and payment.on_file:
        await charging.charge(conn, gateways, shop, payment, now, return_url(payment.reference))


async def _request(
    conn: Connection,
    gateway: PaymentGateway,
    number: str,
    method: str | None,
    language: str,
    key: str,
    now: datetime,
    kept_for: int | None,
) -> PaymentRow:
    async with conn.transaction():
        order = await orders.order_amount(conn, number, lock=True)
        known = await records.payment_by_key(conn, key)
        if known is not None:
            return known
        change = await amendment_records.waiting_amendment(conn, number)
        if order.status != "pending_payment" and change is None:
            raise not_payable(order)
        before = await records.payments_of(conn, number)
        if any(payment.state == "mismatched" for payment in before):
            raise PaymentUnderReview(order=number)
        await (amending.keep(conn, change, now) if change else orders.keep_goods(conn, number, now))
        for payment in before:
            if payment.state in LIVE:
                return payment
        return await records.insert_payment(
            conn,
            reference=new_id("pay"),
            key=key,
            order=number,
            gateway=gateway.name,
            method=method,
            currency=order.currency,
            amount=change.amount if change else order.total,
            language=language,
            now=now,
            amendment_id=change.id if change else None,
            kept_for=kept_for,
        )


async def check_payment(
    conn: Connection,
    gateways: Gateways,
    shop: Shop,
    order: str,
    now: datetime,
    return_url: Callable[[str], str],
) -> PaymentRow | None:
    """How the payment of an order stands; an open one is asked about at its gateway. Call outside a transaction.

    A gateway that does not answer leaves what is stored. None: none was ever opened.
    """
    with contextlib.suppress(GatewayDown):
        await ask_about_open(conn, gateways, shop, order, now, return_url)
    return await decisive_payment(conn, order)


async def decisive_payment(conn: Connection, order: str) -> PaymentRow | None:
    """The payment that tells how an order stands: that of its last change, else the one that counts, one under review."""
    found = await records.payments_of(conn, order)
    if found and found[0].amendment_id is not None:
        return found[0]
    for states in (COUNTING, {"mismatched"}, LIVE):
        for payment in found:
            if payment.state in states:
                return payment
    return found[0] if found else None


async def _ask(conn: Connection, gateways: Gateways, shop: Shop, payment: PaymentRow, now: datetime) -> None:
    report = await look_up(gateways, payment, wanted=await is_wanted(conn, payment))
    if report is not None:
        await take_report(conn, shop, payment.gateway, report, now)


async def is_wanted(conn: Connection, payment: PaymentRow) -> bool:
    """Whether the order, or the change, of a payment still waits for this very money: what was approved is then taken."""
    if payment.amendment_id is not None:
        change = await amendment_records.amendment_row(conn, payment.amendment_id)
        return change.state == "waiting" and change.amount == payment.amount
    order = await orders.order_amount(conn, payment.order_number)
    return order.status == "pending_payment" and order.total == payment.amount


async def look_up(gateways: Gateways, payment: PaymentRow, *, wanted: bool) -> PaymentReport | None:
    """What the gateway says of a payment that is still open; None when there is nothing new to be heard.

    Money the shopper approved is taken when it is `wanted`; otherwise it stays where it is. Call outside a transaction.
    """
    gateway = gateways.get(payment.gateway)
    if gateway is None or payment.vendor_ref is None or payment.state not in LIVE:
        return None
    try:
        report = await gateway.look_up(payment.vendor_ref)
        if report.state == "approved" and wanted:
            money = Money(amount=payment.amount, currency=payment.currency)
            report = await gateway.complete(payment.vendor_ref, money, key=payment.reference)
    except (GatewayDown, NotFound):
        return None
    return report


async def settle(
    conn: Connection, gateways: Gateways, shop: Shop, gateway: str, event: str, now: datetime
) -> str:
    """Work off one event of the inbox; money a shopper only approved is taken if the order still waits for it.

    While the gateway is silent the event stays in the inbox (`waiting`). Call outside any transaction.
    """
    outcome = await settle_event(conn, shop, gateway, event, now)
    row = await records.event_row(conn, gateway, event) if outcome == "complete" else None
    if row is None:
        return outcome
    payment = await records.payment_told_of(conn, gateway, PaymentReport.model_validate(row.report))
    assert payment is not None
    wanted = await is_wanted(conn, payment)
    report = await look_up(gateways, payment, wanted=wanted)
    if wanted and (report is None or report.state == "approved"):
        return "waiting"
    async with conn.transaction():
        outcome = str(await take_report(conn, shop, gateway, report, now)) if report else "nothing"
        await records.finish_event(conn, gateway, event, outcome, now)
    return outcome


async def refund(
    conn: Connection, gateways: Gateways, order: str, amount: int, *, key: str, cause: str, now: datetime
) -> RefundRow:
    """Give back money of an order (minor units), once per key, never more than came in.

    Raises RefundRefused (`left` says how much could be given), GatewayDown: then it is tried again by itself.
    Call outside any transaction.
    """
    async with conn.transaction():
        await orders.order_amount(conn, order, lock=True)
        rows = await giving_back.request(conn, order, amount, key=key, cause=cause, now=now)
    done = rows
    for row in rows:
        done = [await carry_out_refund(conn, gateways, row.id, now)]
        if done[0].state != "done":
            break
    return done[0]


async def carry_out_refund(conn: Connection, gateways: Gateways, refund_id: int, now: datetime) -> RefundRow:
    """Ask the gateway for a refund that was written down, and write what it answered; once, however often called.

    Raises GatewayDown (ask again later), RefundRefused (noted for staff), NotFound. Outside any transaction.
    """
    asked = await records.refund_row(conn, refund_id)
    if asked is None:
        raise NotFound(refund=refund_id)
    if asked.state != "requested":
        return asked
    payment = await records.payment_row(conn, asked.payment_id)
    gateway = gateways.get(payment.gateway)
    if gateway is None or payment.vendor_ref is None:
        raise GatewayDown(gateway=payment.gateway, why="not connected")
    money = Money(amount=asked.amount, currency=payment.currency)
    try:
        report = await gateway.refund(payment.vendor_ref, money, key=asked.reference)
    except (RefundRefused, NotFound) as no:
        await _note_refused(conn, asked, payment, no.code, now)
        await _look_again(conn, gateway, payment, now)
        raise
    async with conn.transaction():
        await orders.order_amount(conn, payment.order_number, lock=True)
        payment = await records.lock_payment(conn, payment.id)
        row = await records.refund_row(conn, refund_id)
        if row is not None and row.state == "requested":
            await records.finish_refund(conn, refund_id, "done", now)
            await book_refund(conn, payment, asked.amount, now, cause=asked.cause)
            payment = await records.lock_payment(conn, payment.id)
            await reconcile_refunds(conn, payment, report, now)
    done = await records.refund_row(conn, refund_id)
    assert done is not None
    return done


async def _look_again(conn: Connection, gateway: PaymentGateway, payment: PaymentRow, now: datetime) -> None:
    """What was given back by hand while our own refund was on its way could not be told apart before."""
    assert payment.vendor_ref is not None
    try:
        report = await gateway.look_up(payment.vendor_ref)
    except (GatewayDown, NotFound):
        return
    async with conn.transaction():
        await orders.order_amount(conn, payment.order_number, lock=True)
        payment = await records.lock_payment(conn, payment.id)
        await reconcile_refunds(conn, payment, report, now)
        payment = await records.lock_payment(conn, payment.id)
        if payment.state == "surplus" and payment.refunded < payment.received:
            # part of what nobody wanted was given back by hand: the rest still goes back by itself
            rest = payment.received - payment.refunded
            reference = f"rest:{payment.reference}:{payment.refunded}"
            await records.request_refund(
                conn, payment.id, rest, reference=reference, cause="surplus", now=now
            )


async def tell_refund_stuck(conn: Connection, refund_id: int, trouble: str, now: datetime) -> None:
    """Let staff know that a gateway has not answered to a refund for long; it is still tried."""
    row = await records.refund_row(conn, refund_id)
    if row is not None:
        payment = await records.payment_row(conn, row.payment_id)
        money = {"amount": row.amount, "currency": payment.currency}
        details = {"amount": money, "why": trouble}
        await orders.announce_order(conn, "refund_failed", payment.order_number, details, now)


async def _note_refused(
    conn: Connection, row: RefundRow, payment: PaymentRow, trouble: str, now: datetime
) -> None:
    async with conn.transaction():
        await orders.order_amount(conn, payment.order_number, lock=True)
        await records.finish_refund(conn, row.id, "refused", now, trouble=trouble)
        money = {"amount": row.amount, "currency": payment.currency}
        await orders.announce_order(
            conn, "refund_failed", payment.order_number, {"amount": money, "why": trouble}, now
        )
