"""The console by keyboard alone, on a phone, and under axe, in both languages, light and dark."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from conftest import Window
from desk import TALK, Shopper, from_desk, own, see, sign_in
from playwright.async_api import Page, expect
from test_browser_accessibility import axe, examine

__all__ = ["axe"]
ROOMS = (
    "approvals",
    "knowledge",
    "replies",
    "metrics",
    "outreach",
    "retention",
    "people",
    "settings",
    "settings/outreach",
    "models",
    "models/limits",
    "audit",
    "me",
)


async def waiting(address: str, language: str = "ko") -> Shopper:
    """A shopper who asked for a person."""
    shopper = await Shopper.open(address, language)
    korean = language == "ko"
    await shopper.say("방수 운동화 보여줘" if korean else "show me waterproof sneakers")
    await shopper.say("상담원 연결해 주세요" if korean else "let me talk to a person")
    return shopper


async def test_a_conversation_is_found_taken_answered_and_given_back_without_a_mouse(
    window: Window, live_shop: str, staff_password: str
) -> None:
    shopper = await waiting(live_shop)
    async with window() as page:
        await page.goto("/console")
        await page.locator("input[type=email]").focus()
        await page.keyboard.type("manager@nuristore.example")
        await page.keyboard.press("Tab")
        await page.keyboard.type(staff_password)
        await page.keyboard.press("Enter")
        await expect(page.locator(".threads")).to_be_visible()
        await page.keyboard.press("4")
        await expect(page).to_have_url(f"{live_shop}/console/inbox/all")
        await expect(page.locator(f'[data-thread="{shopper.id}"]')).to_be_visible()
        shown, last = page.locator("[data-thread].is-open"), ""
        while last != shopper.id:
            await page.keyboard.press("j")
            await expect(shown).not_to_have_attribute("data-thread", last)
            last = await shown.get_attribute("data-thread") or ""
        await expect(page.locator(TALK)).to_be_visible()
        await expect(
            page.locator(".standing.is-mine").or_(page.locator(".talk-acts .is-main")).first
        ).to_be_visible()
        await page.keyboard.press("a")
        await expect(page.locator(".standing.is-mine")).to_be_visible()
        await page.keyboard.press("r")
        await expect(page.locator(".composer textarea")).to_be_focused()
        await page.keyboard.type("바로 확인할게요")
        await page.keyboard.press("Enter")
        await expect(from_desk(page, "바로 확인할게요")).to_have_count(1)
        await page.keyboard.press("Escape")
        await page.keyboard.press("n")
        await expect(page.locator(".composer.is-note textarea")).to_be_focused()
        await page.keyboard.type("@Alex")
        await expect(page.locator(".picker li")).to_have_count(1)
        await page.keyboard.press("Enter")
        await page.keyboard.type("확인 부탁해요")
        await page.keyboard.press("Enter")
        await expect(page.locator(".note-text .mention")).to_have_text("@Alex Kim")
        await page.keyboard.press("Escape")
        await page.keyboard.press("?")
        await expect(page.locator("dialog[open] .key-groups")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.locator("dialog")).to_have_count(0)
        await page.keyboard.press("e")
        await expect(page.locator(".standing.is-assistant")).to_be_visible()


async def test_single_keys_can_be_switched_off(window: Window, live_shop: str, staff_password: str) -> None:
    async with window() as page:
        await sign_in(page, staff_password, to="/console/me")
        await page.get_by_label("한 글자 단축키 쓰기").uncheck()
        await page.keyboard.press("Escape")
        await page.locator("h1").click()
        await page.keyboard.press("4")
        await expect(page).to_have_url(f"{live_shop}/console/me")


async def test_on_a_phone_list_and_conversation_take_turns_and_nothing_runs_over(
    window: Window, live_shop: str, staff_password: str
) -> None:
    shopper = await waiting(live_shop)
    async with window(width=360, height=740) as page:
        await sign_in(page, staff_password, to="/console/inbox/all")
        await page.locator(f'[data-thread="{shopper.id}"] a').click()
        await expect(page.locator(TALK)).to_be_visible()
        await expect(page.locator(".threads")).not_to_be_visible()
        await own(page)
        await page.locator(".composer textarea").fill("확인했어요")
        await page.locator(".composer-send").click()
        await expect(from_desk(page, "확인했어요")).to_have_count(1)
        await _fits(page)
        await page.locator(".talk-back").click()
        await expect(page.locator(".threads")).to_be_visible()
        await page.locator(".topbar button").click()
        await page.locator(".side-nav a").filter(has_text="직원").click()
        await expect(page.locator(".person").first).to_be_visible()
        for room in ROOMS:
            await page.goto(f"/console/{room}")
            await expect(page.locator("h1")).to_be_visible()
            await _fits(page)


async def _fits(page: Page) -> None:
    wide = await page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 360, f"{page.url} is {wide} px wide"


async def door(page: Page, shopper: Shopper) -> None:
    await page.context.clear_cookies()
    await page.goto("/console")
    await expect(page.locator(".door-card")).to_be_visible()


async def listed(page: Page, shopper: Shopper) -> None:
    await page.goto("/console/inbox/all")
    await expect(page.locator(".thread").first).to_be_visible()
    await page.keyboard.press("f")
    await expect(page.locator(".filter-row")).to_be_visible()


async def talk(page: Page, shopper: Shopper) -> None:
    await see(page, shopper.id)
    await own(page)
    await page.keyboard.press("n")
    await page.keyboard.type("메모")
    await page.keyboard.press("Enter")
    await expect(page.locator(".note-line")).to_be_visible()


async def transfer(page: Page, shopper: Shopper) -> None:
    await see(page, shopper.id)
    await own(page)
    await page.keyboard.press("t")
    await expect(page.locator("dialog .pick").first).to_be_visible()


async def menu(page: Page, shopper: Shopper) -> None:
    await see(page, shopper.id)
    await page.locator(".talk-acts .menu-frame > button").click()
    await expect(page.locator(".menu")).to_be_visible()


async def shortcuts(page: Page, shopper: Shopper) -> None:
    await page.goto("/console/me")
    await expect(page.locator("h1")).to_be_visible()
    await page.keyboard.press("?")
    await expect(page.locator("dialog[open]")).to_be_visible()


def room(name: str) -> Callable[[Page, Shopper], Awaitable[None]]:
    """A room of the console."""

    async def view(page: Page, shopper: Shopper) -> None:
        await page.goto(f"/console/{name}")
        await expect(page.locator("h1")).to_be_visible()
        await expect(page.locator(".loading")).to_have_count(0)

    view.__name__ = name
    return view


VIEWS = (door, listed, talk, transfer, menu, shortcuts, *(room(name) for name in ROOMS))


@pytest.mark.parametrize(("theme", "locale"), [("light", "ko-KR"), ("dark", "en-US")])
async def test_axe_finds_nothing_serious_in_any_view(
    window: Window, live_shop: str, staff_password: str, axe: str, theme: str, locale: str
) -> None:
    shopper = await waiting(live_shop, locale[:2])
    found = []
    async with window(theme=theme, locale=locale) as page:
        await sign_in(page, staff_password)
        for view in (*VIEWS[1:], VIEWS[0]):
            await view(page, shopper)
            try:
                await examine(page, axe)
            except AssertionError as grave:
                found.append(f"{view.__name__}: {grave}")
    assert not found, "\n".join(found)
