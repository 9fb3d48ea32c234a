"""nDCG@10, recall@10 and empty answers of the shop's search, of plain words alone and of meanings alone.

python -m benchmarks relevance
"""

from __future__ import annotations

import json
import math
import tempfile
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from dangol.catalog import api as catalog
from dangol.catalog.search.index import Index
from dangol.connect.embedders.embedded import EmbeddedEmbedder
from dangol.contracts.shopfloor.products import FindProducts
from dangol.kernel.tools import Shopper, ToolContext
from dangol.kernel.words.normalising import normalise
from dangol.server.commands.demo import lay_out
from dangol.server.database import Connection, Database
from dangol.server.settings import Settings

QUERIES = Path(__file__).parent / "queries.jsonl"
DEPTH = 10
_TODAY = datetime(2026, 11, 21, 3, tzinfo=UTC)  # season and newness count from here, whenever it is measured

Find = Callable[["Query"], Awaitable[Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, in which language, how it was typed, and the handles that answer it: 3 exactly, 2 well, 1 at all."""

    text: str
    language: str
    tags: tuple[str, ...]
    relevant: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over a set of queries; `missed` are those with nothing relevant among the first ten."""

    queries: int
    ndcg: float
    recall: float
    empty: float
    missed: float


def read_queries(file: Path = QUERIES) -> list[Query]:
    """The queries of the set."""
    told = (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line)
    return [Query(one["query"], one["language"], tuple(one["tags"]), one["relevant"]) for one in told]


def ndcg(found: Sequence[str], relevant: Mapping[str, int], depth: int = DEPTH) -> float:
    """Normalised discounted cumulative gain with gain 2^grade - 1 (Burges et al. 2005): 1 is the best order there is."""

    def gain(grades: Iterable[int]) -> float:
        return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))

    best = gain(sorted(relevant.values(), reverse=True)[:depth])
    return gain(relevant.get(handle, 0) for handle in found[:depth]) / best


def recall(found: Sequence[str], relevant: Mapping[str, int], depth: int = DEPTH) -> float:
    """Share of the relevant products among the first ten; of ten where there are more than ten."""
    return sum(handle in relevant for handle in found[:depth]) / min(depth, len(relevant))


def figures(queries: Sequence[Query], found: Sequence[Sequence[str]]) -> Figures:
    """The means over these queries and what was found for each."""
    pairs = list(zip(queries, found, strict=True))

    def mean(values: Iterable[float]) -> float:
        return round(sum(values) / len(pairs), 3)

    return Figures(
        len(pairs),
        mean(ndcg(some, one.relevant) for one, some in pairs),
        mean(recall(some, one.relevant) for one, some in pairs),
        mean(not some for _, some in pairs),
        mean(not set(some[:DEPTH]) & set(one.relevant) for one, some in pairs),
    )


async def measure() -> dict[str, Any]:
    """Lay out a demo shop, ask every query in each way, and give the figures by way, language and tag."""
    queries = read_queries()
    with tempfile.TemporaryDirectory(prefix="dangol-relevance-") as folder:
        settings = Settings(data=Path(folder) / "data", database_url=None)
        await lay_out(settings, _TODAY)
        database = Database.prepare(None, settings.data)
        await database.open()
        try:
            async with database.connection() as conn:
                ways = await _ways(conn, database)
                found = {name: [await find(one) for one in queries] for name, find in ways.items()}
        finally:
            await database.close()
            database.leave()
    return {
        "ways": {name: _by_group(queries, some) for name, some in found.items()},
        "worst": _worst(queries, found["search"]),
    }


async def _ways(conn: Connection, database: Database) -> dict[str, Find]:
    shop = await catalog.load_shop(conn)
    assert shop is not None
    embedder = EmbeddedEmbedder()
    search = await catalog.Search.open(database.connection, embedder)
    await search.read_meanings(conn)
    index = Index(embedder)
    await index.refresh(conn)
    columns = index.columns
    handles = {row: handle for handle, row in columns.row_of_handle.items()}

    async def whole(query: Query) -> Sequence[str]:
        ctx = ToolContext(conn, shop, _TODAY, query.language, Shopper("relevance"))
        wishes = search.wishes_in(query.text, shop.currency)
        answer = await search.find(
            ctx, FindProducts(wishes=wishes, limit=DEPTH, in_stock_only=False, personal=False)
        )
        return [item.product for item in answer.items]

    async def words(query: Query) -> Sequence[str]:
        rows, _ = index.lexical.search(normalise(query.text))
        return [handles[int(row)] for row in rows[:DEPTH]]

    async def meanings(query: Query) -> Sequence[str]:
        vector = index.vector(normalise(query.text))
        assert vector is not None
        rows = np.flatnonzero(columns.alive)
        likeness = index.meanings.likeness(vector, rows)
        best = np.argsort(-likeness, kind="stable")[:DEPTH]
        return [handles[int(rows[at])] for at in best]

    return {"search": whole, "words alone": words, "meanings alone": meanings}


def _by_group(queries: Sequence[Query], found: Sequence[Sequence[str]]) -> dict[str, Figures]:
    groups: dict[str, list[int]] = {}
    for at, query in enumerate(queries):
        for name in ("all", query.language, *(f"{query.language} {tag}" for tag in query.tags)):
            groups.setdefault(name, []).append(at)
    return {
        name: figures([queries[at] for at in places], [found[at] for at in places])
        for name, places in sorted(groups.items(), key=lambda group: (group[0] != "all", group[0]))
    }


def _worst(queries: Sequence[Query], found: Sequence[Sequence[str]], many: int = 30) -> list[dict[str, Any]]:
    scored = sorted(
        ((ndcg(some, one.relevant), one, some) for one, some in zip(queries, found, strict=True)),
        key=lambda row: row[0],
    )
    return [
        {
            "query": one.text,
            "ndcg": round(score, 3),
            "found": list(some[:3]),
            "wanted": list(one.relevant)[:3],
        }
        for score, one, some in scored[:many]
    ]


def table(report: Mapping[str, Any]) -> str:
    """The figures as lines to print: a row for each group of queries, the ways beside each other."""
    ways: Mapping[str, Mapping[str, Figures]] = report["ways"]
    lines = [f"{'':<16}{'':>5}" + "".join(f"{name:>30}" for name in ways)]
    lines.append(
        f"{'queries':<16}{'n':>5}" + f"{'nDCG':>9}{'recall':>7}{'empty':>7}{'missed':>7}" * len(ways)
    )
    for name, first in next(iter(ways.values())).items():
        cells = "".join(
            f"{one.ndcg:>9.3f}{one.recall:>7.3f}{one.empty:>7.3f}{one.missed:>7.3f}"
            for one in (groups[name] for groups in ways.values())
        )
        lines.append(f"{name:<16}{first.queries:>5}{cells}")
    lines += ["", "farthest from the best order:"]
    lines += [
        f"  {row['ndcg']:.2f} {row['query']!r}: {', '.join(row['found']) or 'nothing'}"
        for row in report["worst"]
    ]
    return "\n".join(lines)
