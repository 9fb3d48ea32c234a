"""The report tells where shoppers are failed most, with words of theirs to read."""

from __future__ import annotations

from datetime import timedelta

from school import School


async def test_the_topic_that_fails_most_stands_first_with_examples(school: School):
    for said in ("고장난 우산 수선 되나요?", "우산 수선 맡길 수 있나요?", "우산살 수선도 해 주시나요?"):
        await school.talk(said)
    await school.talk("머그컵 보여줘")
    report = await school.get("/report")
    first = report["topics"][0]
    assert report["days"] == 28
    assert first["failed"] >= 2
    assert first["messages"] >= first["failed"]
    assert first["share"] <= 1
    assert any("수선" in one for one in first["examples"])
    assert "unanswered" in first["signals"]
    assert "find_product" not in {topic["intent"] for topic in report["topics"]}


async def test_what_lies_further_back_than_asked_is_left_out(school: School):
    await school.talk("do you repair umbrellas?", language="en")
    school.clock.advance(timedelta(days=3))
    assert (await school.get("/report", days=2))["topics"] == []


async def test_only_who_may_look_sees_it(school: School):
    assert (await school.ask("GET", "/report", "guest")).status_code == 403
