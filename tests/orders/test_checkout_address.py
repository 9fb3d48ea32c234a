"""Addresses in the checkout: said whole, said bit by bit, corrected, picked from the saved ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from orders.floor import SEOUL, SHOE, put_on_shelf

from dangol.carts import api as carts
from dangol.contracts.shopfloor.orders import (
    CheckoutView,
    ChooseDelivery,
    GiveAddress,
    GiveContact,
    StartCheckout,
)
from dangol.customers import api as customers
from dangol.kernel.clock import TurnedClock
from dangol.kernel.shop import Shop
from dangol.kernel.tools import ToolContext
from dangol.orders import api, tools

Context = Callable[..., ToolContext]
Connection = psycopg.AsyncConnection[Any]


@pytest.fixture
async def ctx(
    conn: Connection, shop: Shop, clock: TurnedClock, context: Context, tmp_path: Path
) -> ToolContext:
    await put_on_shelf(conn, shop, tmp_path, clock.now())
    made = context(conn, shop, clock)
    await carts.add(conn, shop, made.shopper, SHOE, 1, "ko", made.now)
    await tools.give_contact(made, GiveContact(name="김단골", phone="010-1234-5678"))
    return made


async def say(ctx: ToolContext, text: str, **more: Any) -> CheckoutView:
    return await tools.give_address(ctx, GiveAddress(text=text, **more))


async def test_an_address_said_whole_is_read_and_priced(ctx: ToolContext) -> None:
    view = await say(ctx, "서울 강남구 테헤란로 123, 4층 06236")
    assert not view.problems
    assert view.address is not None
    assert (view.address.postcode, view.address.recipient) == ("06236", "김단골")
    assert view.step == "confirm"


async def test_the_postcode_may_come_afterwards(ctx: ToolContext) -> None:
    view = await say(ctx, "서울 강남구 테헤란로 123, 4층")
    assert view.needs == ("postcode",)
    view = await say(ctx, "06236이요")
    assert (view.step, view.address.postcode if view.address else "") == ("confirm", "06236")
    assert view.address is not None
    assert "테헤란로 123" in view.address.street


async def test_a_postcode_of_another_region_is_not_taken(ctx: ToolContext) -> None:
    view = await say(ctx, "서울 강남구 테헤란로 123, 4층 63122")
    assert "postcode_mismatch" in [problem.code for problem in view.problems]
    assert view.step == "address"


async def test_an_address_corrected_in_the_middle_replaces_the_first(ctx: ToolContext) -> None:
    await say(ctx, "서울 강남구 테헤란로 123, 4층 06236")
    view = await say(ctx, "아 잠시만요 제주특별자치도 제주시 첨단로 242 63309 2층으로 보내주세요")
    assert view.address is not None
    assert view.address.postcode == "63309"
    assert view.quote is not None
    assert view.quote.surcharge.amount == 3_500
    assert view.cart.total.amount == 89_000 + 3_500


async def test_a_place_the_shop_does_not_deliver_to_is_said_so(ctx: ToolContext) -> None:
    abroad = ctx.shop.model_copy(
        update={"shipping": ctx.shop.shipping.model_copy(update={"zones": ctx.shop.shipping.zones[:1]})}
    )
    moved = ToolContext(**{**ctx.__dict__, "shop": abroad})
    view = await say(moved, "350 5th Ave Apt 12, New York, NY 10118")
    assert "not_served" in [problem.code for problem in view.problems]
    assert view.step == "address"


async def test_words_that_are_no_address_are_not_taken(ctx: ToolContext) -> None:
    view = await say(ctx, "그냥 빨리 보내주세요")
    assert [problem.code for problem in view.problems] == ["not_an_address"]
    assert view.address is None


async def test_another_way_of_delivery_is_chosen_by_its_name(ctx: ToolContext) -> None:
    await say(ctx, "서울 강남구 테헤란로 123, 4층 06236")
    view = await tools.choose_delivery(ctx, ChooseDelivery(method="당일 배송"))
    assert view.quote is not None
    assert (view.quote.method, view.cart.total.amount) == ("당일배송", 95_000)
    assert [way.method for way in view.methods] == [None, "당일배송"]
    view = await tools.choose_delivery(ctx, ChooseDelivery(method="드론"))
    assert view.problems[0].code == "unknown_method"
    assert view.cart.total.amount == 95_000
    view = await tools.choose_delivery(ctx, ChooseDelivery())
    assert view.cart.total.amount == 89_000


async def test_a_known_customer_is_offered_what_is_saved_and_nothing_is_ticked(
    conn: Connection, shop: Shop, clock: TurnedClock, context: Context, tmp_path: Path
) -> None:
    await put_on_shelf(conn, shop, tmp_path, clock.now())
    who = await customers.identify(
        conn, external_id="9", email="Kim@Example.com", name="김단골", now=clock.now()
    )
    await customers.save_address(conn, who, SEOUL, clock.now())
    ctx = context(conn, shop, clock, customer_id=who)
    await carts.add(conn, shop, ctx.shopper, SHOE, 1, "ko", ctx.now)
    view = await tools.start_checkout(ctx, StartCheckout())
    assert (view.name, view.email, view.needs) == ("김단골", "Kim@Example.com", ("address",))
    assert len(view.saved_addresses) == 1
    view = await tools.give_address(ctx, GiveAddress(saved=1))
    assert view.needs == ("confirm",)
    view = await tools.give_address(ctx, GiveAddress(saved=2))
    assert view.problems[0].code == "not_an_address"


async def test_a_checkout_follows_the_visitor_who_signs_in(ctx: ToolContext) -> None:
    await say(ctx, "서울 강남구 테헤란로 123, 4층 06236")
    who = await customers.identify(ctx.conn, external_id="3", email="lee@example.com", name="이", now=ctx.now)
    known = ToolContext(
        **{
            **ctx.__dict__,
            "shopper": type(ctx.shopper)(ctx.shopper.conversation_id, customer_id=who, role="customer"),
        }
    )
    await carts.adopt(ctx.conn, ctx.shopper.key, known.shopper.key)
    await api.adopt(ctx.conn, ctx.shopper.key, known.shopper.key, ctx.now)
    view = await tools.start_checkout(known, StartCheckout())
    assert (view.name, view.email, view.step) == ("김단골", "lee@example.com", "confirm")
