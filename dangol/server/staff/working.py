"""The doors of acts for the shopper and of approvals."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request

from dangol.helpdesk import api as helpdesk
from dangol.server.problems import language_asked, problems
from dangol.server.staff.approving import Acting, approval_view
from dangol.server.staff.door import Door, Session, StaffParts
from dangol.server.staff.inbox import ConversationId
from dangol.server.staff.shapes_work import (
    ActionDone,
    Actions,
    AnswerApproval,
    Approvals,
    ApprovalView,
    DoAction,
)


def routes(parts: StaffParts, door: Door, acting: Acting) -> APIRouter:
    """Acts and approvals."""
    router = APIRouter()

    @router.get("/conversations/{id}/actions", responses=problems(401, 403, 404))
    async def actions(
        id: ConversationId, request: Request, session: Annotated[Session, Depends(door.needs("converse"))]
    ) -> Actions:
        """What can be done for the shopper."""
        return Actions(items=acting.actions(language_asked(request)))

    @router.post("/conversations/{id}/actions", responses=problems(401, 403, 404, 409, 413, 415, 422))
    async def act(
        id: ConversationId, body: DoAction, session: Annotated[Session, Depends(door.needs("converse"))]
    ) -> ActionDone:
        """Do something for the shopper, or ask for approval where it is above the limit."""
        async with parts.open_connection() as conn:
            return await acting.act(conn, session.staff, id, body.id, body.tool, body.args)

    @router.get("/approvals", responses=problems(401, 403, 422))
    async def approvals(
        session: Annotated[Session, Depends(door.needs("converse"))],
        state: Literal["waiting", "answered"] = "waiting",
        limit: Annotated[int, Query(ge=1, le=200)] = 100,
    ) -> Approvals:
        """Requests: everybody's for whoever may answer them, one's own for the others."""
        mine = None if "approve" in helpdesk.MAY[session.staff.role] else session.staff.id
        async with parts.open_connection() as conn:
            names = await helpdesk.accounts.names(conn)
            found = await helpdesk.work.approvals(conn, state == "waiting", mine, limit)
            about = await helpdesk.threads.threads_of(conn, [each.conversation_id for each in found])
        return Approvals(
            items=[
                approval_view(each, names, parts.toolbox, parts.shop(), about.get(each.conversation_id))
                for each in found
            ]
        )

    @router.post("/approvals/{id}", responses=problems(401, 403, 404, 409, 413, 415, 422))
    async def answer_approval(
        id: str, body: AnswerApproval, session: Annotated[Session, Depends(door.needs("approve"))]
    ) -> ApprovalView:
        """Say yes or no to a request."""
        async with parts.open_connection() as conn:
            return await acting.answer(conn, session.staff, id, body.approve, body.why)

    return router
