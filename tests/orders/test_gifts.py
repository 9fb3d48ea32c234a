"""Gifts: the parcel bears the recipient, the order stays the buyer's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from orders.floor import SEOUL, SHOE, put_on_shelf

from dangol.carts import api as carts
from dangol.contracts.shopfloor.orders import (
    CheckoutView,
    GiveAddress,
    GiveContact,
    GiveGift,
    PlaceOrder,
    StartCheckout,
)
from dangol.contracts.shopfloor.verification import VerifyShopper
from dangol.kernel.clock import TurnedClock
from dangol.kernel.shop import Shop
from dangol.kernel.tools import ToolContext
from dangol.orders import api as orders
from dangol.orders import tools
from dangol.orders.model import CheckoutIncomplete
from dangol.orders.verification.rules import agrees

Connection = psycopg.AsyncConnection[Any]


@pytest.fixture
async def ctx(
    conn: Connection, shop: Shop, clock: TurnedClock, context: Callable[..., ToolContext], tmp_path: Path
) -> ToolContext:
    await put_on_shelf(conn, shop, tmp_path, clock.now())
    made = context(conn, shop, clock)
    await carts.add(made.conn, made.shop, made.shopper, SHOE, 1, made.language, made.now)
    await tools.start_checkout(made, StartCheckout())
    return made


async def _filled(ctx: ToolContext) -> CheckoutView:
    await tools.give_contact(ctx, GiveContact(name="선무리", phone="010-9999-8888"))
    return await tools.give_address(ctx, GiveAddress(text=f"{SEOUL.lines} {SEOUL.postcode}"))


async def test_a_gift_waits_for_the_name_of_whoever_gets_it(ctx: ToolContext) -> None:
    await tools.give_gift(ctx, GiveGift())
    view = await _filled(ctx)
    assert view.needs == ("recipient",)
    with pytest.raises(CheckoutIncomplete):
        await tools.place_order(ctx, PlaceOrder(total=view.cart.total))
    view = await tools.give_gift(ctx, GiveGift(recipient="김영희", phone="01022223333", note="축하해"))
    assert view.needs == ("confirm",)
    placed = await tools.place_order(ctx, PlaceOrder(total=view.cart.total))
    order = await orders.order_row(ctx.conn, placed.order or "")
    assert order is not None
    assert order.address is not None
    assert (order.name, order.phone) == ("선무리", "010-9999-8888")
    assert (order.address["recipient"], order.address["phone"]) == ("김영희", "010-2222-3333")
    assert order.gift == {"recipient": "김영희", "phone": "010-2222-3333", "note": "축하해"}


async def test_what_is_no_gift_any_more_goes_to_the_buyer(ctx: ToolContext) -> None:
    await tools.give_gift(ctx, GiveGift(recipient="김영희"))
    await tools.give_gift(ctx, GiveGift(gift=False))
    view = await _filled(ctx)
    placed = await tools.place_order(ctx, PlaceOrder(total=view.cart.total))
    order = await orders.order_row(ctx.conn, placed.order or "")
    assert order is not None
    assert order.address is not None
    assert (order.gift, order.address["recipient"]) == (None, "선무리")


async def test_a_phone_that_is_none_is_named_and_not_kept(ctx: ToolContext) -> None:
    view = await tools.give_gift(ctx, GiveGift(recipient="김영희", phone="010-12"))
    assert [each.code for each in view.problems] == ["not_a_phone"]
    assert view.gift is not None
    assert view.gift.phone == ""


async def test_the_recipient_proves_nothing_by_their_name(ctx: ToolContext) -> None:
    await tools.give_gift(ctx, GiveGift(recipient="김영희"))
    view = await _filled(ctx)
    placed = await tools.place_order(ctx, PlaceOrder(total=view.cart.total))
    order = await orders.order_row(ctx.conn, placed.order or "")
    assert order is not None
    claim = {"order": order.number, "postcode": "06236"}
    assert not agrees(order, VerifyShopper(name="김영희", **claim), "name_postcode")
    assert agrees(order, VerifyShopper(name="선무리", **claim), "name_postcode")
    assert agrees(replace(order, gift=None), VerifyShopper(name="김영희", **claim), "name_postcode")
