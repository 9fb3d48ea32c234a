"""A model server that says nothing, or stops in the middle of a sentence: the shopper has the embedded answer instead."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from assistant.talk import Talk, words
from assistant.test_language_model_mind import manner
from connect.loopback import free_socket, serving
from connect.model_servers import KEY, Peer, openai_server

from dangol.assistant import records
from dangol.assistant.minds.embedded import EmbeddedMind
from dangol.assistant.minds.language_model import LanguageModelMind
from dangol.assistant.minds.language_model.gate import Gate
from dangol.assistant.minds.language_model.rereading import RereadingMind
from dangol.assistant.minds.language_model.wording import WordingMind
from dangol.connect.language_models.openai_compatible import connection
from dangol.kernel import facts
from dangol.kernel.manner import ModelLimits

PATIENT = 2.0  # seconds a shopper bears at most where the shop has not said otherwise


@pytest.fixture
def peer() -> Peer:
    return Peer()


@pytest.fixture
async def counted_on(talk: Talk, peer: Peer) -> AsyncIterator[Talk]:
    """The shop with every mind that asks a model, all asking the peer, and a shopper of little patience."""
    limits = talk.floor.shop.assistant.limits.model_copy(update={"first_word_seconds": 0.2})
    shop = manner(talk.floor, limits=limits, reword=True)
    async with serving(openai_server(peer), free_socket()) as address:
        model = connection.connect("any", key=KEY, url=f"{address}/v1")
        gate, embedded = Gate(lambda _job: model), EmbeddedMind()
        worded = WordingMind(gate, embedded)
        talking = LanguageModelMind(gate, talk.floor.house.toolbox, worded)
        minds = (RereadingMind(gate, (talking, worded)), talking, worded)
        yield talk.at(talk.floor.counter(minds=minds, spent=records.spent_since, shop=lambda: shop))
        await model.close()


def test_nobody_is_kept_waiting_for_longer() -> None:
    assert ModelLimits().first_word_seconds <= PATIENT


@pytest.mark.parametrize("scene", ["slow", "stalls"])
async def test_the_embedded_answer_comes_while_the_server_is_still_silent(
    counted_on: Talk, peer: Peer, scene: str
) -> None:
    peer.scene = scene
    reply = await counted_on.say("장화 추천해줘")
    assert any(block.kind == "products" for block in reply.blocks)
    await asyncio.wait_for(peer.gone.wait(), 30)  # hung up on in its silence, which was to last a minute
    (asked,) = await counted_on.log(facts.ModelAsked)
    assert asked.outcome == "model_too_slow"


async def test_it_is_left_alone_for_a_while_and_then_tried_again(counted_on: Talk, peer: Peer) -> None:
    peer.scene = "slow"
    await counted_on.say("장화 추천해줘")
    await counted_on.say("머그컵 추천해줘")
    await counted_on.say("음 그거 저기 아무거나")
    assert len(peer.asked) == 1, "nobody waits for it a second time"
    peer.scene = "hello"
    counted_on.floor.clock.advance(timedelta(minutes=1))
    assert "무엇을 도와드릴까요?" in words(await counted_on.say("장화 추천해줘"))
    counted_on.floor.clock.advance(timedelta(minutes=-1))


async def test_a_rewording_is_not_waited_for_either(counted_on: Talk, peer: Peer) -> None:
    peer.scene = "slow"
    assert words(await counted_on.say("안녕하세요"))
    assert {each.outcome for each in await counted_on.log(facts.ModelAsked)} == {"model_too_slow"}
