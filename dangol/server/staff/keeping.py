"""The doors of the desk's figures."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response
from pydantic import BaseModel

from dangol.helpdesk import api as helpdesk
from dangol.helpdesk.api import Tally, Told
from dangol.kernel.intents import NO_WISH
from dangol.knowledge import api as knowledge
from dangol.server.problems import FieldsRefused, problems
from dangol.server.staff.door import Door, Session, StaffParts
from dangol.server.staff.tables import csv_file

_LONGEST = timedelta(days=366)
# what is said in a conversation without asking for anything
_NO_MATTER = NO_WISH | {
    "inform", "correct", "choose_option", "start_over", "switch_language", "smalltalk", "ask_if_bot", "out_of_scope",
}  # fmt: skip


class Spread(BaseModel):
    """How long it took, in seconds; `n` says of how many."""

    p50: float | None
    p90: float | None
    p99: float | None
    n: int


class Ratio(BaseModel):
    """A share with what it is of; None of nothing."""

    numerator: int
    denominator: int
    value: float | None


class Assist(BaseModel):
    """Handled with a suggestion among the answers, or without one."""

    handling: Spread
    resolved_per_hour: float | None


class FigureRow(BaseModel):
    """The figures of one group."""

    group: str
    name: str
    first_response: Spread
    first_response_open: Spread
    reply: Spread
    reply_open: Spread
    waiting: Spread
    handling: Spread
    resolution: Spread
    answered: Ratio
    context_kept: Ratio
    reopened: Ratio
    transferred: Ratio
    abandoned: Ratio
    csat: Ratio
    rated: Ratio
    with_suggestion: Ratio
    resolved_per_hour: float | None
    assisted: Assist
    unassisted: Assist


class Figures(BaseModel):
    """The figures of the desk, by group and of all together; beside them how soon the assistant replied."""

    rows: list[FigureRow]
    total: FigureRow
    assistant: Spread


class RoutineRow(BaseModel):
    """One wish: in how many conversations it was brought up, and in how many of them nobody of staff was needed."""

    intent: str
    alone: Ratio


class Routine(BaseModel):
    """The work taken off staff, commonest wish first, and of all wishes together."""

    items: list[RoutineRow]
    total: Ratio


class StepRow(BaseModel):
    """One step of a guide: of the walks that came to it, how many it solved."""

    step: int
    solved: Ratio


class GuideRow(BaseModel):
    """One guide: of the walks begun with it, how many it solved, came to a person, turned out dangerous."""

    guide: str
    title: str
    solved: Ratio
    handed_over: Ratio
    dangerous: Ratio
    steps: list[StepRow]


class GuideFigures(BaseModel):
    """The guides for goods that do not work, the one walked most first, and all of them together."""

    items: list[GuideRow]
    total: Ratio


def routes(parts: StaffParts, door: Door) -> APIRouter:
    """Figures."""
    router = APIRouter()
    _figures(router, parts, door)
    return router


def _figures(router: APIRouter, parts: StaffParts, door: Door) -> None:
    see = door.needs("see_metrics")
    Day = Annotated[date | None, Query()]

    async def figures(first: date | None, last: date | None, by: helpdesk.By) -> Figures:
        begin, end = span_asked(parts, first, last)
        async with parts.open_connection() as conn:
            names = await helpdesk.accounts.names(conn)
            came = await helpdesk.threads.at_desk_between(conn, begin, end)
            logs = await helpdesk.threads.facts_behind(conn, {each: 0 for each, _ in came})
            p50, p90, p99, n = await helpdesk.threads.answered_within(conn, begin, end)
        told = [
            Told(channel, [(each.at, each.fact) for each in logs[conversation]])
            for conversation, channel in came
        ]
        shop = parts.shop()
        found = helpdesk.tallied(told, by, shop.zone, shop.helpdesk.hours or shop.hours)
        return Figures(
            rows=[_row(group, names.get(group, group), found[group]) for group in sorted(found)],
            total=_row("", "", helpdesk.together(found.values())),
            assistant=Spread(p50=p50, p90=p90, p99=p99, n=n),
        )

    @router.get("/metrics", responses=problems(401, 403, 422))
    async def metrics(
        session: Annotated[Session, Depends(see)],
        first: Annotated[date | None, Query(alias="from")] = None,
        to: Day = None,
        by: helpdesk.By = "day",
    ) -> Figures:
        """How the desk does."""
        return await figures(first, to, by)

    @router.get("/metrics/routine", responses=problems(401, 403, 422))
    async def routine(
        session: Annotated[Session, Depends(see)],
        first: Annotated[date | None, Query(alias="from")] = None,
        to: Day = None,
    ) -> Routine:
        """What shoppers came for, and how much of it was settled without staff."""
        begin, end = span_asked(parts, first, to)
        async with parts.open_connection() as conn:
            found = await helpdesk.threads.wishes_between(conn, begin, end, sorted(_NO_MATTER))
        rows = [RoutineRow(intent=intent, alone=ratio(alone, asked)) for intent, asked, alone in found[1:]]
        return Routine(items=rows, total=ratio(found[0][2], found[0][1]))

    @router.get("/metrics/guides", responses=problems(401, 403, 422))
    async def guides(
        session: Annotated[Session, Depends(see)],
        first: Annotated[date | None, Query(alias="from")] = None,
        to: Day = None,
    ) -> GuideFigures:
        """What the guides solved, and with which step."""
        begin, end = span_asked(parts, first, to)
        async with parts.open_connection() as conn:
            walks = await knowledge.walks_between(conn, begin, end)
            titles = {each.slug: each.title for each in await knowledge.articles(conn)}
        found = knowledge.tallied(walks)
        solved, begun = sum(each.solved for each in found), sum(each.begun for each in found)
        return GuideFigures(
            items=[_guide(each, titles.get(each.guide, each.guide)) for each in found],
            total=ratio(solved, begun),
        )

    @router.get("/metrics.csv", responses=problems(401, 403, 422), response_class=Response)
    async def metrics_csv(
        session: Annotated[Session, Depends(see)],
        first: Annotated[date | None, Query(alias="from")] = None,
        to: Day = None,
        by: helpdesk.By = "day",
    ) -> Response:
        """The same as a table."""
        rows = [_flat(row.model_dump()) for row in (await figures(first, to, by)).rows]
        head = list(rows[0] if rows else _flat(_row("", "", Tally()).model_dump()))
        return csv_file(f"desk-by-{by}", head, [list(row.values()) for row in rows])


def _guide(figure: knowledge.GuideFigure, title: str) -> GuideRow:
    return GuideRow(
        guide=figure.guide,
        title=title,
        solved=ratio(figure.solved, figure.begun),
        handed_over=ratio(figure.handed_over, figure.begun),
        dangerous=ratio(figure.dangerous, figure.begun),
        steps=[StepRow(step=each.step, solved=ratio(each.solved, each.reached)) for each in figure.steps],
    )


def span_asked(parts: StaffParts, first: date | None, last: date | None) -> tuple[datetime, datetime]:
    """From the first moment of a day to the end of another; the last thirty days where none are named. Raises
    FieldsRefused."""
    zone = parts.shop().zone
    today = parts.clock.now().astimezone(zone).date()
    last, first = last or today, first or (last or today) - timedelta(days=29)
    if first > last or last - first > _LONGEST:
        raise FieldsRefused({"from": "value_error"})
    begin = datetime.combine(first, datetime.min.time(), zone)
    end = datetime.combine(last + timedelta(days=1), datetime.min.time(), zone)
    return begin.astimezone(UTC), end.astimezone(UTC)


def _row(group: str, name: str, tally: Tally) -> FigureRow:
    content = sum(score >= 4 for score in tally.ratings)
    return FigureRow(
        group=group,
        name=name,
        first_response=_spread(tally.first_response),
        first_response_open=_spread(tally.first_response_open),
        reply=_spread(tally.reply),
        reply_open=_spread(tally.reply_open),
        waiting=_spread(tally.waiting),
        handling=_spread(tally.handling),
        resolution=_spread(tally.resolution),
        answered=ratio(tally.answered, tally.conversations),
        context_kept=ratio(tally.answered - tally.asked_again, tally.answered),
        reopened=ratio(tally.reopened, tally.ended),
        transferred=ratio(tally.transferred, tally.conversations),
        abandoned=ratio(tally.abandoned, tally.queued),
        csat=ratio(content, len(tally.ratings)),
        rated=ratio(len(tally.ratings), tally.asked),
        with_suggestion=ratio(tally.suggested, tally.said),
        resolved_per_hour=_per_hour(tally.handling),
        assisted=_assist(tally.assisted),
        unassisted=_assist(tally.unassisted),
    )


def _assist(handled: list[float]) -> Assist:
    return Assist(handling=_spread(handled), resolved_per_hour=_per_hour(handled))


def _per_hour(handled: list[float]) -> float | None:
    """Conversations handled in an hour of handling them; seconds each took."""
    hours = sum(handled) / 3600
    return round(len(handled) / hours, 2) if hours else None


def _spread(values: list[float]) -> Spread:
    at = helpdesk.percentile
    return Spread(p50=at(values, 0.5), p90=at(values, 0.9), p99=at(values, 0.99), n=len(values))


def ratio(numerator: int, denominator: int) -> Ratio:
    """A share with what it is of."""
    value = round(numerator / denominator, 4) if denominator else None
    return Ratio(numerator=numerator, denominator=denominator, value=value)


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            flat |= {f"{name}_{part}": each for part, each in _flat(value).items()}
        else:
            flat[name] = value
    return flat
