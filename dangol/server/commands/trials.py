"""`dangol evaluate conversations`: the same stories several times with one mind, scored by what is true afterwards."""

from __future__ import annotations

import json
import statistics
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from math import comb
from pathlib import Path

from rich.table import Table

from dangol.assistant import records
from dangol.connect.index import LANGUAGE_MODELS
from dangol.contracts.language_model import LanguageModel
from dangol.kernel.errors import Refused
from dangol.kernel.manner import ModelLimits
from dangol.server import logs
from dangol.server.commands.console import CommandRefused, out, progress, say
from dangol.server.commands.evaluating import RESTOCK, open_stage, stories_in
from dangol.server.database import Connection
from dangol.server.language_models import Models, connect_models
from dangol.server.rehearsal.improvising import ImprovisedShopper
from dangol.server.rehearsal.playing import Performance, play
from dangol.server.rehearsal.script import Story
from dangol.server.settings import Settings

EMBEDDED = "embedded"


@dataclass(frozen=True)
class Used:
    """What the log tells of language models and of the truth check."""

    held_back: int = 0
    asked: int = 0
    tokens: int = 0
    cost: int = 0  # millionths of a US dollar
    troubles: dict[str, int] = field(default_factory=dict)
    day_used: float = 0.0


@dataclass(frozen=True)
class Trials:
    """All stories played all times: shares from 0 to 1, seconds, dollars."""

    mind: str
    stories: int
    runs: int
    state: float  # runs after which the shop's books are as they should be
    words: float  # of these, runs in which everything was also said as the story expects
    passes: tuple[float, ...]  # pass^1 … pass^K by state
    turns: int
    held_back: int
    seconds_p50: float
    seconds_p95: float
    asked: int
    tokens: int
    dollars: float
    troubles: dict[str, int] = field(
        default_factory=dict
    )  # in which the embedded mind went on, by their names
    day_used: float = 0.0  # share of what the shop allows a day; from 1.0 on the embedded mind was played
    shopper: str = ""  # who played the shoppers, and what that used


def passes(successes: Sequence[int], runs: int) -> tuple[float, ...]:
    """pass^k for k from 1 to the number of runs: the chance that k runs drawn from those made all succeed.

    Unbiased estimate of tau-bench (Yao et al. 2024): the mean over stories of C(c, k) / C(n, k).
    """
    return tuple(
        statistics.fmean(comb(each, k) / comb(runs, k) for each in successes) for k in range(1, runs + 1)
    )


async def evaluate_conversations(
    suite: Path, mind: str, runs: int, report: Path | None, shopper: str = ""
) -> Trials:
    """Play every story `runs` times with a mind; print the scores. Raises CommandRefused.

    With a `shopper` (vendor:model) only stories with a goal are played, and the model plays who comes in.
    """
    logs.configure("auto", "error")
    _refuse_unknown(mind)
    _refuse_unknown(shopper or EMBEDDED)
    stories = stories_in(suite)
    player = None if shopper in ("", EMBEDDED) else await connect_model(shopper)
    try:
        return await play_trials(stories, mind, runs, report, player=player)
    finally:
        if player is not None:
            await player.close()


async def play_trials(
    stories: Sequence[tuple[str, Story]],
    mind: str,
    runs: int,
    report: Path | None = None,
    *,
    player: LanguageModel | None = None,
    models: Models | None = None,
) -> Trials:
    """The same with a shopper's model, and models of the shop, that are at hand already."""
    if player is not None:
        stories = [(name, story) for name, story in stories if story.goal]
        if not stories:
            raise CommandRefused(
                say("goal이 있는 이야기가 없어요", "no story has a goal for a shopper to play")
            )
    improvised: list[ImprovisedShopper] = []
    played: dict[str, list[Performance]] = {f"{name}: {story.story}": [] for name, story in stories}
    with tempfile.TemporaryDirectory(prefix="dangol-trials-") as folder:
        async with open_stage(Path(folder), model="" if mind == EMBEDDED else mind, models=models) as stage:
            with progress(say("대화를 해 보는 중", "playing stories")) as step:
                for run in range(runs):
                    for done, (name, story) in enumerate(stories, 1):
                        async with stage.open_connection() as conn:
                            await conn.execute(RESTOCK)
                        shopper = ImprovisedShopper(story, player) if player else None
                        played[f"{name}: {story.story}"].append(await play(story, stage, shopper))
                        improvised += [shopper] if shopper else []
                        step(run * len(stories) + done, runs * len(stories))
            async with stage.open_connection() as conn:
                used = await _used(conn, stage.shop().assistant.limits, stage.clock.now())
    trials = _scored(mind, runs, list(played.values()), used)
    trials = replace(trials, shopper=_playing(player, improvised))
    _show(trials)
    if report is not None:
        _write(report, trials)
    return trials


def _refuse_unknown(mind: str) -> None:
    if mind != EMBEDDED and mind.partition(":")[0] not in {card.name for card in LANGUAGE_MODELS}:
        names = ", ".join(card.name for card in LANGUAGE_MODELS)
        raise CommandRefused(
            say(
                f"{mind}: embedded 또는 vendor:model 이어야 해요 ({names})",
                f"{mind}: say embedded or vendor:model ({names})",
            )
        )


async def connect_model(name: str) -> LanguageModel:
    """A model by its `vendor:model`, with the key and address of the settings. Raises CommandRefused."""
    _refuse_unknown(name)
    try:
        return (await connect_models(Settings().model_copy(update={"model": name, "model_talk": ""})))["talk"]
    except Refused as no:
        raise CommandRefused(f"{no.code}: {', '.join(f'{k}={v}' for k, v in no.details.items())}") from no


def _playing(player: LanguageModel | None, shoppers: Sequence[ImprovisedShopper]) -> str:
    if player is None:
        return ""
    asked = [each for shopper in shoppers for each in shopper.asked]
    tokens = sum(each.input_tokens + each.output_tokens for each in asked)
    dollars = sum(each.cost or 0 for each in asked) / 1_000_000
    return f"{player.name}: {len(asked)} moves, {tokens} tokens, US$ {dollars:.4f}"


def _write(report: Path, trials: Trials) -> None:
    report.write_text(json.dumps(asdict(trials), indent=2) + "\n", encoding="utf-8")


async def _used(conn: Connection, limits: ModelLimits, now: datetime) -> Used:
    cursor = await conn.execute(
        "select count(*) filter (where kind = 'reply_mended'), count(*) filter (where kind = 'model_asked'),"
        " coalesce(sum(coalesce((body ->> 'input_tokens')::bigint, 0)"
        " + coalesce((body ->> 'output_tokens')::bigint, 0)), 0),"
        " coalesce(sum((body ->> 'cost')::bigint), 0) from facts where kind in ('reply_mended', 'model_asked')"
    )
    row = await cursor.fetchone()
    troubles = await conn.execute(
        "select body ->> 'outcome', count(*) from facts where kind = 'model_asked' and body ->> 'outcome' <> 'answered'"
        " group by 1 order by 1"
    )
    day = await records.spent_since(conn, now - timedelta(days=1))
    used_of_day = round(day.share_of(limits.of_day()), 4)
    held_back, asked, tokens, cost = map(int, row or (0, 0, 0, 0))
    return Used(held_back, asked, tokens, cost, dict(await troubles.fetchall()), used_of_day)


def _scored(mind: str, runs: int, played: Sequence[Sequence[Performance]], used: Used) -> Trials:
    every = [performance for performances in played for performance in performances]
    lines = [line for performance in every for line in performance.lines]
    took = [line.milliseconds / 1000 for line in lines if line.milliseconds] or [0.0]
    right = [sum(performance.right for performance in performances) for performances in played]
    return Trials(
        mind=mind,
        stories=len(played),
        runs=runs,
        state=sum(right) / len(every),
        words=sum(performance.passed for performance in every) / len(every),
        passes=tuple(round(each, 4) for each in passes(right, runs)),
        turns=len(lines),
        held_back=used.held_back,
        seconds_p50=round(statistics.median(took), 3),
        seconds_p95=round(
            statistics.quantiles(took, n=20, method="inclusive")[-1] if len(took) > 1 else took[0], 3
        ),
        asked=used.asked,
        tokens=used.tokens,
        dollars=used.cost / 1_000_000,
        troubles=used.troubles,
        day_used=used.day_used,
    )


def _show(trials: Trials) -> None:
    table = Table(show_edge=False, show_header=False)
    for name, value in asdict(trials).items():
        if name == "passes":
            for k, each in enumerate(trials.passes, 1):
                table.add_row(f"pass^{k}", f"{each:.3f}")
        else:
            table.add_row(name, f"{value:.3f}" if isinstance(value, float) else str(value))
    out.print(table)
    if trials.day_used >= 1:
        out.print(
            say(
                "하루 한도에 닿은 뒤로는 모델 없이 답했어요. 가게 파일의 limits를 늘려서 다시 재 주세요",
                "the day's allowance was used up: the embedded mind played on from there; raise the limits and play again",
            ),
            style="yellow",
        )
