"""Both sides of the desk, from the wish for a person to the rating."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from helpdesk.room import DeskHouse, Member, Shopper

from dangol.kernel.facts import ShopperIdentified


@pytest.fixture(autouse=True)
async def morning(house: DeskHouse) -> AsyncIterator[None]:
    """Every story begins in the morning of an open day, with an empty queue behind it."""
    house.clock.at = DeskHouse.MORNING
    yield
    async with house.premises.open_connection() as conn:
        await conn.execute("update staff set presence = 'offline'")
        rows = await (
            await conn.execute("select id from conversations where served_by <> 'assistant'")
        ).fetchall()
    assert rows is not None


async def _look(house: DeskHouse) -> None:
    await house.premises.dispatch.look()


def _texts(blocks: list[dict[str, str]]) -> str:
    return " ".join(block["text"] for block in blocks if block["kind"] == "text")


async def _only(house: DeskHouse, *online: Member) -> None:
    async with house.premises.open_connection() as conn:
        await conn.execute(
            "update staff set presence = case when id = any(%s) then 'online' else 'offline' end, seen_at = %s",
            ([each.id for each in online], house.clock.now()),
        )


async def test_an_explicit_wish_goes_to_somebody_who_is_there(
    house: DeskHouse, shopper: Shopper, staff: dict[str, Member]
) -> None:
    await _only(house, staff["agent"])
    await shopper.say("방수 운동화 찾아요")
    answer = await shopper.say("상담원이랑 얘기하고 싶어요")
    assert answer["served_by"] == "queue"
    assert answer["blocks"][-1]["kind"] == "handoff"
    await _look(house)
    thread = (await staff["agent"].open(shopper))["thread"]
    assert (thread["state"], thread["owner"]["id"]) == ("person", staff["agent"].id)
    joined = (await shopper.history())[-1]["blocks"][0]
    assert (joined["kind"], joined["state"], joined["agent"]) == ("handoff", "joined", staff["agent"].name)


async def test_out_of_hours_the_desk_says_when_it_opens_and_asks_where_to_answer(
    house: DeskHouse, staff: dict[str, Member]
) -> None:
    house.clock.advance(timedelta(hours=10))  # 21:00 in Seoul
    await _only(house)
    shopper = await house.shopper()
    answer = await shopper.say("상담원 연결해 주세요")
    assert answer["served_by"] == "queue"
    said = _texts(answer["blocks"])
    assert "상담 시간이 아니" in said
    assert "10:00" in said, "Saturday's opening, as the shop file has it"
    form = next(block for block in answer["blocks"] if block["kind"] == "form")
    refused = await shopper.say(form={"form": form["form"], "values": {"email": "jiwoo@example.com"}})
    assert any(block["kind"] == "form" for block in refused["blocks"]), "no consent, no contact"
    values = {"email": "jiwoo@example.com", "consent": True}
    kept = await shopper.say(form={"form": form["form"], "values": values})
    assert "연락처를 받았어요" in _texts(kept["blocks"])
    sidebar = await staff["agent"].done("GET", f"/conversations/{shopper.id}/sidebar")
    assert sidebar["contact"]["email"] == "jiwoo@example.com"
    assert sidebar["consents"][0]["purpose"] == "answer"
    await staff["agent"].do(shopper, "take")
    await staff["agent"].say(shopper, "월요일에 보내 드릴게요.")
    house.clock.advance(timedelta(minutes=3))
    await staff["agent"].do(shopper, "viewing", {})
    await _look(house)
    await _look(house)
    letters = [file.read_text() for file in (house.settings.data / "letters").rglob("*") if file.is_file()]
    assert sum("jiwoo@example.com" in letter for letter in letters) == 1


async def test_with_nobody_there_the_desk_says_so(house: DeskHouse, staff: dict[str, Member]) -> None:
    await _only(house)
    shopper = await house.shopper(locale="en-US")
    answer = await shopper.say("I want to talk to a person")
    assert "Nobody is at the desk" in _texts(answer["blocks"])
    assert (await shopper.say("hello?"))["served_by"] == "queue"
    await _only(house, staff["agent"])
    await _look(house)
    assert (await staff["agent"].open(shopper))["thread"]["owner"]["id"] == staff["agent"].id


async def test_a_slow_answer_of_the_assistant_never_lands_after_a_take_over(
    house: DeskHouse, staff: dict[str, Member]
) -> None:
    """Complaint 2: ownership is looked at when the answer is written, not when it was begun."""
    for _ in range(4):
        shopper = await house.shopper()
        saying = asyncio.create_task(shopper.say("방수 운동화 추천해 주세요"))
        taken = await staff["agent"].do(shopper, "take")
        await saying
        after = [each for each in await shopper.history() if each["seq"] > taken["thread"]["seq"]]
        assert [each for each in after if each["from"] == "assistant" and each["blocks"]] == []


async def test_offline_in_the_middle_it_goes_back_to_the_queue_and_to_the_next(
    house: DeskHouse, shopper: Shopper, staff: dict[str, Member]
) -> None:
    agent, other = staff["agent"], staff["other"]
    await _only(house, agent)
    await shopper.say("상담원 연결해 주세요")
    await _look(house)
    await agent.done("PUT", "/me/presence", {"presence": "offline"})
    await _look(house)
    assert (await other.open(shopper))["thread"]["state"] == "queue"
    await other.done("PUT", "/me/presence", {"presence": "online"})
    await _look(house)
    assert (await other.open(shopper))["thread"]["owner"]["id"] == other.id
    assert (await shopper.say("저기요?"))["served_by"] == "person"


async def test_who_does_not_answer_in_time_loses_it_to_the_next(
    house: DeskHouse, shopper: Shopper, staff: dict[str, Member]
) -> None:
    agent, other = staff["agent"], staff["other"]
    await _only(house, agent)
    await shopper.say("상담원 연결해 주세요")
    await _look(house)
    house.clock.advance(timedelta(minutes=11))
    await _only(house, agent, other)
    await _look(house)
    found = await other.open(shopper)
    assert found["thread"]["owner"]["id"] == other.id
    assert "no_answer" in [entry["details"].get("why") for entry in found["entries"]]


async def test_given_back_no_and_back_again_then_yes_and_a_rating(
    house: DeskHouse, shopper: Shopper, staff: dict[str, Member]
) -> None:
    agent = staff["agent"]
    await _only(house, agent, staff["other"])
    await shopper.say("배송비는 얼마예요?")
    await shopper.say("상담원 연결해 주세요")
    await agent.do(shopper, "take")
    await agent.say(shopper, "제주는 3,500원이 더해져요.")
    await agent.do(shopper, "resolve")
    asked = (await shopper.history())[-1]["blocks"]
    assert [block["kind"] for block in asked] == ["handoff", "text", "choices"]
    no = await shopper.say("아니요, 아직이에요")
    assert no["served_by"] == "queue"
    await _look(house)
    assert (await agent.open(shopper))["thread"]["owner"]["id"] == agent.id, "the same person"
    await agent.say(shopper, "다시 확인했어요. 3,000원이에요.")
    await agent.do(shopper, "resolve")
    yes = await shopper.say(choice="solved:yes")
    assert yes["served_by"] == "assistant"
    scores = [
        option["id"] for block in yes["blocks"] if block["kind"] == "choices" for option in block["options"]
    ]
    assert scores == ["rate:5", "rate:4", "rate:3", "rate:2", "rate:1"]
    thanks = await shopper.say("4점")
    assert "고마워요" in _texts(thanks["blocks"])
    assert (await agent.open(shopper))["thread"]["rating"] == 4
    assert (await shopper.say("머그컵 있어요?"))["served_by"] == "assistant"
    rows = (await staff["manager"].done("GET", "/metrics", params={"by": "person"}))["rows"]
    mine = next(row for row in rows if row["group"] == agent.id)
    assert mine["csat"] == {"numerator": 1, "denominator": 1, "value": 1.0}
    assert mine["reopened"]["numerator"] == 1


async def test_something_else_said_instead_of_yes_or_no_is_answered(
    house: DeskHouse, shopper: Shopper, staff: dict[str, Member]
) -> None:
    await staff["agent"].do(shopper, "take")
    await staff["agent"].do(shopper, "resolve")
    answer = await shopper.say("방수 운동화 있어요?")
    assert any(block["kind"] == "products" for block in answer["blocks"])
    assert (await shopper.say("아니요"))["served_by"] == "assistant", "the question was let drop"


async def test_fraud_is_no_matter_for_an_assistant(house: DeskHouse, staff: dict[str, Member]) -> None:
    await _only(house, staff["agent"])
    shopper = await house.shopper()
    answer = await shopper.say("제 카드가 도용됐어요. 결제한 적 없는 주문이 있어요")
    assert answer["served_by"] == "queue"
    thread = (await staff["agent"].open(shopper))["thread"]
    assert (thread["reason"], thread["priority"]) == ("fraud", "urgent")
    page = await staff["agent"].inbox("unassigned")
    assert page["items"][0]["id"] == shopper.id, "urgent goes first"


async def test_an_answer_of_staff_is_suggested_to_the_next(
    house: DeskHouse, staff: dict[str, Member]
) -> None:
    question = "선물 포장에 손편지도 넣어 주시나요?"
    agent, editor = staff["agent"], staff["editor"]
    first = await house.shopper()
    await first.say(question)
    await agent.do(first, "take")
    await agent.say(first, "네, 주문 메모에 적어 주시면 손편지를 넣어 드려요.")
    await agent.do(first, "resolve")
    waiting = (await editor.done("GET", "/learning/answers"))["items"]
    made = next(each for each in waiting if each["conversation"] == first.id)
    assert (made["question"], made["answer"], made["author"]) == (
        question,
        "네, 주문 메모에 적어 주시면 손편지를 넣어 드려요.",
        agent.id,
    )
    await editor.done("POST", f"/learning/answers/{made['id']}/decision", {"approve": True})
    second = await house.shopper()
    await second.say("선물 포장에 손편지도 넣어 주나요?")
    await agent.do(second, "take")
    items = (await agent.done("GET", f"/conversations/{second.id}/suggestions"))["items"]
    assert [each["text"] for each in items].count(made["answer"]) == 1, (
        "suggested once, though an article has it"
    )
    assert items[0]["text"] == made["answer"]
    await agent.say(second, items[0]["text"], suggestion=items[0]["id"])


async def test_prepared_replies_are_filled_in(
    house: DeskHouse, shopper: Shopper, staff: dict[str, Member]
) -> None:
    body = {
        "shortcut": f"/hi-{shopper.id[-6:]}",
        "title": "인사",
        "texts": {"ko": "{agent}예요, {customer}님 {x}"},
    }
    made = await staff["editor"].done("POST", "/replies", body)
    assert (await staff["editor"].ask("POST", "/replies", body)).status_code == 409
    filled = await staff["agent"].done("GET", f"/conversations/{shopper.id}/replies/{made['id']}")
    assert filled == {"text": f"{staff['agent'].name}예요, {{customer}}님 {{x}}", "missing": ["customer"]}
    await staff["editor"].done("DELETE", f"/replies/{made['id']}")
    assert (
        await staff["agent"].ask("GET", f"/conversations/{shopper.id}/replies/{made['id']}")
    ).status_code == 404


async def test_each_side_sees_how_far_the_other_has_read(
    house: DeskHouse, shopper: Shopper, staff: dict[str, Member]
) -> None:
    agent = staff["agent"]
    await agent.do(shopper, "take")
    said = (await agent.say(shopper, "확인해 볼게요"))["entry"]["seq"]
    opened = await agent.open(shopper)
    assert (opened["delivered"], opened["read"]) == (0, 0), "nobody has fetched it yet"
    async with agent.stream() as events:
        await shopper.history()
        assert (await events.next("marks"))[1] == {"conversation": shopper.id, "delivered": said, "read": 0}
        async with shopper.client() as client:
            path = f"/api/chat/conversations/{shopper.id}/viewing"
            assert (await client.post(path, json={"read": 2_000_000, "typing": True})).status_code == 204
        marks = (await events.next("marks"))[1]
        assert marks["read"] == marks["delivered"] == said, "no further than there is something to read"
        assert (await events.next("typing"))[1] == {"conversation": shopper.id}
    await shopper.say("감사합니다")
    await staff["other"].do(shopper, "viewing", {})
    assert await shopper.read() == 0, "only who has it counts"
    await agent.do(shopper, "viewing", {})
    assert await shopper.read() == (await shopper.history())[-1]["seq"]


async def test_a_file_of_staff_reaches_the_shopper_and_nobody_else(
    house: DeskHouse, shopper: Shopper, staff: dict[str, Member]
) -> None:
    agent, stranger = staff["agent"], await house.shopper()
    await agent.do(shopper, "take")
    path = f"/conversations/{shopper.id}/attachments"
    refused = await agent.ask("POST", path, files={"file": ("guide.pdf", b"<script>alert(1)</script>")})
    assert refused.status_code == 415
    taken = await agent.done("POST", path, files={"file": ("label.pdf", b"%PDF-1.7 label")})
    assert await agent.refused(stranger, "say", {"id": "f0", "text": "", "attachments": [taken["id"]]})
    assert (
        await agent.ask("POST", f"/conversations/{shopper.id}/say", {"id": "f1", "text": " "})
    ).status_code == 422
    await agent.do(shopper, "say", {"id": "f2", "attachments": [taken["id"]]})
    assert (await shopper.history())[-1]["attachments"] == [taken["id"]]
    async with shopper.client() as client:
        file = await client.get(f"/api/chat/conversations/{shopper.id}/attachments/{taken['id']}")
    assert file.content == b"%PDF-1.7 label"
    assert file.headers["content-type"] == "application/octet-stream"
    assert "sandbox" in file.headers["content-security-policy"]
    async with stranger.client() as client:
        other = await client.get(f"/api/chat/conversations/{stranger.id}/attachments/{taken['id']}")
    assert other.status_code == 404


async def test_a_console_at_which_something_always_happens_is_open(
    house: DeskHouse, shopper: Shopper, staff: dict[str, Member]
) -> None:
    agent = staff["agent"]
    await agent.do(shopper, "take")
    async with agent.stream() as events:
        for minute in range(4):
            house.clock.advance(timedelta(minutes=1))
            await shopper.say(f"아직이에요? {minute}")
            while (await events.next("entry"))[1]["entry"]["text"] != f"아직이에요? {minute}":
                pass
        await _look(house)
        people = (await agent.done("GET", "/people"))["items"]
        assert next(each["presence"] for each in people if each["id"] == agent.id) == "online"
    assert (await agent.open(shopper))["thread"]["owner"]["id"] == agent.id


async def test_notes_labels_priority_and_the_live_stream(
    house: DeskHouse, shopper: Shopper, staff: dict[str, Member]
) -> None:
    agent, other = staff["agent"], staff["other"]
    await agent.do(shopper, "take")
    async with other.stream() as events:
        await agent.do(shopper, "notes", {"text": "확인 부탁해요", "mentions": [other.id]})
        assert (await events.next("mention"))[1]["note"]["text"] == "확인 부탁해요"
        await agent.do(shopper, "labels", {"labels": ["환불", "환불", " "]}, method="PUT")
        while (await events.next("thread"))[1]["thread"]["labels"] != ["환불"]:
            pass
        await shopper.say("안녕하세요")
        while (await events.next("entry"))[1]["entry"]["text"] != "안녕하세요":
            pass
        place = events.last
    await agent.say(shopper, "네, 말씀하세요")
    async with other.stream(place) as events:
        while (await events.next("entry"))[1]["entry"]["text"] != "네, 말씀하세요":
            pass
    page = await agent.inbox("mine", label="환불", q="말씀하세요")
    assert [each["id"] for each in page["items"]] == [shopper.id]


async def test_an_act_above_the_limit_waits_for_another(
    house: DeskHouse, shopper: Shopper, staff: dict[str, Member]
) -> None:
    agent, manager = staff["agent"], staff["manager"]
    await agent.do(shopper, "take")
    act = {"id": "a1", "tool": "grant_goodwill", "args": {"points": 30_000, "why": "늦은 배송"}}
    asked = await agent.do(shopper, "actions", act)
    assert asked["outcome"] == "waiting"
    again = await agent.do(shopper, "actions", act)
    assert again["approval"]["id"] == asked["approval"]["id"]
    approval = asked["approval"]["id"]
    assert (await agent.ask("POST", f"/approvals/{approval}", {"approve": True})).status_code == 403
    answered = await manager.done("POST", f"/approvals/{approval}", {"approve": True})
    assert answered["state"] == "approved"
    assert answered["result"]["code"] == "not_identified", "a visitor has no points; why is written down"
    assert (await manager.ask("POST", f"/approvals/{approval}", {"approve": False})).status_code == 409
    small = {"id": "a2", "tool": "grant_goodwill", "args": {"points": 0}}
    assert (await agent.do(shopper, "actions", small))["outcome"] == "refused"
    assert (await staff["other"].refused(shopper, "actions", {**small, "id": "a3"})) == "not-yours"


async def test_a_discount_beyond_the_shop_s_own_is_granted_by_nobody_but_an_approver(
    house: DeskHouse, staff: dict[str, Member]
) -> None:
    """H05: the assistant takes nothing off, a person is asked, and above the person's limit another one."""
    agent, manager = staff["agent"], staff["manager"]
    await _only(house, agent)
    async with house.premises.open_connection() as conn:
        row = await (
            await conn.execute(
                "insert into customers (email, name, created) values ('haggle@example.com', '한가람', now()) returning id"
            )
        ).fetchone()
    assert row is not None
    shopper = await house.shopper()
    async with house.premises.open_connection() as conn:
        known = ShopperIdentified(customer_id=row[0], by="signed_token")
        await house.premises.counter.tell(conn, shopper.id, [known])
    refused = await shopper.say("좀 더 깎아주세요")
    assert refused["served_by"] == "assistant"
    assert "깎아 드릴 수는 없" in _texts(refused["blocks"])
    offered = [o for block in refused["blocks"] if block["kind"] == "choices" for o in block["options"]]
    label = next(option["label"] for option in offered if option["id"] == "human:discount")
    handed = await shopper.say(label)
    assert handed["served_by"] == "queue"
    assert "약속드릴 수는 없" in _texts(handed["blocks"])
    await _look(house)
    found = await agent.open(shopper)
    assert found["thread"]["reason"] == "discount"
    assert any("approval" in step for step in found["card"]["next"])
    act = {"id": "d1", "tool": "grant_goodwill", "args": {"points": 30_000, "why": "단골 할인"}}
    asked = await agent.do(shopper, "actions", act)
    assert asked["outcome"] == "waiting", "above the limit nobody gives it alone"
    answered = await manager.done("POST", f"/approvals/{asked['approval']['id']}", {"approve": True})
    assert answered["result"]["outcome"] == "done"
    sidebar = await agent.done("GET", f"/conversations/{shopper.id}/sidebar")
    assert sidebar["points"]["balance"] == 30_000
