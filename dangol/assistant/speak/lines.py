"""A sentence before it is in any language: the name of its words and what goes into them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Line:
    """Words by name (`locales/`), with the values they need: text, Money, dates, numbers, or other lines."""

    name: str
    values: dict[str, Any] = field(default_factory=dict)


def line(name: str, /, **values: Any) -> Line:
    """A line of words with its values."""
    return Line(name, values)
