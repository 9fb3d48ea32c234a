"""Train the intent model from the corpus: `python -m dangol.assistant.understanding.training`."""

import re
import sys
import time
from collections import Counter
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import minimize_scalar

from dangol.assistant.understanding.corpus import (
    Example,
    corpus_digest,
    development_examples,
    training_examples,
)
from dangol.assistant.understanding.features import hashed
from dangol.assistant.understanding.model import (
    FORM,
    TRAINED,
    IntentModel,
    Weights,
    meaning_kernel,
    sentence_vectors,
    vector_text,
)
from dangol.kernel.words.normalising import normalise

_AXES = 256
_RIDGE = 1.0
_FOLDS = 3

Matrix = NDArray[np.float32]


def train(examples: list[Example]) -> tuple[IntentModel, dict[str, Any]]:
    """A model of the examples and its card. Ridge regression one-vs-rest, solved in the space of examples; the
    temperature is fitted on held-out folds (Guo et al. 2017, temperature scaling)."""
    started = time.perf_counter()
    texts, labels, groups = _written(examples)
    names = sorted({name for several in labels for name in several})
    targets = np.full((len(texts), len(names)), -1.0, np.float32)
    for row, several in enumerate(labels):
        targets[row, [names.index(name) for name in several]] = 1.0
    vectors = sentence_vectors_in_batches([vector_text(text) for text in texts])
    axes = _axes(vectors)
    support = vectors @ axes
    keys, rows = _features(texts)
    kernel = meaning_kernel(support @ support.T) + np.asarray((rows @ rows.T).todense(), np.float32)
    held_out = _held_out_scores(kernel, targets, groups)
    alpha, bias = _solve(kernel, targets)
    pieces = np.asarray(rows.T @ alpha, np.float32)
    model = IntentModel(
        Weights(tuple(names), axes, support, alpha, keys, pieces, bias, _temperature(held_out, targets))
    )
    counts = Counter(example.language for example in examples)
    card = {
        "purpose": "intents of shoppers' messages, Korean and English", "intents": names, "examples": dict(counts),
        "method": "kernel ridge regression one-vs-rest over USE multilingual v3 vectors (straight and squared) and "
        "hashed word pieces, temperature-scaled on held-out folds",
        "form": FORM, "held_out_accuracy": round(float((targets[np.arange(len(texts)), held_out.argmax(1)] > 0).mean()), 4),
        "corpus": corpus_digest(examples),
        "limits": "written by the project's own people; measured on its own development part only",
        "seconds": round(time.perf_counter() - started, 1),
    }  # fmt: skip
    return model, card


def _written(examples: list[Example]) -> tuple[list[str], list[tuple[str, ...]], list[int]]:
    texts, labels, groups = [], [], []
    for group, example in enumerate(examples):
        plain = normalise(example.text)
        for text in dict.fromkeys([plain, *_noisy(plain, example.language)]):
            texts.append(text)
            labels.append(example.intents)
            groups.append(group)
    return texts, labels, groups


def _noisy(plain: str, language: str) -> list[str]:
    """The same message as hurried people type it: unspaced, without marks."""
    bare = re.sub(r"[?!.,~']", "", plain).strip()
    return [bare.replace(" ", "")] if language == "ko" else []


def sentence_vectors_in_batches(texts: list[str]) -> Matrix:
    """Sentence vectors of many texts, 256 at a time."""
    return np.vstack([sentence_vectors(texts[at : at + 256]) for at in range(0, len(texts), 256)])


def _axes(vectors: Matrix) -> Matrix:
    """The directions in which the examples differ most (principal axes), for half the work at run time."""
    _, _, axes = np.linalg.svd(vectors - vectors.mean(axis=0), full_matrices=False)
    return np.asarray(axes[:_AXES].T, np.float32)


def _features(texts: list[str]) -> tuple[NDArray[np.uint32], sparse.csr_matrix]:
    found = [hashed(text) for text in texts]
    counts = Counter(key for keys in found for key in keys)
    kept = sorted(key for key, count in counts.items() if count > 1)
    columns = {key: at for at, key in enumerate(kept)}
    rows, cols, values = [], [], []
    for row, keys in enumerate(found):
        known = [columns[key] for key in keys if key in columns]
        rows += [row] * len(known)
        cols += known
        values += [1.0 / np.sqrt(max(1, len(known)))] * len(known)
    matrix = sparse.csr_matrix((np.array(values, np.float32), (rows, cols)), shape=(len(texts), len(kept)))
    return np.array(kept, np.uint32), matrix


def _solve(kernel: Matrix, targets: Matrix) -> tuple[Matrix, Matrix]:
    bias = targets.mean(axis=0)
    system = kernel + _RIDGE * np.eye(len(kernel), dtype=np.float32)
    weights = cho_solve(cho_factor(system, overwrite_a=True), targets - bias)
    return np.asarray(weights, np.float32), np.asarray(bias, np.float32)


def _held_out_scores(kernel: Matrix, targets: Matrix, groups: list[int]) -> Matrix:
    folds = np.random.default_rng(7).permutation(max(groups) + 1) % _FOLDS
    fold_of = folds[np.array(groups)]
    scores = np.zeros_like(targets)
    for fold in range(_FOLDS):
        inside, outside = np.flatnonzero(fold_of != fold), np.flatnonzero(fold_of == fold)
        weights, bias = _solve(kernel[np.ix_(inside, inside)], targets[inside])
        scores[outside] = kernel[np.ix_(outside, inside)] @ weights + bias
    return scores


def _temperature(scores: Matrix, targets: Matrix) -> float:
    shares = (targets > 0) / (targets > 0).sum(axis=1, keepdims=True)

    def loss(scale: float) -> float:
        scaled = scores * scale
        scaled = scaled - scaled.max(axis=1, keepdims=True)
        chosen = (scaled * shares).sum(axis=1)
        return float((np.log(np.exp(scaled).sum(axis=1)) - chosen).mean())

    return float(minimize_scalar(loss, bounds=(0.5, 40.0), method="bounded").x)


def train_into(folder: Path) -> IntentModel:
    """Train on the corpus and store the model with its card in a folder; where nothing may be written, only train."""
    model, card = train(training_examples())
    with suppress(PermissionError):
        model.save(folder, card)
    return model


def main() -> None:
    """Train, store, and print how well the model reads the development part."""
    from dangol.assistant.understanding.evaluation import table  # noqa: PLC0415  evaluation reads with the trained model

    started = time.perf_counter()
    train_into(TRAINED)
    sys.stdout.write(f"trained into {TRAINED.name}/ in {time.perf_counter() - started:.1f} s\n")
    sys.stdout.write(table(development_examples(), date(2026, 11, 21)))


if __name__ == "__main__":
    main()
