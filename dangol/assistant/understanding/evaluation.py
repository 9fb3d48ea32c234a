"""How well messages are read: F1 by language, exact sets, calibration, and the pairs most often confused."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

import numpy as np

from dangol.assistant.understanding.corpus import Example
from dangol.assistant.understanding.reading import Context, Reading
from dangol.assistant.understanding.understanding import Understanding


@dataclass(frozen=True, slots=True)
class Score:
    """Figures of one part: micro and macro F1 of intents, share of exactly right sets, expected calibration error."""

    messages: int
    micro_f1: float
    macro_f1: float
    exact: float
    calibration_error: float


def read_all(examples: list[Example], understanding: Understanding, today: date) -> list[Reading]:
    """Every example read by itself, as the first message of a conversation in its language."""
    return [understanding.read(one.text, Context(language=one.language, today=today)) for one in examples]


def score(examples: list[Example], readings: list[Reading]) -> Score:
    """The figures of one part. Calibration error over ten equal bins of the first intent's confidence."""
    right: Counter[str] = Counter()
    said: Counter[str] = Counter()
    meant: Counter[str] = Counter()
    exact = 0
    for example, reading in zip(examples, readings, strict=True):
        got, want = {intent.name for intent in reading.intents}, set(example.intents)
        right.update(got & want)
        said.update(got)
        meant.update(want)
        exact += got == want
    each = [2 * right[name] / (said[name] + meant[name]) for name in meant]
    micro = 2 * right.total() / max(1, said.total() + meant.total())
    return Score(
        len(examples), micro, float(np.mean(each)), exact / len(examples), _calibration(examples, readings)
    )


def _calibration(examples: list[Example], readings: list[Reading]) -> float:
    pairs = [
        (intent.confidence, intent.name in example.intents)
        for example, reading in zip(examples, readings, strict=True)
        for intent in reading.intents
    ]
    error = 0.0
    for low in np.arange(0, 1, 0.1):
        inside = [pair for pair in pairs if low < pair[0] <= low + 0.1]
        if inside:
            sure, true = (float(np.mean([pair[at] for pair in inside])) for at in (0, 1))
            error += len(inside) / len(pairs) * abs(sure - true)
    return error


def confusions(examples: list[Example], readings: list[Reading]) -> Counter[tuple[str, str]]:
    """How often one intent was read for another, among messages with one intent."""
    return Counter(
        (example.intents[0], reading.intents[0].name if reading.intents else "-")
        for example, reading in zip(examples, readings, strict=True)
        if len(example.intents) == 1
        and (not reading.intents or reading.intents[0].name != example.intents[0])
    )


def table(examples: list[Example], today: date) -> str:
    """The figures as a table, a line for each language and for messages with several intents."""
    understanding = Understanding.load()
    readings = read_all(examples, understanding, today)
    lines = [f"{'part':<14}{'messages':>9}{'micro-F1':>10}{'macro-F1':>10}{'exact':>8}{'ECE':>8}"]
    parts = {one: [e.language == one for e in examples] for one in ("ko", "en")}
    parts |= {
        f"{one} several": [e.language == one and len(e.intents) > 1 for e in examples] for one in ("ko", "en")
    }
    for name, chosen in parts.items():
        inside = [
            pair for pair, keep in zip(zip(examples, readings, strict=True), chosen, strict=True) if keep
        ]
        if inside:
            one = score([pair[0] for pair in inside], [pair[1] for pair in inside])
            lines.append(
                f"{name:<14}{one.messages:>9}{one.micro_f1:>10.3f}{one.macro_f1:>10.3f}{one.exact:>8.3f}{one.calibration_error:>8.3f}"
            )
    worst = confusions(examples, readings).most_common(8)
    lines += [f"  {count} x {meant} read as {got}" for (meant, got), count in worst]
    return "\n".join(lines) + "\n"
