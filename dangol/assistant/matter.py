"""A wish that waits for another one of the same message."""

from __future__ import annotations

from typing import Any

from dangol.kernel.model import Value


class Matter(Value):
    """Something wished for in one breath with another, that waits until the other is settled; said in `turn`."""

    intent: str
    text: str = ""
    entities: tuple[dict[str, Any], ...] = ()
    turn: int = 0
