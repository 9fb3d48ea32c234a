"""The truth check against labelled replies: true ones pass, false ones do not, and the false part is named."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from dangol.assistant.truth import Evidence, check

HERE = Path(__file__).parent
NOW = datetime.fromisoformat("2026-11-21T12:00:00+09:00")
MARK = re.compile(r"\[\[(\w+)\|(.*?)\]\]")
FIGURES = {"price", "stock", "date"}


@dataclass
class Score:
    honest: int = 0
    alarms: list[str] = field(default_factory=list)
    false: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[str, str]] = field(default_factory=list)

    def recall(self, kinds: set[str] | None = None) -> float:
        asked = sum(count for kind, count in self.false.items() if kinds is None or kind in kinds)
        missed = sum(kinds is None or kind in kinds for kind, _ in self.missed)
        return 1 - missed / asked

    @property
    def alarm_rate(self) -> float:
        return len(self.alarms) / self.honest


def scenarios(name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load(
        (HERE / "replies" / f"{name}.yaml").read_text(encoding="utf-8")
    )
    return loaded


def marked(reply: str) -> tuple[str, list[tuple[str, int, int]]]:
    """A lying reply without its marks, and where they stood."""
    text, marks, at = "", [], 0
    for found in MARK.finditer(reply):
        text += reply[at : found.start()]
        marks.append((found[1], len(text), len(text) + len(found[2])))
        text += found[2]
        at = found.end()
    return text + reply[at:], marks


def measure(*names: str) -> Score:
    score = Score()
    for scenario in (scenario for name in names for scenario in scenarios(name)):
        evidence = Evidence.gather(scenario["results"], scenario["said"], NOW, "Asia/Seoul")
        for reply in scenario["honest"]:
            score.honest += 1
            if check([reply], evidence):
                score.alarms.append(reply)
        for reply in scenario["lying"]:
            text, marks = marked(reply)
            found = check([text], evidence)
            for kind, start, end in marks:
                score.false[kind] += 1
                if not any(unbacked.start < end and start < unbacked.end for unbacked in found):
                    score.missed.append((kind, reply))
    return score


def test_there_are_enough_replies_in_both_languages() -> None:
    every = [
        scenario for name in ("development", "development_2", "held_out") for scenario in scenarios(name)
    ]
    for language in ("ko", "en"):
        replies = [r for s in every if s["language"] == language for r in (*s["honest"], *s["lying"])]
        assert len(replies) >= 280
    assert sum(len(s["honest"]) + len(s["lying"]) for s in every) >= 700


@pytest.mark.parametrize("name", ["development", "development_2"])
def test_replies_it_was_developed_with(name: str) -> None:
    score = measure(name)
    assert score.recall() >= 0.995, score.missed
    assert score.alarm_rate <= 0.01, score.alarms


def test_replies_written_after_it() -> None:
    """Measured once before anything was changed for them: 75 of 77 false parts found (every price, stock and
    date), 3 of 56 honest replies held back; then those five were mended. The floors are those of the first measuring.
    """
    score = measure("held_out")
    assert score.recall(FIGURES) >= 0.99, score.missed
    assert score.recall() >= 0.97, score.missed
    assert score.alarm_rate <= 0.054, score.alarms
