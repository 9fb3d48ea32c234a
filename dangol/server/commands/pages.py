"""Pages of the shop's own site, fetched into the data folder so that they can be taken over as articles."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from dangol.server.commands.console import CommandRefused, say

_TIMEOUT = 20.0  # seconds
_TRIES = 3
_LARGEST = 20_000_000  # bytes
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/markdown": ".md",
}


def is_address(place: str) -> bool:
    """Whether this names a page rather than a folder."""
    return re.match(r"(?i)https?://", place) is not None


def fetch(address: str, data: Path) -> Path:
    """The folder of a site's fetched pages, this one among them; fetched again it is written anew.

    Raises CommandRefused with the reason when the page cannot be had.
    """
    kind, body = _downloaded(address)
    parts = urlsplit(address)
    folder = data / "pages" / re.sub(r"[^\w.-]", "_", parts.netloc.lower())
    folder.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^\w가-힣]+", "-", f"{parts.path}-{parts.query}").strip("-") or "home"
    (folder / f"{name[:120]}{_SUFFIXES[kind]}").write_bytes(body)
    return folder


def _downloaded(address: str) -> tuple[str, bytes]:
    transport = httpx.HTTPTransport(retries=_TRIES)  # of connections that were not made; a page is only read
    try:
        with (
            httpx.Client(
                timeout=_TIMEOUT, follow_redirects=True, max_redirects=5, transport=transport
            ) as client,
            client.stream("GET", address) as answer,
        ):
            answer.raise_for_status()
            kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
            if kind not in _SUFFIXES:
                raise _refused(address, kind or "?")
            body = b""
            for chunk in answer.iter_bytes():
                body += chunk
                if len(body) > _LARGEST:
                    raise _refused(address, f"> {_LARGEST // 1_000_000} MB")
            return kind, body
    except httpx.HTTPStatusError as no:
        raise _refused(address, f"HTTP {no.response.status_code}") from no
    except httpx.HTTPError as no:
        raise _refused(address, type(no).__name__) from no


def _refused(address: str, why: str) -> CommandRefused:
    return CommandRefused(
        say(
            f"페이지를 가져올 수 없어요: {address} ({why})",
            f"the page cannot be taken over: {address} ({why})",
        )
    )
