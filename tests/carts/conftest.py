"""A few goods on the shelf."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from dangol.catalog import api as catalog
from dangol.kernel.shop import Shop


def product(
    handle: str, title: str, price: object, variants: list[tuple[str, list[str], int]], **more: Any
) -> dict:
    """A product of the JSON format: its variants as (sku, options, stock)."""
    options = [
        {"name": {"ko": "사이즈", "en": "Size"}, "values": sorted({o[0] for _, o, _ in variants if o})}
    ]
    return {
        "handle": handle,
        "status": "active",
        "brand": "누리",
        "category": {"ko": "운동화", "en": "Sneakers"},
        "title": {"ko": title, "en": handle},
        "description": {"ko": title, "en": handle},
        "options": options if options[0]["values"] else [],
        "variants": [
            {"sku": sku, "options": chosen, "price": more.get("prices", {}).get(sku, price), "stock": stock}
            | ({"compare_at": more["compare_at"]} if "compare_at" in more else {})
            for sku, chosen, stock in variants
        ],
        "tags": [],
    }


@pytest.fixture
def stocked(conn, tmp_path: Path):
    """Puts products on sale: `await stocked(shop, now, product(…), …)`."""

    async def put(shop: Shop, now: datetime, *products: dict) -> None:
        file = tmp_path / "products.json"
        file.write_text(json.dumps({"products": list(products)}, ensure_ascii=False))
        report = await catalog.import_products(
            conn, shop, file, "json", now, media=tmp_path / "media", progress=lambda _done, _total: None
        )
        assert report.refused == ()

    return put


@pytest.fixture
async def goods(conn, shop, clock, stocked):
    """Shoes at 60,000 (270: 5, 280: sold out, 290: 1), socks at 4,500, a cap at 29,000 marked down from 35,000."""
    await stocked(
        shop,
        clock.now(),
        product(
            "runner",
            "달리기 운동화",
            60000,
            [("RUN-270", ["270"], 5), ("RUN-280", ["280"], 0), ("RUN-290", ["290"], 1)],
        ),
        product("socks", "면 양말", 4500, [("SOCK", [], 100)]),
        product("cap", "볼캡", 29000, [("CAP", [], 10)], compare_at=35000),
    )
