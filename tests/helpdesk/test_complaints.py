"""What shops and shoppers complain about elsewhere: old hand-overs that fire again, two goodbyes, silence, untrue hours."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from helpdesk.room import DeskHouse, Member, Shopper


@pytest.fixture(autouse=True)
async def morning(house: DeskHouse) -> None:
    """Every story begins in the morning of an open day, and leaves nobody at the desk and nobody in line."""
    house.clock.at = DeskHouse.MORNING
    async with house.premises.open_connection() as conn:
        await conn.execute("update conversations set served_by = 'assistant' where served_by = 'queue'")
        await conn.execute("delete from desk_threads")


def _texts(blocks: list[dict[str, Any]]) -> str:
    return " ".join(block["text"] for block in blocks if block["kind"] == "text")


async def _only(house: DeskHouse, *online: Member) -> None:
    async with house.premises.open_connection() as conn:
        await conn.execute(
            "update staff set presence = case when id = any(%s) then 'online' else 'offline' end, seen_at = %s",
            ([each.id for each in online], house.clock.now()),
        )


@pytest.mark.parametrize("end", ["close", "resolve", "give-back"])
async def test_what_led_to_a_person_leads_to_none_after_the_end(
    shopper: Shopper, staff: dict[str, Member], end: str
) -> None:
    """Complaint 1: reopened, the conversation begins clean, and one complaint is no second in a row."""
    agent = staff["agent"]
    await shopper.say("서비스가 정말 엉망이네요")
    assert (await shopper.say("진짜 너무 실망이에요"))["served_by"] == "queue"
    await agent.do(shopper, "take")
    await agent.say(shopper, "죄송합니다. 처리해 드렸어요.")
    await agent.do(shopper, end)
    if end == "resolve":
        await shopper.say(choice="solved:yes")
    assert (await shopper.say("포장 상태가 엉망이네요"))["served_by"] == "assistant"
    answer = await shopper.say("방수 운동화 있어요?")
    assert answer["served_by"] == "assistant"
    assert any(block["kind"] == "products" for block in answer["blocks"])
    found = await agent.open(shopper)
    assert [each["event"] for each in found["entries"]].count("handed_off") == 1


async def test_a_question_that_was_open_at_the_end_is_asked_by_nobody_afterwards(
    house: DeskHouse, shopper: Shopper, staff: dict[str, Member]
) -> None:
    await staff["agent"].do(shopper, "take")
    await staff["agent"].do(shopper, "resolve")  # asks whether it is solved
    await shopper.say("머그컵 있어요?")
    await staff["agent"].do(shopper, "take")
    await staff["agent"].do(shopper, "close")
    assert (await shopper.say("아니요"))["served_by"] == "assistant", (
        "no old question takes it for its answer"
    )


async def test_four_wishes_at_once_are_one_hand_over_with_one_goodbye(
    house: DeskHouse, shopper: Shopper, staff: dict[str, Member]
) -> None:
    """Complaint 4: whoever asks in a hurry is told once that somebody comes."""
    await _only(house, staff["agent"])
    await asyncio.gather(*(shopper.say("상담원 연결해 주세요") for _ in range(4)))
    said = [_texts(each["blocks"]) for each in await shopper.history() if each["from"] == "assistant"]
    assert sum("상담원에게 연결 요청을" in each for each in said) == 1
    entries = (await staff["agent"].open(shopper))["entries"]
    assert [each["event"] for each in entries].count("handed_off") == 1


async def test_closed_twice_the_shopper_is_told_once(shopper: Shopper, staff: dict[str, Member]) -> None:
    agent, manager = staff["agent"], staff["manager"]
    await agent.do(shopper, "take")
    path = f"/conversations/{shopper.id}/close"
    answers = await asyncio.gather(*(each.ask("POST", path, {}) for each in (agent, manager, agent)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    told = [
        block
        for each in await shopper.history()
        for block in each["blocks"]
        if block["kind"] == "handoff" and block["state"] == "closed"
    ]
    assert len(told) == 1


NIGHT = timedelta(hours=10)  # 21:00 on a Friday in Seoul; on Saturday the desk opens at 10:00


@pytest.mark.parametrize(
    ("later", "there", "said", "never"),
    [
        (timedelta(0), True, ["연결 요청을 보냈어요"], ["상담 시간", "없어요"]),
        (
            timedelta(0),
            False,
            ["자리에 있는 상담원이 없어요", "이 창에서 답해"],
            ["상담 시간이 아니", "분 안에"],
        ),
        (NIGHT, True, ["상담 시간은 아니지만", "자리에 있는 상담원이 있어", "10:00"], ["분 안에", "없어요."]),
        (NIGHT, False, ["상담 시간이 아니", "10:00"], ["자리에 있는", "분 안에"]),
    ],
)
async def test_what_is_said_is_true_by_the_clock_and_by_who_is_there(
    house: DeskHouse,
    staff: dict[str, Member],
    later: timedelta,
    there: bool,
    said: list[str],
    never: list[str],
) -> None:
    """Complaint 11: in hours and out of them, with somebody at the desk and with nobody."""
    house.clock.advance(later)
    await _only(house, *([staff["agent"]] if there else []))
    shopper = await house.shopper()
    answer = await shopper.say("상담원 연결해 주세요")
    text = _texts(answer["blocks"])
    for words in said:
        assert words in text
    for words in never:
        assert words not in text
    form = any(block["kind"] == "form" for block in answer["blocks"])
    assert form is not (later == timedelta(0) and there), (
        "where an answer is not sure to come soon, a contact is asked for"
    )
    await house.premises.dispatch.look()
    state = (await staff["agent"].open(shopper))["thread"]["state"]
    assert state == ("person" if there else "queue"), "who is there gets it, whatever the clock says"


async def test_who_comes_second_hears_that_somebody_waits_before(
    house: DeskHouse, staff: dict[str, Member]
) -> None:
    await _only(house, staff["agent"])
    async with house.premises.open_connection() as conn:
        await conn.execute("update staff set capacity = 0 where id = %s", (staff["agent"].id,))
    await (await house.shopper(locale="en-US")).say("I want to talk to a person")
    second = await (await house.shopper(locale="en-US")).say("let me talk to a human")
    assert "1 person is waiting before you." in _texts(second["blocks"])


async def _called_back(shopper: Shopper, **values: Any) -> str:
    answer = await shopper.say("상담원 연결해 주세요")
    form = next(block for block in answer["blocks"] if block["kind"] == "form")
    assert [each["name"] for each in form["fields"]] == ["email", "phone", "call", "consent"]
    return _texts((await shopper.say(form={"form": form["form"], "values": values}))["blocks"])


async def test_a_call_back_is_asked_for_seen_and_consented_to(
    house: DeskHouse, staff: dict[str, Member]
) -> None:
    house.clock.advance(NIGHT)
    await _only(house)
    shopper = await house.shopper()
    assert "휴대폰 번호" in await _called_back(shopper, email="a@example.com", call=True, consent=True)
    shopper = await house.shopper()
    kept = await _called_back(shopper, phone="010-2345-6789", call=True, consent=True)
    assert "전화드릴게요" in kept
    sidebar = await staff["agent"].done("GET", f"/conversations/{shopper.id}/sidebar")
    assert (sidebar["contact"]["phone"], sidebar["contact"]["purpose"]) == ("01023456789", "call_back")
    assert (sidebar["consents"][0]["purpose"], sidebar["consents"][0]["channel"]) == ("call_back", "phone")


async def test_a_contact_left_while_somebody_comes_in_is_kept_and_not_talked_over(
    house: DeskHouse, staff: dict[str, Member]
) -> None:
    house.clock.advance(NIGHT)
    await _only(house)
    shopper = await house.shopper()
    form = next(b for b in (await shopper.say("상담원 연결해 주세요"))["blocks"] if b["kind"] == "form")
    await staff["agent"].do(shopper, "take")
    values = {"phone": "010-2345-6781", "call": True, "consent": True}
    answer = await shopper.say(form={"form": form["form"], "values": values})
    assert (answer["served_by"], _texts(answer["blocks"])) == ("person", "")
    sidebar = await staff["agent"].done("GET", f"/conversations/{shopper.id}/sidebar")
    assert (sidebar["contact"]["phone"], sidebar["contact"]["purpose"]) == ("01023456781", "call_back")


async def test_an_answer_nobody_saw_goes_to_the_phone_that_was_left_once(
    house: DeskHouse, staff: dict[str, Member]
) -> None:
    house.clock.advance(NIGHT)
    await _only(house)
    shopper = await house.shopper()
    await _called_back(shopper, phone="010-2345-6780", consent=True)
    await staff["agent"].do(shopper, "take")
    await staff["agent"].say(shopper, "주문하신 상품은 월요일에 도착해요.")
    house.clock.advance(timedelta(minutes=3))
    for _ in range(2):
        await staff["agent"].do(shopper, "viewing", {})
        await house.premises.dispatch.look()
    letters = [file.read_text() for file in (house.settings.data / "letters").rglob("*") if file.is_file()]
    assert sum("월요일에 도착해요" in letter for letter in letters) == 1
    assert (await shopper.history())[-1]["text"] == "주문하신 상품은 월요일에 도착해요.", (
        "and in the conversation"
    )
