"""A sample a day, judged by staff: figures by intent and language, and a notice when agreement drops."""

from __future__ import annotations

import random
from datetime import date, timedelta

from prometheus_client import REGISTRY
from school import School

from dangol.learning.api import draw_sample
from dangol.learning.rules import Tally, has_dropped


async def test_yesterdays_messages_are_sampled_judged_and_counted(school: School):
    for text in ("머그컵 보여줘", "배송비 얼마예요?", "영업시간 알려주세요"):
        await school.talk(text)
    await school.talk("how much is shipping?", language="en")
    assert (await school.get("/sample"))["items"] == []  # the day is not over
    school.clock.advance(timedelta(days=1))
    items = (await school.get("/sample"))["items"]
    assert sorted(one["language"] for one in items) == ["en", "ko", "ko", "ko"]
    assert {one["day"] for one in items} == {"2026-11-21"}
    assert (await school.get("/sample"))["items"] == items

    first, second, third, fourth = items
    for one in (first, second):
        await school.do("PUT", f"/sample/{one['conversation_id']}/{one['seq']}", agreed=True)
    await school.do(
        "PUT",
        f"/sample/{third['conversation_id']}/{third['seq']}",
        "agent",
        agreed=False,
        intents=["ask_contact"],
    )
    lesson = next(one for one in (await school.get("/lessons"))["items"] if one["seq"] == third["seq"])
    assert lesson["intents"] == ["ask_contact"]
    figures = (await school.get("/agreement"))["items"]
    whole = [one for one in figures if one["intent"] == ""]
    assert sum(one["agreed"] for one in whole) == 2
    assert sum(one["judged"] for one in whole) == 3
    assert all(one["share"] == one["agreed"] / one["judged"] for one in whole)
    by_intent = [one for one in figures if one["intent"]]
    assert sum(one["judged"] for one in by_intent) == 3

    await school.do("DELETE", f"/sample/{first['conversation_id']}/{first['seq']}")
    waiting = {one["conversation_id"] for one in (await school.get("/sample"))["items"]}
    assert waiting == {first["conversation_id"], fourth["conversation_id"]}
    await school.erase(fourth["conversation_id"])
    assert fourth["conversation_id"] not in str(await school.get("/sample"))


async def test_judgements_stay_when_the_words_are_erased(school: School):
    before = (await school.get("/agreement"))["items"]
    for [conversation] in await school.rows(
        "select conversation_id from reading_samples where agreed is not null"
    ):
        await school.erase(conversation)
    assert (await school.get("/agreement"))["items"] == before


async def _judged(school: School, day: date, agreed: int, judged: int) -> None:
    """A day's sample, judged."""
    places = [(await school.talk("안녕하세요")).id for _ in range(judged)]
    async with school.premises.open_connection() as conn:
        for place, conversation in enumerate(places):
            await conn.execute(
                "insert into reading_samples (conversation_id, seq, day, language, intents, agreed, judged_by, judged_at)"
                " values (%s, 1, %s, 'ko', '{greet}', %s, 'x', %s)",
                (conversation, day, place < agreed, school.clock.now()),
            )


async def test_a_drop_hangs_as_one_notice_until_it_is_seen(school: School):
    today = school.clock.now().date()
    await _judged(school, today - timedelta(days=12), 29, 30)
    await _judged(school, today - timedelta(days=2), 18, 30)
    school.clock.advance(timedelta(days=1))
    drops = REGISTRY.get_sample_value("dangol_reading_agreement_drops_total", {"language": "ko"}) or 0
    items = (await school.get("/sample"))["items"]
    one = next(item for item in items if item["language"] == "ko")
    for _ in range(2):
        await school.do("PUT", f"/sample/{one['conversation_id']}/{one['seq']}", agreed=False)
    [notice] = (await school.get("/notices"))["items"]
    assert notice["language"] == "ko"
    assert notice["agreed"] / notice["judged"] < notice["agreed_before"] / notice["judged_before"]
    assert REGISTRY.get_sample_value("dangol_reading_agreement_drops_total", {"language": "ko"}) == drops + 1
    share = REGISTRY.get_sample_value("dangol_reading_agreement", {"language": "ko"})
    assert share == notice["agreed"] / notice["judged"]
    await school.do("POST", f"/notices/{notice['id']}/seen", "editor")
    assert (await school.get("/notices"))["items"][0]["seen_by"] == "editor"


async def test_the_sample_of_a_day_is_drawn_once_and_is_as_large_in_each_language(school: School):
    for number in range(25):
        await school.talk(f"머그컵 {number}개 주세요")
    school.clock.advance(timedelta(days=1))
    await school.get("/sample")
    drawn = await school.rows("select day, count(*) from reading_samples group by 1 order by 1 desc limit 1")
    assert drawn[0][1] == 20
    async with school.premises.open_connection() as conn:
        await draw_sample(conn, school.clock.now(), school.premises.shop().zone)
    assert (
        await school.rows("select day, count(*) from reading_samples group by 1 order by 1 desc limit 1")
        == drawn
    )


def test_chance_is_no_drop():
    assert not has_dropped(Tally(19, 20), Tally(15, 16))  # too few
    assert not has_dropped(Tally(570, 600), Tally(188, 200))  # a point
    assert not has_dropped(Tally(36, 40), Tally(17, 20))  # five points by chance
    assert has_dropped(Tally(570, 600), Tally(170, 200))
    chance = random.Random(3)
    found = 0
    for _ in range(2000):
        before, now = (sum(chance.random() < 0.9 for _ in range(n)) for n in (200, 80))
        found += has_dropped(Tally(before, 200), Tally(now, 80))
    assert found / 2000 < 0.07
