"""`dangol model blocks`, `costs`, `stage`: what was held back, what models cost, how far the assistant goes."""

from __future__ import annotations

from datetime import timedelta

from rich.table import Table

from dangol.assistant import records
from dangol.catalog import api as catalog
from dangol.kernel.clock import SystemClock
from dangol.kernel.shop import Shop
from dangol.server.commands.connecting import connected
from dangol.server.commands.console import CommandRefused, out, say
from dangol.server.commands.models import dollars
from dangol.server.settings import Settings


async def show_blocks(settings: Settings, most: int) -> None:
    """Print what the truth check held back, newest first."""
    async with connected(settings) as conn:
        blocks = await records.mended(conn, most)
    table = Table(show_edge=False)
    for title in ("when", "conversation", "turn", "why", "not sent"):
        table.add_column(title, overflow="fold")
    for block in blocks:
        table.add_row(
            f"{block.at:%Y-%m-%d %H:%M}", block.conversation, str(block.turn), block.why, block.text
        )
    out.print(table if blocks else say("막은 답이 없어요.", "Nothing was held back."))


async def show_costs(settings: Settings, days: int) -> None:
    """Print what language models used and cost by day, and what a conversation cost."""
    async with connected(settings) as conn:
        since = SystemClock().now() - timedelta(days=days)
        shop = await catalog.load_shop(conn)
        rows = await records.costs(conn, since, shop.time_zone if shop else "UTC")
    table = Table(show_edge=False)
    for title in ("day", "model", "asked", "tokens", "US$", "a conversation", "a resolution"):
        left = title in ("day", "model")
        table.add_column(title, justify="left" if left else "right", no_wrap=left, overflow="fold")
    for row in rows:
        table.add_row(
            str(row.day), row.model, str(row.asked), str(row.tokens), dollars(row.cost),
            _each(row.cost, row.conversations), _each(row.cost, row.resolved),
        )  # fmt: skip
    out.print(table if rows else say("언어 모델을 쓰지 않았어요.", "No language model was used."))


def _each(cost: int | None, count: int) -> str:
    return "–" if not count or cost is None else dollars(round(cost / count))


async def hold_stage(settings: Settings, stage: str | None) -> None:
    """Show the stages, or let no shopper have more than one of them. Raises CommandRefused without a shop."""
    async with connected(settings) as conn:
        shop = await catalog.load_shop(conn)
        if shop is None:
            raise CommandRefused(
                say("아직 가게가 없어요: dangol import shop", "there is no shop yet: dangol import shop")
            )
        if stage is not None:
            manner = shop.assistant.model_copy(update={"at_most": stage})
            written = shop.model_copy(update={"assistant": manner}).model_dump(
                mode="json", by_alias=True, exclude_unset=False
            )
            stored = await catalog.store_shop(conn, written)
            if not isinstance(stored, Shop):
                raise CommandRefused("; ".join(error.say("en") for error in stored))
            shop = stored
    out.print(say("최대 단계", "At most") + f": {shop.assistant.at_most}")
    for rule in shop.assistant.stages:
        out.print(f"  {rule.stage} · {', '.join(rule.channels) or '*'} · {rule.share}%")
