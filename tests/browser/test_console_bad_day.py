"""A bad day at the desk: many wait, two reach for one conversation, the line breaks, somebody else was quicker."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

from conftest import Window
from crowd import signed
from desk import (
    AGENT,
    COLLEAGUE,
    MANAGER,
    OWNER,
    TALK,
    Shopper,
    cable,
    from_customer,
    from_desk,
    own,
    see,
    sign_in,
)
from playwright.async_api import Page, Route, expect
from test_console_refunding import _api, _orders

FIELD = ".composer textarea"
TAKING = "**/api/staff/conversations/*/take"


async def _act(page: Page, conversation: str, verb: str, body: dict[str, Any] | None = None) -> Any:
    return await _api(page, f"/conversations/{conversation}/{verb}", body or {})


async def _staff(page: Page, name: str) -> str:
    people = await (await page.request.get("/api/staff/people")).json()
    found: str = next(each["id"] for each in people["items"] if each["name"] == name)
    return found


def _together(many: int) -> Callable[[Route], Awaitable[None]]:
    """Lets requests go on when so many have been made."""
    made = asyncio.Barrier(many)

    async def go_on(route: Route) -> None:
        await made.wait()
        await route.continue_()

    return go_on


async def test_whoever_waits_is_listed_with_what_it_is_about_and_then_with_what_they_add(
    window: Window, live_shop: str, staff_password: str
) -> None:
    shopper = await Shopper.open(live_shop)
    await shopper.say("받은 텐트 폴대가 휘었어요")
    await shopper.say("상담원 연결해 주세요")
    async with window() as page:
        await sign_in(page, staff_password, to="/console/inbox/all")
        row = page.locator(f'[data-thread="{shopper.id}"] .thread-last')
        await expect(row).to_have_text("받은 텐트 폴대가 휘었어요")
        await shopper.say("오늘 안에 답을 들어야 해요")
        await expect(row).to_contain_text("오늘 안에")


async def test_ten_messages_in_a_row_do_not_take_away_what_is_being_read(
    window: Window, live_shop: str, staff_password: str
) -> None:
    shopper = await Shopper.open(live_shop)
    for number in range(8):
        await shopper.say(f"배송지가 바뀌었어요 {number}")
    await shopper.say("상담원 연결해 주세요")
    async with window(height=600) as page:
        await sign_in(page, staff_password)
        await see(page, shopper.id)
        await own(page)
        await page.locator(FIELD).fill("확인해 보고")
        log = page.locator(TALK)
        # as by hand: that it was scrolled is heard with the next frame
        await log.evaluate("log => new Promise((heard) => { log.onscroll = heard; log.scrollTop = 0 })")
        for number in range(10):
            await shopper.say(f"급해요 {number}")
        await expect(from_customer(page, "급해요 9")).to_have_count(1)
        assert await log.evaluate("log => log.scrollTop") < 40
        await expect(from_customer(page, "급해요")).to_have_text([f"급해요 {n}" for n in range(10)])
        await expect(page.locator(FIELD)).to_have_value("확인해 보고")
        await page.locator(".to-end").click()
        await expect(from_customer(page, "급해요 9")).to_be_in_viewport()


async def test_of_two_who_take_one_conversation_one_has_it_and_the_other_is_told(
    window: Window, live_shop: str, staff_password: str
) -> None:
    async with window() as one, window() as other:
        await sign_in(one, staff_password, MANAGER)
        await sign_in(other, staff_password, COLLEAGUE)
        for _ in range(3):
            shopper = await Shopper.open(live_shop)
            await shopper.say("안녕하세요")
            await see(one, shopper.id)
            await see(other, shopper.id)
            take = ".talk-acts .is-main"
            await expect(one.locator(take)).to_be_visible()
            await expect(other.locator(take)).to_be_visible()
            together = _together(2)  # neither has heard of the other when they press
            await one.route(TAKING, together, times=1)
            await other.route(TAKING, together, times=1)
            async with one.expect_response(TAKING) as first, other.expect_response(TAKING) as second:
                await asyncio.gather(one.locator(take).click(), other.locator(take).click())
            got = {one: (await first.value).status, other: (await second.value).status}
            assert sorted(got.values()) == [200, 409]
            had, lost = (one, other) if got[one] == 200 else (other, one)
            await expect(had.locator(".standing.is-mine")).to_be_visible()
            await expect(had.locator(FIELD)).to_be_editable()
            await expect(lost.locator(".standing")).to_contain_text("박하늘" if had is one else "Alex Kim")
            await expect(lost.locator(".toast").last).to_contain_text("다른 상담원이 맡은 대화예요")
            # an agent cannot write now; a manager still may take it, knowing from whom
            hint = "다른 상담원이 맡고 있어요" if lost is other else "대화를 맡으면 답장할 수 있어요"
            await expect(lost.locator(".composer-shut")).to_contain_text(hint)


async def test_a_manager_too_slow_takes_it_only_when_they_ask_again(
    window: Window, live_shop: str, staff_password: str
) -> None:
    async with window() as quick, window() as slow:
        await sign_in(quick, staff_password, COLLEAGUE)
        await sign_in(slow, staff_password, MANAGER)
        shopper = await Shopper.open(live_shop)
        await shopper.say("안녕하세요")
        await see(quick, shopper.id)
        await see(slow, shopper.id)
        take = slow.locator(".talk-acts .is-main")
        await expect(take).to_be_visible()

        async def quicker(route: Route) -> None:
            await own(quick)
            await route.continue_()

        await slow.route(TAKING, quicker, times=1)
        await take.click()
        await expect(slow.locator(".toast").last).to_contain_text("다른 상담원이 맡은 대화예요")
        await expect(slow.locator(".standing")).to_contain_text("Alex Kim")
        await expect(quick.locator(FIELD)).to_be_editable()
        await slow.locator(".composer-shut .is-main").click()
        await expect(slow.locator(".standing.is-mine")).to_be_visible()
        await expect(quick.locator(".standing")).to_contain_text("박하늘")


async def test_who_is_interrupted_in_mid_sentence_keeps_the_words_and_gives_no_commands(
    window: Window, live_shop: str, staff_password: str
) -> None:
    shopper = await Shopper.open(live_shop)
    await shopper.say("환불이 안 들어왔어요")
    async with window() as agent, window() as manager:
        await sign_in(agent, staff_password, AGENT)
        await sign_in(manager, staff_password, MANAGER)
        await see(agent, shopper.id)
        await own(agent)
        await agent.locator(FIELD).click()
        await agent.keyboard.type("Checking with the ban")
        manager_id = await _staff(manager, "박하늘")
        await _act(manager, shopper.id, "transfer", {"to": manager_id})
        await expect(agent.locator(".composer-shut[role=alert]")).to_be_visible()
        await agent.keyboard.type("k, next x 4 j n r")
        await expect(agent).to_have_url(re.compile(shopper.id))
        await expect(agent.locator(".composer-shut")).to_contain_text("Checking with the ban")
        await agent.locator(".composer-shut button").filter(has_text="메모로 옮기기").click()
        await expect(agent.locator(".composer.is-note textarea")).to_have_value("Checking with the ban")
        await agent.keyboard.press("Enter")
        await see(manager, shopper.id)
        await expect(manager.locator(".note-text").filter(has_text="Checking with the ban")).to_be_visible()


async def test_half_a_reply_and_half_a_note_outlive_another_conversation_and_a_reload(
    window: Window, live_shop: str, staff_password: str
) -> None:
    one, other = await Shopper.open(live_shop), await Shopper.open(live_shop)
    await one.say("배송 언제 와요?")
    await other.say("교환하고 싶어요")
    async with window() as page:
        await sign_in(page, staff_password)
        await see(page, one.id)
        await own(page)
        await page.locator(FIELD).fill("반쯤 쓴 답장")
        await page.locator(".composer-tabs button").nth(1).click()
        await page.locator(FIELD).fill("반쯤 쓴 메모")
        await see(page, other.id)
        await see(page, one.id)
        await expect(page.locator(FIELD)).to_have_value("반쯤 쓴 답장")
        await page.locator(".composer-tabs button").nth(1).click()
        await expect(page.locator(FIELD)).to_have_value("반쯤 쓴 메모")
        await page.locator(".me").click()
        await page.locator(".menu button").filter(has_text="로그아웃").click()
        await expect(page.locator(".door-card")).to_be_visible()
        assert "반쯤" not in await page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")


async def test_a_reply_that_could_not_be_sent_is_said_wherever_one_is_and_stands_there_still(
    window: Window, live_shop: str, staff_password: str
) -> None:
    shopper, other = await Shopper.open(live_shop), await Shopper.open(live_shop)
    await shopper.say("환불이 안 들어왔어요")
    await other.say("교환하고 싶어요")
    async with cable(live_shop) as line, window() as page, window() as manager:
        await sign_in(manager, staff_password, MANAGER)
        await sign_in(page, staff_password, AGENT, to=f"{line.address}/console/inbox/all/{shopper.id}")
        await own(page)
        await expect(page.locator(f'[data-thread="{other.id}"]')).to_be_visible()
        await line.pull()
        await expect(page.locator(".line-lost")).to_be_visible()
        await page.locator(FIELD).fill("오늘 환불해 드렸어요")
        await page.keyboard.press("Enter")
        await page.locator(f'[data-thread="{other.id}"] a').click()
        manager_id = await _staff(manager, "박하늘")
        await _act(manager, shopper.id, "transfer", {"to": manager_id})
        await line.plug()
        toast = page.locator(".toast").filter(has_text="보내지 못했어요")
        await expect(toast).to_be_visible(timeout=30_000)
        await toast.locator("button").filter(has_text="열어 보기").click()
        failed = page.locator(f"{TALK} .is-failed")
        await expect(failed).to_contain_text("오늘 환불해 드렸어요")
        await failed.locator("button").last.click()
        await expect(page.locator(".composer-shut")).to_contain_text("오늘 환불해 드렸어요")
        assert await shopper.heard() == []


async def test_a_reply_written_without_a_line_arrives_once_though_one_went_elsewhere(
    window: Window, live_shop: str, staff_password: str
) -> None:
    shopper, other = await Shopper.open(live_shop), await Shopper.open(live_shop)
    await shopper.say("상담원 연결해 주세요")
    await other.say("교환하고 싶어요")
    async with cable(live_shop) as line, window() as page:
        await sign_in(page, staff_password, to=f"{line.address}/console/inbox/all/{shopper.id}")
        await own(page)
        await expect(page.locator(f'[data-thread="{other.id}"]')).to_be_visible()
        await line.pull()
        await expect(page.locator(".line-lost")).to_be_visible()
        await page.locator(FIELD).fill("곧 확인해 드릴게요")
        await page.keyboard.press("Enter")
        await page.locator(f'[data-thread="{other.id}"] a').click()
        await page.locator(f'[data-thread="{shopper.id}"] a').click()
        await expect(page.locator(f"{TALK} .is-waiting")).to_contain_text("곧 확인해 드릴게요")
        await line.plug()
        await expect(page.locator(".line-lost")).to_have_count(0, timeout=30_000)
        await expect(from_desk(page, "곧 확인해 드릴게요")).to_have_count(1)
        await expect(page.locator(".is-waiting")).to_have_count(0)
        assert await shopper.heard() == ["곧 확인해 드릴게요"]


async def test_an_approval_decided_by_somebody_else_stays_in_its_place_and_says_who(
    window: Window, live_shop: str, staff_password: str, shop_folder: Any
) -> None:
    email = _orders(shop_folder)[7]["Email"]
    shopper = await Shopper.open(live_shop, customer=signed(shop_folder, email))
    await shopper.say("배송이 너무 늦었어요")
    sorry = f"사과 {shopper.id[-6:]} "
    async with window() as agent, window() as manager:
        await sign_in(agent, staff_password, AGENT)
        await see(agent, shopper.id)
        await own(agent)
        await sign_in(manager, staff_password, MANAGER, to="/console/approvals")
        asked = []
        for number in range(3):
            args = {
                "amount": {"amount": 70_000 + number, "currency": "KRW"},
                "days": 30,
                "why": f"{sorry}{number}",
            }
            body = {"id": f"a{shopper.id[-8:]}{number}", "tool": "grant_coupon", "args": args}
            told = await _act(agent, shopper.id, "actions", body)
            asked.append(told["approval"]["id"])
            await expect(manager.locator(".approval").filter(has_text=f"{sorry}{number}")).to_be_visible()
        cards = manager.locator(".approval").filter(has_text=sorry)
        assert [text.split(sorry)[1][0] for text in await cards.all_inner_texts()] == ["0", "1", "2"]
        await cards.nth(1).locator("button").last.click()  # to refuse it, with a reason half written
        await manager.keyboard.type("no pa")
        places = await cards.evaluate_all("all => all.map(card => card.getBoundingClientRect().top)")
        async with window() as boss:
            await sign_in(boss, staff_password, OWNER)
            await _api(boss, f"/approvals/{asked[1]}", {"approve": False, "why": "한 번이면 돼요"})
        await expect(cards.nth(1)).to_contain_text("한 번이면 돼요")
        await manager.keyboard.type("yments g m")
        await expect(manager).to_have_url(re.compile("/console/approvals$"))
        after = await cards.evaluate_all("all => all.map(card => card.getBoundingClientRect().top)")
        assert after[:2] == places[:2], "what is about to be pressed does not move"
        await expect(cards).to_have_count(3)
        await expect(agent.locator(".toast").filter(has_text="거절")).to_be_visible()
        await cards.nth(0).locator(".is-good").click()
        await expect(cards.nth(0).locator(".outcome.is-done")).to_contain_text("박하늘")
        await expect(agent.locator(".toast").filter(has_text="승인")).to_be_visible()


async def test_on_a_phone_a_line_that_breaks_in_mid_sentence_loses_no_word(
    window: Window, live_shop: str, staff_password: str
) -> None:
    shopper = await Shopper.open(live_shop)
    await shopper.say("상담원 연결해 주세요")
    async with cable(live_shop) as line, window(width=390, height=844) as page:
        await sign_in(page, staff_password, to=f"{line.address}/console/inbox/all/{shopper.id}")
        await own(page)
        await page.locator(FIELD).press_sequentially("주문을 확인")
        await line.pull()
        await expect(page.locator(".line-lost")).to_be_visible()
        await page.locator(FIELD).press_sequentially("해 드릴게요")
        await line.plug()
        await expect(page.locator(".line-lost")).to_have_count(0, timeout=30_000)
        await expect(page.locator(FIELD)).to_have_value("주문을 확인해 드릴게요")
        await page.locator(".composer-send").click()
        await expect(from_desk(page, "주문을 확인해 드릴게요")).to_have_count(1)
        assert await page.evaluate("document.documentElement.scrollWidth") <= 390
