"""The doors of what the shop says first: orders likely to come late, and what came of warnings, tips and offers."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from dangol.contracts.shopfloor.orders import OrderStatus
from dangol.outreach import api as outreach
from dangol.outreach.api import Cause
from dangol.server.problems import problems
from dangol.server.staff.door import Door, Session, StaffParts
from dangol.server.staff.keeping import Ratio, ratio, span_asked


class OrderAtRisk(BaseModel):
    """An order under way that will probably come late: how probably (0 to 1), when it was promised and between which days
    it is likely to come, why, and from how many delivered parcels that is known; `told_at` is when its shopper was told."""

    order: str
    status: OrderStatus
    name: str
    conversation: str | None
    share: float
    promised: date
    likely_from: date
    likely_to: date
    why: list[Cause]
    evidence: int
    told_at: datetime | None


class OrdersAtRisk(BaseModel):
    """Orders under way that will probably come late, the likeliest first."""

    items: list[OrderAtRisk]
    told_from: float | None


class OutreachFigures(BaseModel):
    """What came of what the shop said first, between two days.

    `came_late`: of the warned orders that arrived since, those after the promised day. `taken`: of the offers shown, those
    put in the cart by their button or a yes; `refused`: those said no to; `bought`: those whose very goods were bought
    within a week, by whatever way. `tips` by medium.
    """

    warned: int
    came_late: Ratio
    taken: Ratio
    refused: Ratio
    bought: Ratio
    tips: dict[Literal["conversation", "email", "sms"], int]


def routes(parts: StaffParts, door: Door) -> APIRouter:
    """Late orders and figures."""
    router = APIRouter(prefix="/outreach")

    @router.get("/orders", responses=problems(401, 403, 422))
    async def orders(
        session: Annotated[Session, Depends(door.needs("converse"))],
        limit: Annotated[int, Query(ge=1, le=200)] = 100,
    ) -> OrdersAtRisk:
        """Which orders will probably come late, and why."""
        async with parts.open_connection() as conn:
            found = await outreach.at_risk(conn, outreach.WORTH_A_LOOK, limit)
        told_from = parts.shop().outreach.late_from
        return OrdersAtRisk(
            items=[
                OrderAtRisk.model_validate({**asdict(one), "conversation": one.conversation_id})
                for one in found
            ],
            told_from=float(told_from) if told_from is not None else None,
        )

    @router.get("/figures", responses=problems(401, 403, 422))
    async def figures(
        session: Annotated[Session, Depends(door.needs("see_metrics"))],
        first: Annotated[date | None, Query(alias="from")] = None,
        last: Annotated[date | None, Query(alias="to")] = None,
    ) -> OutreachFigures:
        """What came of warnings, tips and offers; the last thirty days where none are named."""
        begin, end = span_asked(parts, first, last)
        async with parts.open_connection() as conn:
            warned, arrived, late = await outreach.warning_figures(conn, begin, end, parts.shop().time_zone)
            tips = await outreach.follow_up_figures(conn, begin, end)
            made = await outreach.offer_figures(conn, begin, end)
        return OutreachFigures(
            warned=warned,
            came_late=ratio(late, arrived),
            taken=ratio(made.taken, made.shown),
            refused=ratio(made.refused, made.shown),
            bought=ratio(made.bought, made.shown),
            tips={"conversation": 0, "email": 0, "sms": 0, **tips},
        )

    return router
