"""OpenAPI is true: what it says of requests and answers is held against the running server."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from server_talk import OpenHouse, Talk

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
EXAMPLES = 20
LIVE = "/api/chat/conversations/{id}/events"  # never ends: tested by hand


async def test_every_operation_answers_as_it_is_described(open_house: OpenHouse, talk: Talk) -> None:
    async with open_house.client() as client:
        document = (await client.get("/openapi.json")).json()
    await asyncio.to_thread(_try_all, document, open_house.url, talk)


def _try_all(document: dict[str, Any], url: str, talk: Talk) -> None:
    schema = schemathesis.openapi.from_dict(document)
    tried = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path != LIVE:
            _try(operation, url, talk)
            tried += 1
    assert tried >= 10


def _try(operation: Any, url: str, talk: Talk) -> None:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @schemathesis_given(operation)
    def check(case: Any) -> None:
        if "{id}" in operation.path:
            case.path_parameters = {**(case.path_parameters or {}), "id": talk.id}
        response = case.call(base_url=url, headers={"Authorization": f"Bearer {talk.token}"}, timeout=20)
        case.validate_response(response, checks=CHECKS)

    check()


def schemathesis_given(operation: Any) -> Any:
    from hypothesis import given

    return given(case=operation.as_strategy())


async def test_what_is_described_is_what_the_api_page_names(open_house: OpenHouse) -> None:
    async with open_house.client() as client:
        document = (await client.get("/openapi.json")).json()
    paths = {(method, path) for path, methods in document["paths"].items() for method in methods}
    base = "/api/chat/conversations"
    assert paths >= {
        ("post", base),
        ("post", base + "/{id}/messages"),
        ("get", base + "/{id}/messages"),
        ("get", base + "/{id}/cart"),
        ("get", base + "/{id}/events"),
        ("post", base + "/{id}/attachments"),
        ("post", base + "/{id}/feedback"),
        ("post", base + "/{id}/rating"),
    }
    for methods in document["paths"].values():
        for operation in methods.values():
            for status, answer in operation["responses"].items():
                assert not status.startswith("4") or "application/problem+json" in answer["content"]


async def test_the_live_stream_is_one(talk: Talk) -> None:
    async with talk.client() as client, client.stream("GET", f"{talk.path}/events") as stream:
        assert isinstance(stream, httpx.Response)
        assert stream.headers["content-type"].startswith("text/event-stream")
        assert stream.headers["cache-control"] == "no-store"
