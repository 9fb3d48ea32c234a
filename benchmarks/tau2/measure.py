"""The benchmark's tasks and the hostile mind over a shop of its own, on a fresh embedded database."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.tau2 import hostile, importing
from benchmarks.tau2.importing import NotTaken
from benchmarks.tau2.replay import Played, play
from benchmarks.tau2.shape import Json
from benchmarks.tau2.trials import Counter, ModelFor, Trial, try_task
from dangol.kernel.shop import Shop
from dangol.server.database import Connection, Database

__all__ = ["Measured", "NotTaken", "measure", "try_models"]

Progress = Callable[[int, int | None], None]
NOW = datetime(2024, 5, 15, 19, 0, tzinfo=UTC)
"""The benchmark has no calendar; any moment does."""
CALLS = 25
"""Calls of one hostile conversation."""


@dataclass
class Measured:
    """What came of the tasks and of the hostile calls."""

    tasks: list[Played] = field(default_factory=list)
    hostile: hostile.Outcome = field(default_factory=hostile.Outcome)


async def measure(db: Json, tasks: list[Json], calls: int, progress: Progress) -> Measured:
    """Play the tasks, then so many hostile calls. Raises NotTaken when the database cannot be taken over."""
    async with _opened(db) as (conn, shop):
        measured = Measured()
        for done, task in enumerate(tasks, 1):
            measured.tasks.append(await play(conn, shop, db, task, NOW))
            progress(done, len(tasks))
        for seed in range(-(-calls // CALLS)):
            few = min(CALLS, calls - seed * CALLS)
            await hostile.attack(conn, shop, db, seed, few, NOW, measured.hostile)
            progress(measured.hostile.calls, calls)
        return measured


async def try_models(
    db: Json,
    tasks: list[Json],
    policy: str,
    agent: ModelFor,
    customer: ModelFor,
    trials: int,
    turns: int,
    progress: Progress,
) -> list[Trial]:
    """Let two models play every task so many times. Raises NotTaken when the database cannot be taken over."""
    async with _opened(db) as (conn, shop):
        at = Counter(shop, db, policy, agent, customer, NOW, turns)
        played = []
        for number in range(trials):
            for task in tasks:
                played.append(await try_task(conn, at, task, number))
                progress(len(played), trials * len(tasks))
        return played


@asynccontextmanager
async def _opened(db: Json) -> AsyncIterator[tuple[Connection, Shop]]:
    """A shop of the benchmark's database, on an embedded database that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="dangol-tau2-") as folder:
        database = await asyncio.to_thread(Database.prepare, None, Path(folder) / "data")
        await database.open()
        try:
            async with database.connection() as conn:
                yield conn, await importing.take_over(conn, db, NOW)
        finally:
            await database.close()
            database.leave()
