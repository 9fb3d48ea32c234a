"""`dangol understand` and `dangol evaluate understanding`: how lines are read, and how well."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dangol.kernel.clock import SystemClock
from dangol.server import logs
from dangol.server.commands.console import CommandRefused, err, say
from dangol.server.settings import OWN_EXAMPLES, Settings

if TYPE_CHECKING:
    from dangol.assistant.understanding.corpus import Example


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
