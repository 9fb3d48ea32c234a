"""Whatever happens in whatever order, money and goods are conserved to the unit: real database, random histories."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from orders.floor import SHOE, SOCK, placed, put_on_shelf

from dangol.contracts.payment import (
    GatewayDown,
    PaymentPage,
    PaymentReport,
    PaymentRequest,
    PaymentState,
    RefundRefused,
    Webhook,
)
from dangol.customers import api as customers
from dangol.kernel.clock import TurnedClock
from dangol.kernel.errors import NotFound, Refused
from dangol.kernel.money import Money
from dangol.kernel.shop import Shop
from dangol.kernel.tools import ToolContext
from dangol.orders import api as orders
from dangol.payments import api as payments

Connection = psycopg.AsyncConnection[Any]
STOCK = {SHOE: 3, SOCK: 4}


@dataclass
class Account:
    """A payment in the vendor's own books."""

    request: PaymentRequest
    state: PaymentState = "open"
    charged: int = 0
    refunded: int = 0


@dataclass
class Vendor:
    """A vendor that keeps honest books, answers or does not, and tells in whatever order the test wants."""

    name: str = "vendor"
    methods: tuple[()] = ()
    books: dict[str, Account] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    refunds: dict[str, tuple[str, int]] = field(default_factory=dict)
    reports: list[PaymentReport] = field(default_factory=list)
    silent: bool = False

    async def open(self, request: PaymentRequest, *, key: str) -> PaymentPage:
        ref = self.keys.setdefault(key, f"v{len(self.keys)}")
        self.books.setdefault(ref, Account(request))
        self._answer()  # it may have opened and still not answered
        return PaymentPage(vendor_ref=ref, url=f"https://pay.example.com/{ref}")

    async def look_up(self, vendor_ref: str) -> PaymentReport:
        self._answer()
        if vendor_ref not in self.books:
            raise NotFound
        return self._report(vendor_ref, "seen")

    async def refund(self, vendor_ref: str, amount: Money, *, key: str) -> PaymentReport:
        account = self.books[vendor_ref]
        if key not in self.refunds:
            if account.refunded + amount.amount > account.charged:
                raise RefundRefused
            self.refunds[key] = (vendor_ref, amount.amount)
            account.refunded += amount.amount
            account.state = "refunded" if account.refunded == account.charged else "partly_refunded"
            self.reports.append(self._report(vendor_ref, f"event{len(self.reports)}"))
        self._answer()
        return self._report(vendor_ref, f"refund {key}")

    def act(self, ref: str, state: PaymentState, charged: int) -> None:
        account = self.books[ref]
        if account.state in ("open", "needs_step_up"):
            account.state = state
            account.charged = charged if state == "paid" else 0
            self.reports.append(self._report(ref, f"event{len(self.reports)}"))

    async def complete(self, vendor_ref: str, amount: Money, *, key: str) -> PaymentReport:
        raise NotImplementedError

    async def hear(self, webhook: Webhook) -> list[PaymentReport]:
        raise NotImplementedError

    def _answer(self) -> None:
        if self.silent:
            raise GatewayDown

    def _report(self, ref: str, event: str) -> PaymentReport:
        account = self.books[ref]
        currency = account.request.amount.currency
        shown = account.charged if account.charged else account.request.amount.amount
        return PaymentReport(
            event=event if event != "seen" else f"seen {ref} {account.state} {account.refunded}",
            vendor_ref=ref,
            reference=account.request.reference,
            state=account.state,
            amount=Money(amount=shown, currency=currency),
            refunded=Money(amount=account.refunded, currency=currency),
            reason="declined" if account.state == "declined" else None,
        )


_WHICH = st.integers(0, 3)
_ACTS = st.sampled_from(["paid", "paid", "paid", "paid", "declined", "abandoned", "needs_step_up"])
_OFF = st.sampled_from([0, 0, 0, 0, 0, -100, 500])  # minor units more or less than was asked for
_VISIT = st.tuples(
    st.just("visit"),
    st.sampled_from([SHOE, SOCK]),
    st.integers(1, 2),
    st.booleans(),
    _ACTS,
    _OFF,
    st.booleans(),
)
_ELSE = st.one_of(
    st.tuples(st.just("open"), _WHICH),
    st.tuples(st.just("act"), _WHICH, _ACTS, _OFF),
    st.tuples(st.just("tell"), st.integers(0, 9)),
    st.tuples(st.just("check"), _WHICH),
    st.tuples(st.just("wait"), st.sampled_from([1, 31, 49 * 60])),
    st.tuples(st.just("refund"), _WHICH, st.integers(1, 100_000), st.integers(0, 3)),
    st.tuples(st.just("refund_all"), _WHICH),
    st.tuples(st.just("carry")),
    st.tuples(st.just("silence"), st.booleans()),
    st.tuples(st.just("by_hand"), _WHICH, st.integers(1, 90_000)),
    st.tuples(st.just("pay_after_decline"), _WHICH),
)
steps = st.lists(st.tuples(_VISIT, _ELSE, _ELSE, _ELSE, _ELSE), min_size=2, max_size=6).map(
    lambda groups: [step for group in groups for step in group]
)


@dataclass
class World:
    ctx: ToolContext
    clock: TurnedClock
    vendor: Vendor
    customer: int
    numbers: list[str] = field(default_factory=list)
    keys: int = 0

    @property
    def conn(self) -> Connection:
        return self.ctx.conn

    async def do(self, step: tuple[Any, ...]) -> None:
        with contextlib.suppress(Refused):
            await getattr(self, step[0])(*step[1:])

    def order(self, index: int) -> str:
        if not self.numbers:
            raise NotFound
        return self.numbers[index % len(self.numbers)]

    def ref(self, index: int) -> str:
        if not self.vendor.books:
            raise NotFound
        return sorted(self.vendor.books)[index % len(self.vendor.books)]

    async def place(self, sku: str, quantity: int, known: bool) -> None:
        self.keys += 1
        shopper = replace(
            self.ctx.shopper,
            conversation_id=f"c_{self.keys}",
            customer_id=self.customer if known else None,
            role="customer" if known else "visitor",
        )
        if known:
            await self.conn.execute("delete from cart_lines")
        ctx = replace(self.ctx, now=self.clock.now(), shopper=shopper)
        self.numbers.append(await placed(ctx, {sku: quantity}))

    async def visit(
        self, sku: str, quantity: int, known: bool, state: PaymentState, off: int, told: bool
    ) -> None:
        """Somebody orders, goes to the page and does something there; the vendor tells of it at once, or later."""
        await self.place(sku, quantity, known)
        await self.open(-1)
        newest = f"v{len(self.vendor.keys) - 1}"
        self.vendor.act(newest, state, self.vendor.books[newest].request.amount.amount + off)
        if told:
            await self.tell(-1)

    async def pay_after_decline(self, index: int) -> None:
        """The vendor lets somebody pay on a page it had called declined."""
        account = self.vendor.books[self.ref(index)]
        if account.state in ("declined", "abandoned"):
            account.state = "open"
            await self.act(index, "paid", 0)

    async def refund_all(self, index: int) -> None:
        payment = await payments.decisive_payment(self.conn, self.order(index))
        if payment is not None:
            await self.refund(index, payment.received - payment.refunded, self.keys)

    async def open(self, index: int) -> None:
        self.keys += 1
        await payments.open_payment(
            self.conn,
            {"vendor": self.vendor},
            self.ctx.shop,
            self.order(index),
            method=None,
            language="ko",
            key=f"k{self.keys}",
            now=self.clock.now(),
            return_url=lambda reference: f"https://shop.example.com/{reference}",
        )

    async def act(self, index: int, state: PaymentState, off: int) -> None:
        ref = self.ref(index)
        self.vendor.act(ref, state, self.vendor.books[ref].request.amount.amount + off)

    async def tell(self, index: int) -> None:
        if self.vendor.reports:
            report = self.vendor.reports[index % len(self.vendor.reports)]
            await payments.store_event(self.conn, "vendor", report, self.clock.now())
            await payments.settle(
                self.conn,
                {"vendor": self.vendor},
                self.ctx.shop,
                "vendor",
                report.event,
                self.clock.now(),
            )

    async def check(self, index: int) -> None:
        await payments.check_payment(
            self.conn,
            {"vendor": self.vendor},
            self.ctx.shop,
            self.order(index),
            self.clock.now(),
            lambda reference: f"http://127.0.0.1:1/{reference}",
        )

    async def wait(self, minutes: int) -> None:
        self.clock.advance(timedelta(minutes=minutes))
        await orders.expire_due(self.conn, self.clock.now())

    async def refund(self, index: int, amount: int, key: int) -> None:
        order = self.order(index)
        await payments.refund(
            self.conn,
            {"vendor": self.vendor},
            order,
            amount,
            key=f"{order}:{key}",
            cause="return",
            now=self.clock.now(),
        )

    async def by_hand(self, index: int, amount: int) -> None:
        """The merchant gives money back on the vendor's own pages."""
        self.keys += 1
        if not self.vendor.silent:
            ref = self.ref(index)
            currency = self.vendor.books[ref].request.amount.currency
            await self.vendor.refund(ref, Money(amount=amount, currency=currency), key=f"hand{self.keys}")

    async def carry(self) -> None:
        for row in await payments.due_refunds(self.conn, self.clock.now()):
            with contextlib.suppress(Refused):
                await payments.carry_out_refund(self.conn, {"vendor": self.vendor}, row.id, self.clock.now())

    async def silence(self, silent: bool) -> None:
        self.vendor.silent = silent

    async def come_to_rest(self) -> None:
        """Everything that was to be told is told, everything asked for is carried out."""
        self.vendor.silent = False
        for _ in range(3):
            for index in range(len(self.vendor.reports)):
                await self.tell(index)
            await self.carry()
        await self.wait(49 * 60)
        for index in range(len(self.numbers)):
            await self.check(index)

    async def rows(self, query: str) -> list[Any]:
        return await (await self.conn.execute(query)).fetchall()

    async def always(self) -> None:
        """What holds at every moment."""
        for sku, left, held, sold in await self.rows(
            "select sku, stock, (select coalesce(sum(quantity), 0) from stock_holds h where h.sku = v.sku),"
            " (select coalesce(sum(l.quantity), 0) from order_lines l join orders o on o.id = l.order_id"
            "  where l.sku = v.sku and o.paid_at is not null) from variants v"
        ):
            assert left >= 0
            if sku in STOCK:
                assert left + held + sold == STOCK[sku], sku
        for number, counting in await self.rows(
            "select order_number, count(*) from payments where state in ('paid', 'partly_refunded') group by 1"
        ):
            assert counting == 1, number
        for (paid_without_money,) in await self.rows(
            "select number from orders o where paid_at is not null and not exists (select 1 from payments p"
            " where p.order_number = o.number and p.received = o.total)"
        ):
            raise AssertionError(paid_without_money)

    async def at_rest(self) -> None:
        """What holds once nothing is under way any more."""
        known = {
            row.vendor_ref: row
            for number in self.numbers
            for row in await payments.payments_of(self.conn, number)
        }
        for ref, account in self.vendor.books.items():
            row = known.get(ref)
            if row is None:  # the vendor opened, but never got its answer through: nobody could pay there
                continue
            assert (row.received, row.refunded) == (account.charged, account.refunded), ref
        for number in self.numbers:
            order = await orders.order_row(self.conn, number)
            assert order is not None
            rows = await payments.payments_of(self.conn, number)
            kept = sum(row.received - row.refunded for row in rows if row.state != "mismatched")
            assert kept == (order.total - order.refunded if order.paid_at else 0), number
            assert order.status != "pending_payment"
        told = await self.rows(
            "select subject, count(*) from announcements where kind = 'order_paid' group by 1 having count(*) > 1"
        )
        assert not told
        earned = await self.rows(
            "select coalesce(sum(points), 0) from point_grants where cause like 'earned:%' and expires is not null"
        )
        paid = await self.rows(
            "select coalesce(sum(points_earned), 0) from orders where paid_at is not null and status <> 'refunded'"
        )
        assert earned == paid


@pytest.fixture
async def floor(
    conn: Connection, shop: Shop, clock: TurnedClock, context: Callable[..., ToolContext], tmp_path: Path
) -> ToolContext:
    await put_on_shelf(conn, shop, tmp_path, clock.now(), STOCK)
    await customers.identify(conn, external_id="1", email="kim@example.com", name="김", now=clock.now())
    return context(conn, shop, clock)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(history=steps)
async def test_money_and_goods_are_conserved(floor: ToolContext, history: list[tuple[Any, ...]]) -> None:
    await floor.conn.execute(
        "truncate orders, payments, payment_events, announcements, carts, checkouts, redemptions, stock_holds,"
        " point_grants, point_spends, spendings cascade"
    )
    for sku, stock in STOCK.items():
        await floor.conn.execute("update variants set stock = %s where sku = %s", (stock, sku))
    row = await (await floor.conn.execute("select id from customers limit 1")).fetchone()
    assert row is not None
    clock = TurnedClock(floor.now)
    world = World(replace(floor), clock, Vendor(), row[0])
    for step in history:
        await world.do(step)
        await world.always()
    await world.come_to_rest()
    await world.always()
    await world.at_rest()
