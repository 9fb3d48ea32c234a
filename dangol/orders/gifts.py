"""Gifts: the order is the buyer's, the parcel goes to somebody else, and no paper in it tells a price."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dangol.contracts.shopfloor.orders import CheckoutProblem, CheckoutView, GiftView, GiveGift
from dangol.contracts.shopfloor.people import AddressView
from dangol.kernel.tools import ToolContext
from dangol.orders import checkout, records
from dangol.orders.model import CheckoutRow
from dangol.orders.rules import read_phone

_LONGEST_NAME, _LONGEST_NOTE = 100, 300


async def take_gift(ctx: ToolContext, given: GiveGift) -> CheckoutView:
    """Note that the order is a gift, for whom and with which words; or that it is none after all."""
    problems: list[CheckoutProblem] = []
    async with ctx.conn.transaction():
        row = await records.checkout_of(ctx.conn, ctx.shopper.key, lock=True)
        row = replace(row, gift=_read(row, given, problems) if given.gift else None)
        await records.put_checkout(ctx.conn, row, ctx.now)
    return await checkout.view(ctx, row, problems=problems)


def _read(row: CheckoutRow, given: GiveGift, problems: list[CheckoutProblem]) -> dict[str, Any]:
    kept = GiftView.model_validate(row.gift or {})
    phone = read_phone(given.phone) if given.phone else None
    if given.phone and phone is None:
        problems.append(CheckoutProblem(field="recipient_phone", code="not_a_phone", value=given.phone))
    named = {
        "recipient": " ".join((given.recipient or "").split())[:_LONGEST_NAME],
        "phone": phone or "",
        "note": " ".join((given.note or "").split())[:_LONGEST_NOTE],
    }
    return kept.model_copy(update={name: value for name, value in named.items() if value}).model_dump()


def addressed(row: CheckoutRow, address: AddressView) -> AddressView:
    """Where the parcel goes: a gift bears the name and phone of whoever gets it."""
    if row.gift is None:
        return address
    gift = GiftView.model_validate(row.gift)
    return address.model_copy(update={"recipient": gift.recipient, "phone": gift.phone or row.phone})
