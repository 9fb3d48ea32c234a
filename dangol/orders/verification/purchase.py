"""A guest's large order: a code sent to its own e-mail or phone shows that whoever orders can be reached there."""

from __future__ import annotations

import hmac
from dataclasses import replace

from dangol.contracts.shopfloor.verification import VerificationView, VerifyPurchase
from dangol.kernel.ids import derived_id
from dangol.kernel.tools import ToolContext
from dangol.orders import records as order_records
from dangol.orders.announcement_records import announce
from dangol.orders.model import CheckoutRow
from dangol.orders.verification import records, rules
from dangol.orders.verification.records import CodeRow
from dangol.orders.verification.service import CodeFor, code_holds


async def verify(ctx: ToolContext, given: VerifyPurchase, code_for: CodeFor) -> VerificationView:
    """Send a code to the checkout's e-mail, else its phone; or take the one that was sent.

    A code that still holds is not sent twice unless it is asked for `again`.
    """
    row = await order_records.checkout_of(ctx.conn, ctx.shopper.key, lock=True)
    to = row.email or row.phone
    if not to:
        return VerificationView(state="needs", needs=("email",))
    recipient = rules.recipient_of(row.email, row.phone)
    sent = await records.newest_code(ctx.conn, ctx.shopper.conversation_id, "purchase")
    holds = sent is not None and sent.recipient == recipient and code_holds(sent, ctx.now)
    if given.code is not None:
        if sent is None or not holds:
            return VerificationView(state="code_over")
        return await _check(ctx, row, sent, given.code, code_for)
    if not holds or given.again:
        since = ctx.now - rules.WINDOW
        times = await records.codes_since(ctx.conn, ctx.shopper.conversation_id, recipient, since)
        if times >= rules.CODES_PER_HOUR:
            return VerificationView(state="locked")
        await _send(ctx, to, recipient)
    minutes = int(rules.CODE_LIFE.total_seconds() // 60)
    return VerificationView(state="code_sent", minutes=minutes, tries=rules.CODE_TRIES, to=masked(to))


async def _send(ctx: ToolContext, to: str, recipient: str) -> None:
    code = CodeRow(
        id=derived_id("code", ctx.key), conversation_id=ctx.shopper.conversation_id, recipient=recipient,
        customer_id=None, orders=[], made_at=ctx.now, tries=0, used_at=None, purpose="purchase",
    )  # fmt: skip
    await records.add_code(ctx.conn, code)
    minutes = int(rules.CODE_LIFE.total_seconds() // 60)
    body = {"contact": to, "language": ctx.language, "minutes": minutes}
    await announce(ctx.conn, "verification_code", code.id, body, ctx.now)


async def _check(
    ctx: ToolContext, row: CheckoutRow, sent: CodeRow, said: str, code_for: CodeFor
) -> VerificationView:
    right = hmac.compare_digest(rules.figures_of(said), code_for(sent.id))
    await records.count_code_try(ctx.conn, sent.id, ctx.now if right else None)
    if right:
        await order_records.put_checkout(ctx.conn, replace(row, proved=sent.recipient), ctx.now)
        return VerificationView(state="verified")
    left = rules.CODE_TRIES - sent.tries - 1
    return VerificationView(state="code_wrong" if left else "code_over", tries=left)


def masked(to: str) -> str:
    """An e-mail or phone as it may be repeated: enough to know one's own by."""
    name, at, place = to.partition("@")
    if at:
        return f"{name[:2]}***@{place}"
    return f"***{to[-4:]}"
