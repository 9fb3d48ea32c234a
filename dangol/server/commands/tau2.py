"""`dangol evaluate tau2`: the public τ² retail benchmark played through the shop's own tools, end states compared.

Without models its own actions are replayed; with an agent and a user it is played as it is meant.
"""

from __future__ import annotations

import importlib
import json
import statistics
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.table import Table

from dangol.contracts.language_model import LanguageModel
from dangol.server import logs
from dangol.server.commands.console import CommandRefused, err, out, progress, say
from dangol.server.commands.trials import connect_model, passes

_MILLION = 1_000_000


async def evaluate_tau2(tasks: Path, database: Path | None, hostile: int, report: Path | None) -> bool:
    """Replay the gold actions of a file of tasks, then so many hostile calls; True when nothing differed.

    `database` is the benchmark's db.json (default: beside the tasks). Raises CommandRefused.
    """
    logs.configure("auto", "error")
    measure = _benchmark("measure")
    file, db, listed = _data(tasks, database)
    with progress(say("τ² 과제를 해 보는 중", "playing τ² tasks")) as step:
        try:
            measured = await measure.measure(db, listed, hostile, step)
        except measure.NotTaken as no:
            raise _not_taken(file, no) from no
    figures = _figures(measured)
    _show(figures, measured)
    if report is not None:
        _write(report, figures)
    return not (figures["tasks"] - figures["equal"] or figures["hostile_misses"])


async def try_models(
    tasks: Path,
    database: Path | None,
    agent: str,
    user: str,
    trials: int,
    turns: int,
    report: Path | None,
    told: Path | None = None,
) -> bool:
    """Let one model serve and another play the customer of every task, in so many messages at most; True unless the shop's
    rules were broken.

    Each is `vendor:model`, or a script (`scripted:gold`, `scripted:dumb`, `scripted:hostile`; `scripted`). The policy is
    `policy.md` beside the database. `told` takes every conversation as JSON lines. Raises CommandRefused.
    """
    logs.configure("auto", "error")
    measure = _benchmark("measure")
    file, db, listed = _data(tasks, database)
    policy = _policy(file.parent / "policy.md")
    models: dict[str, LanguageModel] = {}
    try:
        serves, comes = (
            await _played_by(agent, "agent", db, models),
            await _played_by(user, "customer", db, models),
        )
        with progress(say("τ² 과제를 해 보는 중", "playing τ² tasks")) as step:
            played = await measure.try_models(db, listed, policy, serves, comes, trials, turns, step)
    except measure.NotTaken as no:
        raise _not_taken(file, no) from no
    finally:
        for model in models.values():
            await model.close()
    figures = {"agent": agent, "user": user, **_scored(played, len(listed), trials)}
    _show_trials(figures, played)
    if told is not None:
        _write_told(told, _benchmark("trials").as_rows(played))
    if report is not None:
        _write(report, figures)
    return not figures["forbidden_states"]


async def _played_by(name: str, part: str, db: Any, models: dict[str, LanguageModel]) -> Any:
    """Who plays a part: a script that may know its task, or a model that is the same every time."""
    scripted = _benchmark("scripted")
    script = scripted.agent(name, db) if part == "agent" else scripted.customer(name)
    if script is not None:
        return script
    if name not in models:
        models[name] = await connect_model(name)
    model = models[name]
    return lambda _task, _number: model


def _data(tasks: Path, database: Path | None) -> tuple[Path, Any, list[Any]]:
    """Where the database is, what it holds, and the tasks: of a file, or of a folder with `tasks*.json` in it."""
    folder = tasks if tasks.is_dir() else tasks.parent
    file = database or folder / "db.json"
    files = sorted(tasks.glob("tasks*.json")) if tasks.is_dir() else [tasks]
    return file, _read(file, dict), [task for each in files for task in _read(each, list)]


def _policy(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except OSError as no:
        raise CommandRefused(
            say(
                f"모델은 정책을 알아야 해요. {file}을(를) 읽을 수 없어요: {no}",
                f"a model must know the policy; cannot read {file}: {no}",
            )
        ) from no


def _not_taken(file: Path, no: Exception) -> CommandRefused:
    return CommandRefused(
        say(f"{file}은(는) τ² retail의 데이터가 아니에요: {no}", f"{file} is not τ² retail's data: {no}")
    )


def _scored(played: Sequence[Any], tasks: int, trials: int) -> dict[str, Any]:
    """The figures of all trials: shares from 0 to 1, seconds, US dollars."""
    right = Counter(each.task for each in played if each.right)
    outcomes = [each.outcome for each in played]
    took = [seconds for each in outcomes for seconds in each.took] or [0.0]
    return {
        "tasks": tasks,
        "trials": trials,
        "state": _share(each.right for each in played),
        "told": _share(each.told for each in played),
        "passes": [round(each, 4) for each in passes([right[each.task] for each in played[:tasks]], trials)]
        if tasks
        else [],
        "turns": statistics.fmean(each.turns for each in outcomes) if outcomes else 0.0,
        "seconds_p50": round(statistics.median(took), 3),
        "seconds_p95": round(sorted(took)[min(len(took) - 1, int(len(took) * 0.95))], 3),
        "calls": sum(len(each.done) for each in outcomes),
        "refused": sum(each.refused for each in outcomes),
        "declined": sum(each.declined for each in outcomes),
        "held_back": sum(len(each.held_back) for each in outcomes),
        "handed_over": sum(each.handed_over for each in outcomes),
        "troubles": dict(Counter(each.trouble for each in outcomes if each.trouble)),
        "forbidden_states": sum(bool(each.forbidden) for each in played),
        **_used("agent", [heard for each in outcomes for heard in each.agent]),
        **_used("user", [heard for each in outcomes for heard in each.customer]),
    }


def _write_told(file: Path, rows: str) -> None:
    file.write_text(rows, encoding="utf-8")


def _share(true: Any) -> float:
    listed = list(true)
    return round(sum(listed) / len(listed), 4) if listed else 0.0


def _used(part: str, heard: Sequence[Any]) -> dict[str, Any]:
    """What a part used; dollars are None where no price is known."""
    costs = [each.usage.cost for each in heard]
    known = None if None in costs else sum(costs) / _MILLION
    return {
        f"{part}_tokens": sum(each.usage.input_tokens + each.usage.output_tokens for each in heard),
        f"{part}_dollars": known,
    }


def _show_trials(figures: dict[str, Any], played: Sequence[Any]) -> None:
    table = Table("", "τ² retail", show_edge=False)
    for name, value in figures.items():
        if name == "passes":
            for k, each in enumerate(value, 1):
                table.add_row(f"pass^{k}", f"{each:.3f}")
        else:
            table.add_row(name, f"{value:.3f}" if isinstance(value, float) else str(value))
    out.print(table)
    for each in played:
        for miss in each.forbidden:
            err.print(f"task {each.task}: forbidden: {miss}", markup=False, highlight=False)


def _benchmark(module: str) -> Any:
    """The benchmark's own code, which comes with the source and not with the installed package."""
    try:
        return importlib.import_module(f"benchmarks.tau2.{module}")
    except ModuleNotFoundError as no:
        raise CommandRefused(
            say(
                "τ² 벤치마크는 소스 코드에 있어요. 소스 폴더에서 python -m dangol.server evaluate tau2를 실행해 주세요.",
                "the τ² benchmark comes with the source: run python -m dangol.server evaluate tau2 in its folder",
            )
        ) from no


def _read(file: Path, kind: type) -> Any:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as no:
        raise CommandRefused(say(f"{file}을(를) 읽을 수 없어요: {no}", f"cannot read {file}: {no}")) from no
    if not isinstance(found, kind):
        raise CommandRefused(
            say(f"{file}은(는) τ² retail의 파일이 아니에요", f"{file} is no file of τ² retail")
        )
    return found


def _figures(measured: Any) -> dict[str, Any]:
    tasks, hostile = measured.tasks, measured.hostile
    return {
        "tasks": len(tasks),
        "equal": sum(task.equal for task in tasks),
        "calls": sum(task.calls for task in tasks),
        "changing": sum(task.changed for task in tasks),
        "refused_on_both_sides": sum(task.failed for task in tasks if task.equal),
        "hostile_calls": hostile.calls,
        "hostile_done": sum(hostile.done.values()),
        "hostile_misses": len(hostile.misses),
    }


def _write(report: Path, figures: dict[str, Any]) -> None:
    report.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _show(figures: dict[str, Any], measured: Any) -> None:
    table = Table("", "τ² retail", show_edge=False)
    for name, value in figures.items():
        table.add_row(name, str(value))
    out.print(table)
    if figures["hostile_calls"]:
        _show_done(measured.hostile.done)
    for task in measured.tasks:
        for miss in task.misses:
            err.print(f"task {task.task}: {miss}", markup=False, highlight=False)
    for miss in measured.hostile.misses[:20]:
        err.print(f"hostile: {miss}", markup=False, highlight=False)


def _show_done(done: Counter[str]) -> None:
    table = Table("hostile tool", "done", show_edge=False)
    for name, count in sorted(done.items()):
        table.add_row(name, str(count))
    out.print(table)
