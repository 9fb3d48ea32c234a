"""Paying, as the assistant may do it: open the gateway's page, ask how it stands, name the ways of paying."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote, urlencode

from dangol.contracts.shopfloor.changes import (
    Cancellation,
    CancelOrder,
    ChangeAddress,
    ChangeOption,
    ChangePayment,
    DocumentOpened,
    LookAtCancellation,
    LookAtChange,
    OpenDocument,
    OrderChange,
)
from dangol.contracts.shopfloor.orders import (
    CheckPayment,
    OpenPayment,
    PaymentMethods,
    PaymentMethodView,
    PaymentOpened,
    PaymentView,
)
from dangol.contracts.shopfloor.people import Nothing
from dangol.kernel.money import Money
from dangol.kernel.tools import VERIFIED, Policy, Tool, ToolContext, question
from dangol.orders import api as orders
from dangol.payments import calling_off, service
from dangol.payments.model import LIVE, Gateways, NothingPaidYet
from dangol.payments.tools_on_file import on_file_tools
from dangol.payments.views import payment_view


def tools(gateways: Gateways, public_url: Callable[[], str]) -> tuple[Tool[Any, Any], ...]:
    """The tools of this room; `public_url` is where shoppers reach this server, without a slash at its end."""

    def back_from(reference: str) -> str:
        return f"{public_url()}/api/payments/return/{reference}"

    async def open_payment(ctx: ToolContext, args: OpenPayment) -> PaymentOpened:
        """Open the payment of an order, or open it anew; the shopper pays on the gateway's own page."""
        order = await orders.order_for(ctx.conn, ctx.shopper, args.order)
        payment = await service.open_payment(
            ctx.conn,
            gateways,
            ctx.shop,
            order.number,
            method=args.method,
            language=ctx.language,
            key=ctx.key,
            now=ctx.now,
            return_url=back_from,
            kept_for=ctx.shopper.proved_customer,
        )
        if payment.state not in LIVE or not payment.url:
            raise service.not_payable(await orders.order_for(ctx.conn, ctx.shopper, order.number))
        return PaymentOpened(
            order=order.number,
            amount=Money(amount=payment.amount, currency=payment.currency),
            url=payment.url,
            method=payment.method,
            change=payment.amendment_id is not None,
        )

    async def check_payment(ctx: ToolContext, args: CheckPayment) -> PaymentView:
        """Ask how the payment of an order stands; the newest order of this conversation when none is named."""
        order = await orders.order_for(ctx.conn, ctx.shopper, args.order)
        await service.check_payment(ctx.conn, gateways, ctx.shop, order.number, ctx.now, back_from)
        return await payment_view(ctx, order.number)

    async def list_payment_methods(ctx: ToolContext, args: Nothing) -> PaymentMethods:
        """How one can pay here; what this customer paid with last comes first."""
        last = await orders.last_method(ctx.conn, ctx.shopper)
        views = [
            PaymentMethodView(
                code=method.code,
                name=ctx.shop.say(method.name, ctx.language),
                last_used=method.code == last,
            )
            for gateway in gateways.values()
            for method in gateway.methods
        ]
        return PaymentMethods(items=tuple(sorted(views, key=lambda view: not view.last_used)))

    async def open_document(ctx: ToolContext, args: OpenDocument) -> DocumentOpened:
        """Give the link to an order's receipt (once it is paid) or invoice as PDF."""
        order = await orders.order_for(ctx.conn, ctx.shopper, args.order)
        if args.kind == "receipt" and order.status in ("pending_payment", "cancelled"):
            row = await orders.order_row(ctx.conn, order.number)
            if row is None or row.paid_at is None:
                raise NothingPaidYet(order=order.number)
        token = await orders.new_token(ctx.conn, order.number, ctx.now)
        path = f"/api/store/orders/{quote(order.number, safe='')}/{args.kind}.pdf"
        url = f"{public_url()}{path}?{urlencode({'token': token, 'language': args.language or ctx.language})}"
        return DocumentOpened(order=order.number, kind=args.kind, status=order.status, url=url)

    return (
        Tool(open_document, OpenDocument, DocumentOpened, Policy(effect="write", allowed=VERIFIED)),
        Tool(open_payment, OpenPayment, PaymentOpened, Policy(effect="money")),
        Tool(check_payment, CheckPayment, PaymentView, Policy(effect="money")),
        Tool(list_payment_methods, Nothing, PaymentMethods, Policy(effect="read")),
        *CALLING_OFF,
        *on_file_tools(gateways, back_from),
    )


async def look_at_cancellation(ctx: ToolContext, args: LookAtCancellation) -> Cancellation:
    """Tell what would come of cancelling an order: whether it may be, what goes back, how and when."""
    return await calling_off.look_at_cancellation(ctx, args)


async def cancel_order(ctx: ToolContext, args: CancelOrder) -> Cancellation:
    """Cancel an order that has not left, at exactly what the shopper agreed to."""
    return await calling_off.cancel_order(ctx, args)


async def look_at_change(ctx: ToolContext, args: LookAtChange) -> OrderChange:
    """Tell what would come of another address, another variant or another way of paying for an order."""
    return await calling_off.look_at_change(ctx, args)


async def change_address(ctx: ToolContext, args: ChangeAddress) -> OrderChange:
    """Send an order that has not left to another address, at the difference agreed to."""
    return await calling_off.change_address(ctx, args)


async def change_option(ctx: ToolContext, args: ChangeOption) -> OrderChange:
    """Change a line of an order that has not left to another variant, at the difference agreed to."""
    return await calling_off.change_option(ctx, args)


async def change_payment(ctx: ToolContext, args: ChangePayment) -> OrderChange:
    """Let an order that has not left be paid in another way; the former payment goes back once the new one is in."""
    return await calling_off.change_payment(ctx, args)


def _asked_for(
    run: Callable[[ToolContext, Any], Awaitable[Any]], takes: type[Any], gives: type[Any]
) -> Tool[Any, Any]:
    """A change that is done after one explicit yes to the question of its own name."""

    return Tool(run, takes, gives, Policy(effect="write", allowed=VERIFIED, confirm=question(run.__name__)))


_READ = Policy(effect="read", allowed=VERIFIED)
CALLING_OFF: tuple[Tool[Any, Any], ...] = (
    Tool(look_at_cancellation, LookAtCancellation, Cancellation, _READ),
    _asked_for(cancel_order, CancelOrder, Cancellation),
    Tool(look_at_change, LookAtChange, OrderChange, _READ),
    _asked_for(change_address, ChangeAddress, OrderChange),
    _asked_for(change_option, ChangeOption, OrderChange),
    _asked_for(change_payment, ChangePayment, OrderChange),
)
