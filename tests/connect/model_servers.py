"""Servers on loopback that speak the protocols of language models, written by us: what the model says is in the script."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

KEY = "a-test-key"


class Peer:
    """A model server: the shopper's last words say what happens, or `scene` does. It keeps what it was asked."""

    def __init__(self, scene: str = "") -> None:
        self.scene = scene
        self.asked: list[dict[str, Any]] = []
        self.gone = asyncio.Event()  # somebody hung up in the middle of an answer


WORDS = ("안녕하세요", ", 무엇을 ", "도와드릴까요?")


def _scene(text: str) -> str:
    return next(
        (name for name in ("busy", "slow", "broken", "fault", "tool", "json", "long") if name in text),
        "hello",
    )


def _refusal(scene: str, key_ok: bool, model: str) -> JSONResponse | None:
    if not key_ok:
        return JSONResponse(
            {
                "error": {
                    "message": "bad key",
                    "code": 401,
                    "type": "authentication_error",
                    "status": "UNAUTHENTICATED",
                }
            },
            401,
        )
    if model.endswith("missing"):
        return JSONResponse(
            {
                "error": {
                    "message": "no such model",
                    "code": 404,
                    "type": "not_found_error",
                    "status": "NOT_FOUND",
                }
            },
            404,
        )
    if scene == "busy":
        return JSONResponse(
            {
                "error": {
                    "message": "slow down",
                    "code": 429,
                    "type": "rate_limit_error",
                    "status": "RESOURCE_EXHAUSTED",
                }
            },
            429,
        )
    if scene == "fault":
        return JSONResponse(
            {"error": {"message": "sorry", "code": 500, "type": "api_error", "status": "INTERNAL"}}, 500
        )
    return None


def _shows_key(request: Request) -> bool:
    """Anthropic takes a key in either header; which one is sent depends on the release of its client."""
    return KEY in (
        request.headers.get("x-api-key"),
        request.headers.get("authorization", "").removeprefix("Bearer "),
    )


async def _pieces(peer: Peer, scene: str, events: list[str]) -> AsyncIterator[str]:
    try:
        for place, event in enumerate(events):
            if (scene, place) in (("slow", 1), ("stalls", 2)):
                await asyncio.sleep(60)
            if scene == "broken" and place == 2:
                raise ConnectionError("the machine went away")
            yield event
            await asyncio.sleep(0)
    except asyncio.CancelledError:
        peer.gone.set()
        raise


def _sse(data: Any, event: str | None = None) -> str:
    head = f"event: {event}\n" if event else ""
    return f"{head}data: {data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)}\n\n"


def _stream(peer: Peer, scene: str, events: list[str]) -> Response:
    return StreamingResponse(_pieces(peer, scene, events), media_type="text/event-stream")


def openai_server(peer: Peer) -> FastAPI:
    """`/v1/chat/completions` of OpenAI and of everything that speaks like it."""
    app = FastAPI()

    @app.post("/v1/chat/completions")
    async def complete(request: Request) -> Response:
        body = await request.json()
        peer.asked.append(body)
        scene = peer.scene or _scene(str(body["messages"][-1]["content"]))
        refused = _refusal(scene, request.headers.get("authorization") == f"Bearer {KEY}", body["model"])
        if refused:
            return refused

        def chunk(delta: dict[str, Any], end: str | None = None) -> str:
            return _sse(
                {
                    "id": "c1",
                    "object": "chat.completion.chunk",
                    "created": 1,
                    "model": body["model"],
                    "choices": [{"index": 0, "delta": delta, "finish_reason": end}],
                }
            )

        events = [chunk({"role": "assistant", "content": ""})]
        if scene == "tool":
            call = {
                "index": 0,
                "id": "call_1",
                "type": "function",
                "function": {"name": "find_products", "arguments": ""},
            }
            events += [
                chunk({"tool_calls": [call]}),
                chunk({"tool_calls": [{"index": 0, "function": {"arguments": '{"text": "장'}}]}),
                chunk({"tool_calls": [{"index": 0, "function": {"arguments": '화"}'}}]}),
                chunk({}, "tool_calls"),
            ]
        else:
            said = ('{"ok"', ": true}") if scene == "json" else WORDS
            events += [chunk({"content": word}) for word in said]
            events.append(chunk({}, "length" if scene == "long" else "stop"))
        usage = {"prompt_tokens": 12, "completion_tokens": 5, "total_tokens": 17}
        events += [
            _sse(
                {
                    "id": "c1",
                    "object": "chat.completion.chunk",
                    "created": 1,
                    "model": body["model"],
                    "choices": [],
                    "usage": usage,
                }
            ),
            _sse("[DONE]"),
        ]
        return _stream(peer, scene, events)

    return app


def anthropic_server(peer: Peer) -> FastAPI:
    """`/v1/messages` of Anthropic."""
    app = FastAPI()

    @app.post("/v1/messages")
    async def complete(request: Request) -> Response:
        body = await request.json()
        peer.asked.append(body)
        last = body["messages"][-1]["content"]
        scene = _scene(last if isinstance(last, str) else json.dumps(last, ensure_ascii=False))
        refused = _refusal(scene, _shows_key(request), body["model"])
        if refused:
            return refused

        def event(kind: str, **more: Any) -> str:
            return _sse({"type": kind, **more}, kind)

        start = {
            "id": "m1",
            "type": "message",
            "role": "assistant",
            "model": body["model"],
            "content": [],
            "stop_reason": None,
            "stop_sequence": None,
            "usage": {"input_tokens": 12, "output_tokens": 1},
        }
        events = [event("message_start", message=start)]
        if scene in ("tool", "json"):
            name, args = (
                ("find_products", ('{"text": "장', '화"}'))
                if scene == "tool"
                else ("give_answer", ('{"ok"', ": true}"))
            )
            events.append(
                event(
                    "content_block_start",
                    index=0,
                    content_block={"type": "tool_use", "id": "call_1", "name": name, "input": {}},
                )
            )
            events += [
                event(
                    "content_block_delta", index=0, delta={"type": "input_json_delta", "partial_json": each}
                )
                for each in args
            ]
            why = "tool_use"
        else:
            events.append(event("content_block_start", index=0, content_block={"type": "text", "text": ""}))
            events += [
                event("content_block_delta", index=0, delta={"type": "text_delta", "text": each})
                for each in WORDS
            ]
            why = "max_tokens" if scene == "long" else "end_turn"
        events += [
            event("content_block_stop", index=0),
            event(
                "message_delta", delta={"stop_reason": why, "stop_sequence": None}, usage={"output_tokens": 5}
            ),
            event("message_stop"),
        ]
        return _stream(peer, scene, events)

    return app


def gemini_server(peer: Peer) -> FastAPI:
    """`models/…:streamGenerateContent` of Gemini."""
    app = FastAPI()

    @app.post("/v1beta/models/{call}")
    async def generate(call: str, request: Request) -> Response:
        body = await request.json()
        peer.asked.append(body)
        scene = _scene(json.dumps(body["contents"][-1], ensure_ascii=False))
        refused = _refusal(scene, request.headers.get("x-goog-api-key") == KEY, call.partition(":")[0])
        if refused:
            return refused

        def chunk(parts: list[Any], end: str | None = None) -> str:
            candidate: dict[str, Any] = {"content": {"role": "model", "parts": parts}, "index": 0}
            if end:
                candidate["finishReason"] = end
            used = {"promptTokenCount": 12, "candidatesTokenCount": 5, "totalTokenCount": 17}
            return _sse(
                {"candidates": [candidate], "usageMetadata": used, "modelVersion": "g", "responseId": "r1"}
            )

        if scene == "tool":
            events = [
                chunk([{"functionCall": {"name": "find_products", "args": {"text": "장화"}}}]),
                chunk([], "STOP"),
            ]
        else:
            said = ('{"ok"', ": true}") if scene == "json" else WORDS
            events = [chunk([{"text": each}]) for each in said]
            events.append(chunk([{"text": ""}], "MAX_TOKENS" if scene == "long" else "STOP"))
        return _stream(peer, scene, events)

    return app
