"""What staff do in the console and shoppers say over the API, as the tests say it."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from conftest import Window
from playwright.async_api import Locator, Page, Response, expect

OWNER = "owner@nuristore.example"
MANAGER = "manager@nuristore.example"
AGENT = "minji@nuristore.example"
COLLEAGUE = "alex@nuristore.example"
EDITOR = "editor@nuristore.example"
TALK = ".talk-log"


@dataclass
class Shopper:
    """A shopper in the chat, over the API."""

    address: str
    id: str
    token: str
    said: int = 0

    @classmethod
    async def open(cls, address: str, language: str = "ko", customer: str | None = None) -> Shopper:
        """Begin a conversation."""
        about = {"channel": "web", "locale": language}
        if customer:
            about["customer_token"] = customer
        opened = await asyncio.to_thread(_call, f"{address}/api/chat/conversations", about, "")
        return cls(address, opened["conversation_id"], opened["token"])

    async def say(self, text: str) -> dict[str, Any]:
        """Send a message; gives the answer."""
        self.said += 1
        path = f"{self.address}/api/chat/conversations/{self.id}/messages"
        return await asyncio.to_thread(_call, path, {"id": f"m{self.said}", "text": text}, self.token)

    async def heard(self) -> list[str]:
        """What staff wrote to them so far."""
        path = f"{self.address}/api/chat/conversations/{self.id}/messages"
        told = await asyncio.to_thread(_call, path, None, self.token)
        return [
            block["text"]
            for entry in told["messages"]
            if entry["from"] == "staff"
            for block in entry.get("blocks") or ()
            if block["kind"] == "text"
        ] + [entry["text"] for entry in told["messages"] if entry["from"] == "staff" and entry.get("text")]


def _call(url: str, body: dict[str, Any] | None, token: str) -> dict[str, Any]:
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=60) as answer:
        told: dict[str, Any] = json.loads(answer.read())
        return told


async def greeting(address: str) -> str:
    """What a new shopper is told first."""
    opened = await asyncio.to_thread(
        _call, f"{address}/api/chat/conversations", {"channel": "web", "locale": "ko"}, ""
    )
    return json.dumps(opened["blocks"], ensure_ascii=False)


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    """Ask until it holds: what was set is in force a moment later."""
    for _ in range(100):
        if await holds():
            return
        await asyncio.sleep(0.2)
    raise AssertionError("it does not come to hold")


async def sign_in(page: Page, password: str, email: str = MANAGER, to: str = "/console") -> None:
    """Through the door, to a room."""
    await page.goto(to)
    await page.locator("input[type=email]").fill(email)
    await page.locator("input[type=password]").fill(password)
    await page.locator(".door-card button[type=submit]").click()
    await expect(page.locator(".frame")).to_be_visible()


async def everybody_away(window: Window, password: str) -> None:
    """Nobody at the desk is free, whoever other tests left there: who asks for a person waits."""
    async with window() as page:
        for email in (OWNER, MANAGER, COLLEAGUE, AGENT):
            await sign_in(page, password, email)
            session = await (await page.request.get("/api/staff/session")).json()
            answer = await page.request.put(
                "/api/staff/me/presence", data={"presence": "away"}, headers={"X-CSRF-Token": session["csrf"]}
            )
            assert answer.ok, await answer.text()
            await page.context.clear_cookies()


async def see(page: Page, conversation: str, view: str = "all") -> None:
    """Open a conversation by its address."""
    await page.goto(f"/console/inbox/{view}/{conversation}")
    await expect(page.locator(TALK)).to_be_visible()


async def own(page: Page) -> None:
    """Have the open conversation: take it, unless it was given to them already."""
    mine = page.locator(".standing.is-mine")
    take = page.locator(".talk-acts .is-main")
    refused: list[str] = []
    page.on("response", lambda answer: refused.append(answer.url) if _is_refused_take(answer) else None)
    for tries in range(1, 6):
        # it may be given to them while the hand is on its way: then what is pressed is the words that say so
        await mine.or_(take).first.click()
        # or to somebody else: then it is taken from them, who are named by now
        await until(partial(_is_settled, mine, refused, tries))
        if len(refused) < tries:
            break
    await expect(mine).to_be_visible()


def _is_refused_take(answer: Response) -> bool:
    return answer.url.endswith("/take") and answer.status == 409


async def _is_settled(mine: Locator, refused: list[str], tries: int) -> bool:
    return len(refused) >= tries or await mine.count() > 0


async def reply(page: Page, text: str) -> None:
    """Write to the shopper."""
    await page.locator(".composer textarea").fill(text)
    await page.keyboard.press("Enter")
    await expect(from_desk(page, text)).to_have_count(1)
    await expect(page.locator(".line.is-waiting")).to_have_count(0)


def from_desk(page: Page, text: str) -> Locator:
    """What staff wrote, in the open conversation."""
    return page.locator(f"{TALK} .from-desk .bubble").filter(has_text=text)


def from_customer(page: Page, text: str) -> Locator:
    """What the shopper wrote, in the open conversation."""
    return page.locator(f"{TALK} .from-customer .bubble").filter(has_text=text)


async def choose(page: Page, label: str) -> None:
    """Press an act of the menu with three dots."""
    await page.locator(".talk-acts .menu-frame > button").click()
    await page.locator(".menu button").filter(has_text=label).first.click()


@dataclass
class Cable:
    """A line to the shop that can be pulled: open connections break, new ones are refused."""

    host: str
    port: int
    server: asyncio.Server | None = None
    own_port: int = 0
    open: set[asyncio.StreamWriter] = field(default_factory=set)

    @property
    def address(self) -> str:
        """Where the shop is reached over this line."""
        return f"http://127.0.0.1:{self.own_port}"

    async def plug(self) -> None:
        """Let connections through."""
        self.server = await asyncio.start_server(self._join, "127.0.0.1", self.own_port)
        self.own_port = self.server.sockets[0].getsockname()[1]

    async def pull(self) -> None:
        """Break every connection, and refuse new ones."""
        if self.server is not None:
            self.server.close()
        for writer in tuple(self.open):
            writer.transport.abort()

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(self.host, self.port)
        self.open |= {writer, back}
        with suppress(ConnectionError, asyncio.CancelledError):
            await asyncio.gather(_carry(reader, back), _carry(there, writer))
        self.open -= {writer, back}


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    finally:
        writer.close()


@asynccontextmanager
async def cable(address: str) -> AsyncIterator[Cable]:
    """A line to the shop at this address."""
    parts = urlsplit(address)
    line = Cable(parts.hostname or "127.0.0.1", parts.port or 80)
    await line.plug()
    try:
        yield line
    finally:
        await line.pull()
