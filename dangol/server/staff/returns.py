"""The doors of returns: which wait for whom, one with all about it, and what staff decide of it; delivery notes."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Path, Query
from fastapi.responses import Response
from pydantic import BaseModel, Field

from dangol.contracts.shopfloor.returns import Received, ReceiveReturn, ReturnView
from dangol.helpdesk import api as helpdesk
from dangol.kernel.errors import NotFound
from dangol.kernel.ids import signed_key
from dangol.kernel.tools import Role
from dangol.orders import api as orders
from dangol.returns import api as returns
from dangol.returns.api import ReturnRow
from dangol.server.chat_shapes import Plain, Shape
from dangol.server.database import Connection
from dangol.server.problems import problems
from dangol.server.settings import shop_secret
from dangol.server.staff.door import Door, Session, StaffParts

Number = Annotated[str, Path(max_length=60, pattern=r"^[^\s/\x00-\x1f]+$")]
_BY: Role = "staff"


class StaffReturn(BaseModel):
    """A return as staff see it: what shoppers see, with who asked, when and in which words."""

    name: str
    asked_at: datetime
    received_at: datetime | None
    note: str
    condition: list[str]
    photos: int
    conversation_id: str | None
    may: list[Literal["approve", "refuse", "receive", "settle"]]
    view: ReturnView


class StaffReturns(BaseModel):
    """Returns, newest first; `before` of the next page is the last `id` of this one."""

    items: list[StaffReturn]
    next: int | None


class RefuseReturn(Shape):
    """Why not, in words for the shopper."""

    why: Annotated[str, Field(min_length=1, max_length=500, pattern=r"\S"), Plain]


class Inspected(Shape):
    """A line that came back otherwise than whole."""

    line: Annotated[str, Field(max_length=20)]
    quantity: Annotated[int, Field(ge=0, le=10_000)]
    sellable: Annotated[int, Field(ge=0, le=10_000)]


class InspectReturn(Shape):
    """What came and what of it can be sold again; lines left out came back whole."""

    lines: Annotated[tuple[Inspected, ...], Field(max_length=200)] = ()


def routes(parts: StaffParts, door: Door) -> APIRouter:
    """Everything under `/returns`, and the paper that goes into a parcel."""
    router = APIRouter()
    _reading(router, parts, door)
    _deciding(router, parts, door)
    _papers(router, parts, door)
    return router


def _reading(router: APIRouter, parts: StaffParts, door: Door) -> None:
    see = door.needs("converse")

    @router.get("/returns", responses=problems(401, 403, 422))
    async def listed(
        session: Annotated[Session, Depends(see)],
        which: Literal["waiting", "open", "all"] = "waiting",
        before: Annotated[int | None, Query(ge=1)] = None,
        limit: Annotated[int, Query(ge=1, le=100)] = 50,
    ) -> StaffReturns:
        """Returns that wait for staff, all that are under way, or every one."""
        async with parts.open_connection() as conn:
            rows = await returns.listed(conn, which, before=before, limit=limit)
            items = await _shown(conn, parts, rows)
        return StaffReturns(items=items, next=rows[-1].id if len(rows) == limit else None)

    @router.get("/returns/{number}", responses=problems(401, 403, 404, 422))
    async def one(number: Number, session: Annotated[Session, Depends(see)]) -> StaffReturn:
        """One return with its lines, and what may be done with it now."""
        async with parts.open_connection() as conn:
            return await _one(conn, parts, number)


def _deciding(router: APIRouter, parts: StaffParts, door: Door) -> None:
    see, decide = door.needs("converse"), door.needs("approve")
    answers = problems(401, 403, 404, 409, 422)

    async def act(
        session: Session, name: str, number: str, done: Callable[[Connection], Awaitable[ReturnRow]]
    ) -> StaffReturn:
        """Do it and write down who did, in one transaction."""
        async with parts.open_connection() as conn:
            async with conn.transaction():
                await done(conn)
                await helpdesk.accounts.note_act(
                    conn, session.staff.id, name, parts.clock.now(), details={"return": number}
                )
            return await _one(conn, parts, number)

    @router.post("/returns/{number}/approve", responses=answers)
    async def approve(number: Number, session: Annotated[Session, Depends(decide)]) -> StaffReturn:
        """Say yes to a return that waits for a person; the parcel is booked next."""
        return await act(
            session,
            "return_approved",
            number,
            lambda conn: returns.approve(conn, parts.shop(), number, _BY, parts.clock.now()),
        )

    @router.post("/returns/{number}/refuse", responses=answers)
    async def refuse(
        number: Number, said: RefuseReturn, session: Annotated[Session, Depends(decide)]
    ) -> StaffReturn:
        """Say no, with the reason the shopper is told."""
        return await act(
            session,
            "return_refused",
            number,
            lambda conn: returns.refuse(conn, number, said.why, _BY, parts.clock.now()),
        )

    @router.post("/returns/{number}/receive", responses=answers)
    async def receive(
        number: Number, found: InspectReturn, session: Annotated[Session, Depends(see)]
    ) -> StaffReturn:
        """The goods are here and looked at: what can be sold goes on sale, the money goes back by itself."""
        lines = tuple(Received(**each.model_dump()) for each in found.lines)
        asked = ReceiveReturn(number=number, lines=lines)
        return await act(
            session,
            "return_received",
            number,
            lambda conn: returns.receive(conn, parts.shop(), asked, _BY, parts.clock.now()),
        )

    @router.post("/returns/{number}/settle", responses=answers)
    async def settle(number: Number, session: Annotated[Session, Depends(decide)]) -> StaffReturn:
        """The money was given back by hand, where no gateway could."""
        return await act(
            session,
            "return_settled_by_hand",
            number,
            lambda conn: returns.settle_by_hand(conn, parts.shop(), number, _BY, parts.clock.now()),
        )


def _papers(router: APIRouter, parts: StaffParts, door: Door) -> None:
    @router.get(
        "/orders/{number}/delivery-note.pdf",
        response_class=Response,
        responses={200: {"content": {"application/pdf": {}}}, **problems(401, 403, 404, 422)},
    )
    async def delivery_note(
        number: Number, session: Annotated[Session, Depends(door.needs("converse"))]
    ) -> Response:
        """The paper that lies in the parcel: goods and recipient, a gift's message, no price."""
        async with parts.open_connection() as conn:
            order = await orders.order_row(conn, number)
            if order is None:
                raise NotFound(order=number)
            lines = await orders.lines_of(conn, order)
        pdf = await asyncio.to_thread(orders.delivery_note, order, lines, parts.shop())
        return Response(pdf, media_type="application/pdf", headers={"cache-control": "no-store"})


async def _one(conn: Connection, parts: StaffParts, number: str) -> StaffReturn:
    row = await returns.return_by_number(conn, number)
    if row is None:
        raise NotFound(number=number)
    return (await _shown(conn, parts, [row]))[0]


async def _shown(conn: Connection, parts: StaffParts, rows: Sequence[ReturnRow]) -> list[StaffReturn]:
    shop = parts.shop()
    secret = shop_secret(parts.settings)

    def label_url(number: str) -> str:
        query = urlencode({"key": signed_key(secret, "label", number)})
        return f"{parts.settings.base_url}/api/store/returns/{number}/label.pdf?{query}"

    views = await returns.return_views(conn, shop, rows, shop.language, label_url)
    shown = []
    for row, view in zip(rows, views, strict=True):
        order = await orders.order_row(conn, row.order_number)
        shown.append(
            StaffReturn(
                name=order.name if order else "",
                asked_at=row.asked_at,
                received_at=row.received_at,
                note=row.note,
                condition=row.condition,
                photos=len(row.photos),
                conversation_id=row.conversation_id,
                may=_may(row),
                view=view,
            )
        )
    return shown


def _may(row: ReturnRow) -> list[Literal["approve", "refuse", "receive", "settle"]]:
    """What the life of a return lets staff do with it now."""
    moves = returns.LIFE[row.status]
    found: list[Literal["approve", "refuse", "receive", "settle"]] = []
    for event in ("approve", "refuse", "receive"):
        if event in moves:
            found.append(event)
    if row.status == "received" and row.trouble is not None:
        found.append("settle")
    return found
