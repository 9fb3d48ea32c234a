"""What a shop has not switched on is not done, in whatever words it is asked for."""

from typing import Any

import pytest
from assistant.house import Floor
from assistant.talk import Talk, words

from dangol.kernel.shop import Shop


def _shop(floor: Floor, **changes: Any) -> Shop:
    return floor.shop.model_copy(update={"assistant": floor.shop.assistant.model_copy(update=changes)})


def _at(talk: Talk, **changes: Any) -> Talk:
    shop = _shop(talk.floor, **changes)
    return talk.at(talk.floor.counter(shop=lambda: shop))


@pytest.mark.parametrize(
    "said",
    [
        "장화 추천해줘",
        "장화 있어요?",
        "장화는요?",
        "제일 싼 장화 뭐예요?",
        "이거랑 어울리는 거 있어요?",
        "rain boots?",
        "do you sell boots",
        "what's your cheapest pair of boots",
        "boots and a blanket please",
    ],
)
async def test_a_shop_that_answers_its_faq_alone_shows_no_goods(talk: Talk, said: str) -> None:
    reply = await _at(talk, at_most="faq").say(said)
    assert not {block.kind for block in reply.blocks} & {"products", "cart"}
    assert words(reply)


async def test_where_buying_is_not_switched_on_nothing_goes_into_the_cart(talk: Talk) -> None:
    scope = tuple(each for each in talk.floor.shop.assistant.scope if each != "buy")
    browsing = _at(talk, scope=scope)
    assert any(block.kind == "products" for block in (await browsing.say("소나기 장화 보여줘")).blocks)
    for said in ("이걸로 주세요", "그거 두 개 담아줘", "할게요"):
        reply = await browsing.say(said)
        assert not any(block.kind == "cart" for block in reply.blocks), words(reply)
