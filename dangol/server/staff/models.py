"""The doors of the language models: choosing and trying them, what they cost, what was held back, how far they go."""

from datetime import date, datetime, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response
from pydantic import BaseModel, Field

from dangol.assistant import records
from dangol.connect.index import LANGUAGE_MODELS
from dangol.contracts.language_model import JOBS, Job
from dangol.helpdesk import api as helpdesk
from dangol.kernel.facts import ModelAsked
from dangol.kernel.manner import Manner, ModelLimits, Stage, StageRule
from dangol.server.chat_shapes import Shape
from dangol.server.language_models import Cabinet, close_models, connect_models, has_price
from dangol.server.model_choice import Choice, forget_choice, keep_choice, named, read_choice, settings_with
from dangol.server.model_trials import Heard, Trial, Tried, tried
from dangol.server.problems import problems
from dangol.server.staff import shop_changes
from dangol.server.staff.door import Door, Session, StaffParts
from dangol.server.staff.keeping import span_asked


class Vendor(BaseModel):
    """Who may be chosen, and what must be told of them."""

    name: str
    title: dict[str, str]
    settings: list[str]


class JobModel(BaseModel):
    """The model of a job; `outside`: what it is asked leaves the shop; without a price no limit in money holds it."""

    job: Job
    model: str
    outside: bool
    priced: bool


class ModelsView(BaseModel):
    """The models in use. The key is never shown, only whether there is one."""

    source: Literal["settings", "console", "none"]
    jobs: list[JobModel]
    choice: Choice
    has_key: bool
    vendors: list[Vendor]
    audit_days: int
    tokens_today: int
    dollars_today: float
    limits: ModelLimits


class ChooseModels(Shape):
    """Models by job; `key` null keeps the key there is, an empty one takes it away."""

    choice: Choice
    key: Annotated[str, Field(max_length=2_000)] | None = None


class TryModels(Shape):
    """One thing to try; everything when it is left out."""

    trial: Trial | None = None


class TrialView(BaseModel):
    """What came of one trial."""

    model: str
    trial: Trial
    works: bool
    trouble: str
    first_word: float | None
    waited: float | None = None  # the seconds a shopper bears, where the first word took longer
    seconds: float | None
    tokens: int | None
    dollars: float | None


class Trials(BaseModel):
    """Everything tried."""

    items: list[TrialView]


class Block(BaseModel):
    """Something the truth check held back, and why."""

    at: datetime
    conversation: str
    turn: int
    why: str
    text: str


class Blocks(BaseModel):
    """What was held back, newest first."""

    items: list[Block]


class DayCost(BaseModel):
    """What one model used in a day; a resolution is a conversation that never went to a person."""

    day: date
    model: str
    asked: int
    tokens: int
    dollars: float | None
    a_conversation: float | None
    a_resolution: float | None


class Costs(BaseModel):
    """What was used, newest first."""

    items: list[DayCost]


class Stages(Shape):
    """How far the assistant goes, by channel and per cent of shoppers; `at_most` is the one switch back."""

    stages: Annotated[tuple[StageRule, ...], Field(max_length=20)] = ()
    at_most: Stage = "full"


def routes(parts: StaffParts, door: Door, cabinet: Cabinet) -> APIRouter:
    """Everything under `/models`."""
    router = APIRouter(prefix="/models")
    _choosing(router, parts, door, cabinet)
    _trying(router, parts, door, cabinet)
    _looking_back(router, parts, door)
    _stages(router, parts, door)
    _limits(router, parts, door)
    return router


def _choosing(router: APIRouter, parts: StaffParts, door: Door, cabinet: Cabinet) -> None:
    edit = door.needs("edit_settings")

    @router.get("", responses=problems(401, 403))
    async def models(session: Annotated[Session, Depends(edit)]) -> ModelsView:
        """Which models do which job, and what they used today."""
        now = parts.clock.now()
        async with parts.open_connection() as conn:
            shop = await shop_changes.fresh(conn, parts)
            midnight = now.astimezone(shop.zone).replace(hour=0, minute=0, second=0, microsecond=0)
            picked = await read_choice(conn, parts.settings)
            spent = await records.spent_since(conn, midnight)
        return _view(parts, cabinet, picked, shop.assistant, spent.tokens, spent.cost)

    @router.put("", status_code=204, responses=problems(401, 403, 413, 415, 422, 503))
    async def choose(body: ChooseModels, session: Annotated[Session, Depends(edit)]) -> Response:
        """Use these models from now on, in every process; what cannot be used is refused and nothing changes."""
        async with parts.open_connection() as conn:
            picked = await read_choice(conn, parts.settings)
        key = body.key if body.key is not None else (picked[1] if picked else "")
        await close_models(await connect_models(settings_with(parts.settings, body.choice, key)))
        async with parts.open_connection() as conn, conn.transaction():
            now = parts.clock.now()
            await keep_choice(conn, parts.settings, body.choice, key, session.staff.id, now)
            await helpdesk.accounts.note_act(conn, session.staff.id, "models_chosen", now)
        return Response(status_code=204)

    @router.delete("", status_code=204, responses=problems(401, 403))
    async def back_to_settings(session: Annotated[Session, Depends(edit)]) -> Response:
        """What the server's settings say counts again."""
        async with parts.open_connection() as conn, conn.transaction():
            await forget_choice(conn)
            await helpdesk.accounts.note_act(conn, session.staff.id, "models_forgotten", parts.clock.now())
        return Response(status_code=204)


def _view(
    parts: StaffParts,
    cabinet: Cabinet,
    picked: tuple[Choice, str] | None,
    manner: Manner,
    tokens: int,
    cost: int,
) -> ModelsView:
    names = named(parts.settings, picked)
    in_use = [(job, cabinet.of(job)) for job in JOBS]
    return ModelsView(
        source=cabinet.source,
        jobs=[
            JobModel(
                job=job, model=names.get(job, model.name), outside=model.outside, priced=has_price(model)
            )
            for job, model in in_use
            if model is not None
        ],
        choice=picked[0] if picked else Choice(),
        has_key=bool(picked and picked[1]) or parts.settings.model_key is not None,
        vendors=[
            Vendor(name=card.name, title=card.title, settings=[each.name for each in card.settings])
            for card in LANGUAGE_MODELS
        ],
        audit_days=manner.audit_days,
        tokens_today=tokens,
        dollars_today=cost / 1_000_000,
        limits=manner.limits,
    )


def _trying(router: APIRouter, parts: StaffParts, door: Door, cabinet: Cabinet) -> None:
    @router.post("/test", responses=problems(401, 403, 413, 415, 422))
    async def test(
        body: TryModels, session: Annotated[Session, Depends(door.needs("edit_settings"))]
    ) -> Trials:
        """Try every model in use: chat, tools, streaming, JSON; what each took and cost. Asks real questions."""
        models = {id(each): each for each in cabinet.models.values()}.values()
        patience = parts.shop().assistant.limits.first_word_seconds
        told = [each for model in models async for each in tried(model, body.trial)]
        async with parts.open_connection() as conn:
            for each in told:
                if each.heard is not None:  # it counts among what the day may cost
                    await records.note_use(conn, _use(each, each.heard), session.staff.id, parts.clock.now())
        return Trials(items=[_trial(each, patience) for each in told])


def _use(each: Tried, heard: Heard) -> ModelAsked:
    return ModelAsked(
        model=each.model,
        job="trial",
        outcome="answered",
        input_tokens=heard.usage.input_tokens,
        output_tokens=heard.usage.output_tokens,
        cost=heard.usage.cost,
        milliseconds=round(heard.seconds * 1000),
    )


def _trial(each: Tried, patience: float) -> TrialView:
    told = each.heard
    return TrialView(
        model=each.model,
        trial=each.trial,
        works=each.works,
        trouble=each.trouble,
        first_word=round(told.first_word, 3) if told else None,
        waited=patience if told and told.first_word > patience else None,
        seconds=round(told.seconds, 3) if told else None,
        tokens=told.usage.input_tokens + told.usage.output_tokens if told else None,
        dollars=_dollars(told.usage.cost) if told else None,
    )


def _looking_back(router: APIRouter, parts: StaffParts, door: Door) -> None:
    @router.get("/blocks", responses=problems(401, 403, 422))
    async def blocks(
        session: Annotated[Session, Depends(door.needs("see_audit"))],
        most: Annotated[int, Query(ge=1, le=500)] = 50,
    ) -> Blocks:
        """What the truth check held back, and why, newest first."""
        async with parts.open_connection() as conn:
            found = await records.mended(conn, most)
        return Blocks(
            items=[
                Block(
                    at=each.at, conversation=each.conversation, turn=each.turn, why=each.why, text=each.text
                )
                for each in found
            ]
        )

    @router.get("/costs", responses=problems(401, 403, 422))
    async def costs(
        session: Annotated[Session, Depends(door.needs("see_metrics"))],
        days: Annotated[int, Query(ge=1, le=366)] = 30,
    ) -> Costs:
        """What models used and cost by day of the shop, a conversation and a resolution."""
        today = parts.clock.now().astimezone(parts.shop().zone).date()
        begin, _ = span_asked(parts, today - timedelta(days=days - 1), today)
        async with parts.open_connection() as conn:
            found = await records.costs(conn, begin, parts.shop().time_zone)
        return Costs(
            items=[
                DayCost(
                    day=each.day,
                    model=each.model,
                    asked=each.asked,
                    tokens=each.tokens,
                    dollars=_dollars(each.cost),
                    a_conversation=_each(each.cost, each.conversations),
                    a_resolution=_each(each.cost, each.resolved),
                )
                for each in found
            ]
        )


def _stages(router: APIRouter, parts: StaffParts, door: Door) -> None:
    edit = door.needs("edit_settings")

    @router.get("/stages", responses=problems(401, 403))
    async def stages(session: Annotated[Session, Depends(edit)]) -> Stages:
        """How far the assistant goes."""
        manner = parts.shop().assistant
        return Stages(stages=manner.stages, at_most=manner.at_most)

    @router.put("/stages", responses=problems(401, 403, 413, 415, 422))
    async def change_stages(body: Stages, session: Annotated[Session, Depends(edit)]) -> Stages:
        """Let it go further or less far; written into the shop's own file."""
        async with parts.open_connection() as conn:
            await shop_changes.change(conn, parts, session.staff, "stages", body.model_dump(mode="json"))
        return body


def _limits(router: APIRouter, parts: StaffParts, door: Door) -> None:
    edit = door.needs("edit_settings")

    @router.get("/limits", responses=problems(401, 403))
    async def limits(session: Annotated[Session, Depends(edit)]) -> ModelLimits:
        """What models may use up in a turn, a conversation and a day."""
        async with parts.open_connection() as conn:
            return (await shop_changes.fresh(conn, parts)).assistant.limits

    @router.put("/limits", responses=problems(401, 403, 413, 415, 422))
    async def change_limits(body: ModelLimits, session: Annotated[Session, Depends(edit)]) -> ModelLimits:
        """Let them use more or less; written into the shop's own file."""
        values = body.model_dump(mode="json")
        async with parts.open_connection() as conn:
            return (await shop_changes.change(conn, parts, session.staff, "limits", values)).assistant.limits


def _dollars(cost: int | None) -> float | None:
    return None if cost is None else cost / 1_000_000


def _each(cost: int | None, count: int) -> float | None:
    return None if cost is None or not count else cost / 1_000_000 / count
