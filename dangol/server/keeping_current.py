"""What is derived from the database is derived anew when it changes: soon, one at a time, and never twice for one change."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager

import structlog

from dangol.server.background import ended
from dangol.server.database import Connection
from dangol.server.live import Live

log = structlog.get_logger(__name__)

Renew = Callable[[Connection], Awaitable[None]]
_GATHER = 0.2  # seconds; an import tells of a change with every batch


class Keeper:
    """Renews derived data when its channel is notified; changes that come while it works are one more round."""

    def __init__(self, open_connection: Callable[[], AbstractAsyncContextManager[Connection]]) -> None:
        self._open_connection = open_connection
        self._renewals: dict[str, Renew] = {}
        self._stale: set[str] = set()
        self._wake = asyncio.Event()
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._task: asyncio.Task[None] | None = None

    def keep(self, channel: str, renew: Renew) -> None:
        """Renew with this when the channel is notified."""
        self._renewals[channel] = renew

    def listen(self, live: Live) -> None:
        """Hear of changes from the database's notifications."""
        for channel in self._renewals:
            live.on(channel, self._hearer(channel))

    def _hearer(self, channel: str) -> Callable[[str], None]:
        return lambda _payload: self.mark(channel)

    def mark(self, channel: str) -> None:
        """Something on this channel has changed."""
        self._stale.add(channel)
        self._quiet.clear()
        self._wake.set()

    async def settled(self) -> None:
        """Wait until nothing is left to renew."""
        await self._quiet.wait()

    async def start(self) -> None:
        """Begin."""
        self._task = asyncio.create_task(self._run(), name="keeping derived data current")

    async def stop(self) -> None:
        """End."""
        await ended(self._task)

    async def _run(self) -> None:
        while True:
            await self._wake.wait()
            await asyncio.sleep(_GATHER)
            self._wake.clear()
            stale, self._stale = self._stale, set()
            for channel in sorted(stale):
                await self._renew(channel)
            if not self._stale:
                self._quiet.set()

    async def _renew(self, channel: str) -> None:
        try:
            async with self._open_connection() as conn:
                await self._renewals[channel](conn)
        except Exception as broken:
            # the old state goes on serving; the next change, or the next start, tries again
            log.error("not_renewed", channel=channel, error=type(broken).__name__)
