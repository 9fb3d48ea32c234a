"""One owner at any moment, over HTTP: taking over, speaking, giving to others, giving back, ending."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from helpdesk.room import DeskHouse, Member, Shopper


async def test_who_asks_for_a_person_stands_in_the_queue_with_a_card(
    shopper: Shopper, staff: dict[str, Member]
) -> None:
    await shopper.say("방수 운동화 있어요?")
    answer = await shopper.say("상담원 연결해 주세요")
    assert answer["served_by"] == "queue"
    agent = staff["agent"]
    found = await agent.open(shopper)
    assert found["thread"]["state"] in ("queue", "person")
    assert found["card"]["wish"] == "방수 운동화 있어요?"
    assert "take" in found["allowed"] or "say" in found["allowed"]


async def test_taken_over_the_assistant_is_silent_and_the_words_arrive(
    shopper: Shopper, staff: dict[str, Member]
) -> None:
    agent = staff["agent"]
    await shopper.say("방수 운동화 있어요?")
    thread = (await agent.do(shopper, "take"))["thread"]
    assert (thread["state"], thread["owner"]["id"]) == ("person", agent.id)
    answer = await shopper.say("270 있나요?")
    assert (answer["served_by"], answer["blocks"]) == ("person", [])
    said = await agent.say(shopper, "네, 세 켤레 남아 있어요.")
    assert said["entry"]["from"] == "staff"
    last = (await shopper.history())[-1]
    assert (last["from"], last["text"]) == ("staff", "네, 세 켤레 남아 있어요.")


async def test_only_the_owner_speaks(shopper: Shopper, staff: dict[str, Member]) -> None:
    words = {"id": "x1", "text": "안녕하세요"}
    assert await staff["agent"].refused(shopper, "say", words) == "not-yours"
    await staff["agent"].do(shopper, "take")
    assert await staff["other"].refused(shopper, "say", words) == "not-yours"
    assert await staff["other"].refused(shopper, "take") == "not-yours"
    assert (await staff["manager"].do(shopper, "take"))["thread"]["owner"]["id"] == staff["manager"].id
    assert await staff["agent"].refused(shopper, "say", words) == "not-yours"


async def test_a_click_meant_for_nobodys_conversation_takes_it_from_no_colleague(
    shopper: Shopper, staff: dict[str, Member]
) -> None:
    agent, other, manager = staff["agent"], staff["other"], staff["manager"]
    await agent.do(shopper, "take", {"seen_owner": ""})
    assert await manager.refused(shopper, "take", {"seen_owner": ""}) == "not-yours"
    assert await manager.refused(shopper, "take", {"seen_owner": other.id}) == "not-yours"
    assert (await agent.open(shopper))["thread"]["owner"]["id"] == agent.id
    assert (await agent.do(shopper, "take", {"seen_owner": ""}))["thread"]["owner"]["id"] == agent.id
    await manager.do(shopper, "take", {"seen_owner": agent.id})
    await manager.do(shopper, "give-back")
    taken = await agent.do(shopper, "take", {"seen_owner": manager.id})
    assert taken["thread"]["owner"]["id"] == agent.id, "given back meanwhile: nobody is robbed"


async def test_the_same_words_sent_again_are_said_once(shopper: Shopper, staff: dict[str, Member]) -> None:
    await staff["agent"].do(shopper, "take")
    words = {"id": "once", "text": "잠시만요"}
    first = await staff["agent"].do(shopper, "say", words)
    again = await staff["agent"].do(shopper, "say", words)
    assert first["entry"] == again["entry"]
    assert [each["text"] for each in await shopper.history() if each["from"] == "staff"] == ["잠시만요"]


async def test_transferred_with_a_note_and_back_to_the_queue(
    shopper: Shopper, staff: dict[str, Member]
) -> None:
    agent, other = staff["agent"], staff["other"]
    await agent.do(shopper, "take")
    thread = (await agent.do(shopper, "transfer", {"to": other.id, "note": "환불 건이에요"}))["thread"]
    assert thread["owner"]["id"] == other.id
    entries = (await other.open(shopper))["entries"]
    moved = next(each for each in entries if each["event"] == "transferred")
    assert (moved["staff"]["id"], moved["details"]["note"]) == (agent.id, "환불 건이에요")
    assert "환불 건이에요" not in str(await shopper.history()), "the note is for colleagues alone"
    back = (await other.do(shopper, "transfer", {"team": "cs"}))["thread"]
    assert (back["state"], back["owner"], back["team"]) == ("queue", None, "cs")
    assert await agent.refused(shopper, "transfer", {"to": staff["editor"].id}) == "not-found"


async def test_put_aside_a_message_wakes_it(
    house: DeskHouse, shopper: Shopper, staff: dict[str, Member]
) -> None:
    agent = staff["agent"]
    await agent.do(shopper, "take")
    yesterday = (house.clock.now() - timedelta(days=1)).isoformat()
    assert await agent.refused(shopper, "snooze", {"until": yesterday}) == "not-in-the-future"
    assert await agent.refused(shopper, "snooze", {"until": "2027-01-01T00:00:00"}) == "invalid"
    until = (house.clock.now() + timedelta(hours=3)).isoformat()
    assert (await agent.do(shopper, "snooze", {"until": until}))["thread"]["state"] == "snoozed"
    assert shopper.id in {each["id"] for each in (await agent.inbox("snoozed"))["items"]}
    assert await staff["other"].refused(shopper, "wake") == "not-yours"
    await shopper.say("아직인가요?")
    thread = (await agent.open(shopper))["thread"]
    assert (thread["state"], thread["owner"]["id"], thread["snoozed_until"]) == ("person", agent.id, None)


async def test_reopened_after_the_end_the_assistant_answers_afresh(
    shopper: Shopper, staff: dict[str, Member]
) -> None:
    """Complaint 1: no old hand-off fires again."""
    await shopper.say("상담원 연결해 주세요")
    await staff["agent"].do(shopper, "take")
    await staff["agent"].say(shopper, "무엇을 도와드릴까요?")
    await staff["agent"].do(shopper, "close")
    answer = await shopper.say("방수 운동화 있어요?")
    assert answer["served_by"] == "assistant"
    assert any(block["kind"] == "products" for block in answer["blocks"])
    assert not any(block["kind"] == "handoff" for block in answer["blocks"])
    assert (await staff["agent"].open(shopper))["thread"]["state"] == "assistant"


async def test_an_ended_conversation_is_taken_up_again_by_a_person(
    shopper: Shopper, staff: dict[str, Member]
) -> None:
    agent = staff["agent"]
    await agent.do(shopper, "take")
    await agent.do(shopper, "close")
    assert await agent.refused(shopper, "resolve") == "not-in-this-state"
    assert (await agent.do(shopper, "reopen"))["thread"]["owner"]["id"] == agent.id
    assert (await shopper.say("네?"))["served_by"] == "person"


async def test_given_back_the_assistant_speaks_again(shopper: Shopper, staff: dict[str, Member]) -> None:
    """Complaint 4: no silence after the chat is given back, and one terminal message."""
    await staff["agent"].do(shopper, "take")
    before = len(await shopper.history())
    await staff["agent"].do(shopper, "give-back")
    assert len(await shopper.history()) == before + 1
    answer = await shopper.say("머그컵 있어요?")
    assert answer["served_by"] == "assistant"
    assert any(block["kind"] == "products" for block in answer["blocks"])


async def test_a_double_is_merged_into_the_one_that_goes_on(
    house: DeskHouse, staff: dict[str, Member]
) -> None:
    agent, other = staff["agent"], staff["other"]
    double, kept = await house.shopper(), await house.shopper()
    for each in (double, kept):
        await each.say("환불이 안 들어왔어요")
        await agent.do(each, "take")
    assert await agent.refused(double, "merge", {"into": double.id}) == "not-found"
    await agent.do(double, "merge", {"into": kept.id})
    thread = (await agent.open(double))["thread"]
    assert (thread["state"], thread["merged_into"]) == ("closed", kept.id)
    going_on = await agent.open(kept)
    assert going_on["thread"]["owner"]["id"] == agent.id
    assert any(double.id in note["text"] for note in going_on["notes"])
    assert await other.refused(kept, "merge", {"into": double.id}) in ("not-found", "not-yours")


async def _nobody_waits(staff: dict[str, Member]) -> None:
    """What the tests before left in the queue is taken, and nobody is given anything by itself from here."""
    for member in staff.values():
        await member.done("PUT", "/me/presence", {"presence": "away"})
    while (await staff["manager"].done("POST", "/inbox/next"))["thread"]:
        pass


async def test_the_next_that_waits_is_taken_by_one_and_the_following_by_another(
    house: DeskHouse, staff: dict[str, Member]
) -> None:
    await _nobody_waits(staff)
    waiting = [await house.shopper() for _ in range(3)]
    for each in waiting:
        await each.say("상담원 연결해 주세요")
        house.clock.advance(timedelta(minutes=1))
    await staff["manager"].do(waiting[2], "priority", {"priority": "urgent"}, method="PUT")
    agent, other = staff["agent"], staff["other"]
    answers = await asyncio.gather(agent.done("POST", "/inbox/next"), other.done("POST", "/inbox/next"))
    taken = {answer["thread"]["owner"]["id"]: answer["thread"]["id"] for answer in answers}
    assert set(taken) == {agent.id, other.id}
    assert set(taken.values()) == {waiting[2].id, waiting[0].id}, "the urgent one, and the longest waiting"
    assert (await agent.done("POST", "/inbox/next"))["thread"]["id"] == waiting[1].id
    assert (await agent.done("POST", "/inbox/next"))["thread"] is None


async def test_what_another_team_or_language_serves_is_not_the_next(
    house: DeskHouse, staff: dict[str, Member]
) -> None:
    await _nobody_waits(staff)
    shopper = await house.shopper(locale="en")
    await shopper.say("I want to talk to a person")
    owner, agent = staff["owner"], staff["agent"]
    await owner.done("PATCH", f"/people/{agent.id}", {"languages": ["ko"]})
    assert (await agent.done("POST", "/inbox/next"))["thread"] is None
    await owner.done("PATCH", f"/people/{agent.id}", {"languages": ["ko", "en"]})
    assert (await agent.done("POST", "/inbox/next"))["thread"]["id"] == shopper.id
