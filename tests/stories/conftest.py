"""The demo shop open on a loopback port, as every story finds it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from moments import ORDINARY

from dangol.server.commands.evaluating import RESTOCK, open_stage
from dangol.server.rehearsal.playing import Stage


# closed before other tests of this process begin: there is one set of durable workers to a process
@pytest.fixture(scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """The demo shop, laid out by the ordinary importers and served over HTTP."""
    async with open_stage(tmp_path_factory.mktemp("demo"), at=ORDINARY) as opened:
        yield opened


@pytest.fixture
async def fresh_shelves(stage: Stage) -> None:
    """Stock and prices as they were, whatever the story before did to them."""
    async with stage.open_connection() as conn:
        await conn.execute(RESTOCK)
