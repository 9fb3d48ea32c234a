"""What is on offer, what is saved, who waits for what, and delivery to places said in any way."""

import contextlib
from datetime import date, timedelta

import psycopg
import pytest

from dangol.carts import api, tools
from dangol.catalog import api as catalog
from dangol.contracts.shopfloor.baskets import AddToCart, QuoteDelivery
from dangol.contracts.shopfloor.people import NoMoreRestock, Nothing, RestockWish, SaveAddress, Wish
from dangol.customers import api as customers
from dangol.kernel.errors import NotFound
from dangol.kernel.shop import Bundle, Coupon

pytestmark = pytest.mark.usefixtures("goods")


async def known(conn, clock, email="kim@example.com"):
    return await customers.identify(conn, external_id=None, email=email, name="김하늘", now=clock.now())


async def test_a_bundle_in_reach_is_told_with_what_it_saves(conn, shop, clock, context):
    run = Bundle(
        code="RUN", title={"ko": "러닝 세트", "en": "Run set"}, products=("runner", "socks"), price=60000
    )
    dear = Bundle(code="DEAR", title="x", products=("runner", "cap"), price=900000)
    sale = shop.model_copy(update={"bundles": (run, dear)})
    ctx = context(conn, sale, clock)
    before = (await tools.add_to_cart(ctx, AddToCart(sku="RUN-270"))).bundle
    assert (before.product, before.title, before.price.amount) == ("socks", "러닝 세트", 60000)
    sock = await conn.execute("select v.sku from variants v join products p on p.id = v.product_id"
                              " where p.handle = 'socks' order by v.price limit 1")  # fmt: skip
    (sku,) = await sock.fetchone()
    after = await tools.add_to_cart(ctx, AddToCart(sku=sku))
    assert after.bundle is None
    assert before.saves.amount == next(
        one.amount.amount for one in after.cart.discounts if one.kind == "bundle"
    )


async def test_no_bundle_is_told_where_offers_are_off_or_the_other_is_sold_out(conn, shop, clock, context):
    run = Bundle(code="RUN", title="x", products=("runner", "socks"), price=60000)
    quiet = shop.outreach.model_copy(update={"offers": False})
    sale = shop.model_copy(update={"bundles": (run,)})
    silent = context(conn, sale.model_copy(update={"outreach": quiet}), clock)
    assert (await tools.add_to_cart(silent, AddToCart(sku="RUN-270"))).bundle is None
    await conn.execute(
        "update variants set stock = 0 where product_id = (select id from products where handle = 'socks')"
    )
    assert (await tools.add_to_cart(context(conn, sale, clock), AddToCart(sku="RUN-270"))).bundle is None


async def test_only_offers_that_can_be_had_are_named(conn, shop, clock, context):
    secret = Coupon(code="STAFF", type="percent", value=50, public=False)
    bundles = (
        Bundle(
            code="RUN",
            title={"ko": "러닝 세트", "en": "Run set"},
            products=("runner", "socks"),
            price=60000,
            limit=5,
        ),
        Bundle(code="OLD", title="x", products=("cap", "socks"), price=1000, ends=date(2026, 11, 20)),
        Bundle(code="DEAR", title="x", products=("cap", "socks"), price=90000),
        Bundle(code="GONE", title="x", products=("cap", "nothing"), price=1000),
    )
    sale = shop.model_copy(update={"coupons": (*shop.coupons, secret), "bundles": bundles})
    items = (await tools.list_offers(context(conn, sale, clock), Nothing())).items
    assert [(one.kind, one.code) for one in items] == [
        ("coupon", "WELCOME10"), ("coupon", "SHIPFREE"), ("coupon", "MINUS5000"), ("bundle", "RUN"),
    ]  # fmt: skip
    assert (items[0].percent, items[0].min_subtotal.amount, items[0].first_order_only) == (10, 20000, True)
    bundle = items[-1]
    assert (bundle.title, bundle.price.amount, bundle.instead_of.amount, bundle.left) == (
        "러닝 세트",
        60000,
        64500,
        5,
    )
    who = await known(conn, clock)
    await customers.note_purchase(conn, who, 1000, cause="o", bought=clock.now())
    items = (await tools.list_offers(context(conn, sale, clock, customer_id=who), Nothing())).items
    assert "WELCOME10" not in [one.code for one in items]
    await conn.execute("UPDATE variants SET stock = 0 WHERE sku = 'SOCK'")
    items = (await tools.list_offers(context(conn, sale, clock), Nothing())).items
    assert "RUN" not in [one.code for one in items]


async def test_a_process_with_a_search_names_what_is_marked_down(conn, database_url, shop, clock, context):
    @contextlib.asynccontextmanager
    async def connection():
        async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as one:
            yield one

    search = await catalog.Search.open(connection)
    try:
        run = next(tool for tool in tools.tools(search) if tool.name == "list_offers").run
        items = (await run(context(conn, shop, clock), Nothing())).items
    finally:
        await search.close()
    marked = [one for one in items if one.kind == "markdown"]
    assert [(one.title, one.price.amount, one.instead_of.amount, one.percent) for one in marked] == [
        ("볼캡", 29000, 35000, 17)
    ]


async def test_delivery_is_quoted_to_any_place_for_what_lies_in_the_cart(conn, shop, clock, context):
    ctx = context(conn, shop, clock)
    jeju = await tools.quote_delivery(ctx, QuoteDelivery(place="제주도 배송비 얼마예요?"))
    assert (jeju.understood, jeju.known_place, jeju.served) == ("제주특별자치도", True, True)
    assert [(q.method, q.whole.amount) for q in jeju.quotes] == [(None, 6500), ("당일배송", 9500)]
    await tools.add_to_cart(ctx, AddToCart(sku="RUN-270"))
    assert (await tools.quote_delivery(ctx, QuoteDelivery(place="제주도"))).quotes[0].whole.amount == 3500
    cap = await tools.quote_delivery(ctx, QuoteDelivery(place="제주도", product="cap"))
    assert cap.quotes[0].whole.amount == 6500
    usa = await tools.quote_delivery(context(conn, shop, clock, language="en"), QuoteDelivery(place="90210"))
    assert (usa.understood, usa.quotes[0].zone) == ("California 90210", "United States")
    far = await tools.quote_delivery(ctx, QuoteDelivery(place="일본"))
    assert (far.served, far.understood, far.quotes) == (False, "일본", ())
    with pytest.raises(NotFound):
        await tools.quote_delivery(ctx, QuoteDelivery(place="부산", product="nothing"))


async def test_without_a_place_the_last_address_or_home_is_quoted(conn, shop, clock, context):
    plain = await tools.quote_delivery(context(conn, shop, clock), QuoteDelivery(place="배송비 얼마예요?"))
    assert (plain.known_place, plain.quotes[0].sure, plain.quotes[0].whole.amount) == (False, False, 3000)
    who = await known(conn, clock)
    ctx = context(conn, shop, clock, customer_id=who)
    kept = await tools.save_address(ctx, SaveAddress(text="제주시 연북로 1, 101호 63122"))
    assert kept.lines == "(63122) 제주특별자치도 제주시 연북로 1, 101호"
    theirs = await tools.quote_delivery(ctx, QuoteDelivery())
    assert (theirs.known_place, theirs.quotes[0].surcharge.amount) == (False, 3500)


async def test_only_a_whole_address_is_kept_and_only_for_an_account(conn, shop, clock, context):
    with pytest.raises(customers.NotIdentified):
        await tools.save_address(context(conn, shop, clock), SaveAddress(text="제주시 연북로 1 63122"))
    ctx = context(conn, shop, clock, customer_id=await known(conn, clock))
    for text, missing, problems in (
        ("제주시 연북로 1", ["postcode"], []),
        ("제주시 연북로", ["address", "postcode"], []),
        ("서울 강남구 테헤란로 1 63122", [], ["postcode_mismatch"]),
    ):
        with pytest.raises(api.AddressIncomplete) as no:
            await tools.save_address(ctx, SaveAddress(text=text))
        assert no.value.details["missing"] == missing
        assert [one["code"] for one in no.value.details["problems"]] == problems
    assert await customers.addresses(conn, ctx.shopper.customer_id) == ()


async def test_wishes_show_the_price_and_stock_of_now(conn, shop, clock, context):
    ctx = context(conn, shop, clock)
    assert (await tools.save_wish(ctx, Wish(product="runner", sku="RUN-280"))).added
    clock.advance(timedelta(minutes=1))
    ctx = context(conn, shop, clock)
    again = await tools.save_wish(ctx, Wish(product="cap"))
    assert again.added
    assert not (await tools.save_wish(ctx, Wish(product="cap"))).added
    assert [(w.title, w.sku, w.in_stock, w.price.amount, w.options) for w in again.items] == [
        ("볼캡", None, True, 29000, {}),
        ("달리기 운동화", "RUN-280", False, 60000, {"사이즈": "280"}),
    ]
    await conn.execute("UPDATE variants SET price = 25000 WHERE sku = 'CAP'")
    await conn.execute("UPDATE products SET status = 'archived' WHERE handle = 'runner'")
    left = (await tools.list_wishes(ctx, Nothing())).items
    assert [(w.product, w.price.amount) for w in left] == [("cap", 25000)]
    assert (await tools.remove_wish(ctx, Wish(product="cap"))).items == ()
    with pytest.raises(NotFound):
        await tools.save_wish(ctx, Wish(product="nothing"))
    with pytest.raises(api.UnknownVariant):
        await tools.save_wish(ctx, Wish(product="cap", sku="SOCK"))


async def test_waiting_for_what_is_sold_out(conn, shop, clock, context):
    await catalog.store_shop(conn, shop.model_dump(mode="json", by_alias=True))
    ctx = context(conn, shop, clock)
    asked = await tools.note_restock(ctx, RestockWish(product="runner", sku="RUN-280"))
    assert (asked.needs, asked.title, asked.options) == ("contact", "달리기 운동화", {"사이즈": "280"})
    with pytest.raises(api.NotAContact):
        await tools.note_restock(ctx, RestockWish(product="runner", sku="RUN-280", to="네"))
    noted = await tools.note_restock(ctx, RestockWish(product="runner", sku="RUN-280", to="010-1234-5678"))
    assert (noted.needs, noted.until) == ("nothing", "2026-12-21")
    agreed = await customers.consents(conn, ctx.shopper.key)
    assert [(one.purpose, one.channel, one.withdrawn) for one in agreed] == [("restock", "sms", None)]
    assert "한 번" in agreed[0].wording
    who = await known(conn, clock)
    member = context(conn, shop, clock, customer_id=who, conversation_id="c_2")
    assert (await tools.note_restock(member, RestockWish(product="runner", sku="RUN-280"))).needs == "nothing"
    assert await api.restock_due(conn, clock.now()) == []
    await conn.execute("UPDATE variants SET stock = 3 WHERE sku = 'RUN-280'")
    due = await api.restock_due(conn, clock.now())
    assert [one.contact for one in due] == ["01012345678", "kim@example.com"]
    assert await api.restock_told(conn, due[0].id, clock.now())
    assert not await api.restock_told(conn, due[0].id, clock.now())
    assert [one.contact for one in await api.restock_due(conn, clock.now())] == ["kim@example.com"]
    assert await api.restock_due(conn, clock.now() + timedelta(days=31)) == []
    with pytest.raises(api.UnknownVariant):
        await tools.note_restock(ctx, RestockWish(product="runner", sku="NOPE"))


async def test_word_comes_by_the_channel_it_was_asked_for(conn, shop, clock, context):
    await catalog.store_shop(conn, shop.model_dump(mode="json", by_alias=True))
    member = context(conn, shop, clock, customer_id=await known(conn, clock))  # of whom an e-mail is known
    wish = RestockWish(product="runner", sku="RUN-280")
    assert (await tools.note_restock(member, wish)).channel == "email"
    asked = await tools.note_restock(member, wish.model_copy(update={"by": "sms"}))
    assert (asked.needs, asked.channel) == ("contact", None)
    noted = await tools.note_restock(member, wish.model_copy(update={"by": "sms", "to": "010-1234-5678"}))
    assert (noted.needs, noted.channel) == ("nothing", "sms")


async def test_wishes_go_with_the_visitor(conn, shop, clock, context):
    visitor = context(conn, shop, clock)
    await tools.save_wish(visitor, Wish(product="cap"))
    await tools.note_restock(visitor, RestockWish(product="runner", sku="RUN-280", to="a@b.kr"))
    member = context(conn, shop, clock, customer_id=await known(conn, clock))
    await api.adopt(conn, visitor.shopper.key, member.shopper.key)
    assert [w.product for w in (await tools.list_wishes(member, Nothing())).items] == ["cap"]
    assert (await api.count_kept(conn, member.shopper.key)) == {"cart": 0, "wishes": 1, "restock": 1}
    assert (await tools.list_wishes(visitor, Nothing())).items == ()


async def test_no_verb_changes_a_price():
    assert {tool.name for tool in tools.TOOLS} == {
        "view_cart", "add_to_cart", "change_cart", "apply_coupon", "remove_coupon", "use_points", "quote_delivery",
        "list_offers", "save_wish", "list_wishes", "remove_wish", "note_restock", "stop_restock", "save_address",
    }  # fmt: skip
    assert not any(
        "price" in tool.args.model_fields or "amount" in tool.args.model_fields for tool in tools.TOOLS
    )
    assert all(tool.description for tool in tools.TOOLS)


async def test_no_more_are_told_than_there_are_units_and_in_the_order_they_asked(conn, shop, clock, context):
    await catalog.store_shop(conn, shop.model_dump(mode="json", by_alias=True))
    talks = [context(conn, shop, clock, conversation_id=f"c_{n}") for n in range(4)]
    ahead = []
    for place, ctx in enumerate(talks):
        wish = RestockWish(product="runner", sku="RUN-280", to=f"{place}@b.kr")
        ahead.append((await tools.note_restock(ctx, wish)).ahead)
    assert ahead == [0, 1, 2, 3]
    await conn.execute("UPDATE variants SET stock = 2 WHERE sku = 'RUN-280'")
    due = await api.restock_due(conn, clock.now())
    assert [one.contact for one in due] == ["0@b.kr", "1@b.kr"]
    for one in due:
        await api.restock_told(conn, one.id, clock.now())
    assert await api.restock_due(conn, clock.now()) == []  # theirs is the first claim
    assert not await api.restock_gone_again(conn, due[0].id, "RUN-280")
    clock.advance(timedelta(days=1, minutes=1))
    assert [one.contact for one in await api.restock_due(conn, clock.now())] == ["2@b.kr", "3@b.kr"]
    assert (await tools.stop_restock(talks[2], NoMoreRestock())).count == 1
    assert (await tools.stop_restock(talks[2], NoMoreRestock())).count == 0
    assert [one.withdrawn is None for one in await customers.consents(conn, talks[2].shopper.key)] == [False]
    assert [one.contact for one in await api.restock_due(conn, clock.now())] == ["3@b.kr"]
    await conn.execute("UPDATE variants SET stock = 0 WHERE sku = 'RUN-280'")
    assert await api.restock_gone_again(conn, due[0].id, "RUN-280")  # sold before the letter left
    await conn.execute("UPDATE variants SET stock = 1 WHERE sku = 'RUN-280'")
    assert [one.contact for one in await api.restock_due(conn, clock.now())] == ["0@b.kr"]
