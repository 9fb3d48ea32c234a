"""What the assistant may ask of the desk, and what staff may give."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from dangol.carts import api as carts
from dangol.contracts.shopfloor.desk import (
    ContactLeft,
    CouponGranted,
    CouponWithdrawn,
    DeskView,
    GoodwillGranted,
    GrantCoupon,
    GrantGoodwill,
    LeaveContact,
    LookAtDesk,
    WithdrawCoupon,
)
from dangol.customers import api as customers
from dangol.helpdesk.records import giving, waiting
from dangol.kernel.desk_policy import mode_at, opens_next, staffed
from dangol.kernel.errors import Refused
from dangol.kernel.money import Money
from dangol.kernel.tools import Policy, Role, Tool, ToolContext

PURPOSE, CALL_BACK = "answer", "call_back"
_LATELY = timedelta(days=7)
_STAFF: frozenset[Role] = frozenset({"staff", "system"})


class NoWayToAnswer(Refused):
    """An e-mail or a phone number, and the consent to use it, are needed; `field` says what is missing."""

    code = "no_way_to_answer"
    status = 422


async def look_at_desk(ctx: ToolContext, _args: LookAtDesk) -> DeskView:
    """Say whether a person can come now, how many wait and how long it took lately, or when the desk opens."""
    desk, local = ctx.shop.helpdesk, ctx.now.astimezone(ctx.shop.zone)
    hours = desk.hours or ctx.shop.hours
    opens = opens_next(hours, local)
    known = await waiting.contact(ctx.conn, ctx.shopper.conversation_id)
    customer = (
        await customers.customer(ctx.conn, ctx.shopper.customer_id) if ctx.shopper.customer_id else None
    )
    return DeskView(
        open=staffed(hours, local),
        online=await waiting.online(ctx.conn),
        ahead=await waiting.ahead(ctx.conn, ctx.shopper.conversation_id),
        wait_minutes=estimate(await waiting.waits(ctx.conn, ctx.now - _LATELY)),
        opens=opens.isoformat() if opens else None,
        who=mode_at(desk, "web", local),
        reachable=known is not None or bool(customer and customer.email),
    )


def estimate(waits: Sequence[float]) -> int | None:
    """Minutes that three of four waited at most lately, rounded up; None where too few waited to say."""
    if len(waits) < 3:
        return None
    return max(1, -(-int(sorted(waits)[len(waits) * 3 // 4]) // 60))


async def leave_contact(ctx: ToolContext, args: LeaveContact) -> ContactLeft:
    """Keep an e-mail or phone number for the answer to this conversation, with the consent that was given."""
    email, phone = args.email.strip(), customers.plain_phone(args.phone) or ""
    if not args.consent:
        raise NoWayToAnswer(field="consent")
    if email and not customers.is_email(email):
        raise NoWayToAnswer(field="email")
    if not email and not phone:
        raise NoWayToAnswer(field="email")
    if args.call and not phone:
        raise NoWayToAnswer(field="phone")
    purpose = CALL_BACK if args.call else PURPOSE
    await waiting.put_contact(
        ctx.conn, ctx.shopper.conversation_id, email, phone, purpose, args.wording, ctx.now
    )
    await customers.give_consent(
        ctx.conn,
        ctx.shopper.key,
        purpose=purpose,
        channel="phone" if args.call else "email" if email else "sms",
        wording=args.wording,
        now=ctx.now,
    )
    return ContactLeft(email=email, phone=phone, call=args.call)


async def grant_goodwill(ctx: ToolContext, args: GrantGoodwill) -> GoodwillGranted:
    """Give a customer points as an apology, once per call."""
    if ctx.shopper.customer_id is None:
        raise customers.NotIdentified(what="points")
    if ctx.shop.points is None:
        raise customers.NoPointsHere()
    if args.points <= 0:
        raise NothingToGive(points=args.points)
    expires = customers.expiry(ctx.shop, ctx.now)
    await customers.grant_points(
        ctx.conn, ctx.shopper.customer_id, args.points, cause=ctx.key, now=ctx.now, expires=expires
    )
    balance = await customers.points_balance(ctx.conn, ctx.shopper.customer_id, ctx.now)
    return GoodwillGranted(points=args.points, balance=balance)


async def grant_coupon(ctx: ToolContext, args: GrantCoupon) -> CouponGranted:
    """Give this shopper a coupon of their own: so much off one purchase, until a day, once per call."""
    if args.amount.amount <= 0 or args.amount.currency != ctx.shop.currency:
        raise NothingToGive(amount=args.amount.amount, currency=ctx.shop.currency)
    ends = ctx.now.astimezone(ctx.shop.zone).date() + timedelta(days=args.days)
    given = await carts.give(ctx.conn, ctx.shopper.key, args.amount, ends, ctx.key, ctx.now)
    return CouponGranted(code=given.code, amount=args.amount, ends=given.ends)


async def withdraw_coupon(ctx: ToolContext, args: WithdrawCoupon) -> CouponWithdrawn:
    """Take a coupon back that this shopper was given and has not used."""
    gone = await carts.withdraw(ctx.conn, ctx.shopper.key, args.code, ctx.now)
    await giving.forget(ctx.conn, gone.cause)
    return CouponWithdrawn(code=gone.code, amount=Money(amount=gone.amount, currency=gone.currency))


class NothingToGive(Refused):
    """Points and money off are given from one upwards, in the shop's own currency."""

    code = "nothing_to_give"
    status = 422


TOOLS: tuple[Tool[Any, Any], ...] = (
    Tool(look_at_desk, LookAtDesk, DeskView, Policy(effect="read")),
    Tool(leave_contact, LeaveContact, ContactLeft, Policy(effect="write")),
    Tool(grant_goodwill, GrantGoodwill, GoodwillGranted, Policy(effect="write", allowed=_STAFF)),
    Tool(grant_coupon, GrantCoupon, CouponGranted, Policy(effect="write", allowed=_STAFF)),
    Tool(withdraw_coupon, WithdrawCoupon, CouponWithdrawn, Policy(effect="write", allowed=_STAFF)),
)
