"""The gateway's page and the shop's own doors for payments, as browsers and vendors use them."""

from __future__ import annotations

import re

import httpx
import pytest
from orders.floor import SHOE, SOCK, placed
from payments.till import Till


async def test_the_shopper_pays_on_the_page_and_comes_back_to_the_order(till: Till) -> None:
    number = await placed(till.ctx, {SHOE: 1})
    opened = await till.open(number)
    async with httpx.AsyncClient(trust_env=False, verify=False) as browser:
        page = await browser.get(opened.url)
        assert 'lang="ko"' in page.text
        assert "실제 돈은 움직이지 않아요" in page.text
        assert re.findall(r'name="card" value="(\w+)"', page.text)
        step = await browser.post(opened.url, data={"card": "step_up", "do": "pay"})
        assert step.status_code == 303
        code = step.headers["location"]
        assert "123456" in (await browser.get(code)).text
        wrong = await browser.post(code, data={"code": "000000", "do": "confirm"})
        assert 'role="alert"' in (await browser.get(wrong.headers["location"])).text
        assert (await till.check(number)).state == "open"
        through = await browser.post(code, data={"code": "123456", "do": "confirm"})
        assert through.headers["location"].startswith(f"{till.url}/api/payments/return/pay_")
        back = await browser.get(through.headers["location"])
        assert back.status_code == 303
        target = httpx.URL(back.headers["location"])
        assert target.path == f"/orders/{number}"
        assert target.params["conversation"] == "c_test"
        token = target.params["token"]
        order = await browser.get(f"{till.url}/api/store/orders/{number}", params={"token": token})
        assert order.status_code == 200
        block = order.json()
        assert (block["kind"], block["order"], block["status"]) == ("order", number, "paid")
        assert block["total"] == {"amount": 89_000, "currency": "KRW", "display": "89,000원"}
        for bad in ("wrong", token[:-1]):
            refused = await browser.get(f"{till.url}/api/store/orders/{number}", params={"token": bad})
            assert refused.status_code == 404
        done = await browser.get(opened.url)
        assert "결제가 끝났어요" in done.text
    row = await (await till.conn.execute("select token_hash from order_tokens")).fetchone()
    assert row is not None
    assert row[0] != token


@pytest.mark.parametrize(
    ("card", "state", "reason"),
    [("declined_funds", "declined", "insufficient_funds"), ("declined_expired", "declined", "expired_card")],
)
async def test_declines_on_the_page(till: Till, card: str, state: str, reason: str) -> None:
    number = await placed(till.ctx, {SOCK: 1})
    opened = await till.open(number)
    async with httpx.AsyncClient(trust_env=False, verify=False) as browser:
        back = await browser.post(opened.url, data={"card": card, "do": "pay"})
        assert (await browser.get(back.headers["location"])).status_code == 303
    view = await till.check(number)
    assert (view.state, view.reason) == (state, reason)


async def test_leaving_the_page_and_three_wrong_codes(till: Till) -> None:
    number = await placed(till.ctx, {SOCK: 1})
    async with httpx.AsyncClient(trust_env=False, verify=False) as browser:
        opened = await till.open(number)
        await browser.post(opened.url, data={"do": "cancel"})
        assert (await till.check(number)).state == "abandoned"
        opened = await till.open(number)
        await browser.post(opened.url, data={"card": "step_up", "do": "pay"})
        for _ in range(3):
            await browser.post(f"{opened.url}/code", data={"code": "1", "do": "confirm"})
    view = await till.check(number)
    assert (view.state, view.reason) == ("declined", "step_up_failed")


async def test_webhooks_that_are_forged_or_senseless_are_refused_at_the_door(till: Till) -> None:
    async with httpx.AsyncClient(trust_env=False, verify=False) as client:
        hook = f"{till.url}/api/payments/webhooks/sample"
        assert (await client.post(hook, content=b"{}")).status_code == 401
        forged = {"sample-signature": "t=1,v1=" + "0" * 64}
        assert (await client.post(hook, content=b"{}", headers=forged)).status_code == 401
        assert (await client.post(hook, content=b"x" * 300_000)).status_code == 413
        assert (await client.post(f"{till.url}/api/payments/webhooks/nobody", content=b"")).status_code == 404
        assert (await client.get(f"{till.url}/api/payments/return/pay_nobody")).status_code == 404
    row = await (await till.conn.execute("select count(*) from payment_events")).fetchone()
    assert row == (0,)
