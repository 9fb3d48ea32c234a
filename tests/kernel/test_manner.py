"""How far the assistant goes, for whom."""

from __future__ import annotations

import pytest

from dangol.kernel.manner import STAGES, Manner, StageRule

SHOPPERS = [f"c_{n}" for n in range(2_000)]


def test_everybody_gets_everything_where_nothing_is_said() -> None:
    assert {Manner().stage("web", each) for each in SHOPPERS} == {"full"}


@pytest.mark.parametrize("share", [0, 20, 50, 100])
def test_who_falls_outside_a_share_is_one_stage_lower(share: int) -> None:
    manner = Manner(stages=(StageRule(stage="answers", share=share),))
    reached = [manner.stage("web", each) for each in SHOPPERS]
    assert set(reached) <= {"answers", "understanding"}
    assert abs(reached.count("answers") / len(SHOPPERS) - share / 100) < 0.05
    assert reached == [manner.stage("web", each) for each in SHOPPERS]


def test_the_first_rule_for_a_channel_counts() -> None:
    manner = Manner(stages=(StageRule(stage="full", channels=("web",)), StageRule(stage="faq")))
    assert (manner.stage("web", "c"), manner.stage("kakao", "c")) == ("full", "faq")


def test_one_switch_brings_everybody_back() -> None:
    for stage in STAGES:
        held = Manner(stages=(StageRule(stage="full"),), at_most=stage)
        assert {held.stage("web", each) for each in SHOPPERS[:50]} == {stage}
