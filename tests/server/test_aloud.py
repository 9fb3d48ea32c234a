"""An answer heard while it is made: growing words, then its blocks; troubles before and after the first word."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from starlette.requests import Request

from dangol.assistant.aloud import speak_aloud
from dangol.kernel.blocks import TextBlock
from dangol.kernel.errors import NotFound
from dangol.server import aloud
from dangol.server.chat_shapes import Answer

REQUEST = Request({"type": "http", "method": "POST", "path": "/", "headers": []})
WHOLE = Answer(
    turn=3, language="en", served_by="assistant", blocks=(TextBlock(id="t3b1", text="Yes. It is 3."),)
)


async def told(work: Any) -> list[tuple[str, Any]]:
    stream = await aloud.streamed(work, REQUEST)
    events = []
    async for event in stream:
        name, data = event.strip().split("\n")
        events.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return events


async def test_words_grow_under_one_id_until_the_answer_is_whole() -> None:
    async def work() -> Answer:
        speak_aloud(3, "Yes.")
        await asyncio.sleep(0)
        speak_aloud(3, "Yes. It is 3.")
        return WHOLE

    events = await told(work)
    assert [name for name, _ in events] == ["block", "block", "block", "done"]
    assert [data["text"] for name, data in events if name == "block"] == [
        "Yes.",
        "Yes. It is 3.",
        "Yes. It is 3.",
    ]
    assert {data["id"] for name, data in events if name == "block"} == {"t3b1"}


async def test_who_says_nothing_early_is_heard_at_the_end() -> None:
    async def work() -> Answer:
        return WHOLE

    assert [name for name, _ in await told(work)] == ["block", "done"]


async def test_a_trouble_before_the_first_word_is_an_ordinary_problem() -> None:
    async def work() -> Answer:
        raise NotFound()

    with pytest.raises(NotFound):
        await told(work)


async def test_a_trouble_after_it_is_told_in_the_stream() -> None:
    async def work() -> Answer:
        speak_aloud(3, "Yes.")
        raise NotFound()

    events = await told(work)
    assert [name for name, _ in events] == ["block", "error"]
    assert events[-1][1]["status"] == 404


async def test_a_turn_goes_on_when_its_shopper_hangs_up() -> None:
    done = asyncio.Event()

    async def work() -> Answer:
        speak_aloud(3, "Yes.")
        await asyncio.sleep(0.01)
        done.set()
        return WHOLE

    stream = await aloud.streamed(work, REQUEST)
    await anext(stream)
    await stream.aclose()  # type: ignore[attr-defined]
    await asyncio.wait_for(done.wait(), 5)


async def test_two_turns_at_once_do_not_hear_each_other() -> None:
    async def work(words: str) -> Answer:
        speak_aloud(1, words)
        await asyncio.sleep(0.01)
        speak_aloud(1, words * 2)
        return WHOLE

    one, two = await asyncio.gather(told(lambda: work("a")), told(lambda: work("b")))
    assert [data["text"] for name, data in one if name == "block"][:2] == ["a", "aa"]
    assert [data["text"] for name, data in two if name == "block"][:2] == ["b", "bb"]
