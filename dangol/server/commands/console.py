"""How commands speak: results on stdout, progress and refusals on stderr, Korean or English by the terminal."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from dangol.kernel.errors import Refused

out = Console()
err = Console(stderr=True)

Step = Callable[[int, int | None], None]


class CommandRefused(Refused):
    """A command was refused; `detail` says why in a person's words."""

    code = "command_refused"

    def __init__(self, detail: str) -> None:
        super().__init__()
        self.detail = detail

    def __str__(self) -> str:
        return self.detail


def language() -> str:
    """The language of the terminal: Korean where the locale is, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "ko" if os.environ[name].lower().startswith("ko") else "en"
    return "en"


def say(korean: str, english: str) -> str:
    """One of the two."""
    return korean if language() == "ko" else english


@contextmanager
def progress(title: str) -> Iterator[Step]:
    """A progress bar on stderr; silent where stderr is no terminal."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task(title, total=None)

        def step(done: int, total: int | None) -> None:
            bar.update(task, completed=done, total=total)

        yield step
