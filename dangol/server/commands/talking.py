"""`dangol chat`: the assistant at a terminal."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from rich.console import Console

from dangol.assistant.counter import Message
from dangol.kernel.blocks import Block
from dangol.kernel.ids import new_id
from dangol.server import logs
from dangol.server.commands.console import out
from dangol.server.commands.plain import choices, lines
from dangol.server.doors import bind
from dangol.server.serving import serving
from dangol.server.settings import Settings
from dangol.server.wire import Premises, open_premises


async def chat_in_terminal(settings: Settings, language: str | None) -> None:
    """Talk until the line ends (Ctrl-D) or `/quit`; pay pages are served on a port of this machine meanwhile."""
    logs.configure(settings.log_format, "error")
    with bind("127.0.0.1", 0) as door:
        settings = settings.model_copy(
            update={"host": "127.0.0.1", "port": door.getsockname()[1], "public_url": None}
        )
        async with open_premises(settings) as premises, serving(premises.app, settings, door):
            await _talk(premises, language)


async def _talk(premises: Premises, language: str | None) -> None:
    async with premises.open_connection() as conn:
        opened = await premises.counter.open(conn, channel="terminal", language=language)
    offered = show(opened.blocks, out)
    while True:
        line = await asyncio.to_thread(_read)
        if line is None or line == "/quit":
            return
        chosen = offered.get(line)
        message = Message(id=new_id("m"), text="" if chosen else line, choice=chosen)
        reply = await premises.counter.hear(premises.open_connection, opened.conversation_id, message)
        offered = show(reply.blocks, out)


def _read() -> str | None:
    try:
        return input("\n> ").strip()
    except EOFError:
        return None


def show(blocks: Sequence[Block], console: Console) -> dict[str, str]:
    """Print blocks; returns the choice ids by the numbers to type for them."""
    offered = choices(blocks)
    for block in blocks:
        for line in lines(block):
            console.print(line, markup=False, highlight=False)
    for number, option in offered.items():
        console.print(f"  [{number}] {option.label}", markup=False, highlight=False)
    return {number: option.id for number, option in offered.items()}
