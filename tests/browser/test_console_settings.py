"""What the shop says first is set in the console; figures count the shop's own days, wherever one looks from."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from conftest import Window
from desk import AGENT, MANAGER, sign_in
from playwright.async_api import Page, expect

WHERE = "/console/settings/outreach"


async def _save(page: Page) -> None:
    await page.locator("form.sheet-card button[type=submit]").click()


async def test_what_is_said_first_is_set_checked_and_taken_back(
    window: Window, live_shop: str, staff_password: str
) -> None:
    async with window() as page:
        await sign_in(page, staff_password, MANAGER, to=WHERE)
        share, days = page.get_by_label("이 확률부터 알리기(%)"), page.get_by_label("배송 완료 후 며칠 뒤")
        await expect(page.locator("form.sheet-card")).to_contain_text("기본 50%")
        before = await share.input_value()
        await share.fill("0")
        await days.fill("")
        await _save(page)
        for field, told in ((share, "1부터 100까지"), (days, "1부터 60까지")):
            await expect(field).to_have_attribute("aria-invalid", "true")
            beside = await field.get_attribute("aria-describedby")
            assert beside is not None
            await expect(page.locator(f"[id='{beside.split()[-1]}']")).to_contain_text(told)
        await share.fill("35")
        await page.get_by_label("관리 방법 안내하기").uncheck()
        await _save(page)
        await expect(page.locator(".toast").filter(has_text="저장")).to_be_visible()
        await expect(page.locator(".last-change")).to_contain_text("박하늘")
        await expect(page.locator(".last-change")).to_contain_text("관리 방법 안내")
        await page.reload()
        await expect(share).to_have_value("35")
        await expect(days).to_have_count(0)
        await page.goto("/console/audit")
        entry = page.locator(".audit li").filter(has_text="먼저 챙기기 설정 변경").first
        await expect(entry).to_contain_text("관리 방법 안내: 3 → –")
        await page.goto(WHERE)
        await page.locator(".last-change button").click()
        await expect(share).to_have_value(before)
        await expect(days).to_have_value("3")


async def test_the_way_to_these_settings_is_open_to_who_may_change_them(
    window: Window, live_shop: str, staff_password: str
) -> None:
    async with window(locale="en-US") as manager, window(locale="en-US") as agent:
        await sign_in(manager, staff_password, MANAGER, to="/console/outreach")
        await manager.locator(".sheet-acts a").click()
        await expect(manager.get_by_label("Advertising to one customer, at most a week")).to_have_value("2")
        await sign_in(agent, staff_password, AGENT, to="/console/outreach")
        await expect(agent.locator("h1")).to_have_text("Reaching out")
        await expect(agent.locator(".sheet-acts a")).to_have_count(0)


@pytest.mark.parametrize(("room", "days"), [("metrics", 14), ("outreach", 30)])
@pytest.mark.parametrize(
    ("zone", "now", "newest"),
    [
        ("America/Los_Angeles", datetime(2026, 3, 8, 20, 30, tzinfo=UTC), date(2026, 3, 9)),
        ("Pacific/Auckland", datetime(2026, 3, 8, 14, 30, tzinfo=UTC), date(2026, 3, 8)),
    ],
)
async def test_a_period_ends_with_the_shops_day(
    window: Window,
    live_shop: str,
    staff_password: str,
    room: str,
    days: int,
    zone: str,
    now: datetime,
    newest: date,
) -> None:
    """The shop stands in Seoul; in one of these places it is still the day before, in the other the day after."""
    async with window(zone=zone) as page:
        await page.clock.set_fixed_time(now)
        await sign_in(page, staff_password, MANAGER, to=f"/console/{room}")
        ends = page.locator(".metrics-tools input[type=date]")
        await expect(ends.last).to_have_value(newest.isoformat())
        await expect(ends.first).to_have_value((newest - timedelta(days=days - 1)).isoformat())


async def test_the_limits_of_models_are_set_checked_and_taken_back(
    window: Window, live_shop: str, staff_password: str
) -> None:
    async with window() as page:
        await sign_in(page, staff_password, MANAGER, to="/console/models/limits")
        parts = page.locator("fieldset.limits")
        await expect(parts).to_have_count(3)
        steps, dollars = parts.nth(0).get_by_label("묻는 횟수"), parts.nth(2).get_by_label("비용 (US$)")
        await expect(dollars).to_have_value("10")
        await steps.fill("")
        await dollars.fill("-2")
        await _save(page)
        for field, told in ((steps, "꼭 있어야"), (dollars, "0 이상")):
            await expect(field).to_have_attribute("aria-invalid", "true")
            await expect(field.locator("xpath=..")).to_contain_text(told)
        await steps.fill("9")  # more than a turn may ever have: the server says so, at the field
        await dollars.fill("2.5")
        await _save(page)
        await expect(steps.locator("xpath=..").locator(".failed")).to_be_visible()
        await steps.fill("4")
        await _save(page)
        await expect(page.locator(".last-change")).to_contain_text("하루 비용 한도")
        await page.goto("/console/models")
        await expect(page.locator(".sheet-card").first).to_contain_text("하루 한도 $2.5")
        await page.goto("/console/models/limits")
        await page.locator(".last-change button").click()
        await expect(dollars).to_have_value("10")


@pytest.mark.parametrize(
    ("locale", "told", "tokens"),
    [
        ("ko-KR", "openai_compatible:qwen의 가격을 몰라서", "토큰과 횟수 한도는 그대로"),
        ("en-GB", "No price is known of openai_compatible:qwen", "Limits in tokens and questions hold"),
    ],
)
async def test_that_no_limit_in_money_holds_a_model_without_a_price_is_told(
    window: Window, live_shop: str, staff_password: str, locale: str, told: str, tokens: str
) -> None:
    limits = {"day_cost": "10", "day_tokens": None}
    jobs = [
        {"job": job, "model": f"openai_compatible:{name}", "outside": True, "priced": name == "big"}
        for job, name in (("talk", "qwen"), ("read", "qwen"), ("write", "big"))
    ]
    view = {
        "source": "console", "jobs": jobs, "choice": dict.fromkeys(("model", "talk", "read", "summarise", "translate", "write", "url", "price"), ""),
        "has_key": False, "vendors": [], "audit_days": 30, "tokens_today": 0, "dollars_today": 0, "limits": limits,
    }  # fmt: skip
    async with window(locale=locale) as page:
        await page.route("**/api/staff/models", lambda route: route.fulfill(json=view))
        await sign_in(page, staff_password, MANAGER, to="/console/models")
        notice = page.locator(".notice")
        await expect(notice).to_contain_text(told)
        await expect(notice).not_to_contain_text("big")
        await expect(notice).not_to_contain_text(tokens)
        limits["day_tokens"] = 1000
        await page.reload()
        await expect(notice).to_contain_text(tokens)


async def test_what_a_model_was_not_let_say_is_told_with_each_reason(
    window: Window, live_shop: str, staff_password: str
) -> None:
    text = "이 자켓은 39,000원이고 국내 최고예요."
    rows = [
        {"at": "2026-01-01T00:00:00+00:00", "conversation": "c", "turn": 2, "text": text,
         "why": "price: 39,000원; banned: 국내 최고"},
        {"at": "2026-01-01T00:00:00+00:00", "conversation": "d", "turn": 1, "text": "", "why": "nothing said"},
    ]  # fmt: skip
    async with window() as page:
        await page.route("**/api/staff/models/blocks*", lambda route: route.fulfill(json={"items": rows}))
        await sign_in(page, staff_password, MANAGER, to="/console/models/blocks")
        block = page.locator(".blocks > li")
        await expect(block.nth(0).locator("mark")).to_have_text(["39,000원", "국내 최고"])
        await expect(block.nth(0).locator("p").first).to_have_text(text)
        reasons = await block.nth(0).locator(".reasons li").all_inner_texts()
        assert [each.split(":")[0] for each in reasons] == ["근거 없는 가격", "하지 않기로 한 말"]
        await expect(block.nth(1)).to_contain_text("nothing said")
