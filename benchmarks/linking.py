"""How long it takes to find a shop's names in a message, and to read a message whole, with very many products."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date
from itertools import islice
from typing import Any

import numpy as np

from benchmarks.catalogue import products
from dangol.assistant.understanding.corpus import Example, part_examples
from dangol.assistant.understanding.lexicon import Named, ProductName, ShopLexicon
from dangol.assistant.understanding.understanding import Understanding, context_of
from dangol.kernel.words.normalising import normalise

TODAY = date(2026, 11, 21)
_NAMED_PRODUCTS = 200  # messages that name a product of the shop beside those of the development part


def measure(count: int) -> dict[str, Any]:
    """Milliseconds of linking (`link`) and of the whole reading (`read`), p50, p95, p99, in a shop of so many products;
    the processor's time of each (`*_cpu`) says what a busy machine hides."""
    listed = list(products(count))
    started = time.perf_counter()
    lexicon = ShopLexicon.build(
        [
            ProductName(
                one["handle"],
                (one["title"]["ko"], one["title"]["en"]),
                one["brand"]["ko"],
                (one["category"]["ko"],),
                tuple(variant["sku"] for variant in one["variants"]),
            )
            for one in listed
        ],
        brands=[Named(one, (one,)) for one in sorted({each["brand"]["en"] for each in listed})],
    )
    built = time.perf_counter() - started
    reader = Understanding.load(lexicon=lexicon)
    examples = [*part_examples("dev"), *_naming(listed)]
    plain = [normalise(one.text) for one in examples]
    contexts = [(one.text, context_of(one.context, one.language, TODAY)) for one in examples]
    return {
        "products": count,
        "messages": len(examples),
        "lexicon_s": round(built, 1),
        **_taken("link", lambda at: lexicon.link(plain[at]), len(plain)),
        **_taken("read", lambda at: reader.read(*contexts[at]), len(contexts)),
    }


def _naming(listed: Sequence[dict[str, Any]]) -> list[Example]:
    step = max(1, len(listed) // _NAMED_PRODUCTS)
    chosen = islice(listed, 0, None, step)
    return [
        Example(f"{one['title']['ko']} 재고 있어요?", "ko", ("ask_availability",))
        if at % 2
        else Example(f"how much is the {one['title']['en']}", "en", ("ask_price",))
        for at, one in enumerate(chosen)
    ]


def _taken(name: str, act: Callable[[int], object], count: int) -> dict[str, dict[str, float]]:
    walls, cpus = [], []
    for at in range(count):
        wall, cpu = time.perf_counter(), time.process_time()
        act(at)
        walls.append((time.perf_counter() - wall) * 1000)
        cpus.append((time.process_time() - cpu) * 1000)
    return {name: _shares(walls), f"{name}_cpu": _shares(cpus)}


def _shares(taken: Sequence[float]) -> dict[str, float]:
    return {f"p{share}": round(float(np.percentile(taken, share)), 2) for share in (50, 95, 99)}


def show(report: dict[str, Any]) -> None:
    """Print the figures."""
    print(
        f"\n== names of {report['products']:,} products in a message (lexicon built in {report['lexicon_s']} s)"
    )
    print(f"{'':<10}{'p50':>8}{'p95':>8}{'p99':>8}  ms")
    for name in ("link", "link_cpu", "read", "read_cpu"):
        row = report[name]
        print(f"{name:<10}{row['p50']:>8}{row['p95']:>8}{row['p99']:>8}")
