"""What a shopper does in the chat, as the tests say it."""

from __future__ import annotations

from playwright.async_api import Locator, Page, expect

PANEL = ".panel"


async def open_chat(page: Page) -> None:
    """Press the launcher and wait for the greeting."""
    await page.locator(".launcher").click()
    await expect(page.locator(f"{PANEL} .from-assistant").first).to_be_visible()


async def say(page: Page, text: str) -> Locator:
    """Send a message; gives what was answered to it."""
    before = await page.locator(f"{PANEL} .from-assistant").count()
    await send(page, text)
    return await answer(page, before)


async def send(page: Page, text: str) -> None:
    """Send a message, and wait for nothing."""
    await page.locator(f"{PANEL} textarea").fill(text)
    await page.locator(f"{PANEL} .send").click()


async def ask_for_a_person(page: Page, text: str) -> None:
    """Ask for a person; one may come at once, and then no answer of the assistant is the last that could be rated."""
    before = await page.locator(f"{PANEL} .from-assistant").count()
    await send(page, text)
    await expect(page.locator(f"{PANEL} .from-assistant").nth(before)).to_be_visible()


async def press(page: Page, button: Locator) -> Locator:
    """Press a button of an answer; gives what was answered to that."""
    before = await page.locator(f"{PANEL} .from-assistant").count()
    await button.click()
    return await answer(page, before)


async def answer(page: Page, before: int) -> Locator:
    """The answer after so many, whole: the thumbs come with its end."""
    said = page.locator(f"{PANEL} .from-assistant").nth(before)
    await expect(said).to_be_visible()
    await expect(said.locator(".feedback")).to_be_visible()
    return said


def own_words(page: Page, text: str) -> Locator:
    """The shopper's own messages with these words."""
    return page.locator(f"{PANEL} .from-shopper .bubble").filter(has_text=text)


async def choose_until(page: Page, said: Locator, wanted: str, most: int = 4) -> Locator:
    """Press the first button of each question (which colour, which size) until an answer holds what is wanted."""
    for _ in range(most):
        if await said.locator(wanted).count():
            break
        said = await press(page, said.locator(".choices button").first)
    await expect(said.locator(wanted).first).to_be_visible()
    return said
