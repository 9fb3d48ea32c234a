"""A rewording or translation that says the opposite is not used; one that says the same in other words is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from assistant.models import ScriptedModel
from assistant.talk import Talk, begin, words
from assistant.test_models_elsewhere import manner, with_models

from dangol.assistant.writing.turned import turned_round
from dangol.contracts.language_model import ModelRequest
from dangol.kernel import facts


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("세일 상품은 반품할 수 없어요.", "세일 상품도 반품하실 수 있어요."),
        ("세일 상품은 반품할 수 없어요.", "Sale items can be returned."),
        ("세일 상품은 반품할 수 있어요.", "Sale items cannot be returned."),
        ("Sale items cannot be returned.", "You can return sale items."),
        ("Sale items can't be returned.", "세일 상품은 반품이 가능해요."),
        ("소나기 장화는 품절이에요.", "소나기 장화는 재고가 있어요."),
        ("소나기 장화는 재고가 있어요.", "소나기 장화는 품절이에요."),
        ("The boots are sold out.", "The boots are in stock."),
        ("무료 배송은 아니에요.", "무료 배송이에요."),
        ("주문을 취소했어요.", "주문을 취소하지 못했어요."),
        ("개봉하면 교환이 안 돼요.", "개봉해도 교환돼요."),
        ("We don't deliver to islands.", "섬에도 배송해요."),
        ("개봉하지 않은 상품은 교환돼요. 개봉하면 안 돼요.", "개봉한 상품은 교환돼요. 개봉하면 안 돼요."),
        ("240은 없어요. 있는 사이즈는 260, 270이에요.", "260은 없어요. 있는 사이즈는 240, 270이에요."),
        (
            "The mug is 12,000 won. The boots are 47,000 won.",
            "머그컵은 47,000원이에요. 장화는 12,000원이에요.",
        ),
        ("반품은 7일 안에 돼요. 세일 상품은 안 돼요.", "모든 상품의 반품은 7일 안에 돼요"),
    ],
)
def test_the_opposite_is_seen(source: str, text: str) -> None:
    assert turned_round(source, text)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("세일 상품은 반품할 수 없어요.", "죄송하지만 세일 상품은 반품이 어려워요."),
        ("세일 상품은 반품할 수 없어요.", "Sale items cannot be returned."),
        ("Sale items are excluded from returns.", "세일 상품은 반품할 수 없어요."),
        ("소나기 장화는 품절이에요.", "The boots are sold out."),
        ("지금은 재고가 없어요.", "It is out of stock right now."),
        ("재고가 2개밖에 없어요.", "There are just 2 left."),
        ("걱정하지 마세요, 무료예요.", "It's free, so there is nothing to pay."),
        ("7일 안에 반품할 수 있어요.", "You may return it no later than 7 days after."),
        ("문의해 주세요.", "Please do not hesitate to ask."),
        (
            "장화는 47,000원이에요. 머그컵은 12,000원이에요.",
            "The boots are 47,000 won. The mug is 12,000 won.",
        ),
        ("교환은 되지만 환불은 안 돼요.", "Exchanges are possible, but refunds are not."),
        (
            "3일 안에 도착해요. 안내 문자를 보내 드려요.",
            "It arrives within 3 days. You will get a text message.",
        ),
        ("안녕하세요. 무엇을 도와드릴까요?", "Hello there. How can I help?"),
        ("개봉 후에는 교환할 수 없습니다.", "Once opened, items are not exchangeable."),
        ("이 상품은 단종됐어요.", "This product has been discontinued."),
        ("못은 따로 사셔야 해요.", "Nails are sold separately."),
        ("방수가 되지 않아요.", "It isn't waterproof."),
        (
            "더 궁금한 점이 있으면 말씀해 주세요. 배송은 3,000원이에요.",
            "배송비는 3,000원이고, 더 궁금하시면 알려 주세요.",
        ),
    ],
)
def test_the_same_in_other_words_is_not(source: str, text: str) -> None:
    assert not turned_round(source, text)


def _swapped(one: str, other: str) -> Callable[[str], str]:
    return lambda text: text.replace(one, "@").replace(other, one).replace("@", other)


@pytest.mark.parametrize(
    ("asks", "turn"),
    [
        ("소나기 장화랑 달항아리 머그컵 얼마예요?", _swapped("47,000", "12,000")),
        ("소나기 장화 품절이에요?", lambda text: text.replace("있어요", "없어요")),
        ("소나기 장화 240 있어요?", _swapped("240", "260")),
        ("달항아리 머그컵 재고 있어요?", lambda text: text.replace("있어요", "품절이에요")),
        ("배송비 얼마예요?", lambda text: text.replace("배송비가 없어요", "배송비가 있어요")),
    ],
)
async def test_a_rewording_that_turns_an_answer_round_is_not_sent(
    talk: Talk, asks: str, turn: Callable[[str], str]
) -> None:
    plain = words(await talk.say(asks))
    for change, used in ((turn, False), (lambda text: text.replace("이에요.", "입니다."), True)):

        def plays(request: ModelRequest, change: Callable[[str], str] = change) -> str:
            return change(request.messages[1].text.removeprefix("<text>\n").removesuffix("\n</text>"))

        other, model = await begin(talk.floor), ScriptedModel(plays, outside=False)
        reply = await with_models(other, manner(talk.floor, reword=True), write=model).say(asks)
        assert model.asked
        assert plays(model.asked[0]) != plain or used, "the lie must be one"
        assert bool(await other.log(facts.ReplyMended)) is not used
        if not used:
            assert words(reply) == plain
