"""A guest's large order is placed only once its e-mail or phone has answered with the code sent there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from orders.floor import SHOE, put_on_shelf, ready_to_order

from dangol.contracts.shopfloor.orders import GiveContact, PlaceOrder
from dangol.contracts.shopfloor.verification import CheckCode, VerificationView, VerifyPurchase
from dangol.kernel.clock import TurnedClock
from dangol.kernel.ids import six_figures
from dangol.kernel.shop import Shop
from dangol.kernel.tools import ToolContext
from dangol.orders import api as orders
from dangol.orders import checkout, placing
from dangol.orders.model import CheckoutIncomplete
from dangol.orders.verification import rules
from dangol.orders.verification.tools import tools

Connection = psycopg.AsyncConnection[Any]
Context = Callable[..., ToolContext]


def code_for(code: str) -> str:
    return six_figures("secret", code)


BOX = {tool.name: tool for tool in tools(code_for)}


@pytest.fixture
async def guest(
    conn: Connection, shop: Shop, clock: TurnedClock, context: Context, tmp_path: Path
) -> ToolContext:
    """A guest at the end of the checkout of a pair of shoes, in a shop that asks every guest."""
    await put_on_shelf(conn, shop, tmp_path, clock.now())
    ctx = wants(context(conn, shop, clock, conversation_id="c_guest"), 0)
    await ready_to_order(ctx, {SHOE: 1})
    await checkout.take_contact(ctx, GiveContact(email="hana@example.com"))
    return ctx


def wants(ctx: ToolContext, least: int | None) -> ToolContext:
    verification = ctx.shop.verification.model_copy(update={"purchase_from": least})
    return replace(ctx, shop=ctx.shop.model_copy(update={"verification": verification}))


async def ask(ctx: ToolContext, key: str = "k1", **given: Any) -> VerificationView:
    async with ctx.conn.transaction():
        view = await BOX["verify_purchase"].run(replace(ctx, key=key), VerifyPurchase(**given))
    assert isinstance(view, VerificationView)
    return view


async def sent(ctx: ToolContext) -> list[tuple[str, str]]:
    """The codes that left, each with its receiver, oldest first."""
    found = [await orders.announcement(ctx.conn, one) for one in await orders.untold(ctx.conn)]
    return [
        (str(one.body["contact"]), code_for(one.subject))
        for one in found
        if one and one.kind == "verification_code"
    ]


async def needs(ctx: ToolContext) -> tuple[str, ...]:
    return (await checkout.begin(ctx)).needs


async def place(ctx: ToolContext) -> str:
    total = (await checkout.begin(ctx)).cart.total
    return (await placing.place_order(ctx, PlaceOrder(total=total))).order or ""


async def test_nothing_is_ordered_before_the_code_is_right(guest: ToolContext) -> None:
    assert await needs(guest) == ("code",)
    with pytest.raises(CheckoutIncomplete):
        await place(guest)
    told = await ask(guest)
    assert (told.state, told.to) == ("code_sent", "ha***@example.com")
    ((to, code),) = await sent(guest)
    assert to == "hana@example.com"
    assert (await ask(guest, code="000000" if code != "000000" else "000001")).state == "code_wrong"
    assert await needs(guest) == ("code",)
    assert (await ask(guest, code=code)).state == "verified"
    assert await needs(guest) == ("confirm",)
    assert await place(guest)
    assert (await ask(guest, code=code)).state != "verified"


async def test_a_code_proves_the_address_it_went_to_and_no_other(guest: ToolContext) -> None:
    await ask(guest)
    ((_, code),) = await sent(guest)
    await checkout.take_contact(guest, GiveContact(email="other@example.com"))
    assert (await ask(guest, code=code)).state == "code_over"
    await checkout.take_contact(guest, GiveContact(email="hana@example.com"))
    assert (await ask(guest, code=code)).state == "verified"
    await checkout.take_contact(guest, GiveContact(email="other@example.com"))
    assert await needs(guest) == ("code",)
    with pytest.raises(CheckoutIncomplete):
        await place(guest)


async def test_a_code_that_holds_is_not_sent_twice_unless_asked_for(
    guest: ToolContext, clock: TurnedClock
) -> None:
    for key in ("a", "b", "c"):
        assert (await ask(guest, key)).state == "code_sent"
    assert len(await sent(guest)) == 1
    assert (await ask(guest, "d", again=True)).state == "code_sent"
    (_, first), (_, second) = await sent(guest)
    assert (await ask(guest, code=first)).state == ("verified" if first == second else "code_wrong")
    clock.advance(rules.CODE_LIFE + timedelta(seconds=1))
    late = replace(guest, now=clock.now())
    assert (await ask(late, code=second)).state == "code_over"
    assert (await ask(late, "e")).state == "code_sent"
    assert len(await sent(guest)) == 3


async def test_five_wrong_tries_and_five_codes_an_hour(guest: ToolContext) -> None:
    await ask(guest)
    ((_, code),) = await sent(guest)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    states = [(await ask(guest, code=wrong)).state for _ in range(rules.CODE_TRIES)]
    assert states == ["code_wrong"] * 4 + ["code_over"]
    assert (await ask(guest, code=code)).state == "code_over"
    sends = [(await ask(guest, f"again{n}", again=True)).state for n in range(rules.CODES_PER_HOUR)]
    assert sends == ["code_sent"] * 4 + ["locked"]


async def test_a_purchase_code_opens_no_account_and_an_owners_code_no_purchase(guest: ToolContext) -> None:
    await ask(guest)
    ((_, code),) = await sent(guest)
    async with guest.conn.transaction():
        view = await BOX["check_code"].run(replace(guest, key="x"), CheckCode(code=code))
    assert isinstance(view, VerificationView)
    assert view.state == "code_over"


@pytest.mark.parametrize(("least", "asked"), [(None, False), (0, True), (10_000_000, False)])
async def test_the_shop_says_from_which_amount(guest: ToolContext, least: int | None, asked: bool) -> None:
    ctx = wants(guest, least)
    assert await needs(ctx) == (("code",) if asked else ("confirm",))
    if not asked:
        assert await place(ctx)
