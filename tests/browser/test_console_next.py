"""The next that waits is taken with one press or one key, and an approval says whom it is for."""

from __future__ import annotations

import re
from pathlib import Path

from conftest import Window
from crowd import signed
from desk import AGENT, MANAGER, Shopper, everybody_away, own, see, sign_in
from playwright.async_api import expect
from test_console_refunding import _orders


async def test_the_next_is_taken_by_key_and_its_approval_names_the_customer(
    window: Window, live_shop: str, staff_password: str, shop_folder: Path
) -> None:
    email = _orders(shop_folder)[4]["Email"]
    shopper = await Shopper.open(live_shop, customer=signed(shop_folder, email))
    async with window(width=1500) as agent, window() as manager:
        await everybody_away(window, staff_password)
        await sign_in(agent, staff_password, AGENT)
        await agent.locator("button:has(.me-name)").click()
        await agent.locator(".menu button").filter(has_text="자리 비움").click()
        await expect(agent.locator(".me-name small")).to_have_text("자리 비움")
        await shopper.say("상담원 연결해 주세요")
        await agent.goto("/console/inbox/unassigned")
        await expect(agent.locator(f'[data-thread="{shopper.id}"]')).to_be_visible()
        await expect(agent.locator(".take-next")).to_be_visible()
        name = await agent.locator(f'[data-thread="{shopper.id}"] strong').first.inner_text()
        await agent.keyboard.press("w")
        await expect(agent).to_have_url(re.compile("/console/inbox/mine/"))
        await expect(agent.locator(".standing.is-mine")).to_be_visible()
        await see(agent, shopper.id)
        await own(agent)
        await agent.locator(".gifts").get_by_role("button", name="쿠폰·포인트 주기").click()
        dialog = agent.locator("dialog[open]")
        await dialog.locator("input[inputmode=decimal]").fill("71,000")
        await dialog.locator("input[maxlength]").fill("사과")
        await dialog.locator("button[type=submit]").click()
        await expect(dialog.locator(".outcome.is-waiting")).to_be_visible()
        await sign_in(manager, staff_password, MANAGER, to="/console/approvals")
        asked = manager.locator(".approval").filter(has_text="71,000").first
        await expect(asked.locator(".pairs dd").first).to_contain_text(name)


async def test_taking_the_next_twice_in_one_moment_takes_one(
    window: Window, live_shop: str, staff_password: str
) -> None:
    first, second = await Shopper.open(live_shop), await Shopper.open(live_shop)
    async with window(width=1500) as agent:
        await everybody_away(window, staff_password)
        await sign_in(agent, staff_password, AGENT, to="/console/inbox/unassigned")
        await agent.locator("button:has(.me-name)").click()
        await agent.locator(".menu button").filter(has_text="자리 비움").click()
        await expect(agent.locator(".me-name small")).to_have_text("자리 비움")
        for shopper in (first, second):
            await shopper.say("상담원 연결해 주세요")
            await expect(agent.locator(f'[data-thread="{shopper.id}"]')).to_be_visible()
        taken: list[str] = []
        agent.on(
            "response",
            lambda answer: taken.append(answer.url) if answer.url.endswith("/inbox/next") else None,
        )
        await agent.locator(".take-next").evaluate("(button) => { button.click(); button.click(); }")
        await expect(agent).to_have_url(re.compile("/console/inbox/mine/"))
        await expect(agent.locator(".standing.is-mine")).to_be_visible()
        await agent.goto("/console/inbox/unassigned")
        await expect(agent.locator(f'[data-thread="{second.id}"]')).to_be_visible()
        assert len(taken) == 1
