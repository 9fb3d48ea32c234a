"""Answers that overtake each other, acts pressed too fast, words written meanwhile: the newest stands, nothing is lost."""

from __future__ import annotations

import asyncio

from conftest import Window
from desk import AGENT, COLLEAGUE, MANAGER, Shopper, from_customer, own, see, sign_in
from holding import hold
from playwright.async_api import Page, Route, expect
from test_console_bad_day import _act, _staff

FIELD = ".composer textarea"
MINE = ".standing.is-mine"


async def _enter(page: Page, email: str, password: str) -> None:
    """Through the door, where it stands."""
    await page.locator("input[type=email]").fill(email)
    await page.locator("input[type=password]").fill(password)
    await page.locator(".door-card button[type=submit]").click()


async def test_what_is_said_while_a_conversation_is_being_opened_is_there(
    window: Window, live_shop: str, staff_password: str
) -> None:
    shopper = await Shopper.open(live_shop)
    await shopper.say("배송 언제 와요?")
    async with window() as page:
        await sign_in(page, staff_password, to="/console/inbox/all")
        row = page.locator(f'[data-thread="{shopper.id}"]')
        held = await hold(page, f"**/api/staff/conversations/{shopper.id}", "GET")
        await row.locator("a").click()
        await held.asked.wait()
        await shopper.say("내일 꼭 받아야 해요")
        await expect(row).to_contain_text("내일 꼭 받아야 해요")
        await held.told(page)
        await expect(from_customer(page, "배송 언제 와요?")).to_have_count(1)
        await expect(from_customer(page, "내일 꼭 받아야 해요")).to_have_count(1)


async def test_an_answer_that_comes_late_gives_no_conversation_back(
    window: Window, live_shop: str, staff_password: str
) -> None:
    shopper = await Shopper.open(live_shop)
    await shopper.say("안녕하세요")
    async with window() as page, window() as manager:
        await sign_in(page, staff_password, AGENT)
        await sign_in(manager, staff_password, MANAGER)
        await see(page, shopper.id)
        held = await hold(page, f"**/api/staff/conversations/{shopper.id}", "GET")
        await _act(manager, shopper.id, "take")
        await held.asked.wait()
        await _act(manager, shopper.id, "transfer", {"to": await _staff(manager, "김민지")})
        await expect(page.locator(MINE)).to_be_visible()
        await page.locator(FIELD).fill("제가 도와드릴게요")
        await held.told(page)
        await expect(page.locator(MINE)).to_be_visible()
        await expect(page.locator(FIELD)).to_have_value("제가 도와드릴게요")


async def test_what_happens_before_the_stream_stands_is_seen(
    window: Window, live_shop: str, staff_password: str
) -> None:
    shopper = await Shopper.open(live_shop)
    await shopper.say("텐트 찾고 있어요")
    async with window() as page:
        held = await hold(page, "**/api/staff/events", "GET", read=False)
        await sign_in(page, staff_password, to=f"/console/inbox/all/{shopper.id}")
        row = page.locator(f'[data-thread="{shopper.id}"] .thread-last')
        await expect(from_customer(page, "텐트 찾고 있어요")).to_have_count(1)
        await expect(row).to_be_visible()
        await shopper.say("네 명이 잘 거예요")
        held.let_go.set()
        await expect(from_customer(page, "네 명이 잘 거예요")).to_have_count(1)
        await expect(row).to_contain_text("네 명이 잘 거예요")


async def test_replies_arrive_in_the_order_they_were_written_and_before_the_conversation_is_given_back(
    window: Window, live_shop: str, staff_password: str
) -> None:
    shopper = await Shopper.open(live_shop)
    await shopper.say("상담원 연결해 주세요")
    async with window() as page:
        await sign_in(page, staff_password)
        await see(page, shopper.id)
        await own(page)
        held = await hold(page, "**/say", "POST", read=False)
        for words in ("확인해 봤어요.", "내일 도착해요."):
            await page.locator(FIELD).fill(words)
            await page.keyboard.press("Enter")
        await expect(page.locator(".line.is-waiting")).to_have_count(2)
        await page.locator(".talk-acts .is-good").click()
        await page.wait_for_timeout(500)  # whatever would overtake has done so by then
        held.let_go.set()
        await expect(page.locator(".standing.is-assistant")).to_be_visible()
        await expect(page.locator(".is-failed")).to_have_count(0)
        assert await shopper.heard() == ["확인해 봤어요.", "내일 도착해요."]


async def test_a_double_click_takes_once_and_does_not_press_what_comes_under_it(
    window: Window, live_shop: str, staff_password: str
) -> None:
    shopper = await Shopper.open(live_shop)
    await shopper.say("안녕하세요")
    async with window() as page:
        await sign_in(page, staff_password)
        await see(page, shopper.id)
        take = page.locator(".talk-acts .is-main")
        box = await take.bounding_box()
        assert box
        await page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        await page.mouse.down(click_count=1)
        await page.mouse.up(click_count=1)
        await expect(page.locator(".talk-acts .is-good")).to_be_visible()
        under = await page.evaluate(
            "([x, y]) => document.elementFromPoint(x, y).closest('button')?.className",
            [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2],
        )
        assert under, "something else stands there now"
        acts: list[str] = []
        page.on("request", lambda request: acts.append(request.url) if request.method == "POST" else None)
        await page.mouse.down(click_count=2)
        await page.mouse.up(click_count=2)
        await page.keyboard.press("n")
        await expect(page.locator(".composer.is-note textarea")).to_be_focused()
        assert [url for url in acts if not url.endswith("/viewing")] == []
        await expect(page.locator(MINE)).to_be_visible()


async def test_an_act_pressed_twice_is_done_once(window: Window, live_shop: str, staff_password: str) -> None:
    shopper = await Shopper.open(live_shop)
    await shopper.say("상담원 연결해 주세요")
    async with window() as page:
        await sign_in(page, staff_password)
        await see(page, shopper.id)
        await own(page)
        await page.locator(".talk-acts .is-good").dblclick()
        await expect(page.locator(".standing.is-assistant")).to_be_visible()
        await expect(page.locator(".toast").filter(has_text="돌려주었어요")).to_have_count(1)
        await expect(page.locator(".toast.is-bad")).to_have_count(0)


async def test_a_reply_cut_off_by_the_end_of_the_session_is_a_draft_again(
    window: Window, live_shop: str, staff_password: str
) -> None:
    shopper = await Shopper.open(live_shop)
    await shopper.say("상담원 연결해 주세요")
    ended = '{"type": "urn:dangol:problem:not-signed-in", "status": 401}'

    async def over(route: Route) -> None:
        await route.fulfill(status=401, content_type="application/problem+json", body=ended)

    async with window() as page:
        await sign_in(page, staff_password)
        await see(page, shopper.id)
        await own(page)
        await page.route("**/say", over)
        await page.locator(FIELD).fill("오늘 환불해 드렸어요")
        await page.keyboard.press("Enter")
        await expect(page.locator(".door-card")).to_be_visible()
        await page.unroute("**/say")
        await _enter(page, MANAGER, staff_password)
        await expect(page.locator(FIELD)).to_have_value("오늘 환불해 드렸어요")


async def test_whoever_signs_in_next_sees_nothing_of_the_list_before(
    window: Window, live_shop: str, staff_password: str
) -> None:
    shopper = await Shopper.open(live_shop)
    await shopper.say("안녕하세요")
    async with window() as page:
        await sign_in(page, staff_password, to="/console/inbox/all")
        await expect(page.locator(f'[data-thread="{shopper.id}"]')).to_be_visible()
        await page.locator(".me").click()
        await page.locator(".menu button").filter(has_text="로그아웃").click()
        await page.route("**/api/staff/inbox**", lambda route: None)  # never answered
        await _enter(page, COLLEAGUE, staff_password)
        await expect(page.locator(".threads .loading").first).to_be_visible()
        await expect(page.locator("[data-thread]")).to_have_count(0)


async def test_a_list_that_comes_after_the_signing_out_is_nothing_for_whoever_comes_next(
    window: Window, live_shop: str, staff_password: str
) -> None:
    shopper = await Shopper.open(live_shop)
    await shopper.say("안녕하세요")
    async with window() as page:
        await sign_in(page, staff_password, to="/console/inbox/all")
        await expect(page.locator(f'[data-thread="{shopper.id}"]')).to_be_visible()
        held = await hold(page, "**/api/staff/inbox**", "GET")
        await shopper.say("텐트 찾고 있어요")
        await held.asked.wait()
        await page.locator(".me").click()
        await page.locator(".menu button").filter(has_text="로그아웃").click()
        await expect(page.locator(".door-card")).to_be_visible()
        await held.told(page)
        await page.route("**/api/staff/inbox**", lambda route: None)  # never answered
        await _enter(page, COLLEAGUE, staff_password)
        await expect(page.locator(".threads .loading").first).to_be_visible()
        await expect(page.locator("[data-thread]")).to_have_count(0)


async def test_a_draft_sent_while_it_is_being_reworded_does_not_come_back(
    window: Window, live_shop: str, staff_password: str
) -> None:
    shopper = await Shopper.open(live_shop)
    await shopper.say("상담원 연결해 주세요")
    let_go = asyncio.Event()

    async def reword(route: Route) -> None:
        await let_go.wait()
        await route.fulfill(json={"text": "환불까지 사흘 걸려요.", "by": "some:model", "why": ""})

    async with window() as page:
        await sign_in(page, staff_password)
        await see(page, shopper.id)
        await own(page)
        await page.route("**/rewording", reword)
        await page.locator(FIELD).fill("환불 3일 걸림")
        button = page.locator(".composer-tabs button").filter(has_text="다듬")
        await button.click()
        await page.locator(FIELD).press("Enter")
        await expect(page.locator(FIELD)).to_have_value("")
        async with page.expect_event("requestfinished", lambda request: "rewording" in request.url):
            let_go.set()
        await page.locator(FIELD).press_sequentially("또")
        await expect(page.locator(FIELD)).to_have_value("또")
        await expect(page.locator(".composer-told")).to_have_count(0)


async def test_letters_typed_while_the_list_follows_the_search_stay(
    window: Window, live_shop: str, staff_password: str
) -> None:
    async with window() as page:
        await sign_in(page, staff_password, to="/console/inbox/all")
        field = page.locator(".threads input[type=search]")
        await expect(field).to_be_visible()
        await page.evaluate(
            """() => window.addEventListener('dangol:moved', () => {
              const field = document.querySelector('.threads input[type=search]');
              field.value += '발';
              field.dispatchEvent(new InputEvent('input', {bubbles: true}));
            }, {once: true})"""
        )
        await field.fill("운동")
        await expect(page).to_have_url(f"{live_shop}/console/inbox/all?q=%EC%9A%B4%EB%8F%99%EB%B0%9C")
        await expect(field).to_have_value("운동발")


async def test_whoever_looks_at_what_the_assistant_is_in_sees_it_go_on(
    window: Window, live_shop: str, staff_password: str
) -> None:
    shopper = await Shopper.open(live_shop)
    await shopper.say("등산화 찾고 있어요")
    async with window() as page:
        await sign_in(page, staff_password)
        await see(page, shopper.id)
        await expect(from_customer(page, "등산화 찾고 있어요")).to_have_count(1)
        await shopper.say("발볼이 넓은 편이에요")
        await expect(from_customer(page, "발볼이 넓은 편이에요")).to_have_count(1)
        await expect(page.locator(".standing.is-assistant")).to_be_visible()
