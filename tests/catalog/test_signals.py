"""What shoppers click, search for, like elsewhere and send back, and what it changes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dangol.catalog import api as catalog
from dangol.catalog.tools import tools
from dangol.contracts.shopfloor.products import FindProducts, SizeWish, Wishes
from dangol.customers import api as customers
from dangol.kernel.money import Money


def handles(found):
    return [item.product for item in found.items]


async def test_three_clicks_on_hiking_things_raise_the_hiking_things_not_clicked(call):
    wishes = Wishes(text="추천해 주세요")
    before = handles(await call("find_products", wishes=wishes, limit=11, conversation_id="c_click"))
    for handle in ("summit-mid", "wool-socks", "summit-mid"):
        await call("note_view", product=handle, conversation_id="c_click")
    after = handles(await call("find_products", wishes=wishes, limit=11, conversation_id="c_click"))
    assert after.index("ridge-low") < before.index("ridge-low")
    assert handles(await call("find_products", wishes=wishes, limit=11, conversation_id="c_other")) == before


async def test_who_searched_twice_gets_such_things_first_in_another_conversation(
    search, conn, shop, clock, context
):
    box = {tool.name: tool for tool in tools(search)}

    async def use(name, conversation, customer, **args):
        ctx = context(conn, shop, clock, conversation_id=conversation, customer_id=customer)
        return await box[name].run(ctx, box[name].args(**args))

    for _ in range(2):
        await use("note_search", "c_monday", 7, text="러닝화", categories=("sneakers",))
    clock.advance(timedelta(days=3))
    wishes = Wishes(text="추천해 주세요")
    back = handles(await use("find_products", "c_thursday", 7, wishes=wishes, limit=11))
    stranger = handles(await use("find_products", "c_thursday", 8, wishes=wishes, limit=11))
    assert back[0] == "rain-runner"
    assert back.index("canvas-low") < stranger.index("canvas-low")


async def test_a_like_elsewhere_ranks_softly_with_consent_and_is_erased(search, conn, shop, clock, context):
    box = {tool.name: tool for tool in tools(search)}
    ctx = context(conn, shop, clock, customer_id=7)

    async def shown(**more):
        asked = FindProducts(wishes=Wishes(text="추천해 주세요", **more), limit=11)
        return handles(await box["find_products"].run(ctx, asked))

    async def tell(**more):
        told = {"network": "instagram", "product": None, "topic": "", "now": clock.now(), **more}
        return await catalog.note_social(conn, ctx.shopper, more.pop("kind", "like"), **told)

    before = await shown()
    with pytest.raises(catalog.NoConsent):
        await tell(topic="등산화")
    assert await shown() == before
    await customers.give_consent(
        conn, ctx.shopper.key, purpose=catalog.SOCIAL, channel="instagram", wording="SNS 활동을 추천에 써도 좋아요",
        now=clock.now(),
    )  # fmt: skip
    assert await tell(topic="등산화")
    assert not await tell(topic="등산화")
    assert await tell(product="summit-mid")
    after = await shown()
    assert after.index("ridge-low") < before.index("ridge-low")
    assert all(one.price.amount <= 20000 for one in (await box["find_products"].run(
        ctx, FindProducts(wishes=Wishes(price_max=Money(amount=20000, currency="KRW")), limit=11))).items)  # fmt: skip
    with pytest.raises(catalog.NoConsent):
        await tell(network="facebook", topic="등산화")
    with pytest.raises(catalog.NothingNamed):
        await tell(topic="우주여행")
    off = replace(ctx, shopper=replace(ctx.shopper, personal=False))
    assert handles(await box["find_products"].run(
        off, FindProducts(wishes=Wishes(text="추천해 주세요"), limit=11))) == before  # fmt: skip
    assert await catalog.forget_social(conn, ctx.shopper.key) == 2
    assert await shown() == before


async def test_what_came_back_too_small_moves_the_advice_a_size_up(call, conn, clock):
    usual = SizeWish(system="mm", value="260")
    before = await call("advise_size", product="canvas-low", usual=usual)
    assert (before.size, "returns" in before.grounds) == ("260", False)
    for cause, said, instead in (
        ("R-1:1", "작아서 발이 아파요", None), ("R-2:1", "", "CAN-B-270"), ("R-2:1", "커요", None),
        ("R-3:1", "It runs small", None), ("R-4:1", "색이 달라요", None),
    ):  # fmt: skip
        await catalog.note_misfit(conn, cause, "CAN-B-260", said, instead, clock.now())
    after = await call("advise_size", product="canvas-low", usual=usual)
    assert (after.size, after.back_small, after.back_large) == ("270", 3, 0)
    assert "returns" in after.grounds


async def test_two_shoppers_who_ask_the_same_get_another_five(search, conn, shop, clock, context):
    box = {tool.name: tool for tool in tools(search)}
    lists = {}
    for who, bought in ((7, ("summit-mid", "wool-socks")), (8, ("linen-shirt", "mug"))):
        ids = [(await catalog.product(conn, handle)).id for handle in bought]
        await catalog.note_purchases(
            conn, [(f"o{who}", ids)], now=clock.now(), shoppers_of={f"o{who}": f"customer:{who}"}
        )
        ctx = context(conn, shop, clock, customer_id=who)
        asked = FindProducts(wishes=Wishes(text="추천해 주세요"), limit=5)
        lists[who] = handles(await box["find_products"].run(ctx, asked))
    assert lists[7] != lists[8]
    assert "ridge-low" in lists[7]
