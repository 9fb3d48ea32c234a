"""The trained intent model at work: two matrix products, numpy only."""

import json
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dangol.assistant.understanding import joining
from dangol.assistant.understanding.features import buckets, masked
from dangol.kernel.words import meaning

Vectors = NDArray[np.float32]
TRAINED = Path(__file__).parent / "trained"
FILE = "intents.npz"
CARD = "card.json"
_JOINING = "joining_"
FORM = 6  # raised when features or weights change their meaning, so that an older file is trained anew


def sentence_vectors(texts: list[str]) -> Vectors:
    """Sentence vectors (len(texts), 512), unit length; empty texts give zeros."""
    vectors = np.zeros((len(texts), 512), np.float32)
    places = [at for at, text in enumerate(texts) if text.strip()]
    if places:
        vectors[places] = meaning.sentence_vectors([texts[at][:500] for at in places])
    return vectors


@dataclass(frozen=True)
class Weights:
    """What training leaves behind, for c intents: `meaning` (512, c), `bias` (c,), `pieces` (BUCKETS, c); `scale`
    makes scores honest."""

    names: tuple[str, ...]
    meaning: Vectors
    bias: Vectors
    pieces: Vectors
    scale: float

    def as_kept(self) -> "Weights":
        """These weights as precise as a file keeps them, so that a model reads alike before and after."""
        short = [one.astype(np.float16).astype(np.float32) for one in (self.meaning, self.pieces)]
        return replace(self, meaning=short[0], pieces=short[1])


class IntentModel:
    """How likely every intent is for a text: softmax regression on its meaning and its word pieces, calibrated; and
    the joiner, which tells from the parts of a message and the whole which intents are meant."""

    def __init__(self, weights: Weights, joining_weights: joining.Weights):
        self.names = weights.names
        self.weights = weights
        self.joiner = joining.Joiner(weights.names, joining_weights)

    def raw_scores(self, plains: list[str], vectors: Vectors) -> Vectors:
        """Scores before calibration, shape (len(plains), intents)."""
        weights = self.weights
        scores = vectors @ weights.meaning + weights.bias
        for row, plain in enumerate(plains):
            found = buckets(plain)
            scores[row] += weights.pieces[found].sum(axis=0) / max(1, len(found)) ** 0.5
        return np.asarray(scores, np.float32)

    def probabilities(self, plains: list[str], vectors: Vectors) -> Vectors:
        """How likely each intent is for each text, shape (len(plains), intents); a row adds up to one."""
        return softmax(self.raw_scores(plains, vectors) * np.float32(self.weights.scale))

    def save(self, folder: Path, card: dict[str, Any]) -> None:
        """Write the model and its card into a folder; a reader never sees half a model."""
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f".{os.getpid()}.npz"
        one = self.weights
        np.savez(
            draft,
            names=np.array(one.names),
            meaning=one.meaning.astype(np.float16),
            pieces=one.pieces.astype(np.float16),
            bias=one.bias,
            scale=np.float32(one.scale),
            **{_JOINING + name: array for name, array in self.joiner.weights.arrays().items()},
        )
        (folder / CARD).write_text(json.dumps(card, ensure_ascii=False, indent=1), encoding="utf-8")
        draft.replace(folder / FILE)

    @classmethod
    def load(cls, folder: Path) -> "IntentModel":
        """A model written by `save`."""
        with np.load(folder / FILE, allow_pickle=False) as stored:
            return cls(
                Weights(
                    names=tuple(str(name) for name in stored["names"]),
                    meaning=stored["meaning"].astype(np.float32),
                    bias=stored["bias"],
                    pieces=stored["pieces"].astype(np.float32),
                    scale=float(stored["scale"]),
                ),
                joining.Weights(
                    **{
                        name.removeprefix(_JOINING): stored[name]
                        for name in stored.files
                        if name.startswith(_JOINING)
                    }
                ),
            )


def softmax(scores: Vectors) -> Vectors:
    """Scores as shares of one, row by row."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)


def is_current(folder: Path, digest: str | None = None) -> bool:
    """Whether a folder holds a model of this form, trained on the corpus with this digest (or on any, if None)."""
    card = folder / CARD
    if not card.exists() or not (folder / FILE).exists():
        return False
    stored = json.loads(card.read_text(encoding="utf-8"))
    return bool(stored.get("form") == FORM and digest in {None, stored.get("corpus")})


def vector_text(plain: str) -> str:
    """The text whose sentence vector the intent model reads: figures masked."""
    return masked(plain)
