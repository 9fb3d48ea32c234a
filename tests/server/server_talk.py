"""A small shop that is open: the real server on a loopback port over a database of its own; and a shopper's side of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psycopg

from dangol.catalog import api as catalog
from dangol.kernel.clock import SystemClock
from dangol.kernel.shop import Shop
from dangol.server.settings import Settings
from dangol.server.wire import Premises

SECRET = "the-secret-of-a-shop-that-only-tests-know"
PRODUCTS: list[dict[str, Any]] = [
    {
        "handle": "dew-runner",
        "status": "active",
        "brand": {"ko": "이슬", "en": "Iseul"},
        "category": {"ko": "운동화", "en": "Sneakers"},
        "tags": ["waterproof", "unisex"],
        "title": {"ko": "이슬 방수 러닝화", "en": "Iseul waterproof runner"},
        "description": {
            "ko": "젖은 길에서도 발이 마른 러닝화예요.",
            "en": "A runner that keeps feet dry on wet roads.",
        },
        "attributes": [
            {"name": {"ko": "소재", "en": "Material"}, "value": {"ko": "고어텍스", "en": "Gore-Tex"}}
        ],
        "options": [
            {"name": {"ko": "색상", "en": "Color"}, "values": [{"ko": "블랙", "en": "Black"}]},
            {"name": {"ko": "사이즈", "en": "Size"}, "values": ["260", "270"]},
        ],
        "variants": [
            {"sku": "DEW-BLK-260", "options": ["블랙", "260"], "price": 89000, "stock": 0},
            {"sku": "DEW-BLK-270", "options": ["블랙", "270"], "price": 89000, "stock": 3},
        ],
    },
    {
        "handle": "plain-mug",
        "status": "active",
        "category": {"ko": "머그컵", "en": "Mugs"},
        "title": {"ko": "흰 머그컵", "en": "White mug"},
        "description": {
            "ko": "식기세척기에 넣어도 되는 머그컵이에요.",
            "en": "A mug that may go in the dishwasher.",
        },
        "variants": [{"sku": "MUG-1", "options": [], "price": 12000, "stock": 50}],
    },
]


@dataclass(frozen=True)
class OpenHouse:
    """The shop as tests meet it: over HTTP, and behind the counter."""

    premises: Premises
    settings: Settings
    url: str

    def client(self, **headers: str) -> httpx.AsyncClient:
        """A client with these headers."""
        return httpx.AsyncClient(
            base_url=self.url, headers=headers, timeout=30, trust_env=False, verify=False
        )


async def stock(url: str, shop: Shop, data: Path) -> None:
    file = data / "products.json"
    file.write_text(json.dumps({"products": PRODUCTS}, ensure_ascii=False), encoding="utf-8")
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as conn:
        await catalog.store_shop(conn, json.loads(shop.model_dump_json(by_alias=True)))
        report = await catalog.import_products(
            conn, shop, file, "json", SystemClock().now(), media=data / "media"
        )
    assert not report.refused, report.refused


class Talk:
    """A conversation over HTTP."""

    def __init__(self, house: OpenHouse, opened: dict[str, Any]) -> None:
        self.house = house
        self.id: str = opened["conversation_id"]
        self.token: str = opened["token"]
        self.blocks: list[dict[str, Any]] = opened["blocks"]
        self.path = f"/api/chat/conversations/{self.id}"
        self._count = 0

    def client(self, **headers: str) -> httpx.AsyncClient:
        """A client that holds the token."""
        return self.house.client(Authorization=f"Bearer {self.token}", **headers)

    async def say(self, text: str | None = None, **body: Any) -> dict[str, Any]:
        """Send a message and return the answer."""
        self._count += 1
        message = {"id": f"m{self._count}", **({"text": text} if text is not None else {}), **body}
        async with self.client() as client:
            answer = await client.post(f"{self.path}/messages", json=message)
        assert answer.status_code == 200, answer.text
        said: dict[str, Any] = answer.json()
        return said
