"""The kinds of files a running server takes over, and the import each goes to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from dangol.catalog import api as catalog
from dangol.customers import api as customers
from dangol.kernel.imports import ImportReport, Refusal
from dangol.kernel.shop import Shop
from dangol.orders import api as orders
from dangol.server.database import Connection

Step = Callable[[int, int | None], None]


@dataclass(frozen=True)
class Given:
    """A file to be taken over, and what its import needs besides."""

    conn: Connection
    shop: Shop
    file: Path
    format: str
    media: Path
    now: datetime
    step: Step


@dataclass(frozen=True)
class FileKind:
    """A kind of file: its formats, first the usual one, who takes it over, and why a row was refused in words."""

    formats: tuple[str, ...]
    take: Callable[[Given], Awaitable[ImportReport]]
    reason: Callable[[Refusal, str], str]


async def _products(given: Given) -> ImportReport:
    return await catalog.import_products(
        given.conn, given.shop, given.file, given.format, given.now, media=given.media, progress=given.step
    )


async def _reviews(given: Given) -> ImportReport:
    return await catalog.import_reviews(given.conn, given.file, given.now, progress=given.step)


def _of_room(take: Any) -> Callable[[Given], Awaitable[ImportReport]]:
    async def run(given: Given) -> ImportReport:
        report: ImportReport = await take(
            given.conn, given.shop, given.file, given.format, given.now, progress=given.step
        )
        return report

    return run


FILES: dict[str, FileKind] = {
    "products": FileKind(("shopify-csv", "woocommerce-csv", "json"), _products, catalog.say_refusal),
    "orders": FileKind(("shopify-csv",), _of_room(orders.import_orders), orders.say_order_refusal),
    "customers": FileKind(
        ("shopify-csv",), _of_room(customers.import_customers), customers.say_customer_refusal
    ),
    "reviews": FileKind(("csv",), _reviews, catalog.say_refusal),
}
