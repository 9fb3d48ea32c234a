"""Every error is a problem document: the right status, each field named, in the language asked, nothing leaked."""

from __future__ import annotations

import json
import logging
from typing import Any

import httpx
import pytest
import structlog
from fastapi import FastAPI
from server_talk import OpenHouse, Talk

from dangol.kernel.errors import Refused
from dangol.server import logs, problems
from dangol.server.cart import CartRefused


def _check(answer: httpx.Response, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    document: dict[str, Any] = answer.json()
    assert document.keys() == {"type", "title", "status", "detail", "errors"}
    assert document["status"] == status
    assert document["detail"]
    return document


async def test_json_that_is_none_is_malformed(talk: Talk) -> None:
    async with talk.client(**{"Content-Type": "application/json"}) as client:
        for content in ('{"id": "1", "text": ', "", "\x00", '{"id": "1", "text": "x"} {}'):
            answer = await client.post(f"{talk.path}/messages", content=content)
            assert answer.status_code in (400, 422)
        _check(await client.post(f"{talk.path}/messages", content="{"), 400)
        _check(await client.post(f"{talk.path}/messages", content="[" * 30_000), 400)


async def test_another_media_type_is_refused(talk: Talk) -> None:
    async with talk.client() as client:
        _check(await client.post(f"{talk.path}/messages", data={"id": "1", "text": "x"}), 415)
        _check(
            await client.post(f"{talk.path}/messages", content="hi", headers={"Content-Type": "text/plain"}),
            415,
        )
        _check(await client.post(f"{talk.path}/attachments", json={"file": "x"}), 415)


async def test_each_field_is_named_in_the_language_asked(talk: Talk) -> None:
    body = {"text": "x" * 4001, "attachments": "none", "surprise": 1}
    async with talk.client(**{"Accept-Language": "ko-KR,en;q=0.5"}) as client:
        korean = _check(await client.post(f"{talk.path}/messages", json=body), 422)
    assert {each["field"] for each in korean["errors"]} == {"id", "text", "attachments", "surprise"}
    assert (
        next(each["detail"] for each in korean["errors"] if each["field"] == "text")
        == "4000자까지 쓸 수 있어요."
    )
    async with talk.client(**{"Accept-Language": "en"}) as client:
        english = _check(await client.post(f"{talk.path}/messages", json=body), 422)
    assert (
        next(each["detail"] for each in english["errors"] if each["field"] == "text")
        == "At most 4000 characters."
    )


async def test_without_the_right_token_nobody_is_let_in(talk: Talk, open_house: OpenHouse) -> None:
    async with open_house.client() as client:
        other = Talk(open_house, (await client.post("/api/chat/conversations", json={})).json())
        for headers in ({}, {"Authorization": "Bearer"}, {"Authorization": "Basic abc"},
                        {"Authorization": "Bearer wrong"}, {"Authorization": f"Bearer {other.token}"}):  # fmt: skip
            for method, path in (
                ("GET", "messages"),
                ("GET", "cart"),
                ("GET", "events"),
                ("POST", "messages"),
            ):
                body = {"id": "1", "text": "x"} if method == "POST" else None
                answer = await client.request(method, f"{talk.path}/{path}", headers=headers, json=body)
                _check(answer, 401)
                assert answer.headers["www-authenticate"] == "Bearer"


async def test_an_unknown_conversation_is_not_found(talk: Talk) -> None:
    async with talk.client() as client:
        for name in ("c_" + "0" * 30, "nonsense", "c_%00"):
            answer = await client.get(f"/api/chat/conversations/{name}/messages")
            _check(answer, 400 if "%00" in name else 404)


async def test_unknown_paths_and_methods(open_house: OpenHouse) -> None:
    async with open_house.client() as client:
        _check(await client.get("/api/nothing"), 404)
        _check(await client.get("/media/%2e%2e/%2e%2e/secrets/shop"), 404)
        refused = await client.delete("/api/chat/conversations")
        _check(refused, 405)
        assert "POST" in refused.headers["allow"]


async def test_too_large_is_refused_with_or_without_its_length(talk: Talk) -> None:
    async def endless() -> Any:
        yield b'{"id": "1", "text": "'
        for _ in range(100):
            yield b"x" * 4096
        yield b'"}'

    async with talk.client(**{"Content-Type": "application/json"}) as client:
        _check(await client.post(f"{talk.path}/messages", content=b" " * 70_000), 413)
        _check(await client.post(f"{talk.path}/messages", content=endless()), 413)


async def test_health_and_figures(open_house: OpenHouse) -> None:
    async with open_house.client() as client:
        assert (await client.get("/healthz")).json() == {"status": "ok"}
        assert (await client.get("/readyz")).json() == {"status": "ok"}
        figures = await client.get("/metrics")
        assert 'dangol_requests_total{method="GET",route="/readyz",status="200"}' in figures.text


async def test_headers_protect_pages_and_let_the_widget_in(open_house: OpenHouse) -> None:
    async with open_house.client() as client:
        page = await client.get("/products/dew-runner")
        assert page.status_code == 200
        assert "script-src 'self'" in page.headers["content-security-policy"]
        assert page.headers["x-content-type-options"] == "nosniff"
        asked = {
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,content-type",
        }
        friend = await client.options(
            "/api/chat/conversations", headers={"Origin": "https://pages.example", **asked}
        )
        assert friend.headers["access-control-allow-origin"] == "https://pages.example"
        stranger = await client.options(
            "/api/chat/conversations", headers={"Origin": "https://evil.example", **asked}
        )
        assert "access-control-allow-origin" not in stranger.headers


class _CouponRefused(Refused):
    code = "coupon_refused"


@pytest.fixture
async def small() -> Any:
    """A small application in which everything goes wrong."""
    app = FastAPI()
    problems.install(app)

    @app.get("/bug")
    async def bug() -> None:
        raise ValueError("서울시 강남구 테헤란로 1, card 4111111111111111")

    @app.get("/coupon")
    async def coupon() -> None:
        raise CartRefused(_CouponRefused(reason="expired"))

    @app.get("/busy")
    async def busy() -> None:
        raise Busy(retry_after=7)

    class Busy(Refused):
        code = "too_many_requests"
        status = 429

    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://small", verify=False) as client:
        yield client


async def test_a_bug_shows_and_logs_no_words(
    small: httpx.AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    root = logging.getLogger()
    before = root.handlers, root.level
    logs.configure("json", "info")
    try:
        answer = await small.get("/bug", headers={"Accept-Language": "ko"})
        logging.getLogger("somebody.else").warning("%s", "hi", exc_info=ValueError("4111"))
    finally:
        structlog.reset_defaults()
        root.handlers, root.level = before
    document = _check(answer, 500)
    assert "Traceback" not in answer.text
    assert "4111" not in json.dumps(document)
    said = capsys.readouterr()
    assert (said.out + said.err).count("ValueError") == 2
    assert "4111" not in said.out + said.err
    assert "테헤란로" not in said.out + said.err


async def test_a_refusal_says_why_and_when(small: httpx.AsyncClient) -> None:
    coupon = _check(await small.get("/coupon", headers={"Accept-Language": "ko"}), 422)
    assert coupon["detail"] == "기간이 지난 쿠폰이에요."
    busy = await small.get("/busy")
    _check(busy, 429)
    assert busy.headers["retry-after"] == "7"


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("ko", "ko"), ("en-US,en;q=0.9,ko;q=0.8", "en"), ("ko-KR;q=0.9, en;q=0.8", "ko"), ("fr, de", "en"),
     ("", "en"), ("fr, ko;q=0.1", "ko"), (";;q=x,,", "en")],
)  # fmt: skip
async def test_the_language_of_an_error_is_the_one_asked(
    small: httpx.AsyncClient, accepted: str, language: str
) -> None:
    answer = await small.get("/nothing", headers={"Accept-Language": accepted})
    assert answer.headers["content-language"] == language
