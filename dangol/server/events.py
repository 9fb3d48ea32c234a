"""Server-Sent Events: what reaches a shopper who is looking."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

from dangol.server.chat_shapes import Said
from dangol.server.live import READ, Live, logged

HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
_SIGN_OF_LIFE = 15.0  # seconds; proxies close what is silent for a minute


def event(name: str, data: str, place: int | None = None) -> str:
    """One event in the wire format; `data` is JSON on one line."""
    number = f"id: {place}\n" if place is not None else ""
    return f"{number}event: {name}\ndata: {data}\n\n"


def follow(
    live: Live,
    history: Callable[[int], Awaitable[tuple[Said, ...]]],
    place: Callable[[], Awaitable[int]],
    known: int | None,
) -> Callable[[str], AsyncIterator[str]]:
    """The stream of one conversation: from `known` (the last event a client saw), else from now on, which `hello` places."""

    async def stream(conversation_id: str) -> AsyncIterator[str]:
        async with live.following(conversation_id) as queue:
            seen = await place() if known is None else known
            yield ": open\n\n"
            if known is None:
                yield event("hello", "{}", seen)
            what: str | None = ""
            while what is not None:
                if what in ("cart", "typing"):
                    yield event(what, "{}")
                elif what.startswith(READ):
                    yield event("read", f'{{"seq": {what.removeprefix(READ)}}}')
                elif logged(what):
                    for said in await history(seen):
                        seen = max(seen, said.seq)
                        yield event(
                            _name(said), said.model_dump_json(by_alias=True, exclude_none=True), said.seq
                        )
                what = await _next(queue)
                while what == "still":
                    yield ": still here\n\n"
                    what = await _next(queue)

    return stream


async def _next(queue: asyncio.Queue[str | None]) -> str | None:
    try:
        return await asyncio.wait_for(queue.get(), _SIGN_OF_LIFE)
    except TimeoutError:
        return "still"


def _name(said: Said) -> str:
    """What the shop said without being asked is a notice; everything else a message."""
    return "notice" if said.sender == "assistant" and said.id is None and not said.text else "message"
