"""`dangol report churn`: how well it can be told who leaves, and the segments, as tables."""

from __future__ import annotations

from rich.table import Table

from dangol.catalog import api as catalog
from dangol.customers import api as customers
from dangol.insights import api as insights
from dangol.kernel.clock import SystemClock
from dangol.kernel.shop import Shop
from dangol.server.commands.connecting import connected
from dangol.server.commands.console import CommandRefused, language, out, say
from dangol.server.settings import Settings


async def show_churn(settings: Settings, reckon: bool) -> None:
    """Print what the last reckoning found, or why it could not tell. Raises CommandRefused without a shop."""
    async with connected(settings) as conn:
        shop = await catalog.load_shop(conn)
        if shop is None:
            raise CommandRefused(
                say("아직 가게가 없어요: dangol import shop", "there is no shop yet: dangol import shop")
            )
        run = await insights.latest_run(conn)
        if reckon or run is None:
            run = await insights.reckon(conn, shop, SystemClock().now())
        segments = await insights.segments(conn, await customers.set_apart(conn))
    if run.trouble is not None:
        out.print(insights.trouble_words(run.trouble, language()))
        return
    out.print(_models(run))
    out.print()
    out.print(_segments(segments, shop))


def _models(run: insights.Run) -> Table:
    report = insights.Report.model_validate(run.report)
    proof = report.quality[report.chosen]
    table = Table(
        show_edge=False,
        title=say(
            f"앞으로 {report.horizon}일 동안 다시 구매하지 않을 고객 · 확인한 고객 {proof.people:,}명",
            f"who stays away for {report.horizon} days · checked on {proof.people:,} customers",
        ),
        title_justify="left",
    )
    table.add_column(say("방법", "way"))
    for title in ("AUC", "95 %", "Brier", "ECE", say("상위 10% 배수", "lift, top tenth")):
        table.add_column(title, justify="right", no_wrap=True)
    for name, one in sorted(report.quality.items(), key=lambda each: -each[1].auc.value):
        mark = " ←" if name == report.chosen else ""
        table.add_row(
            insights.model_words(name, language()) + mark, f"{one.auc.value:.3f}",
            f"{one.auc.low:.3f}–{one.auc.high:.3f}", f"{one.brier:.3f}", f"{one.ece:.3f}", f"{one.lift:.2f}",
        )  # fmt: skip
    return table


def _segments(segments: list[insights.SegmentFigures], shop: Shop) -> Table:
    table = Table(show_edge=False)
    table.add_column(say("묶음", "segment"))
    table.add_column(say("고객", "people"), justify="right")
    table.add_column(say("걸린 금액", "at stake"), justify="right")
    table.add_column(say("제안", "suggestion"))
    for one in sorted(segments, key=lambda each: -each.at_stake):
        words = insights.SEGMENT_WORDS[language()][one.segment]
        table.add_row(
            words.title, f"{one.people:,}", shop.minor(one.at_stake).display(language()), words.action
        )
    return table
