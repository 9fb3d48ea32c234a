"""The headers every answer carries, so that a browser refuses what the shop never meant to serve."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_PAGE = (
    "default-src 'self'; img-src 'self' data: https:; style-src 'self' 'unsafe-inline'; script-src 'self'; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
_DESK = _PAGE.replace("frame-ancestors 'self'", "frame-ancestors 'none'")
_PICTURE = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_YEAR = 31_536_000


class SecurityHeaders:
    """Adds them; what a route has set itself stands."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self.app = app
        self.https = https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path: str = scope["path"]

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _ALWAYS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", _policy(path))
                if path.startswith("/api/"):
                    headers.setdefault("Cache-Control", "no-store")
                if path == "/widget.js" or path.startswith("/media/"):
                    headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin")
                if self.https:
                    headers.setdefault("Strict-Transport-Security", f"max-age={_YEAR}")
            await send(message)

        await self.app(scope, receive, dressed)


def _policy(path: str) -> str:
    """What a page may load and run; the console stands in no frame, not even in one of the shop's own."""
    if path.startswith("/media/"):
        return _PICTURE
    return _DESK if path.startswith("/console") else _PAGE
