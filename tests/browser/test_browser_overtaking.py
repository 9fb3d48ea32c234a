"""In the chat the newest stands, and nothing is lost between reading and listening, or behind a closed chat."""

from __future__ import annotations

from conftest import Window
from desk import AGENT, cable, own, reply, see, sign_in
from holding import hold
from playwright.async_api import Page, expect
from talking import open_chat, own_words, say, send

BADGE = ".launcher .badge"


async def _sku(page: Page) -> str:
    """Something of which several are there."""
    found = await (await page.request.get("/api/store/products?in_stock=true")).json()
    for each in found["items"]:
        detail = await (await page.request.get(f"/api/store/products/{each['product']}")).json()
        for variant in detail["variants"]:
            if variant["in_stock"] and (variant.get("left") or 99) >= 5:
                return str(variant["sku"])
    raise AssertionError("nothing of which five are there")


async def test_an_answer_that_comes_while_the_chat_is_closed_is_counted(window: Window) -> None:
    async with window() as page:
        await page.goto("/")
        await open_chat(page)
        held = await hold(page, "**/messages", "POST", read=False)
        await send(page, "배송비 얼마예요?")
        await held.asked.wait()
        await page.keyboard.press("Escape")
        await expect(page.locator(".panel")).to_have_count(0)
        held.let_go.set()
        await expect(page.locator(BADGE)).to_contain_text("1")
        await page.locator(".launcher").click()
        await expect(page.locator(BADGE)).to_have_count(0)
        await expect(page.locator(".panel .feedback")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.locator(".panel")).to_have_count(0)
        await expect(page.locator(BADGE)).to_have_count(0)


async def test_what_staff_say_before_the_page_listens_is_seen(window: Window, staff_password: str) -> None:
    async with window() as staff, window() as page:
        await sign_in(staff, staff_password, AGENT)
        held = await hold(page, "**/events", "GET", read=False)
        await page.goto("/")
        await open_chat(page)
        await say(page, "안녕하세요")
        await held.asked.wait()
        await see(staff, await page.evaluate("window.dangol.conversation()"))
        await own(staff)
        await reply(staff, "무엇을 도와드릴까요?")
        await expect(page.locator(".panel .from-staff")).to_have_count(0)
        held.let_go.set()
        await expect(page.locator(".panel .from-staff")).to_have_count(1)


async def test_what_staff_say_while_the_line_is_down_is_counted_behind_a_closed_chat(
    window: Window, live_shop: str, staff_password: str
) -> None:
    async with cable(live_shop) as line, window() as staff, window() as page:
        await sign_in(staff, staff_password, AGENT)
        async with page.expect_response("**/events"):
            await page.goto(line.address)
            await open_chat(page)
        await say(page, "안녕하세요")
        await see(staff, await page.evaluate("window.dangol.conversation()"))
        await own(staff)
        await reply(staff, "잠시만요.")
        await expect(page.locator(".panel .from-staff")).to_have_count(1)
        await page.keyboard.press("Escape")
        await expect(page.locator(".panel")).to_have_count(0)
        async with page.expect_event("requestfailed", lambda request: request.url.endswith("/events")):
            await line.pull()
        await reply(staff, "확인했어요.")
        await line.plug()
        await expect(page.locator(BADGE)).to_contain_text(
            "1", timeout=20_000
        )  # after its own wait between tries
        await page.locator(".launcher").click()
        await expect(page.locator(".panel .from-staff")).to_have_count(2)


async def test_two_changes_of_the_cart_at_once_are_both_made(window: Window) -> None:
    async with window() as page:
        await page.goto("/")
        await open_chat(page)
        sku = await _sku(page)
        many = await page.evaluate(
            """async (sku) => {
              const [, last] = await Promise.all([window.dangol.add(sku, 1), window.dangol.add(sku, 2)]);
              return last.lines.find((line) => line.sku === sku).quantity;
            }""",
            sku,
        )
        assert many == 3


async def test_a_cart_that_comes_late_takes_nothing_back(window: Window) -> None:
    async with window() as page:
        await page.goto("/")
        await open_chat(page)
        sku = await _sku(page)
        await page.evaluate("(sku) => window.dangol.add(sku, 1)", sku)
        held = await hold(page, "**/cart", "GET")
        await page.evaluate("() => { void window.dangol.cart(); }")
        await held.asked.wait()
        await page.evaluate(
            """async (sku) => {
              await window.dangol.setQuantity(sku, 4);
              window.told = [];
              window.dangol.onCart((cart) => window.told.push(cart.lines[0].quantity));
            }""",
            sku,
        )
        await held.told(page)
        await expect(page.locator(".tools a[href='/cart']")).to_contain_text("4")
        assert set(await page.evaluate("window.told")) <= {4}


async def test_a_message_typed_in_another_tab_is_there_once(window: Window) -> None:
    """Both tabs hear of it while one of them still reads the transcript."""
    async with window() as page:
        await page.goto("/")
        await open_chat(page)
        await say(page, "안녕하세요")
        second = await page.context.new_page()
        held = await hold(second, "**/messages", "GET")
        await second.goto("/")
        await second.locator(".launcher").click()
        await held.asked.wait()
        await say(page, "배송비 얼마예요?")
        held.let_go.set()
        await expect(own_words(second, "안녕하세요")).to_have_count(1)
        await expect(own_words(second, "배송비 얼마예요?")).to_have_count(1)


async def test_a_link_pressed_in_the_moment_it_is_there_is_followed(window: Window) -> None:
    async with window() as page:
        await page.add_init_script(
            """new MutationObserver((_, watching) => {
              const link = document.querySelector(".tools a[href='/cart']");
              if (!link) return;
              watching.disconnect();
              link.click();
            }).observe(document, {childList: true, subtree: true});"""
        )
        await page.goto("/")
        await expect(page.locator("main h1")).to_have_text("장바구니")
