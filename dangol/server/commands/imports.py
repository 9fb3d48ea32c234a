"""`dangol import`: a shop's own data taken over, what is wrong refused row by row."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.table import Table

from dangol.assistant.understanding.understanding import Understanding
from dangol.catalog import api as catalog
from dangol.connect.embedders.embedded import EmbeddedEmbedder
from dangol.kernel.clock import SystemClock
from dangol.kernel.imports import ImportReport, Refusal, say_refusal
from dangol.kernel.shop import Shop
from dangol.knowledge import api as knowledge
from dangol.learning import api as learning
from dangol.server.commands.connecting import connected
from dangol.server.commands.console import CommandRefused, Step, err, language, out, progress, say
from dangol.server.database import Connection
from dangol.server.learning import TaughtReader
from dangol.server.reader import ShopReader
from dangol.server.settings import OWN_EXAMPLES, Settings
from dangol.server.taking_over.files import FILES, FileKind, Given

_ROWS_SHOWN = 50

Run = Callable[[Connection, Shop, Path, str, Settings, datetime, Step], Awaitable[ImportReport]]


@dataclass(frozen=True)
class Kind:
    """A kind of data that can be taken over: its formats, first the default, and who does it."""

    formats: tuple[str, ...]
    run: Run
    reason: Callable[[Refusal, str], str]


def _file(kind: FileKind) -> Kind:
    """A kind of file that the running server takes over by HTTP as well."""

    async def run(
        conn: Connection, shop: Shop, file: Path, format: str, settings: Settings, now: datetime, step: Step
    ) -> ImportReport:
        media = settings.data / "media"
        return await kind.take(Given(conn, shop, file, format, media, now, step))

    return Kind(kind.formats, run, kind.reason)


async def _articles(
    conn: Connection, shop: Shop, file: Path, format: str, settings: Settings, now: datetime, step: Step
) -> ImportReport:
    return await knowledge.import_articles(conn, shop, file, now, step)


async def _conversations(
    conn: Connection, shop: Shop, file: Path, format: str, settings: Settings, now: datetime, step: Step
) -> ImportReport:
    embedder = EmbeddedEmbedder()
    understanding = await asyncio.to_thread(Understanding.load, None, None, settings.data / OWN_EXAMPLES)
    reader = TaughtReader(await ShopReader.open(conn, understanding, shop), lambda: shop, SystemClock())
    articles = await knowledge.Articles.open(conn, embedder, shop)
    report = await learning.import_enquiries(conn, reader, file, now, step, _tell_columns)
    groups = await learning.propose_groups(
        conn,
        reader,
        learning.Likeness(embedder),
        lambda text, spoken: bool(articles.ask(text, spoken).passages),
        now,
    )
    table = Table(show_edge=False)
    for title in (
        say("건수", "count"),
        say("보기", "example"),
        say("읽힘", "read as"),
        say("글 없음", "unanswered"),
    ):
        table.add_column(title)
    for one in groups[:_ROWS_SHOWN]:
        read = f"{one.reading} {one.share:.0%}" if one.reading else "-"
        table.add_row(str(one.size), one.title[:60], read, f"{one.unanswered}/{len(one.examples)}")
    out.print(table, markup=False)
    return report


def _tell_columns(columns: learning.Columns) -> None:
    taken = {name: value for name, value in vars(columns).items() if value}
    err.print(
        say("이렇게 읽었어요: ", "columns read as ")
        + ", ".join(f"{name} = {value}" for name, value in taken.items()),
        markup=False,
        highlight=False,
    )


KINDS: dict[str, Kind] = {
    **{name: _file(kind) for name, kind in FILES.items()},
    "conversations": Kind(
        ("auto",),
        _conversations,
        lambda refusal, spoken: say_refusal(refusal, spoken, learning.ENQUIRY_REASONS),
    ),
    "articles": Kind(
        ("markdown",), _articles, lambda refusal, spoken: say_refusal(refusal, spoken, knowledge.REASONS)
    ),
}


async def import_shop_file(settings: Settings, file: Path) -> None:
    """Take over the shop file, whole or not at all. Raises CommandRefused naming each wrong field."""
    async with connected(settings) as conn:
        result = await catalog.import_shop(conn, file)
    if isinstance(result, Shop):
        out.print(
            say("가게 정보를 저장했어요", "The shop is stored") + f": {result.say(result.name, language())}"
        )
        return
    lines = [f"  {error.say(language())}" for error in result]
    head = say("가게 파일을 받지 않았어요. 고칠 곳:", "The shop file was refused; mend these fields:")
    raise CommandRefused("\n".join([head, *lines]))


async def import_file(
    settings: Settings, kind: str, file: Path, format: str | None, report_to: Path | None = None
) -> ImportReport:
    """Take over a file of a kind and print what came of it. Raises CommandRefused when it is refused whole."""
    async with connected(settings) as conn:
        report = await take_over(conn, settings, kind, file, format, SystemClock().now())
    show(kind, report)
    if report_to is not None:
        _write(report_to, kind, report)
    return report


async def take_over(
    conn: Connection, settings: Settings, kind: str, file: Path, format: str | None, now: datetime
) -> ImportReport:
    """Take over a file of a kind on an open connection, with a progress bar."""
    known = KINDS[kind]
    if format is not None and format not in known.formats:
        raise CommandRefused(
            say(f"모르는 형식이에요: {format}. 쓸 수 있는 형식:", f"unknown format {format}; known are")
            + f" {', '.join(known.formats)}"
        )
    shop = await catalog.load_shop(conn)
    if shop is None:
        raise CommandRefused(
            say(
                "먼저 가게 파일을 가져와 주세요: dangol import shop 파일",
                "no shop yet: run `dangol import shop FILE` first",
            )
        )
    _must_exist(file)
    with progress(kind) as step:
        return await known.run(conn, shop, file, format or known.formats[0], settings, now, step)


def _must_exist(file: Path) -> None:
    if not file.exists():
        raise CommandRefused(say(f"파일이 없어요: {file}", f"there is no such file: {file}"))


def show(kind: str, report: ImportReport) -> None:
    """Print the counts, and a table of what was refused."""
    counts = [
        (say("새로", "created"), report.created),
        (say("바뀜", "updated"), report.updated),
        (say("그대로", "unchanged"), report.unchanged),
        (say("거절", "refused"), len(report.refused)),
    ]
    out.print(f"{kind}: " + " · ".join(f"{name} {count:,}" for name, count in counts), highlight=False)
    if not report.refused:
        return
    table = Table(show_edge=False)
    for title in (say("행", "row"), say("열", "column"), say("이유", "why")):
        table.add_column(title)
    for refusal in report.refused[:_ROWS_SHOWN]:
        table.add_row(str(refusal.row), refusal.column, KINDS[kind].reason(refusal, language()))
    err.print(table, markup=False)
    more = len(report.refused) - _ROWS_SHOWN
    if more > 0:
        err.print(
            say(
                f"… {more:,}행 더 있어요. 전부 보려면 --report 파일",
                f"… and {more:,} more; --report FILE has all",
            )
        )


def _write(file: Path, kind: str, report: ImportReport) -> None:
    refused = [
        {**refusal.model_dump(), "why": KINDS[kind].reason(refusal, language())} for refusal in report.refused
    ]
    document = {**report.model_dump(exclude={"refused"}), "kind": kind, "refused": refused}
    file.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
