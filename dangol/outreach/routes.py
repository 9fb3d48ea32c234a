"""The door by which a letter's reader refuses advertising: a page with one button, and what that button does."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from html import escape
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse
from psycopg import AsyncConnection

from dangol.kernel.clock import Clock
from dangol.kernel.errors import NotFound
from dangol.kernel.shop import Shop
from dangol.outreach import follow_up_records, following_up

PATH = "/api/store/unsubscribe"
_WORDS = {
    "ko": {
        "title": "광고 수신거부",
        "ask": "{shop}의 광고를 더 이상 받지 않으시겠어요? 버튼을 한 번 누르시면 바로 처리돼요. 비용은 들지 않아요.",
        "button": "수신거부",
        "done": "{day}, {to} 님의 광고 수신을 모두 거부 처리했어요. 앞으로 {shop}의 광고를 보내지 않을게요. 주문과 배송"
        " 안내는 계속 보내 드려요.",
    },
    "en": {
        "title": "Unsubscribe",
        "ask": "Would you like no more advertising from {shop}? One press of the button does it, free of charge.",
        "button": "Unsubscribe",
        "done": "On {day} we noted for {to} that you want no advertising. {shop} will send you no more of it. News of your"
        " orders and parcels still reaches you.",
    },
}
_PAGE = """<!doctype html><html lang="{language}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>{title}</title><style>:root{{color-scheme:light dark}}body{{font:17px/1.6 system-ui,sans-serif;max-width:32rem;
margin:12vh auto;padding:0 1.25rem}}button{{font:inherit;padding:.6em 1.4em;border:0;border-radius:.6em;background:#1f6f54;
color:#fff;cursor:pointer}}button:focus-visible{{outline:3px solid #8bc;outline-offset:2px}}</style>
<main><h1>{title}</h1><p>{text}</p>{form}</main></html>"""

Key = Annotated[str, Query(min_length=1, max_length=100)]


def masked(contact: str) -> str:
    """A contact as its owner knows it again and nobody else reads it: `da***@example.com`, `010****5678`."""
    name, at, place = contact.partition("@")
    if at:
        return f"{name[:2]}***@{place}"
    return f"{contact[:3]}****{contact[-4:]}" if len(contact) >= 8 else "***"


def routes(
    open_connection: Callable[[], AbstractAsyncContextManager[AsyncConnection[Any]]],
    shop: Callable[[], Shop],
    clock: Clock,
    key_of: Callable[[str], str],
) -> APIRouter:
    """Refusing advertising by the link of a letter."""
    router = APIRouter(tags=["store"])

    def checked(follow_up: int, key: str) -> None:
        if not hmac.compare_digest(key_of(str(follow_up)).encode(), key.encode()):
            raise NotFound(letter=follow_up)

    async def language_of(conn: AsyncConnection[Any], follow_up: int) -> str:
        language = await follow_up_records.language_of(conn, follow_up)
        return "ko" if (language or shop().language).startswith("ko") else "en"

    @router.get(PATH + "/{follow_up}", response_class=HTMLResponse)
    async def look(follow_up: int, key: Key) -> HTMLResponse:
        """The page of a letter's link; looking at it changes nothing, as mail programs look at links by themselves."""
        checked(follow_up, key)
        async with open_connection() as conn:
            language = await language_of(conn, follow_up)
        words = _WORDS[language]
        name = escape(shop().say(shop().name, language))
        form = f'<form method="post"><button type="submit">{words["button"]}</button></form>'
        text = words["ask"].format(shop=name)
        return HTMLResponse(_PAGE.format(language=language, title=words["title"], text=text, form=form))

    @router.post(PATH + "/{follow_up}", response_class=HTMLResponse)
    async def refuse(follow_up: int, key: Key) -> HTMLResponse:
        """Refuse advertising, by the page's button or a mail program's own (RFC 8058); done twice it stands once."""
        checked(follow_up, key)
        now = clock.now()
        async with open_connection() as conn:
            language = await language_of(conn, follow_up)
            to = await following_up.refuse(conn, follow_up, now)
        if to is None:
            raise NotFound(letter=follow_up)
        words, local = _WORDS[language], now.astimezone(shop().zone)
        day = (
            f"{local.year}년 {local.month}월 {local.day}일"
            if language == "ko"
            else f"{local.day} {local:%B %Y}"
        )
        text = words["done"].format(
            day=day, to=escape(masked(to)), shop=escape(shop().say(shop().name, language))
        )
        return HTMLResponse(_PAGE.format(language=language, title=words["title"], text=text, form=""))

    return router
