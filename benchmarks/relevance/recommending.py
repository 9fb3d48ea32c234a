"""Recall@k on held-out purchases: the shop's personal ranking against popularity and against no person at all.

Every customer with two orders or more is asked about once: what they bought before their last order is known, and a list
of ten for a wish that names nothing ("recommend me something") is held against what that last order holds. Popularity
counts what all orders before it sold (ours too, so that neither way sees what came after).

python -m benchmarks recommending
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dangol.catalog import api as catalog
from dangol.catalog.records import shoppers
from dangol.connect.embedders.embedded import EmbeddedEmbedder
from dangol.contracts.shopfloor.products import FindProducts, Wishes
from dangol.kernel.tools import Shopper, ToolContext
from dangol.server.commands.demo import lay_out
from dangol.server.database import Connection, Database
from dangol.server.settings import Settings

TODAY = datetime(2026, 11, 21, 3, tzinfo=UTC)
DEPTHS = (5, 10, 20)


@dataclass(frozen=True, slots=True)
class Held:
    """A customer's purchases before their last order, those of it that are new to them, and what all had bought by then."""

    customer: int
    before: tuple[int, ...]
    wanted: frozenset[str]
    popular: tuple[str, ...]


def recall(found: Sequence[str], wanted: frozenset[str], depth: int) -> float:
    """Share of what was bought that stands among the first so many."""
    return len(wanted & set(found[:depth])) / len(wanted)


def hold_out(rows: Sequence[tuple[int, datetime, int, str]]) -> list[Held]:
    """One case for each customer from (customer, placed at, product id, handle); nothing new: left out."""
    baskets: dict[tuple[int, datetime], list[tuple[int, str]]] = {}
    for customer, at, product, handle in rows:
        baskets.setdefault((customer, at), []).append((product, handle))
    held = []
    for who in sorted({customer for customer, _ in baskets}):
        moments = sorted(at for customer, at in baskets if customer == who)
        if len(moments) < 2:
            continue
        mine = [item for at in moments[:-1] for item in baskets[who, at]]
        wanted = frozenset(handle for _, handle in baskets[who, moments[-1]]) - {handle for _, handle in mine}
        sold = Counter(h for (_, at), items in baskets.items() if at < moments[-1] for _, h in items)
        ranked = tuple(handle for handle, _ in sorted(sold.items(), key=lambda one: (-one[1], one[0])))
        if wanted:
            held.append(Held(who, tuple(product for product, _ in mine), wanted, ranked))
    return held


async def measure() -> dict[str, Any]:
    """Lay out a demo shop and give recall at each depth by way."""
    with tempfile.TemporaryDirectory(prefix="dangol-recommending-") as folder:
        settings = Settings(data=Path(folder) / "data", database_url=None)
        await lay_out(settings, TODAY)
        database = Database.prepare(None, settings.data)
        await database.open()
        try:
            async with database.connection() as conn:
                return await _measure(conn, database)
        finally:
            await database.close()
            database.leave()


async def _measure(conn: Connection, database: Database) -> dict[str, Any]:
    cases = hold_out(await _purchases(conn))
    shop = await catalog.load_shop(conn)
    assert shop is not None
    search = await catalog.Search.open(database.connection, EmbeddedEmbedder())
    await search.read_meanings(conn)
    found: dict[str, list[Sequence[str]]] = {"personal": [], "popular": [], "nobody": []}
    asked = FindProducts(wishes=Wishes(text="추천해 주세요"), limit=max(DEPTHS), in_stock_only=False)
    for number, case in enumerate(cases):
        for way in ("personal", "nobody"):
            shopper = Shopper(f"held-{way}-{number}")
            for product in case.before if way == "personal" else ():
                await shoppers.note(conn, shopper.key, "purchase", TODAY, product_id=product)
            answer = await search.find(ToolContext(conn, shop, TODAY, "ko", shopper), asked)
            found[way].append([item.product for item in answer.items])
        bought = {handle for (handle,) in await _handles(conn, case.before)}
        found["popular"].append([handle for handle in case.popular if handle not in bought])
    return {
        "customers": len(cases),
        "recall": {
            way: {
                f"@{depth}": round(
                    sum(recall(some, case.wanted, depth) for some, case in zip(lists, cases, strict=True))
                    / len(cases),
                    3,
                )
                for depth in DEPTHS
            }
            for way, lists in found.items()
        },
    }


async def _purchases(conn: Connection) -> list[tuple[int, datetime, int, str]]:
    cursor = await conn.execute(
        "select o.customer_id, o.placed_at, p.id, p.handle from orders o join order_lines l on l.order_id = o.id"
        " join products p on p.handle = l.product"
        " where o.customer_id is not null and o.status not in ('pending_payment', 'cancelled')"
        " order by o.placed_at, o.id, l.line"
    )
    return [(row[0], row[1], row[2], row[3]) for row in await cursor.fetchall()]


async def _handles(conn: Connection, ids: Sequence[int]) -> list[tuple[str]]:
    cursor = await conn.execute("select handle from products where id = any(%s)", (list(ids),))
    return [(row[0],) for row in await cursor.fetchall()]


def table(report: dict[str, Any]) -> str:
    """The figures as lines to print."""
    ways = report["recall"]
    lines = [f"{report['customers']} customers", f"{'':<10}" + "".join(f"{f'@{d}':>8}" for d in DEPTHS)]
    lines += [f"{way:<10}" + "".join(f"{ways[way][f'@{d}']:>8.3f}" for d in DEPTHS) for way in ways]
    return "\n".join(lines)
