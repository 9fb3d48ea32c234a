"""What is known of a turn, figure by figure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure the evidence holds. `roles` is empty when it may be said of anything.

    `source`: `record` a field of a result, `passage` an article's words, `words` other text of a record, `review`,
    `said` the shopper. `subject` is the product it belongs to (spaceless title), `options` the variant,
    `words` those it stands among in an article or an attribute.
    """

    kind: str
    value: tuple[object, ...]
    roles: frozenset[str] = frozenset()
    bound: str = ""
    source: str = "record"
    subject: str = ""
    options: frozenset[str] = frozenset()
    topic: frozenset[str] = frozenset()
    words: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class StockFact:
    """Whether a variant or product is there: its product, its option values, how many (None: not told)."""

    subject: str
    options: frozenset[str]
    there: bool
    group: str
