"""The articles on the public page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from fastapi import FastAPI
from fastapi.responses import JSONResponse

from dangol.kernel.errors import Refused
from dangol.kernel.shop import Shop
from dangol.knowledge.api import import_articles, routes

Conn = psycopg.AsyncConnection[Any]


@pytest.fixture
async def client(conn: Conn, shop: Shop, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    (tmp_path / "배송.ko.md").write_text(
        "---\nslug: shipping\ntags: [배송]\n---\n# 배송\n\n**3,000원**이에요. <script>x</script>"
    )
    (tmp_path / "s.en.md").write_text("---\nslug: shipping\n---\n# Delivery\n\n3,000 won.")
    (tmp_path / "faq.en.md").write_text("# FAQ\n\nAsk us.")
    await import_articles(
        conn, shop, tmp_path, datetime(2026, 11, 21, tzinfo=UTC), lambda _done, _total: None
    )

    @asynccontextmanager
    async def open_connection() -> AsyncIterator[Conn]:
        yield conn

    app = FastAPI()
    app.include_router(routes(open_connection, lambda: shop))
    app.add_exception_handler(
        Refused, lambda _request, no: JSONResponse({}, status_code=getattr(no, "status", 500))
    )
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url="http://shop", verify=False
    ) as http:
        yield http


async def test_articles_are_listed_each_once(client: httpx.AsyncClient) -> None:
    korean = (await client.get("/api/store/articles")).json()["items"]
    assert [(item["slug"], item["language"]) for item in korean] == [("faq", "en"), ("shipping", "ko")]
    english = (await client.get("/api/store/articles", params={"language": "en-US"})).json()["items"]
    assert [item["title"] for item in english] == ["FAQ", "Delivery"]


async def test_an_article_is_clean_html_in_the_language_wanted(client: httpx.AsyncClient) -> None:
    page = (await client.get("/api/store/articles/shipping", params={"language": "ko"})).json()
    assert (page["title"], page["language"]) == ("배송", "ko")
    assert "<strong>3,000원</strong>" in page["html"]
    assert "<script" not in page["html"]
    assert (await client.get("/api/store/articles/faq", params={"language": "ko"})).json()["language"] == "en"


async def test_an_unknown_article_or_language_is_refused(client: httpx.AsyncClient) -> None:
    assert (await client.get("/api/store/articles/nothing")).status_code == 404
    assert (await client.get("/api/store/articles/shipping", params={"language": "../.."})).status_code == 422
