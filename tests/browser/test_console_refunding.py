"""Money from the sidebar: a refund filled in line by line, a manager's yes above the limit, returns decided on the spot."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from conftest import Window
from crowd import signed
from desk import AGENT, MANAGER, Shopper, own, see, sign_in
from playwright.async_api import Page, expect


def _orders(folder: Path) -> list[dict[str, str]]:
    with (folder / "demo" / "orders.csv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["Email"] and row["Name"]]


def _to_refund(folder: Path, dearest: int) -> dict[str, str]:
    """A paid order that nothing has gone back of, of a customer with no other of that day."""
    found = [
        row
        for row in _orders(folder)
        if row["Financial Status"] == "paid" and not row["Cancelled at"] and int(row["Total"]) >= dearest
    ]
    return found[-1]


async def _api(page: Page, path: str, body: Any) -> Any:
    """A request of the console's own page."""
    session = await (await page.request.get("/api/staff/session")).json()
    headers = {"X-CSRF-Token": session["csrf"]}
    answer = await page.request.post(f"/api/staff{path}", data=body, headers=headers)
    assert answer.ok, await answer.text()
    return await answer.json()


async def test_a_refund_is_filled_in_and_above_the_limit_a_manager_says_yes(
    window: Window, live_shop: str, staff_password: str, shop_folder: Path
) -> None:
    order = _to_refund(shop_folder, 60_000)
    shopper = await Shopper.open(live_shop, customer=signed(shop_folder, order["Email"]))
    await shopper.say("밑창이 벌어졌는데 그냥 신을게요. 조금 환불해 주실 수 있나요?")
    async with window(width=1500) as agent, window() as manager:
        await sign_in(agent, staff_password, AGENT)
        await see(agent, shopper.id)
        await own(agent)
        part = agent.locator(".folded").filter(has_text=order["Name"])
        if await part.get_attribute("open") is None:
            await part.locator("summary").click()
        await part.locator(".refund-this").click()
        dialog = agent.locator("dialog[open]")
        await dialog.locator(".refund-lines input").first.check()
        amount = dialog.locator("input[inputmode=decimal]")
        prefilled = await amount.input_value()
        assert prefilled.isdigit()
        await dialog.locator("button[type=submit]").click()
        await expect(dialog.locator("[role=alert]")).to_contain_text("이유를 적어 주세요")
        await amount.fill("99999999")
        await dialog.locator("input[maxlength]").fill("밑창이 벌어짐 <b>x</b>")
        await dialog.locator("button[type=submit]").click()
        await expect(dialog.locator("[role=alert]")).to_contain_text("까지 돌려드릴 수 있어요")
        await amount.fill("51000")
        await expect(dialog.locator(".outcome.is-waiting")).to_contain_text("승인을 요청")
        await dialog.locator("button[type=submit]").click()
        await expect(dialog.locator(".outcome.is-waiting")).to_be_visible()
        await sign_in(manager, staff_password, MANAGER, to="/console/approvals")
        asked = manager.locator(".approval").filter(has_text="밑창이 벌어짐").first
        await expect(asked).to_contain_text("51,000")
        await asked.locator(".is-good").click()
        await expect(manager.locator(".toast").filter(has_text="승인했어요")).to_be_visible()
        await agent.reload()
        await expect(agent.locator(".folded").filter(has_text=order["Name"])).to_contain_text(
            "돌려드린 금액51,000원"
        )


async def test_a_return_is_refused_or_taken_in_beside_the_conversation(
    window: Window, live_shop: str, staff_password: str, shop_folder: Path
) -> None:
    rows = _orders(shop_folder)
    newest = max((row for row in rows if row["Delivered at"]), key=lambda row: row["Delivered at"])
    shopper = await Shopper.open(live_shop, customer=signed(shop_folder, newest["Email"]))
    await shopper.say("받은 상품이 찢어져 있어요")
    async with window(width=1500) as page:
        await sign_in(page, staff_password, MANAGER)
        await see(page, shopper.id)
        await own(page)
        acts = f"/conversations/{shopper.id}/actions"
        wished = {"order": newest["Name"], "reason": "defect", "kind": "return"}
        offer = (await _api(page, acts, {"id": "look", "tool": "check_return", "args": wished}))["result"]
        terms = {name: offer[name] for name in ("refund", "due", "return_fee", "points")}
        made = await _api(
            page, acts, {"id": "start", "tool": "start_return", "args": {"request": wished, **terms}}
        )
        assert made["outcome"] == "done", made
        await page.reload()
        card = page.locator(".return-card").filter(has_text=made["result"]["number"])
        await expect(card).to_be_visible()
        await card.locator("button").filter(has_text="입고 확인").click()
        await expect(page.locator("dialog input[type=number]").first).to_be_visible()
        await page.locator("dialog button[type=submit]").click()
        await expect(page.locator(".toast").filter(has_text="입고를 확인했어요")).to_be_visible()
        await expect(card.locator("button").filter(has_text="입고 확인")).to_have_count(0)
