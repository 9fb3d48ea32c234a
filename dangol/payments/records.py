"""Every query of the payments room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dangol.contracts.payment import PaymentReport
from dangol.payments.model import COUNTING, LIVE, EventRow, PaymentRow, RefundRow, State

Connection = AsyncConnection[Any]


async def _payments(conn: Connection, where: str, *values: Any) -> list[PaymentRow]:
    async with conn.cursor(row_factory=class_row(PaymentRow)) as cursor:
        await cursor.execute(f"select * from payments where {where}", values)  # noqa: S608
        return await cursor.fetchall()


async def insert_payment(
    conn: Connection,
    *,
    reference: str,
    key: str,
    order: str,
    gateway: str,
    method: str | None,
    currency: str,
    amount: int,
    language: str,
    now: datetime,
    amendment_id: int | None = None,
    on_file: str | None = None,
    kept_for: int | None = None,
) -> PaymentRow:
    """Write down that a payment is asked for, before anybody is asked."""
    async with conn.cursor(row_factory=class_row(PaymentRow)) as cursor:
        await cursor.execute(
            "insert into payments (reference, request_key, order_number, gateway, method, currency, amount, state,"
            " language, opened_at, amendment_id, on_file, kept_for)"
            " values (%s, %s, %s, %s, %s, %s, %s, 'requested', %s, %s, %s, %s, %s) returning *",
            (
                reference,
                key,
                order,
                gateway,
                method,
                currency,
                amount,
                language,
                now,
                amendment_id,
                on_file,
                kept_for,
            ),
        )
        row = await cursor.fetchone()
        assert row is not None
        return row


async def payment_by_key(conn: Connection, key: str) -> PaymentRow | None:
    """The payment a call asked for."""
    return next(iter(await _payments(conn, "request_key = %s", key)), None)


async def payment_by_reference(conn: Connection, reference: str) -> PaymentRow | None:
    """A payment by the shop's own id of it."""
    return next(iter(await _payments(conn, "reference = %s", reference)), None)


async def payment_told_of(conn: Connection, gateway: str, report: PaymentReport) -> PaymentRow | None:
    """The payment a report is about: by the gateway's id, else (its answer still on the way) by ours."""
    found = await _payments(conn, "gateway = %s and vendor_ref = %s", gateway, report.vendor_ref)
    if not found:
        found = await _payments(
            conn, "gateway = %s and reference = %s and vendor_ref is null", gateway, report.reference
        )
    return next(iter(found), None)


async def lock_payment(conn: Connection, payment_id: int) -> PaymentRow:
    """A payment, locked until the transaction ends; lock its order first."""
    return (await _payments(conn, "id = %s for update", payment_id))[0]


async def payment_row(conn: Connection, payment_id: int) -> PaymentRow:
    """A payment by its number."""
    return (await _payments(conn, "id = %s", payment_id))[0]


async def payments_of(conn: Connection, order: str) -> list[PaymentRow]:
    """The payments of an order, newest first."""
    return await _payments(conn, "order_number = %s order by id desc", order)


async def live_payment(conn: Connection, order: str) -> PaymentRow | None:
    """The payment of an order that is still open."""
    found = await _payments(conn, "order_number = %s and state = any(%s)", order, sorted(LIVE))
    return next(iter(found), None)


async def counting_payments(conn: Connection, order: str) -> list[PaymentRow]:
    """The payments by which an order and its changes are paid, oldest first."""
    return await _payments(conn, "order_number = %s and state = any(%s) order by id", order, sorted(COUNTING))


async def left_of(conn: Connection, payment: PaymentRow) -> int:
    """What can still be given back of a payment (minor units): what came in less all that was asked for."""
    row = await (
        await conn.execute(
            "select coalesce(sum(amount), 0) from refunds where payment_id = %s and state <> 'refused'",
            (payment.id,),
        )
    ).fetchone()
    assert row is not None
    return max(payment.received - int(row[0]), 0)


async def set_opened(conn: Connection, payment_id: int, vendor_ref: str, url: str) -> PaymentRow:
    """Write what the gateway answered; a state a report brought meanwhile stays."""
    async with conn.cursor(row_factory=class_row(PaymentRow)) as cursor:
        await cursor.execute(
            "update payments set vendor_ref = %s, url = %s,"
            " state = case when state = 'requested' then 'open' else state end where id = %s returning *",
            (vendor_ref, url, payment_id),
        )
        row = await cursor.fetchone()
        assert row is not None
        return row


async def set_state(
    conn: Connection,
    payment: PaymentRow,
    state: State,
    now: datetime,
    *,
    reason: str | None = None,
    received: int | None = None,
    method: str | None = None,
    vendor_ref: str | None = None,
) -> None:
    """Write what a report brought."""
    await conn.execute(
        "update payments set state = %s, reason = %s, received = coalesce(%s, received),"
        " method = coalesce(%s, method), vendor_ref = coalesce(vendor_ref, %s), settled_at = %s where id = %s",
        (state, reason, received, method, vendor_ref, now, payment.id),
    )


async def set_refunded(conn: Connection, payment_id: int, refunded: int, state: State) -> None:
    """Write how much of a payment is given back in all."""
    await conn.execute(
        "update payments set refunded = %s, state = %s where id = %s", (refunded, state, payment_id)
    )


async def store_event(conn: Connection, gateway: str, report: PaymentReport, now: datetime) -> bool:
    """Put what a gateway told in the inbox; False when it lies there already."""
    cursor = await conn.execute(
        "with stored as (insert into payment_events (gateway, event, report, received_at) values (%s, %s, %s, %s)"
        "  on conflict do nothing returning gateway, event)"
        " select pg_notify('payment_events', gateway || ' ' || event) from stored",
        (gateway, report.event, Jsonb(report.model_dump(mode="json")), now),
    )
    return await cursor.fetchone() is not None


async def event_row(conn: Connection, gateway: str, event: str, *, lock: bool = False) -> EventRow | None:
    """An event of the inbox; locked until the transaction ends when asked to."""
    asked = "select * from payment_events where gateway = %s and event = %s"
    async with conn.cursor(row_factory=class_row(EventRow)) as cursor:
        await cursor.execute(f"{asked} for update" if lock else asked, (gateway, event))
        return await cursor.fetchone()


async def finish_event(conn: Connection, gateway: str, event: str, outcome: str, now: datetime) -> None:
    """An event of the inbox is worked off."""
    await conn.execute(
        "update payment_events set worked_at = %s, outcome = %s where gateway = %s and event = %s",
        (now, outcome, gateway, event),
    )


async def waiting_events(conn: Connection, limit: int = 1000) -> list[tuple[str, str]]:
    """What lies in the inbox, oldest first: (gateway, event)."""
    cursor = await conn.execute(
        "select gateway, event from payment_events where worked_at is null order by received_at limit %s",
        (limit,),
    )
    return [(row[0], row[1]) for row in await cursor.fetchall()]


async def _refunds(conn: Connection, where: str, *values: Any) -> list[RefundRow]:
    async with conn.cursor(row_factory=class_row(RefundRow)) as cursor:
        await cursor.execute(f"select * from refunds where {where}", values)  # noqa: S608
        return await cursor.fetchall()


async def request_refund(
    conn: Connection, payment_id: int, amount: int, *, reference: str, cause: str, now: datetime
) -> RefundRow:
    """Write down that money is to be given back, before the gateway is asked; once per reference."""
    await conn.execute(
        "with written as (insert into refunds (reference, payment_id, amount, cause, state, due_at, requested_at)"
        "  values (%s, %s, %s, %s, 'requested', %s, %s) on conflict (reference) do nothing returning id)"
        " select pg_notify('refunds', id::text) from written",
        (reference, payment_id, amount, cause, now, now),
    )
    return (await _refunds(conn, "reference = %s", reference))[0]


async def outside_refund(
    conn: Connection, payment_id: int, amount: int, *, reference: str, now: datetime
) -> None:
    """Money was given back by hand at the gateway."""
    await conn.execute(
        "insert into refunds (reference, payment_id, amount, cause, state, due_at, requested_at, done_at)"
        " values (%s, %s, %s, 'at_the_gateway', 'done', %s, %s, %s) on conflict (reference) do nothing",
        (reference, payment_id, amount, now, now, now),
    )


async def refunds_by_reference(conn: Connection, references: Sequence[str]) -> list[RefundRow]:
    """Refunds by their keys."""
    return await _refunds(conn, "reference = any(%s) order by id", list(references))


async def refund_count(conn: Connection, order: str) -> int:
    """How many refunds were asked for of an order's payments."""
    row = await (
        await conn.execute(
            "select count(*) from refunds r join payments p on p.id = r.payment_id where p.order_number = %s",
            (order,),
        )
    ).fetchone()
    return int(row[0]) if row else 0


async def refund_row(conn: Connection, refund_id: int) -> RefundRow | None:
    """A refund."""
    return next(iter(await _refunds(conn, "id = %s", refund_id)), None)


async def refunds_of(conn: Connection, payment_id: int) -> list[RefundRow]:
    """The refunds of a payment, oldest first."""
    return await _refunds(conn, "payment_id = %s order by id", payment_id)


async def due_refunds(conn: Connection, now: datetime) -> list[RefundRow]:
    """Refunds the gateway is to be asked for now, oldest first."""
    return await _refunds(conn, "state = 'requested' and due_at <= %s order by id limit 1000", now)


async def put_off_refund(conn: Connection, refund_id: int, again_at: datetime, trouble: str) -> None:
    """The gateway did not answer; it is asked again at a moment."""
    await conn.execute(
        "update refunds set attempts = attempts + 1, due_at = %s, trouble = %s"
        " where id = %s and state = 'requested'",
        (again_at, trouble, refund_id),
    )


async def finish_refund(
    conn: Connection, refund_id: int, state: str, now: datetime, *, trouble: str | None = None
) -> None:
    """A refund is through, or was refused."""
    await conn.execute(
        "update refunds set state = %s, done_at = %s, trouble = %s where id = %s",
        (state, now, trouble, refund_id),
    )
