"""Which of the intents read in a message and in its stretches are meant: a small learned decision over all of them.

A message is read as a whole and in the stretches between the places where it may be cut. Each intent that is likely
somewhere is a candidate; a network with one hidden layer tells from a few figures about it whether it is meant.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dangol.assistant.understanding import rules
from dangol.assistant.understanding.clauses import Span
from dangol.assistant.understanding.reading import Intent

Vectors = NDArray[np.float32]
MEANT = 0.44  # a candidate about as likely as not is meant; the likeliest always is
# the joiner learns from readings by models that lack a third of the corpus, and is too modest by so much: on the
# development part the negative log-likelihood of the intents read was least between 1.2 and 1.4
_SURER = 1.3
_OF_WHOLE, _OF_PART = 3, 2  # candidates taken from the whole message and from each part of it
_ANSWERED = 0.95
_RULED_OUT = 0.0005  # what is left for an intent where a rule named another


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a message: its intents, likeliest first; how likely each intent of the model is; whether a rule
    named the first; whether sentence ends bound it; whether it does no more than answer what was asked."""

    span: Span
    text: str
    ranked: tuple[Intent, ...]
    likely: Vectors
    ruled: bool
    bounded: bool
    answers: bool = False


@dataclass(frozen=True)
class Weights:
    """What training leaves behind, for d figures a candidate, c intents and h hidden units: `centre`, `spread` (d,);
    `hidden` (d + c, h), `hidden_bias` (h,), `out` (h,), `straight` (d + c,), `bias` (1,); `together` (c, c) the log of
    how often the second is said beside the first, `mistaken` (c, c) the log of how much the first sounds like the
    second."""

    centre: Vectors
    spread: Vectors
    hidden: Vectors
    hidden_bias: Vectors
    out: Vectors
    straight: Vectors
    bias: Vectors
    together: Vectors
    mistaken: Vectors

    def arrays(self) -> dict[str, Any]:
        """The weights by name, for a file."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An intent that may be meant, and the stretch it stands in best."""

    name: str
    stretch: Stretch
    figures: tuple[float, ...]


@dataclass(frozen=True)
class Pairs:
    """How intents go together and how they sound alike (see Weights), by name."""

    columns: dict[str, int]
    together: Vectors
    mistaken: Vectors


def candidates(stretches: Sequence[Stretch], korean: bool, pairs: Pairs) -> list[Candidate]:
    """Every intent likely somewhere in a message, with the figures the decision is made on. The first stretch is the
    whole message."""
    named = dict.fromkeys(
        one.name
        for at, each in enumerate(stretches)
        for one in each.ranked[: _OF_PART if at else _OF_WHOLE]
        if one.name in pairs.columns
    )
    names = list(named)
    likely = [[_share(each, name, pairs.columns[name]) for name in names] for each in stretches]
    shared = _of_message(stretches, likely, korean)
    out = []
    for at, name in enumerate(names):
        place = _best_place(likely, at)
        figures = (
            *_of_candidate(stretches, likely, at, place),
            *_beside_rival(names, likely, at, pairs),
            *shared,
        )
        stands = likely[place][at] >= max(likely[place])
        out.append(Candidate(name, stretches[place if stands else 0], figures))
    return out


def _share(stretch: Stretch, name: str, column: int) -> float:
    if not stretch.ruled:
        return float(stretch.likely[column])
    said = next((one.confidence for one in stretch.ranked if one.name == name), _RULED_OUT)
    return said if name == stretch.ranked[0].name else min(said, 0.03)


def _best_place(likely: list[list[float]], at: int) -> int:
    """The part where a candidate is likeliest, or the whole where there are no parts."""
    return max(range(1, len(likely)), key=lambda row: likely[row][at], default=0)


def _of_candidate(
    stretches: Sequence[Stretch], likely: list[list[float]], at: int, place: int
) -> tuple[float, ...]:
    whole, part, stretch = likely[0], likely[place], stretches[place]
    parted = len(stretches) > 1
    rank = sum(other > whole[at] for other in whole)
    rival = max((share for column, share in enumerate(part) if column != at), default=0.0)
    wins = parted and part[at] >= max(part)
    length, total = rules.letters(stretch.text), max(1, rules.letters(stretches[0].text))
    apart = max(
        (
            max(likely[row])
            for row, other in enumerate(stretches)
            if row and not _overlap(other.span, stretch.span) and _first(likely[row]) != at
        ),
        default=0.0,
    )
    return (
        log(whole[at] + 1e-3), whole[at], rank == 0, rank == 1, rank == 2,
        log(part[at] + 1e-3), part[at], wins, part[at] - rival if parted else whole[at],
        length / total, log(length + 1), length < 5, stretch.ruled, stretch.bounded and parted,
        apart, log(apart + 1e-3), whole[at] * wins, rank == 0 and parted and not wins,
        sum(_first(row) == at for row in likely[1:]),
        parted and stretch.span.start <= min(each.span.start for each in stretches[1:]),
        parted and stretch.span.end >= max(each.span.end for each in stretches[1:]),
    )  # fmt: skip


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _first(row: list[float]) -> int:
    return row.index(max(row))


def _beside_rival(names: list[str], likely: list[list[float]], at: int, pairs: Pairs) -> tuple[float, ...]:
    """How a candidate goes with the likeliest other one, and how alike the two sound."""
    others = [column for column in range(len(names)) if column != at]
    if not others:
        return (-5.0, -5.0, -9.0, -9.0, 0.0, 0.0)
    rival = max(others, key=lambda column: max(row[column] for row in likely))
    own, other = pairs.columns[names[at]], pairs.columns[names[rival]]
    return (
        float(pairs.together[other, own]), float(pairs.together[own, other]),
        float(pairs.mistaken[own, other]), float(pairs.mistaken[other, own]),
        max(row[rival] for row in likely), likely[0][rival],
    )  # fmt: skip


def _of_message(stretches: Sequence[Stretch], likely: list[list[float]], korean: bool) -> tuple[float, ...]:
    whole = stretches[0]
    spread = -float((whole.likely * np.log(whole.likely + 1e-9)).sum())
    bounded = sum(each.bounded for each in stretches[1:])
    return (
        len(stretches) == 1, bounded, len(stretches) - 1 - bounded, spread, whole.ruled, korean,
        log(max(1, rules.letters(whole.text))),
    )  # fmt: skip


class Joiner:
    """Decides which candidates are meant."""

    def __init__(self, names: Sequence[str], weights: Weights):
        self.weights = weights
        self.pairs = Pairs({name: at for at, name in enumerate(names)}, weights.together, weights.mistaken)

    def judged(self, stretches: Sequence[Stretch], language: str) -> list[tuple[Candidate, float]]:
        """Every candidate and how sure it is that it is meant, the surest first; at least one."""
        if stretches[0].answers:
            return [(Candidate(stretches[0].ranked[0].name, stretches[0], ()), _ANSWERED)]
        found = candidates(stretches, language == "ko", self.pairs)
        if not found:  # a rule's intent that the model was not taught
            first = stretches[0].ranked[0]
            return [(Candidate(first.name, stretches[0], ()), first.confidence)]
        sure = self.likely(
            np.array([one.figures for one in found], np.float32),
            np.array([self.pairs.columns[one.name] for one in found]),
        )
        return sorted(zip(found, sure.tolist(), strict=True), key=lambda one: -one[1])

    def likely(self, figures: Vectors, columns: NDArray[np.intp]) -> Vectors:
        """How likely each candidate is meant: `figures` (n, d), `columns` (n,) which intent each is."""
        one = self.weights
        scaled = (figures - one.centre) / one.spread
        width = figures.shape[1]
        bent = np.tanh(scaled @ one.hidden[:width] + one.hidden[width + columns] + one.hidden_bias)
        score = bent @ one.out + scaled @ one.straight[:width] + one.straight[width + columns] + one.bias
        return np.asarray(1 / (1 + np.exp(-_SURER * score)), np.float32)


def in_order_said(judged: Sequence[tuple[Candidate, float]]) -> list[tuple[Candidate, float]]:
    """The candidates that are meant, in the order said."""
    meant = [one for at, one in enumerate(judged) if not at or one[1] >= MEANT]
    return sorted(meant, key=lambda one: (one[0].stretch.span.start, one[0].stretch.span.end))
