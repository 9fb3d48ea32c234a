"""Nobody is asked twice, on this channel or another; what was asked again is counted, and what needed no staff."""

from __future__ import annotations

from typing import Any

import pytest
from helpdesk.room import DeskHouse, Member, Shopper

from dangol.helpdesk.asking_again import Given
from dangol.kernel.facts import MessageHeard, ShopperIdentified


@pytest.mark.parametrize(
    ("given", "said", "again"),
    [
        ("20260610-0001 배송 언제 와요?", "주문번호 알려 주시겠어요?", ("order",)),
        ("20260610-0001 배송 언제 와요?", "주문번호 20260610-0001 맞으시죠?", ()),
        ("20260610-0001 배송 언제 와요?", "확인했어요. 주문번호는 그대로예요.", ()),
        ("배송 언제 와요?", "주문번호 알려 주시겠어요?", ()),
        ("제 메일은 jiwoo@example.com 이에요", "답변 받으실 이메일을 적어 주세요.", ("email",)),
        ("제 메일은 jiwoo@example.com 이에요", "연락처 남겨 주세요.", ()),
        ("010-1234-5678로 전화 주세요", "연락처 남겨 주시면 전화드릴게요.", ("phone",)),
        ("order 20260610-0001 is late", "Could you tell me your order number?", ("order",)),
        ("order 20260610-0001 is late", "Your order number is on the receipt.", ()),
        ("my mail is a@b.example", "What is your e-mail address, please?", ("email",)),
    ],
)
def test_asking_for_what_was_given(given: str, said: str, again: tuple[str, ...]) -> None:
    known = Given()
    known.hear(MessageHeard(message="m", text=given))
    assert known.asked_again(said) == again


async def _figures(manager: Member, agent: Member) -> dict[str, Any]:
    rows = (await manager.done("GET", "/metrics", params={"by": "person"}))["rows"]
    found: dict[str, Any] = next(row for row in rows if row["group"] == agent.id)
    return found


async def test_what_was_asked_again_is_counted_beside_what_was_not(
    house: DeskHouse, staff: dict[str, Member]
) -> None:
    agent = staff["agent"]
    for words in ("주문번호 알려 주시겠어요?", "확인해 볼게요. 잠시만 기다려 주세요."):
        shopper = await house.shopper()
        await shopper.say("20260610-0001 언제 와요?")
        await agent.do(shopper, "take")
        await agent.say(shopper, words)
    kept = (await _figures(staff["manager"], agent))["context_kept"]
    assert kept == {"numerator": 1, "denominator": 2, "value": 0.5}


async def test_what_a_customer_gave_on_one_channel_is_known_on_the_next(
    house: DeskHouse, staff: dict[str, Member]
) -> None:
    """C15 at the desk: one customer, two conversations, and the card of the second says what the first was told."""
    async with house.premises.open_connection() as conn:
        row = await (
            await conn.execute("insert into customers (email, name, created) values"
                               " ('two@example.com', '두채널', now()) returning id")
        ).fetchone()  # fmt: skip
    assert row is not None
    web, other = await house.shopper(), await house.shopper(channel="api")
    async with house.premises.open_connection() as conn:
        for each in (web, other):
            known = ShopperIdentified(customer_id=row[0], by="signed_token")
            await house.premises.counter.tell(conn, each.id, [known])
    house_hours = await web.say("상담원 연결해 주세요")
    form = next((block for block in house_hours["blocks"] if block["kind"] == "form"), None)
    values = {"email": "two@example.com", "phone": "010-7777-8888", "consent": True}
    await web.say(form={"form": form["form"] if form else "answer_contact", "values": values})
    await other.say("아까 문의한 거 어떻게 됐어요?")
    await house.premises.dispatch.look()
    opened = await staff["agent"].open(other)
    assert opened["card"]["known"]["phone"] == "010-7777-8888"
    sidebar = await staff["agent"].done("GET", f"/conversations/{other.id}/sidebar")
    assert [each["id"] for each in sidebar["past"]] == [web.id]
    stranger = await house.shopper()
    await stranger.say("안녕하세요")
    assert "phone" not in (await staff["agent"].open(stranger))["card"]["known"]


async def test_what_was_settled_without_staff_is_reported_by_wish(
    house: DeskHouse, shopper: Shopper, staff: dict[str, Member]
) -> None:
    """H19: the routine that never reached anybody."""
    before = (await staff["manager"].done("GET", "/metrics/routine"))["total"]
    for _ in range(3):
        await (await house.shopper()).say("배송비는 얼마예요?")
    await shopper.say("배송비는 얼마예요?")
    await shopper.say("상담원 연결해 주세요")
    found = await staff["manager"].done("GET", "/metrics/routine")
    row = next(each for each in found["items"] if each["intent"] == "ask_delivery")
    assert row["alone"]["numerator"] == row["alone"]["denominator"] - 1
    assert found["total"]["denominator"] == before["denominator"] + 4
    assert found["total"]["numerator"] == before["numerator"] + 3
    assert "talk_to_human" not in [each["intent"] for each in found["items"]]


async def test_figures_tell_how_soon_the_assistant_replied(
    house: DeskHouse, shopper: Shopper, staff: dict[str, Member]
) -> None:
    before = (await staff["manager"].done("GET", "/metrics"))["assistant"]["n"]
    await shopper.say("배송비는 얼마예요?")
    await staff["agent"].do(shopper, "take")
    await shopper.say("여보세요?")  # heard by a person, and no reply of the assistant
    told = (await staff["manager"].done("GET", "/metrics"))["assistant"]
    assert told["n"] == before + 1
    assert 0 <= told["p50"] <= told["p90"] <= told["p99"]
