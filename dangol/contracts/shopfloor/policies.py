"""Policies: what the shop's own articles say, and what they do not."""

from __future__ import annotations

from dangol.kernel.model import Value


class AskPolicy(Value):
    """Find what the shop's articles say to a question; in `language` first, the shopper's where none is named."""

    question: str
    topics: tuple[str, ...] = ()
    language: str = ""


class Passage(Value):
    """A passage of an article, word for word. `language` is the article's own."""

    article: str
    title: str
    heading: str = ""
    text: str
    url: str
    language: str
    score: float


class PolicyAnswer(Value):
    """The passages that answer, best first; none: the shop has not written about it."""

    passages: tuple[Passage, ...]
    conflict: bool = False  # two articles state different figures for the same thing


class NoteGap(Value):
    """Nobody has written an answer to this yet."""

    question: str
    product: str | None = None
    kind: str = "policy"


class GapNoted(Value):
    """The gap is on the list of the staff."""

    gap: int
