"""The demo shop, laid out as files and taken over by the ordinary importers."""

from __future__ import annotations

import json
from datetime import datetime
from zoneinfo import ZoneInfo

from dangol.catalog import api as catalog
from dangol.connect.payments.sample.card import CARD
from dangol.customers import api as customers
from dangol.kernel.ids import derived_id
from dangol.server.commands.console import CommandRefused, err, progress, say
from dangol.server.commands.shop_folders import take_over_folder
from dangol.server.database import Connection, Database
from dangol.server.demo_shop import write_demo_shop
from dangol.server.demo_shop.ways import ways
from dangol.server.keys import open_keyring
from dangol.server.settings import Settings

_ZONE = ZoneInfo("Asia/Seoul")


def is_laid_out(settings: Settings) -> bool:
    """Has the demo shop of this data folder been taken over to the end?"""
    return (settings.data / "demo" / "finished.json").exists()


async def lay_out(settings: Settings, now: datetime) -> None:
    """Lay out the demo shop in `<data>/demo` and take it over.

    Everything in it can be done twice, so a crash half-way only means that it is done again.
    Raises CommandRefused when the data folder already holds another shop.
    """
    folder = settings.data / "demo"
    database = Database.prepare(settings.own_database, settings.data)
    await database.open()
    try:
        async with database.connection() as conn:
            await open_keyring(conn, settings)
            await _refuse_a_real_shop(conn, settings, begun=folder.exists())
            with progress(say("데모 가게를 그리는 중", "drawing the demo shop")):
                write_demo_shop(folder, now.astimezone(_ZONE).date())
            await take_over_folder(conn, settings, folder, now)
            await _put_ways_on_file(conn, now)
            err.print(say("데모 가게를 차렸어요.", "The demo shop is laid out."))
    finally:
        await database.close()
        database.leave()
    (folder / "finished.json").write_text(json.dumps({"at": now.isoformat()}) + "\n")


async def _refuse_a_real_shop(conn: Connection, settings: Settings, *, begun: bool) -> None:
    if not begun and await catalog.load_shop(conn) is not None:
        raise CommandRefused(
            say(
                f"{settings.data} 폴더에는 이미 다른 가게가 있어요. --data로 다른 폴더를 골라 주세요.",
                f"{settings.data} already holds another shop; choose another folder with --data",
            )
        )


async def _put_ways_on_file(conn: Connection, now: datetime) -> None:
    for way in ways():
        customer = await customers.identify(conn, external_id=None, email=way.email, name=None, now=now)
        kept = customers.StoredMethod(
            derived_id("way", way.email, way.kind, way.last_four), customer, way.kind, way.brand, way.last_four,
            balance=way.balance, gateway=CARD.name if way.token else None, token=way.token,
        )  # fmt: skip
        await customers.take_over_methods(conn, [kept])
