"""`dangol evaluate tau2`: equal states end with 0, anything else with 1 and says what differs."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from tau2.small import database

from benchmarks.tau2.reference import Reference
from dangol.server.cli import run

_CANCEL = {
    "name": "cancel_pending_order",
    "arguments": {"order_id": "#W1000001", "reason": "no longer needed"},
}
_TWICE = {
    "id": "7",
    "evaluation_criteria": {
        "actions": [
            {"name": "find_user_id_by_email", "arguments": {"email": "mara.winter@example.com"}},
            _CANCEL,
            _CANCEL,
        ]
    },
}


@pytest.fixture
def tasks(tmp_path: Path) -> Path:
    (tmp_path / "db.json").write_text(json.dumps(database()), encoding="utf-8")
    file = tmp_path / "tasks.json"
    signed_in = {"id": "8", "evaluation_criteria": {"actions": [_CANCEL]}}
    file.write_text(json.dumps([_TWICE, signed_in, {"id": "9"}]), encoding="utf-8")
    return file


def test_tasks_with_equal_states_end_well(
    tasks: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "report.json"
    arguments = ["evaluate", "tau2", "--tasks", str(tasks), "--hostile", "10", "--report", str(report)]
    assert run(arguments) == 0
    told = json.loads(report.read_text(encoding="utf-8"))
    assert (told["tasks"], told["equal"], told["calls"], told["refused_on_both_sides"]) == (3, 3, 4, 1)
    assert (told["hostile_calls"], told["hostile_misses"]) == (10, 0)
    assert "hostile tool" in capsys.readouterr().out


def test_a_state_that_differs_is_named(
    tasks: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def wrongly(self: Reference, order_id: str, reason: str) -> dict[str, Any]:
        order: dict[str, Any] = self.db["orders"][order_id]
        order["status"] = "cancelled"
        return order

    monkeypatch.setattr(Reference, "do_cancel_pending_order", wrongly)
    assert run(["evaluate", "tau2", "--tasks", str(tasks)]) == 1
    assert "task 8: " in capsys.readouterr().err


def test_what_is_no_benchmark_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", "tau2"]) == 2
    tasks = tmp_path / "tasks.json"
    assert run(["evaluate", "tau2", "--tasks", str(tasks)]) == 1
    tasks.write_text("[]", encoding="utf-8")
    (tmp_path / "db.json").write_text('{"users": {}}', encoding="utf-8")
    assert run(["evaluate", "tau2", "--tasks", str(tasks)]) == 1
    assert "products, users and orders" in capsys.readouterr().err


@pytest.mark.skipif(
    "DANGOL_TAU2" not in os.environ, reason="DANGOL_TAU2 names the folder of the benchmark's data"
)
def test_the_tasks_of_the_benchmark_itself() -> None:
    folder = Path(os.environ["DANGOL_TAU2"])
    for tasks in sorted(folder.glob("tasks*.json")):
        assert run(["evaluate", "tau2", "--tasks", str(tasks), "--database", str(folder / "db.json")]) == 0
