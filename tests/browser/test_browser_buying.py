"""A shopper finds something on a phone 360 pixels wide, puts it in the cart, and comes as far as paying."""

from __future__ import annotations

import re

from conftest import Window
from playwright.async_api import Locator, Page, expect
from talking import choose_until, open_chat, press, say

PHONE = {"width": 360, "height": 740}
SAID = ("김단골 010-2345-6789 regular@example.com", "06236 서울 강남구 테헤란로 123, 4층", "네", "네")
FILLED = {
    "name": "Dana Kim",
    "phone": "010-2345-6789",
    "email": "regular@example.com",
    "address": "350 5th Ave, New York, NY 10118",
    "postcode": "10118",
}
PAY = "a.link-block, a.primary.wide"


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


async def fill_cart(page: Page, wish: str) -> None:
    """Find something by words and put the first of it in the cart, choosing options as asked."""
    await page.goto("/")
    await open_chat(page)
    found = await say(page, wish)
    await expect(found.locator(".product").first).to_be_visible()
    await fits(page)
    added = await press(page, found.locator(".product button.primary").first)
    await choose_until(page, added, ".card.cart .lines li")
    await fits(page)


async def come_to_the_pay_page(page: Page, link: Locator) -> None:
    """Follow the link to pay and see a page with an amount on it."""
    await expect(link).to_be_visible()
    await fits(page)
    await link.click()
    await expect(page.locator(".panel")).to_have_count(0)
    await expect(page.get_by_text(re.compile(r"\d[\d,]+")).first).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_from_a_wish_to_the_payment_in_words(window: Window) -> None:
    async with window(**PHONE) as page:
        await fill_cart(page, "10만원 이하 방수 운동화 찾아줘")
        last = await say(page, "결제할게요")
        for words in SAID:
            if await last.locator(PAY).count():
                break
            await fits(page)
            await expect(last.locator(".sums .total dd").first).to_have_text(re.compile(r"\d"))
            last = await say(page, words)
        await come_to_the_pay_page(page, last.locator(PAY))


async def test_from_a_wish_to_the_payment_by_forms_and_buttons(window: Window) -> None:
    async with window(**PHONE, locale="en-US") as page:
        await fill_cart(page, "waterproof sneakers under 100,000 won")
        last = await say(page, "I'd like to check out")
        for _ in range(6):
            if await last.locator(PAY).count():
                break
            form = last.locator("form.form")
            if await form.count():
                for name, value in FILLED.items():
                    field = form.locator(f"[name={name}]")
                    if await field.count():
                        await field.fill(value)
                last = await press(page, form.locator("button[type=submit]"))
            else:
                last = await press(page, last.locator(".choices button").first)
            await fits(page)
        await come_to_the_pay_page(page, last.locator(PAY))


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
