"""Measure a shop on this machine and how well search finds; print the figures and store them as JSON.

python -m benchmarks [speed] [relevance] [recommending] [aftersale] [models] [desk] [linking]
                     [strange] [heads] [nlpjs] [late] [voice] [--orders 1000000]
                     [--sizes 1000 10000 100000] [--seconds 20] [--streams 300] [--out benchmarks/results/local.json]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

from benchmarks import aftersale, desk, heads, late, linking, models, strange, voice
from benchmarks.house import build, serve
from benchmarks.nlpjs import measure as nlpjs
from benchmarks.relevance import measure as relevance
from benchmarks.relevance import recommending
from benchmarks.talking import latencies, throughput

RESULTS = Path(__file__).parent / "results"
PARTS = (
    "speed", "relevance", "recommending", "aftersale", "models", "desk", "linking", "strange", "heads", "nlpjs",
    "late", "voice",
)  # fmt: skip
LOAD_SIZE = 10_000
AT_ONCE = 200
PER_SECOND = 125.0  # turns that 200 shoppers ask for together: one each in 1.6 s
LINKED_SIZE = 100_000
STRANGE_STRINGS = 10_000


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
                figures["load"] = {
                    "workers": workers,
                    "at_most": await throughput(server.url, AT_ONCE, seconds),
                    "paced": await throughput(server.url, AT_ONCE, seconds, PER_SECOND),  # of a warm server
                    "memory_mb": server.memory_mb(),
                }
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


def stolen(before: Any) -> float:
    """Percent of the processors' time since then that the host gave to other machines."""
    now = psutil.cpu_times()
    gone = getattr(now, "steal", 0.0) - getattr(before, "steal", 0.0)
    return round(gone * 100 / max(sum(now) - sum(before), 0.01), 1)


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
        for how, words in (("paced", "asked at a pace"), ("at_most", "asked without a pause")):
            load = figures["load"][how]
            print(
                f"{load['at_once']} conversations at once, {words}, {figures['load']['workers']} processes: "
                f"{load['turns_per_second']} turns/s, p50 {load['p50']} ms, "
                f"p95 {load['p95']} ms, p99 {load['p99']} ms, {load['refused']} refused"
            )


def measure_speed(sizes: list[int], seconds: float) -> Iterator[dict[str, Any]]:
    """Turns, throughput, imports, index, memory and start, size by size."""
    for size in sizes:
        figures = asyncio.run(measure(size, seconds))
        show(figures)
        yield figures


def measure_relevance() -> dict[str, Any]:
    """How well search finds what was meant, beside its parts alone."""
    report = asyncio.run(relevance.measure())
    print(f"\n== relevance\n{relevance.table(report)}")
    groups = report["ways"].items()
    return {way: {name: asdict(one) for name, one in figures.items()} for way, figures in groups}


def measure_recommending() -> dict[str, Any]:
    """How often what was bought was among what was recommended."""
    report = asyncio.run(recommending.measure())
    print(f"\n== recall of held-out purchases\n{recommending.table(report)}")
    return report


def measure_aftersale(orders: int) -> dict[str, Any]:
    """Turns over a large order book."""
    report = asyncio.run(aftersale.measure(orders))
    print(f"\n== after the sale, {orders:,} orders")
    print(f"loaded in {report['load_s']} s · {'':<2}{'turn':<16}{'p50':>8}{'p95':>8}{'p99':>8}{'cpu':>8}  ms")
    for kind, row in report["turn_ms"].items():
        print(f"{kind:<16}{row['p50']:>8}{row['p95']:>8}{row['p99']:>8}{report['server_cpu_ms'][kind]:>8}")
    print(f"rows read without an index: {report['read_in_sequence'] or 'none'}")
    return report


def machine_report() -> dict[str, Any]:
    """The head of a report."""
    return {"at": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine()}


def store(report: dict[str, Any], out: Path) -> None:
    """Write what is known so far."""
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


def measure_models() -> dict[str, Any]:
    """What a language model adds."""
    report = asyncio.run(models.measure())
    models.show(report)
    return report


def measure_desk(streams: int) -> dict[str, Any]:
    """Live streams and hand-offs."""
    report = asyncio.run(desk.measure(streams))
    desk.show(report)
    return report


def measure_linking() -> dict[str, Any]:
    """Names of very many products in a message."""
    report = linking.measure(LINKED_SIZE)
    linking.show(report)
    return report


def measure_strange() -> dict[str, Any]:
    """Strings nobody means anything by."""
    report = strange.measure(STRANGE_STRINGS)
    strange.show(report)
    return report


def measure_heads() -> dict[str, Any]:
    """Classifiers of intents side by side."""
    report = heads.measure()
    print(f"\n== heads, {report['messages']:,} messages, {report['folds']} folds\n{heads.table(report)}")
    return report


def measure_nlpjs() -> dict[str, Any]:
    """The reader beside NLP.js, where npm can install it."""
    try:
        report = nlpjs.measure()
    except nlpjs.NotInstalled as missing:
        print(f"\n== NLP.js: skipped, {missing}")
        return {"skipped": str(missing)}
    print(f"\n== beside NLP.js\n{nlpjs.table(report)}")
    return report


def measure_late() -> dict[str, Any]:
    """Late parcels foretold."""
    report = late.measure()
    late.show(report)
    return report


def measure_voice() -> dict[str, Any]:
    """Spoken questions understood."""
    try:
        report = voice.measure()
    except voice.NotInstalled as missing:
        print(f"\n== voice: skipped, {missing}")
        return {"skipped": str(missing)}
    voice.show(report)
    return report


def main() -> None:
    """Run what was asked for; everything when nothing was."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=(__doc__ or "").split("\n", 1)[0]
    )
    parser.add_argument("parts", nargs="*", help=f"what to measure: {', '.join(PARTS)} (default: all)")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument(
        "--orders", type=int, default=1_000_000, help="orders in the book of the after-sale turns"
    )
    parser.add_argument("--seconds", type=float, default=20.0, help="length of the load test")
    parser.add_argument(
        "--streams", type=int, default=300, help="shoppers at the desk, each handed over once"
    )
    parser.add_argument("--out", type=Path, default=RESULTS / "local.json")
    wanted = parser.parse_args()
    parts = wanted.parts or list(PARTS)
    if unknown := set(parts) - set(PARTS):
        parser.error(f"unknown part: {', '.join(sorted(unknown))}")
    report = machine_report()
    measures: dict[str, Callable[[], dict[str, Any]]] = {
        "relevance": measure_relevance,
        "recommending": measure_recommending,
        "aftersale": lambda: measure_aftersale(wanted.orders),
        "models": measure_models,
        "desk": lambda: measure_desk(wanted.streams),
        "linking": measure_linking,
        "strange": measure_strange,
        "heads": measure_heads,
        "nlpjs": measure_nlpjs,
        "late": measure_late,
        "voice": measure_voice,
    }
    before = psutil.cpu_times()
    for part, taken in measures.items():
        if part in parts:
            report[part] = taken()
            report["machine"]["stolen_percent"] = stolen(before)
            store(report, wanted.out)
    if "speed" in parts:
        report["sizes"] = []
        for figures in measure_speed(wanted.sizes, wanted.seconds):
            report["sizes"].append(figures)
            report["machine"]["stolen_percent"] = stolen(before)
            store(report, wanted.out)
    print(f"\nstored in {wanted.out}")


main()
