"""What a wire says of itself: its name, what it can do, what it must be told."""

from __future__ import annotations

from dangol.kernel.model import Value


class Setting(Value):
    """One thing the shopkeeper fills in for a vendor; a secret one is never shown again."""

    name: str
    title: dict[str, str]
    secret: bool = False


class Card(Value):
    """A vendor's visiting card; capabilities are plain words the contract tests switch on."""

    name: str
    title: dict[str, str]
    capabilities: frozenset[str] = frozenset()
    settings: tuple[Setting, ...] = ()
