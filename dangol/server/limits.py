"""How much anybody may ask: token buckets by name, and the size of a request."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dangol.contracts.speech import LARGEST_RECORDING
from dangol.kernel.errors import Refused

JSON_LIMIT = 64 * 1024
FILE_LIMIT = 10 * 1024 * 1024
IMPORT_LIMIT = 64 * 1024 * 1024
_MULTIPART_FRAME = 64 * 1024
_HOOK_LIMIT = 1024 * 1024
_KEPT = 50_000
_OF_THIS_MACHINE = 20


class TooManyRequests(Refused):
    """Asked more often than the shop allows; `retry_after` is in seconds."""

    code = "too_many_requests"
    status = 429


class Buckets:
    """Token buckets: `per_minute` on the long run, a third of it at once. Counts in this process only."""

    def __init__(self, per_minute: int, *, tick: Callable[[], float] = time.monotonic) -> None:
        self._rate = per_minute / 60
        self._size = max(3.0, per_minute / 3)
        self._tick = tick
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, name: str, *, generosity: int = 1) -> None:
        """One more by this name. Raises TooManyRequests."""
        now = self._tick()
        size, rate = self._size * generosity, self._rate * generosity
        left, at = self._left.get(name, (size, now))
        left = min(size, left + (now - at) * rate)
        if left < 1:
            raise TooManyRequests(retry_after=max(1, int((1 - left) / rate + 0.999)))
        self._left[name] = (left - 1, now)
        self._left.move_to_end(name)
        if len(self._left) > _KEPT:
            self._left.popitem(last=False)

    def give_back(self, name: str) -> None:
        """What was last taken by this name is not to count, as a try that turned out right."""
        if name in self._left:
            left, at = self._left[name]
            self._left[name] = (left + 1, at)


def generosity(address: str) -> int:
    """How many times as much an address may ask: this machine more, nobody without limit."""
    try:
        return _OF_THIS_MACHINE if ipaddress.ip_address(address).is_loopback else 1
    except ValueError:
        return 1


class SizeLimit:
    """Refuses a body that is larger than its kind may be, also when it does not say its length beforehand."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = _limit(scope["path"])
        said = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        announced = int(said) if said.isdigit() else 0
        got = 0

        async def counted() -> Message:
            nonlocal got
            message = await receive()
            if message["type"] == "http.request":
                got += len(message.get("body", b""))
                if max(got, announced) > limit:
                    raise HTTPException(413, detail=str(limit))
            return message

        await self.app(scope, counted, send)


def _limit(path: str) -> int:
    if path.endswith("/speech"):
        return LARGEST_RECORDING + _MULTIPART_FRAME
    if path.endswith("/attachments"):
        return FILE_LIMIT + _MULTIPART_FRAME
    if path.startswith("/api/data/"):
        return IMPORT_LIMIT
    return _HOOK_LIMIT if path.startswith("/api/payments/webhooks/") else JSON_LIMIT
