"""The small shop that the tests of the counter share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from assistant.house import Floor, open_floor
from assistant.talk import Talk, begin

from dangol.kernel.clock import TurnedClock
from dangol.kernel.shop import Shop
from dangol.server.postgres import EmbeddedPostgres


@pytest.fixture(scope="session")
async def floor(
    postgres: EmbeddedPostgres, shop: Shop, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Floor]:
    """The shop with its goods on the shelf, opened once."""
    clock = TurnedClock(datetime(2026, 11, 21, 3, 0, tzinfo=UTC))
    async with open_floor(postgres, shop, clock, tmp_path_factory.mktemp("floor")) as opened:
        yield opened


@pytest.fixture
async def talk(floor: Floor) -> AsyncIterator[Talk]:
    """A conversation in Korean on a fresh copy of the shop."""
    floor.database = floor.clone(floor.stocked)
    yield await begin(floor)
    floor.drop(floor.database)
