"""Patterns of many alternatives, searched for fast: what begins a word is looked for only where a word begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PIECE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]|[^\\\[()|]+", re.DOTALL)
_BORDER = r"\b"


def any_of(pattern: str) -> re.Pattern[str]:
    """The same pattern, its alternatives that begin with a word's border gathered behind one: 반품|\\breturn|\\brefund.

    Behind one border the first letters of the alternatives are known, and most places of a text are passed over at once. Of
    alternatives that match at one place, those that begin a word come first; one match then may end elsewhere.
    """
    return re.compile(gathered(pattern))


def gathered(pattern: str) -> str:
    """The pattern with its alternatives gathered, as text."""
    each = list(alternatives(pattern))
    words = [one.removeprefix(_BORDER) for one in each if one.startswith(_BORDER)]
    others = [one for one in each if not one.startswith(_BORDER)]
    if len(words) < 2:
        return pattern
    return "|".join([rf"{_BORDER}(?:{'|'.join(words)})", *others])


def alternatives(pattern: str) -> Iterator[str]:
    """The alternatives of a pattern, those within its groups left whole."""
    depth, one = 0, ""
    for piece in _PIECE.findall(pattern):
        depth += {"(": 1, ")": -1}.get(piece, 0)
        if piece == "|" and depth == 0:
            yield one
            one = ""
        else:
            one += piece
    yield one
