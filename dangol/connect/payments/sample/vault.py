"""What the sample gateway keeps, in a schema of its own: no table of the shop is read or written here."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row

from dangol.kernel.ids import new_id

Connection = AsyncConnection[Any]
OpenConnection = Callable[[], AbstractAsyncContextManager[Connection]]

_SCHEMA = """
create schema if not exists sample_gateway;
create table if not exists sample_gateway.payments (
    id           text primary key,
    key          text not null unique,
    reference    text not null,
    order_number text not null,
    amount       bigint not null check (amount > 0),
    currency     text not null,
    method       text not null,
    language     text not null,
    return_url   text not null,
    state        text not null default 'open',
    charged      bigint not null default 0,
    refunded     bigint not null default 0 check (refunded <= charged),
    reason       text,
    wrong_codes  integer not null default 0,
    charge       bigint,
    copies       integer not null default 1,
    delay        double precision not null default 0,
    opened_at    timestamptz not null
);
alter table sample_gateway.payments add column if not exists may_keep boolean not null default false,
    add column if not exists keep_card text, add column if not exists kept text;
create table if not exists sample_gateway.ways (
    token text primary key,
    card  text not null
);
create table if not exists sample_gateway.refunds (
    key        text primary key,
    payment_id text not null references sample_gateway.payments (id),
    amount     bigint not null check (amount > 0)
);
create table if not exists sample_gateway.webhooks (
    id         bigint generated always as identity primary key,
    event      text not null,
    payment_id text not null references sample_gateway.payments (id),
    body       text not null,
    due_at     timestamptz,
    attempts   integer not null default 0,
    sent_at    timestamptz
);
"""
_LOCK = 7_301_120
_TESTING = "test_"  # "test_success": a token of a test card that needs not be kept first
BRAND = "Visa"
CARDS = {
    "success": "4000 0000 0000 0000",
    "step_up": "4000 0000 0000 3220",
    "declined_funds": "4000 0000 0000 9995",
    "declined_expired": "4000 0000 0000 0069",
}
EXPIRED = "expired_card"


@dataclass(frozen=True)
class Payment:
    """A payment at the gateway. `charge`, `copies` and `delay` are the testers' knobs."""

    id: str
    key: str
    reference: str
    order_number: str
    amount: int
    currency: str
    method: str
    language: str
    return_url: str
    state: str
    charged: int
    refunded: int
    reason: str | None
    wrong_codes: int
    charge: int | None
    copies: int
    delay: float
    opened_at: datetime
    may_keep: bool = False
    keep_card: str | None = None  # the card the shopper agreed to keep
    kept: str | None = None  # its token, once it has paid


@dataclass(frozen=True)
class Parcel:
    """A webhook on its way."""

    id: int
    body: str
    attempts: int


class KeyTaken(Exception):
    """The idempotency key was used for something else."""


class MoreThanPaid(Exception):
    """More is to be given back than was taken."""


class CardExpired(Exception):
    """The card that paid is no more; nothing can be given back to it."""


def told(payment: Payment, public_url: str) -> dict[str, Any]:
    """A payment as the API and the webhooks write it."""
    return {
        "id": payment.id,
        "url": f"{public_url}/pay/{payment.id}",
        "reference": payment.reference,
        "order": payment.order_number,
        "state": payment.state,
        "amount": payment.amount,
        "currency": payment.currency,
        "charged": payment.charged,
        "refunded": payment.refunded,
        "method": payment.method,
        "reason": payment.reason,
        "kept": _kept(payment),
    }


def _kept(payment: Payment) -> dict[str, Any] | None:
    if payment.kept is None or payment.keep_card is None:
        return None
    return {"token": payment.kept, "brand": BRAND, "last_four": CARDS[payment.keep_card][-4:]}


class Vault:
    """The gateway's own books."""

    def __init__(self, open_connection: OpenConnection, public_url: str) -> None:
        self._open = open_connection
        self._public_url = public_url

    async def lay(self) -> None:
        """Create the schema where there is none."""
        async with self._open() as conn, conn.transaction():
            await conn.execute("select pg_advisory_xact_lock(%s)", (_LOCK,))
            await conn.execute(_SCHEMA)

    async def open_payment(self, key: str, asked: dict[str, Any], now: datetime) -> Payment:
        """A new payment, or the one this key opened. Raises KeyTaken."""
        async with self._open() as conn, conn.transaction():
            await conn.execute(
                "insert into sample_gateway.payments"
                " (id, key, reference, order_number, amount, currency, method, language, return_url, opened_at,"
                " may_keep) values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) on conflict (key) do nothing",
                (
                    new_id("sp"), key, asked["reference"], asked["order"], asked["amount"], asked["currency"],
                    asked["method"], asked["language"], asked["return_url"], now, asked.get("keep", False),
                ),
            )  # fmt: skip
            payment = await _one(conn, "key = %s", key)
            assert payment is not None
            same = (payment.reference, payment.amount, payment.currency)
            if same != (asked["reference"], asked["amount"], asked["currency"]):
                raise KeyTaken
            return payment

    async def payment(self, payment_id: str) -> Payment | None:
        """A payment by the gateway's id."""
        async with self._open() as conn:
            return await _one(conn, "id = %s", payment_id)

    async def card_of(self, token: str) -> str | None:
        """The card a token stands for; None when there is none."""
        if token.startswith(_TESTING):
            return token.removeprefix(_TESTING) if token.removeprefix(_TESTING) in CARDS else None
        async with self._open() as conn:
            found = await conn.execute("select card from sample_gateway.ways where token = %s", (token,))
            row = await found.fetchone()
            return str(row[0]) if row else None

    async def wish_kept(self, payment_id: str, card: str | None) -> None:
        """The shopper agreed on the page to keep this card for next time, or (None) did not."""
        async with self._open() as conn:
            await conn.execute(
                "update sample_gateway.payments set keep_card = %s where id = %s and may_keep",
                (card, payment_id),
            )

    async def turn_knobs(
        self, payment_id: str, *, charge: int | None, copies: int, delay: float
    ) -> Payment | None:
        """Make a payment behave badly: charge another amount, tell it several times or late (-1: when released)."""
        async with self._open() as conn:
            await conn.execute(
                "update sample_gateway.payments set charge = %s, copies = %s, delay = %s where id = %s",
                (charge, copies, delay, payment_id),
            )
            return await _one(conn, "id = %s", payment_id)

    async def settle(
        self, payment_id: str, state: str, now: datetime, *, reason: str | None = None
    ) -> Payment | None:
        """What the shopper did on the page; a payment that is through does not move any more."""
        async with self._open() as conn, conn.transaction():
            before = await _one(conn, "id = %s for update", payment_id)
            if before is None or before.state not in ("open", "needs_step_up") or before.state == state:
                return before
            charged = (before.charge or before.amount) if state == "paid" else 0
            kept = new_id("sw") if state == "paid" and before.keep_card else None
            if kept is not None:
                await conn.execute(
                    "insert into sample_gateway.ways (token, card) values (%s, %s)", (kept, before.keep_card)
                )
            await conn.execute(
                "update sample_gateway.payments set state = %s, reason = %s, charged = %s, kept = %s where id = %s",
                (state, reason, charged, kept, payment_id),
            )
            after = await _one(conn, "id = %s", payment_id)
            assert after is not None
            await self._queue(conn, after, now)
            return after

    async def expire_card(self, payment_id: str) -> Payment | None:
        """The card of a payment that is through runs out: refunds to it are refused from now on."""
        async with self._open() as conn:
            await conn.execute(
                "update sample_gateway.payments set reason = %s where id = %s and charged > 0",
                (EXPIRED, payment_id),
            )
            return await _one(conn, "id = %s", payment_id)

    async def wrong_code(self, payment_id: str) -> int:
        """Count a wrong step-up code; returns how many there were."""
        async with self._open() as conn:
            row = await (
                await conn.execute(
                    "update sample_gateway.payments set wrong_codes = wrong_codes + 1 where id = %s"
                    " returning wrong_codes",
                    (payment_id,),
                )
            ).fetchone()
            return int(row[0]) if row else 0

    async def refund(self, payment_id: str, key: str, amount: int, now: datetime) -> Payment | None:
        """Give money back once per key. Raises MoreThanPaid, CardExpired, KeyTaken."""
        async with self._open() as conn, conn.transaction():
            payment = await _one(conn, "id = %s for update", payment_id)
            if payment is None:
                return None
            known = await (
                await conn.execute(
                    "select payment_id, amount from sample_gateway.refunds where key = %s", (key,)
                )
            ).fetchone()
            if known is not None:
                if tuple(known) != (payment_id, amount):
                    raise KeyTaken
                return payment
            if payment.reason == EXPIRED:
                raise CardExpired
            if payment.refunded + amount > payment.charged:
                raise MoreThanPaid
            await conn.execute(
                "insert into sample_gateway.refunds (key, payment_id, amount) values (%s, %s, %s)",
                (key, payment_id, amount),
            )
            whole = payment.refunded + amount == payment.charged
            await conn.execute(
                "update sample_gateway.payments set refunded = refunded + %s, state = %s where id = %s",
                (amount, "refunded" if whole else "partly_refunded", payment_id),
            )
            after = await _one(conn, "id = %s", payment_id)
            assert after is not None
            await self._queue(conn, after, now)
            return after

    async def _queue(self, conn: Connection, payment: Payment, now: datetime) -> None:
        kind = "step_up" if payment.state == "needs_step_up" else payment.state
        event = new_id("ev")
        body = {"id": event, "type": f"payment.{kind}", "payment": told(payment, self._public_url)}
        due = None if payment.delay < 0 else now + timedelta(seconds=payment.delay)
        for _ in range(max(1, payment.copies)):
            await conn.execute(
                "insert into sample_gateway.webhooks (event, payment_id, body, due_at) values (%s, %s, %s, %s)",
                (event, payment.id, json.dumps(body, ensure_ascii=False), due),
            )

    async def release(self, payment_id: str, now: datetime) -> int:
        """Let held webhooks of a payment go; how many there were."""
        async with self._open() as conn:
            cursor = await conn.execute(
                "update sample_gateway.webhooks set due_at = %s where payment_id = %s and sent_at is null"
                " and (due_at is null or due_at > %s)",
                (now, payment_id, now),
            )
            return cursor.rowcount

    async def claim(self, now: datetime, longest_wait: int) -> Parcel | None:
        """The next webhook that is due; its next try is put off at once, so that a crash only delays it."""
        async with self._open() as conn, conn.cursor(row_factory=class_row(Parcel)) as cursor:
            await cursor.execute(
                "update sample_gateway.webhooks set attempts = attempts + 1,"
                " due_at = %(now)s + make_interval(secs => least(power(2, attempts + 1), %(longest)s))"
                " where id = (select id from sample_gateway.webhooks where sent_at is null and due_at <= %(now)s"
                "   order by due_at, id limit 1 for update skip locked)"
                " returning id, body, attempts",
                {"now": now, "longest": longest_wait},
            )
            return await cursor.fetchone()

    async def sent(self, webhook_id: int, now: datetime) -> None:
        """A webhook arrived, or no more is tried."""
        async with self._open() as conn:
            await conn.execute(
                "update sample_gateway.webhooks set sent_at = %s where id = %s", (now, webhook_id)
            )


async def _one(conn: Connection, where: str, value: str) -> Payment | None:
    async with conn.cursor(row_factory=class_row(Payment)) as cursor:
        await cursor.execute(f"select * from sample_gateway.payments where {where}", (value,))  # noqa: S608
        return await cursor.fetchone()
