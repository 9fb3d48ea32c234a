"""A till and workers behind it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from orders.floor import put_on_shelf
from payments.till import Till, open_till

from dangol.connect.carriers.sample.connection import SampleCarrier
from dangol.connect.postboxes.folder.connection import FolderPostbox
from dangol.kernel.clock import TurnedClock
from dangol.kernel.facts import NoticeGiven
from dangol.kernel.shop import Shop
from dangol.kernel.tools import ToolContext
from dangol.server.workers.chores import Chores
from dangol.server.workers.floor import Floor

Connection = psycopg.AsyncConnection[Any]


class Desk:
    """Where notices arrive in tests."""

    def __init__(self) -> None:
        self.notices: list[tuple[str, NoticeGiven]] = []

    async def notice(self, conversation_id: str, notice: NoticeGiven) -> bool:
        if any(notice.cause == before.cause for _, before in self.notices):
            return False
        self.notices.append((conversation_id, notice))
        return True

    def said(self) -> list[str]:
        return [notice.blocks[0].text for _, notice in self.notices]  # type: ignore[union-attr]


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def till(
    conn: Connection,
    shop: Shop,
    clock: TurnedClock,
    context: Callable[..., ToolContext],
    database_url: str,
    tmp_path: Path,
) -> AsyncIterator[Till]:
    await put_on_shelf(conn, shop, tmp_path, clock.now())
    async with open_till(context(conn, shop, clock), clock, database_url) as made:
        yield made


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    return tmp_path / "letters"


@pytest.fixture
def postboxes(letters: Path) -> list[FolderPostbox]:
    return [FolderPostbox(letters, medium, sender="shop@example.com") for medium in ("email", "sms")]


@pytest.fixture
def chores(
    till: Till, desk: Desk, postboxes: list[FolderPostbox], letters: Path, database_url: str
) -> Chores:
    @asynccontextmanager
    async def open_connection() -> AsyncIterator[Connection]:
        async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as conn:
            yield conn

    return Chores(
        Floor(
            open_connection=open_connection,
            shop=lambda: till.ctx.shop,
            gateways=till.gateways,
            carriers={"sample": SampleCarrier(open_connection)},
            postboxes=postboxes,
            notice=desk.notice,
            clock=till.clock,
            public_url=lambda: "https://shop.example.com",
            code_for=lambda _code: "123456",
            refusal_key=lambda number: f"key-{number}",
            data=letters.parent / "data",
        )
    )


async def until(true: Callable[[], Any]) -> None:
    """Wait for real processes and threads; pytest's own limit ends it."""
    while True:
        found = true()
        if asyncio.iscoroutine(found):
            found = await found
        if found:
            return
        await asyncio.sleep(0.05)
