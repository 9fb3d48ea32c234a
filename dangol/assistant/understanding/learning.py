"""Fitting the intent model: softmax regression over sentence vectors and word pieces, and its temperature."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize_scalar

from dangol.assistant.understanding.features import BUCKETS, feature_rows
from dangol.assistant.understanding.model import Vectors, Weights, softmax

_ROUNDS = 10
_BATCH = 256
_DROPPED = 0.5  # share of pieces hidden in a step, so that no single word decides
_SMOOTHING = 0.05  # share of certainty given away, so that one odd label does not bend the rest
_MEANING_GAIN = 8.0  # vectors are of unit length; scores move in tens
_PIECES_GAIN = 6.0
_MEANING_STEP = 4e-3
_PIECES_STEP = 0.12


@dataclass(frozen=True)
class Rows:
    """Texts ready to learn from: vectors (n, 512), pieces (n, BUCKETS), and which intents each has (n, c)."""

    vectors: Vectors
    pieces: sparse.csr_matrix
    targets: Vectors

    def chosen(self, places: NDArray[np.intp]) -> "Rows":
        """Some of the rows."""
        return Rows(self.vectors[places], self.pieces[places], self.targets[places])


def piece_matrix(plains: list[str]) -> sparse.csr_matrix:
    """The pieces of texts as a matrix (n, BUCKETS), each row of unit length."""
    columns, starts = feature_rows(plains)
    sizes = np.diff(starts)
    values = np.repeat(1 / np.sqrt(np.maximum(1, sizes)), sizes).astype(np.float32)
    return sparse.csr_matrix((values, columns, starts), shape=(len(plains), BUCKETS))


def fit(names: tuple[str, ...], rows: Rows, seed: int = 7) -> Weights:
    """Weights that tell the intents of the rows apart. Cross-entropy with label smoothing; Adam (Kingma & Ba 2015) for
    the vectors' weights, Adagrad (Duchi et al. 2011) by row for the pieces', with pieces dropped out at random."""
    chance = np.random.default_rng(seed)
    count, classes = rows.targets.shape
    shares = rows.targets / rows.targets.sum(axis=1, keepdims=True)
    shares = ((1 - _SMOOTHING) * shares + _SMOOTHING / classes).astype(np.float32)
    learner = _Learner(rows.vectors.shape[1], classes)
    steps = _ROUNDS * -(-count // _BATCH)
    for step in range(steps):
        at = step * _BATCH % (-(-count // _BATCH) * _BATCH)
        if at == 0:
            order = chance.permutation(count)
        batch = order[at : at + _BATCH]
        pieces = rows.pieces[batch]
        kept = chance.random(len(pieces.data), np.float32) > _DROPPED
        pieces.data = pieces.data * kept * np.float32(_PIECES_GAIN / (1 - _DROPPED))
        learner.step(rows.vectors[batch] * _MEANING_GAIN, pieces, shares[batch], 1 - step / steps)
    return Weights(
        names, learner.meaning * _MEANING_GAIN, learner.bias, learner.pieces * _PIECES_GAIN, scale=1.0
    )


class _Learner:
    def __init__(self, axes: int, classes: int):
        self.meaning = np.zeros((axes, classes), np.float32)
        self.bias = np.zeros(classes, np.float32)
        self.pieces = np.zeros((BUCKETS, classes), np.float32)
        self._squares = np.full(BUCKETS, 1e-4, np.float32)
        self._first = [np.zeros_like(self.meaning), np.zeros_like(self.bias)]
        self._second = [np.zeros_like(self.meaning), np.zeros_like(self.bias)]
        self._taken = 0

    def step(self, vectors: Vectors, pieces: Any, shares: Vectors, pace: float) -> None:
        scores = vectors @ self.meaning + self.bias + pieces @ self.pieces
        slope = (softmax(scores) - shares) / len(shares)
        self._adam(
            [np.asarray(vectors.T @ slope, np.float32), np.asarray(slope.sum(axis=0), np.float32)],
            pace * _MEANING_STEP,
        )
        turned = pieces.T.tocsr()
        used = np.flatnonzero(np.diff(turned.indptr))
        slopes = np.asarray(turned[used] @ slope)
        self._squares[used] += (slopes * slopes).mean(axis=1)
        self.pieces[used] -= (pace * _PIECES_STEP) * slopes / np.sqrt(self._squares[used])[:, None]

    def _adam(self, slopes: list[Vectors], pace: float) -> None:
        self._taken += 1
        pace *= (1 - 0.999**self._taken) ** 0.5 / (1 - 0.9**self._taken)
        for weight, first, second, slope in zip(
            (self.meaning, self.bias), self._first, self._second, slopes, strict=True
        ):
            first += 0.1 * (slope - first)
            second += 0.001 * (slope * slope - second)
            weight -= pace * first / (np.sqrt(second) + 1e-8)


def scores_of(weights: Weights, rows: Rows) -> Vectors:
    """Scores of many rows at once, before calibration."""
    return np.asarray(
        rows.vectors @ weights.meaning + weights.bias + rows.pieces @ weights.pieces, np.float32
    )


@dataclass(frozen=True)
class Folds:
    """Models of parts of the rows: `fold_of` (groups,) the fold each message is in, a model for each fold that has not
    seen its messages, and `scores` (n, c) of every row by that model."""

    fold_of: NDArray[np.intp]
    models: tuple[Weights, ...]
    scores: Vectors


def held_out(names: tuple[str, ...], rows: Rows, groups: NDArray[np.intp], folds: int) -> Folds:
    """Models that have not seen a part of the messages each; a message and its noisy copy (a group) stay together."""
    fold_of = np.random.default_rng(7).permutation(int(groups.max()) + 1) % folds
    scores = np.zeros_like(rows.targets)
    models = []
    for fold in range(folds):
        inside, outside = (
            np.flatnonzero(known) for known in (fold_of[groups] != fold, fold_of[groups] == fold)
        )
        models.append(fit(names, rows.chosen(inside)))
        scores[outside] = scores_of(models[-1], rows.chosen(outside))
    return Folds(fold_of, tuple(models), scores)


def temperature(scores: Vectors, targets: Vectors) -> float:
    """The factor under which held-out scores are honest probabilities (Guo et al. 2017, temperature scaling)."""
    shares = targets / targets.sum(axis=1, keepdims=True)

    def loss(scale: float) -> float:
        return float(-(np.log(softmax(scores * np.float32(scale)) + 1e-9) * shares).sum(axis=1).mean())

    return float(minimize_scalar(loss, bounds=(0.2, 10.0), method="bounded").x)
