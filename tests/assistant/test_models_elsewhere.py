"""Models used elsewhere than for talking: unsure readings, summaries, advice, tone; with and without a model the same truth."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from assistant.house import Floor
from assistant.models import Move, ScriptedModel, in_turn
from assistant.talk import Talk, begin, words

from dangol.assistant import records
from dangol.assistant.counter import Counter
from dangol.assistant.minds.embedded import EmbeddedMind
from dangol.assistant.minds.language_model import LanguageModelMind
from dangol.assistant.minds.language_model.gate import Gate
from dangol.assistant.minds.language_model.rereading import RereadingMind
from dangol.assistant.minds.language_model.wording import WordingMind
from dangol.assistant.understanding.reading import Clause, Context, Intent, Reading
from dangol.contracts.language_model import ModelDown, ModelRequest
from dangol.kernel import facts
from dangol.kernel.shop import Shop


def with_models(talk: Talk, shop: Shop | None = None, **by_job: ScriptedModel) -> Talk:
    floor = talk.floor
    embedded = EmbeddedMind()
    gate = Gate(lambda job: by_job.get(job))
    talking = LanguageModelMind(gate, floor.house.toolbox, embedded)
    wording = WordingMind(gate, embedded)
    minds = (talking, RereadingMind(gate, (talking, wording, embedded)), wording, embedded)
    other: dict[str, Any] = {"minds": minds, "spent": records.spent_since}
    if shop is not None:
        other["shop"] = lambda: shop
    return talk.at(floor.counter(**other))


def manner(floor: Floor, **changes: Any) -> Shop:
    assistant = floor.shop.assistant.model_copy(update=changes)
    return floor.shop.model_copy(update={"assistant": assistant})


def advice(reply: Any) -> str:
    return next(block.advice for block in reply.blocks if block.kind == "comparison")


COMPARE = "소나기 장화랑 달항아리 머그컵 비교해줘"


async def test_advice_between_products_is_worded_by_the_model_for_writing(talk: Talk) -> None:
    model = ScriptedModel(lambda _r: "비 오는 날에는 47,000원인 소나기 장화가 나아요.", outside=False)
    reply = await with_models(talk, write=model).say(COMPARE)
    assert advice(reply) == "비 오는 날에는 47,000원인 소나기 장화가 나아요."
    (asked,) = await talk.log(facts.ModelAsked)
    assert asked.job == "write"


@pytest.mark.parametrize(
    "plays",
    [
        lambda _r: "소나기 장화는 단돈 4,700원이라 훨씬 나아요.",
        lambda _r: "소나기 장화를 주문해 드렸어요.",
        lambda _r: ModelDown(),
        lambda _r: "",
    ],
)
async def test_advice_that_does_not_hold_leaves_the_embedded_one(talk: Talk, plays: Any) -> None:
    plain = advice(await talk.say(COMPARE))
    other = await begin(talk.floor)
    reply = await with_models(other, write=ScriptedModel(plays, outside=False)).say(COMPARE)
    assert advice(reply) == plain


async def test_a_product_is_summed_up_by_the_model_for_summaries(talk: Talk) -> None:
    model = ScriptedModel(lambda _r: "발이 젖지 않는 장화예요. 비 오는 날 신기 좋아요.", outside=False)
    reply = await with_models(talk, summarise=model).say(choice="show:rain-boot")
    assert words(reply).startswith("발이 젖지 않는 장화예요.")
    assert [each.job for each in await talk.log(facts.ModelAsked)] == ["summarise"]


async def test_a_false_summary_is_named_once_and_mended(talk: Talk) -> None:
    model = ScriptedModel(in_turn("지금 30% 할인하는 장화예요.", "발이 젖지 않는 장화예요."), outside=False)
    reply = await with_models(talk, summarise=model).say(choice="show:rain-boot")
    assert words(reply).startswith("발이 젖지 않는 장화예요.")
    (mended,) = await talk.log(facts.ReplyMended)
    assert "30%" in mended.why
    assert "30%" in model.asked[1].messages[-1].text


async def reviewed(floor: Floor, product: str, body: str) -> None:
    async with floor.plain_connection() as conn:
        await conn.execute(
            "insert into reviews (product_id, rating, title, body, author, created_at, verified, digest)"
            " select id, 5, '', %s, '이', %s, true, %s from products where handle = %s",
            (body, floor.clock.now(), body, product),
        )


async def test_reviews_are_summed_up_by_the_model_for_summaries_as_far_as_they_say_it(talk: Talk) -> None:
    await reviewed(talk.floor, "rain-boot", "비가 와도 발이 젖지 않아요.")
    plain = words(await talk.say(choice="reviews:rain-boot"))
    true, false = "산 분들은 발이 젖지 않는다고 해요.", "산 분들의 99%가 만족해요."
    for told, kept in ((true, True), (false, False)):
        model = ScriptedModel(lambda _r, told=told: told, outside=False)  # type: ignore[misc]
        other = await begin(talk.floor)
        reply = await with_models(other, summarise=model).say(choice="reviews:rain-boot")
        assert words(reply).startswith(told) is kept
        assert any(block.kind == "reviews" for block in reply.blocks)
        assert [each.job for each in await other.log(facts.ModelAsked)][:1] == ["summarise"]
        if not kept:
            assert words(reply) == plain, "the embedded summary stands"


async def test_the_shops_tone_only_where_the_shop_wants_it(talk: Talk) -> None:
    model = ScriptedModel(lambda _r: "고객님, 무엇이든 편하게 물어봐 주세요!", outside=False)
    await with_models(talk, write=model).say("안녕하세요")
    assert not model.asked
    other = await begin(talk.floor)
    reply = await with_models(other, manner(talk.floor, reword=True), write=model).say("안녕하세요")
    assert model.asked
    assert words(reply).startswith("고객님, 무엇이든 편하게 물어봐 주세요!")


async def test_a_rewording_that_drops_a_figure_is_not_used(talk: Talk) -> None:
    model = ScriptedModel(lambda _r: "정말 좋은 가격이에요, 고객님.", outside=False)
    reply = await with_models(talk, manner(talk.floor, reword=True), write=model).say("소나기 장화 얼마예요?")
    assert "47,000원" in words(reply)


def meant(name: str) -> Any:
    return lambda request: json.dumps({"meant": name}) if request.answer_schema else "…"


def choices_of(request: ModelRequest) -> list[str]:
    assert request.answer_schema is not None
    return list(request.answer_schema["properties"]["meant"]["enum"])


UNSURE = "바꾸고 싶은데 가능한가요"
BETWEEN = (("manage_account", 0.33), ("exchange_item", 0.22), ("change_order", 0.14))


@pytest.fixture
def unsure(talk: Talk) -> Talk:
    """The same shop with a reader that hangs between three readings, whatever it was trained on."""
    ranked = tuple(Intent(name=name, confidence=sure) for name, sure in BETWEEN)
    clause = Clause(text=UNSURE, start=0, end=len(UNSURE), intents=ranked)
    read = Reading(text=UNSURE, language="ko", intents=ranked[:1], clauses=(clause,), alternatives=ranked[1:])

    class Unsure:
        def read(self, _text: str, _context: Context) -> Reading:
            return read

    house = replace(talk.floor.house, reader=Unsure())
    return replace(talk, floor=replace(talk.floor, house=house), counter=Counter(house))


async def test_a_model_chooses_between_the_readings(unsure: Talk) -> None:
    plain = words(await unsure.say(UNSURE))
    heard: list[str] = []

    def chooses(request: ModelRequest) -> Move:
        heard[:] = choices_of(request)
        return json.dumps({"meant": "exchange_item"})

    other = await begin(unsure.floor)
    reply = await with_models(other, read=ScriptedModel(chooses, outside=False)).say(UNSURE)
    assert words(reply) != plain
    (read,) = await other.log(facts.MessageRead)
    (asked,) = await other.log(facts.ModelAsked)
    assert asked.job == "read"
    assert set(heard) > {"exchange_item", "none_of_these"}
    assert read.intents[0][0] in heard  # what the embedded reader read stays on record


@pytest.mark.parametrize("answer", ["refund_everything", "none_of_these", "{", "", '{"meant": 7}', "[]"])
async def test_never_beyond_the_readings(unsure: Talk, answer: str) -> None:
    plain = words(await unsure.say(UNSURE))
    other = await begin(unsure.floor)
    reply = await with_models(other, read=ScriptedModel(lambda _r: answer, outside=False)).say(UNSURE)
    assert words(reply) == plain


async def test_a_sure_reading_asks_nobody(talk: Talk) -> None:
    model = ScriptedModel(meant("checkout"), outside=False)
    await with_models(talk, read=model).say("장화 추천해줘")
    assert not model.asked


async def test_the_shopper_is_told_of_an_outside_model_and_may_refuse_it(talk: Talk) -> None:
    model = ScriptedModel(lambda _r: "발이 젖지 않는 장화예요.", outside=True)
    talk = with_models(talk, summarise=model)
    reply = await talk.say(choice="show:rain-boot")
    assert [block.topic for block in reply.blocks if block.kind == "notice"] == ["outside_model"]
    assert any(o.id == "outside:off" for b in reply.blocks if b.kind == "choices" for o in b.options)
    await talk.say(choice="outside:off")
    asked = len(model.asked)
    reply = await talk.say(choice="show:rain-boot")
    assert len(model.asked) == asked
    assert words(reply)


async def test_an_early_stage_asks_no_model(talk: Talk) -> None:
    model = ScriptedModel(lambda _r: "발이 젖지 않는 장화예요.", outside=False)
    await with_models(talk, manner(talk.floor, at_most="understanding"), summarise=model, read=model).say(
        choice="show:rain-boot"
    )
    assert not model.asked
