"""`dangol serve --workers N`: several server processes behind one address, kept up until they are told to stop.

Each is a whole server on the same PostgreSQL; the first alone has the durable work as well. A process that dies is
started again. A line to every process tells it, by its end, that the parent stops or is gone: nothing is left running.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

import structlog

from dangol.server.commands.console import CommandRefused, say
from dangol.server.settings import Settings

log = structlog.get_logger(__name__)

# where it can be, the house is loaded once, in a process from which all others are forked: four open with 15 s of processor
# time instead of 37, and one that died is back sooner
_CONTEXT = get_context("forkserver") if sys.platform == "linux" else get_context("spawn")
_HOUSE = ["dangol.server.serving", "dangol.server.wire", "dangol.server.workers.durable"]
_AGAIN = 1.0  # seconds before a process that died is started again
_PATIENCE = 40.0  # seconds the processes get to end by themselves

OPEN = b"open"
Work = Callable[[Settings, "Post"], None]


@dataclass(frozen=True)
class Post:
    """What one process is told: its number from 0, the line to its parent, and a door where it cannot open its own."""

    number: int
    line: Connection
    door: socket.socket | None


@dataclass
class _Process:
    number: int
    process: BaseProcess
    line: Connection
    opened: bool = False


def each_opens_its_own_door() -> bool:
    """Whether the system shares new connections evenly among processes that listen on one address."""
    return sys.platform == "linux"


class Processes:
    """The server processes of one address."""

    def __init__(
        self, settings: Settings, door: socket.socket, work: Work, on_open: Callable[[], None]
    ) -> None:
        self._settings = settings
        self._door = None if each_opens_its_own_door() else door
        self._work = work
        self._on_open = on_open
        self._processes: list[_Process] = []
        self._announced = False

    def run(self, count: int) -> None:
        """Keep so many processes up until SIGINT or SIGTERM. Raises CommandRefused when one cannot open at all."""
        told, tell = os.pipe()
        before = {
            wanted: signal.signal(wanted, lambda *_: os.write(tell, b"x") and None)
            for wanted in (signal.SIGINT, signal.SIGTERM)
        }
        _CONTEXT.set_forkserver_preload(_HOUSE)
        try:
            self._processes = [self._start(number) for number in range(count)]
            self._watch(told)
        finally:
            self._stop()
            for wanted, handler in before.items():
                signal.signal(wanted, handler)
            os.close(told)
            os.close(tell)

    def _start(self, number: int) -> _Process:
        ours, theirs = _CONTEXT.Pipe()
        process = _CONTEXT.Process(
            target=self._work,
            args=(self._settings, Post(number, theirs, self._door)),
            name=f"dangol-{number}",
        )
        process.start()
        theirs.close()
        return _Process(number, process, ours)

    def _watch(self, told: int) -> None:
        while True:
            lines: dict[object, _Process] = {one.line: one for one in self._processes}
            ready = connection.wait([told, *(one.line for one in self._processes)])
            if told in ready:
                return
            for line in ready:
                self._hear(lines[line])

    def _hear(self, one: _Process) -> None:
        try:
            said = one.line.recv_bytes()
        except (EOFError, OSError):
            self._replace(one)
            return
        if said != OPEN:
            raise CommandRefused(said.decode())
        one.opened = True
        if not self._announced and all(each.opened for each in self._processes):
            self._announced = True
            self._on_open()

    def _replace(self, one: _Process) -> None:
        one.line.close()
        one.process.join()
        if not one.opened and not self._announced:
            raise CommandRefused(
                say("서버 프로세스가 열리지 못했어요.", "a server process ended before it could open.")
            )
        log.warning("server_process_died", number=one.number, exit_code=one.process.exitcode)
        time.sleep(_AGAIN)
        self._processes[self._processes.index(one)] = self._start(one.number)

    def _stop(self) -> None:
        for one in self._processes:
            one.line.close()
        end = time.monotonic() + _PATIENCE
        for one in self._processes:
            one.process.join(max(0.1, end - time.monotonic()))
            if one.process.is_alive():
                one.process.kill()
                one.process.join()
