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
from dangol.server.staff.shop_changes import fresh

Number = Annotated[str, Path(max_length=60, pattern=r"^[^\s/\x00-\x1f]+$")]


class LineToRefund(BaseModel):
    """A line, and what was paid for what the shopper still has of it."""

    line: str
    title: str
    options: dict[str, str]
    quantity: int
    refundable: Price


class RefundForm(BaseModel):
    """A refund filled in: by line, for the delivery, at most so much; `limit` is what this person may still give here
    without another's yes, null without a limit."""

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
            as_run = await fresh(conn, parts)
            given = await helpdesk.giving.given(conn, session.staff.id, id)
        assert isinstance(found, Refundable)
        return _form(found, left_to_give(session.staff, as_run, given), shop)

    return router


def left_to_give(staff: Staff, shop: Shop, given: int) -> Price | None:
    """What somebody who gave so much (minor units) in a conversation may still give there; None without a limit."""
    limit = helpdesk.limit_of(staff, shop)
    return None if limit is None else Price.of(shop.minor(max(0, limit - given)), shop.language)


def _form(found: Refundable, limit: Price | None, shop: Shop) -> RefundForm:
    said = shop.language
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
        limit=limit,
    )
