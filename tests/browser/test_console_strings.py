"""Nothing written anywhere runs in the rooms beside the inbox: settings, rules, sample, models, replies, translations, files."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

from conftest import Window
from crowd import signed
from desk import TALK, Shopper, greeting, own, see, sign_in, until
from playwright.async_api import Page, Route, expect
from talking import open_chat
from test_browser_attachments import png
from test_console_safety import NASTY, _unharmed

SCRIPT = '<img src=x onerror="window.pwned=1">'


async def _api(page: Page, method: str, path: str, body: Any = None) -> Any:
    """A request of the console's own page."""
    session = await (await page.request.get("/api/staff/session")).json()
    headers = {"X-CSRF-Token": session["csrf"]}
    answer = await page.request.fetch(f"/api/staff{path}", method=method, data=body, headers=headers)
    assert answer.ok, await answer.text()
    return await answer.json() if await answer.body() else None


async def _greets_with(address: str, words: str) -> bool:
    return words in await greeting(address)


async def _answers(page: Page, path: str, body: Any) -> None:
    """Let a door of the server answer this: what stands in its data is what is looked at, not how it came there."""

    async def answer(route: Route) -> None:
        await route.fulfill(status=200, content_type="application/json", body=json.dumps(body))

    await page.route(path, answer)


async def test_settings_rules_and_prepared_replies_are_text(
    window: Window, live_shop: str, staff_password: str
) -> None:
    async with window() as page:
        await sign_in(page, staff_password)
        manner = await _api(page, "GET", "/assistant")
        desk = await _api(page, "GET", "/settings")
        reply = {"shortcut": "<b>x", "title": SCRIPT, "texts": {"ko": "\n".join(NASTY)}}
        made = await _api(page, "POST", "/replies", reply)
        try:
            hostile = {
                **manner,
                "greeting": {"ko": SCRIPT, "en": NASTY[0]},
                "instructions": [{"text": NASTY[2]}],
                "banned_claims": [{"words": NASTY[4]}],
            }
            await _api(page, "PUT", "/assistant", hostile)
            rules = [{"reason": '"><svg onload=pwned=1>', "words": list(NASTY), "team": "<script>"}]
            await _api(page, "PUT", "/settings", {**desk, "rules": rules, "teams": ["<script>pwned=1"]})
            await page.goto("/console/settings/assistant")
            await page.locator(".dialog-acts button.button").first.click()
            await expect(page.locator(".preview")).to_contain_text("<img src=x")
            await _unharmed(page)
            await page.goto("/console/settings/rules")
            await page.locator(".try-rules textarea").fill("\n".join(NASTY))
            await page.locator(".try-rules button[type=submit]").click()
            await expect(page.locator(".tried-rules")).to_contain_text("<script>")
            await expect(page.locator(".is-rules")).to_contain_text("onload=pwned")
            await _unharmed(page)
            for room in ("replies", "audit", "settings/service"):
                await page.goto(f"/console/{room}")
                await expect(page.locator(".loading")).to_have_count(0)
                await _unharmed(page)
            async with window() as shop:
                await until(lambda: _greets_with(live_shop, "<img src=x"))
                await shop.goto("/")
                await open_chat(shop)
                await expect(shop.locator(".panel .from-assistant").first).to_contain_text("<img src=x")
                assert await shop.evaluate("window.pwned") is None
        finally:
            await _api(page, "PUT", "/assistant", manner)
            await _api(page, "PUT", "/settings", desk)
            await _api(page, "DELETE", f"/replies/{made['id']}")


async def test_names_files_and_translations_in_a_conversation_are_text(
    window: Window, live_shop: str, staff_password: str, shop_folder: Path
) -> None:
    shopper = await Shopper.open(live_shop, "en", signed(shop_folder, "jihoon.kim@example.com", SCRIPT))
    await shopper.say(NASTY[0])
    async with window(locale="ko-KR") as page:
        await sign_in(page, staff_password)
        await _answers(
            page,
            "**/translations",
            {"items": [{"text": SCRIPT, "by": "<script>", "why": ""} for _ in range(20)]},
        )
        await _answers(
            page,
            "**/suggestions",
            {"items": [{"id": "x", "text": SCRIPT, "from": "article", "sources": [
                {"title": SCRIPT, "article": "<b>", "url": "javascript:window.pwned=1"}]}]},
        )  # fmt: skip
        await see(page, shopper.id)
        await page.locator(".translate-bar button").first.click()
        await expect(page.locator(TALK)).to_contain_text("<img src=x onerror")
        await own(page)
        name = '"><img src=x onerror=pwned=1>.png'
        picker = page.locator(".composer input[type=file]")
        await picker.set_input_files({"name": name, "mimeType": "image/png", "buffer": png()})
        await expect(page.locator(".file-chips")).to_contain_text("onerror")
        await page.locator(".talk-log").click()
        await page.keyboard.press("s")
        await expect(page.locator(".talk")).to_contain_text("<img src=x")
        await _unharmed(page)


async def test_products_orders_and_the_cart_beside_a_conversation_are_text(
    window: Window, live_shop: str, staff_password: str
) -> None:
    shopper = await Shopper.open(live_shop)
    await shopper.say("안녕하세요")
    told = await asyncio.to_thread(_cart, live_shop, shopper)
    for line in told["cart"]["lines"]:
        line |= {"title": SCRIPT, "options": {"<b>": NASTY[1]}, "url": "javascript:window.pwned=1"}
    async with window(width=1500) as page:
        await sign_in(page, staff_password)
        await _answers(page, "**/sidebar", told)
        await see(page, shopper.id)
        await expect(page.locator(".customer")).to_contain_text("<img src=x")
        await _unharmed(page)


def _cart(address: str, shopper: Shopper) -> dict[str, Any]:
    money = {"amount": 1000, "currency": "KRW", "display": "<b>1,000원</b>"}
    line = {
        "line": "1",
        "product": "x",
        "sku": "x",
        "quantity": 1,
        "unit_price": money,
        "total": money,
        "image": "",
    }
    cart = {"kind": "cart", "id": "cart", "lines": [line], "subtotal": money, "discounts": [], "total": money}
    return {
        "customer": {"id": 1, "name": SCRIPT, "email": NASTY[2], "tier": NASTY[0]},
        "cart": cart,
        "orders": [],
        "returns": [],
        "points": None,
        "consents": [
            {"purpose": SCRIPT, "channel": "<b>", "given": "2026-01-01T00:00:00+00:00", "withdrawn": None}
        ],
        "contact": {"email": SCRIPT, "phone": '"><svg onload=pwned=1>', "purpose": "call_back"},
        "past": [],
        "coupons": [{"code": SCRIPT, "amount": money, "ends": "2027-01-01", "state": "open"}],
        "may_give": money,
    }


async def test_the_sample_the_gaps_and_the_models_room_are_text(
    window: Window, live_shop: str, staff_password: str
) -> None:
    at = "2026-01-01T00:00:00+00:00"
    async with window() as page:
        await sign_in(page, staff_password)
        found = {
            "**/learning/sample*": {"items": [{"conversation_id": "c", "seq": 1, "text": SCRIPT, "at": at, "language": "ko",
                "intents": [NASTY[0]]}]},
            "**/learning/gaps*": {"items": [{"id": 1, "question": SCRIPT, "kind": "<b>", "count": 3, "language": "<i>",
                "product": NASTY[1], "first_asked": at, "last_asked": at}]},
            "**/api/staff/models/blocks*": {"items": [{"at": at, "conversation": "c", "turn": 1, "why": SCRIPT, "text": NASTY[0]}]},
            "**/api/staff/models/costs*": {"items": [{"day": "2026-01-01", "model": SCRIPT, "asked": 1, "tokens": 1, "dollars": 1.0,
                "a_conversation": None, "a_resolution": None}]},
        }  # fmt: skip
        for path, body in found.items():
            await _answers(page, path, body)
        for room in ("knowledge/sample", "knowledge/gaps", "models/blocks", "models/costs", "models"):
            await page.goto(f"/console/{room}")
            await expect(page.locator(".loading")).to_have_count(0)
            await page.wait_for_timeout(300)
            await _unharmed(page)
