"""Asking a speech server: with an end to waiting, one more try, and one meaning for every way it can fail."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx

from dangol.contracts.speech import (
    RecordingRefused,
    SpeechBusy,
    SpeechDown,
    SpeechKeyRefused,
    SpeechTrouble,
    SpeechUnknown,
)

_TRIES = 2
_PAUSE = 0.5  # seconds before the second try
_LARGEST = 16 * 1024 * 1024  # bytes of an answer


async def asked(client: httpx.AsyncClient, path: str, *, name: str, **request: Any) -> httpx.Response:
    """The answer to a POST, read to its end. Raises SpeechTrouble or one of its kinds."""
    trouble: SpeechTrouble = SpeechDown(speech=name)
    for attempt in range(_TRIES):
        if attempt:
            await asyncio.sleep(_PAUSE)
        try:
            answer = await _sent(client, path, request)
        except httpx.HTTPError as no:
            trouble = SpeechDown(speech=name, why=type(no).__name__)
            continue
        if not answer.is_error:
            return answer
        trouble = _trouble(answer, name)
        if answer.status_code != 429 and answer.status_code < 500:
            break
    raise trouble


async def _sent(client: httpx.AsyncClient, path: str, request: dict[str, Any]) -> httpx.Response:
    async with client.stream("POST", path, **request) as answer:
        content = b""
        async for part in answer.aiter_bytes():
            content += part
            if len(content) > _LARGEST:
                raise httpx.DecodingError("an answer without end")
        # read here and whole, so that the connection is free before anybody looks at it
        return httpx.Response(answer.status_code, headers=_plain(answer.headers), content=content)


def _plain(headers: httpx.Headers) -> dict[str, str]:
    return {
        name: value for name, value in headers.items() if name not in ("content-encoding", "content-length")
    }


def _trouble(answer: httpx.Response, name: str) -> SpeechTrouble:
    status = answer.status_code
    if status in (401, 403):
        return SpeechKeyRefused(speech=name, why=status)
    if status == 404:
        return SpeechUnknown(missing=name)
    if status in (402, 429):
        return SpeechBusy(speech=name, why=status)
    if status in (400, 413, 415, 422):
        return RecordingRefused(why=status)
    return SpeechDown(speech=name, why=status)
