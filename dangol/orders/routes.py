"""The door to one order: its page, opened by an unguessable token."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from psycopg import AsyncConnection

from dangol.contracts.shopfloor.shown import order_block
from dangol.kernel.blocks import OrderBlock
from dangol.kernel.clock import Clock
from dangol.kernel.errors import NotFound
from dangol.kernel.ids import fingerprint
from dangol.kernel.shop import Shop
from dangol.orders import records
from dangol.orders.documents.pages import Document, DocumentKind, document_pdf
from dangol.orders.views import order_views

TOKEN_LIFE = timedelta(days=90)
"""How long the link to an order's page opens it."""


def plain_name(number: str) -> str:
    """An order number as it can stand in a file name."""
    return re.sub(r"[^A-Za-z0-9._-]", "", number)


def routes(
    open_connection: Callable[[], AbstractAsyncContextManager[AsyncConnection[Any]]],
    shop: Callable[[], Shop],
    clock: Clock,
) -> APIRouter:
    """The order page's data."""
    router = APIRouter(tags=["store"])

    @router.get("/api/store/orders/{number}")
    async def order(
        number: str,
        token: Annotated[str, Query(min_length=1, max_length=200)],
        language: Annotated[str | None, Query(pattern="^[a-z]{2}$")] = None,
    ) -> OrderBlock:
        """An order with its lines and parcels, for whoever holds its token."""
        async with open_connection() as conn:
            found = await records.order_by_token(
                conn, number, fingerprint(token), since=clock.now() - TOKEN_LIFE
            )
            if found is None:
                raise NotFound(order=number)
            spoken = language or found.language
            view = (await order_views(conn, shop(), [found], spoken))[0]
        return order_block(view, spoken, shop().zone)

    @router.get(
        "/api/store/orders/{number}/{kind}.pdf",
        response_class=Response,
        responses={200: {"content": {"application/pdf": {}}}},
    )
    async def document(
        number: str,
        kind: DocumentKind,
        token: Annotated[str, Query(min_length=1, max_length=200)],
        language: Annotated[str | None, Query(pattern="^[a-z]{2}$")] = None,
    ) -> Response:
        """The receipt, invoice or delivery note of an order as PDF, for whoever holds its token."""
        async with open_connection() as conn:
            found = await records.order_by_token(
                conn, number, fingerprint(token), since=clock.now() - TOKEN_LIFE
            )
            if found is None:
                raise NotFound(order=number)
            lines = (await records.lines_of(conn, [found.id]))[found.id]
        written = Document(kind, found, lines, shop(), language or found.language)
        pdf = await asyncio.to_thread(document_pdf, written)
        named = {"Content-Disposition": f'inline; filename="{kind}-{plain_name(found.number)}.pdf"'}
        return Response(pdf, media_type="application/pdf", headers=named)

    return router
