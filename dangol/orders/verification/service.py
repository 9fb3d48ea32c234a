"""Showing who is asking. Whether an order exists makes no difference to words or to what is looked up."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from dangol.carts import api as carts
from dangol.catalog import api as catalog
from dangol.contracts.shopfloor.verification import CheckCode, SendCode, VerificationView, VerifyShopper
from dangol.customers import api as customers
from dangol.kernel.ids import derived_id
from dangol.kernel.tools import Proof, Shopper, ToolContext
from dangol.orders import checkout
from dangol.orders import records as order_records
from dangol.orders.announcement_records import announce
from dangol.orders.model import OrderRow
from dangol.orders.rules import read_email, read_phone
from dangol.orders.verification import records, rules

Whose = TypeVar("Whose")
CodeFor = Callable[[str], str]
"""The six figures that belong to the id of a code; derived with the shop's secret, so that none is ever kept."""


async def verify(ctx: ToolContext, given: VerifyShopper) -> VerificationView:
    """Compare what was given with the orders it could be about; every try is written down and counted."""
    offered = ctx.shop.verification
    way = rules.way_of(given, offered)
    if way is None:
        return VerificationView(state="needs", needs=rules.needs_of(given, offered), ways=offered.ways)
    subjects = rules.subjects_of(given, ctx.shopper.conversation_id)
    fails = await records.fails_since(ctx.conn, subjects, ctx.now - rules.WINDOW)
    if rules.too_many(fails):
        return VerificationView(state="locked", ways=offered.ways)
    if way in ("account_email", "account_name_postcode"):
        return await _verify_account(ctx, given, way, subjects)
    number = rules.plain_order(given.order) if given.order else None
    claimed = await records.claimed_orders(ctx.conn, number, rules.last_digits(given.phone))
    served = await _served(ctx)
    theirs = [
        order
        for order in claimed
        if rules.agrees(order, given, way) and rules.one_person(served, order, ctx.shopper.customer_id)
    ]
    await records.note_try(ctx.conn, subjects, bool(theirs), ctx.now)
    if not theirs:
        return VerificationView(state="not_verified", ways=offered.ways)
    numbers = tuple(order.number for order in theirs)
    return VerificationView(state="verified", ways=offered.ways, proof=_proof(ctx, way, orders=numbers))


async def _verify_account(
    ctx: ToolContext, given: VerifyShopper, way: str, subjects: list[str]
) -> VerificationView:
    """The account that what was given names, when there is exactly one and the conversation serves nobody else."""
    if way == "account_email":
        found = [each for each, _ in await records.customers_at(ctx.conn, rules.plain_email(given.email), "")]
    else:
        named = await records.customers_named(ctx.conn, rules.plain_name(given.name))
        wanted = rules.plain_postcode(given.postcode)
        found = [each for each, postcode in named if wanted and rules.plain_postcode(postcode) == wanted]
    own = ctx.shopper.customer_id
    right = len(found) == 1 and own in (None, found[0])
    await records.note_try(ctx.conn, subjects, right, ctx.now)
    ways = ctx.shop.verification.ways
    if not right:
        return VerificationView(state="not_verified", ways=ways)
    return VerificationView(state="verified", ways=ways, proof=_proof(ctx, way, customer_id=found[0]))


async def _served(ctx: ToolContext) -> list[OrderRow]:
    """The orders this conversation has shown to be its own."""
    found = await order_records.orders_by_numbers(ctx.conn, sorted(ctx.shopper.orders))
    return list(found.values())


def _proof(
    ctx: ToolContext, by: str, *, customer_id: int | None = None, orders: tuple[str, ...] = ()
) -> Proof:
    until = ctx.now + timedelta(hours=ctx.shop.verification.hours)
    return Proof(by=by, customer_id=customer_id, orders=orders, until=until)


async def send_code(ctx: ToolContext, asked: SendCode) -> VerificationView:
    """Send a code if the shop knows that address; the answer is the same if it does not."""
    ways = ctx.shop.verification.ways
    email, phone = rules.plain_email(asked.email), rules.last_digits(asked.phone)
    own = ctx.shopper.customer_id
    if not email and not phone and own is not None:
        known = await customers.customer(ctx.conn, own)
        email = rules.plain_email(known.email) if known else ""
    way = "email_code" if email else "sms_code"
    if way not in ways:
        return VerificationView(state="not_offered", ways=ways)
    if not (read_email(email) if email else read_phone(asked.phone or "")):
        return VerificationView(
            state="needs", needs=("email" if "email_code" in ways else "phone",), ways=ways
        )
    recipient = rules.recipient_of(email, phone)
    since = ctx.now - rules.WINDOW
    if (
        await records.codes_since(ctx.conn, ctx.shopper.conversation_id, recipient, since)
        >= rules.CODES_PER_HOUR
    ):
        return VerificationView(state="locked", ways=ways)
    await _write_code(ctx, email, phone, asked.phone or "", recipient)
    minutes = int(rules.CODE_LIFE.total_seconds() // 60)
    return VerificationView(state="code_sent", ways=ways, minutes=minutes, tries=rules.CODE_TRIES)


async def _write_code(ctx: ToolContext, email: str, phone: str, said_phone: str, recipient: str) -> None:
    """Write the code and its letter; for an address nobody has the letter has no recipient."""
    holders = _reached(await records.customers_at(ctx.conn, email, phone), email, said_phone)
    holder = holders[0] if len(holders) == 1 else None  # a phone of two people shows neither
    orders = _reached(await records.orders_at(ctx.conn, email, phone), email, said_phone)
    served = await _served(ctx)
    found = await order_records.orders_by_numbers(ctx.conn, orders)
    own = ctx.shopper.customer_id
    if own is not None and holder != own:
        holder, orders = None, []
    if any(not rules.one_person(served, order, None) for order in found.values()):
        holder, orders = None, []
    code_id = derived_id("code", ctx.key)
    row = records.CodeRow(
        id=code_id, conversation_id=ctx.shopper.conversation_id, recipient=recipient, customer_id=holder,
        orders=orders, made_at=ctx.now, tries=0, used_at=None,
    )  # fmt: skip
    await records.add_code(ctx.conn, row)
    contact = (email or read_phone(said_phone) or "") if holder or orders else ""
    body = {
        "contact": contact,
        "language": ctx.language,
        "minutes": int(rules.CODE_LIFE.total_seconds() // 60),
    }
    await announce(ctx.conn, "verification_code", code_id, body, ctx.now)


def _reached(found: Sequence[tuple[Whose, str]], email: str, phone: str) -> list[Whose]:
    """Those whom a letter there reaches: by phone only who has that very number, not one that ends alike."""
    return [whose for whose, own in found if email or rules.same_number(phone, own)]


def code_holds(code: records.CodeRow, now: datetime) -> bool:
    """Can a code still be taken?"""
    return not code.used_at and code.tries < rules.CODE_TRIES and now <= code.made_at + rules.CODE_LIFE


async def check_code(ctx: ToolContext, given: CheckCode, code_for: CodeFor) -> VerificationView:
    """Compare a code with the one sent last; right once, within ten minutes and five tries."""
    ways = ctx.shop.verification.ways
    row = await records.newest_code(ctx.conn, ctx.shopper.conversation_id, "owner")
    if row is None or not code_holds(row, ctx.now):
        return VerificationView(state="code_over", ways=ways)
    right = hmac.compare_digest(rules.figures_of(given.code), code_for(row.id)) and bool(
        row.customer_id or row.orders
    )
    await records.count_code_try(ctx.conn, row.id, ctx.now if right else None)
    if not right:
        left = rules.CODE_TRIES - row.tries - 1
        return VerificationView(state="code_wrong" if left else "code_over", ways=ways, tries=left)
    if row.customer_id and ctx.shopper.customer_id is None:
        theirs = Shopper(ctx.shopper.conversation_id, row.customer_id).key
        await carts.adopt(ctx.conn, ctx.shopper.key, theirs)
        await catalog.adopt_shopper(ctx.conn, ctx.shopper.key, theirs)
        await checkout.adopt(ctx.conn, ctx.shopper.key, theirs, ctx.now)
    proof = _proof(ctx, "code", customer_id=row.customer_id, orders=tuple(row.orders))
    return VerificationView(state="verified", ways=ways, proof=proof)
