"""One shopper with two tabs open: what is done in one is done once, and the other is told so as it is."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from dangol.server.rehearsal.playing import Stage
from dangol.server.rehearsal.script import Deed
from dangol.server.rehearsal.world import happen

WHO = "jihoon.kim@example.com"


@dataclass
class Tab:
    """A conversation in a tab of its own."""

    client: httpx.AsyncClient
    path: str
    said: int = 0
    choices: list[str] = field(default_factory=list)

    async def say(self, text: str, **more: Any) -> str:
        """Send a message; the words of the answer."""
        self.said += 1
        body = {"id": f"m{self.said}", "text": text, **more}
        answer = await self.client.post(self.path, json=body)
        answer.raise_for_status()
        blocks = answer.json()["blocks"]
        self.choices = [
            each["id"] for block in blocks if block["kind"] == "choices" for each in block["options"]
        ]
        return " ".join(block["text"] for block in blocks if block["kind"] == "text")


@pytest.fixture
async def tabs(stage: Stage) -> AsyncIterator[tuple[Tab, Tab]]:
    """Two tabs of one customer."""
    async with AsyncExitStack() as stack:
        opened = []
        for _ in range(2):
            client = await stack.enter_async_context(
                httpx.AsyncClient(base_url=stage.base_url, timeout=60, trust_env=False)
            )
            about = {"channel": "web", "locale": "ko-KR", "customer_token": stage.sign(WHO)}
            made = (await client.post("/api/chat/conversations", json=about)).json()
            client.headers["Authorization"] = f"Bearer {made['token']}"
            opened.append(Tab(client, f"/api/chat/conversations/{made['conversation_id']}/messages"))
        yield opened[0], opened[1]


async def ordered(stage: Stage, number: str, **more: Any) -> None:
    order = {
        "number": number, "email": WHO, "name": "김지훈", "postcode": "06236", "address": "서울 강남구 테헤란로 1",
        "status": "paid", "lines": {"DALRUN2-BLK-260": 1}, **more,
    }  # fmt: skip
    async with stage.open_connection() as conn:
        await happen(conn, stage.shop(), Deed.model_validate({"order": order}), stage.clock.now())


async def counted(stage: Stage, query: str, number: str) -> int:
    async with stage.open_connection() as conn:
        row = await (await conn.execute(query.encode(), (number,))).fetchone()
    assert row is not None
    return int(row[0])


_CANCELLED = "select count(*) from announcements where subject = %s and kind = 'paid_order_cancelled'"
_RETURNED = "select count(*) from returns where order_number = %s and status not in ('cancelled', 'refused')"
_ARRIVED = {"status": "delivered", "days_ago": 5, "arrived_days_ago": 2}


async def test_both_say_yes_to_cancelling_at_once(stage: Stage, tabs: tuple[Tab, Tab]) -> None:
    number = "20250606-7101"
    await ordered(stage, number)
    for tab in tabs:
        assert "취소할까요" in await tab.say(f"{number} 주문 취소해 주세요")
    told = await asyncio.gather(*(tab.say("네") for tab in tabs))
    assert sorted("이미 취소됐어요" in each for each in told) == [False, True], told
    assert sum("취소했어요" in each for each in told) == 1
    assert await counted(stage, _CANCELLED, number) == 1
    for tab in tabs:  # the same yes once more
        await tab.say("네")
    assert await counted(stage, _CANCELLED, number) == 1


async def test_both_say_yes_to_a_return_at_once(stage: Stage, tabs: tuple[Tab, Tab]) -> None:
    number = "20250606-7102"
    await ordered(stage, number, **_ARRIVED)
    for tab in tabs:
        told = await tab.say(f"{number} 반품할게요 마음이 바뀌었어요")
        if "yes" not in tab.choices:
            told = await tab.say("안 뜯었어요")
        assert "진행할까요" in told
    told = await asyncio.gather(*(tab.say("네") for tab in tabs))
    assert sum("이미 신청하신 건이 있어요" in each for each in told) == 1, told
    assert await counted(stage, _RETURNED, number) == 1


async def test_one_cancels_while_the_other_changes_the_size(stage: Stage, tabs: tuple[Tab, Tab]) -> None:
    number = "20250606-7103"
    await ordered(stage, number)
    one, other = tabs
    assert "취소할까요" in await one.say(f"{number} 주문 취소해 주세요")
    asked = await other.say(f"{number} 265로 바꿔 주세요")
    assert "yes" in other.choices, asked
    assert "취소했어요" in await one.say("네")
    told = await other.say("네")
    assert "바꿨어요" not in told
    assert f"{number} 주문은 이미 취소됐어요" in told
    rows = "select count(*) from order_lines l join orders o on o.id = l.order_id where o.number = %s and l.sku like '%%260'"
    assert await counted(stage, rows, number) == 1


async def test_a_yes_to_cancelling_and_one_to_another_size_at_once(
    stage: Stage, tabs: tuple[Tab, Tab]
) -> None:
    for round_ in range(3):
        number = f"20250606-711{round_}"
        await ordered(stage, number)
        one, other = tabs
        assert "취소할까요" in await one.say(f"{number} 주문 취소해 주세요")
        await other.say(f"{number} 265로 바꿔 주세요")
        assert "yes" in other.choices
        cancelled, changed = await asyncio.gather(one.say("네"), other.say("네"))
        # whichever comes first, an order that is cancelled is told so in the other tab
        assert "취소했어요" in cancelled or "아무것도 하지 않았어요" in cancelled
        if "바꿨어요" not in changed:
            assert f"{number} 주문은 이미 취소됐어요" in changed
        assert await counted(stage, _CANCELLED, number) == ("취소했어요" in cancelled)


async def test_a_yes_to_a_return_and_one_to_an_exchange_at_once(stage: Stage, tabs: tuple[Tab, Tab]) -> None:
    number = "20250606-7120"
    await ordered(stage, number, **_ARRIVED)
    for tab, wish in zip(tabs, ("반품할게요 마음이 바뀌었어요", "265로 교환해 주세요"), strict=True):
        await tab.say(f"{number} {wish}")
        if "yes" not in tab.choices:
            await tab.say("안 뜯었어요")
        assert "yes" in tab.choices
    told = await asyncio.gather(*(tab.say("네") for tab in tabs))
    assert sum("이미 신청하신 건이 있어요" in each for each in told) == 1, told
    assert sum("신청이 끝났어요" in each for each in told) == 1, told
    assert await counted(stage, _RETURNED, number) == 1


async def test_an_exchange_called_off_in_both_tabs_ends_once(stage: Stage, tabs: tuple[Tab, Tab]) -> None:
    number = "20250606-7121"
    await ordered(stage, number, **_ARRIVED)
    one, other = tabs
    await one.say(f"{number} 265로 교환해 주세요")
    if "yes" not in one.choices:
        await one.say("안 뜯었어요")
    started = await one.say("네")
    name = re.search(r"R\d{8}-\d+", started)
    assert name, started
    for tab in tabs:
        await tab.say("", choice=f"call_off:{name[0]}")
        assert "yes" in tab.choices
    told = await asyncio.gather(one.say("네"), other.say("네"))
    assert sum("취소했어요" in each for each in told) == 1, told
    assert await counted(stage, _RETURNED, number) == 0


async def test_an_offer_that_changed_meanwhile_is_told_and_not_done(
    stage: Stage, tabs: tuple[Tab, Tab]
) -> None:
    number = "20250606-7104"
    await ordered(stage, number)
    one, _ = tabs
    assert "취소할까요" in await one.say(f"{number} 주문 취소해 주세요")
    async with stage.open_connection() as conn:  # part of it went back meanwhile
        await conn.execute("update orders set refunded = 1000 where number = %s", (number,))
    assert "아무것도 하지 않았어요" in await one.say("네")
    assert await counted(stage, _CANCELLED, number) == 0
