"""`dangol model …`: what the language model can do, what it cost, what the truth check held back."""

from __future__ import annotations

from rich.table import Table

from dangol.kernel.errors import Refused
from dangol.server.commands.console import CommandRefused, out, say
from dangol.server.language_models import chosen, connect_models
from dangol.server.model_trials import tried
from dangol.server.settings import Settings


async def try_models(settings: Settings) -> bool:
    """Try every model in use; a row for each thing tried. False when something does not work.

    Raises CommandRefused when none is set or a setting is wrong.
    """
    wanted = chosen(settings)
    if not wanted:
        raise CommandRefused(
            say(
                "언어 모델이 설정되지 않았어요. DANGOL_MODEL=vendor:model 을 정해 주세요. 없어도 가게는 그대로 돌아가요.",
                "no language model is set; set DANGOL_MODEL=vendor:model (the shop works without one)",
            )
        )
    try:
        models = await connect_models(settings)
    except Refused as no:
        raise CommandRefused(f"{no.code}: {', '.join(f'{k}={v}' for k, v in no.details.items())}") from no
    good = True
    table = Table(show_edge=False)
    for title in ("model", "trial", "works", "first word", "whole", "tokens", "US$"):
        table.add_column(title, no_wrap=title != "works", overflow="fold")
    for model in {id(each): each for each in models.values()}.values():
        async for each in tried(model):
            good = good and each.works
            if each.heard is None:
                table.add_row(model.name, each.trial, each.trouble, "", "", "", "")
                continue
            told = each.heard
            table.add_row(
                model.name, each.trial, say("예", "yes") if each.works else say("아니요", "no"), f"{told.first_word:.2f} s",
                f"{told.seconds:.2f} s", f"{told.usage.input_tokens}+{told.usage.output_tokens}", dollars(told.usage.cost),
            )  # fmt: skip
        await model.close()
    out.print(table)
    return good


def dollars(cost: int | None) -> str:
    """Millionths of a dollar as they are read."""
    return say("모름", "unknown") if cost is None else f"{cost / 1_000_000:.6f}"
