"""`dangol export …` and `dangol erase …`: what is stored of one person, handed over or erased."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from dangol.server.cli.options import Data, settings_with

export = typer.Typer(help="Hand over what is stored.", no_args_is_help=True)
erase = typer.Typer(help="Erase what is stored.", no_args_is_help=True)
Who = Annotated[str, typer.Argument(metavar="CUSTOMER", help="E-mail, or the id of the shop's own system.")]


@export.callback()
def _export() -> None:
    """Hand over what is stored."""


@erase.callback()
def _erase() -> None:
    """Erase what is stored."""


@export.command("customer")
def export_customer(
    who: Who,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Where to write it (default: stdout).")
    ] = None,
    data: Data = None,
) -> None:
    """Write everything stored of one customer as JSON: account, orders, payments, returns, what was said."""
    from dangol.server.commands.privacy import export_person

    asyncio.run(export_person(settings_with(data=data), who, out))


@erase.command("customer")
def erase_customer(
    who: Who,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
    data: Data = None,
) -> None:
    """Erase one customer for good: account, words, files; orders and payments stay for the years the law says."""
    from dangol.server.commands.privacy import erase_person

    asyncio.run(erase_person(settings_with(data=data), who, sure=yes))
