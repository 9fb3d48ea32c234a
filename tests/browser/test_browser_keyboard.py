"""The whole way by keyboard alone."""

from __future__ import annotations

import pytest
from conftest import Window
from playwright.async_api import Page, expect
from talking import answer, open_chat, own_words

FOCUSED = (
    "() => { let at = document.activeElement; while (at && at.shadowRoot && at.shadowRoot.activeElement)"
    " at = at.shadowRoot.activeElement; return at && {tag: at.tagName, name: at.getAttribute('aria-label')"
    " || at.textContent.trim(), inside: !!at.closest('.panel'), cls: at.className} }"
)


async def tab_to(page: Page, wanted: str, key: str = "Tab", most: int = 80) -> None:
    """Tab until a control with this class or name has the focus."""
    for _ in range(most):
        await page.keyboard.press(key)
        at = await page.evaluate(FOCUSED)
        if at and (wanted in str(at["cls"]).split() or wanted == at["name"]):
            return
    pytest.fail(f"{wanted} was not reached with {key}")


async def test_open_ask_choose_and_close_without_a_mouse(window: Window) -> None:
    async with window() as page:
        await page.goto("/cart")
        await expect(page.locator(".launcher")).to_be_visible()
        await tab_to(page, "launcher")
        await page.keyboard.press("Enter")
        await expect(page.locator(".panel textarea")).to_be_focused()
        await expect(page.locator(".panel .from-assistant").first).to_be_visible()

        await page.keyboard.type("방수 운동화 보여줘")
        await page.keyboard.press("Enter")
        await expect(page.locator(".panel .product").first).to_be_visible()
        await expect(page.locator(".panel .feedback")).to_be_visible()
        await expect(page.locator(".panel textarea")).to_be_focused()
        await tab_to(page, "primary", "Shift+Tab")
        before = await page.locator(".panel .from-assistant").count()
        await page.keyboard.press("Enter")
        said = await answer(page, before)
        while await said.locator(".choices").count() and not await said.locator(".card.cart").count():
            before = await page.locator(".panel .from-assistant").count()
            await said.locator(".choices button").first.focus()
            await page.keyboard.press("Space")
            said = await answer(page, before)
        await expect(said.locator(".card.cart .lines li")).to_have_count(1)

        await page.keyboard.press("Escape")
        await expect(page.locator(".panel")).to_have_count(0)
        await expect(page.locator(".launcher")).to_be_focused()


async def test_the_menu_opens_and_closes_and_gives_the_focus_back(window: Window) -> None:
    async with window() as page:
        await page.goto("/cart")
        await open_chat(page)
        menu = page.locator(".panel button[aria-haspopup]")
        await menu.focus()
        await page.keyboard.press("Enter")
        await expect(page.locator(".panel .menu button").first).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(page.locator(".panel .menu")).to_have_count(0)
        await expect(menu).to_be_focused()
        await expect(page.locator(".panel")).to_be_visible()


async def test_on_a_phone_the_focus_stays_in_the_chat(window: Window) -> None:
    async with window(width=360, height=740) as page:
        await page.goto("/")
        await open_chat(page)
        await expect(page.locator(".panel")).to_have_attribute("aria-modal", "true")
        for key in ("Tab", "Shift+Tab"):
            for _ in range(30):
                await page.keyboard.press(key)
                assert (await page.evaluate(FOCUSED))["inside"]


async def test_enter_sends_and_shift_enter_makes_a_line(window: Window) -> None:
    async with window() as page:
        await page.goto("/cart")
        await open_chat(page)
        await page.keyboard.type("안녕하세요")
        await page.keyboard.press("Shift+Enter")
        await page.keyboard.type("반가워요")
        await expect(page.locator(".panel textarea")).to_have_value("안녕하세요\n반가워요")
        await page.keyboard.press("Enter")
        await expect(own_words(page, "반가워요")).to_have_count(1)
        await expect(page.locator(".panel textarea")).to_have_value("")


async def test_the_shop_is_bought_from_without_a_mouse(window: Window) -> None:
    async with window() as page:
        await page.goto("/products?in_stock=true")
        await expect(page.locator(".good h2 a").first).to_be_visible()
        await page.locator(".good h2 a").first.focus()
        await page.keyboard.press("Enter")
        await expect(page.locator(".buy h1")).to_be_visible()
        for group in await page.locator(".picker").all():
            if not await group.locator("input:checked").count():
                await group.locator("label:not(.is-out) input").first.focus()
                await page.keyboard.press("Space")
        await page.locator(".buy-row .is-main").focus()
        await page.keyboard.press("Enter")
        await expect(page.locator(".good-news")).to_be_visible()
