"""A coupon from the sidebar: asked for above the limit, given by one click of a manager, used by the shopper's own cart."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
from conftest import Window
from crowd import signed
from desk import AGENT, MANAGER, Shopper, own, see, sign_in
from playwright.async_api import expect
from test_console_refunding import _orders


async def test_a_coupon_is_given_from_the_sidebar_and_above_the_limit_a_manager_says_yes(
    window: Window, live_shop: str, staff_password: str, shop_folder: Path
) -> None:
    email = _orders(shop_folder)[5]["Email"]
    shopper = await Shopper.open(live_shop, customer=signed(shop_folder, email))
    await shopper.say("배송이 너무 늦었어요")
    async with window(width=1500) as agent, window() as manager:
        await sign_in(agent, staff_password, AGENT)
        await see(agent, shopper.id)
        await own(agent)
        part = agent.locator(".gifts")
        await part.get_by_role("button", name="쿠폰·포인트 주기").click()
        dialog = agent.locator("dialog[open]")
        await dialog.locator("button[type=submit]").click()
        await expect(dialog.locator("[role=alert]")).to_contain_text("금액을 확인해 주세요")
        await dialog.locator("input[inputmode=decimal]").fill("70,000")
        await expect(dialog.locator(".outcome.is-waiting")).to_contain_text("한도 50,000원")
        await dialog.locator("select").select_option("90")
        await dialog.locator("input[maxlength]").fill("늦은 배송 <img src=x>")
        await dialog.locator("button[type=submit]").click()
        await expect(dialog.locator(".outcome.is-waiting")).to_be_visible()
        await dialog.get_by_role("button", name="닫기").last.click()
        await sign_in(manager, staff_password, MANAGER, to="/console/approvals")
        asked = manager.locator(".approval").filter(has_text="늦은 배송 <img").first
        await expect(asked).to_contain_text("70,000")
        await asked.locator(".is-good").click()
        await expect(manager.locator(".toast").filter(has_text="승인했어요")).to_be_visible()
        await expect(agent.locator(".talk-log").get_by_text("70,000원 할인 쿠폰")).to_be_visible()
        await agent.reload()
        line = agent.locator(".gifts li")
        await expect(line).to_contain_text("70,000")
        code = await line.locator("code").inner_text()
        assert re.fullmatch(r"YOURS-[2-9A-Z]{9}", code)
        cart = f"{live_shop}/api/chat/conversations/{shopper.id}/cart"
        headers = {"Authorization": f"Bearer {shopper.token}"}
        async with httpx.AsyncClient(headers=headers, trust_env=False) as client:
            used = await client.post(f"{cart}/coupon", json={"code": code})
            stranger = await Shopper.open(live_shop)
            other = await client.post(
                f"{live_shop}/api/chat/conversations/{stranger.id}/cart/coupon",
                json={"code": code},
                headers={"Authorization": f"Bearer {stranger.token}"},
            )
        assert (used.status_code, other.status_code) == (200, 422)
        await line.get_by_role("button", name="회수").click()
        await line.get_by_role("button", name="정말 회수할까요?").click()
        await expect(agent.locator(".toast").filter(has_text="회수했어요")).to_be_visible()
        await expect(agent.locator(".gifts li")).to_have_count(0)
