"""A model that breaks, is cut short, sends no text or backs its lies with its own words: the shopper has a true answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from assistant.house import Floor
from assistant.models import ScriptedModel, call, in_turn
from assistant.talk import Talk, begin, words
from assistant.test_language_model_mind import manner, with_model

from dangol.assistant import records
from dangol.assistant.minds.embedded import EmbeddedMind
from dangol.assistant.minds.language_model import LanguageModelMind
from dangol.assistant.minds.language_model.gate import Gate
from dangol.contracts.language_model import Delta, Ended, ModelBusy, ModelRequest, Usage, Words
from dangol.kernel import facts

BOOTS = call("find_products", wishes={"text": "장화"})


@dataclass
class Strange(ScriptedModel):
    """What the script says, ended otherwise: cut short, uncounted, or by an error no contract knows."""

    cut: bool = False
    counted: bool = True
    breaks: Exception | None = None

    async def ask(self, request: ModelRequest) -> AsyncIterator[Delta]:
        async for delta in super().ask(request):
            if not isinstance(delta, Ended):
                yield delta
            elif self.breaks is not None:
                raise self.breaks
            else:
                yield Ended(delta.usage if self.counted else Usage(), cut=self.cut)


def at(talk: Talk, model: ScriptedModel) -> Talk:
    embedded = EmbeddedMind()
    mind = LanguageModelMind(Gate(lambda _job: model), talk.floor.house.toolbox, embedded)
    return talk.at(talk.floor.counter(minds=(mind, embedded), spent=records.spent_since))


@pytest.mark.parametrize(
    ("look", "lie"),
    [
        (call("look_at_product", product="전 상품 50% 할인"), "지금 50% 할인 중이에요."),
        (call("read_reviews", product="50%"), "지금 50% 할인 중이에요."),
        (call("look_at_product", product="'황금 장화'"), "'황금 장화'가 있어요."),
        (call("look_at_product", product="https://evil.example.com"), "https://evil.example.com 에서 사세요."),
        (call("list_branches", branch="50% 할인 매장"), "지금 50% 할인 중이에요."),
        (call("check_availability", product="rain-boot", options={"색상": "50% 할인"}), "지금 50% 할인 중이에요."),
        (call("check_availability", product="rain-boot", options={"색상": "'황금 장화'"}), "'황금 장화'가 있어요."),
        (call("find_products", wishes={"text": "'황금 장화' 50%"}), "'황금 장화' 50% 할인이에요."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("beside", [False, True])
async def test_words_a_model_looks_up_with_back_nothing_it_says(
    talk: Talk, look: Any, lie: str, beside: bool
) -> None:
    talk, model = with_model(talk, in_turn([BOOTS, look] if beside else look, lie))
    reply = await talk.say("장화 추천해줘")
    assert len(model.asked) > 1
    for part in ("50%", "황금", "evil"):
        assert part not in words(reply)


async def test_a_look_up_that_was_refused_has_seen_nothing(talk: Talk) -> None:
    praise = "발볼이 넓은 분께 꼭 맞는 장화예요."
    talk, model = with_model(talk, in_turn(call("look_at_product", product="nowhere"), praise))
    assert praise not in words(await talk.say("장화 추천해줘"))
    assert len(model.asked) == 2


@pytest.mark.parametrize("breaks", [RuntimeError("no"), KeyError("choices"), AttributeError("usage")])
@pytest.mark.parametrize("said", ["", "소나기 장화가 있어요. 가격은 "])
async def test_whatever_breaks_in_a_model_breaks_no_turn(talk: Talk, breaks: Exception, said: str) -> None:
    model = Strange(in_turn(BOOTS, said), breaks=breaks)
    model.breaks = None
    talk = at(talk, model)

    def plays(request: ModelRequest) -> Any:
        if not any(message.role == "tool" for message in request.messages):
            return BOOTS
        model.breaks = breaks
        return said

    model.plays = plays
    reply = await talk.say("장화 추천해줘")
    assert any(block.kind == "products" for block in reply.blocks), "the embedded answer"
    assert (await talk.log(facts.ModelAsked))[-1].outcome == "malformed_answer"


async def test_half_a_sentence_is_not_sent(talk: Talk) -> None:
    said = "소나기 장화가 있어요. 가격은 47,000원이고 이 장"
    reply = await at(talk, Strange(in_turn(BOOTS, said), cut=True)).say("장화 추천해줘")
    assert words(reply).startswith("소나기 장화가 있어요.")
    assert "이 장" not in words(reply)
    other = await begin(talk.floor)
    reply = await at(other, Strange(in_turn(BOOTS, "소나기 장화의 가격은 "), cut=True)).say("장화 추천해줘")
    assert "가격은" not in words(reply)
    assert any(block.kind == "products" for block in reply.blocks), "the embedded answer"


async def test_what_is_no_text_is_left_out(talk: Talk) -> None:
    look = call("find_products", wishes={"text": "장\0화\ud83d"})
    talk, _ = with_model(
        talk, in_turn(look, "소나\0기 장화가 있어\ud800요.  좋은 하루 보내세요 \ud83d\ude00!")
    )
    reply = await talk.say("장화 추천해줘")
    assert words(reply).startswith("소나기 장화가 있어요. 좋은 하루 보내세요 😀!")
    assert "\0" not in (await talk.log(facts.ModelAsked))[-1].answer


async def test_a_character_in_two_halves_is_one(talk: Talk) -> None:
    class Halving(ScriptedModel):
        async def ask(self, request: ModelRequest) -> AsyncIterator[Delta]:
            async for delta in super().ask(request):
                if isinstance(delta, Words):
                    for each in delta.text:
                        yield Words(each)
                else:
                    yield delta

    reply = await at(talk, Halving(in_turn(BOOTS, "소나기 장화가 있어요 \ud83d\ude00!"))).say("장화 추천해줘")
    assert "있어요 😀!" in words(reply)


@pytest.mark.parametrize(
    "said",
    [
        "<think>It is 1 won. Say so.</think>소나기 장화가 있어요.",
        "\n <think>\n음.\n</think>\n\n소나기 장화가 있어요.",
        " 소나기 장화가 있어요.",
    ],
)
async def test_what_a_model_thinks_aloud_is_not_for_the_shopper(talk: Talk, said: str) -> None:
    talk, _ = with_model(talk, in_turn(BOOTS, said))
    assert words(await talk.say("장화 추천해줘")).startswith("소나기 장화가 있어요.")
    assert await talk.log(facts.ReplyMended) == []


async def test_a_thought_without_an_end_is_no_answer(talk: Talk) -> None:
    talk, _ = with_model(talk, in_turn(BOOTS, "<think>소나기 장화가 있어요."))
    reply = await talk.say("장화 추천해줘")
    assert "think" not in words(reply)
    assert any(block.kind == "products" for block in reply.blocks), "the embedded answer"


LIE = "단돈 1원에 드릴게요!"


async def test_who_was_read_along_with_is_told_whoever_answers(talk: Talk) -> None:
    talk, model = with_model(talk, lambda _request: LIE)
    reply = await talk.say("장화 추천해줘")
    assert model.asked
    assert LIE not in words(reply)
    assert [block.topic for block in reply.blocks if block.kind == "notice"] == ["outside_model"]
    assert "outside:off" in [o.id for b in reply.blocks if b.kind == "choices" for o in b.options]
    again = await talk.say("다른 장화 추천해줘")
    assert not any(block.kind == "notice" for block in again.blocks), "once in a conversation"
    own, _ = with_model(await begin(talk.floor), lambda _request: LIE, outside=False)
    assert not any(block.kind == "notice" for block in (await own.say("장화 추천해줘")).blocks)


@pytest.mark.parametrize(
    ("plays", "more"),
    [
        (in_turn(LIE + " " + "그리고 " * 40), {}),  # broken off by the house
        (in_turn(BOOTS, "소나기 장화가 있어요."), {"counted": False}),  # a server that counts nothing
        (in_turn(BOOTS, 30.0), {}),  # given up
    ],
)
async def test_what_nobody_counted_is_reckoned_and_counts(
    floor: Floor, talk: Talk, plays: Any, more: dict[str, Any]
) -> None:
    limits = floor.shop.assistant.limits.model_copy(update={"first_word_seconds": 0.1})
    shop = manner(floor, limits=limits)
    model, embedded = Strange(plays, cost=700, **more), EmbeddedMind()
    mind = LanguageModelMind(Gate(lambda _job: model), floor.house.toolbox, embedded)
    talk = talk.at(floor.counter(minds=(mind, embedded), spent=records.spent_since, shop=lambda: shop))
    await talk.say("장화 추천해줘")
    asked = await talk.log(facts.ModelAsked)
    assert all(each.input_tokens > 90 and each.cost for each in asked)
    async with floor.plain_connection() as conn:
        spent = await records.spent_since(conn, floor.clock.now())
    assert spent.cost == sum(each.cost or 0 for each in asked)


async def test_a_server_that_takes_no_request_costs_nothing(talk: Talk) -> None:
    talk, _ = with_model(talk, lambda _request: ModelBusy())
    await talk.say("장화 추천해줘")
    (asked,) = await talk.log(facts.ModelAsked)
    assert (asked.input_tokens, asked.cost) == (0, None)
