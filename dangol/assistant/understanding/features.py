"""What the intent model sees of a message: pieces of words and letters beside the sentence vector."""

import re
from collections.abc import Sequence
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from dangol.kernel.words.hangul import decompose

BUCKETS = 1 << 15  # pieces are counted in this many buckets; two that share one are seldom both telling

_MONEY = re.compile(r"[\d,.]+\s?(?:만|천|백)?\s?(?:원|달러|dollars?|bucks)|\$\s?[\d,.]+")
_CODE = re.compile(r"#?\b[a-z]{0,3}\d[\d-]{4,}\b")
_DIGITS = re.compile(r"\d")
_TOKENS = re.compile(r"[a-z']+|[가-힣]+|[ㄱ-ㅣ]+|0+|[?!@#$%]")


def masked(plain: str) -> str:
    """A plain text with figures made alike: prices, codes and numbers by their length only."""
    text = _MONEY.sub(" 00원 " if re.search("[가-힣]", plain) else " $00 ", plain)
    return _DIGITS.sub("0", _CODE.sub("00000", text)).strip()


def pieces(plain: str) -> list[str]:
    """The features of a text: words, word pairs, first and last word, letter runs free of spacing, jamo runs."""
    text = masked(plain)
    tokens = _TOKENS.findall(text)
    out = [f"w:{token}" for token in tokens]
    out += [f"p:{left}_{right}" for left, right in pairwise(tokens)]
    out += [f"f:{tokens[0]}", f"l:{tokens[-1]}"] if tokens else []
    squeezed = f"^{''.join(text.split())}$"
    for size in (1, 2, 3):
        out += [f"c{size}:{squeezed[at : at + size]}" for at in range(len(squeezed) - size + 1)]
    jamo = decompose("".join(char for char in squeezed if not char.isascii()))
    for size in (3, 4):
        out += [f"j{size}:{jamo[at : at + size]}" for at in range(len(jamo) - size + 1)]
    return out


def buckets(plain: str) -> NDArray[np.int32]:
    """The features of a text as buckets (0 to BUCKETS - 1), each once, in order."""
    return np.array(sorted({crc32(piece.encode()) % BUCKETS for piece in pieces(plain)}), np.int32)


def feature_rows(plains: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The buckets of many texts one after another, and where each one's begin (one more than texts)."""
    found = [buckets(plain) for plain in plains]
    starts = np.cumsum([0, *(len(one) for one in found)], dtype=np.int32)
    return np.concatenate([*found, np.zeros(0, np.int32)]), starts
