"""What a wire says of itself: its name, what it can do, what it must be told."""

from __future__ import annotations

from dangol.kernel.model import Value


class Setting(Value):
    """One thing the shopkeeper fills in for a vendor; a secret one is never shown again."""

    name: str
    title: dict[str, str]
    secret: bool = False


class Card(Value):
    """A vendor's visiting card; capabilities are plain words the contract tests switch on.

    `currencies` are those it takes (ISO 4217); none named means any.
    """

    name: str
    title: dict[str, str]
    capabilities: frozenset[str] = frozenset()
    settings: tuple[Setting, ...] = ()
    currencies: frozenset[str] = frozenset()
