"""What the commands have in common: the data folder, reports, and the settings they make."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from dangol.server.commands.console import CommandRefused, say

Data = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help="Data folder (default ./dangol-data, or DANGOL_DATA)."),
]
Report = Annotated[
    Path | None, typer.Option("--report", metavar="FILE", help="Write every refused row as JSON.")
]
File = Annotated[Path, typer.Argument(metavar="FILE")]


def settings_with(**flags: Any) -> Any:
    """The settings of the environment and `.env`, flags first. Raises CommandRefused naming what is wrong."""
    from pydantic import ValidationError

    from dangol.server.settings import Settings

    try:
        return Settings(**{name: value for name, value in flags.items() if value is not None})
    except ValidationError as no:
        wrong = "; ".join(f"DANGOL_{str(e['loc'][0]).upper()}: {e['msg']}" for e in no.errors() if e["loc"])
        raise CommandRefused(say(f"설정이 잘못됐어요: {wrong}", f"wrong settings: {wrong}")) from no
