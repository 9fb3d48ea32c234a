"""What an editor writes in the console is what the next shopper is answered from."""

from __future__ import annotations

from uuid import uuid4

from conftest import Window
from desk import EDITOR, Shopper, sign_in
from playwright.async_api import expect


async def test_an_article_is_written_asked_changed_and_had_again(
    window: Window, live_shop: str, staff_password: str
) -> None:
    slug = f"parking-{uuid4().hex[:6]}"
    async with window() as page:
        await sign_in(page, staff_password, EDITOR, to=f"/console/knowledge/articles/{slug}/ko")
        await page.get_by_label("제목").fill("매장 주차 안내")
        await page.locator(".article-body").fill("# 주차\n\n강남점 주차는 두 시간 동안 무료예요.")
        await expect(page.locator(".passages").first).to_contain_text("두 시간 동안 무료")
        await page.locator("form button[type=submit].is-main").click()
        await expect(page.locator("h1")).to_have_text("매장 주차 안내")
        await expect(page.locator(".toast").filter(has_text="저장했어요")).to_be_visible()

        ask = page.locator(".ask")
        await ask.locator("input").fill("강남점 주차 무료인가요?")
        await ask.locator("button").click()
        await expect(ask.locator(".passages")).to_contain_text("두 시간 동안 무료")
        shopper = await Shopper.open(live_shop)
        said = await shopper.say("주차 무료인가요?")
        assert any("두 시간" in block.get("text", "") for block in said["blocks"])

        await page.locator(".article-body").fill("# 주차\n\n강남점 주차는 세 시간 동안 무료예요.")
        await page.locator("form button[type=submit].is-main").click()
        await page.locator(".rows button").filter(has_text="불러오기").click()
        await expect(page.locator(".article-body")).to_have_value(
            "# 주차\n\n강남점 주차는 두 시간 동안 무료예요."
        )
        await page.locator("button").filter(has_text="글 삭제").click()
        await expect(page).to_have_url(f"{live_shop}/console/knowledge/articles")


async def test_an_article_that_a_colleague_changed_meanwhile_is_not_written_over(
    window: Window, live_shop: str, staff_password: str
) -> None:
    slug = f"wrapping-{uuid4().hex[:6]}"
    async with window() as one, window() as other:
        for page in (one, other):
            await sign_in(page, staff_password, EDITOR, to=f"/console/knowledge/articles/{slug}/ko")
            await page.get_by_label("제목").fill("선물 포장")
            await page.locator(".article-body").fill("선물 포장은 무료예요.")
        await one.locator("form button[type=submit].is-main").click()
        await expect(one.locator(".toast")).to_be_visible()
        await other.locator("form button[type=submit].is-main").click()
        await expect(other.locator("[role=alert]")).to_contain_text("다른 사람이 이 글을 고쳤어요")
        await expect(other.locator(".article-body")).to_have_value("선물 포장은 무료예요.")
