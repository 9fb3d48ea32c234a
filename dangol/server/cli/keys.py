"""`dangol keys …`: the keys under which notes, files and second factors are sealed."""

from __future__ import annotations

import asyncio

import typer

from dangol.server.cli.options import Data, settings_with

app = typer.Typer(help="Keys that seal what is most personal.", no_args_is_help=True)


@app.command("list")
def list_keys(data: Data = None) -> None:
    """Show the data keys by name, which one seals, and where they lie; never the keys."""
    from dangol.server.commands.keys import show_keys

    asyncio.run(show_keys(settings_with(data=data)))


@app.command("rotate")
def rotate_keys(data: Data = None) -> None:
    """Make a new data key, in running servers too, and seal everything under it; the older keys stay for backups."""
    from dangol.server.commands.keys import rotate

    asyncio.run(rotate(settings_with(data=data)))


@app.command("drop")
def drop_old_keys(data: Data = None) -> None:
    """Forget the older data keys, once nothing is sealed under them."""
    from dangol.server.commands.keys import drop

    asyncio.run(drop(settings_with(data=data)))
