"""Where an order goes: a saved address, or one read from what was said, also bit by bit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dangol.carts import api as carts
from dangol.contracts.shopfloor.orders import CheckoutProblem, CheckoutView, GiveAddress
from dangol.contracts.shopfloor.people import AddressView
from dangol.customers import api as customers
from dangol.kernel.tools import ToolContext
from dangol.orders import checkout, records
from dangol.orders.model import CheckoutRow
from dangol.orders.rules import OF_ADDRESS, read_phone

_LONGEST = 500  # characters kept of what was said


async def take_address(ctx: ToolContext, given: GiveAddress) -> CheckoutView:
    """Note where it goes: a saved address by its number from 1, or free text; parts said later complete it."""
    problems: list[CheckoutProblem] = []
    async with ctx.conn.transaction():
        row = await records.checkout_of(ctx.conn, ctx.shopper.key, lock=True)
        if given.saved is not None:
            row = await _pick_saved(ctx, row, given.saved, problems)
        else:
            row = _read(ctx, row, given, problems)
        await records.put_checkout(ctx.conn, row, ctx.now)
    return await checkout.view(ctx, row, problems=problems)


async def _pick_saved(
    ctx: ToolContext, row: CheckoutRow, place: int, problems: list[CheckoutProblem]
) -> CheckoutRow:
    saved = (
        await customers.addresses(ctx.conn, ctx.shopper.proved_customer)
        if ctx.shopper.proved_customer
        else ()
    )
    if not 1 <= place <= len(saved):
        problems.append(CheckoutProblem(field="address", code="not_an_address", value=str(place)))
        return row
    return _with_address(ctx, row, carts.ParsedAddress(saved[place - 1]), "", problems)


def _read(
    ctx: ToolContext, row: CheckoutRow, given: GiveAddress, problems: list[CheckoutProblem]
) -> CheckoutRow:
    parts = (given.text, given.postcode, given.detail)
    said = " ".join(part.strip() for part in parts if part and part.strip())[:_LONGEST]
    if not said:
        return row
    read, text = carts.read_address(said, ctx.shop, ctx.language), said
    if row.address_text:
        joined = f"{row.address_text}, {said}"[-_LONGEST:]
        together = carts.read_address(joined, ctx.shop, ctx.language)
        if _wholeness(together) > _wholeness(read):
            read, text = together, joined
    if read.address is None:
        problems.append(CheckoutProblem(field="address", code="not_an_address", value=said))
        return row
    problems += read.problems
    return _with_address(ctx, row, read, text, problems)


def _wholeness(read: carts.ParsedAddress) -> tuple[bool, int, int]:
    """The more of an address was read, and the less is wrong with it, the better."""
    lacks = sum(need in OF_ADDRESS for need in read.missing)
    return read.address is not None, -lacks - len(read.problems), -len(read.problems)


def _with_address(
    ctx: ToolContext,
    row: CheckoutRow,
    read: carts.ParsedAddress,
    text: str,
    problems: list[CheckoutProblem],
) -> CheckoutRow:
    assert read.address is not None
    address: AddressView = read.address
    if ctx.shop.shipping.zones and carts.quote(ctx.shop, address, None, ctx.now, ctx.language) is None:
        problems.append(CheckoutProblem(field="address", code="not_served", value=address.lines))
    way = carts.quote(ctx.shop, address, None, ctx.now, ctx.language, row.method)
    lacks = [need for need in OF_ADDRESS if need in read.missing]
    lacks += [
        "postcode" for one in read.problems if one.code.startswith("postcode") and "postcode" not in lacks
    ]
    return replace(
        row,
        address=address.model_copy(
            update={"recipient": address.recipient or row.name, "phone": address.phone or row.phone}
        ).model_dump(),
        address_text=text,
        address_lacks=tuple(lacks),
        method=row.method if way else None,
        name=row.name or ("" if row.gift is not None else address.recipient),
        gift=_for_whom(row, address.recipient),
        phone=row.phone or ("" if row.gift is not None else read_phone(address.phone) or ""),
    )


def _for_whom(row: CheckoutRow, named: str) -> dict[str, Any] | None:
    """A gift whose address names somebody is theirs."""
    if row.gift is None or row.gift.get("recipient") or not named:
        return row.gift
    return {**row.gift, "recipient": named}
