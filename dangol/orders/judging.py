"""What the shop's rules and the law say to an action on an order: the facts of the order put to them."""

from __future__ import annotations

from typing import Any

from dangol.kernel.after_sale import Action, Allowed, Facts, Verdict, decide, rules_of
from dangol.kernel.tools import ToolContext
from dangol.orders import records
from dangol.orders.model import OrderRow
from dangol.orders.rules import LIFE

_DONE: dict[str, Action] = {
    "cancel": "cancel",
    "change_address": "change_address",
    "change_option": "change_options",
    "change_payment": "change_payment",
}


async def judge(ctx: ToolContext, order: OrderRow, action: Action, **facts: Any) -> Verdict:
    """May this person do this to the order now? `facts` are those of `Facts` that the order does not tell, or not so."""
    kinds = await records.event_kinds(ctx.conn, order.id)
    address = order.address or {}
    area = tuple(part for part in (address.get("country"), address.get("region")) if part)
    known = {
        "status": order.status,
        "role": ctx.shopper.role,
        "today": ctx.now.astimezone(ctx.shop.zone).date(),
        "area": area,
        "done": tuple(_DONE[kind] for kind in sorted(kinds) if kind in _DONE),
        "paid_with": order.paid_with,
        "worth": order.total,
    }
    return decide(action, Facts.model_validate(known | facts), rules_of(ctx.shop))


def why_not(order: OrderRow, verdict: Verdict, *, cancelling: bool = False) -> str | None:
    """The rule that forbids it, as a code for words; None when it may be done."""
    if not isinstance(verdict, Allowed):
        return verdict.code
    if cancelling and "cancel" not in LIFE[order.status]:
        return "state"
    return None
