"""Nobody there, and somebody who comes in the middle: both sides in the browser."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from conftest import Window
from desk import AGENT, MANAGER, from_customer, own, reply, see, sign_in
from playwright.async_api import Page, expect
from talking import ask_for_a_person, open_chat, say, send

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def quiet_hours() -> dict[str, str]:
    """Hours that are over, whenever this is run: a minute, three days from now."""
    return {DAYS[(datetime.now(UTC).weekday() + 3) % 7]: "00:00-00:01"}


async def _settings(page: Page, **changed: object) -> None:
    """Change how the desk runs, as the console's own page does."""
    session = await (await page.request.get("/api/staff/session")).json()
    settings = await (await page.request.get("/api/staff/settings")).json()
    answer = await page.request.put(
        "/api/staff/settings", data={**settings, **changed}, headers={"X-CSRF-Token": session["csrf"]}
    )
    assert answer.ok, await answer.text()
    await page.wait_for_timeout(1500)  # every process has heard of it by then


async def test_out_of_hours_a_call_back_is_left_and_the_answer_comes_in_the_same_conversation(
    window: Window, live_shop: str, staff_password: str
) -> None:
    async with window() as staff, window(width=390, height=844) as shopper:
        await sign_in(staff, staff_password)
        before = (await (await staff.request.get("/api/staff/settings")).json())["hours"]
        await _settings(staff, hours=quiet_hours())
        try:
            await shopper.goto("/")
            await open_chat(shopper)
            await ask_for_a_person(shopper, "상담원 연결해 주세요")
            log = shopper.locator(".panel")
            await expect(log).to_contain_text("상담 시간")
            form = log.locator("form").filter(has=shopper.locator("input[type=tel]"))
            await form.locator("input[type=tel]").fill("010-2222-3333")
            await form.get_by_label("전화로 받고 싶어요").check()
            await form.locator("input[type=checkbox]").last.check()
            await form.locator("button[type=submit]").click()
            # whoever is at the desk by now may have come in meanwhile: then the assistant has nothing to add
            await expect(log).to_contain_text(re.compile("전화드릴게요|입력한 내용을 보냈어요"))
        finally:
            await _settings(staff, hours=before)
        conversation = await shopper.evaluate("window.dangol.conversation()")
        await see(staff, conversation)
        await expect(staff.locator(".call-back")).to_contain_text("01022223333")
        await own(staff)
        await reply(staff, "전화로 말씀드린 대로 내일 보내 드려요.")
        await expect(
            shopper.locator(".panel .from-staff").filter(has_text="내일 보내 드려요")
        ).to_be_visible()


async def test_taken_over_in_the_middle_of_an_answer_only_one_of_them_speaks(
    window: Window, live_shop: str, staff_password: str
) -> None:
    async with window() as staff, window() as shopper:
        await sign_in(staff, staff_password, AGENT)
        await shopper.goto("/")
        await open_chat(shopper)
        await say(shopper, "안녕하세요")
        conversation = await shopper.evaluate("window.dangol.conversation()")
        await see(staff, conversation)
        for number in range(3):  # each time the assistant is thinking when the person presses
            asked = f"방수 운동화 추천해 주세요 {number}"
            await shopper.locator(".panel .composer textarea").fill(asked)
            await shopper.keyboard.press("Enter")
            await own(staff)
            await expect(from_customer(staff, asked)).to_have_count(1)
            await reply(staff, f"제가 찾아 드릴게요. {number}")
            said = shopper.locator(".panel .from-staff").filter(has_text=f"제가 찾아 드릴게요. {number}")
            await expect(said).to_have_count(1)
            entries = await _entries(staff, conversation)
            taken = max(each["seq"] for each in entries if each.get("event") == "taken_over")
            spoken = [e for e in entries if e["from"] == "assistant" and _words(e["blocks"])]
            assert not [e for e in spoken if e["seq"] > taken], "never after the person came"
            await staff.keyboard.press("Escape")
            await staff.locator(".talk-log").click()
            await staff.keyboard.press("b")
            await expect(staff.locator(".standing.is-assistant")).to_be_visible()
        # what the assistant says on coming back may reach the page after the question was sent
        await send(shopper, "머그컵 있어요?")
        answered = shopper.locator(".panel .from-assistant").filter(has_text="머그")
        await expect(answered.locator(".card, .product").first).to_be_visible()


def _words(blocks: list[dict[str, Any]]) -> bool:
    return any(block["kind"] != "handoff" for block in blocks)


async def _entries(page: Page, conversation: str) -> list[dict[str, Any]]:
    answer = await page.request.get(f"/api/staff/conversations/{conversation}")
    found: list[dict[str, Any]] = (await answer.json())["entries"]
    return found


async def test_who_signs_out_in_the_middle_leaves_nobody_in_silence(
    window: Window, live_shop: str, staff_password: str
) -> None:
    async with window() as leaving, window() as staying, window() as shopper:
        await sign_in(leaving, staff_password, AGENT)
        await sign_in(staying, staff_password, MANAGER)
        await shopper.goto("/")
        await open_chat(shopper)
        await say(shopper, "안녕하세요")
        conversation = await shopper.evaluate("window.dangol.conversation()")
        await see(leaving, conversation)
        await own(leaving)
        await reply(leaving, "잠시만요, 확인해 볼게요.")
        await see(staying, conversation)
        await expect(staying.locator(".standing")).to_contain_text("김민지")
        await leaving.locator(".me").click()
        await leaving.locator(".menu button").filter(has_text="로그아웃").click()
        await expect(leaving.locator(".door-card")).to_be_visible()
        await expect(staying.locator(".standing")).not_to_contain_text("김민지", timeout=20_000)
        await own(staying)
        await reply(staying, "제가 이어서 도와드릴게요.")
        said = shopper.locator(".panel .from-staff").filter(has_text="제가 이어서 도와드릴게요.")
        await expect(said).to_have_count(1)
        await shopper.locator(".panel textarea").fill("감사합니다")
        await shopper.keyboard.press("Enter")
        await expect(from_customer(staying, "감사합니다")).to_have_count(1)
