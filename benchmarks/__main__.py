"""Measure turns, throughput, imports, index, memory and start on this machine; print them and store them as JSON.

python -m benchmarks [--sizes 1000 10000 100000] [--seconds 20] [--out benchmarks/results/local.json]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.house import build, serve
from benchmarks.talking import latencies, throughput

RESULTS = Path(__file__).parent / "results"
LOAD_SIZE = 10_000
AT_ONCE = 200


async def measure(size: int, seconds: float) -> dict[str, Any]:
    """Every figure of a shop of one size."""
    with tempfile.TemporaryDirectory(prefix="dangol-bench-") as folder:
        data = Path(folder) / "data"
        figures: dict[str, Any] = {"products": size, **await build(data, size)}
        with serve(data) as server:
            figures["start"] = {"ready_s": server.ready_after, "first_answer_s": await server.first_answer()}
            figures["meanings_read_s"] = await server.settle()
            figures["turn_ms"] = await latencies(server.url)
            figures["memory_mb"] = server.memory_mb()
        if size == LOAD_SIZE:
            workers = os.cpu_count() or 1
            with serve(data, workers) as server:
                await server.settle()
                load = await throughput(server.url, AT_ONCE, seconds)
                figures["load"] = {"workers": workers, **load, "memory_mb": server.memory_mb()}
    return figures


def machine() -> dict[str, Any]:
    """What it was measured on."""
    return {
        "cores": os.cpu_count(),
        "machine": platform.machine(),
        "python": platform.python_version(),
        "system": platform.system(),
        "load_before": round(os.getloadavg()[0], 2),
    }


def show(figures: dict[str, Any]) -> None:
    """Print one size."""
    print(f"\n== {figures['products']:,} products")
    print(
        f"import {figures['import']['seconds']} s ({figures['import']['products_per_second']:,.0f} products/s) · "
        f"index {figures['index_s']} s · searchable after {figures['searchable_s']} s"
    )
    start = figures["start"]
    print(
        f"start: ready {start['ready_s']} s, first answer {start['first_answer_s']} s · memory {figures['memory_mb']} MB"
    )
    print(f"{'turn':<14}{'p50':>8}{'p95':>8}{'p99':>8}  ms")
    for kind, row in figures["turn_ms"].items():
        print(f"{kind:<14}{row['p50']:>8}{row['p95']:>8}{row['p99']:>8}")
    if "load" in figures:
        load = figures["load"]
        print(
            f"{load['at_once']} conversations at once, {load['workers']} processes: "
            f"{load['turns_per_second']} turns/s, p50 {load['p50']} ms, "
            f"p95 {load['p95']} ms, p99 {load['p99']} ms, {load['refused']} refused"
        )


def main() -> None:
    """Run everything."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=(__doc__ or "").split("\n", 1)[0]
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--seconds", type=float, default=20.0, help="length of the load test")
    parser.add_argument("--out", type=Path, default=RESULTS / "local.json")
    wanted = parser.parse_args()
    report: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "sizes": [],
    }
    for size in wanted.sizes:
        figures = asyncio.run(measure(size, wanted.seconds))
        show(figures)
        report["sizes"].append(figures)
        wanted.out.parent.mkdir(parents=True, exist_ok=True)
        wanted.out.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    print(f"\nstored in {wanted.out}")


main()
