"""A process with workers in it, to be killed by a test: `python peer_process.py DATABASE_URL GATEWAY_URL FOLDER`."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from dangol.connect.carriers.sample.connection import SampleCarrier
from dangol.connect.payments.sample.connection import SampleConnection
from dangol.connect.postboxes.folder.connection import FolderPostbox
from dangol.contracts.postbox import Letter
from dangol.kernel.clock import TurnedClock
from dangol.kernel.facts import NoticeGiven
from dangol.kernel.shop import Shop
from dangol.server.keys import open_keyring
from dangol.server.settings import Settings
from dangol.server.workers import Workers


class Careful(FolderPostbox):
    """Counts how often each letter was handed over, and takes its time."""

    async def send(self, letter: Letter, *, key: str) -> str:
        await asyncio.sleep(0.05)
        name = await super().send(letter, key=key)
        with (self._folder / "handed.log").open("a") as log:
            log.write(f"{key}\n")
        return name


async def main(database_url: str, gateway_url: str, folder: Path) -> None:
    shop = Shop.model_validate_json((folder / "shop.json").read_text())
    clock = TurnedClock(datetime.fromisoformat((folder / "now").read_text()).astimezone(UTC))
    gateway = SampleConnection(
        api_url=gateway_url, api_key="sk_test_1", webhook_secret="whsec_test_1", clock=clock
    )

    async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as conn:
        await open_keyring(conn, Settings(data=folder))

    async def notice(conversation_id: str, told: NoticeGiven) -> None:
        with (folder / "notices.log").open("a") as log:
            log.write(f"{conversation_id} {told.cause}\n")

    workers = Workers(
        database_url,
        shop=lambda: shop,
        gateways={"sample": gateway},
        carriers=lambda open_connection: {"sample": SampleCarrier(open_connection)},
        postboxes=[Careful(folder / "letters", "email", sender="shop@example.com")],
        notice=notice,
        clock=clock,
        public_url=lambda: "https://shop.example.com",
        code_for=lambda _code: "123456",
        refusal_key=lambda number: f"key-{number}",
        data=folder,
    )
    await workers.start()
    print("working", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    await workers.stop()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
