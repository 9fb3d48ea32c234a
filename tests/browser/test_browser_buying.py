"""A shopper finds something on a phone 360 pixels wide, puts it in the cart, and comes as far as paying."""

from __future__ import annotations

import re

import pytest
from conftest import Window
from playwright.async_api import Page, expect
from talking import choose_until, open_chat, press, say

PHONE = {"width": 360, "height": 740}
SPEECH = {
    "ko-KR": {
        "find": "10만원 이하 방수 운동화 찾아줘",
        "checkout": "결제할게요",
        "contact": "김단골 010-2345-6789 regular@example.com",
        "address": "06236 서울 강남구 테헤란로 123, 4층",
        "yes": "네",
    },
    "en-US": {
        "find": "waterproof sneakers under 100,000 won",
        "checkout": "I'd like to check out",
        "contact": "Dana Kim, 010-2345-6789, regular@example.com",
        "address": "06236 서울 강남구 테헤란로 123, 4층",
        "yes": "yes",
    },
}


async def fits(page: Page) -> None:
    """Nothing sticks out sideways."""
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await page.evaluate(
        "() => { const log = document.querySelector('#dangol').shadowRoot.querySelector('.log');"
        " return !log || log.scrollWidth <= log.clientWidth }"
    )
    assert await page.evaluate(
        "() => { const panel = document.querySelector('#dangol').shadowRoot.querySelector('.panel');"
        " return !panel || (panel.scrollLeft === 0 && panel.scrollTop === 0) }"
    )


@pytest.mark.parametrize("locale", ["ko-KR", "en-US"])
async def test_from_a_wish_to_the_payment_in_the_chat(window: Window, locale: str) -> None:
    words = SPEECH[locale]
    async with window(**PHONE, locale=locale) as page:
        await page.goto("/")
        await open_chat(page)
        found = await say(page, words["find"])
        cards = found.locator(".product")
        await expect(cards.first).to_be_visible()
        await fits(page)

        added = await press(page, cards.locator("button.primary").first)
        await choose_until(page, added, ".card.cart .lines li")
        await fits(page)

        last = await say(page, words["checkout"])
        for step in ("contact", "address", "yes", "yes", "yes"):
            if await last.locator("a.primary.wide").count():
                break
            last = await say(page, words[step])
        pay = last.locator("a.primary.wide")
        await expect(pay).to_be_visible()
        await expect(last.locator(".sums .total dd")).to_have_text(re.compile(r"\d"))
        await fits(page)
        await pay.click()
        await page.wait_for_load_state()
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_the_page_and_the_chat_share_one_cart(window: Window) -> None:
    async with window(**PHONE) as page:
        await page.goto("/products?in_stock=true")
        await page.locator(".good h2 a").first.click()
        await expect(page.locator(".buy h1")).to_be_visible()
        for group in await page.locator(".picker").all():
            if not await group.locator("input:checked").count():
                await group.locator("label:not(.is-out)").first.click()
        await page.locator(".buy-row .is-main").click()
        await expect(page.locator(".good-news")).to_be_visible()
        title = (await page.locator(".buy h1").inner_text()).strip()

        await open_chat(page)
        await say(page, "장바구니 보여줘")
        await expect(page.locator(".card.cart .lines .title")).to_have_text(title)
        await page.locator(".card.cart .stepper button").last.click()
        await expect(page.locator(".card.cart .stepper span")).to_have_text("2")
        await page.keyboard.press("Escape")

        await page.goto("/cart")
        await expect(page.locator(".cart-lines output")).to_have_text("2")
        await page.locator(".cart-lines .quiet-link").click()
        await expect(page.locator(".cart-lines")).to_have_count(0)
        await page.locator(".launcher").click()
        await expect(page.locator(".panel .card.cart .lines li")).to_have_count(0)


async def test_this_means_the_product_on_the_page(window: Window) -> None:
    async with window() as page:
        await page.goto("/products?in_stock=true")
        await page.locator(".good h2 a").nth(2).click()
        await expect(page.locator(".buy h1")).to_be_visible()
        title = (await page.locator(".buy h1").inner_text()).strip()
        await open_chat(page)
        told = await say(page, "이거 얼마예요?")
        await expect(told).to_contain_text(title)
