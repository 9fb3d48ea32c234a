"""A return desk in a shop with goods on its shelf."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from orders.floor import put_on_shelf
from payments.till import Till, open_till
from returns.desk import ReturnDesk, open_desk

from dangol.kernel.clock import TurnedClock
from dangol.kernel.shop import Shop
from dangol.kernel.tools import ToolContext


@pytest.fixture
async def till(
    conn: psycopg.AsyncConnection[Any],
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
async def desk(till: Till, database_url: str) -> AsyncIterator[ReturnDesk]:
    async with open_desk(till, database_url) as made:
        yield made
