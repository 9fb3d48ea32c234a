"""What happens behind the pages of the running shop: a parcel is scanned, a link to an order is made."""

from __future__ import annotations

import csv
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import psycopg

from dangol.server.postgres import EmbeddedPostgres


@asynccontextmanager
async def back_room(folder: Path) -> AsyncIterator[psycopg.AsyncConnection[Any]]:
    """The database of the running shop, beside it."""
    url = os.environ.get("DANGOL_DATABASE_URL") or EmbeddedPostgres(folder / "postgres").url()
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as conn:
        yield conn


def sample_order(folder: Path, payment: str, fulfilment: str) -> dict[str, str]:
    """An order of the sample shop that is paid so, and so far on its way."""
    with (folder / "demo" / "orders.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["Email"] and row["Name"]]
    wanted = (payment, fulfilment)
    return next(row for row in rows if (row["Financial Status"], row["Fulfillment Status"]) == wanted)
