"""`dangol staff …`: the accounts of whoever answers at the desk."""

from __future__ import annotations

import asyncio
from typing import Annotated, Literal

import typer

from dangol.server.cli.options import Data, settings_with

app = typer.Typer(help="People who answer at the desk.", no_args_is_help=True)
Email = Annotated[str, typer.Argument(metavar="EMAIL")]


@app.command("add")
def add_staff(
    email: Email,
    name: Annotated[str, typer.Option("--name", help="Name shoppers see.")],
    role: Annotated[
        Literal["owner", "manager", "agent", "editor"], typer.Option("--role", help="What they may do.")
    ] = "agent",
    languages: Annotated[
        str, typer.Option("--languages", help="Languages they answer in, separated by commas.")
    ] = "",
    data: Data = None,
) -> None:
    """Make an account for somebody of staff; the password is asked for, or read from stdin."""
    from dangol.server.commands.people import add

    asyncio.run(add(settings_with(data=data), email, name, role, _split(languages)))


def _split(written: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in written.split(",") if part.strip())


@app.command("list")
def list_staff(data: Data = None) -> None:
    """List the accounts of staff."""
    from dangol.server.commands.people import show_all

    asyncio.run(show_all(settings_with(data=data)))


@app.command("disable")
def disable_staff(email: Email, data: Data = None) -> None:
    """Switch an account off; its sessions end."""
    from dangol.server.commands.people import disable

    asyncio.run(disable(settings_with(data=data), email))


@app.command("reset")
def reset_staff(email: Email, data: Data = None) -> None:
    """Give somebody a new password; their sessions end and their second factor is off."""
    from dangol.server.commands.people import reset

    asyncio.run(reset(settings_with(data=data), email))
