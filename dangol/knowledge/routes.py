"""The shop's articles on its public page."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Annotated, Any

from fastapi import APIRouter, Query
from psycopg import AsyncConnection

from dangol.kernel.errors import NotFound
from dangol.kernel.model import Value
from dangol.kernel.shop import Shop
from dangol.knowledge import records
from dangol.knowledge.markdown import html

Language = Annotated[str | None, Query(pattern=r"^[a-z]{2}(-[A-Za-z]{2})?$", description="language wanted")]


class ArticleLine(Value):
    """An article in a list."""

    slug: str
    title: str
    language: str
    tags: tuple[str, ...]


class ArticleList(Value):
    """The shop's articles, each once, in the language wanted where it is written in it."""

    items: tuple[ArticleLine, ...]


class ArticlePage(Value):
    """An article as clean HTML."""

    title: str
    html: str
    language: str


def routes(
    open_connection: Callable[[], AbstractAsyncContextManager[AsyncConnection[Any]]], shop: Callable[[], Shop]
) -> APIRouter:
    """GET /api/store/articles and /api/store/articles/{slug}; an unknown slug raises NotFound."""
    router = APIRouter(prefix="/api/store/articles", tags=["articles"])

    def wanted(language: str | None) -> list[str]:
        return list(dict.fromkeys(((language or shop().language)[:2], *shop().languages)))

    @router.get("")
    async def articles(language: Language = None) -> ArticleList:
        """The shop's articles."""
        async with open_connection() as conn:
            rows = await records.article_list(conn)
        order = wanted(language)
        chosen: dict[str, dict[str, Any]] = {}
        for row in sorted(rows, key=lambda row: _place(row["language"], order)):
            chosen.setdefault(row["slug"], row)
        return ArticleList(
            items=tuple(
                ArticleLine(slug=slug, title=row["title"], language=row["language"], tags=tuple(row["tags"]))
                for slug, row in sorted(chosen.items())
            )
        )

    @router.get("/{slug}")
    async def article(slug: str, language: Language = None) -> ArticlePage:
        """One article, in the language wanted or else in another."""
        async with open_connection() as conn:
            found = await records.article(conn, slug, wanted(language))
        if found is None:
            raise NotFound(article=slug)
        return ArticlePage(title=found.title, html=html(found.body), language=found.language)

    return router


def _place(language: str, order: list[str]) -> int:
    return order.index(language) if language in order else len(order)
