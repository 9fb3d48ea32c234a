"""A shop of any size, imported as a shopkeeper would, and its server as a process of its own."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import psutil
import psycopg

from benchmarks.catalogue import SHOP, write_catalogue
from benchmarks.talking import Talk
from dangol.catalog import api as catalog
from dangol.catalog.records import vectors
from dangol.connect.embedders.embedded import EmbeddedEmbedder
from dangol.kernel.clock import SystemClock
from dangol.kernel.shop import Shop
from dangol.knowledge import api as knowledge
from dangol.server.database import Database

_ARTICLES = {
    "shipping-ko.md": ("배송 안내", "ko", "배송비는 3,000원이고 5만원부터 무료예요."),
    "shipping-en.md": ("Shipping", "en", "Delivery is 3,000 won, free from 50,000 won."),
    "returns-ko.md": ("교환과 반품", "ko", "받은 날부터 7일 안에 반품할 수 있어요."),
}
_PATIENCE = 600
_READ_UP_TO = (
    20_000  # products whose meanings the server reads itself (3 ms a sentence); of more they are drawn
)


async def build(data: Path, size: int) -> dict[str, Any]:
    """Import a shop of this many products and read its index once; times in seconds."""
    database = await asyncio.to_thread(Database.prepare, None, data)
    await database.open()
    try:
        async with database.connection() as conn:
            shop = await catalog.store_shop(conn, SHOP)
            assert isinstance(shop, Shop)
            imported = await _import(conn, shop, data, size)
            await _articles(conn, shop, data)
            if size > _READ_UP_TO:
                await _draw_meanings(conn)
        began = time.perf_counter()
        search = await catalog.Search.open(database.connection, EmbeddedEmbedder())
        index = round(time.perf_counter() - began, 2)
        assert search.size() > 0
    finally:
        await database.close()
        database.leave()
    return {"import": imported, "index_s": index, "searchable_s": round(imported["seconds"] + index, 2)}


async def _import(conn: psycopg.AsyncConnection[Any], shop: Shop, data: Path, size: int) -> dict[str, Any]:
    file = data / "products.json"
    write_catalogue(file, size)
    began = time.perf_counter()
    report = await catalog.import_products(
        conn, shop, file, "json", SystemClock().now(), media=data / "media"
    )
    seconds = time.perf_counter() - began
    assert report.created == size, report.model_dump(exclude={"refused"})
    await conn.execute("analyze")
    return {"seconds": round(seconds, 2), "products_per_second": round(size / seconds)}


async def _draw_meanings(conn: psycopg.AsyncConnection[Any]) -> None:
    """Unit vectors drawn at random in place of meanings: searching among them costs the same, reading them costs none."""
    embedder = EmbeddedEmbedder()
    draw = np.random.default_rng(1)
    cursor = await conn.execute("select id, digest from products order by id")
    rows = await cursor.fetchall()
    for start in range(0, len(rows), 2_000):
        some = rows[start : start + 2_000]
        drawn = draw.standard_normal((len(some), 2, embedder.width)).astype(np.float32)
        drawn /= np.linalg.norm(drawn, axis=2, keepdims=True)
        kept = [(id_, digest, two.astype(np.float16)) for (id_, digest), two in zip(some, drawn, strict=True)]
        await vectors.store(conn, embedder.name, kept)


async def _articles(conn: psycopg.AsyncConnection[Any], shop: Shop, data: Path) -> None:
    folder = data / "articles"
    folder.mkdir()
    for name, (title, language, text) in _ARTICLES.items():
        head = f"---\ntitle: {title}\nlanguage: {language}\n---\n"
        (folder / name).write_text(f"{head}# {title}\n\n{text}\n", encoding="utf-8")
    await knowledge.import_articles(conn, shop, folder, SystemClock().now(), lambda _done, _total: None)


@dataclass
class Running:
    """A server that answers."""

    url: str
    process: subprocess.Popen[bytes]
    began: float
    ready_after: float

    async def first_answer(self) -> float:
        """Seconds from the command to the first answered message."""
        talk = await Talk.open(self.url)
        await talk.say("운동화 있어요?")
        talk.wire.close()
        return round(time.perf_counter() - self.began, 2)

    async def settle(self) -> float:
        """Wait until the server has nothing left to read: its processor time stands still; seconds it took."""
        began = time.perf_counter()
        quiet = 0
        while quiet < 3 and time.perf_counter() - began < _PATIENCE:
            before = self.spent()
            await asyncio.sleep(2)
            quiet = quiet + 1 if self.spent() - before < 0.2 * len(self._all()) else 0
        return round(time.perf_counter() - began, 1)

    def _all(self) -> list[psutil.Process]:
        """The server's own processes, without those of the database."""
        first = psutil.Process(self.process.pid)
        return [first, *(each for each in first.children(recursive=True) if "python" in each.name())]

    def spent(self) -> float:
        """Seconds of processor time the server's own processes have used."""
        return float(sum(sum(each.cpu_times()[:2]) for each in self._all()))

    def memory_mb(self) -> int:
        """Resident memory of all server processes together."""
        return sum(int(each.memory_info().rss) for each in self._all()) >> 20


@contextmanager
def serve(data: Path, workers: int = 1) -> Iterator[Running]:
    """The server over this data folder in so many processes, without limits on how often one address may ask."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    without_limits = {
        f"DANGOL_{name}_PER_MINUTE": str(10**7) for name in ("MESSAGES", "CONVERSATIONS", "REQUESTS")
    }
    began = time.perf_counter()
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "dangol.server",
            "serve",
            "--data",
            str(data),
            "--port",
            str(port),
            "--workers",
            str(workers),
        ],
        env={**os.environ, **without_limits, "DANGOL_LOG_LEVEL": "warning"},
        stdout=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url, process)
        yield Running(url, process, began, round(time.perf_counter() - began, 2))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            if httpx.get(f"{url}/readyz", timeout=5).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.05)
    raise RuntimeError(f"the server ended with {process.returncode}")
