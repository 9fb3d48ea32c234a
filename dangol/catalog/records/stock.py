"""Queries of stock: what can be sold now, and what is held for whom."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from psycopg import AsyncConnection


async def held_by(conn: AsyncConnection[Any], holder: str) -> dict[str, int]:
    """What is held for a holder."""
    cursor = await conn.execute("select sku, quantity from stock_holds where holder = %s", (holder,))
    return dict(await cursor.fetchall())


async def lock_stock(conn: AsyncConnection[Any], skus: list[str]) -> dict[str, int]:
    """What can be sold of these variants; their rows are locked in the order of their SKUs."""
    cursor = await conn.execute(
        "select sku, stock from variants where sku = any(%s) order by sku for update", (skus,)
    )
    return dict(await cursor.fetchall())


async def lock_holder(conn: AsyncConnection[Any], holder: str) -> None:
    """Let one transaction at a time decide about a holder."""
    await conn.execute("select pg_advisory_xact_lock(hashtextextended('stock:' || %s, 0))", (holder,))


async def take(conn: AsyncConnection[Any], holder: str, wanted: dict[str, int], until: datetime) -> None:
    """Move units from what can be sold to what is held."""
    skus, quantities = list(wanted), list(wanted.values())
    await conn.execute(
        """update variants v set stock = stock - w.quantity
           from unnest(%s::text[], %s::integer[]) as w (sku, quantity) where v.sku = w.sku and v.tracked""",
        (skus, quantities),
    )
    await conn.execute(
        """insert into stock_holds (holder, sku, quantity, until)
           select %s, sku, quantity, %s from unnest(%s::text[], %s::integer[]) as w (sku, quantity)""",
        (holder, until, skus, quantities),
    )


async def give_back(conn: AsyncConnection[Any], holder: str) -> None:
    """Move units from what is held to what can be sold."""
    await conn.execute(
        """with back as (delete from stock_holds where holder = %s returning sku, quantity)
           update variants v set stock = stock + back.quantity from back
           where v.sku = back.sku and v.tracked""",
        (holder,),
    )


async def forget(conn: AsyncConnection[Any], holder: str) -> None:
    """The units held are gone with the parcel."""
    await conn.execute("delete from stock_holds where holder = %s", (holder,))


async def expired(conn: AsyncConnection[Any], now: datetime) -> list[str]:
    """Holders whose time is over."""
    cursor = await conn.execute(
        "select distinct holder from stock_holds where until <= %s order by 1", (now,)
    )
    return [row[0] for row in await cursor.fetchall()]


async def put_back(conn: AsyncConnection[Any], there: dict[str, int]) -> None:
    """Add units to what can be sold."""
    await conn.execute(
        """update variants v set stock = stock + w.quantity
           from unnest(%s::text[], %s::integer[]) as w (sku, quantity) where v.sku = w.sku and v.tracked""",
        (list(there), list(there.values())),
    )
