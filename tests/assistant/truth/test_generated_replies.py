"""The check of generated text against labelled replies: one half to develop on, one half only measured."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import pytest
from assistant.truth.test_truth_replies import Score, marked, scenarios

from dangol.assistant.truth import Evidence
from dangol.assistant.truth.generated import check_generated
from dangol.assistant.truth.text import sentence_spans

NOW = datetime.fromisoformat("2026-11-21T12:00:00+09:00")
GENERATED = (
    "generated_development", "generated_held_out", "generated_fresh", "generated_unseen", "generated_last",
    "generated_shops", "generated_hire", "generated_slots",
)  # fmt: skip
LATEST = ("generated_tickets", "generated_hanok", "generated_reworded", "generated_end")
FORMER = ("development", "development_2", "held_out")


def measure(*names: str) -> Score:
    score = Score()
    for scenario in (scenario for name in names for scenario in scenarios(name)):
        evidence = Evidence.gather(scenario["results"], scenario["said"], NOW, "Asia/Seoul")
        for reply in scenario["honest"]:
            score.honest += 1
            found = check_generated(reply, evidence, said=scenario["said"])
            if found:
                score.alarms.append(f"{reply} ← {found[0].kind}: {found[0].text}")
        for reply in scenario["lying"]:
            text, marks = marked(reply)
            found = check_generated(text, evidence, said=scenario["said"])
            for kind, start, end in marks:
                score.false[kind] += 1
                if not any(each.start < end and start < each.end for each in found):
                    score.missed.append((kind, reply))
    return score


def told(score: Score) -> str:
    missed = Counter(kind for kind, _ in score.missed)
    recall = {kind: f"{count - missed[kind]}/{count}" for kind, count in sorted(score.false.items())}
    return f"recall {recall}, false alarms {len(score.alarms)}/{score.honest}: {score.alarms} missed: {score.missed}"


@pytest.mark.parametrize(
    ("name", "recall", "alarms"), [("generated_development", 0.97, 0.03), ("generated_held_out", 0.95, 0.081)]
)
def test_generated_replies(name: str, recall: float, alarms: float) -> None:
    """The held-out half as first measured: 36 of 37 false parts found, 2 of 25 honest replies held back."""
    score = measure(name)
    assert score.recall() >= recall, told(score)
    assert score.alarm_rate <= alarms, told(score)


def test_all_of_them_together() -> None:
    score = measure(*GENERATED, *FORMER)
    assert score.recall({"price", "stock", "date"}) >= 0.99, told(score)
    assert score.recall({"policy"}) >= 0.95, told(score)
    assert score.recall({"policy", "duration"}) >= 0.95, told(score)
    assert score.alarm_rate <= 0.02, told(score)
    assert score.honest + sum(score.false.values()) >= 1_400


def test_replies_of_other_kinds_of_shops() -> None:
    """Labelled before the check had seen them, and developed on since: first 48 of 63 false parts and 5 of 48 false alarms."""
    score = measure("generated_fresh")
    assert score.recall() >= 0.96, told(score)
    assert score.alarm_rate <= 0.02, told(score)


@pytest.mark.parametrize(
    ("name", "recall"),
    [
        ("generated_unseen", 0.97), ("generated_last", 0.95), ("generated_shops", 0.95), ("generated_hire", 0.92),
        ("generated_slots", 0.82),
    ],
)  # fmt: skip
def test_replies_written_before_the_check_was_mended_for_them(name: str, recall: float) -> None:
    """At first sight 122 of 171 found and 25 of 144 held back; then 53 of 72 and 0 of 61; 51 of 84 and 5 of 63; 44 of 57 and
    10 of 44; 24 of 40 and 4 of 30.
    """
    score = measure(name)
    assert score.recall() >= recall, told(score)
    assert score.alarm_rate <= 0.03, told(score)


@pytest.mark.parametrize(
    ("name", "recall", "alarms"),
    [("generated_tickets", 0.88, 0.03), ("generated_hanok", 0.78, 0.07), ("generated_end", 0.73, 0.13)],
)
def test_replies_written_last(name: str, recall: float, alarms: float) -> None:
    """At first sight 42 of 52, 28 of 35 and 27 of 36 found, 12 of 38, 7 of 29 and 4 of 32 held back; of the second only alarms
    were mended, of the third nothing.
    """
    score = measure(name)
    assert score.recall() >= recall, told(score)
    assert score.alarm_rate <= alarms, told(score)


def test_true_replies_in_other_words() -> None:
    """At first sight 13 of 64 were held back."""
    score = measure("generated_reworded")
    assert score.honest >= 60
    assert score.alarm_rate <= 0.03, told(score)


def test_an_article_may_always_be_told_in_its_own_words() -> None:
    held_back = []
    for scenario in (scenario for name in (*GENERATED, *LATEST, *FORMER) for scenario in scenarios(name)):
        evidence = Evidence.gather(scenario["results"], scenario["said"], NOW, "Asia/Seoul")
        for passage in evidence.passages:
            for span in sentence_spans(passage):
                if check_generated(span.cut(passage), evidence, said=scenario["said"]):
                    held_back.append(span.cut(passage))
    assert not held_back


def test_what_was_true_before_is_true_when_generated() -> None:
    score = measure(*FORMER)
    assert score.recall() >= 0.97, told(score)
    assert score.alarm_rate <= 0.04, told(score)


if __name__ == "__main__":
    for each in (*GENERATED, *LATEST, *FORMER):
        print(each, told(measure(each)))
