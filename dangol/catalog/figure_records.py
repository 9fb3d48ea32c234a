"""Every query of stock and prices that another system states."""

from __future__ import annotations

from typing import Any

from psycopg import AsyncConnection

from dangol.catalog.imports.fields import BadCell

Connection = AsyncConnection[Any]


async def put_stock(conn: Connection, sku: str, pieces: int, branch: str | None) -> bool:
    """Write what is counted of a SKU; did it change? Raises BadCell for an unknown one."""
    known = await (
        await conn.execute("select counted, stock from variants where sku = %s for update", (sku,))
    ).fetchone()
    if known is None:
        raise BadCell("sku", "unknown_product", sku)
    if branch is not None:
        cursor = await conn.execute(
            "insert into shelves (sku, branch, quantity) values (%s, %s, %s) on conflict (sku, branch)"
            " do update set quantity = excluded.quantity where shelves.quantity <> excluded.quantity",
            (sku, branch, pieces),
        )
        return cursor.rowcount > 0
    cursor = await conn.execute(
        "update variants v set counted = %(pieces)s, stock = f.free from (select greatest(0, %(pieces)s"
        "  - (select coalesce(sum(quantity), 0) from stock_holds where sku = %(sku)s))::int as free) f"
        " where v.sku = %(sku)s and (v.stock, v.counted) is distinct from (f.free, %(pieces)s)",
        {"sku": sku, "pieces": pieces},
    )
    return cursor.rowcount > 0


async def put_price(conn: Connection, sku: str, price: int, before: int | None) -> bool:
    """Write what a SKU costs (minor units); did it change? Raises BadCell for an unknown one."""
    known = await (await conn.execute("select 1 from variants where sku = %s", (sku,))).fetchone()
    if known is None:
        raise BadCell("sku", "unknown_product", sku)
    cursor = await conn.execute(
        "update variants set price = %(price)s, compare_at = %(before)s"
        " where sku = %(sku)s and (price, compare_at) is distinct from (%(price)s, %(before)s)",
        {"sku": sku, "price": price, "before": before},
    )
    return cursor.rowcount > 0
