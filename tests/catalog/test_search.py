"""Finding products the way shoppers ask for them."""

import json
from datetime import UTC, datetime

import pytest

from dangol.catalog.api import import_products
from dangol.catalog.search import affinities
from dangol.contracts.shopfloor.products import SizeWish, Wishes
from dangol.kernel.clock import TurnedClock
from dangol.kernel.errors import NotFound
from dangol.kernel.money import Money
from dangol.kernel.words import attributes, categories, materials, occasions

MM270 = SizeWish(system="mm", value="270")


def won(amount):
    return Money(amount=amount, currency="KRW")


def handles(found):
    return [item.product for item in found.items]


async def find(call, search, shop, text, language="ko", **more):
    return await call("find_products", language, wishes=search.wishes_in(text, shop.currency), **more)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("비 오는 날 신기 좋은 10만원 이하 운동화", "rain-runner"),
        ("비오는날신을운동화", "rain-runner"),
        ("waterproof sneakers", "rain-runner"),
        ("빨간 운동화", "canvas-low"),
        ("red sneakers", "canvas-low"),
        ("강아지 사료", "senior-kibble"),
        ("노령견 먹을 거", "senior-kibble"),
        ("머그컵", "mug"),
        ("서밋 미드", "summit-mid"),
        ("산빛 등산화 카키", "summit-mid"),
        ("ajrmzjq", "mug"),
        ("snekaers red", "canvas-low"),
        ("등샨화 280", "summit-mid"),
        ("겨울 패딩", "long-padding"),
    ],
)
async def test_a_shopper_finds_it_as_they_type_it(call, search, shop, text, first):
    assert handles(await find(call, search, shop, text))[0] == first


async def test_colour_size_price_and_stock_hold_for_one_and_the_same_variant(call):
    wishes = Wishes(categories=("sneakers",), colors=("black",), sizes=(MM270,))
    found = await call("find_products", wishes=wishes)
    assert [(item.product, item.sku) for item in found.items] == [("canvas-low", "CAN-B-270")]
    wishes = Wishes(categories=("sneakers",), colors=("red",), sizes=(MM270,), price_max=won(50000))
    found = await call("find_products", wishes=wishes)
    assert found.loosened
    assert "canvas-low" not in handles(found) or found.loosened[0].kind in ("color", "price")


async def test_what_is_sold_out_or_off_sale_is_not_proposed_unless_asked_for(call):
    found = await call("find_products", wishes=Wishes(categories=("sneakers",)), limit=10)
    assert not {"sold-out", "gone"} & set(handles(found))
    found = await call(
        "find_products", wishes=Wishes(categories=("sneakers",)), limit=10, in_stock_only=False
    )
    assert handles(found)[-1] == "sold-out"
    assert not found.items[-1].in_stock


async def test_price_and_stock_are_those_of_the_database_even_before_the_index_hears_of_it(call, conn):
    await conn.execute("update variants set price = 45000 where sku = 'CAN-B-270'")
    await conn.execute("update variants set stock = 0 where sku = 'RAIN-W-270'")
    found = await call("find_products", wishes=Wishes(categories=("sneakers",), sizes=(MM270,)))
    assert handles(found) == ["canvas-low"]
    assert found.items[0].price == won(45000)


async def test_the_index_follows_the_database(search, call, conn, connect, shop):
    await conn.execute("update variants set stock = 0 where sku like 'CAN-%'")
    await conn.execute("""update products set title = '{"ko": "찻잔"}', revision = nextval('product_revisions')
                          where handle = 'mug'""")
    cursor = await conn.execute("select id from products where handle in ('canvas-low', 'mug')")
    await search.refresh(conn, [row[0] for row in await cursor.fetchall()])
    assert (
        handles(await call("find_products", wishes=Wishes(categories=("sneakers",), colors=("red",))))[0]
        != "canvas-low"
    )
    assert handles(await find(call, search, shop, "찻잔"))[0] == "mug"
    await conn.execute("update products set status = 'archived' where handle = 'mug'")
    await search.refresh(conn)
    assert "mug" not in handles(await find(call, search, shop, "찻잔"))


async def test_a_change_is_heard_of_while_following(search, conn, connect, call):
    search.follow(connect)
    try:
        for _ in range(100):
            await conn.execute("update variants set stock = 7 where sku = 'OUT'")
            if "sold-out" in handles(
                await call("find_products", wishes=Wishes(categories=("sneakers",)), limit=9)
            ):
                break
            await conn.execute("select pg_sleep(0.05)")
        else:
            raise AssertionError("the search never heard that it is in stock again")
    finally:
        await search.close()


async def test_it_says_which_wish_it_gave_up_and_shows_the_nearest(call):
    found = await call("find_products", wishes=Wishes(categories=("sneakers",), colors=("purple",)))
    assert [(one.kind, one.value) for one in found.loosened] == [("color", "purple")]
    assert set(handles(found)) == {"rain-runner", "canvas-low"}
    found = await call("find_products", wishes=Wishes(categories=("hiking-shoes",), price_max=won(100000)))
    assert [one.kind for one in found.loosened] == ["price"]
    assert set(handles(found)) == {"ridge-low", "summit-mid"}
    found = await call("find_products", wishes=Wishes(text="세탁기", categories=("washing-machines",)))
    assert "category" in [one.kind for one in found.loosened]


async def test_a_price_in_another_currency_is_said_to_be_given_up(call):
    wishes = Wishes(attributes=("waterproof",), price_max=Money(amount=8000, currency="USD"))
    found = await call("find_products", wishes=wishes)
    assert [one.kind for one in found.loosened] == ["price"]
    assert found.items


async def test_a_denied_attribute_is_not_that_attribute(call):
    found = await call("find_products", wishes=Wishes(categories=("sneakers",), attributes=("waterproof",)))
    assert handles(found) == ["rain-runner"]
    assert any(reason.kind == "attribute" for reason in found.items[0].reasons)


async def test_never_for_somebody_else_alone(call):
    found = await call("find_products", wishes=Wishes(audience="women", categories=("shoes",)), limit=10)
    assert "summit-mid" not in handles(found)
    assert "ridge-low" in handles(found)


async def test_a_kind_of_goods_is_no_price_and_a_sale_is_a_wish(search):
    assert search.wishes_in("여름 이불", "KRW").price_max is None
    assert search.wishes_in("여름 이불 3만원 이하", "KRW").price_max == won(30000)
    assert search.wishes_in("세일하는 코트", "KRW").discounted


async def test_sorts(call):
    shoes = Wishes(categories=("shoes",))
    up = await call("find_products", wishes=shoes, sort="price_asc", limit=10)
    assert [item.price.amount for item in up.items] == [39000, 89000, 119000, 159000]
    down = await call("find_products", wishes=shoes, sort="price_desc", limit=10)
    assert handles(down)[0] == "summit-mid"
    rated = await call("find_products", wishes=shoes, sort="rating", limit=10)
    assert handles(rated)[0] == "rain-runner"


async def test_season_ranks_an_unspecific_wish(search, conn, shop, context):
    from dangol.catalog.tools import tools

    find_products = next(tool for tool in tools(search) if tool.name == "find_products")
    for month, first, last in ((7, "linen-shirt", "long-padding"), (1, "long-padding", "linen-shirt")):
        ctx = context(conn, shop, TurnedClock(datetime(2026, month, 15, tzinfo=UTC)))
        found = await find_products.run(
            ctx, find_products.args(wishes=Wishes(categories=("clothing",)), limit=5)
        )
        assert handles(found).index(first) < handles(found).index(last)


async def test_what_was_looked_at_moves_up_unless_switched_off(call):
    wishes = Wishes(text="추천해 주세요")
    before = await call("find_products", wishes=wishes, limit=9, conversation_id="c_hiker")
    for handle in ("summit-mid", "wool-socks"):
        assert (await call("note_view", product=handle, conversation_id="c_hiker")).ok
    after = await call("find_products", wishes=wishes, limit=9, conversation_id="c_hiker")
    assert handles(after).index("ridge-low") < handles(before).index("ridge-low")
    assert any(reason.kind == "personal" for item in after.items for reason in item.reasons)
    off = await call(
        "find_products", wishes=wishes, limit=9, conversation_id="c_hiker", personal_shopper=False
    )
    assert handles(off) == handles(before)
    assert not (await call("note_view", product="mug", personal_shopper=False)).ok


async def test_the_shop_pins_and_buries(call, shop):
    ruled = shop.model_validate({
        **shop.model_dump(by_alias=True),
        "ranking": [{"product": "canvas-low", "rank": "bury"}, {"product": "ridge-low", "rank": "pin", "words": ["신발"]}],
    })  # fmt: skip
    found = await call(
        "find_products", wishes=Wishes(text="신발", categories=("shoes",)), limit=9, in_shop=ruled
    )
    assert handles(found)[0] == "ridge-low"
    assert handles(found)[-1] == "canvas-low"


async def test_similar_is_of_the_kind_and_under_the_wishes(call):
    found = await call("similar_products", product="rain-runner", wishes=Wishes(sizes=(MM270,)), cheaper=True)
    assert handles(found)[0] == "canvas-low"
    assert all(item.price.amount < 89000 for item in found.items)
    assert found.items[0].reasons[0].kind == "similar"
    with pytest.raises(NotFound):
        await call("similar_products", product="nothing-of-the-sort")


async def test_what_goes_with_it_is_another_kind_and_what_was_bought_together_first(call, conn, clock):
    from dangol.catalog import api

    found = await call("matching_products", product="summit-mid")
    assert "wool-socks" in handles(found)
    assert "ridge-low" not in handles(found)
    ids = {p.handle: p.id for p in await api.products(conn, ["summit-mid", "mug"])}
    bought = [(f"order-{n}", [ids["summit-mid"], ids["mug"]]) for n in range(5)]
    await api.note_purchases(conn, bought, now=clock.now())
    await api.note_purchases(conn, bought, now=clock.now())
    found = await call("matching_products", product="summit-mid")
    assert (handles(found)[0], found.items[0].reasons[0].value) == ("mug", "5")


async def test_facets_count_what_was_found(call):
    found = await call("find_products", wishes=Wishes(categories=("shoes",)), facets=True)
    colors = {value.value: value.count for value in found.facets["color"]}
    assert colors == {"black": 2, "white": 1, "red": 1, "khaki": 1, "gray": 1}
    assert {v.value: v.count for v in found.facets["brand"]} == {"누리": 2, "산빛": 2}


def test_every_affinity_is_of_a_word_of_the_tables():
    tables = {"category": categories, "attribute": attributes, "material": materials, "occasion": occasions}
    concepts = {one for some in (*affinities.OCCASIONS.values(), *affinities.NEAR.values()) for one in some}
    concepts |= {
        *affinities.NEAR,
        *affinities.SEASONS,
        *(f"occasion:{slug}" for slug in affinities.OCCASIONS),
    }
    concepts |= {f"category:{kind}" for pair in affinities.GOES_WITH.items() for kind in (pair[0], *pair[1])}
    for concept in concepts:
        kind, _, slug = concept.partition(":")
        if kind in tables:
            assert slug in tables[kind].words().rows, concept


async def test_what_suits_an_occasion_by_its_audience_alone_is_found_too(
    call, search, conn, shop, clock, tmp_path
):
    bib = {
        "handle": "bib",
        "title": {"ko": "턱받이", "en": "Bib"},
        "category": {"ko": "턱받이", "en": "Bibs"},
        "tags": ["baby"],
        "variants": [{"sku": "BIB", "options": [], "price": 9000, "stock": 3}],
    }
    file = tmp_path / "more.json"
    file.write_text(json.dumps({"products": [bib]}, ensure_ascii=False), encoding="utf-8")
    await import_products(conn, shop, file, "json", clock.now(), media=tmp_path / "media")
    await search.refresh(conn)
    assert "bib" in handles(await call("find_products", wishes=Wishes(text="", occasions=("baby-shower",))))
