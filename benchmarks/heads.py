"""Which classifier reads intents best: several heads over the same vectors and word pieces, cross-validated.

Every message of one intent of the training part is read once by a head that has not seen it (three folds; the joiner,
which tells several intents apart, is no matter here). Gradient boosting is measured where scikit-learn is installed.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.nlpjs.measure import macro_f1
from dangol.assistant.understanding import learning
from dangol.assistant.understanding.corpus import LANGUAGES, Example, training_examples
from dangol.assistant.understanding.model import Vectors, softmax, vector_text
from dangol.assistant.understanding.training import sentence_vectors_in_batches
from dangol.kernel.words.normalising import normalise

_FOLDS = 3
_NEIGHBOURS = 15
_WIDTH = 256
_ROUNDS = 12
_BATCH = 256
_BOOSTED_AXES = 64  # boosting takes hours over all 512 axes and the word pieces


@dataclass(frozen=True)
class Fold:
    """What a head learns from, what it reads, and how many intents there are."""

    taught: learning.Rows
    labels: NDArray[np.intp]
    asked: learning.Rows
    names: tuple[str, ...]


Head = Callable[[Fold], Vectors]  # scores (asked, intents)


def _softmax_regression(fold: Fold) -> Vectors:
    return learning.scores_of(learning.fit(fold.names, fold.taught), fold.asked)


def _softmax_vectors(fold: Fold) -> Vectors:
    return learning.scores_of(learning.fit(fold.names, _only_vectors(fold.taught)), _only_vectors(fold.asked))


def _softmax_pieces(fold: Fold) -> Vectors:
    return learning.scores_of(learning.fit(fold.names, _only_pieces(fold.taught)), _only_pieces(fold.asked))


def _only_vectors(rows: learning.Rows) -> learning.Rows:
    return learning.Rows(rows.vectors, rows.pieces * 0, rows.targets)


def _only_pieces(rows: learning.Rows) -> learning.Rows:
    return learning.Rows(rows.vectors * 0, rows.pieces, rows.targets)


def _nearest_neighbours(fold: Fold) -> Vectors:
    scores = np.zeros((len(fold.asked.vectors), len(fold.names)), np.float32)
    for start in range(0, len(scores), 512):
        near = fold.asked.vectors[start : start + 512] @ fold.taught.vectors.T
        best = np.argpartition(-near, _NEIGHBOURS, axis=1)[:, :_NEIGHBOURS]
        for row, places in enumerate(best):
            np.add.at(scores[start + row], fold.labels[places], near[row, places] ** 4)
    return np.asarray(np.log(scores + 1e-3), np.float32)


def _prototypes(fold: Fold) -> Vectors:
    centres = fold.taught.targets.T @ fold.taught.vectors
    centres /= np.linalg.norm(centres, axis=1, keepdims=True) + 1e-9
    return np.asarray(fold.asked.vectors @ centres.T, np.float32)


def _network(fold: Fold) -> Vectors:
    """One hidden layer over the vectors, Adam, half of its units hidden at every step."""
    chance = np.random.default_rng(7)
    axes, classes = fold.taught.vectors.shape[1], len(fold.names)
    weights = [
        chance.normal(0, 0.04, (axes, _WIDTH)), np.zeros(_WIDTH),
        chance.normal(0, 0.06, (_WIDTH, classes)), np.zeros(classes),
    ]  # fmt: skip
    first, second = ([np.zeros_like(one) for one in weights] for _ in range(2))
    steps = _ROUNDS * -(-len(fold.labels) // _BATCH)
    for step in range(steps):
        batch = chance.integers(0, len(fold.labels), _BATCH)
        given = fold.taught.vectors[batch] * 8
        hidden = (
            np.maximum(0, given @ weights[0] + weights[1]) * (chance.random((len(batch), _WIDTH)) > 0.5) * 2
        )
        slope = softmax(np.asarray(hidden @ weights[2] + weights[3], np.float32)) - fold.taught.targets[batch]
        slope /= len(batch)
        inner = (slope @ weights[2].T) * (hidden > 0) * 2
        for at, turn in enumerate((given.T @ inner, inner.sum(0), hidden.T @ slope, slope.sum(0))):
            first[at] += 0.1 * (turn - first[at])
            second[at] += 0.001 * (turn * turn - second[at])
            bias = (1 - 0.999 ** (step + 1)) ** 0.5 / (1 - 0.9 ** (step + 1))
            weights[at] -= 3e-3 * (1 - step / steps) * bias * first[at] / (np.sqrt(second[at]) + 1e-8)
    hidden = np.maximum(0, fold.asked.vectors * 8 @ weights[0] + weights[1])
    return np.asarray(hidden @ weights[2] + weights[3], np.float32)


def _boosting(fold: Fold) -> Vectors:
    ensemble = importlib.import_module("sklearn.ensemble")
    _, _, axes = np.linalg.svd(fold.taught.vectors - fold.taught.vectors.mean(axis=0), full_matrices=False)
    shorter = axes[:_BOOSTED_AXES].T
    trees = ensemble.HistGradientBoostingClassifier(
        max_iter=40, learning_rate=0.15, max_leaf_nodes=15, random_state=7
    )
    trees.fit(fold.taught.vectors @ shorter, fold.labels)
    found = np.full((len(fold.asked.vectors), len(fold.names)), -20.0, np.float32)
    found[:, trees.classes_] = np.log(trees.predict_proba(fold.asked.vectors @ shorter) + 1e-9)
    return found


HEADS: dict[str, Head] = {
    "softmax regression, vectors and word pieces": _softmax_regression,
    "softmax regression, vectors": _softmax_vectors,
    "softmax regression, word pieces": _softmax_pieces,
    "network of 256 hidden units, vectors": _network,
    "15 nearest neighbours, vectors": _nearest_neighbours,
    "prototypes, vectors": _prototypes,
    "gradient boosting, 64 axes of the vectors": _boosting,
}


def measure() -> dict[str, Any]:
    """Macro-F1 by language, negative log-likelihood under the best temperature and seconds of training, by head."""
    examples = [one for one in training_examples() if len(one.intents) == 1]
    names = tuple(sorted({one.intents[0] for one in examples}))
    texts = [normalise(one.text) for one in examples]
    labels = np.array([names.index(one.intents[0]) for one in examples])
    targets = np.eye(len(names), dtype=np.float32)[labels]
    rows = learning.Rows(
        sentence_vectors_in_batches([vector_text(one) for one in texts]),
        learning.piece_matrix(texts),
        targets,
    )
    fold_of = np.random.default_rng(7).permutation(len(examples)) % _FOLDS
    report: dict[str, Any] = {"messages": len(examples), "folds": _FOLDS, "heads": {}}
    for name, head in HEADS.items():
        if head is _boosting and find_spec("sklearn") is None:
            report["heads"][name] = {"skipped": "scikit-learn is not installed"}
            continue
        scores = np.zeros_like(targets)
        started = time.perf_counter()
        for fold in range(_FOLDS):
            inside, outside = np.flatnonzero(fold_of != fold), np.flatnonzero(fold_of == fold)
            scores[outside] = head(Fold(rows.chosen(inside), labels[inside], rows.chosen(outside), names))
        report["heads"][name] = {
            **_figures(examples, names, scores, targets),
            "seconds_a_fold": round((time.perf_counter() - started) / _FOLDS, 1),
        }
    return report


def _figures(
    examples: list[Example], names: tuple[str, ...], scores: Vectors, targets: Vectors
) -> dict[str, float]:
    read = [names[at] for at in scores.argmax(axis=1).tolist()]
    scale = learning.temperature(scores, targets)
    likely = softmax(scores * np.float32(scale))
    told = {
        f"macro_f1_{language}": macro_f1(
            [
                (one.intents[0], said)
                for one, said in zip(examples, read, strict=True)
                if one.language == language
            ]
        )
        for language in LANGUAGES
    }
    return {
        **{name: round(value, 4) for name, value in told.items()},
        "nll": round(float(-np.log((likely * targets).sum(axis=1) + 1e-9).mean()), 4),
    }


def table(report: dict[str, Any]) -> str:
    """The heads side by side."""
    lines = [f"{'head':<46}{'ko':>8}{'en':>8}{'NLL':>8}{'s/fold':>8}"]
    for name, row in report["heads"].items():
        if "skipped" in row:
            lines.append(f"{name:<46}  not measured: {row['skipped']}")
        else:
            lines.append(
                f"{name:<46}{row['macro_f1_ko']:>8.3f}{row['macro_f1_en']:>8.3f}{row['nll']:>8.3f}{row['seconds_a_fold']:>8}"
            )
    return "\n".join(lines)
