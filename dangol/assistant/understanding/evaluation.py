"""How well messages are read: intents, entities, calibration and speed, by language and by tag, with the confusions."""

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

import numpy as np

from dangol.assistant.understanding.corpus import Example, Marked
from dangol.assistant.understanding.reading import Entity, Reading
from dangol.assistant.understanding.understanding import Understanding, context_of
from dangol.kernel.words.normalising import compact

_BINS = 10
_NO_SHOP = "out_of_scope"


@dataclass(frozen=True, slots=True)
class Score:
    """Figures of one part: micro and macro F1 of intents, share of exactly right sets, expected calibration error, and
    micro F1 of entities where somebody annotated them (else None)."""

    messages: int
    micro_f1: float
    macro_f1: float
    exact: float
    calibration_error: float
    entity_f1: float | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Precision, recall and F1 of one intent or one type of entity, and how often it was meant."""

    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True)
class Evaluation:
    """Everything measured of a set of messages. `latency_ms` has p50 and p95 of reading one message; `calibration` has
    a row for each tenth of confidence: (mean confidence, share right, readings); `out_of_scope` has the recall of
    messages no shop answers and the share of other messages taken for such."""

    parts: dict[str, Score]
    intents: dict[str, Found]
    entities: dict[str, Found]
    calibration: list[tuple[float, float, int]]
    latency_ms: dict[str, float]
    out_of_scope: dict[str, float]
    confusions: list[tuple[str, str, int]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The figures as plain data, rounded to four places."""
        return {name: _rounded(value) for name, value in asdict(self).items()}


def read_all(examples: Sequence[Example], understanding: Understanding, today: date) -> list[Reading]:
    """Every example read in its context, or as the first message of a conversation in its language."""
    return [understanding.read(one.text, context_of(one.context, one.language, today)) for one in examples]


def evaluate(examples: Sequence[Example], understanding: Understanding, today: date) -> Evaluation:
    """Read every example and measure how well that went."""
    readings, taken = [], []
    for one in examples:
        context = context_of(one.context, one.language, today)
        started = time.perf_counter()
        readings.append(understanding.read(one.text, context))
        taken.append((time.perf_counter() - started) * 1000)
    pairs = list(zip(examples, readings, strict=True))
    return Evaluation(
        parts={name: _score(chosen) for name, chosen in _parts(pairs)},
        intents=_found(
            (set(one.intents) for one in examples), ({i.name for i in each.intents} for each in readings)
        ),
        entities=_entities_found(pairs),
        calibration=_curve(pairs),
        latency_ms={f"p{share}": float(np.percentile(taken, share)) for share in (50, 95)} if taken else {},
        out_of_scope=_out_of_scope(pairs),
        confusions=[(*names, count) for names, count in confusions(examples, readings).most_common(15)],
    )


Pair = tuple[Example, Reading]


def score(examples: Sequence[Example], readings: Sequence[Reading]) -> Score:
    """The figures of one part. Calibration error over ten equal bins of the confidence of each intent read."""
    return _score(list(zip(examples, readings, strict=True)))


def _score(pairs: Sequence[Pair]) -> Score:
    right, said, meant = _counts(
        (set(one.intents) for one, _ in pairs), ({i.name for i in reading.intents} for _, reading in pairs)
    )
    exact = sum({i.name for i in reading.intents} == set(one.intents) for one, reading in pairs)
    each = [2 * right[name] / (said[name] + meant[name]) for name in meant]
    curve = _curve(pairs)
    return Score(
        messages=len(pairs),
        micro_f1=2 * right.total() / max(1, said.total() + meant.total()),
        macro_f1=float(np.mean(each)) if each else 0.0,
        exact=exact / max(1, len(pairs)),
        calibration_error=sum(count * abs(sure - true) for sure, true, count in curve)
        / max(1, sum(count for *_, count in curve)),
        entity_f1=_f1(*_entity_counts(pairs)),
    )


def _f1(right: Counter[str], said: Counter[str], meant: Counter[str]) -> float | None:
    return 2 * right.total() / max(1, said.total() + meant.total()) if meant else None


def _parts(pairs: Sequence[Pair]) -> Iterable[tuple[str, list[Pair]]]:
    named: dict[str, list[Pair]] = {}
    for pair in pairs:
        example = pair[0]
        way = "noisy" if is_noisy(example) else "clean"
        names = ["all", example.language, f"{example.language} {way}"]
        names += [f"{example.language} several"] if len(example.intents) > 1 else []
        for name in [*names, *(f"#{tag}" for tag in example.tags if tag not in _WAYS)]:
            named.setdefault(name, []).append(pair)
    return sorted(named.items(), key=lambda part: (part[0] != "all", part[0].startswith("#"), part[0]))


_WAYS = frozenset({"clean", "several"})
_NOT_NOISE = frozenset({"clean", "several", "context", "oos", "fragment"})


def is_noisy(example: Example) -> bool:
    """Whether a message is tagged as typed in a way that is not clean."""
    return bool(set(example.tags) - _NOT_NOISE) and "clean" not in example.tags


def _counts(
    meant: Iterable[set[str]], said: Iterable[set[str]]
) -> tuple[Counter[str], Counter[str], Counter[str]]:
    right: Counter[str] = Counter()
    got: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for want, have in zip(meant, said, strict=True):
        right.update(want & have)
        got.update(have)
        wanted.update(want)
    return right, got, wanted


def _found(meant: Iterable[set[str]], said: Iterable[set[str]]) -> dict[str, Found]:
    return _table(*_counts(meant, said))


def _table(right: Counter[str], said: Counter[str], meant: Counter[str]) -> dict[str, Found]:
    return {
        name: Found(
            right[name] / max(1, said[name]),
            right[name] / max(1, meant[name]),
            2 * right[name] / max(1, said[name] + meant[name]),
            meant[name],
        )
        for name in sorted(meant | said)
    }


def _entities_found(pairs: Sequence[Pair]) -> dict[str, Found]:
    return _table(*_entity_counts(pairs))


def _entity_counts(pairs: Sequence[Pair]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    right: Counter[str] = Counter()
    said: Counter[str] = Counter()
    meant: Counter[str] = Counter()
    for example, reading in pairs:
        if example.entities is None:
            continue
        left = list(reading.entities)
        said.update(one.type for one in left)
        meant.update(one.type for one in example.entities)
        for want in example.entities:
            match = next((one for one in left if _same(want, one)), None)
            if match is not None:
                left.remove(match)
                right[want.type] += 1
    return right, said, meant


def _same(want: Marked, got: Entity) -> bool:
    if want.type != got.type:
        return False
    return (
        want.value == got.value if want.value is not None else compact(want.text or "") == compact(got.text)
    )


def _curve(pairs: Sequence[Pair]) -> list[tuple[float, float, int]]:
    told = [
        (intent.confidence, intent.name in example.intents)
        for example, reading in pairs
        for intent in reading.intents
    ]
    rows = []
    for at in range(_BINS):
        inside = [one for one in told if at / _BINS < one[0] <= (at + 1) / _BINS]
        if inside:
            sure, true = (float(np.mean([one[part] for one in inside])) for part in (0, 1))
            rows.append((sure, true, len(inside)))
    return rows


def _out_of_scope(pairs: Sequence[Pair]) -> dict[str, float]:
    outside = [reading for one, reading in pairs if _NO_SHOP in one.intents]
    inside = [reading for one, reading in pairs if _NO_SHOP not in one.intents]
    return {
        "recall": sum(one.has(_NO_SHOP) for one in outside) / max(1, len(outside)),
        "false_rate": sum(one.has(_NO_SHOP) for one in inside) / max(1, len(inside)),
    }


def confusions(examples: Sequence[Example], readings: Sequence[Reading]) -> Counter[tuple[str, str]]:
    """How often one intent was read for another, among messages with one intent."""
    return Counter(
        (example.intents[0], reading.intents[0].name if reading.intents else "-")
        for example, reading in zip(examples, readings, strict=True)
        if len(example.intents) == 1
        and (not reading.intents or reading.intents[0].name != example.intents[0])
    )


def table(found: Evaluation) -> str:
    """The figures of an evaluation as lines to print: parts, entities, weakest intents, confusions."""
    lines = [
        f"{'part':<16}{'messages':>9}{'micro-F1':>10}{'macro-F1':>10}{'exact':>8}{'ECE':>8}{'entities':>10}"
    ]
    for name, one in found.parts.items():
        named = f"{one.entity_f1:>10.3f}" if one.entity_f1 is not None else f"{'-':>10}"
        lines.append(
            f"{name:<16}{one.messages:>9}{one.micro_f1:>10.3f}{one.macro_f1:>10.3f}{one.exact:>8.3f}"
            f"{one.calibration_error:>8.3f}{named}"
        )
    lines += ["", f"{'intent':<26}{'precision':>10}{'recall':>8}{'F1':>7}{'meant':>7}", *_rows(found.intents)]
    if found.entities:
        lines += [
            "",
            f"{'entity':<26}{'precision':>10}{'recall':>8}{'F1':>7}{'meant':>7}",
            *_rows(found.entities),
        ]
    lines += ["", "confidence → right (readings)"]
    lines += [f"  {sure:.2f} → {true:.2f} ({count})" for sure, true, count in found.calibration]
    lines += ["", "confused"] if found.confusions else []
    lines += [f"  {count} x {meant} read as {got}" for meant, got, count in found.confusions]
    speed = " · ".join(f"{name} {value:.1f} ms" for name, value in found.latency_ms.items())
    outside = found.out_of_scope
    lines += [
        "",
        f"out of scope: recall {outside['recall']:.3f}, false rate {outside['false_rate']:.4f}",
        speed,
    ]
    return "\n".join(lines) + "\n"


def _rows(found: dict[str, Found]) -> list[str]:
    ordered = sorted(found.items(), key=lambda row: row[1].f1)
    return [
        f"{name:<26}{one.precision:>10.3f}{one.recall:>8.3f}{one.f1:>7.3f}{one.support:>7}"
        for name, one in ordered
    ]


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {name: _rounded(one) for name, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, list | tuple) else value
