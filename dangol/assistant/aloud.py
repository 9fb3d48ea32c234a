"""Speaking while the answer is still being made: where the sentences of a turn go as they pass the check."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar

from dangol.kernel.blocks import TextBlock

Listener = Callable[[TextBlock], None]

# set by the door that has a stream open for this very message; nobody else listens
LISTENER: ContextVar[Listener | None] = ContextVar("listener", default=None)


def speak_aloud(turn: int, text: str) -> None:
    """Send the words of the first block of a turn as far as they have come; a later sending replaces an earlier."""
    listener = LISTENER.get()
    if listener is not None and text:
        listener(TextBlock(id=f"t{turn}b1", text=text))
