"""The doors for the shop's other systems: files, stock and prices by HTTP, under the shop's own token."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Header, Query, Request
from pydantic import BaseModel, Field

from dangol.catalog import api as catalog
from dangol.kernel.clock import Clock
from dangol.kernel.errors import NotFound, Refused
from dangol.kernel.ids import derived_id, new_id
from dangol.kernel.imports import ImportReport, Refusal, say_refused_code
from dangol.kernel.shop import Shop
from dangol.server.database import Connection
from dangol.server.problems import problems
from dangol.server.taking_over import records
from dangol.server.taking_over.files import FILES
from dangol.server.taking_over.records import UploadRow

PREFIX = "/api/data"
_MOST_ROWS = 1000

Kind = Literal["products", "orders", "customers", "reviews"]


class NotTheShop(Refused):
    """The request does not carry the shop's token for its other systems."""

    code = "unauthorized"
    status = 401


class KeyUsed(Refused):
    """This Idempotency-Key was used for another file."""

    code = "idempotency_key_used"
    status = 409


class NothingSent(Refused):
    """The request has no body."""

    code = "nothing_sent"
    status = 422


class RowRefused(BaseModel):
    """A row that was not taken over: where it stands, why as a code and in words."""

    row: int
    column: str
    code: str
    value: str
    why: str


class Report(BaseModel):
    """What came of it; a second run says everything is unchanged."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[RowRefused] = []


class Upload(BaseModel):
    """A file that was sent in. `done` counts rows so far; `why` says in words why a file was refused whole."""

    id: str
    kind: Kind
    format: str
    state: Literal["waiting", "done", "refused"]
    done: int
    report: Report | None = None
    why: str | None = None


class StockFigures(BaseModel):
    """Stock as another system counts it."""

    items: Annotated[list[catalog.StockFigure], Field(max_length=_MOST_ROWS)]


class PriceFigures(BaseModel):
    """Prices as another system states them."""

    items: Annotated[list[catalog.PriceFigure], Field(max_length=_MOST_ROWS)]


def routes(
    open_connection: Callable[[], AbstractAsyncContextManager[Connection]],
    shop: Callable[[], Shop],
    clock: Clock,
    token: str,
) -> APIRouter:
    """Sending files in, asking how far they are, setting stock and prices."""
    router = APIRouter(prefix=PREFIX, tags=["data"], dependencies=[Depends(_admits(token))])

    @router.post("/{kind}", status_code=202, responses=problems(401, 409, 413, 422))
    async def send_file(
        kind: Kind,
        request: Request,
        format: Annotated[str | None, Query(max_length=40)] = None,
        idempotency_key: Annotated[str | None, Header(max_length=200)] = None,
    ) -> Upload:
        """Send a file in; it is written down, and taken over by the workers. The same key sends it once."""
        wanted = format or FILES[kind].formats[0]
        if wanted not in FILES[kind].formats:
            raise catalog.UnknownFormat(format=wanted, known=list(FILES[kind].formats))
        body = await request.body()
        if not body:
            raise NothingSent
        upload_id = derived_id("up", kind, idempotency_key) if idempotency_key else new_id("up")
        async with open_connection() as conn, conn.transaction():
            row = await records.keep(conn, upload_id, kind, wanted, body, clock.now())
        if row.digest != records.digest_of(body) or row.format != wanted:
            raise KeyUsed
        return _told(row, _language(request, shop()))

    @router.get("/uploads/{upload_id}", responses=problems(401, 404, 422))
    async def look_up_file(upload_id: str, request: Request) -> Upload:
        """How far a file is, and its report row by row."""
        async with open_connection() as conn:
            row = await records.upload(conn, upload_id)
        if row is None:
            raise NotFound(upload=upload_id)
        return _told(row, _language(request, shop()))

    @router.put("/stock", responses=problems(401, 413, 415, 422))
    async def put_stock(figures: StockFigures, request: Request) -> Report:
        """Set what is counted, in what ships or on a branch's shelf; what is held for orders stays held."""
        async with open_connection() as conn, conn.transaction():
            report = await catalog.set_stock(conn, shop(), figures.items)
        return _report(report, catalog.say_refusal, _language(request, shop()))

    @router.put("/prices", responses=problems(401, 413, 415, 422))
    async def put_prices(figures: PriceFigures, request: Request) -> Report:
        """Set prices, as decimals in the shop's currency."""
        async with open_connection() as conn, conn.transaction():
            report = await catalog.set_prices(conn, shop(), figures.items)
        return _report(report, catalog.say_refusal, _language(request, shop()))

    return router


def _admits(token: str) -> Callable[[Request], Awaitable[None]]:
    async def admit(request: Request) -> None:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not hmac.compare_digest(given.strip().encode(), token.encode()):
            raise NotTheShop

    return admit


def _language(request: Request, shop: Shop) -> str:
    asked = request.headers.get("accept-language", "")[:2].lower()
    return asked if asked in ("ko", "en") else shop.language


def _told(row: UploadRow, language: str) -> Upload:
    told: dict[str, Any] = {
        "id": row.id, "kind": row.kind, "format": row.format, "state": row.state, "done": row.done,
    }  # fmt: skip
    if row.state == "done" and row.report is not None:
        report = ImportReport.model_validate(row.report)
        told["report"] = _report(report, FILES[row.kind].reason, language)
    if row.state == "refused" and row.report is not None:
        told["why"] = say_refused_code(row.report["code"], row.report["details"], language)
    return Upload.model_validate(told)


def _report(report: ImportReport, reason: Callable[[Refusal, str], str], language: str) -> Report:
    refused = [RowRefused(**each.model_dump(), why=reason(each, language)) for each in report.refused]
    return Report(created=report.created, updated=report.updated, unchanged=report.unchanged, refused=refused)
