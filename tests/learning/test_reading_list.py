"""The list of messages to look at follows from the facts alone, and forgets with them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from school import School

from dangol.kernel import facts
from dangol.learning.api import Logged, catch_up, masked, rebuild
from dangol.learning.rules import read_messages
from dangol.server.archive import ConversationArchive

_ROWS = "select * from read_messages order by conversation_id, seq"


async def test_built_anew_it_is_what_it_was(school: School):
    archive = ConversationArchive()
    talk = await school.talk("알바 구하나요?", "ㅁㄴㅇㄹ 뭐시기 저시기", "상담원 연결해 주세요")
    async with school.premises.open_connection() as conn:
        await catch_up(conn, archive)
    other = await school.talk("do you repair umbrellas?", language="en")
    await other.thumb(-1)
    async with school.premises.open_connection() as conn:
        await catch_up(conn, archive)
        assert await catch_up(conn, archive) == 0
    kept = await school.rows(_ROWS)
    assert {row[0] for row in kept} >= {talk.id, other.id}
    async with school.premises.open_connection() as conn:
        await rebuild(conn, archive)
    assert await school.rows(_ROWS) == kept


async def test_a_thumb_given_later_counts_and_can_be_taken_back(school: School):
    talk = await school.talk("머그컵 보여줘")
    assert talk.id not in str(await school.get("/messages"))
    await talk.thumb(-1)
    assert talk.id in str(await school.get("/messages", signal="thumbs_down"))
    await talk.thumb(1)
    assert talk.id not in str(await school.get("/messages"))


async def test_erasing_the_words_takes_along_whatever_repeats_them(school: School):
    said = "고장난 우산 수선 되나요?"
    talk = await school.talk(said)
    [message] = [
        m
        for group in (await school.get("/messages"))["items"]
        for m in group["messages"]
        if m["conversation_id"] == talk.id
    ]
    place = {"conversation_id": talk.id, "seq": message["seq"]}
    await school.do("POST", "/lessons", message=place, intents=["ask_policy"])
    assert message["gap"] in {gap["id"] for gap in (await school.get("/gaps"))["items"]}

    await school.erase(talk.id)
    for listed in ("/messages", "/lessons", "/gaps", "/sample"):
        assert talk.id not in str(await school.get(listed))
        assert said not in str(await school.get(listed)), listed
    assert (await school.ask("GET", f"/messages/{talk.id}/{message['seq']}")).status_code == 404
    async with school.premises.open_connection() as conn:
        await rebuild(conn, ConversationArchive())
    assert await school.rows("select 1 from read_messages where conversation_id = %s", talk.id) == []


async def test_who_may_not_see_personal_data_sees_it_masked(school: School):
    talk = await school.talk(
        "umbrella repair? mail me at minji.kim@example.org or 010-1234-9876", language="en"
    )
    await talk.thumb(-1)
    [message] = [
        m for group in (await school.get("/messages", "editor"))["items"] for m in group["messages"]
        if m["conversation_id"] == talk.id
    ]  # fmt: skip
    shown = await school.get(f"/messages/{talk.id}/{message['seq']}", "editor")
    for seen in (message, shown):
        assert "minji" not in str(seen)
        assert "9876" not in str(seen)
    assert "minji.kim@example.org" in str(await school.get("/messages", "agent"))


def test_masking_keeps_sizes_prices_and_models():
    kept = "나이키 270 검정 89,000원짜리 3개랑 1000000원 넘는 거 A4 2026년 11월 3일에 5-7일 걸리나요 iphone 15 128GB"
    assert masked(kept) == kept
    gone = masked(
        "김철수 010 1234 5678, 02-123-4567, kim@shop.co.kr, 900101-1234567, 주문번호 202611210001234",
        ["김철수"],
    )
    for personal in ("김철수", "1234", "kim", "900101", "20261121"):
        assert personal not in gone


def _log(*log: facts.Fact) -> list[Logged]:
    return [Logged(seq, datetime(2026, 11, 21, tzinfo=UTC), fact) for seq, fact in enumerate(log, 1)]


def _heard(text: str) -> facts.Fact:
    return facts.MessageHeard(message=f"m-{text}", text=text)


def _read(*intents: tuple[str, float]) -> facts.Fact:
    return facts.MessageRead(language="ko", intents=intents)


def _reply(turn: int, **memory: Any) -> facts.Fact:
    return facts.ReplyGiven(
        turn=turn, message=f"r{turn}", language="ko", served_by="assistant", memory=memory
    )


def test_who_asks_for_a_person_was_not_served_by_the_message_before():
    read = read_messages(
        _log(
            _heard("이거 언제 와요"),
            _read(("track_order", 0.9)),
            _reply(1),
            _heard("사람 바꿔주세요"),
            _read(("talk_to_human", 0.95)),
            _reply(2),
            facts.HandedOff(reason="asked"),
        )
    )
    assert [sorted(one.signals) for one in read] == [["handed_off"], []]


def test_a_correction_points_at_what_was_read_before_it():
    read = read_messages(
        _log(
            _heard("검정 보여줘"),
            _read(("find_product", 0.9)),
            _reply(1),
            _heard("아니 흰색이요"),
            _read(("correct", 0.8)),
            _reply(2, misses=1, awaits="color"),
            _heard("흰색"),
            _read(("inform", 0.3)),
            _reply(3),
        )
    )
    assert [sorted(one.signals) for one in read] == [["corrected"], ["not_understood"], ["unsure"]]
    assert read[2].asked == "color"


def test_messages_that_were_read_together_stand_together_and_buttons_do_not_count():
    read = read_messages(
        _log(
            _heard("저기요"),
            _heard("환불은"),
            _read(("ask_return_policy", 0.7)),
            _reply(1),
            facts.MessageHeard(message="b", choice="intent:checkout"),
            _read(("checkout", 1.0)),
            _reply(2),
        )
    )
    assert [(one.seq, one.joined) for one in read] == [(2, (1,))]
