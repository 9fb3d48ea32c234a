"""Both sides of the desk over HTTP: shoppers with their token, staff with their cookie and the console's token."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

import httpx
import psycopg
from psycopg import sql
from server.server_talk import SECRET, stock

from dangol.kernel.clock import TurnedClock
from dangol.kernel.shop import Shop
from dangol.server.doors import bind
from dangol.server.postgres import EmbeddedPostgres
from dangol.server.serving import serving
from dangol.server.settings import Settings
from dangol.server.wire import Premises, open_premises

PASSWORD = "소나기 뒤에 무지개 7"
_numbers = itertools.count(1)


@dataclass(frozen=True)
class DeskHouse:
    """The shop with a desk."""

    MORNING: ClassVar[datetime] = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
    premises: Premises
    settings: Settings
    clock: TurnedClock

    def client(self, **headers: str) -> httpx.AsyncClient:
        """A client with these headers."""
        return httpx.AsyncClient(
            base_url=self.settings.base_url, headers=headers, timeout=30, trust_env=False, verify=False
        )

    def fresh_email(self) -> str:
        return f"p{next(_numbers)}@example.com"

    async def shopper(self, **body: Any) -> Shopper:
        """A shopper who has opened a conversation."""
        async with self.client() as client:
            answer = await client.post(
                "/api/chat/conversations", json={"channel": "web", "locale": "ko-KR", **body}
            )
        assert answer.status_code == 201, answer.text
        return Shopper(self, answer.json())


class Shopper:
    """A shopper in a conversation."""

    def __init__(self, house: DeskHouse, opened: dict[str, Any]) -> None:
        self.house = house
        self.id: str = opened["conversation_id"]
        self.token: str = opened["token"]
        self.blocks: list[dict[str, Any]] = opened["blocks"]
        self._count = itertools.count(1)

    def client(self, **headers: str) -> httpx.AsyncClient:
        return self.house.client(Authorization=f"Bearer {self.token}", **headers)

    async def say(self, text: str | None = None, **body: Any) -> dict[str, Any]:
        """Send a message and return the answer."""
        message = {"id": f"m{next(self._count)}", **({"text": text} if text is not None else {}), **body}
        async with self.client() as client:
            answer = await client.post(f"/api/chat/conversations/{self.id}/messages", json=message)
        assert answer.status_code == 200, answer.text
        said: dict[str, Any] = answer.json()
        return said

    async def history(self, after: int = 0) -> list[dict[str, Any]]:
        async with self.client() as client:
            answer = await client.get(f"/api/chat/conversations/{self.id}/messages", params={"after": after})
        messages: list[dict[str, Any]] = answer.json()["messages"]
        return messages

    async def read(self) -> int:
        """How far a person has read."""
        async with self.client() as client:
            answer = await client.get(f"/api/chat/conversations/{self.id}/messages")
        return int(answer.json()["read"])

    async def served_by(self) -> str:
        async with self.client() as client:
            answer = await client.get(f"/api/chat/conversations/{self.id}/messages")
        served: str = answer.json()["served_by"]
        return served


@dataclass
class Member:
    """A member of staff with a console."""

    house: DeskHouse
    id: str
    email: str
    name: str
    cookie: str = ""
    csrf: str = ""
    _count: Any = field(default_factory=lambda: itertools.count(1))

    async def sign_in(self) -> dict[str, Any]:
        async with self.house.client() as client:
            answer = await client.post("/api/staff/session", json={"email": self.email, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        self.cookie = answer.cookies["dangol_staff"]
        self.csrf = answer.json()["csrf"]
        session: dict[str, Any] = answer.json()
        return session

    async def leave(self) -> None:
        await self.ask("DELETE", "/sessions")

    async def ask(self, method: str, path: str, body: Any = None, **more: Any) -> httpx.Response:
        """Any request of a console."""
        headers = {
            "Cookie": f"dangol_staff={self.cookie}",
            "X-CSRF-Token": self.csrf,
            **more.pop("headers", {}),
        }
        async with self.house.client(**headers) as client:
            return await client.request(method, f"/api/staff{path}", json=body, **more)

    async def done(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        """A request that must go well; returns what came back."""
        answer = await self.ask(method, path, body, **more)
        assert answer.status_code < 300, f"{answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    async def do(self, shopper: Shopper | str, verb: str, body: Any = None, method: str = "POST") -> Any:
        """A verb on a conversation that must go well."""
        about = shopper if isinstance(shopper, str) else shopper.id
        return await self.done(method, f"/conversations/{about}/{verb}", body)

    async def refused(self, shopper: Shopper | str, verb: str, body: Any = None, method: str = "POST") -> str:
        """A verb that must be refused; returns the code of why."""
        about = shopper if isinstance(shopper, str) else shopper.id
        answer = await self.ask(method, f"/conversations/{about}/{verb}", body)
        assert answer.status_code >= 400, answer.text
        return str(answer.json()["type"]).removeprefix("urn:dangol:problem:")

    async def say(self, shopper: Shopper, text: str, **more: Any) -> Any:
        """Words to a shopper that must arrive."""
        return await self.do(shopper, "say", {"id": f"{self.id}-{next(self._count)}", "text": text, **more})

    async def open(self, shopper: Shopper | str) -> dict[str, Any]:
        """A conversation as the console opens it."""
        about = shopper if isinstance(shopper, str) else shopper.id
        found: dict[str, Any] = await self.done("GET", f"/conversations/{about}")
        return found

    async def inbox(self, view: str = "mine", **filters: Any) -> dict[str, Any]:
        page: dict[str, Any] = await self.done("GET", "/inbox", params={"view": view, **filters})
        return page

    @contextlib.asynccontextmanager
    async def stream(self, last: int | None = None) -> AsyncIterator[EventStream]:
        """The live stream, open and listening."""
        headers = {"Cookie": f"dangol_staff={self.cookie}"}
        if last is not None:
            headers["Last-Event-ID"] = str(last)
        async with (
            self.house.client(**headers) as client,
            client.stream("GET", "/api/staff/events") as stream,
        ):
            assert stream.status_code == 200
            events = EventStream(stream.aiter_lines())
            await events.opened()
            yield events


class EventStream:
    """Server-Sent Events, one after the other."""

    def __init__(self, lines: AsyncIterator[str]) -> None:
        self._lines = lines
        self.last: int | None = None

    async def opened(self) -> None:
        while await self._line() != ": open":
            pass

    async def _line(self) -> str:
        return await asyncio.wait_for(anext(self._lines), 20)

    async def next(self, *kinds: str) -> tuple[str, Any]:
        """The next event, of one of these kinds when named."""
        while True:
            frame: dict[str, str] = {}
            while line := await self._line():
                name, _, value = line.partition(": ")
                if name:
                    frame[name] = value
            if "id" in frame:
                self.last = int(frame["id"])
            if "event" in frame and (not kinds or frame["event"] in kinds):
                return frame["event"], json.loads(frame["data"])


@contextlib.asynccontextmanager
async def opened(
    postgres: EmbeddedPostgres, shop: Shop, data: Path, name: str, models: Any = None
) -> AsyncIterator[DeskHouse]:
    """A stocked shop with a desk, served over HTTP, its clock at `MORNING`; `models` do the jobs they are named for."""
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template_of_tests").format(sql.Identifier(name)))
    await stock(postgres.url(name), shop, data)
    clock = TurnedClock(DeskHouse.MORNING)
    with bind("127.0.0.1", 0) as door:
        settings = Settings(
            data=data,
            database_url=postgres.url(name),
            port=door.getsockname()[1],
            shop_secret=SECRET,
            messages_per_minute=100_000,
            conversations_per_minute=100_000,
            requests_per_minute=100_000,
        )
        async with (
            open_premises(settings, clock=clock, behind_the_counter=False, models=models) as premises,
            serving(premises.app, settings, door),
        ):
            yield DeskHouse(premises, settings, clock)
