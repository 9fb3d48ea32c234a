"""`dangol report availability`: the days as a table."""

from __future__ import annotations

from datetime import timedelta

from rich.table import Table

from dangol.assistant.availability import served_days
from dangol.catalog import api as catalog
from dangol.kernel.clock import SystemClock
from dangol.server.commands.connecting import connected
from dangol.server.commands.console import CommandRefused, out, say
from dangol.server.settings import Settings


async def show_availability(settings: Settings, days: int) -> None:
    """Print a line a day. Raises CommandRefused without a shop."""
    now = SystemClock().now()
    async with connected(settings) as conn:
        shop = await catalog.load_shop(conn)
        if shop is None:
            raise CommandRefused(
                say("아직 가게가 없어요: dangol import shop", "there is no shop yet: dangol import shop")
            )
        since = now.astimezone(shop.zone).date() - timedelta(days=days - 1)
        found = await served_days(conn, shop.time_zone, since, now)
    if not found:
        out.print(say("아직 기록이 없어요: dangol serve", "Nothing is recorded yet: dangol serve"))
        return
    table = Table(show_edge=False)
    titles = (
        say("날짜", "day"), say("가동", "up"), say("끊김", "outages"), say("받은 말", "heard"),
        say("답함", "answered"), say("밤 0–6시", "0–6 h"), say("중간 대기", "median wait"),
    )  # fmt: skip
    for title in titles:
        table.add_column(title, justify="right", no_wrap=True)
    for day in found:
        wait = "–" if day.wait_ms is None else f"{day.wait_ms:,.0f} ms"
        table.add_row(
            str(day.day), _share(day.up, day.minutes), str(day.outages), str(day.heard),
            _share(day.answered, day.heard), f"{day.night_answered}/{day.night_heard}", wait,
        )  # fmt: skip
    out.print(table)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2%}" if whole else "–"
