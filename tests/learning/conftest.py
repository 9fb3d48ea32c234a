"""A shop with a learning room, open for a test module."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import psycopg
import pytest
from psycopg import sql
from school import School, at_the_door, furnish

from dangol.kernel.clock import TurnedClock
from dangol.kernel.shop import Shop
from dangol.server.postgres import EmbeddedPostgres
from dangol.server.serving import bind, serving
from dangol.server.settings import Settings
from dangol.server.wire import open_premises


@pytest.fixture(scope="module")
async def school(
    postgres: EmbeddedPostgres,
    shop: Shop,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> AsyncIterator[School]:
    name = f"school_{request.module.__name__.replace('.', '_')}"
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template_of_tests").format(sql.Identifier(name)))
    data = tmp_path_factory.mktemp("data")
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
            open_premises(settings, clock=clock, behind_the_counter=False, staff=at_the_door) as premises,
            serving(premises.app, settings, door),
        ):
            yield School(premises, settings, clock)
