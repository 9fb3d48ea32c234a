"""A small shop that is open, for the tests of the doors."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from server_talk import SECRET, OpenHouse, Talk, stock

from dangol.kernel.shop import Shop
from dangol.server.doors import bind
from dangol.server.postgres import EmbeddedPostgres
from dangol.server.serving import serving
from dangol.server.settings import Settings
from dangol.server.wire import open_premises


@pytest.fixture(scope="module")
async def open_house(
    postgres: EmbeddedPostgres,
    shop: Shop,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> AsyncIterator[OpenHouse]:
    """One open shop for a test module."""
    name = f"house_{request.module.__name__.replace('.', '_')}"
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template_of_tests").format(sql.Identifier(name)))
    data: Path = tmp_path_factory.mktemp("data")
    await stock(postgres.url(name), shop, data)
    with bind("127.0.0.1", 0) as door:
        settings = Settings(
            data=data,
            database_url=postgres.url(name),
            port=door.getsockname()[1],
            shop_secret=SECRET,
            messages_per_minute=100_000,
            conversations_per_minute=100_000,
            requests_per_minute=100_000,
            allowed_origins="https://pages.example",
        )
        async with open_premises(settings) as premises, serving(premises.app, settings, door):
            yield OpenHouse(premises, settings, settings.base_url)


@pytest.fixture
async def talk(open_house: OpenHouse) -> Talk:
    """A new conversation in Korean."""
    async with open_house.client() as client:
        answer = await client.post("/api/chat/conversations", json={"channel": "web", "locale": "ko-KR"})
    assert answer.status_code == 201, answer.text
    return Talk(open_house, answer.json())
