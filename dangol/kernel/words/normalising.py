"""One plain form for text that people type: width, case, emoji, repeated letters, spacing, keyboard mode."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from dangol.kernel.words import hangul

_CLUSTER = re.compile(r"[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]+|.[\u0300-\u036f]*", re.DOTALL)
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe00-\ufe0f]")
_KEEP_SYMBOLS = frozenset("#$%&*+-/:=@_~€£¥₩.,?!()'\"<>")


_ORDINARY = re.compile(r"[ 0-9A-Za-z가-힣#$%&*+\-/:=@_.,?!()'\"<>]*")
_UNEVEN = re.compile(r"^\s|\s$|\s\s|([^\d])\1\1|([!?.,])\2")


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text in plain form that still knows where each of its characters stood in what was typed."""

    text: str
    spans: tuple[tuple[int, int], ...]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Where text[start:end] stood in what was typed."""
        if start >= end or not self.spans:
            return (0, 0)
        return self.spans[start][0], self.spans[end - 1][1]

    def rewritten(self, changes: Iterable[tuple[int, int, str]]) -> "Normalised":
        """With other words from start to end, in order; every character of them stood where the old ones did."""
        out: list[str] = []
        spans: list[tuple[int, int]] = []
        at = 0
        for start, end, meant in changes:
            out.append(self.text[at:start] + meant)
            spans += [*self.spans[at:start], *[self.origin(start, end)] * len(meant)]
            at = end
        return Normalised("".join(out) + self.text[at:], (*spans, *self.spans[at:])) if out else self


def _plain(cluster: str) -> str:
    if hangul.is_jamo(cluster[0]):
        return cluster  # NFKC would turn the ㅋ of ㅋㅋ into a letter that composes
    out = unicodedata.normalize("NFKC", cluster).lower()
    if len(out) == 1 and not out.isalnum() and out not in _KEEP_SYMBOLS:
        return " "  # emoji, odd marks, line breaks
    return {"’": "'", "‘": "'", "“": '"', "”": '"'}.get(out, out)


def normalised(text: str) -> Normalised:
    """A message in plain form with the places kept: NFKC, lower case, no emoji, at most two of one letter in a row."""
    if _ORDINARY.fullmatch(text) and not _UNEVEN.search(text):
        return Normalised(text.lower(), tuple((at, at + 1) for at in range(len(text))))
    chars: list[str] = []
    spans: list[tuple[int, int]] = []
    for found in _CLUSTER.finditer(text):
        cluster = found.group()
        if _INVISIBLE.match(cluster):
            continue
        for char in _plain("'" if cluster in "’‘" else cluster):
            if _is_surplus(char, chars):
                if spans:  # blanks at the very start belong to nothing
                    spans[-1] = (spans[-1][0], found.end())
                continue
            chars.append(char)
            spans.append(found.span())
    while chars and chars[-1] == " ":
        chars.pop()
        spans.pop()
    return Normalised("".join(chars), tuple(spans))


def _is_surplus(char: str, chars: list[str]) -> bool:
    if char.isspace():
        return not chars or chars[-1] == " "
    if char.isdigit():
        return False
    repeats = 1 if char in "!?.,~" else 2
    return len(chars) >= repeats and all(earlier == char for earlier in chars[-repeats:])


def normalise(text: str) -> str:
    """A text in the one plain form under which it is compared (see `normalised`)."""
    if _ORDINARY.fullmatch(text) and not _UNEVEN.search(text):
        return text.lower()
    return normalised(text).text


def compact(text: str) -> str:
    """Letters and digits only, so that spacing and punctuation no longer matter (무선 마우스 → 무선마우스)."""
    return "".join(char for char in normalise(text) if char.isalnum())


def bigrams(text: str) -> list[str]:
    """Pairs of neighbouring characters of the spacing-free form; a single character stands for itself."""
    plain = compact(text)
    return [plain[at : at + 2] for at in range(len(plain) - 1)] or ([plain] if plain else [])
