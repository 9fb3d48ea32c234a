"""`dangol understand`: how lines are read, as JSON."""

from __future__ import annotations

import io
import sys

from dangol.kernel.clock import SystemClock
from dangol.server import logs
from dangol.server.settings import Settings


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
