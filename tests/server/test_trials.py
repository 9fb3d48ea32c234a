"""Stories played several times with one mind, and what a merchant may look up of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from assistant.models import Move, ScriptedModel

from dangol.contracts.language_model import ModelDown, ModelRequest
from dangol.server import cli
from dangol.server.commands.evaluating import stories_in
from dangol.server.commands.trials import passes, play_trials

STORY = """
- story: A mug in the cart
  language: en
  turns:
    - say: add the Mirinae silent mouse in black
      expect: {cart: {MIRSILMOU-BLK: 1}}
- story: A thing that never happens
  language: en
  turns:
    - say: hello
      expect: {orders: 3}
"""


RETURN = """
- story: What came back is settled, as often as the story is told
  language: en
  customer: ravi.patel@example.com
  turns:
    - do: {order: {number: "20250302-9971", email: ravi.patel@example.com, name: Ravi Patel, postcode: "06236", address: 1 Teheran-ro, status: delivered, lines: {DALRUN2-BLK-260: 1}, days_ago: 4, arrived_days_ago: 2}}
    - say: I want to return order 20250302-9971, I changed my mind
    - say: yes please
      expect: {returns: {"20250302-9971": approved}}
"""


def test_pass_to_the_k_is_that_of_tau_bench() -> None:
    assert passes([4, 4], 4) == (1.0, 1.0, 1.0, 1.0)
    assert passes([2], 4) == pytest.approx((1 / 2, 1 / 6, 0, 0))
    assert passes([4, 0], 4) == pytest.approx((1 / 2,) * 4)


@pytest.mark.timeout(600)  # lays out a shop of its own
def test_conversations_are_scored_by_what_is_true_afterwards_as_often_as_they_are_played(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    suite, report = tmp_path / "suite.yaml", tmp_path / "report.json"
    suite.write_text(STORY + RETURN)
    assert cli.run(["evaluate", "conversations", str(suite), "--runs", "3", "--report", str(report)]) == 0
    told = json.loads(report.read_text())
    assert (told["mind"], told["stories"], told["runs"], told["asked"]) == ("embedded", 3, 3, 0)
    assert told["state"] == pytest.approx(2 / 3)
    assert told["passes"] == [0.6667] * 3  # the mug and the return every time, what never happens never
    assert "pass^3" in capsys.readouterr().out


def test_a_mind_nobody_knows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["evaluate", "conversations", str(tmp_path), "--mind", "genius"]) == 1
    assert "openai" in capsys.readouterr().err


ASKING = """
- story: A question a model may answer
  language: en
  turns:
    - say: which mugs do you have?
      expect: {orders: 0}
"""


@pytest.mark.timeout(600)  # lays out a shop of its own
@pytest.mark.parametrize(
    ("plays", "cost", "troubles", "used_up"),
    [
        (lambda _request: ModelDown(), 0, {"model_down": 2}, False),
        (lambda _request: "Which colour would you like?", 11_000_000, {}, True),  # more than a day may cost
    ],
)
async def test_a_score_tells_when_the_embedded_mind_was_played_in_a_models_place(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    plays: Callable[[ModelRequest], Move],
    cost: int,
    troubles: dict[str, int],
    used_up: bool,
) -> None:
    suite = tmp_path / "suite.yaml"
    suite.write_text(ASKING)
    model = ScriptedModel(plays, outside=False, cost=cost)
    trials = await play_trials(stories_in(suite), "a script", 2, models={"talk": model})
    assert len(model.asked) >= 1
    assert set(trials.troubles) == set(troubles)
    assert (trials.day_used >= 1) is used_up
    assert ("allowance was used up" in " ".join(capsys.readouterr().out.split())) is used_up
    assert trials.state == 1.0
