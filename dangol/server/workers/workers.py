"""The workers of a process: a thread with a loop of its own, so that shoppers at the counter never wait for them."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any

import psycopg
import structlog
from psycopg_pool import AsyncConnectionPool

from dangol.contracts.postbox import Postbox
from dangol.contracts.tracker import Tracker
from dangol.kernel.clock import Clock
from dangol.kernel.facts import NoticeGiven
from dangol.kernel.shop import Shop
from dangol.payments.api import Gateways
from dangol.returns.api import Carriers
from dangol.server.workers.chores import Chores, Job
from dangol.server.workers.floor import Floor, Notice

log = structlog.get_logger(__name__)

OpenConnection = Callable[[], contextlib.AbstractAsyncContextManager[psycopg.AsyncConnection[Any]]]

# channel PostgreSQL tells on → the chore it calls for
_CALLS = {
    "payment_events": "settle",
    "refunds": "give_back",
    "announcements": "announce",
    "returns": "further",
    "uploads": "take_over",
}
_AGAIN = 2.0  # seconds before a lost database is tried again
_FIRST_LINE = 5.0  # seconds the database may take to answer at the start
_PATIENCE = 15.0  # seconds the thread is given to end


class Workers:
    """Settle what gateways tell, give money back, send what is announced, keep the shop's time.

    `notice` is called in the loop that called `start`; `carriers` are made for the workers' own connections.
    """

    def __init__(
        self,
        database_url: str,
        *,
        shop: Callable[[], Shop],
        gateways: Gateways,
        carriers: Callable[[OpenConnection], Carriers],
        postboxes: Sequence[Postbox],
        notice: Notice,
        clock: Clock,
        public_url: Callable[[], str],
        code_for: Callable[[str], str],
        refusal_key: Callable[[str], str],
        data: Path,
        trackers: Sequence[Tracker] = (),
    ) -> None:
        self._url = database_url
        self._shop = shop
        self._gateways = gateways
        self._carriers = carriers
        self._postboxes = postboxes
        self._notice = notice
        self._clock = clock
        self._public_url = public_url
        self._code_for = code_for
        self._refusal_key = refusal_key
        self._data = data
        self._trackers = trackers
        self._home: asyncio.AbstractEventLoop | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ending: asyncio.Event | None = None
        self._thread: threading.Thread | None = None

    async def start(self) -> None:
        """Begin; returns once work is taken. What a former run left undone is done first.

        Raises psycopg_pool.PoolTimeout when the database does not answer.
        """
        self._home = asyncio.get_running_loop()
        ready: asyncio.Future[None] = self._home.create_future()
        self._thread = threading.Thread(target=self._run, args=(ready,), name="workers", daemon=True)
        self._thread.start()
        await ready

    async def stop(self) -> None:
        """End cleanly; a chore under way is finished, or taken up again at the next start."""
        if self._thread is None:
            return
        if self._loop is not None and self._ending is not None:
            with contextlib.suppress(RuntimeError):  # the thread's loop has ended by itself
                self._loop.call_soon_threadsafe(self._ending.set)
        await asyncio.to_thread(self._thread.join, _PATIENCE)
        self._thread = None

    def _run(self, ready: asyncio.Future[None]) -> None:
        try:
            asyncio.run(self._work(ready))
        except Exception as no:
            self._tell(ready, no)

    def _tell(self, ready: asyncio.Future[None], no: Exception | None) -> None:
        """Answer the one who waits in `start`; a failure after that is for the log."""

        def answer() -> None:
            if not ready.done():
                if no is None:
                    ready.set_result(None)
                else:
                    ready.set_exception(no)
            elif no is not None:
                log.error("the workers ended", why=type(no).__name__)

        assert self._home is not None
        with contextlib.suppress(RuntimeError):  # nobody waits any more
            self._home.call_soon_threadsafe(answer)

    async def _work(self, ready: asyncio.Future[None]) -> None:
        # the queue's library costs a second to import, and a turn at the counter must not wait for it
        from dangol.server.workers import durable  # noqa: PLC0415

        self._loop, self._ending = asyncio.get_running_loop(), asyncio.Event()
        pool: AsyncConnectionPool[psycopg.AsyncConnection[Any]] = AsyncConnectionPool(
            self._url, kwargs={"autocommit": True}, min_size=1, max_size=6, open=False, name="workers"
        )
        await pool.open(wait=True, timeout=_FIRST_LINE)
        async with pool:
            heard, started = asyncio.Event(), asyncio.Event()
            listening = asyncio.create_task(self._listen(durable.enqueue, heard, started))
            try:
                await heard.wait()  # the first sweep must not miss what is written while it looks
                await durable.start(self._chores(pool), self._url)
                started.set()
                self._tell(ready, None)
                await self._ending.wait()
            finally:
                listening.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await listening
                await asyncio.to_thread(durable.stop)

    def _chores(self, pool: AsyncConnectionPool[psycopg.AsyncConnection[Any]]) -> Chores:
        floor = Floor(
            open_connection=pool.connection,
            shop=self._shop,
            gateways=self._gateways,
            carriers=self._carriers(self._apart),
            postboxes=self._postboxes,
            notice=self._notice_at_home,
            clock=self._clock,
            public_url=self._public_url,
            code_for=self._code_for,
            refusal_key=self._refusal_key,
            data=self._data,
            trackers=self._trackers,
        )
        return Chores(floor)

    @contextlib.asynccontextmanager
    async def _apart(self) -> AsyncIterator[psycopg.AsyncConnection[Any]]:
        """A connection outside the pool, for a carrier with books of its own: chores that wait for it hold theirs."""
        async with await psycopg.AsyncConnection.connect(self._url, autocommit=True) as conn:
            yield conn

    async def _notice_at_home(self, conversation_id: str, notice: NoticeGiven) -> object:
        async def give() -> object:
            return await self._notice(conversation_id, notice)

        assert self._home is not None
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(give(), self._home))

    async def _listen(
        self, enqueue: Callable[[list[Job]], Any], heard: asyncio.Event, started: asyncio.Event
    ) -> None:
        """Queue what is written down the moment it is; the sweep finds what is missed while the line is down."""
        while True:
            try:
                async with self._line() as conn:
                    heard.set()
                    await started.wait()
                    async for call in conn.notifies():
                        chore = _CALLS[call.channel]
                        await enqueue([Job(chore, tuple(call.payload.split(" ", 1)))])
            except Exception as no:
                log.warning("the workers' line to the database is down", why=type(no).__name__)
            await asyncio.sleep(_AGAIN)

    @contextlib.asynccontextmanager
    async def _line(self) -> AsyncIterator[psycopg.AsyncConnection[Any]]:
        async with await psycopg.AsyncConnection.connect(self._url, autocommit=True) as conn:
            for channel in _CALLS:
                await conn.execute(f"listen {channel}")
            yield conn
