"""The door of a refund before it is asked for: what of an order can go back, and how much this person may give."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path
from pydantic import BaseModel

from dangol.contracts.shopfloor.returns import LookAtRefund, Refundable
from dangol.helpdesk import api as helpdesk
from dangol.helpdesk.api import Staff
from dangol.kernel.blocks import Price
from dangol.kernel.shop import Shop
from dangol.kernel.tools import Shopper, ToolContext
from dangol.server.problems import problems
from dangol.server.staff.conversing import Conversing
from dangol.server.staff.door import Door, Session, StaffParts
from dangol.server.staff.inbox import ConversationId

Number = Annotated[str, Path(max_length=60, pattern=r"^[^\s/\x00-\x1f]+$")]


class LineToRefund(BaseModel):
    """A line, and what was paid for what the shopper still has of it."""

    line: str
    title: str
    options: dict[str, str]
    quantity: int
    refundable: Price


class RefundForm(BaseModel):
    """A refund filled in: by line, for the delivery, at most so much; `limit` is the person's own, null without one."""

    order: str
    lines: list[LineToRefund]
    shipping: Price
    left: Price
    way: Literal["original", "by_hand", "none"]
    limit: Price | None


def routes(parts: StaffParts, door: Door, desk: Conversing) -> APIRouter:
    """What can go back."""
    router = APIRouter()

    @router.get("/conversations/{id}/orders/{number}/refund", responses=problems(401, 403, 404, 422))
    async def refund(
        id: ConversationId, number: Number, session: Annotated[Session, Depends(door.needs("converse"))]
    ) -> RefundForm:
        """What of an order can go back without goods coming back; asked for by `POST …/actions`, tool `refund_order`."""
        async with parts.open_connection() as conn:
            thread = await desk.thread(conn, id)
            shop, now = parts.shop(), parts.clock.now()
            staff = Shopper(id, thread.customer_id, "staff")
            found = await parts.toolbox["look_at_refund"].run(
                ToolContext(conn, shop, now, thread.language, staff), LookAtRefund(order=number)
            )
        assert isinstance(found, Refundable)
        return _form(found, session.staff, shop)

    return router


def _form(found: Refundable, staff: Staff, shop: Shop) -> RefundForm:
    said = shop.language
    limit = staff.refund_limit
    if limit is None and "approve" not in helpdesk.MAY[staff.role]:
        limit = 0  # whoever has none asks every time
    return RefundForm(
        order=found.order,
        lines=[
            LineToRefund(
                line=each.line,
                title=each.title,
                options=each.options,
                quantity=each.quantity,
                refundable=Price.of(each.refundable, said),
            )
            for each in found.lines
        ],
        shipping=Price.of(found.shipping, said),
        left=Price.of(found.left, said),
        way=found.way,
        limit=None if limit is None else Price.of(shop.minor(limit), said),
    )
