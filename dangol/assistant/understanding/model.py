"""The trained intent model at work: one matrix product, numpy only."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dangol.assistant.understanding.features import hashed, masked
from dangol.kernel.words import meaning

Vectors = NDArray[np.float32]
TRAINED = Path(__file__).parent / "trained"
FILE = "intents.npz"
CARD = "card.json"
FORM = 3  # raised when features or weights change their meaning, so that an older file is trained anew


def sentence_vectors(texts: list[str]) -> Vectors:
    """Sentence vectors (len(texts), 512), unit length; empty texts give zeros."""
    vectors = np.zeros((len(texts), 512), np.float32)
    places = [at for at, text in enumerate(texts) if text.strip()]
    if places:
        vectors[places] = meaning.sentence_vectors([texts[at][:500] for at in places])
    return vectors


@dataclass(frozen=True)
class Weights:
    """What training leaves behind. With n examples, c intents, d axes and f pieces: `axes` (512, d), `support` (n, d),
    `alpha` (n, c), `keys` (f,) sorted, `pieces` (f, c), `bias` (c,); `scale` turns scores into log-odds."""

    names: tuple[str, ...]
    axes: Vectors
    support: Vectors
    alpha: Vectors
    keys: NDArray[np.uint32]
    pieces: Vectors
    bias: Vectors
    scale: float


def meaning_kernel(products: Vectors) -> Vectors:
    """How alike two meanings are, from the products of their sentence vectors: straight and squared parts."""
    return np.asarray(products + 2.0 * products * products + 2.0, np.float32)


class IntentModel:
    """Scores of every intent for a clause: likeness in meaning to the examples and word pieces, then calibrated."""

    def __init__(self, weights: Weights):
        self.names = weights.names
        self._weights = weights
        self._rows = {int(key): at for at, key in enumerate(weights.keys)}

    def raw_scores(self, plains: list[str], vectors: Vectors) -> Vectors:
        """One-vs-rest scores before calibration, shape (len(plains), intents)."""
        weights = self._weights
        alike = meaning_kernel(np.asarray((vectors @ weights.axes) @ weights.support.T, np.float32))
        scores = alike @ weights.alpha + weights.bias
        for row, plain in enumerate(plains):
            known = [self._rows[key] for key in hashed(plain) if key in self._rows]
            if known:
                scores[row] += weights.pieces[known].sum(axis=0) / np.sqrt(len(known))
        return np.asarray(scores, np.float32)

    def probabilities(self, plains: list[str], vectors: Vectors) -> Vectors:
        """How likely each intent is for each clause, shape (len(plains), intents); a row adds up to one."""
        scores = self.raw_scores(plains, vectors) * self._weights.scale
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(scores / scores.sum(axis=1, keepdims=True), np.float32)

    def save(self, folder: Path, card: dict[str, Any]) -> None:
        """Write the model and its card into a folder; a reader never sees half a model."""
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f".{os.getpid()}.npz"
        one = self._weights
        small = {name: getattr(one, name).astype(np.float16) for name in _SMALL}
        np.savez(
            draft,
            names=np.array(one.names),
            keys=one.keys,
            bias=one.bias,
            scale=np.float32(one.scale),
            **small,
        )
        (folder / CARD).write_text(json.dumps(card, ensure_ascii=False, indent=1), encoding="utf-8")
        draft.replace(folder / FILE)

    @classmethod
    def load(cls, folder: Path) -> "IntentModel":
        """A model written by `save`."""
        with np.load(folder / FILE, allow_pickle=False) as stored:
            small = {name: stored[name].astype(np.float32) for name in _SMALL}
            names = tuple(str(name) for name in stored["names"])
            return cls(
                Weights(
                    names=names,
                    keys=stored["keys"],
                    bias=stored["bias"],
                    scale=float(stored["scale"]),
                    **small,
                )
            )


_SMALL = ("axes", "support", "alpha", "pieces")  # stored in half precision


def is_current(folder: Path, digest: str) -> bool:
    """Whether a folder holds a model of this form, trained on the corpus with this digest."""
    card = folder / CARD
    if not card.exists() or not (folder / FILE).exists():
        return False
    stored = json.loads(card.read_text(encoding="utf-8"))
    return bool(stored.get("corpus") == digest and stored.get("form") == FORM)


def vector_text(plain: str) -> str:
    """The text whose sentence vector the intent model reads: figures masked."""
    return masked(plain)
