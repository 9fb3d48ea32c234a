"""Nothing that anybody wrote runs in the console; the door says what to do and gives nothing away."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Window
from crowd import signed
from desk import AGENT, EDITOR, TALK, Shopper, choose, from_customer, own, see, sign_in
from playwright.async_api import Page, expect

NASTY = (
    "<script>window.pwned=1</script>",
    '<img src=x onerror="window.pwned=1">',
    '"><svg onload=window.pwned=1>',
    "javascript:window.pwned=1",
    '<a href="javascript:window.pwned=1">눌러 보세요</a>',
    "{{constructor.constructor('window.pwned=1')()}}",
    "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
    'https://shop.example/"onmouseover=window.pwned=1',
)


async def _unharmed(page: Page) -> None:
    assert await page.evaluate("window.pwned") is None
    assert (
        await page.locator(
            "#console script, #console iframe, #console [onerror], #console svg[onload]"
        ).count()
        == 0
    )
    links = await page.locator("#console a").evaluate_all("all => all.map(a => a.protocol)")
    assert set(links) <= {"http:", "https:", "mailto:", "tel:"}


async def test_no_message_note_label_or_name_is_more_than_text(
    window: Window, live_shop: str, staff_password: str, shop_folder: Path
) -> None:
    token = signed(shop_folder, "jihoon.kim@example.com", NASTY[1])
    shopper = await Shopper.open(live_shop, customer=token)
    for line in NASTY:
        await shopper.say(line)
    await shopper.say("상담원 연결해 주세요")
    async with window() as page:
        await sign_in(page, staff_password)
        await see(page, shopper.id)
        for line in NASTY:
            await expect(from_customer(page, line).first).to_be_visible()
        await own(page)
        await page.locator(".composer textarea").fill(NASTY[1])
        await page.keyboard.press("Enter")
        await expect(page.locator(f"{TALK} .from-desk .bubble").filter(has_text=NASTY[1])).to_have_count(1)
        await page.locator(".composer-tabs button").nth(1).click()
        await page.locator(".composer textarea").fill(NASTY[0])
        await page.keyboard.press("Enter")
        await expect(page.locator(".note-text").filter(has_text=NASTY[0])).to_have_count(1)
        await choose(page, "라벨")
        await page.locator("dialog input").first.fill("<b onclick=pwned=1>")
        await page.keyboard.press("Enter")
        await page.locator("dialog .is-main").click()
        await page.goto("/console/inbox/all")
        await expect(page.locator(f'[data-thread="{shopper.id}"]')).to_contain_text("<b onclick")
        await _unharmed(page)


async def test_the_console_stands_in_no_frame_and_runs_only_its_own_script(
    live_shop: str, window: Window
) -> None:
    async with window() as page:
        answer = await page.goto("/console")
        assert answer is not None
        policy = answer.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe-eval" not in policy


async def test_a_wrong_password_says_what_to_do_and_not_which_part_was_wrong(
    window: Window, live_shop: str, staff_password: str
) -> None:
    async with window() as page:
        await page.goto("/console")
        said = []
        for email in (AGENT, "nobody@nuristore.example"):
            await page.locator("input[type=email]").fill(email)
            await page.locator("input[type=password]").fill("not-the-password")
            await page.locator(".door-card button[type=submit]").click()
            await expect(page.locator(".door-card [role=alert]")).to_contain_text("다시 확인해 주세요")
            said.append(await page.locator(".door-card [role=alert]").inner_text())
        assert said[0] == said[1]
        await page.locator("input[type=email]").fill("")
        await page.locator(".door-card button[type=submit]").click()
        await expect(page.locator(".door-card [role=alert]")).to_contain_text("모두 입력")


async def test_whoever_has_no_conversations_sees_none(
    window: Window, live_shop: str, staff_password: str
) -> None:
    async with window() as page:
        await sign_in(page, staff_password, EDITOR, to="/console/inbox/all")
        await expect(page).to_have_url(f"{live_shop}/console/knowledge")
        await expect(page.locator(".side-nav a").filter(has_text="내 대화")).to_have_count(0)
        await expect(page.locator(".side-nav a").filter(has_text="직원")).to_have_count(0)


async def test_signing_out_leaves_nothing_on_the_screen(
    window: Window, live_shop: str, staff_password: str
) -> None:
    shopper = await Shopper.open(live_shop)
    await shopper.say("전화번호는 010-1234-5678이에요")
    async with window() as page:
        await sign_in(page, staff_password)
        await see(page, shopper.id)
        await page.locator(".me").click()
        await page.locator(".menu button").filter(has_text="로그아웃").click()
        await expect(page.locator(".door-card")).to_be_visible()
        assert "1234" not in await page.content()
        await page.goto(f"/console/inbox/all/{shopper.id}")
        await expect(page.locator(".door-card")).to_be_visible()


@pytest.mark.parametrize("language", ["ko-KR", "en-US"])
async def test_a_conversation_that_is_not_there_says_so(
    window: Window, live_shop: str, staff_password: str, language: str
) -> None:
    async with window(locale=language) as page:
        await sign_in(page, staff_password, to="/console/inbox/all/c_000000000000000000000000000000")
        await expect(page.locator(".talk .empty-title")).to_be_visible()
