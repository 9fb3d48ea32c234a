"""Train the intent model from the corpus: `python -m dangol.assistant.understanding.training`."""

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dangol.assistant.understanding import learning
from dangol.assistant.understanding.corpus import (
    Example,
    all_examples,
    corpus_digest,
)
from dangol.assistant.understanding.dialogue import with_stand_ins
from dangol.assistant.understanding.entities import Mention
from dangol.assistant.understanding.keyboard import mend
from dangol.assistant.understanding.model import (
    FORM,
    TRAINED,
    IntentModel,
    Vectors,
    sentence_vectors,
    vector_text,
)
from dangol.assistant.understanding.noise import noisy
from dangol.assistant.understanding.references import find_references
from dangol.kernel.words.normalising import Normalised, normalise, normalised

_FOLDS = 2
_NAMED = frozenset({"product", "brand", "store", "coupon", "person"})


def train(examples: list[Example]) -> tuple[IntentModel, dict[str, Any]]:
    """A model of the examples and its card; how sure it may be is fitted on held-out halves of them."""
    started = time.perf_counter()
    names = tuple(sorted({name for example in examples for name in example.intents}))
    texts, groups = _written(examples)
    targets = _targets(examples, names)[groups]
    rows = learning.Rows(
        sentence_vectors_in_batches([vector_text(one) for one in texts]),
        learning.piece_matrix(texts),
        targets,
    )
    held_out = learning.held_out_scores(names, rows, groups, _FOLDS)
    weights = learning.fit(names, rows)
    model = IntentModel(replace(weights, scale=learning.temperature(held_out, targets)))
    counts = Counter(example.language for example in examples)
    right = targets[np.arange(len(groups)), held_out.argmax(axis=1)] > 0
    card = {
        "purpose": "intents of shoppers' messages, Korean and English", "intents": list(names), "examples": dict(counts),
        "method": "softmax regression over USE multilingual v3 vectors and hashed word pieces, with a noisy copy of each "
        "message, temperature-scaled on held-out halves",
        "form": FORM, "held_out_accuracy": round(float(right.mean()), 4), "corpus": corpus_digest(examples),
        "limits": "written by the project's own people; see the evaluation for what it reads of others",
        "seconds": round(time.perf_counter() - started, 1),
    }  # fmt: skip
    return model, card


def _targets(examples: list[Example], names: tuple[str, ...]) -> Vectors:
    columns = {name: at for at, name in enumerate(names)}
    targets = np.zeros((len(examples), len(names)), np.float32)
    for row, example in enumerate(examples):
        targets[row, [columns[name] for name in example.intents]] = 1.0
    return targets


def _written(examples: list[Example]) -> tuple[list[str], NDArray[np.intp]]:
    """Every message as it is heard and in a noisy copy, and which example each text is of."""
    chance = random.Random(7)
    texts: list[str] = []
    groups: list[int] = []
    for group, example in enumerate(examples):
        said = _heard(example)
        copies = dict.fromkeys([said, noisy(said, example.language, chance)])
        texts += copies
        groups += [group] * len(copies)
    return texts, np.array(groups, np.intp)


def _heard(example: Example) -> str:
    """A message as the reader hears it in a shop whose catalogue has the names its author marked."""
    plain = mend(normalised(example.text), example.text)
    return with_stand_ins(
        plain.text, 0, len(plain.text), sorted(_names(example, plain), key=_place), example.language
    )


def _place(one: Mention) -> int:
    return one.start


def _names(example: Example, plain: Normalised) -> Iterator[Mention]:
    for one in example.entities or ():
        words = normalise(one.text or "")
        at = plain.text.find(words)
        if one.type in _NAMED and at >= 0 and not find_references(words, page=False, offered=True):
            yield Mention(one.type, words, at, at + len(words))


def sentence_vectors_in_batches(texts: list[str]) -> Vectors:
    """Sentence vectors of many texts, those of like length together."""
    order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
    vectors = np.zeros((len(texts), 512), np.float32)
    for at in range(0, len(order), 256):
        batch = order[at : at + 256]
        vectors[batch] = sentence_vectors([texts[one] for one in batch])
    return vectors


def train_into(folder: Path, own: Path | None = None) -> IntentModel:
    """Train on the corpus, and on a shop's own examples if it has some, and store the model with its card in a folder;
    where nothing may be written, only train."""
    model, card = train(all_examples(own))
    with suppress(PermissionError):
        model.save(folder, card)
    return model


def main() -> None:
    """Train and store; `dangol evaluate understanding` tells how well the model reads."""
    started = time.perf_counter()
    train_into(TRAINED)
    sys.stdout.write(f"trained into {TRAINED.name}/ in {time.perf_counter() - started:.1f} s\n")


if __name__ == "__main__":
    main()
