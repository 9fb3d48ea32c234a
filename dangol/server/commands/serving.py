"""`dangol serve` and `dangol demo`: one process that serves until it is told to stop."""

from __future__ import annotations

import asyncio
import gc
import signal
import socket
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import uvloop

from dangol.kernel.clock import SystemClock
from dangol.server import logs
from dangol.server.commands.console import CommandRefused, out, say
from dangol.server.serving import AddressTaken, Server, bind
from dangol.server.settings import Settings
from dangol.server.wire import Premises, open_premises


def run_server(settings: Settings) -> None:
    """Serve the shop of the data folder."""
    logs.configure(settings.log_format, settings.log_level)
    _run(_serve(settings))


def run_demo(settings: Settings) -> None:
    """Serve the demo shop, after laying it out where it is not there yet."""
    logs.configure(settings.log_format, "warning" if settings.log_level == "info" else settings.log_level)
    _run(_serve(settings, before=_lay_out_demo_shop))


def _run(work: Coroutine[Any, Any, None]) -> None:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work)


async def _serve(settings: Settings, *, before: Callable[[Settings], Awaitable[None]] | None = None) -> None:
    with _door(settings) as door:
        settings = settings.model_copy(update={"port": door.getsockname()[1]})
        if before is not None:
            await before(settings)
        async with open_premises(settings) as premises:
            _leave_in_peace_what_stays()
            await _until_stopped(premises, settings, door)


def _leave_in_peace_what_stays() -> None:
    """Indexes, tables and the shop's names stay as long as the process: no collection need look at them again.

    Without this a turn pays for walks over some million objects (measured: a quarter of its CPU).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def _door(settings: Settings) -> socket.socket:
    try:
        return bind(settings.host, settings.port)
    except AddressTaken as no:
        raise CommandRefused(
            say(
                f"주소를 쓸 수 없어요 ({no}). --port로 다른 포트를 골라 주세요.",
                f"the address cannot be used ({no}); choose another with --port",
            )
        ) from no


async def _until_stopped(premises: Premises, settings: Settings, door: socket.socket) -> None:
    server = Server(premises.app, settings, lambda: _announce(settings))
    loop = asyncio.get_running_loop()

    def stop() -> None:
        if server.should_exit:
            server.force_exit = True
        server.should_exit = True
        premises.live.let_go()  # streams never end by themselves

    for wanted in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(wanted, stop)
    await server.serve(sockets=[door])


def _announce(settings: Settings) -> None:
    out.print(say("열었어요: ", "open: ") + settings.base_url, highlight=False)


async def _lay_out_demo_shop(settings: Settings) -> None:
    """Write the demo shop and take it over with the ordinary importers; done again when it was cut off."""
    # the demo shop's own writing and the importers: nothing that a warm start needs
    from dangol.server.commands import demo

    if not demo.is_laid_out(settings):
        await demo.lay_out(settings, SystemClock().now())
