"""`dangol model …`: the language model, where one is used."""

from __future__ import annotations

import asyncio
from typing import Annotated, Literal

import typer

from dangol.server.cli.options import Data, settings_with

app = typer.Typer(help="The language model, where one is used.", no_args_is_help=True)


@app.command("blocks")
def list_blocks(
    most: Annotated[int, typer.Option("--most", help="How many to show, newest first.", min=1)] = 50,
    data: Data = None,
) -> None:
    """Show what the truth check held back: when, in which conversation, what was said and why it was not sent."""
    from dangol.server.commands.audit import show_blocks

    asyncio.run(show_blocks(settings_with(data=data), most))


@app.command("costs")
def list_costs(
    days: Annotated[int, typer.Option("--days", help="How many days back.", min=1)] = 7, data: Data = None
) -> None:
    """Show what language models used and cost: by day, by conversation and by conversation that ended without a person."""
    from dangol.server.commands.audit import show_costs

    asyncio.run(show_costs(settings_with(data=data), days))


@app.command("stage")
def set_stage(
    stage: Annotated[
        Literal["faq", "understanding", "answers", "first", "full"] | None,
        typer.Argument(metavar="STAGE", help="The most any shopper gets; without it the stages are shown."),
    ] = None,
    data: Data = None,
) -> None:
    """Show how far the assistant goes, or hold everybody at a stage at once (`full` takes the hold away)."""
    from dangol.server.commands.audit import hold_stage

    asyncio.run(hold_stage(settings_with(data=data), stage))


@app.command("test")
def try_model(data: Data = None) -> None:
    """Try the language model: chat, tools, streaming, JSON, with the seconds, tokens and money each took."""
    from dangol.server.commands.models import try_models

    if not asyncio.run(try_models(settings_with(data=data))):
        raise typer.Exit(1)
