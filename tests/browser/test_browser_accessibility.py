"""axe finds nothing serious in any view, in light and dark, in both languages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from conftest import ROOT, Window
from playwright.async_api import Page, expect
from talking import choose_until, open_chat, press, say

AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = ("serious", "critical")
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice")


@pytest.fixture(scope="session")
def axe() -> str:
    """The checker, as source."""
    if not AXE.is_file():
        pytest.fail("axe-core is not installed; run: make web")
    return Path(AXE).read_text(encoding="utf-8")


async def examine(page: Page, axe: str) -> None:
    """Fail with what axe finds, and where."""
    await page.evaluate(axe)
    result = await page.evaluate(
        "(tags) => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", RULES
    )
    grave = [
        f"{each['id']}: {[(node['target'], node.get('failureSummary', '')) for node in each['nodes'][:3]]}"
        for each in result["violations"]
        if each["impact"] in GRAVE
    ]
    assert not grave, "\n".join(grave)


async def home(page: Page) -> None:
    await page.goto("/")
    await expect(page.locator(".good h3").first).to_be_visible()


async def goods(page: Page) -> None:
    await page.goto("/products")
    await expect(page.locator(".good h2").first).to_be_visible()


async def nothing_found(page: Page) -> None:
    await page.goto("/products?q=zzqqxx&category=no-such-thing")
    await expect(page.locator(".list-head h1")).to_be_visible()


async def filters(page: Page) -> None:
    await page.set_viewport_size({"width": 360, "height": 740})
    await goods(page)
    await page.locator(".list-tools .button").click()
    await expect(page.locator(".filters.is-open")).to_be_visible()


async def product(page: Page) -> None:
    await goods(page)
    await page.locator(".good h2 a").first.click()
    await expect(page.locator(".buy h1")).to_be_visible()
    await expect(page.locator(".reviews h2")).to_be_visible()


async def full_cart(page: Page) -> None:
    await page.goto("/products?in_stock=true")
    await page.locator(".good h2 a").first.click()
    await expect(page.locator(".buy h1")).to_be_visible()
    for group in await page.locator(".picker").all():
        if not await group.locator("input:checked").count():
            await group.locator("label:not(.is-out)").first.click()
    await page.locator(".buy-row .is-main").click()
    await expect(page.locator(".good-news")).to_be_visible()
    await page.goto("/cart")
    await expect(page.locator(".cart-lines li")).to_have_count(1)


async def empty_cart(page: Page) -> None:
    await page.goto("/cart")
    await expect(page.locator("h1")).to_be_visible()


async def unknown_order(page: Page) -> None:
    await page.goto("/orders/20000101-0001?token=none")
    await expect(page.locator("h1")).to_be_visible()


async def articles(page: Page) -> None:
    await page.goto("/articles")
    await page.locator(".articles a").first.click()
    await expect(page.locator("article h1")).to_be_visible()


async def greeting(page: Page) -> None:
    await empty_cart(page)
    await open_chat(page)


async def menu(page: Page) -> None:
    await greeting(page)
    await page.locator(".panel button[aria-haspopup]").click()
    await expect(page.locator(".panel .menu")).to_be_visible()


async def talk(page: Page) -> None:
    """Cards, reviews, comparison, cart and checkout in one conversation."""
    await greeting(page)
    korean = await page.evaluate("document.documentElement.lang") == "ko"
    found = await say(page, "운동화 보여줘" if korean else "show me sneakers")
    added = await press(page, found.locator(".product button.primary").first)
    await choose_until(page, added, ".card.cart")
    lines = (
        ("후기 어때요?", "1번이랑 2번 비교해줘", "결제할게요")
        if korean
        else ("what do people say about it?", "compare the first two", "checkout")
    )
    for line in lines:
        await say(page, line)


async def rating(page: Page) -> None:
    await menu(page)
    await page.locator(".panel .menu > button").last.click()
    await expect(page.locator(".panel .rating")).to_be_visible()


VIEWS: tuple[Callable[[Page], Awaitable[None]], ...] = (
    home, goods, nothing_found, filters, product, full_cart, empty_cart, unknown_order, articles, greeting, menu, talk, rating,
)  # fmt: skip


@pytest.mark.parametrize(("theme", "locale"), [("light", "ko-KR"), ("dark", "en-US")])
@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
async def test_nothing_serious(
    window: Window, axe: str, view: Callable[[Page], Awaitable[None]], theme: str, locale: str
) -> None:
    async with window(theme=theme, locale=locale) as page:
        await view(page)
        await examine(page, axe)
