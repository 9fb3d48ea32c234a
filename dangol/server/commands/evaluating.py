"""`dangol evaluate`: suites of shopper stories played against a fresh demo shop over HTTP, and their scores."""

from __future__ import annotations

import json
import statistics
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.jwk import OctKey
from rich.table import Table

from dangol.assistant.understanding.model import IntentModel
from dangol.kernel.clock import SetClock, SystemClock
from dangol.kernel.ids import six_figures
from dangol.learning import api as learning
from dangol.server import logs
from dangol.server.commands.connecting import connected
from dangol.server.commands.console import CommandRefused, err, out, progress, say
from dangol.server.commands.demo import lay_out
from dangol.server.commands.shop_folders import open_shop
from dangol.server.doors import bind
from dangol.server.gateways import SAMPLE_GATEWAY
from dangol.server.language_models import Models
from dangol.server.rehearsal.playing import Performance, Stage, play
from dangol.server.rehearsal.script import BadStory, Story, read_stories
from dangol.server.serving import serving
from dangol.server.settings import Settings, kept_secret, shop_secret
from dangol.server.understandings import packed
from dangol.server.wire import open_premises

_WITHOUT_LIMIT = 10**6
_SHELF = "create table stock_before as select sku, stock, price from variants"
RESTOCK = (
    "update variants v set stock = b.stock, price = b.price from stock_before b"
    " where v.sku = b.sku and (v.stock, v.price) is distinct from (b.stock, b.price)"
)

Played = list[tuple[str, Performance]]


@dataclass(frozen=True)
class Trained:
    """A trained understanding with its card."""

    model: IntentModel
    card: dict[str, Any]


async def evaluate_suite(
    suite: Path, report: Path | None, shop: Path | None = None, at: datetime | None = None
) -> None:
    """Play every story of a file or folder; print a row a suite and what fell short. Raises CommandRefused.

    They are played in the demo shop, or in the `shop` whose files lie in that folder; now, or as if it were `at`.
    """
    logs.configure("auto", "error")
    played = await play_suite(stories_in(suite), shop=shop, at=at)
    _show(played)
    if report is not None:
        _write(report, played)


async def play_suite(
    stories: Sequence[tuple[str, Story]],
    reading_with: Trained | None = None,
    title: str = "",
    shop: Path | None = None,
    at: datetime | None = None,
) -> Played:
    """Every story played in a fresh shop that reads with this model (None: the one that came along)."""
    played: Played = []
    with tempfile.TemporaryDirectory(prefix="dangol-evaluate-") as folder:
        async with open_stage(Path(folder), reading_with, shop=shop, at=at) as stage:
            with progress(title or say("대화를 해 보는 중", "playing stories")) as step:
                for done, (name, story) in enumerate(stories, 1):
                    async with stage.open_connection() as conn:
                        await conn.execute(RESTOCK)
                    played.append((name, await play(story, stage)))
                    step(done, len(stories))
    return played


def stories_in(suite: Path) -> list[tuple[str, Story]]:
    """The stories of a file or folder, each with the name of its suite. Raises CommandRefused."""
    files = sorted(suite.glob("*.yaml")) if suite.is_dir() else [suite]
    try:
        found = [(file.stem, story) for file in files for story in read_stories(file)]
    except BadStory as bad:
        details = ", ".join(f"{name}: {value}" for name, value in bad.details.items())
        raise CommandRefused(
            say(f"이야기를 읽을 수 없어요 ({details})", f"a story cannot be read ({details})")
        ) from bad
    if not found:
        raise CommandRefused(say(f"{suite}에 이야기가 없어요", f"there are no stories in {suite}"))
    return found


@asynccontextmanager
async def open_stage(
    data: Path,
    reading_with: Trained | None = None,
    model: str = "",
    models: Models | None = None,
    shop: Path | None = None,
    at: datetime | None = None,
) -> AsyncIterator[Stage]:
    """A fresh shop served over HTTP, with a language model where one is named, or `models` that stand in.

    It is the demo shop, unless the folder of another `shop` is named. Its time begins now, or `at` another moment.
    """
    clock = SetClock(at or SystemClock().now())
    with bind("127.0.0.1", 0) as door:
        settings = Settings(
            data=data,
            database_url=None,
            host="127.0.0.1",
            port=door.getsockname()[1],
            public_url=None,
            model=model,
            model_talk=model,
            messages_per_minute=_WITHOUT_LIMIT,
            conversations_per_minute=_WITHOUT_LIMIT,
            requests_per_minute=_WITHOUT_LIMIT,
        )
        await (lay_out(settings, clock.now()) if shop is None else open_shop(settings, shop, clock.now()))
        if reading_with is not None:
            await _let_read(settings, reading_with, clock.now())
        async with (
            open_premises(settings, clock=clock, models=models) as premises,
            serving(premises.app, settings, door),
        ):
            async with premises.open_connection() as conn:
                await conn.execute(_SHELF)
            secret = OctKey.import_key(shop_secret(settings))

            def sign(email: str) -> str:
                expires = int((clock.now() + timedelta(hours=1)).timestamp())
                return jwt.encode({"alg": "HS256"}, {"sub": email, "email": email, "exp": expires}, secret)

            yield Stage(
                base_url=settings.base_url,
                open_connection=premises.open_connection,
                shop=premises.shop,
                clock=clock,
                sign=sign,
                gateway_url=settings.base_url + SAMPLE_GATEWAY,
                gateway_key=kept_secret(data, "sample-gateway-key"),
                code_for=partial(six_figures, shop_secret(settings)),
            )


async def _let_read(settings: Settings, trained: Trained, now: datetime) -> None:
    async with connected(settings) as conn:
        version = await learning.keep(conn, trained.card, {}, packed(trained.model, trained.card), now)
        await learning.publish(conn, version, "evaluate", now)


def _scores(played: Played) -> list[dict[str, Any]]:
    """A row for each suite and one for all of them."""
    suites: dict[str, list[Performance]] = {}
    for name, performance in played:
        suites.setdefault(name, []).append(performance)
    rows = [_score(name, performances) for name, performances in suites.items()]
    return [*rows, _score("total", [performance for _, performance in played])] if len(rows) > 1 else rows


def _score(name: str, performances: list[Performance]) -> dict[str, Any]:
    lines = [line for performance in performances for line in performance.lines]
    took = [line.milliseconds for line in lines if line.milliseconds] or [0.0]
    return {
        "suite": name,
        "stories": len(performances),
        "passed": sum(performance.passed for performance in performances),
        "turns": len(lines),
        "good_turns": sum(not line.misses for line in lines),
        "p50_ms": round(statistics.median(took), 1),
        "p95_ms": round(
            statistics.quantiles(took, n=20, method="inclusive")[-1] if len(took) > 1 else took[0], 1
        ),
    }


def _show(played: Played) -> None:
    rows = _scores(played)
    table = Table(show_edge=False)
    for title in rows[0]:
        table.add_column(title, justify="left" if title == "suite" else "right")
    for row in rows:
        table.add_row(*(str(value) for value in row.values()))
    out.print(table)
    for _, performance in played:
        if not performance.passed:
            err.print("\n" + performance.told(), markup=False, highlight=False)


def _write(report: Path, played: Played) -> None:
    stories = [
        {
            "suite": name,
            "story": performance.story,
            "passed": performance.passed,
            "misses": [miss for line in performance.lines for miss in line.misses],
        }
        for name, performance in played
    ]
    document = {"scores": _scores(played), "stories": stories}
    report.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
