"""Goods of which the shop says how they are cared for, or does not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import psycopg
import pytest

from dangol.catalog import api as catalog
from dangol.kernel.clock import TurnedClock
from dangol.kernel.shop import Shop


def _product(handle: str, title: str, category: str, attributes: dict[str, str]) -> dict[str, Any]:
    return {
        "handle": handle,
        "status": "active",
        "title": {"ko": title},
        "category": {"ko": category},
        "attributes": [{"name": {"ko": name}, "value": {"ko": value}} for name, value in attributes.items()],
        "variants": [{"sku": handle.upper(), "price": 10000, "stock": 3}],
    }


@pytest.fixture
async def care_goods(
    conn: psycopg.AsyncConnection[Any], shop: Shop, clock: TurnedClock, tmp_path: Path
) -> dict[str, catalog.Product]:
    """By handle."""
    goods = [
        _product("washable", "울 양말", "양말", {"소재": "울 60%", "세탁·관리": "세탁기 사용 가능 (30℃)"}),
        _product("wool-sweater", "울 니트 스웨터", "니트", {"소재": "울 100%"}),
        _product("plain-mug", "머그컵", "컵", {"소재": "도자기"}),
    ]
    file = tmp_path / "goods.json"
    file.write_text(json.dumps({"products": goods}, ensure_ascii=False))
    report = await catalog.import_products(conn, shop, file, "json", clock.now(), media=tmp_path / "media")
    assert not report.refused, report
    return {one["handle"]: await catalog.product(conn, one["handle"]) for one in goods}
