"""What comes back: a conversation that was not solved, a yes from a manager, an answer the next shopper gets."""

from __future__ import annotations

from pathlib import Path

from conftest import Window
from crowd import signed
from desk import AGENT, EDITOR, MANAGER, Shopper, own, reply, see, sign_in
from playwright.async_api import expect


async def test_given_back_not_solved_and_back_with_the_same_person(
    window: Window, live_shop: str, staff_password: str
) -> None:
    shopper = await Shopper.open(live_shop)
    await shopper.say("환불이 아직 안 들어왔어요")
    async with window() as page:
        await sign_in(page, staff_password, AGENT)
        await see(page, shopper.id)
        await own(page)
        await reply(page, "오늘 환불 처리했어요.")
        await page.locator(".talk-acts .is-good").click()
        await expect(page.locator(".standing.is-assistant")).to_be_visible()
        await shopper.say("아니요")
        await expect(page.locator(".standing.is-mine")).to_be_visible()
        await reply(page, "다시 확인해 볼게요.")
        await page.locator(".talk-acts .is-good").click()
        await expect(page.locator(".standing.is-assistant")).to_be_visible()
        answer = await shopper.say("네 해결됐어요")
        assert answer["served_by"] == "assistant"


async def test_above_the_limit_a_manager_says_yes_in_one_press(
    window: Window, live_shop: str, staff_password: str, shop_folder: Path
) -> None:
    shopper = await Shopper.open(live_shop, customer=signed(shop_folder, "jihoon.kim@example.com"))
    await shopper.say("배송이 두 번이나 늦었어요")
    async with window() as agent, window() as manager:
        await sign_in(manager, staff_password, MANAGER, to="/console/approvals")
        await sign_in(agent, staff_password, AGENT)
        await see(agent, shopper.id)
        await own(agent)
        await agent.locator(".talk-acts .is-wide").nth(1).click()
        await agent.locator("dialog button").filter(has_text="사과 포인트 지급").click()
        await agent.locator("dialog input[type=number]").fill("60000")
        await agent.locator("dialog input[type=text]").fill("배송이 두 번 늦었어요")
        await agent.locator("dialog button[type=submit]").click()
        await expect(agent.locator("dialog .outcome.is-waiting")).to_be_visible()
        asked = manager.locator(".approval").filter(has_text="배송이 두 번 늦었어요").first
        await expect(asked).to_contain_text("60,000")
        await asked.locator(".is-good").click()
        await expect(manager.locator(".toast").filter(has_text="승인했어요")).to_be_visible()
        await manager.locator(".segmented button").nth(1).click()
        await expect(manager.locator(".approval .outcome").first).to_contain_text("승인")


async def test_a_question_nobody_had_answered_is_answered_for_the_next_shopper(
    window: Window, live_shop: str, staff_password: str
) -> None:
    question = "각인 서비스 되나요?"
    first = await Shopper.open(live_shop)
    await first.say(question)
    async with window() as page:
        await sign_in(page, staff_password, EDITOR, to="/console/knowledge/gaps")
        gap = page.locator(".is-gaps li").filter(has_text=question)
        await gap.get_by_role("button", name="답 적기").click()
        await page.get_by_label("답", exact=True).fill(
            "텀블러 각인은 무료로 해 드려요. 주문 메모에 문구를 적어 주세요."
        )
        await page.locator("dialog button[type=submit]").click()
        await expect(page.locator(".toast").filter(has_text="답을 올렸어요")).to_be_visible()
    async with window() as page:
        await sign_in(page, staff_password, MANAGER, to="/console/knowledge/answers")
        card = page.locator(".sheet-card").filter(has_text=question)
        await card.locator(".is-good").click()
        await expect(page.locator(".toast").filter(has_text="승인했어요")).to_be_visible()
        await expect(card).to_have_count(0)
        said: dict[str, object] = {}
        for _ in range(10):
            said = await (await Shopper.open(live_shop)).say(question)
            if "무료로 해" in str(said):
                break
            await page.wait_for_timeout(500)
        assert "무료로 해" in str(said)
        assert "sources" in str(said)
        await page.locator(".folded-list summary").click()
        given = page.locator(".folded-list li").filter(has_text=question)
        await given.locator("button").click()  # taken back, the question waits again
        await expect(given).to_have_count(0)
