"""The storefront's doors: the shop, its goods, one of them, its reviews."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Annotated, Any

from fastapi import APIRouter, Query
from psycopg import AsyncConnection

from dangol.catalog import pages, reviewing, service, shapes
from dangol.catalog.search.search import Search
from dangol.contracts.shopfloor.products import ReadReviews, Sort
from dangol.customers import api as customers
from dangol.kernel.blocks import ReviewsBlock
from dangol.kernel.clock import Clock
from dangol.kernel.shop import Shop
from dangol.kernel.tools import Shopper, ToolContext

Language = Annotated[str | None, Query(pattern="^[a-z]{2}$", description="language of the texts")]
Words = Annotated[list[str] | None, Query(max_length=30)]
Amount = Annotated[
    str | None, Query(max_length=20, description="in the shop's currency, as a person writes it")
]


def routes(
    open_connection: Callable[[], AbstractAsyncContextManager[AsyncConnection[Any]]],
    shop: Callable[[], Shop],
    search: Search,
    clock: Clock,
) -> APIRouter:
    """What the storefront reads; the same search as the assistant's."""
    router = APIRouter(prefix="/api/store", tags=["store"])

    @asynccontextmanager
    async def context(language: str | None, conversation: str | None = None) -> AsyncIterator[ToolContext]:
        async with open_connection() as conn:
            shopper = Shopper(conversation or "", personal=False)
            if conversation and await customers.personal(conn, shopper.key):
                shopper = Shopper(conversation)
            yield ToolContext(conn, shop(), clock.now(), language or shop().language, shopper)

    @router.get("")
    async def store(language: Language = None) -> shapes.Store:
        """The shop as it presents itself, with its kinds of goods."""
        return pages.store(shop(), search, language or shop().language)

    @router.get("/products")
    async def products(
        q: Annotated[str, Query(max_length=200)] = "",
        category: Words = None,
        color: Words = None,
        size: Words = None,
        audience: Words = None,
        attribute: Words = None,
        brand: Words = None,
        price_min: Amount = None,
        price_max: Amount = None,
        in_stock: bool = False,
        sort: Sort = "relevance",
        page: Annotated[int, Query(ge=1, le=10_000)] = 1,
        language: Language = None,
        conversation: Annotated[str | None, Query(max_length=100)] = None,
    ) -> shapes.Found:
        """Goods that meet the words and filters, a page at a time, with facets."""
        asked = pages.Asked(
            q=q, category=tuple(category or ()), color=tuple(color or ()), size=tuple(size or ()),
            audience=tuple(audience or ()), attribute=tuple(attribute or ()), brand=tuple(brand or ()),
            price_min=price_min, price_max=price_max, in_stock=in_stock, sort=sort, page=page,
        )  # fmt: skip
        async with context(language, conversation) as ctx:
            return await pages.find(search, ctx, asked)

    @router.get("/products/{handle}")
    async def product(handle: str, language: Language = None) -> shapes.Detail:
        """Everything a product page shows."""
        async with context(language) as ctx:
            found = await service.product(ctx.conn, handle, shelf=True)
            return pages.detail(found, ctx)

    @router.get("/products/{handle}/reviews")
    async def reviews(
        handle: str, page: Annotated[int, Query(ge=1, le=10_000)] = 1, language: Language = None
    ) -> ReviewsBlock:
        """What buyers say of a product, summed up and a page at a time."""
        async with context(language) as ctx:
            found = await service.product(ctx.conn, handle)
            asked = ReadReviews(product=found.handle, limit=page * pages.REVIEWS_A_PAGE)
            told = await reviewing.reviews(ctx.conn, found, asked, ctx.shop, ctx.language)
            return pages.reviews(told, page)

    return router
