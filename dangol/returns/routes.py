"""The doors of the returns room: the label of a parcel that comes back, for whoever holds its key."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response
from psycopg import AsyncConnection

from dangol.kernel.errors import NotFound
from dangol.kernel.shop import Shop
from dangol.orders import api as orders
from dangol.returns import records
from dangol.returns.labels import Label, label_pdf, label_zpl
from dangol.returns.rules import OVER
from dangol.returns.settling import receiver, sender

_KINDS = {"pdf": "application/pdf", "zpl": "text/plain; charset=utf-8"}


def routes(
    open_connection: Callable[[], AbstractAsyncContextManager[AsyncConnection[Any]]],
    shop: Callable[[], Shop],
    label_key: Callable[[str], str],
) -> APIRouter:
    """Labels; `label_key` gives the key that opens the label of a return."""
    router = APIRouter(tags=["store"])

    @router.get(
        "/api/store/returns/{number}/label.{kind}",
        response_class=Response,
        responses={
            200: {"content": {"application/pdf": {}, "text/plain": {}}},
            404: {"description": "Not Found"},
        },
    )
    async def label(
        number: str,
        kind: Literal["pdf", "zpl"],
        key: Annotated[str, Query(min_length=1, max_length=200)],
    ) -> Response:
        """The label of a return, to print at home (PDF) or on a label printer (ZPL)."""
        if not hmac.compare_digest(label_key(number).encode(), key.encode()):
            raise NotFound(number=number)
        async with open_connection() as conn:
            found = await records.return_by_number(conn, number)
            order = await orders.order_row(conn, found.order_number) if found else None
        if found is None or order is None or not found.tracking_no or found.status in OVER:
            raise NotFound(number=number)
        made = Label(
            tracking_no=found.tracking_no,
            carrier=orders.carrier_name(found.carrier, found.language) if found.carrier else "",
            number=found.number,
            order=found.order_number,
            sender=sender(order),
            receiver=receiver(shop()),
            language=found.language,
        )
        content = label_pdf(made) if kind == "pdf" else label_zpl(made).encode()
        headers = {
            "content-disposition": f'inline; filename="{found.number}.{kind}"',
            "cache-control": "no-store",
        }
        return Response(content, media_type=_KINDS[kind], headers=headers)

    return router
