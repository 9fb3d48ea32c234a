"""Paying by ways on file, as the assistant may do it: name them, agree to one, charge what was agreed, change it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dangol.contracts.shopfloor.changes import OrderChange
from dangol.contracts.shopfloor.on_file import (
    AgreePayment,
    ChangeItems,
    LookAtItems,
    LookAtMethod,
    PayAsAgreed,
    PaymentAgreed,
    StoredMethods,
    SwitchMethod,
)
from dangol.contracts.shopfloor.orders import PaymentView
from dangol.contracts.shopfloor.people import Nothing
from dangol.kernel.tools import KNOWN, Policy, Tool, ToolContext, question
from dangol.payments import agreed, on_file
from dangol.payments.model import Gateways
from dangol.payments.views import payment_view

_READ = Policy(effect="read", allowed=KNOWN)


def on_file_tools(gateways: Gateways, return_url: Callable[[str], str]) -> tuple[Tool[Any, Any], ...]:
    """The tools for ways on file; `return_url` is where a shopper comes back to from one more step at their bank."""

    async def list_stored_methods(ctx: ToolContext, _args: Nothing) -> StoredMethods:
        """Name the ways of paying on file for this customer, gift cards with their balance."""
        return await on_file.stored_methods(ctx, gateways)

    async def agree_payment(ctx: ToolContext, args: AgreePayment) -> PaymentAgreed:
        """Agree to pay an order that waits for its money by a way on file."""
        return await agreed.agree(ctx, gateways, args)

    async def pay_as_agreed(ctx: ToolContext, args: PayAsAgreed) -> PaymentView:
        """Take the money of an order by the way on file the shopper said yes to, at the amount they said yes to."""
        await agreed.pay_as_agreed(ctx, gateways, args.order, return_url)
        return await payment_view(ctx, args.order)

    return (
        Tool(list_stored_methods, Nothing, StoredMethods, _READ),
        Tool(agree_payment, AgreePayment, PaymentAgreed, _confirmed("agree_payment")),
        Tool(pay_as_agreed, PayAsAgreed, PaymentView, Policy(effect="money", allowed=KNOWN)),
        *_CHANGES,
    )


def _confirmed(code: str) -> Policy:
    return Policy(effect="write", allowed=KNOWN, confirm=question(code))


async def look_at_items(ctx: ToolContext, args: LookAtItems) -> OrderChange:
    """Tell what would come of other variants for lines of an order, the difference by a way of paying on file."""
    return await on_file.look_at_items(ctx, args)


async def change_items(ctx: ToolContext, args: ChangeItems) -> OrderChange:
    """Change lines of an order that has not left to other variants at once, at the difference agreed to."""
    return await on_file.change_items(ctx, args)


async def look_at_method(ctx: ToolContext, args: LookAtMethod) -> OrderChange:
    """Tell what would come of paying an order by another way on file."""
    return await on_file.look_at_method(ctx, args)


async def switch_method(ctx: ToolContext, args: SwitchMethod) -> OrderChange:
    """Pay an order that has not left by another way on file; what was paid before goes back."""
    return await on_file.switch_method(ctx, args)


_CHANGES: tuple[Tool[Any, Any], ...] = (
    Tool(look_at_items, LookAtItems, OrderChange, _READ),
    Tool(change_items, ChangeItems, OrderChange, _confirmed("change_items")),
    Tool(look_at_method, LookAtMethod, OrderChange, _READ),
    Tool(switch_method, SwitchMethod, OrderChange, _confirmed("switch_method")),
)
