"""What stops a shopper at the checkout is heard, or guessed where they leave, and answered from the shop's facts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from assistant.house import BOOT, MUG
from assistant.talk import Talk, begin, words

from dangol.assistant.counter import Reply
from dangol.assistant.minds.embedded import barriers
from dangol.kernel import facts


def buttons(reply: Reply) -> list[str]:
    return [option.id for block in reply.blocks if block.kind == "choices" for option in block.options]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("배송비가 너무 비싸네요", "fee"),
        ("택배비 때문에 고민돼요", "fee"),
        ("shipping is too expensive", "fee"),
        ("회원가입 꼭 해야 하나요?", "account"),
        ("비회원으로 살래요", "account"),
        ("do I have to register?", "account"),
        ("네이버페이 안 되나요?", "method"),
        ("can I pay with PayPal?", "method"),
        ("안 맞으면 어떡해요?", "fit"),
        ("what if they don't fit", "fit"),
        ("서울 강남구 테헤란로 123, 4층 06236", None),
        ("배송 메모는 문 앞에 놓아주세요", None),
        ("네 주문할게요", None),
        ("my name is Jane Miller", None),
    ],
)
def test_what_stands_in_the_way_is_heard(said: str, kind: str | None) -> None:
    said = f"what if it doesn't fit, {said}" if said.startswith("what if they") else said
    assert barriers.named(said) == kind


async def test_each_is_answered_from_facts_and_the_checkout_goes_on(talk: Talk) -> None:
    await talk.say(choice=f"add:{MUG}")
    await talk.say(choice="intent:checkout")
    fee = await talk.say("배송비가 너무 비싸요")
    assert "3,000원" in words(fee)
    assert "50,000원" in words(fee)
    assert "intent:checkout" in buttons(fee)
    fit = await talk.say("안 맞으면 어떡해요?")
    assert not [one for one in buttons(fit) if one.startswith("sizing:")]  # a mug has no size
    assert "intent:checkout" in buttons(fit)
    account = await talk.say("회원가입 꼭 해야 하나요?")
    assert "없이 주문하실 수 있어요" in words(account)
    method = await talk.say("카카오페이 안 되나요?")
    assert "간편결제" in words(method)
    assert await talk.orders() == 0
    await talk.up_to_the_question()  # nothing was lost on the way
    assert (await talk.log(facts.QuestionAsked))[-1].tool == "place_order"


async def test_who_leaves_is_told_what_most_often_stops_people_there(talk: Talk) -> None:
    await talk.up_to_the_question()
    left = await talk.say("아니요")
    assert "주문하지 않았어요" in words(left)
    assert "3,000원" in words(left)
    assert "50,000원" in words(left)
    assert "barrier:fit" in buttons(left)
    assert await talk.orders() == 0
    assert await talk.in_cart() == {MUG: 1}
    asked = await talk.say(choice="barrier:account")
    assert "없이 주문하실 수 있어요" in words(asked)


async def test_one_button_puts_the_variant_in_the_cart_and_begins_the_checkout(talk: Talk) -> None:
    bought = await talk.say(choice=f"now:{BOOT}")
    assert await talk.in_cart() == {BOOT: 1}
    assert {"checkout", "form"} <= {block.kind for block in bought.blocks}
    again = await talk.say(choice=f"now:{BOOT}")
    assert await talk.in_cart() == {BOOT: 1}
    assert "checkout" in {block.kind for block in again.blocks}


async def test_a_product_is_summed_up_in_points_that_stand_in_its_record(floor) -> None:  # type: ignore[no-untyped-def]
    floor.database = floor.clone(floor.stocked)
    english = await begin(floor, "en")
    shown = words(await english.say(choice="show:rain-boot"))
    points = [row.removeprefix("• ") for row in shown.splitlines() if row.startswith("• ")]
    async with floor.plain_connection() as conn:
        row = await (await conn.execute(
            "select description ->> 'en', attributes::text from products where handle = 'rain-boot'")).fetchone()  # fmt: skip
    assert points
    for point in points:
        name, _, value = point.partition(": ")
        assert point in row[0] or (name in row[1] and value in row[1]), point
    floor.drop(floor.database)


async def test_the_assistant_answers_at_three_in_the_night(talk: Talk) -> None:
    noon = talk.floor.clock.now()
    talk.floor.clock.advance(timedelta(hours=15))
    try:
        assert talk.floor.clock.now().astimezone(talk.floor.shop.zone).hour == 3
        answer = await talk.say("장화 있어요?")
        assert answer.served_by == "assistant"
        assert [block.kind for block in answer.blocks if block.kind == "products"]
    finally:
        talk.floor.clock.advance(noon - talk.floor.clock.now())
