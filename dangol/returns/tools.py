"""Returns, as the assistant and staff may handle them."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from dangol.contracts.shopfloor.returns import (
    CancelReturn,
    ChangeRefundWay,
    DecideReturn,
    ExplainRule,
    LookAtRefund,
    LookUpReturns,
    OrderRefunded,
    ReceiveReturn,
    Refundable,
    RefundOrder,
    RequestReturn,
    ReturnOffer,
    Returns,
    ReturnStarted,
    ReturnView,
    RuleExplained,
    SettleReturn,
    StartReturn,
)
from dangol.kernel.errors import NotFound
from dangol.kernel.tools import VERIFIED, Policy, Proof, Question, Role, Tool, ToolContext
from dangol.orders import api as orders
from dangol.orders.api import OrderRow
from dangol.returns import offering, records, refunding, service, settling
from dangol.returns.model import Carriers, ReturnRow
from dangol.returns.views import LabelUrl, return_views

_STAFF: frozenset[Role] = frozenset({"staff", "system"})
_MOST = 20


def tools(carriers: Carriers, label_url: LabelUrl) -> tuple[Tool[Any, Any], ...]:
    """The tools of this room; `label_url` is where the label of a return is fetched."""

    view = partial(_view, label_url)

    async def check_return(ctx: ToolContext, args: RequestReturn) -> ReturnOffer:
        """Say whether goods may come back or be exchanged, by which rule, and what that comes to; nothing is done."""
        order = await _order(ctx, args.order)
        judged = await offering.judge(ctx.conn, ctx.shop, order, args, ctx.shopper.role, ctx.now)
        made = offering.offer(judged, ctx.shop, carriers, args, ctx.language)
        return await offering.in_language(ctx.conn, ctx.shop, made, ctx.language)

    async def explain_rule(ctx: ToolContext, args: ExplainRule) -> RuleExplained:
        """Tell the chain of rules that allows or refuses something with an order."""
        order = await _order(ctx, args.order)
        return await offering.explain(
            ctx.conn, ctx.shop, order, args, ctx.shopper.role, ctx.language, ctx.now
        )

    async def start_return(ctx: ToolContext, args: StartReturn) -> ReturnStarted:
        """Start a return or an exchange on exactly the terms the shopper said yes to."""
        order = await _order(ctx, args.request.order)
        started = await view(ctx, await service.start(ctx, args, order, carriers))
        return ReturnStarted(**dict(started), proof=_of_replacement(ctx, started))

    async def look_up_returns(ctx: ToolContext, args: LookUpReturns) -> Returns:
        """Find returns and exchanges of this shopper and where they stand, newest first."""
        rows = await _theirs(ctx, args)
        if args.number and not rows:
            raise NotFound(number=args.number)
        return Returns(items=await return_views(ctx.conn, ctx.shop, rows, ctx.language, label_url))

    async def cancel_return(ctx: ToolContext, args: CancelReturn) -> ReturnView:
        """Call a return or an exchange off before the goods are on their way."""
        row = await _own(ctx, args.number)
        return await view(ctx, await service.cancel(ctx.conn, row.number, ctx.shopper.role, ctx.now))

    async def change_refund_way(ctx: ToolContext, args: ChangeRefundWay) -> ReturnView:
        """Give a refund that did not go through another way."""
        row = await _own(ctx, args.number)
        role = ctx.shopper.role
        return await view(
            ctx, await service.change_way(ctx.conn, ctx.shop, row.number, args.way, role, ctx.now)
        )

    return (
        Tool(check_return, RequestReturn, ReturnOffer, Policy(effect="read", allowed=VERIFIED)),
        Tool(explain_rule, ExplainRule, RuleExplained, Policy(effect="read")),
        Tool(
            start_return,
            StartReturn,
            ReturnStarted,
            Policy(effect="write", allowed=VERIFIED, confirm=_agreed),
        ),
        Tool(look_up_returns, LookUpReturns, Returns, Policy(effect="read", allowed=VERIFIED)),
        Tool(
            cancel_return,
            CancelReturn,
            ReturnView,
            Policy(effect="write", allowed=VERIFIED, confirm=_called_off),
        ),
        Tool(
            change_refund_way,
            ChangeRefundWay,
            ReturnView,
            Policy(effect="write", allowed=VERIFIED, confirm=_other_way),
        ),
        *_for_staff(label_url),
    )


def _for_staff(label_url: LabelUrl) -> tuple[Tool[Any, Any], ...]:
    view = partial(_view, label_url)

    async def decide_return(ctx: ToolContext, args: DecideReturn) -> ReturnView:
        """Say yes or no to a return that waits for a person."""
        role = ctx.shopper.role
        if args.approve:
            return await view(ctx, await service.approve(ctx.conn, ctx.shop, args.number, role, ctx.now))
        return await view(ctx, await service.refuse(ctx.conn, args.number, args.why, role, ctx.now))

    async def receive_return(ctx: ToolContext, args: ReceiveReturn) -> ReturnView:
        """Take goods in that came back, and say how many there are and can be sold again."""
        return await view(ctx, await service.receive(ctx.conn, ctx.shop, args, ctx.shopper.role, ctx.now))

    async def settle_return(ctx: ToolContext, args: SettleReturn) -> ReturnView:
        """Note that the money of a return was given back by hand."""
        role = ctx.shopper.role
        return await view(ctx, await settling.settle_by_hand(ctx.conn, ctx.shop, args.number, role, ctx.now))

    async def look_at_refund(ctx: ToolContext, args: LookAtRefund) -> Refundable:
        """Tell what of an order's money can go back though no goods do, line by line."""
        return await refunding.refundable(ctx, await _order(ctx, args.order))

    async def refund_order(ctx: ToolContext, args: RefundOrder) -> OrderRefunded:
        """Give money of an order back without goods coming back, never more than is left of it."""
        return await refunding.refund(ctx, args)

    return (
        Tool(look_at_refund, LookAtRefund, Refundable, Policy(effect="read", allowed=_STAFF)),
        Tool(refund_order, RefundOrder, OrderRefunded, Policy(effect="write", allowed=_STAFF)),
        Tool(decide_return, DecideReturn, ReturnView, Policy(effect="write", allowed=_STAFF)),
        Tool(receive_return, ReceiveReturn, ReturnView, Policy(effect="write", allowed=_STAFF)),
        Tool(settle_return, SettleReturn, ReturnView, Policy(effect="write", allowed=_STAFF)),
    )


async def _view(label_url: LabelUrl, ctx: ToolContext, row: ReturnRow) -> ReturnView:
    return (await return_views(ctx.conn, ctx.shop, [row], ctx.language, label_url))[0]


def _of_replacement(ctx: ToolContext, started: ReturnView) -> Proof | None:
    """A guest who proved the order may see and pay the one that replaces its goods."""
    if started.replacement is None or ctx.shopper.role != "guest":
        return None
    until = ctx.now + timedelta(hours=ctx.shop.verification.hours)
    return Proof(by="exchanged_here", orders=(started.replacement,), until=until)


async def _order(ctx: ToolContext, number: str | None) -> OrderRow:
    """The order that is meant: any for staff, else one that is the shopper's. Raises NotFound."""
    if ctx.shopper.role in _STAFF:
        found = await orders.order_row(ctx.conn, number or "")
    else:
        amount = await orders.order_for(ctx.conn, ctx.shopper, number)
        found = await orders.order_row(ctx.conn, amount.number)
    if found is None:
        raise NotFound(order=number)
    return found


async def _own(ctx: ToolContext, number: str) -> ReturnRow:
    """A return of this shopper's own order. Raises NotFound, which never tells whether it exists."""
    row = await records.return_by_number(ctx.conn, number)
    if row is None:
        raise NotFound(number=number)
    await _order(ctx, row.order_number)
    return row


async def _theirs(ctx: ToolContext, args: LookUpReturns) -> list[ReturnRow]:
    limit = max(1, min(args.limit, _MOST))
    if args.number:
        return [await _own(ctx, args.number)]
    if args.order:
        order = await _order(ctx, args.order)
        return await records.returns_of_orders(ctx.conn, [order.number], limit)
    if ctx.shopper.role in _STAFF:
        return await records.waiting_for_person(ctx.conn)
    numbers = await orders.numbers_of(ctx.conn, ctx.shopper)
    return await records.returns_of_orders(ctx.conn, numbers, limit)


def _agreed(args: StartReturn) -> Question:
    return Question(code="start_return", details={"kind": args.request.kind})


def _called_off(args: CancelReturn) -> Question:
    return Question(code="cancel_return", details={"number": args.number})


def _other_way(args: ChangeRefundWay) -> Question:
    return Question(code="change_refund_way", details={"number": args.number, "way": args.way})
