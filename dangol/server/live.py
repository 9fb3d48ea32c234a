"""What happens while somebody is looking: one database listener a process, fanned out to whoever waits."""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import psycopg
import structlog

from dangol.server.background import ended
from dangol.server.metrics import LISTENERS

log = structlog.get_logger(__name__)

CONVERSATION = "conversation"  # payloads "<id>:<place in the log>", or something in passing: see `tell`
READ = "read:"
_WAIT_AFTER_A_BREAK = 1.0
_MOST_WAITING = 100

Heard = Callable[[str], None]


def logged(what: str) -> bool:
    """Does a payload's second half say that the log has grown, or that nobody knows (empty)?"""
    return not what or what.isdigit()


async def tell(conn: psycopg.AsyncConnection[Any], conversation_id: str, what: str) -> None:
    """Say something in passing to whoever follows a conversation: `cart`, `typing`, `shopper_typing`, `read:<place>`."""
    await conn.execute("select pg_notify(%s, %s)", (CONVERSATION, f"{conversation_id}:{what}"))


class Live:
    """Listens to PostgreSQL's notifications and passes them on; listens anew when the connection breaks.

    After a break every waiting shopper is told to look again (an empty event), since nobody knows what was missed.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._waiting: dict[str, set[asyncio.Queue[str | None]]] = defaultdict(set)
        self._others: dict[str, list[Heard]] = defaultdict(list)
        self._enders: list[Callable[[], None]] = []
        self._task: asyncio.Task[None] | None = None
        self._listening = asyncio.Event()
        self._ended = False

    def on(self, channel: str, heard: Heard) -> None:
        """Call this with the payload whenever something is notified on a channel; before `start`."""
        self._others[channel].append(heard)

    def on_end(self, end: Callable[[], None]) -> None:
        """Call this when the server stops, so that streams of others end as well."""
        self._enders.append(end)

    async def start(self) -> None:
        """Listen from now on; returns when it does."""
        self._task = asyncio.create_task(self._run())
        await asyncio.wait_for(self._listening.wait(), timeout=30)

    async def stop(self) -> None:
        """Let everybody go and stop listening."""
        self.let_go()
        await ended(self._task)

    def let_go(self) -> None:
        """End every stream: the server stops."""
        self._ended = True
        for queues in self._waiting.values():
            for queue in queues:
                _put(queue, None)
        for end in self._enders:
            end()

    @asynccontextmanager
    async def following(self, conversation_id: str) -> AsyncIterator[asyncio.Queue[str | None]]:
        """A queue of what happens in a conversation: a place in the log, what is told in passing, "" for look again.

        None ends it: the server stops.
        """
        queue: asyncio.Queue[str | None] = asyncio.Queue(_MOST_WAITING)
        if self._ended:
            queue.put_nowait(None)
        self._waiting[conversation_id].add(queue)
        LISTENERS.inc()
        try:
            yield queue
        finally:
            LISTENERS.dec()
            self._waiting[conversation_id].discard(queue)
            if not self._waiting[conversation_id]:
                del self._waiting[conversation_id]

    async def _run(self) -> None:
        while True:
            try:
                await self._listen()
            except psycopg.OperationalError as broken:
                log.warning("listener_lost", error=type(broken).__name__)
            await asyncio.sleep(_WAIT_AFTER_A_BREAK)

    async def _listen(self) -> None:
        async with await psycopg.AsyncConnection.connect(self._url, autocommit=True) as conn:
            for channel in (CONVERSATION, *self._others):
                await conn.execute(psycopg.sql.SQL("LISTEN {}").format(psycopg.sql.Identifier(channel)))
            if self._listening.is_set():
                self._tell_all_to_look_again()
            self._listening.set()
            async for notice in conn.notifies():
                self._pass_on(notice.channel, notice.payload)

    def _tell_all_to_look_again(self) -> None:
        for queues in self._waiting.values():
            for queue in queues:
                _put(queue, "")
        for heards in self._others.values():
            for heard in heards:
                heard("")

    def _pass_on(self, channel: str, payload: str) -> None:
        if channel == CONVERSATION:
            conversation_id, _, what = payload.partition(":")
            for queue in self._waiting.get(conversation_id, ()):
                _put(queue, what)
        for heard in self._others.get(channel, ()):
            heard(payload)


def _put(queue: asyncio.Queue[str | None], what: str | None) -> None:
    with contextlib.suppress(asyncio.QueueFull):  # whoever reads so slowly looks at everything once anyway
        queue.put_nowait(what)
