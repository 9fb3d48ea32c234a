"""Who is likely to leave, on real purchases, and how long a large shop's reckoning takes.

    python -m benchmarks.churn CDNOW_master.txt     (lines of customer, date, pieces, dollars: 23,570 customers of a music
                                                     shop, 1997 to 1998; the package `lifetimes` carries it, MIT)
    python -m benchmarks.churn --customers 100000   (a simulated shop in a database of its own)

Everything is measured by the room's own code: features up to a day, the outcome of the horizon after it, the model made
on one horizon, chosen on the next, proved on the last.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.catalogue import SHOP
from benchmarks.simulated import orders_of, put_in
from dangol.insights import api as insights
from dangol.insights.judging import Period, judge
from dangol.insights.people import People
from dangol.insights.rules import horizon_for
from dangol.kernel.shop import Shop
from dangol.server.database import Database

RESULTS = Path(__file__).parent / "results"
_NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
_DAYS = 900


def read_cdnow(lines: Iterable[str]) -> dict[int, list[tuple[int, float]]]:
    """Customer → (day since the first of all, cents) of each purchase, oldest first."""
    rows = [line.split() for line in lines]
    told = [
        (int(row[0]), date.fromisoformat(row[1]).toordinal(), float(row[-1]) * 100)
        for row in rows
        if row and row[0].isdigit()
    ]
    first = min(day for _, day, _ in told)
    found: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for customer, day, cents in sorted(told):
        found[customer].append((day - first, cents))
    return found


def people_at(bought: dict[int, list[tuple[int, float]]], until: int) -> People:
    """The customers as the room would see them on a day."""
    rows = []
    for customer in sorted(bought):
        before = [one for one in bought[customer] if one[0] < until]
        if before:
            days = sorted({day for day, _ in before})
            value = sum(cents for _, cents in before)
            year = sum(cents for day, cents in before if day >= until - 365)
            recent = sum(day >= until - 90 for day in days)
            rows.append(
                (customer, until - days[0], until - days[-1], len(days), recent, len(before), value, year)
            )
    ids, tenure, recency, visits, recent_days, orders, value_, year_ = np.array(rows, dtype=np.float64).T
    none = np.zeros(len(rows))
    return People(
        id=ids.astype(np.int64), tenure=tenure, recency=recency, visits=visits, recent=recent_days, orders=orders,
        discounted=none, value=value_, year_value=year_, late=none, returned=none, complained=none, unhappy=none,
        trouble_ago=none + np.inf,
    )  # fmt: skip


def measure_public(file: Path) -> dict[str, Any]:
    """The figures on the purchases of real people."""
    bought = read_cdnow(file.read_text(encoding="utf-8").splitlines())
    end = max(day for days in bought.values() for day, _ in days) + 1
    horizon = horizon_for(people_at(bought, end).shop_gap(), end)
    past = []
    for ago in (3, 2, 1):
        until = end - ago * horizon
        after = sorted(
            who for who, days in bought.items() if any(until <= day < until + horizon for day, _ in days)
        )
        past.append(Period(people_at(bought, until), np.array(after, dtype=np.int64)))
    return {"customers": len(bought), "days": end, **judge(past, horizon).model_dump(mode="json")}


async def measure_size(customers: int) -> dict[str, Any]:
    """How long one reckoning of a simulated shop takes, and how much memory this process had at most."""
    with tempfile.TemporaryDirectory(prefix="dangol-churn-") as folder:
        database = await asyncio.to_thread(Database.prepare, None, Path(folder))
        await database.open()
        try:
            async with database.connection() as conn:
                made = orders_of(customers, _DAYS)
                await put_in(conn, made, customers, _NOW, _DAYS)
                before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
                orders, made = len(made), []
                shop = Shop.model_validate(SHOP)
                began, cpu = time.perf_counter(), time.process_time()
                run = await insights.reckon(conn, shop, _NOW)
                took, used = time.perf_counter() - began, time.process_time() - cpu
        finally:
            await database.close()
            database.leave()
    return {
        "customers": customers,
        "orders": orders,
        "scored": run.scored,
        "seconds": round(took, 1),
        "cpu_seconds_of_python": round(used, 1),
        "most_memory_mb_before": before // 1024,
        "most_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "report": run.report,
    }


def main() -> None:
    """Measure, print, and store beside the other results."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--customers", type=int, default=0)
    parser.add_argument("--out", type=Path, default=RESULTS / "local-churn.json")
    asked = parser.parse_args()
    figures: dict[str, Any] = json.loads(asked.out.read_text()) if asked.out.exists() else {}
    if asked.file:
        figures["cdnow"] = measure_public(asked.file)
    if asked.customers:
        figures[f"simulated_{asked.customers}"] = asyncio.run(measure_size(asked.customers))
    asked.out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
