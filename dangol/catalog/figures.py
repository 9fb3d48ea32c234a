"""Stock and prices as another system states them, row by row: what is wrong is named, the rest stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import AsyncConnection

from dangol.catalog import figure_records
from dangol.catalog.imports.fields import BadCell, amount, count, optional_amount
from dangol.kernel.imports import ImportReport, Refusal
from dangol.kernel.model import Value
from dangol.kernel.shop import Shop

Connection = AsyncConnection[Any]


class StockFigure(Value):
    """So many of a SKU are there: in what ships, or on the shelf of a branch."""

    sku: str
    stock: int | str
    branch: str | None = None


class PriceFigure(Value):
    """What a SKU costs, as a person writes it in the shop's currency; `compare_at` is the price before."""

    sku: str
    price: int | float | str
    compare_at: int | float | str | None = None


async def set_stock(conn: Connection, shop: Shop, figures: Sequence[StockFigure]) -> ImportReport:
    """Set stock to what is counted there, less what is held for orders; the same figures again change nothing.

    Rows are counted from 1. Call inside a transaction.
    """
    refused: list[Refusal] = []
    changed = same = 0
    branches = {branch.code for branch in shop.branches}
    for row, figure in enumerate(figures, 1):
        try:
            if figure.branch is not None and figure.branch not in branches:
                raise BadCell("branch", "unknown_branch", figure.branch)
            moved = await figure_records.put_stock(
                conn, figure.sku, count("stock", figure.stock), figure.branch
            )
        except BadCell as no:
            refused.append(Refusal(row=row, column=no.column, code=no.code, value=str(no.value)))
            continue
        changed, same = changed + moved, same + (not moved)
    return ImportReport(updated=changed, unchanged=same, refused=tuple(refused))


async def set_prices(conn: Connection, shop: Shop, figures: Sequence[PriceFigure]) -> ImportReport:
    """Set prices; rows are counted from 1. Call inside a transaction."""
    refused: list[Refusal] = []
    changed = same = 0
    for row, figure in enumerate(figures, 1):
        try:
            price = amount("price", figure.price, shop.currency)
            before = optional_amount("compare_at", figure.compare_at, shop.currency)
            moved = await figure_records.put_price(conn, figure.sku, price, before)
        except BadCell as no:
            refused.append(Refusal(row=row, column=no.column, code=no.code, value=str(no.value)))
            continue
        changed, same = changed + moved, same + (not moved)
    return ImportReport(updated=changed, unchanged=same, refused=tuple(refused))
