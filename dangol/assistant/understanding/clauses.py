"""Where one message may hold several requests: places to cut, strong ones and weak ones."""

import re
from dataclasses import dataclass

_STRONG = re.compile(
    r"(?:[?!]+|(?<!\d)\.+(?!\d)|(?<=\d)\.(?=\s)|~(?=\s))\s*|\s*\n\s*"
    r"|\s+(?=(?:그리고|그리구|글고|아\s?그리고|또\s(?!한)|아\s?맞다|아참|그리고요|그리고여)\s?)|(?<=[요죠나까다음임네여용])\s+(?=(?:근데|그런데|그럼|그러면)\s)"
    r"|,?\s+(?=(?:and also|also|oh and|plus|by the way|btw|another thing|one more thing|and (?:can|could|do|does|is|are|how|what|when|where|will|i(?:'d| want| need)|please|show|add|tell|cancel|also))\b)"
)
_WEAK = re.compile(
    r"(?<=[가-힣])(?:고요?|구요?|는데요?|은데요?|인데요?|니까|면서|지만|[요죠까나음])\s+|,\s*|\s+(?=(?:and|but|then)\s)|;\s*"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a plain text."""

    start: int
    end: int


def cuts(text: str) -> tuple[list[int], list[int]]:
    """Places where a new request may begin: after sentence ends and joiners (strong), after connecting endings (weak)."""
    strong = sorted({match.end() for match in _STRONG.finditer(text) if 0 < match.end() < len(text)})
    weak = sorted(
        {match.end() for match in _WEAK.finditer(text) if 0 < match.end() < len(text)} - set(strong)
    )
    return strong, weak


def spans(text: str, places: list[int]) -> list[Span]:
    """The stretches between the places, trimmed; empty ones left out."""
    edges = [0, *places, len(text)]
    out = []
    for start, end in zip(edges, edges[1:], strict=False):
        piece = text[start:end]
        left = len(piece) - len(piece.lstrip(" .,?!~;"))
        right = len(piece.rstrip())
        if any(char.isalnum() for char in piece):
            out.append(Span(start + left, start + right))
    return out
