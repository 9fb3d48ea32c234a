"""An answer as Server-Sent Events: its first words while the rest is still being made, then its blocks, then its end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import structlog
from fastapi import Request

from dangol.assistant.aloud import LISTENER
from dangol.kernel.blocks import TextBlock
from dangol.kernel.errors import Refused
from dangol.server import events
from dangol.server.chat_shapes import Answer
from dangol.server.problems import problem

log = structlog.get_logger(__name__)

_AT_WORK: set[asyncio.Task[Answer]] = set()  # a turn goes on when its shopper has hung up


async def streamed(answer: Callable[[], Awaitable[Answer]], request: Request) -> AsyncIterator[str]:
    """The events of one answer. What goes wrong before the first word is raised as any other problem.

    A block whose `id` came before replaces it: words grow until the answer is whole. A shopper who hangs up does not
    stop the turn; the answer stands in the log.
    """
    heard: asyncio.Queue[TextBlock | None] = asyncio.Queue()

    async def work() -> Answer:
        LISTENER.set(heard.put_nowait)
        try:
            return await answer()
        finally:
            heard.put_nowait(None)

    task = asyncio.create_task(work())
    _AT_WORK.add(task)
    task.add_done_callback(_AT_WORK.discard)
    first = await heard.get()
    if first is None:
        return _whole(await task)
    return _growing(first, heard, task, request)


async def _growing(
    first: TextBlock, heard: asyncio.Queue[TextBlock | None], task: asyncio.Task[Answer], request: Request
) -> AsyncIterator[str]:
    said: TextBlock | None = first
    while said is not None:
        yield events.event("block", said.model_dump_json())
        said = await heard.get()
    try:
        answer = await task
    except Exception as trouble:
        if isinstance(trouble, Refused):
            told = problem(request, trouble.status, trouble.code)
        else:
            log.exception("not_answered")
            told = problem(request, 500)
        yield events.event("error", bytes(told.body).decode())
        return
    async for event in _whole(answer):
        yield event


async def _whole(answer: Answer) -> AsyncIterator[str]:
    for block in answer.blocks:
        yield events.event("block", block.model_dump_json())
    yield events.event("done", answer.model_dump_json(exclude={"blocks"}, exclude_none=True))
