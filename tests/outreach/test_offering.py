"""One thing that goes with an order: bought together first, in stock, of a size that fits; never where it is out of place."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from orders.floor import SEOUL, as_guest

from dangol.catalog import api as catalog
from dangol.connect.embedders.embedded import EmbeddedEmbedder
from dangol.contracts.shopfloor.offers import AnswerOffer, OfferWithOrder, OrderOffer
from dangol.contracts.shopfloor.people import NotePreference
from dangol.customers import api as customers
from dangol.customers import tools as customer_tools
from dangol.kernel.clock import TurnedClock
from dangol.kernel.errors import NotFound
from dangol.kernel.shop import Shop
from dangol.kernel.tools import ToolContext
from dangol.outreach import api as outreach
from dangol.outreach.tools import tools

Connection = psycopg.AsyncConnection[Any]
_SIZES = {"name": {"ko": "사이즈", "en": "Size"}}


def _goods(handle: str, title: str, category: str, sizes: list[str], **more: Any) -> dict[str, Any]:
    options = [{**_SIZES, "values": sizes}] if sizes else []
    stock = more.pop("stock", 5)
    variants = [
        {"sku": f"{handle}-{size}", "options": [size], "price": 10000, "stock": stock} for size in sizes
    ] or [{"sku": handle, "price": 10000, "stock": stock}]
    return {
        "handle": handle, "status": "active", "title": {"ko": title}, "category": {"ko": category},
        "options": options, "variants": variants, **more,
    }  # fmt: skip


_FEET = [{"name": {"ko": "크기"}, "value": {"ko": "M 225~250, L 255~280 mm"}}]
GOODS = [
    _goods("runner", "러닝화", "러닝화", ["240", "270", "290"]),
    _goods("trail", "트레일 러닝화", "러닝화", ["270"]),
    _goods("socks", "러닝 양말", "양말", ["M", "L"], attributes=_FEET),
    _goods("tee", "러닝 티셔츠", "티셔츠", ["M", "L"]),
    _goods("jogger", "조거 팬츠", "바지", ["M", "L"]),
    _goods("bottle", "물병", "물병", []),
]


class Counter:
    """A counter with an order on it and the offer tools in reach."""

    def __init__(self, conn: Connection, made: ToolContext, clock: TurnedClock) -> None:
        self.conn, self.made, self.clock = conn, made, clock
        self.orders = 0
        self.upset = False
        self.box: dict[str, Any] = {}

    async def open(self) -> None:
        @asynccontextmanager
        async def again() -> AsyncIterator[Connection]:
            yield self.conn

        search = await catalog.Search.open(again, EmbeddedEmbedder())
        self.box = {tool.name: tool for tool in tools(search, self.troubled)}

    async def troubled(self, _conn: Any, _conversation: str) -> bool:
        return self.upset

    def ctx(self, **shopper: Any) -> ToolContext:
        return replace(self.made, now=self.clock.now(), shopper=replace(self.made.shopper, **shopper))

    async def order(self, *skus: str, status: str = "delivered", customer: int | None = None) -> str:
        self.orders += 1
        number = f"S-{self.orders}"
        ctx = self.ctx()
        row = await (
            await self.conn.execute(
                "insert into orders (number, status, language, currency, subtotal, total, placed_at, paid_at,"
                " conversation_id, shopper_key, customer_id, address) values (%s, %s, 'ko', 'KRW', 0, 0, %s, %s, %s,"
                " %s, %s, %s) returning id",
                (
                    number, status, self.clock.now(), self.clock.now(), ctx.shopper.conversation_id, ctx.shopper.key, customer,
                    json.dumps(SEOUL.model_dump()),
                ),
            )
        ).fetchone()  # fmt: skip
        assert row is not None
        for line, sku in enumerate(skus):
            handle = sku.partition("-")[0]
            title = next(each["title"]["ko"] for each in GOODS if each["handle"] == handle)
            await self.conn.execute(
                "insert into order_lines (order_id, line, product, sku, title, options, quantity, unit_price, total)"
                " values (%s, %s, %s, %s, %s, '{}', 1, 10000, 10000)",
                (row[0], line, handle, sku, title),
            )
        return number

    async def together(self, one: str, other: str, orders: int) -> None:
        for product, with_it in ((one, other), (other, one)):
            await self.conn.execute(
                "insert into bought_together (product_id, other_id, orders) select p.id, o.id, %s from products p,"
                " products o where p.handle = %s and o.handle = %s",
                (orders, product, with_it),
            )

    async def offer(self, number: str, **shopper: Any) -> OrderOffer:
        ctx = as_guest(self.ctx(), number)
        ctx = replace(ctx, shopper=replace(ctx.shopper, **shopper))
        return await self.box["offer_with_order"].run(ctx, OfferWithOrder(order=number))

    async def answer(self, offer: str, said: Any, **shopper: Any) -> Any:
        return await self.box["answer_offer"].run(self.ctx(**shopper), AnswerOffer(offer=offer, answer=said))


@pytest.fixture
async def box(
    conn: Connection, shop: Shop, clock: TurnedClock, tmp_path: Path, context: Callable[..., ToolContext]
) -> Any:
    file = tmp_path / "goods.json"
    file.write_text(json.dumps({"products": GOODS}, ensure_ascii=False))
    report = await catalog.import_products(conn, shop, file, "json", clock.now(), media=tmp_path / "media")
    assert not report.refused, report
    await catalog.store_shop(conn, json.loads(shop.model_dump_json(by_alias=True)))
    counter = Counter(conn, context(conn, shop, clock), clock)
    await counter.open()
    return counter


@pytest.mark.parametrize(("size", "fitting"), [("240", "M"), ("270", "L"), ("290", None)])
async def test_socks_fit_the_foot_that_bought_the_shoes(box: Any, size: str, fitting: str | None) -> None:
    await box.together("runner", "socks", 9)
    offer = await box.offer(await box.order(f"runner-{size}"))
    if fitting:
        assert (offer.sku, offer.orders, offer.bought) == (f"socks-{fitting}", 9, "러닝화")
        assert offer.price.amount == 10000
    else:
        assert not offer.sku.startswith("socks")


async def test_what_is_bought_together_comes_before_what_merely_goes_with_it(box: Any) -> None:
    assert (await box.offer(await box.order("runner-270"))).orders == 0
    await box.together("runner", "bottle", 12)
    await box.together("runner", "socks", 3)
    offer = await box.offer(await box.order("runner-270"), conversation_id="c_other")
    assert (offer.sku, offer.orders) == ("bottle", 12)


async def test_never_a_substitute_nor_what_they_have(box: Any) -> None:
    await box.together("runner", "trail", 90)
    await box.together("runner", "socks", 30)
    offer = await box.offer(await box.order("runner-270", "socks-L"))
    assert offer.card is None or offer.card.product not in ("trail", "socks", "runner")


async def test_sold_out_is_not_offered_and_the_price_is_that_of_this_moment(
    box: Any, conn: Connection
) -> None:
    await box.together("runner", "socks", 9)
    await conn.execute("update variants set price = 8000 where sku = 'socks-L'")
    offer = await box.offer(await box.order("runner-270"))
    assert offer.price.amount == 8000
    await conn.execute("update variants set stock = 0 where sku = 'socks-L'")
    offer = await box.offer(await box.order("runner-270"), conversation_id="c_other")
    assert not offer.sku.startswith("socks")


async def test_clothes_of_the_same_size_fit_and_of_no_known_size_are_not_offered(box: Any) -> None:
    await box.together("tee", "jogger", 9)
    assert (await box.offer(await box.order("tee-L"))).sku == "jogger-L"
    await box.together("bottle", "jogger", 9)
    assert (await box.offer(await box.order("bottle"), conversation_id="c_2")).sku != "jogger-L"


async def test_once_an_order_and_after_a_no_not_for_a_week(box: Any, clock: TurnedClock) -> None:
    await box.together("runner", "socks", 9)
    first, second, third = [await box.order("runner-270") for _ in range(3)]
    offer = await box.offer(first)
    assert (await box.offer(first)).card is None
    assert (await box.answer(offer.id, "refused")).sku == "socks-L"
    clock.advance(timedelta(days=6))
    assert (await box.offer(second)).card is None
    clock.advance(timedelta(days=2))
    assert (await box.offer(second)).card is None  # this conversation heard a no
    assert (await box.offer(third, conversation_id="c_new")).card is not None


async def test_two_offers_a_day_are_one_too_many(box: Any, clock: TurnedClock) -> None:
    await box.together("runner", "socks", 9)
    first, second = [await box.order("runner-270") for _ in range(2)]
    assert (await box.offer(first)).card is not None
    assert (await box.offer(second)).card is None
    clock.advance(timedelta(days=1))
    assert (await box.offer(second)).card is not None


async def test_where_something_is_wrong_nothing_is_sold(box: Any, conn: Connection, shop: Shop) -> None:
    await box.together("runner", "socks", 9)
    for status in ("cancelled", "refunded", "partly_refunded", "pending_payment"):
        assert (await box.offer(await box.order("runner-270", status=status))).card is None
    number = await box.order("runner-270")
    assert (await box.offer(number, personal=False)).card is None
    box.upset = True
    assert (await box.offer(number)).card is None
    box.upset = False
    await conn.execute(
        "insert into order_outlooks (order_number, share, promised, likely_from, likely_to, evidence, looked_at)"
        " values (%s, 0.8, now(), now(), now(), 50, now())",
        (number,),
    )
    assert (await box.offer(number)).card is None
    await conn.execute("delete from order_outlooks")
    assert (await box.offer(number)).card is not None


async def test_who_wants_no_offers_gets_none_until_they_delete_that(box: Any, conn: Connection) -> None:
    await box.together("runner", "socks", 9)
    number = await box.order("runner-270")
    ctx = as_guest(box.ctx(), number)
    await customer_tools.note_preference(
        ctx, NotePreference(kind="other", value="no_offers", words="권하지 마세요")
    )
    assert (await box.offer(number)).card is None
    await conn.execute("delete from preferences")
    await customers.refuse_advertising(conn, ctx.shopper.key, ctx.now)
    assert (await box.offer(number)).card is None


async def test_somebody_elses_order_and_offer_are_not_found(box: Any) -> None:
    await box.together("runner", "socks", 9)
    number = await box.order("runner-270")
    with pytest.raises(NotFound):
        await box.box["offer_with_order"].run(box.ctx(conversation_id="c_x"), OfferWithOrder(order=number))
    offer = await box.offer(number)
    with pytest.raises(NotFound):
        await box.answer(offer.id, "taken", conversation_id="c_x")


async def test_acceptance_is_counted_of_the_offers_shown(
    box: Any, conn: Connection, clock: TurnedClock
) -> None:
    await box.together("runner", "socks", 9)
    begin = clock.now()
    for at in range(4):
        number = await box.order("runner-270")
        offer = await box.offer(number, conversation_id=f"c_{at}")
        await conn.execute("update orders set conversation_id = %s where number = %s", (f"c_{at}", number))
        if at < 2:
            await box.answer(offer.id, "taken", conversation_id=f"c_{at}")
        elif at == 2:
            await box.answer(offer.id, "refused", conversation_id=f"c_{at}")
        clock.advance(timedelta(days=1))
        if at == 0:
            bought = await box.order("socks-L", status="paid")
            await conn.execute("update orders set conversation_id = 'c_0' where number = %s", (bought,))
    found = await outreach.offer_figures(conn, begin, clock.now())
    assert (found.shown, found.taken, found.refused, found.bought) == (4, 2, 1, 1)
