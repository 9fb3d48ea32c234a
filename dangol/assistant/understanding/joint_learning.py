"""Fitting the joiner: which intents go together, which sound alike, and when a candidate is meant."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dangol.assistant.understanding.joining import Vectors, Weights

_HIDDEN = 16
_ROUNDS = 12
_BATCH = 512
_STEP = 3e-3
_DECAY = 1e-4


@dataclass(frozen=True)
class Judged:
    """Candidates to learn from: `figures` (n, d), `columns` (n,) which intent each is, `meant` (n,) 0 or 1, `weight`
    (n,) how much each counts."""

    figures: Vectors
    columns: NDArray[np.intp]
    meant: Vectors
    weight: Vectors


def together(targets: Vectors) -> Vectors:
    """The log of how often a second intent (column) is said beside a first (row), from which intents messages have
    (n, c); counted with half a message more, so that nothing is impossible."""
    both = targets.T @ targets + 0.5
    np.fill_diagonal(both, 0.5)
    return np.asarray(np.log(both / (1 + targets.sum(axis=0))[:, None]), np.float32)


def mistaken(likely: Vectors, targets: Vectors) -> Vectors:
    """The log of how much messages of one intent (row) sound like another (column), to a model that has not seen them:
    `likely`, `targets` (n, c)."""
    single = targets.sum(axis=1) == 1
    counts = np.maximum(1, targets[single].sum(axis=0))[:, None]
    return np.asarray(np.log(targets[single].T @ likely[single] / counts + 1e-4), np.float32)


def fit(judged: Judged, beside: Vectors, alike: Vectors, seed: int = 3) -> Weights:
    """The weights under which the candidates are told apart best: one hidden layer and a straight way past it,
    cross-entropy, Adam (Kingma & Ba 2015)."""
    chance = np.random.default_rng(seed)
    count, width = judged.figures.shape
    classes = len(beside)
    centre = judged.figures.mean(axis=0)
    spread = judged.figures.std(axis=0) + 1e-6
    scaled = np.zeros((count, width + classes), np.float32)
    scaled[:, :width] = (judged.figures - centre) / spread
    scaled[np.arange(count), width + judged.columns] = 1.0
    net = _Net([
        chance.normal(0, 0.15, (width + classes, _HIDDEN)), np.zeros(_HIDDEN), chance.normal(0, 0.3, _HIDDEN),
        np.zeros(width + classes), np.zeros(1),
    ])  # fmt: skip
    steps = _ROUNDS * -(-count // _BATCH)
    for step in range(steps):
        at = step % -(-count // _BATCH) * _BATCH
        if at == 0:
            order = chance.permutation(count)
        batch = order[at : at + _BATCH]
        net.step(scaled[batch], judged.meant[batch], judged.weight[batch], _STEP * (1 - step / steps))
    hidden, hidden_bias, out, straight, bias = (np.asarray(one, np.float32) for one in net.weights)
    return Weights(centre, spread, hidden, hidden_bias, out, straight, bias, beside, alike)


class _Net:
    def __init__(self, weights: list[NDArray[np.float64]]):
        self.weights = weights
        self._first = [np.zeros_like(one) for one in weights]
        self._second = [np.zeros_like(one) for one in weights]
        self._taken = 0

    def step(self, given: Vectors, meant: Vectors, weight: Vectors, pace: float) -> None:
        hidden, hidden_bias, out, straight, bias = self.weights
        bent = np.tanh(given @ hidden + hidden_bias)
        sure = 1 / (1 + np.exp(-(bent @ out + given @ straight + bias)))
        slope = (sure - meant) * weight / len(meant)
        inner = np.outer(slope, out) * (1 - bent * bent)
        self._adam(
            [given.T @ inner, inner.sum(0), bent.T @ slope, given.T @ slope, slope.sum(keepdims=True)], pace
        )

    def _adam(self, slopes: list[NDArray[np.float64]], pace: float) -> None:
        self._taken += 1
        for at, slope in enumerate(slopes):
            whole = slope + _DECAY * self.weights[at]
            self._first[at] = 0.9 * self._first[at] + 0.1 * whole
            self._second[at] = 0.999 * self._second[at] + 0.001 * whole * whole
            first, second = (
                mean[at] / (1 - rate**self._taken)
                for mean, rate in ((self._first, 0.9), (self._second, 0.999))
            )
            self.weights[at] = self.weights[at] - pace * first / (np.sqrt(second) + 1e-8)
