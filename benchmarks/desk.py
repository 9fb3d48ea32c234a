"""A day at the desk in a minute: hundreds of shoppers looking on, twenty staff, a hand-off every fifth of a second."""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from benchmarks.house import Running, build, serve
from benchmarks.talking import Talk, spread
from benchmarks.wire import NotAnswered
from dangol.helpdesk import api as helpdesk
from dangol.helpdesk.accounts import NewStaff
from dangol.kernel.clock import SystemClock
from dangol.server.database import Database

STAFF = 20
PER_SECOND = 5.0
_PRODUCTS = 200
_PASSWORD = "a-desk-that-is-measured"
_SETTLE = 0.7  # seconds in which a console gathers changes before it reads its list again
_PATIENCE = 30.0


async def _events(
    client: httpx.AsyncClient, path: str, headers: dict[str, str] | None = None
) -> AsyncIterator[tuple[str, dict[str, Any]]]:
    """What a live stream says, as (event, data); ("open", {}) when it stands."""
    async with client.stream("GET", path, headers=headers, timeout=None) as answer:
        answer.raise_for_status()
        name = ""
        async for line in answer.aiter_lines():
            if line == ": open":
                yield "open", {}
            elif line.startswith("event: "):
                name = line[7:]
            elif line.startswith("data: "):
                yield name, json.loads(line[6:])


@dataclass
class Tally:
    """When each text was sent and how often, and after how long, it stood where it had to stand."""

    sent: dict[str, float] = field(default_factory=dict)
    to_staff: list[float] = field(default_factory=list)
    to_shopper: list[float] = field(default_factory=list)
    to_somebody: list[float] = field(default_factory=list)
    shopper_heard: Counter[str] = field(default_factory=Counter)
    consoles_heard: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)

    def send(self, text: str) -> str:
        """Note that this text goes out now."""
        self.sent[text] = time.perf_counter()
        return text

    def took(self, text: str) -> float:
        """Milliseconds since this text went out."""
        return (time.perf_counter() - self.sent[text]) * 1000


@dataclass
class Visitor:
    """A shopper with the chat open: asks for a person, and answers what the person says."""

    talk: Talk
    client: httpx.AsyncClient
    number: int
    tally: Tally
    there: asyncio.Event = field(default_factory=asyncio.Event)
    answered: bool = False

    @property
    def id(self) -> str:
        """The conversation."""
        return self.talk.path.split("/")[4]

    async def follow(self) -> None:
        """Look on until the run ends."""
        path = self.talk.path.replace("/messages", "/events")
        async for name, data in _events(self.client, path, {"Authorization": f"Bearer {self.talk.token}"}):
            if name == "open":
                self.there.set()
            elif name == "message" and data["from"] == "staff":
                await self._hear(data["text"])

    async def _hear(self, text: str) -> None:
        self.tally.shopper_heard[text] += 1
        self.tally.to_shopper.append(self.tally.took(text))
        if not self.answered:
            self.answered = True
            await self.say(f"네, 주문번호는 {self.number}번이에요")

    async def ask(self) -> None:
        """Ask for a person."""
        await self.say(f"상담원 연결해 주세요 {self.number}")

    async def say(self, text: str) -> None:
        """Send a message."""
        try:
            await self.talk.say(self.tally.send(text))
        except NotAnswered as no:
            self.tally.refused[str(no)] += 1


@dataclass
class Desk:
    """Somebody of staff at an open console."""

    client: httpx.AsyncClient
    me: str
    tally: Tally
    there: asyncio.Event = field(default_factory=asyncio.Event)
    mine: dict[str, int] = field(default_factory=dict)
    resolved: int = 0
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    works: set[asyncio.Task[None]] = field(default_factory=set)

    @classmethod
    async def sign_in(cls, url: str, email: str, tally: Tally) -> Desk:
        """Come to the desk."""
        client = httpx.AsyncClient(base_url=url, timeout=120)
        answer = await client.post("/api/staff/session", json={"email": email, "password": _PASSWORD})
        answer.raise_for_status()
        session = answer.json()
        client.headers["X-CSRF-Token"] = session["csrf"]
        return cls(client, session["staff"]["id"], tally)

    async def follow(self) -> None:
        """Take what is given out, write, and give it back, until the run ends."""
        async for name, data in _events(self.client, "/api/staff/events"):
            if name == "hello":
                self.there.set()
            elif name == "thread":
                self.changed.set()
            elif name == "assigned" and data["thread"]["id"] not in self.mine:
                self._begin(data["thread"]["id"])
            elif name == "entry" and data["entry"]["from"] in ("shopper", "staff"):
                self._hear(data["conversation"], data["entry"])

    async def keep_list(self) -> None:
        """Read the list anew as things change, as a console does."""
        while True:
            await self.changed.wait()
            self.changed.clear()
            await asyncio.sleep(_SETTLE)
            await self._call("GET", "/inbox?view=mine&limit=50")

    def _begin(self, conversation: str) -> None:
        self.mine[conversation] = 0
        self._work(self._open(conversation))

    def _hear(self, conversation: str, entry: dict[str, Any]) -> None:
        text = entry["text"]
        self.tally.consoles_heard[text] += 1
        if entry["from"] != "shopper" or conversation not in self.mine or text not in self.tally.sent:
            return
        if self.mine[conversation] == 1:
            self.tally.to_staff.append(self.tally.took(text))
            self.mine[conversation] = 2
            self._work(self._end(conversation))

    def _work(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self.works.add(task)
        task.add_done_callback(self.works.discard)

    async def _open(self, conversation: str) -> None:
        seen = await self._call("GET", f"/conversations/{conversation}")
        asked = next(e for e in reversed(seen["entries"]) if e["from"] == "shopper")["text"]
        self.tally.to_somebody.append(self.tally.took(asked))
        self.mine[conversation] = 1
        await self._say(conversation, f"안녕하세요, 무엇을 도와드릴까요? {conversation}")

    async def _end(self, conversation: str) -> None:
        await self._say(conversation, f"확인했어요. 오늘 보내 드릴게요. {conversation}")
        await self._call("POST", f"/conversations/{conversation}/resolve")
        self.resolved += 1

    async def _say(self, conversation: str, text: str) -> None:
        body = {"id": f"s{len(self.tally.sent)}-{self.me}", "text": self.tally.send(text)}
        await self._call("POST", f"/conversations/{conversation}/say", body)

    async def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        answer = await self.client.request(method, f"/api/staff{path}", json=body)
        if answer.is_error:
            self.tally.refused[f"{answer.status_code} {path.split('/')[-1]}"] += 1
            return {"entries": []}
        return answer.json()


async def measure(streams: int, staff: int = STAFF) -> dict[str, Any]:
    """So many shoppers, each handed over once at five a second, and so many staff; latencies in milliseconds."""
    with tempfile.TemporaryDirectory(prefix="dangol-bench-") as folder:
        data = Path(folder) / "data"
        await build(data, _PRODUCTS)
        await _hire(data, staff, streams)
        with serve(data, os.cpu_count() or 1) as server:
            await server.first_answer()
            await server.settle()
            return await _afternoon(server, streams, staff)


async def _hire(data: Path, staff: int, streams: int) -> None:
    database = await asyncio.to_thread(Database.prepare, None, data)
    await database.open()
    try:
        async with database.connection() as conn:
            for number in range(staff):
                new = NewStaff(_email(number), f"상담원 {number}", "agent", _PASSWORD, capacity=streams)
                await helpdesk.add_staff(conn, new, None, SystemClock().now())
    finally:
        await database.close()
        database.leave()


def _email(number: int) -> str:
    return f"desk{number}@example.com"


async def _afternoon(server: Running, streams: int, staff: int) -> dict[str, Any]:
    tally = Tally()
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=streams)
    async with httpx.AsyncClient(base_url=server.url, timeout=120, limits=limits) as client:
        visitors = [Visitor(await Talk.open(server.url), client, number, tally) for number in range(streams)]
        desks = [await Desk.sign_in(server.url, _email(number), tally) for number in range(staff)]
        followed = [asyncio.create_task(each.follow()) for each in (*visitors, *desks)]
        followed += [asyncio.create_task(each.keep_list()) for each in desks]
        try:
            await asyncio.gather(*(each.there.wait() for each in (*visitors, *desks)))
            spent, began = server.spent(), time.perf_counter()
            await _hand_over(visitors)
            lasted = time.perf_counter() - began
            await _quiet(tally, desks, streams, staff)
            spent = server.spent() - spent
            figures = await _figures(tally, visitors, desks)
        finally:
            for task in followed:
                task.cancel()
            await asyncio.gather(*followed, return_exceptions=True)
            await asyncio.gather(*(each.client.aclose() for each in desks))
    return {
        "streams": streams,
        "staff": staff,
        "per_second": round(streams / lasted, 2),
        "server_cpu_ms_per_hand_off": round(spent * 1000 / streams, 1),
        **figures,
    }


async def _hand_over(visitors: list[Visitor]) -> None:
    asked: list[asyncio.Task[None]] = []
    began = time.perf_counter()
    for place, each in enumerate(visitors):
        await asyncio.sleep(max(0.0, began + place / PER_SECOND - time.perf_counter()))
        asked.append(asyncio.create_task(each.ask()))
    await asyncio.gather(*asked)


async def _quiet(tally: Tally, desks: list[Desk], streams: int, staff: int) -> None:
    """Wait until everybody was served and every console has heard of it, or patience ends."""
    end = time.perf_counter() + _PATIENCE
    while time.perf_counter() < end:
        done = sum(each.resolved for each in desks) == streams
        if done and tally.consoles_heard.total() >= 3 * streams * staff:
            break
        await asyncio.sleep(0.2)
    await asyncio.sleep(2)  # what comes twice comes now


async def _figures(tally: Tally, visitors: list[Visitor], desks: list[Desk]) -> dict[str, Any]:
    logged: Counter[str] = Counter()
    for each in visitors:
        answer = await each.talk.client.get(each.talk.path, headers=each.talk.headers)
        logged.update(m["text"] for m in answer.json()["messages"] if m.get("text"))
    # what a shopper asks first goes to the assistant, and to consoles as the thread only
    consoles = [text for text in tally.sent if not text.startswith("상담원")]
    to_shoppers = [text for text in consoles if not text.startswith("네")]
    heard = [tally.consoles_heard[text] for text in consoles]
    return {
        "resolved": sum(each.resolved for each in desks),
        "messages": len(tally.sent),
        "lost": sum(logged[text] == 0 for text in tally.sent)
        + sum(tally.shopper_heard[text] == 0 for text in to_shoppers)
        + sum(max(0, len(desks) - each) for each in heard),
        "doubled": sum(logged[text] > 1 for text in tally.sent)
        + sum(tally.shopper_heard[text] > 1 for text in to_shoppers)
        + sum(max(0, each - len(desks)) for each in heard),
        "refused": dict(tally.refused),
        "to_staff_ms": spread(tally.to_staff),
        "to_shopper_ms": spread(tally.to_shopper),
        "to_somebody_ms": spread(tally.to_somebody),
        "slowest_ms": round(max((*tally.to_staff, *tally.to_shopper)), 1),
        "mean_ms": round(statistics.fmean((*tally.to_staff, *tally.to_shopper)), 1),
    }


def show(figures: dict[str, Any]) -> None:
    """Print it."""
    print(
        f"\n== the desk: {figures['streams']} shopper streams, {figures['staff']} staff, "
        f"{figures['per_second']} hand-offs/s\n{figures['messages']} messages, {figures['lost']} lost, "
        f"{figures['doubled']} doubled, {figures['resolved']} resolved, refused {figures['refused'] or 'none'}; "
        f"server {figures['server_cpu_ms_per_hand_off']} CPU ms a hand-off"
    )
    print(f"{'':<14}{'p50':>8}{'p95':>8}{'p99':>8}  ms")
    for kind in ("to_staff", "to_shopper", "to_somebody"):
        row = figures[f"{kind}_ms"]
        print(f"{kind:<14}{row['p50']:>8}{row['p95']:>8}{row['p99']:>8}")
