"""The small shop with its counter and its rules side by side."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from tau2.small import database

from benchmarks.tau2 import importing
from benchmarks.tau2.face import Face
from benchmarks.tau2.reference import Reference
from benchmarks.tau2.replay import Both, Played
from dangol.kernel.clock import TurnedClock


@pytest.fixture
async def both(conn: psycopg.AsyncConnection[Any], clock: TurnedClock) -> Both:
    db = database()
    shop = await importing.take_over(conn, db, clock.now())
    return Both(Face(conn, shop, clock.now()), Reference(db), Played("test"))
