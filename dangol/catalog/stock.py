"""Stock: what can be sold now; holding it for an order, giving it back, handing it over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection

from dangol.catalog.records import stock as records


async def hold_stock(
    conn: AsyncConnection[Any], holder: str, wanted: Mapping[str, int], until: datetime
) -> dict[str, int]:
    """Hold units for a holder until a moment, all or nothing; {} when held, else what can be sold of the lacking.

    A holder holds once: asking again changes nothing and answers {}. Quantities below 1 are not asked for.
    """
    asked = {sku: quantity for sku, quantity in sorted(wanted.items()) if quantity > 0}
    async with conn.transaction():
        await records.lock_holder(conn, holder)
        if not asked or await records.held_by(conn, holder):
            return {}
        there = await records.lock_stock(conn, list(asked))
        lacking = {sku: there.get(sku, 0) for sku, quantity in asked.items() if there.get(sku, 0) < quantity}
        if not lacking:
            await records.take(conn, holder, asked, until)
    return lacking


async def release_stock(conn: AsyncConnection[Any], holder: str) -> None:
    """Put back on sale what was held for a holder; nothing happens when nothing is."""
    async with conn.transaction():
        await records.lock_holder(conn, holder)
        await records.lock_stock(conn, list(await records.held_by(conn, holder)))
        await records.give_back(conn, holder)


async def commit_stock(conn: AsyncConnection[Any], holder: str) -> None:
    """What was held for a holder is sold; nothing happens when nothing is held."""
    async with conn.transaction():
        await records.lock_holder(conn, holder)
        await records.forget(conn, holder)


async def expired_holds(conn: AsyncConnection[Any], now: datetime) -> list[str]:
    """Holders whose time is over by now."""
    return await records.expired(conn, now)


async def restock(conn: AsyncConnection[Any], back: Mapping[str, int]) -> None:
    """Goods that came back go on sale again; variants that are no more are left out."""
    there = {sku: quantity for sku, quantity in sorted(back.items()) if quantity > 0}
    if there:
        async with conn.transaction():
            await records.lock_stock(conn, list(there))
            await records.put_back(conn, there)
