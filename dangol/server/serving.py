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


class AddressTaken(OSError):
    """Somebody else listens there, or nobody may; the text says which."""


def bind(host: str, port: int, *, shared: bool = False) -> socket.socket:
    """Take an address before anything slow begins; port 0 takes a free one. Raises AddressTaken.

    `shared`: other processes of this server take it as well, and new connections are dealt out among them.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # named as TCP, or asyncio leaves Nagle's delay of 40 ms on every answer
    door = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shared:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        door.bind((host, port))
    except OSError as no:
        door.close()
        raise AddressTaken(f"{host}:{port}: {no.strerror or no}") from no
    return door


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
