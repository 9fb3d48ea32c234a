"""Who of staff is at the door: the cookie of a session, the console's own token, and what the role may do."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import Response

from dangol.assistant.counter import Counter
from dangol.helpdesk import api as helpdesk
from dangol.helpdesk.api import Staff
from dangol.kernel.clock import Clock
from dangol.kernel.ids import signed_key
from dangol.kernel.shop import Shop
from dangol.kernel.tools import Toolbox
from dangol.server.database import Connection
from dangol.server.live import Live
from dangol.server.settings import Settings

COOKIE = "dangol_staff"
PREFIX = "/api/staff"
_SAFE = frozenset({"GET", "HEAD"})
_LONGEST_COOKIE = 200


@dataclass(frozen=True)
class StaffParts:
    """What the staff API stands on, chosen by the composition root."""

    settings: Settings
    open_connection: Callable[[], AbstractAsyncContextManager[Connection]]
    counter: Counter
    toolbox: Toolbox
    live: Live
    shop: Callable[[], Shop]
    clock: Clock


@dataclass(frozen=True)
class Session:
    """Somebody who is signed in, and the secret of their session."""

    staff: Staff
    token: str

    @property
    def csrf(self) -> str:
        """The token a console sends along with everything that changes something; no foreign page can know it."""
        return signed_key(self.token, "csrf")


Admit = Callable[[Request], Awaitable[Session]]


class Door:
    """Lets staff in, by what their role may do."""

    def __init__(self, parts: StaffParts) -> None:
        self._parts = parts

    def needs(self, permission: helpdesk.Permission | None = None) -> Admit:
        """The check of a route: signed in, from our own page, with this permission."""

        async def admit(request: Request) -> Session:
            session = await self._session(request)
            if request.method not in _SAFE:
                self.check_origin(request)
                sent = request.headers.get("x-csrf-token", "")
                if not hmac.compare_digest(sent.encode(), session.csrf.encode()):
                    raise helpdesk.ForeignPage(reason="csrf")
            if permission is not None:
                helpdesk.permit(session.staff.role, permission)
            return session

        return admit

    def check_origin(self, request: Request) -> None:
        """Raises ForeignPage when a browser says that another site's page asks."""
        origin = request.headers.get("origin")
        if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            raise helpdesk.ForeignPage(reason="site")
        if origin is None:
            return
        ours = {_origin(self._parts.settings.base_url), f"{request.url.scheme}://{request.url.netloc}"}
        if origin not in ours:
            raise helpdesk.ForeignPage(reason="origin")

    async def _session(self, request: Request) -> Session:
        token = request.cookies.get(COOKIE, "")
        if not token or len(token) > _LONGEST_COOKIE:
            raise helpdesk.NotSignedIn
        async with self._parts.open_connection() as conn:
            staff = await helpdesk.signed_in(conn, token, self._parts.clock.now())
        if staff is None:
            raise helpdesk.NotSignedIn
        return Session(staff, token)

    def give_cookie(self, response: Response, token: str) -> None:
        """Set the cookie of a new session."""
        response.set_cookie(
            COOKIE,
            token,
            path=PREFIX,
            httponly=True,
            samesite="strict",
            secure=self._parts.settings.base_url.startswith("https://"),
            max_age=int(helpdesk.LONGEST.total_seconds()),
        )

    def take_cookie(self, response: Response) -> None:
        """Let the browser forget the session."""
        response.delete_cookie(COOKIE, path=PREFIX, httponly=True, samesite="strict")


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
