"""The reader's head on public sets, for orientation: Banking77 and CLINC150 from files that somebody has downloaded.

    python -m benchmarks.public data_full.json          (CLINC150: {"train": [[text, intent], …], "test": …, "oos_test": …})
    python -m benchmarks.public train.csv test.csv      (Banking77: columns text and category)

Only the head is measured: softmax regression over sentence vectors and word pieces, trained on the set's own training
part. The shop's intents, its rules and its joiner have no part in it, and nothing of these sets is in the repository.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.nlpjs.measure import macro_f1
from dangol.assistant.understanding import learning
from dangol.assistant.understanding.model import Vectors, Weights, softmax, vector_text
from dangol.assistant.understanding.training import sentence_vectors_in_batches
from dangol.kernel.words.normalising import normalise

Labelled = tuple[str, str]  # text, intent


class NotAPublicSet(Exception):
    """A file is of neither form."""


@dataclass(frozen=True)
class PublicSet:
    """Messages to learn from and to read; `outside` are those of no intent."""

    taught: tuple[Labelled, ...]
    asked: tuple[Labelled, ...]
    outside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figures:
    """Accuracy and macro-F1 over the test part; of the messages outside of every intent, the share less sure than the
    least sure twentieth of the others (None where the set has none)."""

    intents: int
    accuracy: float
    macro_f1: float
    outside_found: float | None


def read_clinc(file: Path) -> PublicSet:
    """CLINC150 as its authors give it. Raises NotAPublicSet."""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        taught, asked = (
            tuple((str(text), str(name)) for text, name in told[part]) for part in ("train", "test")
        )
        outside = tuple(str(text) for text, _ in told.get("oos_test", ()))
    except (ValueError, KeyError, TypeError, AttributeError) as no:
        raise NotAPublicSet(
            f"{file.name} is no CLINC150 file: train and test are lists of [text, intent]"
        ) from no
    return PublicSet(taught, asked, outside)


def read_banking(train: Path, test: Path) -> PublicSet:
    """Banking77 as its authors give it. Raises NotAPublicSet."""
    return PublicSet(_rows(train), _rows(test))


def _rows(file: Path) -> tuple[Labelled, ...]:
    with file.open(encoding="utf-8", newline="") as lines:
        table = csv.DictReader(lines)
        if not {"text", "category"} <= set(table.fieldnames or ()):
            raise NotAPublicSet(f"{file.name} is no Banking77 file: it needs the columns text and category")
        return tuple((row["text"], row["category"]) for row in table)


def measure(one: PublicSet) -> Figures:
    """Train the head on the training part and read the test part."""
    names = tuple(sorted({name for _, name in one.taught}))
    columns = {name: at for at, name in enumerate(names)}
    taught = _ready([text for text, _ in one.taught], [columns[name] for _, name in one.taught], len(names))
    weights = learning.fit(names, taught)
    known = [row for row in one.asked if row[1] in columns]
    likely = _likely(weights, [text for text, _ in known], len(names))
    meant = np.array([columns[name] for _, name in known], np.intp)
    said = likely.argmax(axis=1)
    read = macro_f1([(name, names[at]) for (_, name), at in zip(known, said.tolist(), strict=True)])
    found = None
    if one.outside:
        limit = float(np.quantile(likely.max(axis=1), 0.05))
        found = float((_likely(weights, list(one.outside), len(names)).max(axis=1) < limit).mean())
    return Figures(len(names), float((said == meant).mean()), read, found)


def _ready(texts: list[str], labels: Sequence[int], count: int) -> learning.Rows:
    plain = [normalise(text) for text in texts]
    targets = np.zeros((len(plain), count), np.float32)
    targets[np.arange(len(plain)), labels] = 1.0
    vectors = sentence_vectors_in_batches([vector_text(text) for text in plain])
    return learning.Rows(vectors, learning.piece_matrix(plain), targets)


def _likely(weights: Weights, texts: list[str], count: int) -> Vectors:
    return softmax(learning.scores_of(weights, _ready(texts, [0] * len(texts), count)))


def main(files: Sequence[str]) -> None:
    """Measure a set and print its figures."""
    paths = [Path(file) for file in files]
    if not 1 <= len(paths) <= 2:
        sys.exit("python -m benchmarks.public data_full.json | train.csv test.csv")
    try:
        one = read_clinc(paths[0]) if len(paths) == 1 else read_banking(paths[0], paths[1])
    except (NotAPublicSet, OSError) as no:
        sys.exit(str(no))
    found = measure(one)
    outside = (
        "" if found.outside_found is None else f" · outside of every intent found {found.outside_found:.3f}"
    )
    print(f"{found.intents} intents · accuracy {found.accuracy:.3f} · macro-F1 {found.macro_f1:.3f}{outside}")


if __name__ == "__main__":
    main(sys.argv[1:])
