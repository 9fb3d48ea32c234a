"""Coupons and points given from the conversation: within one's limit at once, above it by another's yes, told and used."""

from __future__ import annotations

from typing import Any

import pytest
from helpdesk.room import DeskHouse, Member, Shopper
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dangol.helpdesk import api as helpdesk
from dangol.kernel.ids import derived_id

LIMIT = 20_000  # of every agent of these tests


def coupon(key: str, amount: int, **more: Any) -> dict[str, Any]:
    args = {"amount": {"amount": amount, "currency": "KRW"}, "why": "늦은 배송", **more}
    return {"id": key, "tool": "grant_coupon", "args": args}


async def _told(shopper: Shopper) -> list[str]:
    messages = await shopper.history()
    return [
        block["text"]
        for message in messages
        for block in message["blocks"]
        if block["kind"] == "notice" and block["topic"] == "gift"
    ]


async def _cart(shopper: Shopper, verb: str, body: Any) -> Any:
    async with shopper.client() as client:
        return await client.post(f"/api/chat/conversations/{shopper.id}/cart/{verb}", json=body)


async def _left(member: Member, shopper: Shopper) -> int:
    sidebar = await member.done("GET", f"/conversations/{shopper.id}/sidebar")
    left: int = sidebar["may_give"]["amount"]
    return left


async def test_a_coupon_within_the_limit_is_told_and_used_by_that_shopper_alone(
    house: DeskHouse, shopper: Shopper, staff: dict[str, Member]
) -> None:
    agent = staff["agent"]
    await agent.do(shopper, "take")
    done = await agent.do(shopper, "actions", coupon("c1", 8_000, days=10))
    assert done["outcome"] == "done"
    code = done["result"]["code"]
    assert (await agent.do(shopper, "actions", coupon("c1", 8_000, days=10)))["result"]["code"] == code
    (told,) = await _told(shopper)
    assert all(each in told for each in (code, "8,000원", "11월 30일")), told
    sidebar = await agent.done("GET", f"/conversations/{shopper.id}/sidebar")
    (shown,) = sidebar["coupons"]
    assert (shown["code"], shown["amount"]["amount"], shown["state"]) == (code, 8_000, "open")
    assert sidebar["may_give"]["amount"] == LIMIT - 8_000
    another = await house.shopper()
    for each in (shopper, another):
        async with each.client() as client:
            put = await client.put(
                f"/api/chat/conversations/{each.id}/cart/lines/MUG-1", json={"quantity": 1}
            )
        assert put.status_code == 200, put.text
    assert (await _cart(another, "coupon", {"code": code})).status_code == 422
    cart = (await _cart(shopper, "coupon", {"code": code.lower()})).json()
    assert [(each["code"], each["amount"]["amount"]) for each in cart["discounts"]] == [(code, 8_000)]
    acts = (await staff["manager"].done("GET", "/audit"))["items"]
    assert any(each["act"] == "acted" and each["details"]["tool"] == "grant_coupon" for each in acts)


async def test_the_assistant_tells_its_owner_of_the_coupon_and_puts_it_on_the_cart(
    house: DeskHouse, staff: dict[str, Member]
) -> None:
    shopper = await house.shopper(locale="en-US")
    agent = staff["agent"]
    await agent.do(shopper, "take")
    code = (await agent.do(shopper, "actions", coupon("c1", 5_000)))["result"]["code"]
    (told,) = await _told(shopper)
    assert all(each in told for each in (code, "₩5,000")), told
    await agent.do(shopper, "give-back")
    answer = await shopper.say("do you have any coupons for me?")
    assert code in str(answer["blocks"])


async def test_above_the_limit_one_click_of_a_manager_gives_it(
    house: DeskHouse, shopper: Shopper, staff: dict[str, Member]
) -> None:
    agent, manager = staff["agent"], staff["manager"]
    await agent.do(shopper, "take")
    asked = await agent.do(shopper, "actions", coupon("c1", 30_000))
    assert asked["outcome"] == "waiting"
    assert not await _told(shopper)
    approval = asked["approval"]["id"]
    assert (await agent.ask("POST", f"/approvals/{approval}", {"approve": True})).status_code == 403
    answered = await manager.done("POST", f"/approvals/{approval}", {"approve": True})
    assert answered["result"]["outcome"] == "done"
    (told,) = await _told(shopper)
    assert answered["result"]["result"]["code"] in told
    again = await agent.do(shopper, "actions", coupon("c1", 30_000))
    assert (again["outcome"], again["approval"]["state"]) == ("waiting", "approved"), "asked once, given once"
    assert len(await _told(shopper)) == 1
    refused = await agent.do(shopper, "actions", coupon("c2", 40_000))
    await manager.done("POST", f"/approvals/{refused['approval']['id']}", {"approve": False, "why": "과해요"})
    assert len(await _told(shopper)) == 1
    assert await _left(agent, shopper) == LIMIT, "what another said yes to is not on one's own word"


async def test_small_gifts_in_one_conversation_count_together(
    house: DeskHouse, shopper: Shopper, staff: dict[str, Member]
) -> None:
    agent = staff["agent"]
    await agent.do(shopper, "take")
    assert (await agent.do(shopper, "actions", coupon("c1", 12_000)))["outcome"] == "done"
    assert (await agent.do(shopper, "actions", coupon("c2", 12_000)))["outcome"] == "waiting"
    assert (await agent.do(shopper, "actions", coupon("c3", 8_000)))["outcome"] == "done"
    assert await _left(agent, shopper) == 0
    points = {"id": "p1", "tool": "grant_goodwill", "args": {"points": 1}}
    assert (await agent.do(shopper, "actions", points))["outcome"] == "waiting"


async def test_what_came_to_nothing_counts_for_nothing(
    house: DeskHouse, shopper: Shopper, staff: dict[str, Member]
) -> None:
    agent = staff["agent"]
    await agent.do(shopper, "take")
    points = {"id": "p1", "tool": "grant_goodwill", "args": {"points": 500}}
    assert (await agent.do(shopper, "actions", points))["code"] == "not_identified"
    dollars = coupon("c1", 500)
    dollars["args"]["amount"]["currency"] = "USD"
    assert (await agent.do(shopper, "actions", dollars))["outcome"] == "refused"
    assert (await agent.do(shopper, "actions", coupon("c2", 0)))["outcome"] == "refused"
    assert await agent.refused(shopper, "actions", coupon("c3", 100, days=0)) == "invalid"
    assert await _left(agent, shopper) == LIMIT


async def test_a_coupon_given_by_mistake_is_taken_back_until_it_is_used(
    house: DeskHouse, shopper: Shopper, staff: dict[str, Member]
) -> None:
    agent = staff["agent"]
    await agent.do(shopper, "take")
    code = (await agent.do(shopper, "actions", coupon("c1", 8_000)))["result"]["code"]
    back = {"id": "w1", "tool": "withdraw_coupon", "args": {"code": code}}
    assert (await agent.do(shopper, "actions", back))["outcome"] == "done"
    assert len(await _told(shopper)) == 2, "the shopper is told of that, too"
    assert (await agent.do(shopper, "actions", {**back, "id": "w2"}))["code"] == "coupon_refused"
    sidebar = await agent.done("GET", f"/conversations/{shopper.id}/sidebar")
    assert sidebar["coupons"] == []
    assert sidebar["may_give"]["amount"] == LIMIT, "what was taken back was not given"


async def test_the_limit_of_a_role_counts_for_whoever_has_none_of_their_own(
    house: DeskHouse, shopper: Shopper, staff: dict[str, Member]
) -> None:
    agent, owner = staff["agent"], staff["owner"]
    await owner.done("PATCH", f"/people/{agent.id}", {"refund_limit": None})
    await agent.do(shopper, "take")
    assert (await agent.do(shopper, "actions", coupon("c1", 1)))["outcome"] == "waiting"
    desk = await owner.done("GET", "/settings")
    await owner.done("PUT", "/settings", {**desk, "limits": {"agent": 5_000}})
    assert await _left(agent, shopper) == 5_000
    assert (await agent.do(shopper, "actions", coupon("c2", 5_000)))["outcome"] == "done"
    assert (await agent.do(shopper, "actions", coupon("c3", 1)))["outcome"] == "waiting"
    await owner.done("PUT", "/settings", {**desk, "limits": {}})


async def test_only_whoever_has_the_conversation_gives_and_no_shopper_ever(
    house: DeskHouse, shopper: Shopper, staff: dict[str, Member]
) -> None:
    await staff["agent"].do(shopper, "take")
    assert await staff["other"].refused(shopper, "actions", coupon("c1", 100)) == "not-yours"
    assert (
        await staff["editor"].ask("POST", f"/conversations/{shopper.id}/actions", coupon("c1", 100))
    ).status_code == 403
    tool = house.premises.toolbox["grant_coupon"]
    assert tool.policy.allowed == {"staff", "system"}


STEP = st.tuples(
    st.sampled_from(["give", "give", "yes", "no", "hand_over", "withdraw"]),
    st.sampled_from(["agent", "other", "manager"]),
    st.integers(1, 25_000),
)


class Books:
    """What was given by whom, as the answers of the desk tell it."""

    def __init__(self, shopper: Shopper, staff: dict[str, Member]) -> None:
        self.shopper, self.staff = shopper, staff
        self.alone: dict[str, int] = {}
        self.waiting: list[tuple[str, str, int]] = []
        self.standing: list[tuple[str, str, int]] = []
        self.approved = 0

    async def _act(self, who: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = await self.staff[who].ask("POST", f"/conversations/{self.shopper.id}/actions", body)
        found: dict[str, Any] = answer.json() if answer.status_code == 200 else {"outcome": "closed"}
        return found

    async def hand_over(self, who: str, number: int, size: int) -> None:
        await self.staff[who].ask("POST", f"/conversations/{self.shopper.id}/take", {})

    async def give(self, who: str, number: int, size: int) -> None:
        done = await self._act(who, coupon(f"s{number}", size))
        if done["outcome"] == "done":
            self.alone[who] = self.alone.get(who, 0) + size
            self.standing.append((done["result"]["code"], who, size))
        elif done["outcome"] == "waiting":
            self.waiting.append((done["approval"]["id"], who, size))

    async def withdraw(self, who: str, number: int, size: int) -> None:
        if not self.standing:
            return
        code, giver, amount = meant = self.standing[size % len(self.standing)]
        body = {"id": f"s{number}", "tool": "withdraw_coupon", "args": {"code": code}}
        if (await self._act(who, body))["outcome"] == "done":
            self.standing.remove(meant)
            self.alone[giver] -= amount

    async def yes(self, who: str, number: int, size: int) -> None:
        await self._answer(who, size, approve=True)

    async def no(self, who: str, number: int, size: int) -> None:
        await self._answer(who, size, approve=False)

    async def _answer(self, who: str, size: int, *, approve: bool) -> None:
        if not self.waiting:
            return
        approval, asker, amount = meant = self.waiting[size % len(self.waiting)]
        answer = await self.staff[who].ask("POST", f"/approvals/{approval}", {"approve": approve})
        if answer.status_code == 200:
            assert (who, asker == who) == ("manager", False)
            self.waiting.remove(meant)
            self.approved += amount if approve else 0


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEP, min_size=4, max_size=14))
async def test_nobody_ever_gives_above_their_limit_without_another_s_yes(
    house: DeskHouse, staff: dict[str, Member], steps: list[Any]
) -> None:
    books = Books(await house.shopper(), staff)
    for number, (act, who, size) in enumerate(steps):
        await getattr(books, act)(who, number, size)
        assert books.alone.get("agent", 0) <= LIMIT
        assert books.alone.get("other", 0) <= LIMIT
    async with house.premises.open_connection() as conn:
        row = await (
            await conn.execute(
                "select coalesce(sum(amount), 0) from personal_coupons where shopper = %s and withdrawn_at is null",
                (f"conversation:{books.shopper.id}",),
            )
        ).fetchone()
    assert row is not None
    assert row[0] == sum(books.alone.values()) + books.approved, (
        "what was given is what was allowed, to the won"
    )


@pytest.mark.parametrize("language", ["ko", "en"])
async def test_the_approval_names_what_is_asked_for(
    house: DeskHouse, shopper: Shopper, staff: dict[str, Member], language: str
) -> None:
    await staff["agent"].do(shopper, "take")
    asked = await staff["agent"].do(shopper, "actions", coupon("c1", 90_000, days=7))
    headers = {"Accept-Language": language}
    waiting = (await staff["manager"].done("GET", "/approvals", headers=headers))["items"]
    found = next(each for each in waiting if each["id"] == asked["approval"]["id"])
    assert found["amount"]["amount"] == 90_000
    assert (found["args"]["days"], found["args"]["why"]) == (7, "늦은 배송")


async def test_a_process_that_dies_between_the_yes_and_the_gift_leaves_it_to_the_next_and_gives_once(
    house: DeskHouse, shopper: Shopper, staff: dict[str, Member]
) -> None:
    agent, manager = staff["agent"], staff["manager"]
    await agent.do(shopper, "take")
    asked = (await agent.do(shopper, "actions", coupon("c1", 60_000)))["approval"]["id"]
    async with (
        house.premises.open_connection() as conn
    ):  # as it stands when the yes is written and nothing else is
        assert await helpdesk.work.answer_approval(conn, asked, "approved", manager.id, "", house.clock.now())
    assert not await _told(shopper)
    await house.premises.dispatch.look()
    await house.premises.dispatch.look()
    assert len(await _told(shopper)) == 1
    sidebar = await agent.done("GET", f"/conversations/{shopper.id}/sidebar")
    assert [each["amount"]["amount"] for each in sidebar["coupons"]] == [60_000]


async def test_a_process_that_dies_before_the_gift_does_not_eat_the_limit_twice(
    house: DeskHouse, shopper: Shopper, staff: dict[str, Member]
) -> None:
    agent = staff["agent"]
    await agent.do(shopper, "take")
    call = derived_id("call", shopper.id, "c1")
    async with house.premises.open_connection() as conn:  # noted, and then the process was gone
        assert await helpdesk.giving.note(conn, call, agent.id, shopper.id, 15_000, LIMIT)
    assert (await agent.do(shopper, "actions", coupon("c1", 15_000)))["outcome"] == "done"
    assert await _left(agent, shopper) == LIMIT - 15_000
    assert len(await _told(shopper)) == 1
