"""A process that looks at late orders and sends care tips over and over, to be killed by a test:
`python outreach_process.py DATABASE_URL FOLDER`."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from dangol.connect.postboxes.folder.connection import FolderPostbox
from dangol.contracts.postbox import Letter
from dangol.kernel.clock import TurnedClock
from dangol.kernel.facts import NoticeGiven
from dangol.kernel.shop import Shop
from dangol.server.workers.chores import Chores
from dangol.server.workers.floor import Floor


class Slow(FolderPostbox):
    """Takes its time, so that a process is killed in the middle of it."""

    async def send(self, letter: Letter, *, key: str) -> str:
        await asyncio.sleep(0.03)
        return await super().send(letter, key=key)


async def main(database_url: str, folder: Path) -> None:
    shop = Shop.model_validate_json((folder / "shop.json").read_text())
    clock = TurnedClock(datetime.fromisoformat((folder / "now").read_text()).astimezone(UTC))

    @asynccontextmanager
    async def open_connection() -> AsyncIterator[psycopg.AsyncConnection[Any]]:
        async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as conn:
            yield conn

    async def notice(_conversation: str, _told: NoticeGiven) -> None:
        await asyncio.sleep(0.03)

    chores = Chores(
        Floor(
            open_connection=open_connection,
            shop=lambda: shop,
            gateways={},
            carriers={},
            postboxes=[Slow(folder / "letters", "email", sender="shop@example.com")],
            notice=notice,
            clock=clock,
            public_url=lambda: "https://shop.example.com",
            code_for=lambda _code: "123456",
            refusal_key=lambda number: f"key-{number}",
            data=folder,
        )
    )
    print("working", flush=True)
    while True:
        await chores.watch_orders()
        await chores.follow_up()
        for job in await chores.unsaid():
            await chores.do(job.chore, job.args)
        print("round", flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
