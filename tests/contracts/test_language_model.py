"""What every language model must do, whichever vendor: a new one adds a bench to BENCHES and nothing else."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import pytest
from connect.loopback import address_of, free_socket, serving
from connect.model_servers import KEY, WORDS, Peer, anthropic_server, gemini_server, openai_server
from fastapi import FastAPI

from dangol.connect.index import LANGUAGE_MODELS
from dangol.contracts.language_model import (
    CallProposed,
    Delta,
    Ended,
    LanguageModel,
    Message,
    ModelBusy,
    ModelDown,
    ModelKeyRefused,
    ModelRequest,
    ModelTooSlow,
    ModelUnknown,
    ToolOffered,
    Words,
)

SEARCH = ToolOffered(
    name="find_products",
    description="Find products.",
    parameters={"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]},
)
OK = {
    "type": "object",
    "properties": {"ok": {"type": "boolean"}},
    "required": ["ok"],
    "additionalProperties": False,
}
BENCHES: dict[str, tuple[Callable[[Peer], FastAPI], str]] = {
    "openai": (openai_server, "/v1"),
    "openai_compatible": (openai_server, "/v1"),
    "ollama": (openai_server, "/v1"),
    "anthropic": (anthropic_server, ""),
    "gemini": (gemini_server, ""),
}


@dataclass
class Bench:
    peer: Peer
    connect: Callable[..., LanguageModel]
    url: str

    def model(self, name: str = "gpt-5-mini", **other: Any) -> LanguageModel:
        return self.connect(name, **{"key": KEY, "url": self.url, **other})


def test_every_model_vendor_of_the_index_has_a_bench() -> None:
    # a GGUF file is asked where llama.cpp itself can be: tests/connect/test_llama_cpp.py
    assert {card.name for card in LANGUAGE_MODELS} == {*BENCHES, "gguf"}


@pytest.fixture(params=sorted(BENCHES))
async def bench(request: pytest.FixtureRequest) -> AsyncIterator[Bench]:
    server, path = BENCHES[request.param]
    peer, listener = Peer(), free_socket()
    connect = import_module(f"dangol.connect.language_models.{request.param}.connection").connect
    async with serving(server(peer), listener):
        yield Bench(peer, connect, address_of(listener) + path)


def asked(text: str, **more: Any) -> ModelRequest:
    return ModelRequest(
        messages=(Message(role="system", text="You sell boots."), Message(role="user", text=text)), **more
    )


async def heard(model: LanguageModel, request: ModelRequest) -> list[Delta]:
    async with contextlib.aclosing(model.ask(request)) as answer:
        return [delta async for delta in answer]


async def test_words_come_as_they_are_made_and_the_end_tells_what_was_used(bench: Bench) -> None:
    model = bench.model()
    deltas = await heard(model, asked("hello"))
    assert [each.text for each in deltas if isinstance(each, Words)] == list(WORDS)
    end = deltas[-1]
    assert isinstance(end, Ended)
    assert (end.usage.input_tokens, end.usage.output_tokens, end.cut) == (12, 5, False)
    await model.close()


async def test_what_the_house_says_and_what_the_shopper_says_stay_apart(bench: Bench) -> None:
    model = bench.model()
    await heard(model, asked("hello"))
    sent = json.dumps(bench.peer.asked[-1], ensure_ascii=False)
    body = bench.peer.asked[-1]
    ours = body.get("system") or body.get("systemInstruction") or body["messages"][0]
    assert "You sell boots." in json.dumps(ours)
    assert "hello" not in json.dumps(ours)
    assert KEY not in sent
    await model.close()


async def test_a_call_is_proposed_under_the_schema(bench: Bench) -> None:
    model = bench.model()
    deltas = await heard(model, asked("tool", tools=(SEARCH,)))
    (call,) = [each for each in deltas if isinstance(each, CallProposed)]
    assert isinstance(deltas[0], Words), "a sign of life while the call is being written"
    assert (call.tool, call.args) == ("find_products", {"text": "장화"})
    assert '"text"' in json.dumps(bench.peer.asked[-1])
    await model.close()


async def test_what_came_of_a_call_is_told(bench: Bench) -> None:
    model = bench.model()
    call = CallProposed(id="call_1", tool="find_products", args={"text": "장화"})
    talk = asked("hello", tools=(SEARCH,)).messages
    more = (
        *talk,
        Message(role="model", text="찾아볼게요.", calls=(call,)),
        Message(role="tool", text='{"items": ["소나기 장화"]}', answers=call),
    )
    deltas = await heard(model, ModelRequest(messages=more, tools=(SEARCH,)))
    assert isinstance(deltas[-1], Ended)
    assert "소나기 장화" in json.dumps(bench.peer.asked[-1], ensure_ascii=False)
    await model.close()


async def test_an_answer_as_json(bench: Bench) -> None:
    model = bench.model()
    deltas = await heard(model, asked("json", answer_schema=OK))
    assert json.loads("".join(each.text for each in deltas if isinstance(each, Words))) == {"ok": True}
    await model.close()


async def test_an_answer_at_the_limit_says_so(bench: Bench) -> None:
    model = bench.model()
    end = (await heard(model, asked("a long story")))[-1]
    assert isinstance(end, Ended)
    assert end.cut
    await model.close()


@pytest.mark.parametrize(
    ("text", "name", "key", "trouble"),
    [
        ("busy", "gpt-5-mini", KEY, ModelBusy),
        ("fault", "gpt-5-mini", KEY, ModelDown),
        ("broken", "gpt-5-mini", KEY, ModelDown),
        ("hello", "gpt-5-mini", "wrong", ModelKeyRefused),
        ("hello", "missing", KEY, ModelUnknown),
    ],
)
async def test_troubles_are_told_as_what_they_are(
    bench: Bench, text: str, name: str, key: str, trouble: type[Exception]
) -> None:
    model = bench.model(name, key=key)
    with pytest.raises(trouble):
        await heard(model, asked(text))
    assert len(bench.peer.asked) == 1  # and nothing is tried a second time behind the house's back
    await model.close()


async def test_nobody_waits_longer_than_was_said(bench: Bench) -> None:
    model = bench.model()
    with pytest.raises(ModelTooSlow):
        await heard(model, asked("slow", seconds=0.5))
    await model.close()


async def test_breaking_off_hangs_up(bench: Bench) -> None:
    model = bench.model()
    answer = model.ask(asked("slow"))
    task = asyncio.ensure_future(_drain(answer))
    while not bench.peer.asked:  # noqa: ASYNC110 - the peer tells it by its list only
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    await asyncio.wait_for(bench.peer.gone.wait(), 5)
    await model.close()


async def _drain(answer: AsyncIterator[Delta]) -> None:
    async for _ in answer:
        pass


async def test_nobody_there(bench: Bench) -> None:
    listener = free_socket()
    nowhere = address_of(listener)
    listener.close()
    model = bench.model(url=nowhere + BENCHES["openai"][1])
    with pytest.raises(ModelDown):
        await heard(model, asked("hello"))
    await model.close()
