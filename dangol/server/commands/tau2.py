"""`dangol evaluate tau2`: the public τ² retail benchmark played through the shop's own tools, end states compared."""

from __future__ import annotations

import importlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

from rich.table import Table

from dangol.server import logs
from dangol.server.commands.console import CommandRefused, err, out, progress, say


async def evaluate_tau2(tasks: Path, database: Path | None, hostile: int, report: Path | None) -> bool:
    """Replay the gold actions of a file of tasks, then so many hostile calls; True when nothing differed.

    `database` is the benchmark's db.json (default: beside the tasks). Raises CommandRefused.
    """
    logs.configure("auto", "error")
    measure = _benchmark()
    file = database or tasks.parent / "db.json"
    db, listed = _read(file, dict), _read(tasks, list)
    with progress(say("τ² 과제를 해 보는 중", "playing τ² tasks")) as step:
        try:
            measured = await measure.measure(db, listed, hostile, step)
        except measure.NotTaken as no:
            raise CommandRefused(
                say(
                    f"{file}은(는) τ² retail의 데이터가 아니에요: {no}",
                    f"{file} is not τ² retail's data: {no}",
                )
            ) from no
    figures = _figures(measured)
    _show(figures, measured)
    if report is not None:
        _write(report, figures)
    return not (figures["tasks"] - figures["equal"] or figures["hostile_misses"])


def _benchmark() -> Any:
    """The benchmark's own code, which comes with the source and not with the installed package."""
    try:
        return importlib.import_module("benchmarks.tau2.measure")
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
