"""Showing who is asking, as the assistant may do it."""

from __future__ import annotations

from typing import Any

from dangol.contracts.shopfloor.verification import (
    CheckCode,
    SendCode,
    VerificationView,
    VerifyPurchase,
    VerifyShopper,
)
from dangol.kernel.tools import Policy, Tool, ToolContext
from dangol.orders.verification import purchase, service
from dangol.orders.verification.service import CodeFor


def tools(code_for: CodeFor) -> tuple[Tool[Any, Any], ...]:
    """The tools by which a shopper is verified; `code_for` gives the six figures of a code's id."""

    async def verify_shopper(ctx: ToolContext, args: VerifyShopper) -> VerificationView:
        """Show that an order is the shopper's by what they know of it."""
        return await service.verify(ctx, args)

    async def send_code(ctx: ToolContext, args: SendCode) -> VerificationView:
        """Send a one-time code to an e-mail or phone, if the shop knows it."""
        return await service.send_code(ctx, args)

    async def check_code(ctx: ToolContext, args: CheckCode) -> VerificationView:
        """Take the one-time code the shopper was sent."""
        return await service.check_code(ctx, args, code_for)

    async def verify_purchase(ctx: ToolContext, args: VerifyPurchase) -> VerificationView:
        """Send a one-time code to the e-mail or phone of a guest's large order, or take it."""
        return await purchase.verify(ctx, args, code_for)

    write = Policy(effect="write")
    return (
        Tool(verify_shopper, VerifyShopper, VerificationView, write),
        Tool(send_code, SendCode, VerificationView, write),
        Tool(check_code, CheckCode, VerificationView, write),
        Tool(verify_purchase, VerifyPurchase, VerificationView, write),
    )
