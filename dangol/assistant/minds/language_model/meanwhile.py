"""What is done while a model thinks."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator

_ON_ITS_WAY = 0.02  # seconds after which a request has surely left; no model answers sooner


@contextlib.contextmanager
def meanwhile(work: Callable[[], object]) -> Iterator[None]:
    """Do some work of the processor while an answer is waited for: not before the request has left."""
    waiting = asyncio.get_running_loop().call_later(_ON_ITS_WAY, work)
    try:
        yield
    finally:
        waiting.cancel()
