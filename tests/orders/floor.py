"""A few goods on the shelf and a shopper at the counter, for the tests of orders and payments."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg

from dangol.carts import api as carts
from dangol.catalog import api as catalog
from dangol.contracts.shopfloor.orders import CheckoutView, GiveContact, PlaceOrder, StartCheckout
from dangol.contracts.shopfloor.people import AddressView
from dangol.kernel.shop import Shop
from dangol.kernel.tools import ToolContext
from dangol.orders import records, tools
from dangol.orders.model import CheckoutRow

SEOUL = AddressView(
    country="KR",
    postcode="06236",
    region="서울",
    city="강남구",
    street="테헤란로 123",
    detail="4층",
    recipient="김단골",
    phone="010-1234-5678",
    lines="서울 강남구 테헤란로 123, 4층",
)
SHOE, SOCK = "SHOE-BLK-270", "SOCK-GRY"


async def put_on_shelf(
    conn: psycopg.AsyncConnection[Any],
    shop: Shop,
    folder: Path,
    now: datetime,
    stock: Mapping[str, int] | None = None,
) -> None:
    """A shoe in three sizes for 89,000 and socks for 6,500, with so many in stock."""
    left = {SHOE: 5, "SHOE-BLK-280": 1, "SHOE-WHT-270": 0, SOCK: 50} | dict(stock or {})
    goods = {
        "products": [
            {
                "handle": "trail-shoe",
                "status": "active",
                "category": {"ko": "운동화", "en": "Sneakers"},
                "title": {"ko": "트레일 러닝화", "en": "Trail runner"},
                "options": [
                    {
                        "name": {"ko": "색상", "en": "Color"},
                        "values": [{"ko": "블랙", "en": "Black"}, {"ko": "화이트", "en": "White"}],
                    },
                    {"name": {"ko": "사이즈", "en": "Size"}, "values": ["270", "280"]},
                ],
                "variants": [
                    {"sku": SHOE, "options": ["블랙", "270"], "price": 89000, "stock": left[SHOE]},
                    {
                        "sku": "SHOE-BLK-280",
                        "options": ["블랙", "280"],
                        "price": 89000,
                        "stock": left["SHOE-BLK-280"],
                    },
                    {
                        "sku": "SHOE-WHT-270",
                        "options": ["화이트", "270"],
                        "price": 89000,
                        "stock": left["SHOE-WHT-270"],
                    },
                ],
            },
            {
                "handle": "wool-socks",
                "status": "active",
                "category": {"ko": "양말", "en": "Socks"},
                "title": {"ko": "울 양말", "en": "Wool socks"},
                "options": [
                    {"name": {"ko": "색상", "en": "Color"}, "values": [{"ko": "그레이", "en": "Grey"}]}
                ],
                "variants": [{"sku": SOCK, "options": ["그레이"], "price": 6500, "stock": left[SOCK]}],
            },
        ]
    }
    file = folder / "goods.json"
    file.write_text(json.dumps(goods, ensure_ascii=False))
    report = await catalog.import_products(conn, shop, file, "json", now, media=folder / "media")
    assert not report.refused, report
    await catalog.store_shop(conn, json.loads(shop.model_dump_json(by_alias=True)))


async def ready_to_order(ctx: ToolContext, wanted: Mapping[str, int], contact: bool = True) -> CheckoutView:
    """Put things in the cart and give contact and address."""
    for sku, quantity in wanted.items():
        await carts.add(ctx.conn, ctx.shop, ctx.shopper, sku, quantity, ctx.language, ctx.now)
    if contact:
        given = GiveContact(name="김단골", email="dangol@example.com", phone="010-1234-5678")
        await tools.give_contact(ctx, given)
        row = await records.checkout_of(ctx.conn, ctx.shopper.key)
        filled = CheckoutRow(**{**row.__dict__, "address": SEOUL.model_dump()})
        await records.put_checkout(ctx.conn, filled, ctx.now)
    return await tools.start_checkout(ctx, StartCheckout())


async def placed(ctx: ToolContext, wanted: Mapping[str, int]) -> str:
    """Order; returns the number."""
    view = await ready_to_order(ctx, wanted)
    done = await tools.place_order(ctx, PlaceOrder(total=view.cart.total))
    assert done.order
    return done.order


def as_guest(ctx: ToolContext, *numbers: str) -> ToolContext:
    """The same shopper, who has shown that these orders are theirs."""
    return replace(ctx, shopper=replace(ctx.shopper, role="guest", orders=frozenset(numbers)))


async def stock_of(conn: psycopg.AsyncConnection[Any], sku: str) -> tuple[int, int]:
    """What can be sold now, and what is held."""
    row = await (
        await conn.execute(
            "select stock, (select coalesce(sum(quantity), 0) from stock_holds where sku = %(sku)s)"
            " from variants where sku = %(sku)s",
            {"sku": sku},
        )
    ).fetchone()
    assert row is not None
    return int(row[0]), int(row[1])
