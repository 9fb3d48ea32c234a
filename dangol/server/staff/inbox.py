"""The doors of the inbox and of a conversation: reading, and every verb of the desk."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, File, Path, Query, Request, UploadFile
from fastapi.responses import Response

from dangol.assistant import records as log
from dangol.helpdesk import api as helpdesk
from dangol.helpdesk.api import Priority, Thread, verbs
from dangol.kernel.errors import NotFound
from dangol.kernel.facts import Fact
from dangol.server import attachments
from dangol.server.chat_shapes import AttachmentTaken
from dangol.server.database import Connection
from dangol.server.problems import FieldsRefused, language_asked, problems
from dangol.server.staff import telling
from dangol.server.staff.cards import card_view
from dangol.server.staff.conversing import Conversing
from dangol.server.staff.door import Admit, Door, Session, StaffParts
from dangol.server.staff.shapes import (
    ConversationView,
    EntriesView,
    InboxPage,
    Merge,
    NextAnswer,
    NoteAnswer,
    SaidAnswer,
    Say,
    SetLabels,
    SetPriority,
    Snooze,
    Take,
    ThreadAnswer,
    Transfer,
    Viewing,
    WriteNote,
)

ConversationId = Annotated[str, Path(alias="id", max_length=64, pattern=r"^[!-~]+$")]
_LATELY = timedelta(days=7)
_Text = Annotated[str | None, Query(max_length=120)]
_WRITES: dict[int | str, dict[str, Any]] = problems(401, 403, 404, 409, 413, 415, 422)


def routes(parts: StaffParts, door: Door, desk: Conversing) -> APIRouter:
    """Reading and acting; all of it needs `converse`."""
    router = APIRouter()
    _reading(router, parts, door, desk)
    _queueing(router, parts, door, desk)
    _owning(router, parts, door, desk)
    _talking(router, parts, door, desk)
    _beside(router, parts, door, desk)
    return router


def _reading(router: APIRouter, parts: StaffParts, door: Door, desk: Conversing) -> None:
    converse = door.needs("converse")

    @router.get("/inbox", responses=problems(401, 403, 422))
    async def inbox(
        session: Annotated[Session, Depends(converse)],
        view: Literal["mine", "unassigned", "waiting", "all", "snoozed", "closed"] = "mine",
        q: _Text = None,
        label: _Text = None,
        priority: Priority | None = None,
        channel: _Text = None,
        language: _Text = None,
        team: _Text = None,
        owner: _Text = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        cursor: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    ) -> InboxPage:
        """A page of the inbox."""
        filters = {
            "q": q.replace("\x00", "").strip() or None if q else None, "label": label, "priority": priority,
            "channel": channel, "language": language, "team": team, "owner": owner,
        }  # fmt: skip
        async with parts.open_connection() as conn:
            await helpdesk.project(conn, parts.clock.now())
            found = await helpdesk.threads.threads(conn, view, session.staff.id, filters, cursor, limit + 1)
            counts = await helpdesk.threads.counts(conn, session.staff.id)
        following = str(cursor + limit) if len(found) > limit else None
        items = [telling.thread_view(each) for each in found[:limit]]
        return InboxPage(items=items, counts=counts, next=following)

    @router.get("/conversations/{id}", responses=problems(401, 403, 404))
    async def conversation(
        id: ConversationId, request: Request, session: Annotated[Session, Depends(converse)]
    ) -> ConversationView:
        """A conversation with everything beside it."""
        async with parts.open_connection() as conn:
            thread = await desk.thread(conn, id)
            logged = await log.facts_after(conn, id, 0)
            names = await helpdesk.accounts.names(conn)
            notes = await helpdesk.work.notes(conn, id)
            viewers = await desk.viewers(conn, id)
            before = await _elsewhere(conn, thread, parts.clock.now())
        allowed = helpdesk.allowed(session.staff.id, session.staff.role, helpdesk.custody_of(thread))
        return ConversationView(
            thread=telling.thread_view(thread),
            card=card_view([each.fact for each in logged], parts.toolbox, language_asked(request), before),
            entries=telling.entries(logged, names),
            notes=[telling.note_view(each) for each in notes],
            viewers=telling.viewer_views(viewers),
            delivered=thread.delivered,
            read=thread.read,
            allowed=list(allowed),
        )

    @router.get("/conversations/{id}/entries", responses=problems(401, 403, 404, 422))
    async def entries(
        id: ConversationId,
        session: Annotated[Session, Depends(converse)],
        after: Annotated[int, Query(ge=0, le=2_147_483_647)] = 0,
    ) -> EntriesView:
        """What was said and happened after a place."""
        async with parts.open_connection() as conn:
            thread = await desk.thread(conn, id)
            logged = await log.facts_after(conn, id, after)
            names = await helpdesk.accounts.names(conn)
        told = telling.entries(logged, names)
        return EntriesView(entries=told, delivered=thread.delivered, read=thread.read)

    @router.get("/conversations/{id}/attachments/{file}", responses=problems(401, 403, 404))
    async def attachment(
        id: ConversationId, file: str, session: Annotated[Session, Depends(converse)]
    ) -> Response:
        """A file of the conversation, to be kept and never shown as a page."""
        async with parts.open_connection() as conn:
            media_type = await attachments.kind(conn, id, file)
        if media_type is None:
            raise NotFound(file=file)
        return await attachments.handed_out(parts.settings.data, file, media_type)


def _queueing(router: APIRouter, parts: StaffParts, door: Door, desk: Conversing) -> None:
    converse = door.needs("converse")

    @router.post("/inbox/next", responses=problems(401, 403))
    async def take_next(session: Annotated[Session, Depends(converse)]) -> NextAnswer:
        """Take whoever is served next of those that wait: by priority, then whoever has waited longest.

        Only what this person may serve, by language and team; what a colleague takes at this moment is passed over.
        """
        staff = session.staff
        async with parts.open_connection() as conn:
            await helpdesk.project(conn, parts.clock.now())
            for row in await helpdesk.threads.queue(conn):
                if not helpdesk.suits(row, staff.languages, staff.teams):
                    continue
                try:
                    taken = await desk.act(
                        conn, staff, row.conversation_id, "taken", lambda now: verbs.take_waiting(now, staff)
                    )
                except helpdesk.NotYours:
                    continue
                return NextAnswer(thread=telling.thread_view(taken))
        return NextAnswer()


def _owning(router: APIRouter, parts: StaffParts, door: Door, desk: Conversing) -> None:
    converse = door.needs("converse")

    async def act(session: Session, id: str, name: str, verb: Any, **details: Any) -> ThreadAnswer:
        async with parts.open_connection() as conn:
            return _answer(await desk.act(conn, session.staff, id, name, verb, **details))

    @router.post("/conversations/{id}/take", responses=_WRITES)
    async def take(
        id: ConversationId, session: Annotated[Session, Depends(converse)], body: Take | None = None
    ) -> ThreadAnswer:
        """Take it over; the assistant is silent from here."""
        seen = body.seen_owner if body else None
        return await act(session, id, "taken", lambda now: verbs.take(now, session.staff, seen))

    @router.post("/conversations/{id}/transfer", responses=_WRITES)
    async def transfer(
        id: ConversationId, body: Transfer, session: Annotated[Session, Depends(converse)]
    ) -> ThreadAnswer:
        """Give it to somebody, or back to the queue."""
        async with parts.open_connection() as conn:
            to = await desk.colleague(conn, body.to) if body.to else None
        verb: Callable[[verbs.Standing], Any] = lambda now: verbs.transfer(  # noqa: E731
            now, session.staff, to, body.team or "", body.note
        )
        return await act(session, id, "transferred", verb, to=body.to, team=body.team)

    @router.post("/conversations/{id}/snooze", responses=_WRITES)
    async def snooze(
        id: ConversationId, body: Snooze, session: Annotated[Session, Depends(converse)]
    ) -> ThreadAnswer:
        """Put it aside until a moment, or until the shopper writes."""
        until, now_is = body.until, parts.clock.now()
        return await act(
            session,
            id,
            "snoozed",
            lambda now: verbs.snooze(now, session.staff, until, now_is),
            until=until.isoformat(),
        )

    @router.post("/conversations/{id}/wake", responses=_WRITES)
    async def wake(id: ConversationId, session: Annotated[Session, Depends(converse)]) -> ThreadAnswer:
        """Take it up again before its time."""

        def verb(now: verbs.Standing) -> Any:
            if now.custody.owner != session.staff.id:
                raise helpdesk.NotYours(owner=now.custody.owner)
            return verbs.wake(now, session.staff.id)

        return await act(session, id, "woken", verb)

    _ending(router, parts, desk, converse, act)


Act = Callable[..., Awaitable[ThreadAnswer]]


def _ending(router: APIRouter, parts: StaffParts, desk: Conversing, converse: Admit, act: Act) -> None:
    @router.post("/conversations/{id}/resolve", responses=_WRITES)
    async def resolve(id: ConversationId, session: Annotated[Session, Depends(converse)]) -> ThreadAnswer:
        """Give it back to the assistant, which asks whether it is solved."""
        done = await act(session, id, "resolved", lambda now: verbs.resolve(now, session.staff))
        async with parts.open_connection() as conn:
            await desk.keep_answer(conn, session.staff, id)
        return done

    @router.post("/conversations/{id}/give-back", responses=_WRITES)
    async def give_back(id: ConversationId, session: Annotated[Session, Depends(converse)]) -> ThreadAnswer:
        """Give it back to the assistant without a question."""
        return await act(session, id, "given_back", lambda now: verbs.give_back(now, session.staff))

    @router.post("/conversations/{id}/close", responses=_WRITES)
    async def close(id: ConversationId, session: Annotated[Session, Depends(converse)]) -> ThreadAnswer:
        """End it."""
        return await act(session, id, "closed", lambda now: verbs.close(now, session.staff))

    @router.post("/conversations/{id}/reopen", responses=_WRITES)
    async def reopen(id: ConversationId, session: Annotated[Session, Depends(converse)]) -> ThreadAnswer:
        """Take an ended conversation up again."""
        return await act(session, id, "reopened", lambda now: verbs.reopen(now, session.staff))


def _talking(router: APIRouter, parts: StaffParts, door: Door, desk: Conversing) -> None:
    @router.post("/conversations/{id}/say", responses=_WRITES)
    async def say(
        id: ConversationId, body: Say, session: Annotated[Session, Depends(door.needs("converse"))]
    ) -> SaidAnswer:
        """Write to the shopper."""
        async with parts.open_connection() as conn:
            said, thread = await desk.say(conn, session.staff, id, body)
        entry = telling.entry(said, {})
        assert entry is not None
        return SaidAnswer(entry=entry, thread=telling.thread_view(thread))

    @router.post("/conversations/{id}/attachments", status_code=201, responses=_WRITES)
    async def attach(
        id: ConversationId,
        session: Annotated[Session, Depends(door.needs("converse"))],
        file: Annotated[UploadFile, File(description="Image, audio or PDF, at most 10 MB")],
    ) -> AttachmentTaken:
        """Take in a file for a message to come; checked as those of shoppers are."""
        content = await file.read()
        if not content:
            raise FieldsRefused({"file": "empty"})
        async with parts.open_connection() as conn:
            await desk.thread(conn, id)
            taken = await attachments.take_in(conn, parts.settings.data, id, content, parts.clock.now())
        return AttachmentTaken(id=taken.id, media_type=taken.media_type, size=taken.size)

    @router.post("/conversations/{id}/viewing", status_code=204, responses=_WRITES)
    async def viewing(
        id: ConversationId, body: Viewing, session: Annotated[Session, Depends(door.needs("converse"))]
    ) -> Response:
        """I look at it, and perhaps type."""
        async with parts.open_connection() as conn:
            await desk.look(conn, session.staff, id, body.typing)
        return Response(status_code=204)


def _beside(router: APIRouter, parts: StaffParts, door: Door, desk: Conversing) -> None:
    converse = door.needs("converse")

    @router.put("/conversations/{id}/labels", responses=_WRITES)
    async def set_labels(
        id: ConversationId, body: SetLabels, session: Annotated[Session, Depends(converse)]
    ) -> ThreadAnswer:
        """The labels, all of them."""
        async with parts.open_connection() as conn:
            return _answer(await desk.set_labels(conn, session.staff, id, body.labels))

    @router.put("/conversations/{id}/priority", responses=_WRITES)
    async def set_priority(
        id: ConversationId, body: SetPriority, session: Annotated[Session, Depends(converse)]
    ) -> ThreadAnswer:
        """How urgent it is."""
        async with parts.open_connection() as conn:
            return _answer(await desk.set_priority(conn, session.staff, id, body.priority))

    @router.post("/conversations/{id}/notes", status_code=201, responses=_WRITES)
    async def write_note(
        id: ConversationId, body: WriteNote, session: Annotated[Session, Depends(converse)]
    ) -> NoteAnswer:
        """A private note; the shopper never sees it."""
        async with parts.open_connection() as conn:
            note = await desk.write_note(conn, session.staff, id, body.text, body.mentions)
        return NoteAnswer(note=telling.note_view(note))

    @router.post("/conversations/{id}/merge", responses=_WRITES)
    async def merge(
        id: ConversationId, body: Merge, session: Annotated[Session, Depends(converse)]
    ) -> ThreadAnswer:
        """End a double in favour of another conversation."""
        async with parts.open_connection() as conn:
            return _answer(await desk.merge(conn, session.staff, id, body.into))


def _answer(thread: Thread) -> ThreadAnswer:
    return ThreadAnswer(thread=telling.thread_view(thread))


async def _elsewhere(conn: Connection, thread: Thread, now: datetime) -> list[Fact]:
    """What the same customer said in their last other conversation, when that was lately: they need not say it again."""
    if thread.customer_id is None:
        return []
    past = await helpdesk.threads.past(conn, thread.conversation_id, thread.customer_id, 1)
    if not past or now - past[0].updated_at > _LATELY:
        return []
    return [each.fact for each in await log.facts_after(conn, past[0].conversation_id, 0)]
