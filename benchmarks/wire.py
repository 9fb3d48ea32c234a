"""A thin HTTP/1.1 client for load: one connection a shopper, so that what is measured is the shop and not the asker.

httpx spends about as much processor time on a request as the shop on the turn; on two cores that halves what is
measured. The parser is the one the server uses itself.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any
from urllib.parse import urlsplit

import httptools


class NotAnswered(RuntimeError):
    """The server said no, or nothing; the text says which."""


class Wire(asyncio.Protocol):
    """One kept connection, one request at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None
        self._parser = httptools.HttpResponseParser(self)
        self._body = bytearray()
        self._host = ""

    @classmethod
    async def to(cls, url: str) -> Wire:
        """A connection to the server at this address."""
        parts = urlsplit(url)
        _, wire = await asyncio.get_running_loop().create_connection(cls, parts.hostname, parts.port)
        wire._host = parts.netloc
        return wire

    async def post(self, path: str, body: dict[str, Any], token: str = "") -> dict[str, Any]:
        """Send JSON, get JSON. Raises NotAnswered."""
        assert self._transport is not None
        sent = json.dumps(body, ensure_ascii=False).encode()
        head = f"POST {path} HTTP/1.1\r\nHost: {self._host}\r\nContent-Type: application/json\r\n"
        bearer = f"Authorization: Bearer {token}\r\n" if token else ""
        self._answer = asyncio.get_running_loop().create_future()
        self._body.clear()
        self._transport.write(f"{head}{bearer}Content-Length: {len(sent)}\r\n\r\n".encode() + sent)
        status, answered = await self._answer
        if not 200 <= status < 300:
            raise NotAnswered(f"{path}: {status} {answered[:200]!r}")
        found: dict[str, Any] = json.loads(answered)
        return found

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """asyncio: the line stands."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """asyncio: bytes came."""
        self._parser.feed_data(data)

    def connection_lost(self, exc: Exception | None) -> None:
        """asyncio: the line is gone."""
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(NotAnswered("hung up"))

    def on_body(self, part: bytes) -> None:
        """The parser: a part of the body."""
        self._body += part

    def on_message_complete(self) -> None:
        """The parser: the whole answer is there."""
        if self._answer is not None and not self._answer.done():
            self._answer.set_result((self._parser.get_status_code(), bytes(self._body)))
