"""A text as it is read here: lower case and plain width, every character still at its place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_QUOTE_MARKS = {
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "～": "~",
    "〜": "~",
    "–": "-",
    "—": "-",
    "−": "-",
    "\u00a0": " ",
}
_MARKS = str.maketrans(_QUOTE_MARKS)
_SENTENCE = re.compile(r"(?<=[.!?。])[\"')\]]*\s+|(?<=[가-힣][.!?])(?=[가-힣])|\n+")
_CLAUSE = re.compile(
    r"[;,:()]\s+|\s[-·|]\s|\n+|(?<=[.!?])\s+|(?<=[가-힣]고)\s+|(?<=이며)\s+|(?<=하며)\s+"
    r"|(?<=는데)\s+|(?<=인데)\s+|(?<=지만)\s+"
    r"|(?<=니까)\s+|\s(?=but\b|and\b|while\b|whereas\b)"
)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The text in lower case and plain width; its length and the place of every character stay the same."""
    if text.isascii():
        return text.lower()
    marked = text.translate(_MARKS)
    if unicodedata.is_normalized("NFKC", marked) and len(low := marked.lower()) == len(text):
        return low
    return "".join(_plain_char(char) for char in text)


@lru_cache(maxsize=8192)
def _plain_char(char: str) -> str:
    if char in _QUOTE_MARKS:
        return _QUOTE_MARKS[char]
    folded = unicodedata.normalize("NFKC", char).lower() if not "ㄱ" <= char <= "힣" else char
    return folded if len(folded) == 1 else char


# asked, and not stated; a verb that ends so (끝나요, 만나요) asks nothing
QUESTION = re.compile(r"[?？]\s*[\"')]*\s*$|(?:(?<![끝지만어])나요|(?<!니)까요)[.\s]*$")


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text by its places."""

    start: int
    end: int

    def cut(self, text: str) -> str:
        """The part itself."""
        return text[self.start : self.end]

    def holds(self, at: int) -> bool:
        """Whether a place lies in it."""
        return self.start <= at < self.end


@lru_cache(maxsize=1024)
def sentence_spans(text: str) -> tuple[Span, ...]:
    """The sentences of a plain text."""
    return _parts(text, _SENTENCE)


@lru_cache(maxsize=1024)
def clause_spans(text: str) -> tuple[Span, ...]:
    """The clauses of a plain text: what stands between commas, conjunctions and sentence ends."""
    return _parts(text, _CLAUSE)


def span_at(spans: tuple[Span, ...], at: int) -> Span:
    """The span that holds a place."""
    for span in spans:
        if at < span.end:
            return span
    return spans[-1] if spans else Span(0, 0)


def _parts(text: str, border: re.Pattern[str]) -> tuple[Span, ...]:
    parts: list[Span] = []
    start = 0
    for found in border.finditer(text):
        if found.end() > start:
            parts.append(Span(start, found.end()))
            start = found.end()
    if start < len(text):
        parts.append(Span(start, len(text)))
    return tuple(parts)


@lru_cache(maxsize=8192)  # the same titles and options come up in every turn
def spaceless(text: str) -> str:
    """Letters and digits of a plain text only, for comparing names however they are spaced."""
    return "".join(filter(str.isalnum, plain(text)))
