"""Train the intent model from the corpus: `python -m dangol.assistant.understanding.training`."""

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dangol.assistant.understanding import joining, joint_learning, learning, slips, stretches
from dangol.assistant.understanding.clauses import Span
from dangol.assistant.understanding.corpus import (
    Example,
    all_examples,
    corpus_digest,
)
from dangol.assistant.understanding.dialogue import with_stand_ins
from dangol.assistant.understanding.entities import Mention, find_mentions
from dangol.assistant.understanding.keyboard import mend
from dangol.assistant.understanding.lexicon import ShopLexicon
from dangol.assistant.understanding.model import (
    FORM,
    TRAINED,
    IntentModel,
    Vectors,
    sentence_vectors,
    softmax,
    vector_text,
)
from dangol.assistant.understanding.noise import about_other_goods, noisy
from dangol.assistant.understanding.reading import Context
from dangol.assistant.understanding.references import find_references
from dangol.kernel.words.normalising import Normalised, normalise, normalised

_FOLDS = 3
_EVERY = 2  # of the messages with one intent, one in so many teaches the joiner
_SEVERAL_COUNT = 1.5  # a message of several intents counts for so many: there are few of them
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
    folds = learning.held_out(names, rows, groups, _FOLDS)
    scale = learning.temperature(folds.scores, targets)
    firsts = np.searchsorted(groups, np.arange(len(examples)))  # each message itself, before its noisy copy
    joined = _joining(
        examples, [texts[at] for at in firsts], names, folds,
        softmax(folds.scores[firsts] * np.float32(scale)), targets[firsts], scale,
    )  # fmt: skip
    model = IntentModel(replace(learning.fit(names, rows), scale=scale).as_kept(), joined)
    counts = Counter(example.language for example in examples)
    right = targets[np.arange(len(groups)), folds.scores.argmax(axis=1)] > 0
    card = {
        "purpose": "intents of shoppers' messages, Korean and English", "intents": list(names), "examples": dict(counts),
        "method": "softmax regression over USE multilingual v3 vectors and hashed word pieces, with a noisy copy of each "
        "message and one about other goods, temperature-scaled on held-out thirds; a network of 16 hidden units joins what "
        "is read in parts and whole",
        "form": FORM, "held_out_accuracy": round(float(right.mean()), 4), "corpus": corpus_digest(examples),
        "limits": "written by the project's own people; see the evaluation for what it reads of others",
        "seconds": round(time.perf_counter() - started, 1),
    }  # fmt: skip
    return model, card


def _joining(
    examples: list[Example],
    heard: list[str],
    names: tuple[str, ...],
    folds: learning.Folds,
    likely: Vectors,
    targets: Vectors,
    scale: float,
) -> joining.Weights:
    """The joiner, from every message of several intents and every second of the others, each read by a model that has
    not seen it."""
    chosen = [at for at, one in enumerate(examples) if len(one.intents) > 1 or at % _EVERY == 0]
    cut = {at: _cut(heard[at], examples[at].language) for at in chosen}
    texts = sorted({text for one in cut.values() for text in one.texts})
    places = {text: at for at, text in enumerate(texts)}
    rows = learning.Rows(
        sentence_vectors_in_batches([vector_text(one) for one in texts]),
        learning.piece_matrix(texts),
        np.zeros((len(texts), len(names)), np.float32),
    )
    found: list[tuple[joining.Candidate, int, bool, float]] = []
    alike = joint_learning.mistaken(likely, targets)
    for fold, model in enumerate(folds.models):
        sounds = softmax(learning.scores_of(model, rows) * np.float32(scale))
        beside = joint_learning.together(targets[folds.fold_of != fold])
        pairs = joining.Pairs({name: at for at, name in enumerate(names)}, beside, alike)
        for at in (one for one in chosen if folds.fold_of[one] == fold):
            one, meant = cut[at], examples[at].intents
            told = stretches.read(
                heard[at],
                one.cuts,
                one.mentions,
                one.context,
                sounds[[places[text] for text in one.texts]],
                names,
            )
            weight = _SEVERAL_COUNT if len(meant) > 1 else float(_EVERY)
            found += [
                (each, pairs.columns[each.name], each.name in meant, weight)
                for each in joining.candidates(told, one.language == "ko", pairs)
            ]
    judged = joint_learning.Judged(
        np.array([one.figures for one, *_ in found], np.float32),
        np.array([column for _, column, *_ in found], np.intp),
        np.array([right for *_, right, _ in found], np.float32),
        np.array([weight for *_, weight in found], np.float32),
    )
    return joint_learning.fit(judged, joint_learning.together(targets), alike)


@dataclass(frozen=True, slots=True)
class _Cut:
    cuts: tuple[list[Span], frozenset[Span]]
    texts: list[str]
    mentions: list[Mention]
    context: Context
    language: str


def _cut(heard: str, language: str) -> _Cut:
    context = Context(language=language, today=date(2000, 1, 1))
    mentions = find_mentions(normalised(heard), heard, context, ShopLexicon())
    cuts = stretches.cut(heard)
    return _Cut(cuts, stretches.heard(heard, cuts[0], mentions, language), mentions, context, language)


def _targets(examples: list[Example], names: tuple[str, ...]) -> Vectors:
    columns = {name: at for at, name in enumerate(names)}
    targets = np.zeros((len(examples), len(names)), np.float32)
    for row, example in enumerate(examples):
        targets[row, [columns[name] for name in example.intents]] = 1.0
    return targets


def _written(examples: list[Example]) -> tuple[list[str], NDArray[np.intp]]:
    """Every message as it is heard, in a noisy copy and, where it names goods, in one about others; and which example
    each text is of."""
    chance = random.Random(7)
    texts: list[str] = []
    groups: list[int] = []
    for group, example in enumerate(examples):
        said = _heard(example)
        copies = dict.fromkeys(
            [
                said,
                noisy(said, example.language, chance),
                about_other_goods(said, example.language, chance),
            ]
        )
        texts += copies
        groups += [group] * len(copies)
    return texts, np.array(groups, np.intp)


def _heard(example: Example) -> str:
    """A message as the reader hears it in a shop whose catalogue has the names its author marked."""
    plain = mend(normalised(example.text), example.text)
    plain = slips.mended(plain, example.text, ShopLexicon().has_word)
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
