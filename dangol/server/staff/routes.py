"""The staff API, put together."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header
from fastapi.responses import StreamingResponse

from dangol.knowledge.api import Articles
from dangol.server import events
from dangol.server.language_models import Cabinet
from dangol.server.problems import problems
from dangol.server.staff import (
    accounts,
    articles,
    beside,
    inbox,
    insights,
    keeping,
    manner,
    models,
    outreach,
    refunds,
    returns,
    settings,
    working,
    writing,
)
from dangol.server.staff.approving import Acting
from dangol.server.staff.conversing import Conversing
from dangol.server.staff.door import PREFIX, Door, Session, StaffParts
from dangol.server.staff.feed import Feed
from dangol.server.writing import Writing

_STREAM: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}
}


def routes(parts: StaffParts, feed: Feed, knowledge: Articles, cabinet: Cabinet, pens: Writing) -> APIRouter:
    """Everything under `/api/staff`."""
    router = APIRouter(prefix=PREFIX, tags=["staff"])
    door, desk = Door(parts), Conversing(parts)
    router.include_router(accounts.routes(parts, door))
    router.include_router(inbox.routes(parts, door, desk))
    router.include_router(beside.routes(parts, door, desk))
    router.include_router(keeping.routes(parts, door))
    router.include_router(insights.routes(parts, door))
    router.include_router(manner.routes(parts, door))
    router.include_router(settings.routes(parts, door))
    router.include_router(working.routes(parts, door, Acting(parts, desk)))
    router.include_router(returns.routes(parts, door))
    router.include_router(outreach.routes(parts, door))
    router.include_router(refunds.routes(parts, door, desk))
    router.include_router(articles.routes(parts, door, knowledge))
    router.include_router(models.routes(parts, door, cabinet))
    router.include_router(writing.routes(parts, door, desk, pens))

    @router.get("/events", responses={**problems(401, 403), **_STREAM}, response_class=StreamingResponse)
    async def follow(
        session: Annotated[Session, Depends(door.needs("converse"))],
        last_event_id: Annotated[str | None, Header(max_length=20)] = None,
    ) -> StreamingResponse:
        """Everything that happens at the desk, while it happens."""
        known = (
            int(last_event_id)
            if last_event_id and last_event_id.isascii() and last_event_id.isdigit()
            else None
        )
        stream = feed.stream(session.staff.id, known)
        return StreamingResponse(stream, media_type="text/event-stream", headers=events.HEADERS)

    return router
