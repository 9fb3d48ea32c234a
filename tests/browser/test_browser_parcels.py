"""An order on the card in the chat and on its own page: the newest scan of each parcel, and what was given back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from back_room import back_room, sample_order
from conftest import Window
from crowd import signed
from playwright.async_api import Page, expect
from talking import open_chat, say

from dangol.orders import api as orders

PHONE = {"width": 390, "height": 800}
FIRST, SECOND = "640000000001", "640000000002"


class Sent(NamedTuple):
    """An order in two parcels, whose it is and what opens its page."""

    number: str
    email: str
    token: str


async def two_parcels(folder: Path) -> Sent:
    """Hand over an order in two parcels, scanned at three places each; the last scan of the second comes out of order."""
    order = sample_order(folder, "paid", "in_progress")
    paid, now = datetime.fromisoformat(order["Paid at"]), datetime.now(UTC)
    scans = [
        (FIRST, "at_pickup", "이천센터", 10, False),
        (FIRST, "in_transit", "옥천허브", 30, False),
        (FIRST, "out_for_delivery", "강남대리점", 60, False),
        (SECOND, "at_pickup", "곤지암센터", 20, True),
        (SECOND, "in_transit", "대전허브", 50, True),
        (SECOND, "in_transit", "청원허브", 40, True),
    ]
    async with back_room(folder) as conn:
        for number, status, place, minutes, last in scans:
            await orders.record_shipment(
                conn, order["Name"], carrier="kr.cjlogistics", tracking_no=number, status=status,  # type: ignore[arg-type]
                at=paid + timedelta(minutes=minutes), now=now, place=place, last=last,
            )  # fmt: skip
        token = await orders.new_token(conn, order["Name"], now)
    return Sent(order["Name"], order["Email"], token)


@asynccontextmanager
async def signed_in(
    window: Window, folder: Path, email: str, language: str, theme: str
) -> AsyncIterator[Page]:
    """A page of the shop's own on which the chat knows who looks at it."""
    async with window(**PHONE, locale="ko-KR" if language == "ko" else "en-US", theme=theme) as page:
        tag = f'<script src="/widget.js" data-customer-token="{signed(folder, email)}" data-lang="{language}"></script>'
        body = (
            f'<!doctype html><html lang="{language}"><meta name="viewport" content="width=device-width">{tag}'
        )
        await page.route("**/my-page", lambda route: route.fulfill(content_type="text/html", body=body))
        await page.goto("/my-page")
        yield page


@pytest.mark.parametrize(
    ("language", "asked", "out", "moving"),
    [
        ("ko", "주문 {} 어디쯤 왔어요?", "배달 출발", "이동 중"),
        ("en", "where is my order {}?", "Out for delivery", "In transit"),
    ],
)
async def test_the_newest_scan_of_each_parcel_is_seen_on_the_card_and_on_the_page(
    window: Window, shop_folder: Path, live_shop: str, language: str, asked: str, out: str, moving: str
) -> None:
    sent = await two_parcels(shop_folder)
    async with signed_in(window, shop_folder, sent.email, language, "light") as page:
        await open_chat(page)
        told = await say(page, asked.format(sent.number))
        parcels = told.locator(".card .parcel")
        await expect(parcels).to_have_count(2)
        for parcel, number, place, status in (
            (parcels.nth(0), FIRST, "강남대리점", out),
            (parcels.nth(1), SECOND, "대전허브", moving),
        ):
            await expect(parcel).to_contain_text(number)
            await expect(parcel).to_contain_text(place)
            await expect(parcel).to_contain_text(status)
        for older in ("이천센터", "옥천허브", "곤지암센터", "청원허브"):
            await expect(parcels.filter(has_text=older)).to_have_count(0)

        await page.goto(f"/orders/{sent.number}?token={sent.token}")
        parcels = page.locator(".order-page .parcel")
        await expect(parcels).to_have_count(2)
        for parcel, places in (
            (parcels.nth(0), ("강남대리점", "옥천허브", "이천센터")),
            (parcels.nth(1), ("대전허브", "청원허브", "곤지암센터")),
        ):
            await expect(parcel.locator("li")).to_have_count(len(places))
            for scan, place in enumerate(places):
                await expect(parcel.locator("li").nth(scan)).to_contain_text(place)
        await expect(parcels.nth(0).locator("h2")).to_contain_text(out)
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    ("language", "asked", "delivered", "arrives", "refunded"),
    [
        ("ko", "주문 {} 보여줘", "배달 완료", "도착 예정", "돌려드린 금액"),
        ("en", "show my order {}", "Delivered", "Arrives", "Refunded"),
    ],
)
async def test_what_has_arrived_and_what_was_given_back_stand_on_the_card_and_on_the_page(
    window: Window, shop_folder: Path, language: str, asked: str, delivered: str, arrives: str, refunded: str
) -> None:
    order = sample_order(shop_folder, "partially_refunded", "fulfilled")
    back = f"{int(order['Refunded Amount']):,}"
    async with back_room(shop_folder) as conn:
        token = await orders.new_token(conn, order["Name"], datetime.now(UTC))
    async with signed_in(window, shop_folder, order["Email"], language, "dark") as page:
        await open_chat(page)
        told = await say(page, asked.format(order["Name"]))
        card = told.locator(".card").filter(has=page.locator(".parcel"))
        await expect(card.locator(".sums > div").filter(has_text=refunded)).to_contain_text(back)
        await expect(card.locator(".parcel")).to_contain_text(delivered)
        await expect(card.locator(".parcel")).not_to_contain_text(arrives)

        await page.goto(f"/orders/{order['Name']}?token={token}")
        await expect(page.locator(".sum-box dl > div").filter(has_text=refunded)).to_contain_text(back)
        await expect(page.locator(".order-page .parcel h2")).to_have_text(delivered)
