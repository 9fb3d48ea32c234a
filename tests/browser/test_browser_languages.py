"""Both languages: the browser's at first, the one chosen then, and in the chat the one spoken."""

from __future__ import annotations

from conftest import Window
from playwright.async_api import expect
from talking import open_chat, own_words, say


async def test_the_first_language_is_the_browsers(window: Window) -> None:
    for locale, language, placeholder in (
        ("ko-KR", "ko", "무엇이든 물어보세요"),
        ("en-US", "en", "Ask anything"),
        ("fr-FR", "en", "Ask anything"),
    ):
        async with window(locale=locale) as page:
            await page.goto("/")
            await expect(page.locator("html")).to_have_attribute("lang", language)
            await page.locator(".launcher").click()
            await expect(page.locator(".panel textarea")).to_have_attribute("placeholder", placeholder)


async def test_the_shop_changes_its_language_and_keeps_it(window: Window) -> None:
    async with window() as page:
        await page.goto("/products")
        await expect(page.locator(".good h2").first).to_be_visible()
        korean = await page.locator(".good h2").first.inner_text()
        await page.locator(".tools .text").click()
        await expect(page.locator("html")).to_have_attribute("lang", "en")
        await expect(page.locator(".list-head h1")).to_have_text("All products")
        await expect(page.locator(".good h2").first).not_to_have_text(korean)
        await page.reload()
        await expect(page.locator(".list-head h1")).to_have_text("All products")


async def test_the_chat_follows_the_language_spoken(window: Window) -> None:
    async with window() as page:
        await page.goto("/")
        await open_chat(page)
        await say(page, "Do you have any waterproof sneakers?")
        await expect(page.locator(".panel textarea")).to_have_attribute("placeholder", "Ask anything")
        await say(page, "가격은 얼마예요?")
        await expect(page.locator(".panel textarea")).to_have_attribute("placeholder", "무엇이든 물어보세요")
        await expect(page.locator("html")).to_have_attribute("lang", "ko")


async def test_the_menu_changes_the_language_of_the_chat(window: Window) -> None:
    async with window() as page:
        await page.goto("/")
        await open_chat(page)
        await page.locator(".panel button[aria-haspopup]").click()
        await page.locator(".panel .menu button", has_text="English").click()
        await expect(own_words(page, "영어로 해주세요")).to_have_count(1)
        await expect(page.locator(".panel .feedback")).to_be_visible()
        await expect(page.locator(".panel textarea")).to_have_attribute("placeholder", "Ask anything")


async def test_the_theme_is_chosen_once_for_page_and_chat(window: Window) -> None:
    async with window() as page:
        await page.goto("/")
        await open_chat(page)
        await page.locator(".panel button[aria-haspopup]").click()
        await page.locator(".panel .menu button", has_text="어둡게").click()
        await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        await page.reload()
        await expect(page.locator("html")).to_have_attribute("data-theme", "dark")


async def test_the_theme_chosen_holds_against_the_machines_own(window: Window) -> None:
    day, night = "rgb(255, 255, 255)", "rgb(37, 32, 27)"  # --surface
    for machine, chosen, colour, scheme in (
        ("light", None, day, "light"),
        ("dark", None, night, "dark"),
        ("light", "어둡게", night, "dark"),
        ("dark", "밝게", day, "light"),
    ):
        async with window(theme=machine) as page:
            await page.goto("/")
            await open_chat(page)
            if chosen:
                await page.locator(".panel button[aria-haspopup]").click()
                await page.locator(".panel .menu button", has_text=chosen).click()
            panel = page.locator(".panel .composer")
            await expect(panel).to_have_css("background-color", colour)
            told = await panel.evaluate("e => getComputedStyle(e).colorScheme")
            assert scheme in told.split(), (machine, chosen, told)
