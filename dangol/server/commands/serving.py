"""`dangol serve` and `dangol demo`: serve until told to stop, in one process or in several."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import socket
from collections.abc import Awaitable, Callable, Coroutine
from typing import TYPE_CHECKING, Any

import uvloop

from dangol.kernel.clock import SystemClock
from dangol.server import logs
from dangol.server.commands.console import CommandRefused, out, say
from dangol.server.commands.processes import OPEN, Post, Processes, each_opens_its_own_door
from dangol.server.doors import AddressTaken, bind
from dangol.server.postgres import DatabaseDown
from dangol.server.settings import Settings

# the house itself is loaded by whoever serves in it: the parent of several processes has no use for it
if TYPE_CHECKING:
    from dangol.server.wire import Premises


def run_server(settings: Settings) -> None:
    """Serve the shop of the data folder."""
    logs.configure(settings.log_format, settings.log_level)
    if settings.workers == 1:
        _run(_serve(settings))
        return
    # alone first: an address that others may join would be shared with any other server of ours, too
    with _door(settings.model_copy(update={"workers": 1})) as door:
        settings = settings.model_copy(update={"port": door.getsockname()[1]})
    with _door(settings) as door:
        Processes(settings, door, _work, lambda: _announce(settings)).run(settings.workers)


def _work(settings: Settings, post: Post) -> None:
    """One of several processes: in a group of its own, so that Ctrl-C reaches the parent alone."""
    os.setpgid(0, 0)
    logs.configure(settings.log_format, settings.log_level)
    try:
        _run(_serve_among(settings, post))
    except (CommandRefused, DatabaseDown) as no:
        post.line.send_bytes(str(no).encode())


async def _serve_among(settings: Settings, post: Post) -> None:
    from dangol.server.wire import open_premises

    with post.door or _door(settings) as door:
        async with open_premises(settings, behind_the_counter=post.number == 0) as premises:
            _leave_in_peace_what_stays()
            await _until_stopped(
                premises, settings, door, lambda: post.line.send_bytes(OPEN), post.line.fileno()
            )


def run_demo(settings: Settings) -> None:
    """Serve the demo shop, after laying it out where it is not there yet."""
    logs.configure(settings.log_format, "warning" if settings.log_level == "info" else settings.log_level)
    _run(_serve(settings, before=_lay_out_demo_shop))


def _run(work: Coroutine[Any, Any, None]) -> None:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work)


async def _serve(settings: Settings, *, before: Callable[[Settings], Awaitable[None]] | None = None) -> None:
    from dangol.server.wire import open_premises

    with _door(settings) as door:
        settings = settings.model_copy(update={"port": door.getsockname()[1]})
        if before is not None:
            await before(settings)
        async with open_premises(settings) as premises:
            _leave_in_peace_what_stays()
            await _until_stopped(premises, settings, door, lambda: _announce(settings))


def _leave_in_peace_what_stays() -> None:
    """Indexes, tables and the shop's names stay as long as the process: no collection need look at them again.

    Without this a turn pays for walks over some million objects (measured: a quarter of its CPU).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def _door(settings: Settings) -> socket.socket:
    try:
        return bind(settings.host, settings.port, shared=settings.workers > 1 and each_opens_its_own_door())
    except AddressTaken as no:
        raise CommandRefused(
            say(
                f"주소를 쓸 수 없어요 ({no}). --port로 다른 포트를 골라 주세요.",
                f"the address cannot be used ({no}); choose another with --port",
            )
        ) from no


async def _until_stopped(
    premises: Premises,
    settings: Settings,
    door: socket.socket,
    on_open: Callable[[], None],
    line: int | None = None,
) -> None:
    """Serve until a signal, or until the line to the parent process ends."""
    from dangol.server.serving import Server

    server = Server(premises.app, settings, on_open)
    loop = asyncio.get_running_loop()

    def stop() -> None:
        if server.should_exit:
            server.force_exit = True
        server.should_exit = True
        premises.live.let_go()  # streams never end by themselves

    for wanted in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(wanted, stop)
    if line is not None:

        def parent_is_gone() -> None:
            loop.remove_reader(line)
            stop()

        loop.add_reader(line, parent_is_gone)
    await server.serve(sockets=[door])


def _announce(settings: Settings) -> None:
    out.print(say("열었어요: ", "open: ") + settings.base_url, highlight=False)


async def _lay_out_demo_shop(settings: Settings) -> None:
    """Write the demo shop and take it over with the ordinary importers; done again when it was cut off."""
    # the demo shop's own writing and the importers: nothing that a warm start needs
    from dangol.server.commands import demo, people

    if not demo.is_laid_out(settings):
        await demo.lay_out(settings, SystemClock().now())
    await people.show_sample_staff(settings)
