"""Two at the same moment: what is looked at first and done afterwards still holds when it is done."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import Any

import psycopg
import pytest
from helpdesk.room import PASSWORD, DeskHouse, Member, Shopper

from dangol.helpdesk import api as helpdesk
from dangol.helpdesk.accounts import begin_totp, change_staff, confirm_totp, reset_password, sign_in
from dangol.helpdesk.model import LastOwner, SignInFailed
from dangol.helpdesk.passwords import totp_code
from dangol.server.staff.conversing import Conversing
from dangol.server.staff.feed import Feed


@asynccontextmanager
async def held_up(
    house: DeskHouse, statement: str, *values: Any
) -> AsyncIterator[psycopg.AsyncConnection[Any]]:
    """While this is held, whoever comes to it waits; by the end of it two do."""
    async with (
        house.premises.open_connection() as conn,
        house.premises.open_connection() as holder,
        holder.transaction(),
    ):
        await holder.execute(statement, values)
        yield holder
        for _ in range(1_000):
            cursor = await conn.execute(
                "select count(*) from pg_stat_activity"
                " where datname = current_database() and wait_event_type = 'Lock'"
            )
            row = await cursor.fetchone()
            if row and row[0] >= 2:
                return
            await asyncio.sleep(0.01)
        pytest.fail("nobody waited")


async def _both(one: Awaitable[Any], other: Awaitable[Any]) -> list[Any]:
    return await asyncio.gather(one, other, return_exceptions=True)


async def test_an_act_sent_twice_at_once_is_done_once(
    house: DeskHouse, shopper: Shopper, staff: dict[str, Member]
) -> None:
    agent = staff["agent"]
    await agent.do(shopper, "take")
    args = {"amount": {"amount": 5_000, "currency": "KRW"}, "why": "늦은 배송"}
    act = {"id": "twice", "tool": "grant_coupon", "args": args}
    async with held_up(house, "select 1 from conversations where id = %s for update", shopper.id):
        done = asyncio.create_task(
            _both(agent.do(shopper, "actions", act), agent.do(shopper, "actions", act))
        )
    one, other = await done
    assert one["outcome"] == other["outcome"] == "done"
    assert one["result"]["code"] == other["result"]["code"]
    sidebar = await agent.done("GET", f"/conversations/{shopper.id}/sidebar")
    assert len(sidebar["coupons"]) == 1
    said = [
        block
        for entry in await shopper.history()
        for block in entry["blocks"]
        if block.get("topic") == "gift"
    ]
    assert len(said) == 1, "told once"
    async with house.premises.open_connection() as conn:
        cursor = await conn.execute(
            "select kind from facts where conversation_id = %s and kind in ('tool_requested', 'tool_finished')"
            " order by seq",
            (shopper.id,),
        )
        assert [row[0] for row in await cursor.fetchall()] == ["tool_requested", "tool_finished"]


async def test_of_two_conversations_merged_into_each_other_one_goes_on(
    house: DeskHouse, shopper: Shopper, staff: dict[str, Member]
) -> None:
    agent, other = staff["agent"], staff["other"]
    double = await house.shopper()
    await agent.do(shopper, "take")
    await other.do(double, "take")
    rows = "select 1 from conversations where id = any(%s) order by id for update"
    async with held_up(house, rows, [shopper.id, double.id]):
        done = asyncio.create_task(
            _both(
                agent.ask("POST", f"/conversations/{shopper.id}/merge", {"into": double.id}),
                other.ask("POST", f"/conversations/{double.id}/merge", {"into": shopper.id}),
            )
        )
    assert sorted(answer.status_code for answer in await done) == [200, 404]
    merged = [(await agent.open(each))["thread"]["merged_into"] for each in (shopper, double)]
    assert sorted(each is None for each in merged) == [False, True]


async def test_of_two_owners_who_leave_at_once_one_stays(house: DeskHouse, staff: dict[str, Member]) -> None:
    owner, manager = staff["owner"], staff["manager"]
    now = house.clock.now()
    async with house.premises.open_connection() as one, house.premises.open_connection() as other:
        await change_staff(one, manager.id, {"role": "owner"}, None, now)
        await one.execute(
            "update staff set role = 'manager' where role = 'owner' and id <> all(%s)",
            ([owner.id, manager.id],),
        )
        async with held_up(house, "lock table staff_audit in exclusive mode"):
            done = asyncio.create_task(
                _both(
                    change_staff(one, owner.id, {"role": "agent"}, None, now),
                    change_staff(other, manager.id, {"role": "agent"}, None, now),
                )
            )
        assert [type(each) for each in await done].count(LastOwner) == 1


async def test_a_code_of_the_second_factor_opens_one_door_however_quickly_it_is_given_again(
    house: DeskHouse, staff: dict[str, Member]
) -> None:
    agent, now = staff["agent"], house.clock.now()
    async with house.premises.open_connection() as one, house.premises.open_connection() as other:
        account = await helpdesk.accounts.staff_by_id(one, agent.id)
        assert account
        secret = await begin_totp(one, account)
        account = await helpdesk.accounts.staff_by_id(one, agent.id)
        assert account
        step = int(now.timestamp()) // 30
        await confirm_totp(one, account, totp_code(secret, step - 1), now)
        code = totp_code(secret, step)
        async with held_up(house, "select 1 from staff where id = %s for update", agent.id):
            done = asyncio.create_task(
                _both(
                    sign_in(one, agent.email, PASSWORD, code, now),
                    sign_in(other, agent.email, PASSWORD, code, now),
                )
            )
        assert [type(each) for each in await done].count(SignInFailed) == 1


async def test_an_old_password_lets_nobody_in_while_it_is_being_replaced(
    house: DeskHouse, staff: dict[str, Member]
) -> None:
    agent, now = staff["agent"], house.clock.now()
    async with house.premises.open_connection() as one, house.premises.open_connection() as other:
        async with held_up(house, "select 1") as holder:
            await reset_password(holder, agent.id, "새 비밀번호는 길다 9", None, now)
            done = asyncio.create_task(
                _both(
                    sign_in(one, agent.email, PASSWORD, None, now),
                    sign_in(other, agent.email, PASSWORD, None, now),
                )
            )
        assert [type(each) for each in await done] == [SignInFailed, SignInFailed]
        cursor = await one.execute("select count(*) from staff_sessions where staff_id = %s", (agent.id,))
        row = await cursor.fetchone()
        assert row == (0,)
        await reset_password(one, agent.id, PASSWORD, None, now)
    await agent.sign_in()


async def test_consoles_that_come_back_at_once_are_told_nothing_of_the_past(
    house: DeskHouse, shopper: Shopper, staff: dict[str, Member]
) -> None:
    """As after a new start of the server; the past would be more than a console is kept waiting for."""
    agent, manager = staff["agent"], staff["manager"]
    note = (await agent.do(shopper, "notes", {"text": "메모"}))["note"]["id"]
    parts, come = house.premises.dispatch._parts, asyncio.Event()

    async def tell(times: int) -> None:
        async with parts.open_connection() as conn, conn.transaction():
            await helpdesk.threads.lock_desk(conn)
            told: helpdesk.Event = ("note", shopper.id, note, None)
            await helpdesk.threads.add_events(conn, [told] * times, house.clock.now())

    @asynccontextmanager
    async def together() -> AsyncIterator[psycopg.AsyncConnection[Any]]:
        await come.wait()
        async with parts.open_connection() as conn:
            yield conn

    await tell(2_100)
    feed = Feed(dataclasses.replace(parts, open_connection=together), Conversing(parts))
    streams = [feed.stream(agent.id, None), feed.stream(manager.id, None)]
    opening = [asyncio.create_task(anext(each)) for each in streams]  # type: ignore[arg-type]
    await asyncio.sleep(0)
    come.set()
    await asyncio.gather(*opening)
    assert ["event: hello" in await anext(each) for each in streams] == [True, True]
    await feed.start()
    try:
        await tell(1)
        feed._heard_desk("events")
        assert ["event: note" in await anext(each) for each in streams] == [True, True]
    finally:
        await feed.stop()
        for each in streams:
            await each.aclose()  # type: ignore[attr-defined]
