"""Open the doors on a socket and keep them open until told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager

import uvicorn
from fastapi import FastAPI

from dangol.server.settings import Settings

_LAST_ANSWERS = 3  # seconds that open requests get to end after a stop


class Server(uvicorn.Server):
    """uvicorn without its own signals: one it raises anew would cut off our closing in the middle."""

    def __init__(self, app: FastAPI, settings: Settings, on_open: Callable[[], None] = lambda: None) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                lifespan="off",
                proxy_headers=bool(settings.trusted_proxies),
                forwarded_allow_ips=settings.trusted_proxies or None,
                timeout_graceful_shutdown=_LAST_ANSWERS,
                server_header=False,
            )
        )
        self._on_open = on_open

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, and tell."""
        await super().startup(sockets)
        if self.started:
            self._on_open()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals are left to whoever runs the server."""
        yield


@asynccontextmanager
async def serving(app: FastAPI, settings: Settings, door: socket.socket) -> AsyncIterator[None]:
    """Serve on this socket for the length of the `async with`."""
    opened = asyncio.Event()
    server = Server(app, settings, opened.set)
    task = asyncio.create_task(server.serve(sockets=[door]))
    waiting = asyncio.create_task(opened.wait())
    await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
    try:
        yield
    finally:
        waiting.cancel()
        server.should_exit = True
        await task
