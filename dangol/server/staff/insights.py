"""The doors of who is likely to leave: how well that is known, segments with what to do, treatments and their effect."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from dangol.customers import api as customers
from dangol.helpdesk import api as helpdesk
from dangol.insights import api as insights
from dangol.insights.api import Segment
from dangol.kernel.money import exponent
from dangol.orders import api as orders
from dangol.server.database import Connection
from dangol.server.problems import language_asked, problems
from dangol.server.staff.door import Door, Session, StaffParts
from dangol.server.staff.shapes import StaffRef
from dangol.server.staff.shapes_insights import (
    Begin,
    Expect,
    ExpectedView,
    GroupView,
    ModelView,
    Overview,
    PeopleView,
    PersonView,
    SegmentView,
    TreatmentView,
)
from dangol.server.staff.tables import csv_file

_MOST_LISTED = 100_000  # rows of one file


def routes(parts: StaffParts, door: Door) -> APIRouter:
    """Everything under `/insights`."""
    router = APIRouter(prefix="/insights")
    _overview(router, parts, door)
    _people(router, parts, door)
    _expecting(router, parts, door)
    _treating(router, parts, door)
    return router


def _overview(router: APIRouter, parts: StaffParts, door: Door) -> None:
    see = door.needs("see_metrics")

    async def view(conn: Connection, language: str) -> Overview:
        run = await insights.latest_run(conn)
        names = await helpdesk.accounts.names(conn)
        results = await insights.results(conn, parts.clock.now())
        overview = Overview(
            at=run.at if run else None,
            trouble=_trouble(run, language),
            horizon=run.horizon if run else None,
            scored=run.scored if run else 0,
            currency=parts.shop().currency,
            models=_models(run, language),
            segments=[],
            treatments=[_treatment_view(each, names, language) for each in results],
        )
        if run is not None and run.trouble is None:
            apart = await customers.set_apart(conn)
            found = await insights.segments(conn, apart)
            assumed = await insights.assumptions(conn)
            overview.segments = [
                _segment_view(each, results, assumed, names, language)
                for each in sorted(found, key=lambda one: insights.SEGMENTS.index(one.segment))
            ]
        return overview

    @router.get("", responses=problems(401, 403))
    async def overview(request: Request, session: Annotated[Session, Depends(see)]) -> Overview:
        """Who is likely to leave, by segment, with what to do about it."""
        async with parts.open_connection() as conn:
            return await view(conn, language_asked(request))

    @router.post("/reckon", responses=problems(401, 403))
    async def reckon(
        request: Request, session: Annotated[Session, Depends(door.needs("edit_settings"))]
    ) -> Overview:
        """Reckon now instead of at night."""
        async with parts.open_connection() as conn:
            await insights.reckon(conn, parts.shop(), parts.clock.now())
            return await view(conn, language_asked(request))

    @router.get("/segments.csv", responses=problems(401, 403), response_class=Response)
    async def segments_csv(request: Request, session: Annotated[Session, Depends(see)]) -> Response:
        """The segments as a table."""
        async with parts.open_connection() as conn:
            found = await view(conn, language_asked(request))
        head = (
            "segment", "title", "people", "at_stake", "currency", "action", "expected_source", "expected_gain_low",
            "expected_gain_high", "expected_buyers_low", "expected_buyers_high",
        )  # fmt: skip
        rows = [
            (
                one.segment, one.title, one.people, _major(one.at_stake, found.currency), found.currency, one.action,
                *((one.expected.source, *one.expected.gain, *one.expected.buyers) if one.expected else ("",) * 5),
            )
            for one in found.segments
        ]  # fmt: skip
        return csv_file("segments", head, rows)


def _people(router: APIRouter, parts: StaffParts, door: Door) -> None:
    see = door.needs("see_all")

    @router.get("/segments/{segment}/people", responses=problems(401, 403, 422))
    async def people(
        segment: Segment,
        request: Request,
        session: Annotated[Session, Depends(see)],
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        offset: Annotated[int, Query(ge=0, le=10**7)] = 0,
    ) -> PeopleView:
        """Who is in a segment, and why."""
        async with parts.open_connection() as conn:
            apart = await customers.set_apart(conn)
            total = next(
                (one.people for one in await insights.segments(conn, apart) if one.segment == segment), 0
            )
            rows = await insights.people(conn, segment, apart, limit, offset)
            return PeopleView(items=await _persons(conn, rows, language_asked(request)), total=total)

    async def _persons(conn: Connection, rows: list[insights.ScoreRow], language: str) -> list[PersonView]:
        ids = [row.customer_id for row in rows]
        reached = await customers.contacts(conn, ids)
        usual = await orders.usual_goods(conn, ids)
        out = await insights.held_out_now(conn, ids, parts.clock.now())
        return [
            PersonView(
                customer=row.customer_id,
                name=who.name,
                email=who.email,
                phone=who.phone,
                agreed=who.agreed,
                probability=row.probability,
                at_stake=row.at_stake,
                reasons=insights.reason_words(row.reasons, language),
                usual=usual.get(row.customer_id, []),
                held_out=row.customer_id in out,
            )
            for row in rows
            if (who := reached.get(row.customer_id)) is not None
        ]

    async def listed(
        conn: Connection, session: Session, name: str, rows: list[insights.ScoreRow], language: str
    ) -> Response:
        found = await _persons(conn, rows, language)
        await helpdesk.accounts.note_act(
            conn,
            session.staff.id,
            "insights_people_taken",
            parts.clock.now(),
            details={"list": name, "people": len(found)},
        )
        head = (
            "name", "email", "phone", "agreed_to_advertising", "probability_of_leaving", "at_stake", "currency",
            "reasons", "usually_buys", "held_out",
        )  # fmt: skip
        currency = parts.shop().currency
        return csv_file(
            name,
            head,
            [
                (
                    one.name, one.email, one.phone, ", ".join(one.agreed), one.probability,
                    _major(one.at_stake, currency), currency, "; ".join(one.reasons), "; ".join(one.usual),
                    "yes" if one.held_out else "no",
                )
                for one in found
            ],
        )  # fmt: skip

    @router.get("/segments/{segment}/people.csv", responses=problems(401, 403, 422), response_class=Response)
    async def people_csv(
        segment: Segment, request: Request, session: Annotated[Session, Depends(see)]
    ) -> Response:
        """The people of a segment as a table; that it was taken is written down."""
        async with parts.open_connection() as conn:
            rows = await insights.people(conn, segment, await customers.set_apart(conn), _MOST_LISTED, 0)
            return await listed(conn, session, segment, rows, language_asked(request))

    @router.get("/treatments/{id}/people.csv", responses=problems(401, 403, 404), response_class=Response)
    async def treated_csv(id: str, request: Request, session: Annotated[Session, Depends(see)]) -> Response:
        """Whom to treat, without those left out to compare with; that it was taken is written down."""
        async with parts.open_connection() as conn:
            treatment, ids = await insights.treated_people(conn, id)
            rows = await insights.scores_of(conn, ids)
            return await listed(conn, session, f"treated-{treatment.segment}", rows, language_asked(request))


def _expecting(router: APIRouter, parts: StaffParts, door: Door) -> None:
    edit = door.needs("edit_settings")

    @router.put("/segments/{segment}/expected", status_code=204, responses=problems(401, 403, 413, 415, 422))
    async def expect(segment: Segment, body: Expect, session: Annotated[Session, Depends(edit)]) -> None:
        """Say what is expected of treating a segment, until it is measured."""
        async with parts.open_connection() as conn, conn.transaction():
            now, who = parts.clock.now(), session.staff.id
            await insights.expect(conn, segment, body.low / 100, body.high / 100, who, now)
            await helpdesk.accounts.note_act(
                conn,
                who,
                "insights_expected",
                now,
                details={"segment": segment, "low": body.low, "high": body.high},
            )

    @router.delete("/segments/{segment}/expected", status_code=204, responses=problems(401, 403, 422))
    async def expect_nothing(segment: Segment, session: Annotated[Session, Depends(edit)]) -> None:
        """Take back what was expected."""
        async with parts.open_connection() as conn, conn.transaction():
            if await insights.drop_assumption(conn, segment):
                await helpdesk.accounts.note_act(
                    conn,
                    session.staff.id,
                    "insights_expected",
                    parts.clock.now(),
                    details={"segment": segment},
                )


def _treating(router: APIRouter, parts: StaffParts, door: Door) -> None:
    edit = door.needs("edit_settings")

    @router.post("/treatments", status_code=201, responses=problems(401, 403, 409, 413, 415, 422))
    async def begin(
        body: Begin, request: Request, session: Annotated[Session, Depends(edit)]
    ) -> TreatmentView:
        """Begin a treatment with a hold-out drawn by chance; nothing is sent by it."""
        async with parts.open_connection() as conn, conn.transaction():
            now, who = parts.clock.now(), session.staff
            one = await insights.begin_treatment(
                conn,
                parts.shop(),
                body.segment,
                body.action,
                body.held_out / 100,
                body.cost,
                body.margin / 100,
                who.id,
                now,
            )
            await helpdesk.accounts.note_act(
                conn, who.id, "insights_treatment", now, details={"treatment": one.id, "segment": one.segment}
            )
            return await _one(conn, one.id, language_asked(request))

    @router.post("/treatments/{id}/stop", responses=problems(401, 403, 404, 409))
    async def stop(id: str, request: Request, session: Annotated[Session, Depends(edit)]) -> TreatmentView:
        """End a treatment before its time."""
        async with parts.open_connection() as conn, conn.transaction():
            now = parts.clock.now()
            one = await insights.stop_treatment(conn, id, now)
            await helpdesk.accounts.note_act(
                conn, session.staff.id, "insights_treatment_stopped", now, details={"treatment": one.id}
            )
            return await _one(conn, one.id, language_asked(request))

    async def _one(conn: Connection, treatment_id: str, language: str) -> TreatmentView:
        names = await helpdesk.accounts.names(conn)
        found = await insights.results(conn, parts.clock.now())
        return next(
            _treatment_view(each, names, language) for each in found if each.treatment.id == treatment_id
        )


def _trouble(run: insights.Run | None, language: str) -> str | None:
    told = {"reason": "no_scores"} if run is None else run.trouble
    return insights.trouble_words(told, language) if told else None


def _models(run: insights.Run | None, language: str) -> list[ModelView]:
    if run is None or run.report is None:
        return []
    report = insights.Report.model_validate(run.report)
    return [
        ModelView(
            name=name,
            title=insights.model_words(name, language),
            chosen=name == report.chosen,
            quality=quality,
        )
        for name, quality in sorted(report.quality.items(), key=lambda each: -each[1].auc.value)
    ]


def _segment_view(
    one: insights.SegmentFigures,
    results: list[insights.Result],
    assumed: dict[Segment, insights.Assumption],
    names: dict[str, str],
    language: str,
) -> SegmentView:
    words = insights.SEGMENT_WORDS[language][one.segment]
    own = [each for each in results if each.treatment.segment == one.segment]
    said = assumed.get(one.segment)
    return SegmentView(
        segment=one.segment,
        title=words.title,
        who=words.who,
        action=words.action,
        how=words.how,
        people=one.people,
        at_stake=one.at_stake,
        expected=_expected(one, own, said, names),
        assumed=(said.low * 100, said.high * 100) if said else None,
        treatment=next((each.treatment.id for each in own if each.state == "running"), None),
    )


def _expected(
    one: insights.SegmentFigures,
    own: list[insights.Result],
    said: insights.Assumption | None,
    names: dict[str, str],
) -> ExpectedView | None:
    """Measured by the latest treatment that ran its whole time, else what the merchant assumed, else nothing."""
    measured = next((each for each in own if each.state == "over" and each.effect is not None), None)
    if measured is not None and measured.effect is not None:
        low, high, at = measured.effect.low, measured.effect.high, measured.treatment.ends_at
        source: Literal["measured", "assumed"] = "measured"
        by = measured.treatment.started_by
    elif said is not None:
        low, high, at, source, by = said.low, said.high, said.set_at, "assumed", said.set_by
    else:
        return None
    return ExpectedView(
        source=source,
        gain=(round(low * 100, 1), round(high * 100, 1)),
        buyers=(round(low * one.people), round(high * one.people)),
        amount=(round(low * one.people * one.basket), round(high * one.people * one.basket)),
        by=StaffRef(id=by, name=names.get(by, "")),
        at=at,
    )


def _treatment_view(one: insights.Result, names: dict[str, str], language: str) -> TreatmentView:
    treatment = one.treatment
    return TreatmentView(
        id=treatment.id,
        segment=treatment.segment,
        title=insights.SEGMENT_WORDS[language][treatment.segment].title,
        action=treatment.action,
        by=StaffRef(id=treatment.started_by, name=names.get(treatment.started_by, "")),
        started_at=treatment.started_at,
        ends_at=treatment.stopped_at or treatment.ends_at,
        state=one.state,
        cost=treatment.cost,
        margin=round(treatment.margin * 100, 2),
        treated=_group(one.treated),
        held_out=_group(one.control),
        effect=one.effect,
        return_on_spend=one.return_on_spend,
    )


def _group(tally: insights.Tally) -> GroupView:
    return GroupView(people=tally.people, bought=tally.bought, amount=tally.value)


def _major(amount: int, currency: str) -> str:
    """An amount as a spreadsheet reads it: 1234.50."""
    places = exponent(currency)
    return f"{amount / 10**places:.{places}f}"
