"""`dangol report …`: how the shop was served."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from dangol.server.cli.options import Data, settings_with

app = typer.Typer(help="How the shop was served, and who is likely to leave.", no_args_is_help=True)


@app.callback()
def report() -> None:
    """How the shop was served, and who is likely to leave."""


@app.command("churn")
def report_churn(
    now: Annotated[bool, typer.Option("--now", help="Reckon first, not only at night.")] = False,
    data: Data = None,
) -> None:
    """Show who is likely to leave, by segment, and how well that can be told: AUC on a later time, beside baselines."""
    from dangol.server.commands.churn import show_churn

    asyncio.run(show_churn(settings_with(data=data), now))


@app.command("availability")
def report_availability(
    days: Annotated[int, typer.Option("--days", help="How many days back.", min=1, max=400)] = 14,
    data: Data = None,
) -> None:
    """Show day by day when the assistant was there, what share of messages it answered, at night too, and how fast."""
    from dangol.server.commands.availability import show_availability

    asyncio.run(show_availability(settings_with(data=data), days))
