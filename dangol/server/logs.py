"""What the server writes down of its work: events with figures; never secrets, never what a shopper wrote."""

from __future__ import annotations

import logging
import sys
import time
import traceback
from pathlib import Path
from typing import Any

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dangol.server.metrics import REQUESTS, SECONDS

log = structlog.get_logger("dangol.http")
_FRAMES_LOGGED = 6
_QUIET = {"/healthz", "/readyz", "/metrics"}


def configure(log_format: str, level: str) -> None:
    """Send every log line, those of libraries too, through structlog to stderr."""
    as_json = log_format == "json" or (log_format == "auto" and not sys.stderr.isatty())
    shared: list[Any] = [
        _without_words,
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer = (
        structlog.processors.JSONRenderer(ensure_ascii=False) if as_json else structlog.dev.ConsoleRenderer()
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    logging.raiseExceptions = False  # a line that cannot be written must not print what it was about
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)  # what libraries say of themselves is not ours to keep
    logging.getLogger("dangol").setLevel(level.upper())
    for name in ("uvicorn", "uvicorn.error"):
        logging.getLogger(name).handlers = []
        logging.getLogger(name).propagate = True


def _without_words(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """An exception as its kind and the places it passed: its words may be a shopper's."""
    trouble = event.pop("exc_info", None)
    if trouble is True:
        trouble = sys.exc_info()
    if isinstance(trouble, tuple):
        trouble = trouble[1]
    if isinstance(trouble, BaseException):
        event.update(error_of(trouble))
    return event


def error_of(trouble: BaseException) -> dict[str, str]:
    """What may be logged of an exception."""
    frames = traceback.extract_tb(trouble.__traceback__)[-_FRAMES_LOGGED:]
    where = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    return {"error": type(trouble).__name__, "where": where}


class RequestLog:
    """One line and one measurement a request: method, route, status, time. No query, no body, no address."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        status = 500

        async def seen(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, seen)
        finally:
            spent = time.perf_counter() - started
            route = str(getattr(scope.get("route"), "path", "other"))
            REQUESTS.labels(scope["method"], route, str(status)).inc()
            if not route.endswith("/events"):
                SECONDS.labels(scope["method"], route).observe(spent)
            if route not in _QUIET:
                log.debug(
                    "request", method=scope["method"], route=route, status=status, ms=round(spent * 1000, 1)
                )
