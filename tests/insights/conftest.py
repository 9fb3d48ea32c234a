"""A shop with a desk and some years of customers."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from helpdesk.conftest import house, staff
from helpdesk.room import DeskHouse

from benchmarks.simulated import orders_of, put_in
from dangol.kernel.shop import Shop
from dangol.server.postgres import EmbeddedPostgres

__all__ = ["DeskHouse", "EmbeddedPostgres", "Shop", "house", "staff"]

PEOPLE, DAYS = 1200, 700


@pytest.fixture
async def regulars(house: DeskHouse) -> AsyncIterator[list[int]]:
    """Customers of about two years, gone after the test."""
    async with house.premises.open_connection() as conn:
        yield await put_in(conn, orders_of(PEOPLE, DAYS), PEOPLE, house.clock.now(), DAYS)
        await conn.execute(
            "truncate customers, orders, conversations, treatments, churn_runs, churn_assumptions cascade"
        )
