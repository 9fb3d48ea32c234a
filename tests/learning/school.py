"""A small open shop with staff at the learning room's door: what shoppers say on one side, what staff make of it on the
other, over HTTP."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import psycopg
from fastapi import Request
from psycopg import sql

from dangol.assistant.understanding.corpus import FOLDER
from dangol.catalog import api as catalog
from dangol.kernel.clock import TurnedClock
from dangol.kernel.shop import Shop
from dangol.learning.api import Ability, Colleague
from dangol.server.auth import NotAllowedIn
from dangol.server.doors import bind
from dangol.server.learning import StaffAtTheDoor
from dangol.server.postgres import EmbeddedPostgres
from dangol.server.serving import serving
from dangol.server.settings import Settings
from dangol.server.wire import Premises, open_premises

MAY: dict[str, frozenset[Ability]] = {
    "manager": frozenset({"look", "teach", "decide", "see_personal"}),
    "editor": frozenset({"look", "teach", "decide"}),
    "agent": frozenset({"look", "teach", "see_personal"}),
    "guest": frozenset(),
}
ROOM = "/api/staff/learning"
RETURNS = "# 반품\n\n## 반품 기간\n\n상품을 받은 날부터 7일 안에 반품할 수 있어요.\n"


async def at_the_door(request: Request) -> Colleague:
    """A colleague of the role and name in the headers."""
    role = request.headers.get("x-role")
    if role not in MAY:
        raise NotAllowedIn(reason="no_staff")
    return Colleague(request.headers.get("x-name", role), MAY[role])


@dataclass
class School:
    """The shop as tests meet it."""

    premises: Premises
    settings: Settings
    clock: TurnedClock
    _talks: list[str] = field(default_factory=list)

    def client(self, **headers: str) -> httpx.AsyncClient:
        """A client with these headers."""
        return httpx.AsyncClient(
            base_url=self.settings.base_url, headers=headers, timeout=30, trust_env=False, verify=False
        )

    async def ask(
        self, method: str, path: str, role: str = "manager", *, by: str | None = None, **sent: Any
    ) -> httpx.Response:
        """What staff ask of the room."""
        async with self.client(**{"x-role": role, "x-name": by or role}) as client:
            return await client.request(method, ROOM + path, **sent)

    async def get(self, path: str, role: str = "manager", **params: Any) -> Any:
        answer = await self.ask("GET", path, role, params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def do(
        self, method: str, path: str, role: str = "manager", *, by: str | None = None, **body: Any
    ) -> Any:
        answer = await self.ask(method, path, role, by=by, **({"json": body} if body else {}))
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else None

    async def talk(self, *texts: str, language: str = "ko") -> Talk:
        """A new conversation in which a shopper says these."""
        async with self.client() as client:
            opened = await client.post("/api/chat/conversations", json={"channel": "web", "locale": language})
        assert opened.status_code == 201, opened.text
        talk = Talk(self, opened.json())
        for text in texts:
            await talk.say(text)
        return talk

    async def answered(self, question: str, told: str, *, yes: bool = True, language: str = "ko") -> Talk:
        """A new shopper's conversation, once the articles have spread to this process: told this, or no longer."""
        for _ in range(100):
            talk = await self.talk(language=language)
            if (told in await talk.say(question)) == yes:
                return talk
            await asyncio.sleep(0.05)
        raise AssertionError(f"{question}: {talk.last}")

    async def erase(self, conversation_id: str) -> None:
        """Forget what was said in a conversation."""
        from dangol.assistant import records

        async with self.premises.open_connection() as conn:
            await records.erase_words(conn, conversation_id)

    async def rows(self, query: str, *params: Any) -> list[tuple[Any, ...]]:
        """What stands in the database."""
        async with self.premises.open_connection() as conn:
            return await (await conn.execute(query, params)).fetchall()


class Talk:
    """A conversation."""

    def __init__(self, school: School, opened: dict[str, Any]) -> None:
        self.school, self.id, self.token, self.turn = school, opened["conversation_id"], opened["token"], 0

    async def say(self, text: str) -> str:
        """Say something; returns the words of the answer."""
        self.last = await self._post("messages", {"id": f"m{self.turn + 1}", "text": text})
        self.turn = self.last["turn"]
        return "\n".join(block.get("text", "") for block in self.last["blocks"])

    async def thumb(self, score: int) -> None:
        """A thumb for the last answer."""
        await self._post("feedback", {"turn": self.turn, "score": score})

    async def _post(self, what: str, body: dict[str, Any]) -> Any:
        async with self.school.client(authorization=f"Bearer {self.token}") as client:
            answer = await client.post(f"/api/chat/conversations/{self.id}/{what}", json=body)
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else None


async def furnish(url: str, shop: Shop, folder: Path, clock: TurnedClock) -> None:
    """A shop with a mug and an article about returns."""
    goods = {
        "products": [
            {
                "handle": "plain-mug",
                "status": "active",
                "category": {"ko": "머그컵", "en": "Mugs"},
                "title": {"ko": "흰 머그컵", "en": "White mug"},
                "description": {"ko": "매일 쓰는 컵이에요.", "en": "A mug for every day."},
                "variants": [{"sku": "MUG-1", "options": [], "price": 12000, "stock": 50}],
            }
        ]
    }
    file = folder / "products.json"
    file.write_text(json.dumps(goods, ensure_ascii=False), encoding="utf-8")
    articles = folder / "articles"
    articles.mkdir()
    (articles / "returns.ko.md").write_text(RETURNS, encoding="utf-8")
    from dangol.knowledge import api as knowledge

    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as conn:
        await catalog.store_shop(conn, json.loads(shop.model_dump_json(by_alias=True)))
        await catalog.import_products(conn, shop, file, "json", clock.now(), media=folder / "media")
        await knowledge.import_articles(conn, shop, articles, clock.now(), lambda *_: None)


def known_intents() -> set[str]:
    return {path.stem for path in (FOLDER / "ko").glob("*.txt")}


@asynccontextmanager
async def opened(
    postgres: EmbeddedPostgres, shop: Shop, name: str, data: Path, colleague: StaffAtTheDoor | None
) -> AsyncIterator[School]:
    """The shop, open on a loopback port over a database of its own."""
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template_of_tests").format(sql.Identifier(name)))
    clock = TurnedClock(datetime(2026, 11, 21, 3, 0, tzinfo=UTC))
    await furnish(postgres.url(name), shop, data, clock)
    with bind("127.0.0.1", 0) as door:
        settings = Settings(
            data=data,
            database_url=postgres.url(name),
            port=door.getsockname()[1],
            messages_per_minute=100_000,
            conversations_per_minute=100_000,
            requests_per_minute=100_000,
        )
        async with (
            open_premises(settings, clock=clock, behind_the_counter=False, colleague=colleague) as premises,
            serving(premises.app, settings, door),
        ):
            yield School(premises, settings, clock)
