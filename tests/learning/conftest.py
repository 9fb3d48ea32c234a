"""A shop with a learning room, open for a test module."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from school import School, at_the_door, opened

from dangol.kernel.shop import Shop
from dangol.server.postgres import EmbeddedPostgres


@pytest.fixture(scope="module")
async def school(
    postgres: EmbeddedPostgres,
    shop: Shop,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> AsyncIterator[School]:
    name = f"school_{request.module.__name__.replace('.', '_')}"
    async with opened(postgres, shop, name, tmp_path_factory.mktemp("data"), at_the_door) as open_school:
        yield open_school
