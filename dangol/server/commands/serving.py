"""`dangol serve` and `dangol demo`: one process that serves until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator

import uvicorn

from dangol.kernel.clock import SystemClock
from dangol.server import logs
from dangol.server.commands.console import CommandRefused, out, say
from dangol.server.settings import Settings
from dangol.server.wire import Premises, open_premises

_LAST_ANSWERS = 3  # seconds that open requests get to end after a stop


class _Server(uvicorn.Server):
    """uvicorn, with its signals left to us: a signal it raises anew would cut off our own closing."""

    def __init__(self, config: uvicorn.Config, url: str) -> None:
        super().__init__(config)
        self._url = url

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, and say where."""
        await super().startup(sockets)
        if self.started:
            out.print(say("열었어요: ", "open: ") + self._url, highlight=False)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing."""
        yield


def run_server(settings: Settings) -> None:
    """Serve the shop of the data folder."""
    logs.configure(settings.log_format, settings.log_level)
    asyncio.run(_serve(settings))


def run_demo(settings: Settings) -> None:
    """Serve the demo shop, after laying it out where it is not there yet."""
    logs.configure(settings.log_format, "warning" if settings.log_level == "info" else settings.log_level)
    asyncio.run(_serve(settings, before=_lay_out_demo_shop, demo=True))


async def _serve(
    settings: Settings, *, before: Callable[[Settings], Awaitable[None]] | None = None, demo: bool = False
) -> None:
    with _bound(settings) as door:
        settings = settings.model_copy(update={"port": door.getsockname()[1]})
        if before is not None:
            await before(settings)
        async with open_premises(settings, demo=demo) as premises:
            await _until_stopped(premises, settings, door)


def _bound(settings: Settings) -> socket.socket:
    """The address, taken before anything slow begins. Raises CommandRefused when somebody else has it."""
    try:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        door = socket.socket(family)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((settings.host, settings.port))
    except OSError as no:
        where = f"{settings.host}:{settings.port}"
        raise CommandRefused(
            say(
                f"{where}을(를) 쓸 수 없어요 ({no.strerror}). --port로 다른 포트를 골라 주세요.",
                f"{where} cannot be used ({no.strerror}); choose another with --port",
            )
        ) from no
    return door


async def _until_stopped(premises: Premises, settings: Settings, door: socket.socket) -> None:
    config = uvicorn.Config(
        premises.app,
        log_config=None,
        access_log=False,
        lifespan="off",
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        timeout_graceful_shutdown=_LAST_ANSWERS,
        server_header=False,
    )
    server = _Server(config, settings.base_url)
    loop = asyncio.get_running_loop()

    def stop() -> None:
        if server.should_exit:
            server.force_exit = True
        server.should_exit = True
        premises.live.let_go()  # streams never end by themselves

    for wanted in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(wanted, stop)
    await server.serve(sockets=[door])


async def _lay_out_demo_shop(settings: Settings) -> None:
    """Write the demo shop and take it over with the ordinary importers; done again when it was cut off."""
    from dangol.server.commands import demo

    await demo.lay_out(settings, SystemClock().now())
