"""A shop as a folder of files: taken over whole by the ordinary importers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from dangol.catalog import api as catalog
from dangol.kernel.shop import Shop
from dangol.server.commands.console import CommandRefused, say
from dangol.server.commands.imports import show, take_over
from dangol.server.database import Connection, Database
from dangol.server.keys import open_keyring
from dangol.server.settings import Settings

_KINDS = (
    "products",
    "customers",
    "orders",
    "reviews",
    "articles",
)  # reviews and orders name what stands before them
_OF_WOOCOMMERCE = "Regular price"


async def open_shop(settings: Settings, folder: Path, now: datetime) -> None:
    """Take a shop over into an empty data folder: `shop.json`, `products.csv` or `.json`, and what else there is."""
    database = Database.prepare(settings.own_database, settings.data)
    await database.open()
    try:
        async with database.connection() as conn:
            await open_keyring(conn, settings)
            await take_over_folder(conn, settings, folder, now)
    finally:
        await database.close()
        database.leave()


async def take_over_folder(conn: Connection, settings: Settings, folder: Path, now: datetime) -> None:
    """Take over every file of a shop's folder; what is refused is shown. Raises CommandRefused without a shop file."""
    file = folder / "shop.json"
    if not file.is_file():
        raise CommandRefused(say(f"{folder}에 shop.json이 없어요", f"there is no shop.json in {folder}"))
    shop = await catalog.import_shop(conn, file)
    if not isinstance(shop, Shop):
        raise CommandRefused("; ".join(error.say("en") for error in shop))
    for kind, path, format in _files_in(folder):
        report = await take_over(conn, settings, kind, path, format, now)
        if report.refused:
            show(kind, report)


def _files_in(folder: Path) -> Iterator[tuple[str, Path, str | None]]:
    for kind in _KINDS:
        for path in (folder / f"{kind}.json", folder / f"{kind}.csv", folder / kind):
            if path.exists():
                yield kind, path, _format(path)
                break


def _format(path: Path) -> str | None:
    """The format of a products file by its ending and its head; None where there is only one."""
    if path.stem != "products":
        return None
    if path.suffix == ".json":
        return "json"
    head = path.read_bytes()[:4096].decode("utf-8", "replace")
    return "woocommerce-csv" if _OF_WOOCOMMERCE in head else "shopify-csv"
