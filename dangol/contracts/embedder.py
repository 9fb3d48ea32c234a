"""What turns sentences into vectors, whichever model it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Sentence vectors of unit length; `name` changes whenever the vectors would."""

    name: str
    width: int

    def embed(self, texts: Sequence[str]) -> Vectors:
        """A row for each text, shape (len(texts), width), float32, unit length."""
        ...
