"""The doors of the learning room, for staff: messages to look at, lessons, answers, the sample, notices."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query, Request

from dangol.kernel.clock import Clock
from dangol.kernel.errors import NotFound
from dangol.kernel.shop import Shop
from dangol.learning import agreement, answering, improving, queue, teaching
from dangol.learning.agreement import Standing
from dangol.learning.following import catch_up
from dangol.learning.likeness import Likeness
from dangol.learning.model import (
    Archive,
    Colleague,
    Connection,
    Decided,
    Lesson,
    OwnIntent,
    Reader,
    Signal,
    SuggestedAnswer,
)
from dangol.learning.records import enquiries, lessons
from dangol.learning.shapes import (
    AddIntent,
    AgreementFigures,
    AgreementLine,
    Answers,
    Decide,
    GapLine,
    Gaps,
    Intents,
    Judge,
    Lessons,
    Notices,
    OneMessage,
    Proposal,
    Proposals,
    Report,
    Reword,
    Sample,
    Settle,
    SettleGap,
    Suggest,
    Teach,
    Waitings,
)

_Most = Annotated[int, Query(ge=1, le=500, description="at most so many")]
_Number = Annotated[int, Path(ge=1, lt=2**63)]
_Seq = Annotated[int, Path(ge=1, lt=2**31)]
_Conversation = Annotated[str, Path(max_length=64)]
_LANGUAGE = r"^[a-z]{2}$"


@dataclass(frozen=True)
class Parts:
    """What the doors stand on; `staff` says who is at the door, or refuses; `told` hears of agreement figures."""

    open_connection: Callable[[], AbstractAsyncContextManager[Connection]]
    staff: Callable[[Request], Awaitable[Colleague]]
    archive: Archive
    reader: Reader
    likeness: Likeness
    shop: Callable[[], Shop]
    clock: Clock
    told: Callable[[list[Standing]], None]


def routes(parts: Parts) -> APIRouter:
    """Everything under /api/staff/learning."""
    router = APIRouter(prefix="/api/staff/learning", tags=["learning"])
    _message_routes(router, parts)
    _lesson_routes(router, parts)
    _answer_routes(router, parts)
    _intent_routes(router, parts)
    _agreement_routes(router, parts)
    _proposal_routes(router, parts)
    return router


def _message_routes(router: APIRouter, parts: Parts) -> None:
    @router.get("/messages")
    async def messages(
        signal: Annotated[list[Signal] | None, Query()] = None,
        language: Annotated[str | None, Query(pattern=_LANGUAGE)] = None,
        intent: Annotated[str | None, Query(max_length=60)] = None,
        limit: _Most = 50,
        who: Colleague = Depends(parts.staff),
    ) -> Waitings:
        """Misread and unanswered messages, like ones together, the largest group first."""
        async with parts.open_connection() as conn:
            await catch_up(conn, parts.archive)
            found = await queue.waiting(
                conn,
                parts.archive,
                parts.likeness,
                who,
                signals=signal or (),
                language=language,
                intent=intent,
                limit=limit,
            )
        return Waitings(items=found)

    @router.get("/report")
    async def report(
        days: Annotated[int, Query(ge=1, le=366)] = 28,
        limit: _Most = 10,
        who: Colleague = Depends(parts.staff),
    ) -> Report:
        """Where to improve: the topics whose messages went wrong most often, with examples."""
        since = parts.clock.now() - timedelta(days=days)
        async with parts.open_connection() as conn:
            await catch_up(conn, parts.archive)
            topics = await improving.areas_to_improve(conn, parts.archive, parts.likeness, who, since, limit)
        return Report(days=days, topics=topics)

    @router.get("/messages/{conversation_id}/{seq}")
    async def message(
        conversation_id: _Conversation, seq: _Seq, who: Colleague = Depends(parts.staff)
    ) -> OneMessage:
        """One message with the state it came in."""
        async with parts.open_connection() as conn:
            await catch_up(conn, parts.archive)
            found, moment, lesson = await queue.look_at(conn, parts.archive, who, (conversation_id, seq))
        return OneMessage(message=found, moment=moment, lesson=lesson)


def _lesson_routes(router: APIRouter, parts: Parts) -> None:
    @router.post("/lessons", status_code=201)
    async def teach(body: Teach, who: Colleague = Depends(parts.staff)) -> Lesson:
        """Say what a message means; it waits for approval."""
        place = (body.message.conversation_id, body.message.seq) if body.message else None
        async with parts.open_connection() as conn:
            return await teaching.propose(
                conn,
                parts.archive,
                parts.reader,
                who,
                parts.clock.now(),
                verdict=body.verdict,
                place=place,
                text=body.text,
                language=body.language,
                intents=body.intents,
                entities=body.entities,
            )

    @router.get("/lessons")
    async def listed(
        state: Decided = "proposed", limit: _Most = 100, who: Colleague = Depends(parts.staff)
    ) -> Lessons:
        """Lessons in a state, the oldest first."""
        async with parts.open_connection() as conn:
            return Lessons(items=tuple(await teaching.listed(conn, who, state, limit)))

    @router.post("/lessons/{number}/decision")
    async def decide(number: _Number, body: Decide, who: Colleague = Depends(parts.staff)) -> Lesson:
        """Approve a lesson for the next training, or reject it."""
        async with parts.open_connection() as conn:
            return await teaching.decide(
                conn,
                who,
                number,
                approve=body.approve,
                four_eyes=parts.shop().assistant.four_eyes,
                now=parts.clock.now(),
            )

    @router.delete("/lessons/{number}")
    async def take_back(number: _Number, who: Colleague = Depends(parts.staff)) -> Lesson:
        """Undo a lesson."""
        async with parts.open_connection() as conn:
            return await teaching.take_back(conn, who, number, parts.clock.now())


def _answer_routes(router: APIRouter, parts: Parts) -> None:
    @router.get("/gaps")
    async def gaps(limit: _Most = 100, who: Colleague = Depends(parts.staff)) -> Gaps:
        """Questions nobody has written an answer to, those asked most first."""
        async with parts.open_connection() as conn:
            found = await answering.gaps(conn, who, limit)
        return Gaps(
            items=tuple(
                GapLine(
                    id=gap.id,
                    question=gap.question,
                    language=gap.language,
                    kind=gap.kind,
                    product=gap.product,
                    count=gap.times,
                    first_asked=gap.first_asked_at,
                    last_asked=gap.last_asked_at,
                )
                for gap in found
            )
        )

    @router.put("/gaps/{number}", status_code=204)
    async def settle_gap(number: _Number, body: SettleGap, who: Colleague = Depends(parts.staff)) -> None:
        """Take a gap off the list without an answer, or put it back."""
        async with parts.open_connection() as conn:
            await answering.settle_gap(conn, who, number, body.wanted, parts.clock.now())

    @router.post("/answers", status_code=201)
    async def suggest(body: Suggest, who: Colleague = Depends(parts.staff)) -> SuggestedAnswer:
        """Suggest an answer for the articles; it waits for approval."""
        async with parts.open_connection() as conn:
            return await answering.suggest(
                conn,
                who,
                parts.clock.now(),
                question=body.question,
                answer=body.answer,
                language=body.language,
                title=body.title,
                article=body.article,
                changes=body.changes,
                gaps=body.gaps,
                places=[(one.conversation_id, one.seq) for one in body.messages],
            )

    @router.get("/answers")
    async def listed(
        state: Decided = "proposed", limit: _Most = 100, who: Colleague = Depends(parts.staff)
    ) -> Answers:
        """Suggested answers in a state, the oldest first."""
        async with parts.open_connection() as conn:
            return Answers(items=tuple(await answering.listed(conn, who, state, limit)))

    @router.put("/answers/{number}")
    async def reword(number: _Number, body: Reword, who: Colleague = Depends(parts.staff)) -> SuggestedAnswer:
        """Change the words of a suggestion that waits."""
        async with parts.open_connection() as conn:
            return await answering.reword(conn, who, number, **body.model_dump())

    @router.post("/answers/{number}/decision")
    async def decide(number: _Number, body: Decide, who: Colleague = Depends(parts.staff)) -> SuggestedAnswer:
        """Put an answer into the articles, or reject it."""
        async with parts.open_connection() as conn:
            return await answering.decide(
                conn,
                who,
                number,
                approve=body.approve,
                four_eyes=parts.shop().assistant.four_eyes,
                now=parts.clock.now(),
            )

    @router.delete("/answers/{number}")
    async def take_back(number: _Number, who: Colleague = Depends(parts.staff)) -> SuggestedAnswer:
        """Undo: the article is as it was before."""
        async with parts.open_connection() as conn:
            return await answering.take_back(conn, who, number, parts.clock.now())


def _intent_routes(router: APIRouter, parts: Parts) -> None:
    @router.get("/intents")
    async def intents(who: Colleague = Depends(parts.staff)) -> Intents:
        """The intents and types of entities a message can be taught."""
        who.must("look")
        async with parts.open_connection() as conn:
            own = await lessons.own_intents(conn)
        names = {intent.name for intent in own}
        return Intents(
            known=tuple(sorted(parts.reader.intents() - names)),
            own=tuple(own),
            entities=tuple(sorted(parts.reader.entities())),
        )

    @router.post("/intents", status_code=201)
    async def add(body: AddIntent, who: Colleague = Depends(parts.staff)) -> OwnIntent:
        """Add an intent of the shop's own."""
        intent = OwnIntent(name=body.name, description=body.description)
        async with parts.open_connection() as conn:
            return await teaching.add_intent(conn, parts.reader, who, intent, parts.clock.now())

    @router.delete("/intents/{name}", status_code=204)
    async def drop(name: Annotated[str, Path(max_length=60)], who: Colleague = Depends(parts.staff)) -> None:
        """Drop an intent of the shop's own that no lesson teaches."""
        async with parts.open_connection() as conn:
            await teaching.drop_intent(conn, who, name)


def _agreement_routes(router: APIRouter, parts: Parts) -> None:
    @router.get("/sample")
    async def sample(limit: _Most = 50, who: Colleague = Depends(parts.staff)) -> Sample:
        """Readings to agree or disagree with."""
        async with parts.open_connection() as conn:
            await catch_up(conn, parts.archive)
            await agreement.draw(conn, parts.clock.now(), parts.shop().zone)
            return Sample(items=tuple(await agreement.to_judge(conn, parts.archive, who, limit)))

    async def judged(who: Colleague, conversation_id: str, seq: int, body: Judge | None) -> None:
        now = parts.clock.now()
        async with parts.open_connection() as conn:
            await agreement.judge(
                conn,
                parts.archive,
                parts.reader,
                who,
                (conversation_id, seq),
                now,
                agreed=body.agreed if body else None,
                right=body.intents if body else (),
            )
            parts.told(await agreement.look_for_drop(conn, now, parts.shop().zone))

    @router.put("/sample/{conversation_id}/{seq}", status_code=204)
    async def judge(
        conversation_id: _Conversation, seq: _Seq, body: Judge, who: Colleague = Depends(parts.staff)
    ) -> None:
        """Agree with a reading, or disagree and say what is right."""
        await judged(who, conversation_id, seq, body)

    @router.delete("/sample/{conversation_id}/{seq}", status_code=204)
    async def unjudge(
        conversation_id: _Conversation, seq: _Seq, who: Colleague = Depends(parts.staff)
    ) -> None:
        """Take a judgement back."""
        await judged(who, conversation_id, seq, None)

    @router.get("/agreement")
    async def figures(
        since: date | None = None, until: date | None = None, who: Colleague = Depends(parts.staff)
    ) -> AgreementFigures:
        """How often staff agreed, by language and intent; the last 30 days unless told otherwise."""
        last = until or parts.clock.now().astimezone(parts.shop().zone).date()
        first = since or last - timedelta(days=29)
        async with parts.open_connection() as conn:
            found = await agreement.figures(conn, who, first, last + timedelta(days=1))
        lines = tuple(
            AgreementLine(
                language=one.language,
                intent=one.intent,
                agreed=one.agreed,
                judged=one.judged,
                share=one.share,
            )
            for one in found
        )
        return AgreementFigures(since=first, until=last, items=lines)

    @router.get("/notices")
    async def notices(who: Colleague = Depends(parts.staff)) -> Notices:
        """Drops of agreement, unseen ones first."""
        async with parts.open_connection() as conn:
            found = await agreement.notices(conn, who)
        return Notices(items=tuple(found))

    @router.post("/notices/{number}/seen", status_code=204)
    async def seen(number: _Number, who: Colleague = Depends(parts.staff)) -> None:
        """Take a notice down."""
        async with parts.open_connection() as conn:
            await agreement.see_notice(conn, who, number, parts.clock.now())


def _proposal_routes(router: APIRouter, parts: Parts) -> None:
    @router.get("/proposals")
    async def proposals(
        state: Literal["open", "taken", "dismissed"] = "open",
        limit: _Most = 100,
        who: Colleague = Depends(parts.staff),
    ) -> Proposals:
        """What past enquiries ask for, the most frequent first."""
        who.must("look")
        async with parts.open_connection() as conn:
            found = await enquiries.groups(conn, state, limit)
        return Proposals(items=tuple(Proposal.model_validate(one, from_attributes=True) for one in found))

    @router.put("/proposals/{number}", status_code=204)
    async def settle(number: _Number, body: Settle, who: Colleague = Depends(parts.staff)) -> None:
        """Take a proposal up, dismiss it, or open it again."""
        who.must("decide")
        async with parts.open_connection() as conn:
            if not await enquiries.settle(conn, number, body.state, who.id, parts.clock.now()):
                raise NotFound(proposal=number)
