"""Asking over HTTP where a parcel is: with an end to waiting, and one meaning for every way it can fail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

from dangol.contracts.tracker import ParcelUnknown, TrackerRefused, TrackerUnreachable

PATIENCE = 10.0  # seconds a call may take
_NOT_YET = frozenset({408, 425, 429, 500, 502, 503, 504})


async def asked(
    client: httpx.AsyncClient,
    method: str,
    path: str,
    *,
    name: str,
    params: Mapping[str, str] | None = None,
    json: Any = None,
) -> dict[str, Any]:
    """The answer as a JSON object. Raises TrackerUnreachable, ParcelUnknown, TrackerRefused."""
    try:
        answer = await client.request(method, path, params=params, json=json)
    except httpx.HTTPError as no:
        raise TrackerUnreachable(tracker=name, why=type(no).__name__) from None
    if answer.status_code in _NOT_YET:
        after = answer.headers.get("Retry-After", "")
        details = {"after": int(after)} if after.isdigit() else {}
        raise TrackerUnreachable(tracker=name, why=str(answer.status_code), **details)
    if answer.status_code in (401, 402, 403):
        raise TrackerRefused(tracker=name, why=str(answer.status_code))
    if answer.status_code in (404, 422):
        raise ParcelUnknown(tracker=name)
    return read_object(answer, name)


def read_object(answer: httpx.Response, name: str) -> dict[str, Any]:
    """The body as an object. Raises TrackerUnreachable for anything else."""
    try:
        body = answer.json()
    except ValueError:
        body = None
    if answer.is_error or not isinstance(body, dict):
        raise TrackerUnreachable(tracker=name, why=f"not an answer ({answer.status_code})")
    return body
