"""Listening to a model no longer than a shopper waits: silence is trouble, at first and in the middle of an answer."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

from dangol.contracts.language_model import Delta, LanguageModel, ModelRequest, ModelTooSlow


async def listen(model: LanguageModel, request: ModelRequest, silence: float | None) -> AsyncIterator[Delta]:
    """The answer as it comes. `silence`: the most seconds from one sign of life to the next; None: only the whole counts.

    Raises ModelTrouble; ModelTooSlow after a silence. The request is broken off when the iterator is closed.
    """
    stream = model.ask(request)
    try:
        while True:
            try:
                async with asyncio.timeout(silence):
                    delta = await anext(stream)
            except StopAsyncIteration:
                return
            except TimeoutError as no:
                raise ModelTooSlow(silent=silence) from no
            yield delta
    finally:
        await _closed(stream)


async def _closed(stream: Any) -> None:
    with contextlib.suppress(Exception):
        await stream.aclose()
