"""What servers of language models send that no protocol allows: a whole answer or a trouble of the model, nothing else."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import pytest
from connect.loopback import free_socket, serving
from connect.model_servers import KEY

from dangol.contracts.language_model import (
    CallProposed,
    Delta,
    Ended,
    MalformedAnswer,
    Message,
    ModelBusy,
    ModelDown,
    ModelRequest,
    ModelRequestRefused,
    ModelTrouble,
    ToolOffered,
    Words,
)

SEARCH = ToolOffered(
    name="find_products",
    description="Find products.",
    parameters={"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]},
)
PATHS = {"openai": "/v1", "openai_compatible": "/v1", "ollama": "/v1", "anthropic": "", "gemini": ""}


@dataclass
class Sends:
    """A server that answers with these bytes, whatever it is asked, and may hang up in the middle."""

    pieces: Sequence[bytes | str]
    status: int = 200
    kind: str = "text/event-stream"
    hangs_up: bool = False
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        while (await receive()).get("more_body"):
            pass
        headers = [(b"content-type", self.kind.encode()), *self.headers]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        for piece in self.pieces:
            body = piece.encode() if isinstance(piece, str) else piece
            await send({"type": "http.response.body", "body": body, "more_body": True})
            await asyncio.sleep(0)
        if self.hangs_up:
            raise ConnectionError("the machine went away")
        await send({"type": "http.response.body", "body": b""})


async def heard(vendor: str, sends: Sends) -> tuple[list[Delta], ModelTrouble | None]:
    """What came of asking: the answer as far as it came, and the trouble it ended in."""
    connect = import_module(f"dangol.connect.language_models.{vendor}.connection").connect
    said = (Message(role="system", text="You sell boots."), Message(role="user", text="hello"))
    deltas: list[Delta] = []
    async with serving(sends, free_socket()) as address:
        model = connect("any-1", key=KEY, url=address + PATHS[vendor])
        try:
            request = ModelRequest(messages=said, tools=(SEARCH,), seconds=20)
            async with contextlib.aclosing(model.ask(request)) as answer:
                deltas += [delta async for delta in answer]
        except ModelTrouble as trouble:
            return deltas, trouble
        finally:
            await model.close()
    return deltas, None


def words(deltas: Sequence[Delta]) -> str:
    return "".join(each.text for each in deltas if isinstance(each, Words))


def data(node: Any) -> str:
    return f"data: {node if isinstance(node, str) else json.dumps(node, ensure_ascii=False)}\n\n"


def chunk(delta: Any, end: str | None = None, **more: Any) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": end}
    return data(
        {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
        | more
    )


def calls(*proposed: dict[str, Any]) -> str:
    return chunk({"tool_calls": list(proposed)})


def event(kind: str, **more: Any) -> str:
    return f"event: {kind}\n{data({'type': kind, **more})}"


HI, STOP, DONE = chunk({"content": "Hello."}), chunk({}, "stop"), data("[DONE]")
START = event(
    "message_start",
    message={
        "id": "m1", "type": "message", "role": "assistant", "model": "m", "content": [], "stop_reason": None,
        "stop_sequence": None, "usage": {"input_tokens": 12, "output_tokens": 1},
    },
)  # fmt: skip
OPEN = event("content_block_start", index=0, content_block={"type": "text", "text": ""})
SAID = event("content_block_delta", index=0, delta={"type": "text_delta", "text": "Hello."})
SHUT = event("content_block_stop", index=0)


def stopped(why: str) -> str:
    told = {"stop_reason": why, "stop_sequence": None}
    return event("message_delta", delta=told, usage={"output_tokens": 5}) + event("message_stop")


def candidate(parts: list[Any] | None, end: str | None = None) -> str:
    told: dict[str, Any] = {"index": 0}
    if parts is not None:
        told["content"] = {"role": "model", "parts": parts}
    if end:
        told["finishReason"] = end
    return data(
        {
            "candidates": [told],
            "usageMetadata": {"promptTokenCount": 12},
            "modelVersion": "g",
            "responseId": "r",
        }
    )


def in_bytes(text: str) -> list[bytes]:
    whole = text.encode()
    return [whole[at : at + 3] for at in range(0, len(whole), 3)]


@pytest.mark.parametrize(
    ("vendor", "pieces", "told"),
    [
        ("openai", [chunk({}), chunk({"content": ""}), chunk({"content": None}), HI, STOP, DONE], "Hello."),
        ("openai", [data({"id": "c1", "choices": []}), HI, STOP, DONE], "Hello."),
        ("openai", [chunk(None), HI, STOP, DONE], "Hello."),
        ("openai", [": waiting\n\n", HI, ": still here\n\n", STOP, DONE], "Hello."),
        ("openai", [HI.replace("data: ", "data:"), STOP.replace("data: ", "data:"), DONE], "Hello."),
        ("openai", [(HI + STOP + DONE).replace("\n", "\r\n")], "Hello."),
        ("openai", in_bytes(chunk({"content": "안녕하세요."}) + STOP + DONE), "안녕하세요."),
        ("openai", [HI, STOP], "Hello."),
        ("anthropic", [START, event("ping"), event("novel", x=1), OPEN, SAID, SHUT, stopped("end_turn")], "Hello."),
        ("gemini", in_bytes(candidate([{"text": "안녕하세요."}], "STOP")), "안녕하세요."),
        ("gemini", [data({"candidates": []}), candidate([{"text": "Hello."}], "STOP")], "Hello."),
    ],
)  # fmt: skip
async def test_what_is_odd_and_whole_is_heard(vendor: str, pieces: list[str], told: str) -> None:
    deltas, trouble = await heard(vendor, Sends(pieces))
    assert trouble is None
    assert words(deltas) == told
    assert deltas[-1] == Ended(usage=deltas[-1].usage, cut=False)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("vendor", "sends", "trouble"),
    [
        *(("openai", Sends([HI, data(odd), DONE]), MalformedAnswer) for odd in ([1, 2], '"x"', "7", "null")),
        ("openai", Sends([]), MalformedAnswer),
        ("openai", Sends(["<html>Please sign in</html>"], kind="text/html"), MalformedAnswer),
        ("openai", Sends([json.dumps({"choices": []})], kind="application/json"), MalformedAnswer),
        ("openai", Sends([HI, "data: {broken\n\n"]), ModelDown),
        ("openai", Sends([HI, data({"error": {"message": "sorry", "code": 503}})]), ModelDown),
        ("openai", Sends([HI], hangs_up=True), ModelDown),
        ("openai", Sends(["<html>"], 502, "text/html"), ModelDown),
        ("openai", Sends(["wait"], 429, "text/plain", headers=[(b"retry-after", b"30")]), ModelBusy),
        ("openai", Sends(["{}"], 413, "application/json"), ModelRequestRefused),
        ("ollama", Sends([data([])]), MalformedAnswer),
        ("anthropic", Sends([OPEN, SAID, SHUT, stopped("end_turn")]), MalformedAnswer),
        ("anthropic", Sends([START, OPEN, SAID, event("error", error={"type": "overloaded_error"})]), ModelBusy),
        ("anthropic", Sends([START, OPEN, SAID], hangs_up=True), ModelDown),
        ("anthropic", Sends(["<html>"], kind="text/html"), MalformedAnswer),
        ("gemini", Sends([candidate([{"text": "Hello."}]), "data: {x\n\n"]), ModelDown),
        ("gemini", Sends([candidate([{"text": "Hello."}])], hangs_up=True), ModelDown),
        ("gemini", Sends(["<html>"], 502, "text/html"), ModelDown),
    ],
)  # fmt: skip
async def test_what_makes_no_sense_is_a_trouble_of_the_model(
    vendor: str, sends: Sends, trouble: type[ModelTrouble]
) -> None:
    _, met = await heard(vendor, sends)
    assert type(met) is trouble


@pytest.mark.parametrize(
    ("vendor", "pieces"),
    [
        ("openai", [chunk({"content": "Hello. The boo"}), chunk({}, "length"), DONE]),
        ("openai", [chunk({"content": "Hello. The boo"}), chunk({}, "content_filter"), DONE]),
        ("anthropic", [START, OPEN, SAID, SHUT, stopped("max_tokens")]),
        ("anthropic", [START, OPEN, SAID, SHUT, stopped("refusal")]),
        ("gemini", [candidate([{"text": "Hello. The boo"}]), candidate(None, "SAFETY")]),
    ],
)
async def test_what_is_cut_short_says_so(vendor: str, pieces: list[str]) -> None:
    deltas, trouble = await heard(vendor, Sends(pieces))
    assert trouble is None
    assert isinstance(deltas[-1], Ended)
    assert deltas[-1].cut


@pytest.mark.parametrize(
    ("written", "args"),
    [
        (list('{"text": "장화"}'), {"text": "장화"}),
        ([""], {}),
        (['{"text": "boo'], None),
        (["[1]"], None),
        (["null"], None),
        (['{"text": "boots"}}'], None),
    ],
)
async def test_a_call_however_its_arguments_come(written: list[str], args: Any) -> None:
    first = {
        "index": 0,
        "id": "a",
        "type": "function",
        "function": {"name": "find_products", "arguments": ""},
    }
    pieces = [calls(first), *(calls({"index": 0, "function": {"arguments": each}}) for each in written)]
    deltas, trouble = await heard("openai", Sends([*pieces, chunk({}, "tool_calls"), DONE]))
    assert trouble is None
    assert [(each.tool, each.args) for each in deltas if isinstance(each, CallProposed)] == [
        ("find_products", args)
    ]


async def test_two_calls_of_one_id_are_two_calls() -> None:
    both = [
        {"index": at, "id": "a", "type": "function", "function": {"name": "find_products", "arguments": f'{{"text": "{at}"}}'}}
        for at in (0, 1)
    ]  # fmt: skip
    deltas, _ = await heard("openai", Sends([*map(calls, both), chunk({}, "tool_calls"), DONE]))
    assert [each.args for each in deltas if isinstance(each, CallProposed)] == [{"text": "0"}, {"text": "1"}]


@pytest.mark.parametrize("vendor", sorted(PATHS))
@pytest.mark.parametrize(("asked", "wait"), [(b"30", 30), (b"Wed, 21 Oct 2026 07:28:00 GMT", None)])
async def test_how_long_to_leave_a_busy_server_alone(vendor: str, asked: bytes, wait: int | None) -> None:
    _, met = await heard(vendor, Sends(["wait"], 429, "text/plain", headers=[(b"retry-after", asked)]))
    assert isinstance(met, ModelBusy)
    assert met.details.get("wait") == wait


def used(prompt: int, written: int) -> dict[str, int]:
    return {"prompt_tokens": prompt, "completion_tokens": written, "total_tokens": prompt + written}


def counted(*counts: tuple[int, int] | None, end: tuple[int, int] | None = None) -> list[str]:
    """Four pieces of an answer, each with what it counts; then a chunk with nothing but the last count."""
    pieces = [
        chunk({"content": word}, usage=used(*count) if count else None)
        for word, count in zip(("It ", "rains ", "a ", "lot."), counts, strict=True)
    ]
    bare = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": []}
    last = [data({**bare, "usage": used(*end)})] if end else []
    return [*pieces, STOP, *last, DONE]


@pytest.mark.parametrize("vendor", ["openai", "openai_compatible", "ollama"])
@pytest.mark.parametrize(
    ("pieces", "tokens"),
    [
        (counted(None, None, None, None, end=(12, 9)), (12, 9)),  # once, at the end
        (counted((12, 1), (12, 2), (12, 5), (12, 9), end=(12, 9)), (12, 9)),  # so far, and the same again
        (counted((12, 1), (12, 2), (12, 5), (12, 9)), (12, 9)),
        (counted((12, 1), (12, 2), (12, 5), (12, 9), end=(12, 0)), (12, 9)),
        ([chunk({"role": "assistant", "content": ""}, usage=used(12, 0)), *counted((12, 1), (12, 2), (12, 5), (12, 8), end=(12, 9))], (12, 9)),
        ([chunk({"content": ""}, usage=used(12, 1)), *counted((12, 2), (12, 3), (12, 4), (12, 9))], (12, 9)),
        (counted((12, 3), (0, 2), (0, 3), (0, 1)), (12, 9)),  # what came since
        (counted((12, 1), (0, 1), (0, 1), (0, 1)), (12, 4)),
        (counted((12, 2), (12, 2), (12, 2), (12, 3)), (12, 9)),
        (counted((12, 1), (0, 2), (0, 2), (0, 4)), (12, 9)),
        (counted((12, 3), (0, 2), (0, 3), (0, 1), end=(12, 9)), (12, 9)),  # and the sum of it
        (counted((12, 1), (12, 1), (12, 1), (12, 1), end=(12, 4)), (12, 4)),
    ],
)  # fmt: skip
async def test_what_was_used_however_a_server_counts(
    vendor: str, pieces: list[str], tokens: tuple[int, int]
) -> None:
    deltas, trouble = await heard(vendor, Sends(pieces))
    assert trouble is None
    ended = deltas[-1]
    assert isinstance(ended, Ended)
    assert (ended.usage.input_tokens, ended.usage.output_tokens) == tokens
    assert words(deltas) == "It rains a lot."


async def test_a_call_counted_as_it_is_written() -> None:
    first = {
        "index": 0,
        "id": "a",
        "type": "function",
        "function": {"name": "find_products", "arguments": ""},
    }
    rest = [{"index": 0, "function": {"arguments": each}} for each in ('{"text": ', '"boots"', "}")]
    pieces = [
        chunk({"tool_calls": [each]}, usage=used(12, at * 3)) for at, each in enumerate((first, *rest), 1)
    ]
    deltas, _ = await heard("openai", Sends([*pieces, chunk({}, "tool_calls", usage=used(12, 12)), DONE]))
    ended = deltas[-1]
    assert isinstance(ended, Ended)
    assert (ended.usage.input_tokens, ended.usage.output_tokens) == (12, 12)
