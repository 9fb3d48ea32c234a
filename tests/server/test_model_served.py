"""A shop with a language model, from the settings to the shopper's stream: a real server on loopback speaks for the model."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import psycopg
import pytest
from connect.loopback import address_of, free_socket
from connect.loopback import serving as peer_serving
from connect.model_servers import KEY, Peer, openai_server
from psycopg import sql
from pydantic import SecretStr
from server_talk import SECRET, OpenHouse, Talk, stock

from dangol.kernel import facts
from dangol.kernel.shop import Shop
from dangol.server.commands.audit import hold_stage, show_blocks, show_costs
from dangol.server.doors import bind
from dangol.server.postgres import EmbeddedPostgres
from dangol.server.serving import serving
from dangol.server.settings import Settings
from dangol.server.wire import open_premises


@pytest.fixture(scope="module")
def peer() -> Peer:
    return Peer()


@pytest.fixture(scope="module")
async def open_house(
    postgres: EmbeddedPostgres, shop: Shop, tmp_path_factory: pytest.TempPathFactory, peer: Peer
) -> AsyncIterator[OpenHouse]:
    name = "house_with_a_model"
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template_of_tests").format(sql.Identifier(name)))
    data: Path = tmp_path_factory.mktemp("data")
    await stock(postgres.url(name), shop, data)
    listener = free_socket()
    with bind("127.0.0.1", 0) as door:
        settings = Settings(
            data=data,
            database_url=SecretStr(postgres.url(name)),
            port=door.getsockname()[1],
            shop_secret=SecretStr(SECRET),
            model="openai_compatible:small",
            model_key=SecretStr(KEY),
            model_url=address_of(listener) + "/v1",
        )
        async with (
            peer_serving(openai_server(peer), listener),
            open_premises(settings) as premises,
            serving(premises.app, settings, door),
        ):
            yield OpenHouse(premises, settings, settings.base_url)


async def streamed(talk: Talk, text: str, id: str) -> list[tuple[str, dict[str, object]]]:
    async with talk.client(Accept="text/event-stream") as client:
        answer = await client.post(f"{talk.path}/messages", json={"id": id, "text": text})
    assert answer.status_code == 200, answer.text
    events = [each.split("\n") for each in answer.text.strip().split("\n\n")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in events]


async def test_the_models_words_reach_the_stream(talk: Talk, peer: Peer) -> None:
    asked = len(peer.asked)
    events = await streamed(talk, "러닝화 추천해 주세요.", "first")
    assert len(peer.asked) == asked + 1
    texts = [data["text"] for name, data in events if name == "block" and data["kind"] == "text"]
    assert texts[0] == texts[-1] == "안녕하세요, 무엇을 도와드릴까요?"
    assert events[-1][0] == "done"
    again = await talk.say("러닝화 추천해 주세요.", id="first")
    assert again["blocks"][0]["text"] == texts[-1]
    assert len(peer.asked) == asked + 1
    assert KEY not in json.dumps(peer.asked, ensure_ascii=False)


async def test_a_server_that_goes_away_in_mid_answer_is_covered_for(talk: Talk, peer: Peer) -> None:
    events = await streamed(talk, "broken 러닝화 추천해 주세요.", "second")
    assert events[-1][0] == "done"
    blocks = [data for name, data in events if name == "block"]
    assert any(block["kind"] in ("text", "products") for block in blocks)


async def test_what_it_cost_what_was_held_back_and_one_switch_back(
    open_house: OpenHouse, talk: Talk, peer: Peer, capsys: pytest.CaptureFixture[str]
) -> None:
    await talk.say("러닝화 추천해 주세요.", id="third")
    async with open_house.premises.open_connection() as conn:
        told = facts.ReplyMended(turn=1, why="price: 1원", text="단돈 1원이에요.")
        await open_house.premises.counter.tell(conn, talk.path.rsplit("/", 1)[-1], [told])
    await show_costs(open_house.settings, 7)
    assert "openai_compatible:small" in "".join(capsys.readouterr().out.split())
    await show_blocks(open_house.settings, 10)
    assert "단돈1원이에요." in "".join(capsys.readouterr().out.split())
    asked = len(peer.asked)
    await hold_stage(open_house.settings, "understanding")
    assert "understanding" in capsys.readouterr().out
    while open_house.premises.shop().assistant.at_most != "understanding":  # noqa: ASYNC110 - told by the database
        await asyncio.sleep(0.02)
    await talk.say("머그컵 추천해 주세요.", id="fourth")
    assert len(peer.asked) == asked
    await hold_stage(open_house.settings, "full")
