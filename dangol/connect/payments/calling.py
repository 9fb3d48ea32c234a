"""How every payment vendor here is called: a timeout, a few tries under the same key, secrets in no message."""

from __future__ import annotations

import asyncio
import ssl
from typing import Any, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from dangol.contracts.payment import GatewayDown

_WAITS = (0.1, 0.4)  # seconds before the second and the third try

M = TypeVar("M", bound=BaseModel)


class Line:
    """The line to a vendor's HTTP API."""

    def __init__(self, gateway: str, url: str, *, timeout: float) -> None:
        self.gateway = gateway
        self._url = url.rstrip("/")
        self._timeout = timeout
        self._tls = ssl.create_default_context()

    async def call(self, verb: str, path: str, **parts: Any) -> httpx.Response:
        """The answer to a request that may be made again: reads, and writes under an idempotency key.

        Raises GatewayDown when nobody answers, or only that it is overloaded; every other answer is the caller's.
        """
        # a client per call: calls come from more than one event loop, and pooled connections belong to one
        async with httpx.AsyncClient(timeout=self._timeout, verify=self._tls, trust_env=False) as client:
            for wait in (*_WAITS, None):
                try:
                    response = await client.request(verb, self._url + path, **parts)
                except httpx.HTTPError as no:
                    if wait is None:
                        raise self.down(type(no).__name__) from no
                else:
                    if response.status_code < 500 and response.status_code != 429:
                        return response
                if wait is not None:
                    await asyncio.sleep(wait)
        raise self.down("overloaded")

    def read(self, model: type[M], response: httpx.Response) -> M:
        """An answer as its shape. Raises GatewayDown when it is none of that shape."""
        try:
            return model.model_validate_json(response.content)
        except ValidationError as no:
            raise self.down("not understood") from no

    def refused(self, response: httpx.Response) -> GatewayDown:
        """An answer nothing can be made of; its words are not repeated, they may hold what was sent."""
        return self.down(f"answered {response.status_code}")

    def down(self, why: str) -> GatewayDown:
        """Nothing is known of what the vendor did."""
        return GatewayDown(gateway=self.gateway, why=why)
