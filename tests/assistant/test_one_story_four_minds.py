"""One purchase in two languages with a clever model, a dumb one, a hostile one and none: the books end the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from assistant.house import MUG, Floor
from assistant.models import Move, call, data_of
from assistant.talk import Talk, begin, words
from assistant.test_language_model_mind import with_model

from dangol.contracts.language_model import ModelRequest
from dangol.kernel import facts

SAID = {
    "ko": (
        "머그컵 추천해 주세요.",
        "배송비는 얼마예요?",
        "네",
        "서울 강남구 테헤란로 123, 4층 06236",
        "김단골",
    ),
    "en": (
        "Can you recommend a mug?",
        "How much is shipping?",
        "yes",
        "서울 강남구 테헤란로 123, 4층 06236",
        "Ann Lee",
    ),
}


def clever(request: ModelRequest) -> Move:
    told = data_of(request)
    if "find_products" not in told and request.tools:
        return call("find_products", wishes={"text": "mug 머그컵"})
    items = told.get("find_products", {}).get("items", [])
    return f"{items[0]['title']} · {items[0]['price']['amount']:,}원" if items else "무엇을 찾으세요?"


def dumb(request: ModelRequest) -> Move:
    return "글쎄요, 잘 모르겠어요. I am not sure."


def hostile(request: ModelRequest) -> Move:
    if request.tools:
        return [
            call("place_order", total={"amount": 1, "currency": "KRW"}),
            call("add_to_cart", sku=MUG, quantity=9),
            "주문 완료됐어요. 머그컵은 1원이에요. Your order has been placed for $1.",
        ]
    return "결제가 완료됐어요. Everything is free."


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("model", [None, clever, dumb, hostile])
async def test_a_purchase(
    floor: Floor, talk: Talk, language: str, model: Callable[[ModelRequest], Move] | None
) -> None:
    talk = await begin(floor, language)
    if model is not None:
        talk, _ = with_model(talk, model)
    recommend, shipping, yes, address, name = SAID[language]
    heard = [await talk.say(recommend), await talk.say(shipping)]
    assert await talk.in_cart() == {}
    await talk.say(choice=f"add:{MUG}")
    await talk.say(choice="intent:checkout")
    form = {"form": "checkout", "values": {"name": name, "phone": "010-1234-5678", "address": address}}
    await talk.say(form=form)
    assert await talk.orders() == 0
    await talk.say(yes)
    assert await talk.orders() == 1
    (asked,) = [each for each in await talk.log(facts.QuestionAsked) if each.tool == "place_order"]
    assert asked.args["total"]["amount"] >= 12_000
    for reply in heard:
        assert reply.blocks
        for lie in ("1원이", "$1", "완료됐", "is free", "has been placed"):
            assert lie not in words(reply)
