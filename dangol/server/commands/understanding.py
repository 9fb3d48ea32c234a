"""`dangol understand`, `dangol train` and `dangol evaluate understanding`: how lines are read, learnt and measured."""

from __future__ import annotations

import io
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from dangol.kernel.clock import SystemClock
from dangol.server import logs
from dangol.server.commands.console import CommandRefused, err, say
from dangol.server.settings import OWN_EXAMPLES, Settings

if TYPE_CHECKING:
    from dangol.assistant.understanding.corpus import Example
    from dangol.assistant.understanding.evaluation import Evaluation


def understand_stdin(settings: Settings, language: str | None) -> None:
    """A JSON object on stdout for each line on stdin."""
    # numpy and the model: a second that `dangol --help` must not pay
    from dangol.assistant.understanding.understanding import understand_lines

    logs.configure(settings.log_format, "warning")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    for line in understand_lines(sys.stdin, language, SystemClock().now().date()):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def evaluate_understanding(settings: Settings, file: Path, language: str | None, as_json: bool) -> None:
    """Read the messages of a file of JSON lines and print how well; bad lines are named on stderr and left out.

    Raises CommandRefused where no line can be read.
    """
    from dangol.assistant.understanding.evaluation import evaluate, table
    from dangol.assistant.understanding.understanding import Understanding

    examples = _messages(file, language)
    reader = Understanding.load(own=settings.data / OWN_EXAMPLES)
    found = evaluate(examples, reader, SystemClock().now().date())
    sys.stdout.write(json.dumps(found.as_json(), ensure_ascii=False) + "\n" if as_json else table(found))


def train_understanding(settings: Settings, own: Path | None) -> None:
    """Train on the corpus and the shop's own examples, store the model, and print before and after on the development
    part. Raises CommandRefused where an example cannot be read or there are too few."""
    from dangol.assistant.understanding import training
    from dangol.assistant.understanding.corpus import development_examples, training_examples
    from dangol.assistant.understanding.evaluation import evaluate
    from dangol.assistant.understanding.lexicon import ShopLexicon
    from dangol.assistant.understanding.model import TRAINED
    from dangol.assistant.understanding.understanding import Understanding

    if own is not None and not own.is_dir():
        raise CommandRefused(say(f"{own} 폴더가 없어요.", f"There is no folder {own}."))
    folder = settings.data / OWN_EXAMPLES
    examples = _examples(own or folder)
    today, started = SystemClock().now().date(), time.perf_counter()
    apart = development_examples()
    before = evaluate(apart, Understanding.load(own=folder), today)
    model, card = training.train(examples)
    mine = len(examples) > len(training_examples())
    place = folder / TRAINED.name if mine else TRAINED
    model.save(place, card)
    after = evaluate(apart, Understanding(model, ShopLexicon()), today)
    err.print(
        say(
            f"예문 {len(examples):,}개를 {time.perf_counter() - started:.0f}초에 익혀 {place}에 두었어요.",
            f"{len(examples):,} examples learnt in {time.perf_counter() - started:.0f} s, stored in {place}.",
        )
    )
    sys.stdout.write(_changes(before, after))


def _examples(own: Path) -> list[Example]:
    from dangol.assistant.understanding.corpus import UnreadableExample, all_examples

    try:
        return all_examples(own)
    except (UnreadableExample, UnicodeDecodeError) as wrong:
        raise CommandRefused(
            say(f"읽을 수 없는 예문이 있어요. {wrong}", f"An example cannot be read. {wrong}")
        ) from None


def _messages(file: Path, language: str | None) -> list[Example]:
    from dangol.assistant.understanding.corpus import UnreadableExample, from_json

    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as wrong:
        raise CommandRefused(
            say(f"{file} 파일을 읽을 수 없어요. {wrong}", f"{file} cannot be read. {wrong}")
        ) from None
    found = []
    for number, line in enumerate(lines, 1):
        try:
            found += [from_json(line, language, f"{file.name}:{number}")] if line.strip() else []
        except UnreadableExample as wrong:
            err.print(str(wrong), markup=False, highlight=False)
    if not found:
        raise CommandRefused(
            say(
                '읽을 수 있는 줄이 없어요. 한 줄에 {"text": …, "intents": […]} 하나씩 적어 주세요.',
                'No line can be read. Each is one {"text": …, "intents": […]}.',
            )
        )
    return found


def _changes(before: Evaluation, after: Evaluation) -> str:
    rows = [f"{'part':<14}{'messages':>9}{'macro-F1':>19}{'exact':>19}{'ECE':>19}"]
    for name, new in after.parts.items():
        old = before.parts[name]
        pairs = (
            (old.macro_f1, new.macro_f1),
            (old.exact, new.exact),
            (old.calibration_error, new.calibration_error),
        )
        rows.append(
            f"{name:<14}{new.messages:>9}" + "".join(f"{f'{was:.3f} → {now:.3f}':>19}" for was, now in pairs)
        )
    worse = sorted(
        (one.f1 - after.intents[name].f1, name)
        for name, one in before.intents.items()
        if name in after.intents and after.intents[name].f1 < one.f1 - 0.02
    )
    rows += [f"  {name}: F1 -{loss:.3f}" for loss, name in reversed(worse)]
    return "\n".join(rows) + "\n"
