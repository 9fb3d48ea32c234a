"""The doors of how the desk runs, of trying its rules, and of taking the last change of any setting back."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from dangol.assistant.escalation import Tried, try_rules
from dangol.kernel.desk_policy import HandOffRule, HelpDesk, Signals
from dangol.kernel.outreach_policy import OutreachPolicy
from dangol.kernel.shop import Shop
from dangol.server.chat_shapes import Plain, Shape
from dangol.server.problems import problems
from dangol.server.staff import shop_changes
from dangol.server.staff.door import Door, Session, StaffParts
from dangol.server.staff.shop_changes import LastChange, Part

_MOST_RULES = 100


class TryRules(Shape):
    """Messages of a shopper one after the other, and what no message shows; `rules` left out: those in force."""

    said: Annotated[
        tuple[Annotated[str, Field(max_length=1000), Plain], ...], Field(min_length=1, max_length=10)
    ]
    language: Literal["ko", "en"] = "ko"
    amount: Annotated[Decimal, Field(ge=0, le=10**12)] | None = None
    misses: Annotated[int, Field(ge=0, le=20)] = 0
    vip: bool = False
    tool_failed: bool = False
    rules: Annotated[tuple[HandOffRule, ...], Field(max_length=_MOST_RULES)] | None = None


class TriedView(BaseModel):
    """One message: how it was read, the mood, and the place of the rule that calls a person, if one does."""

    text: str
    intents: list[str]
    moods: list[str]
    rule: int | None
    reason: str | None


class TriedRules(BaseModel):
    """What would happen; it ends with the message at which a person is called."""

    items: list[TriedView]


class OutreachSettings(BaseModel):
    """What the shop says first as it is set, as it is where nothing is set, and whether the shop gives points at all."""

    settings: OutreachPolicy
    usual: OutreachPolicy
    gives_points: bool


class Changes(BaseModel):
    """The last change of these settings, where it can be taken back."""

    last: LastChange | None


class Undone(BaseModel):
    """The settings as they stand now."""

    settings: dict[str, Any]


def routes(parts: StaffParts, door: Door) -> APIRouter:
    """Everything under `/settings` but the file of them."""
    router = APIRouter(prefix="/settings")
    _desk(router, parts, door)
    _outreach(router, parts, door)
    _trying(router, parts, door)
    _undoing(router, parts, door)
    return router


def _desk(router: APIRouter, parts: StaffParts, door: Door) -> None:
    @router.get("", responses=problems(401, 403))
    async def settings(session: Annotated[Session, Depends(door.needs())]) -> HelpDesk:
        """How the desk runs."""
        async with parts.open_connection() as conn:
            return (await shop_changes.fresh(conn, parts)).helpdesk

    @router.put("", responses=problems(401, 403, 413, 415, 422))
    async def change_settings(
        body: HelpDesk, session: Annotated[Session, Depends(door.needs("edit_settings"))]
    ) -> HelpDesk:
        """Run it otherwise; written into the shop's own file."""
        values = body.model_dump(mode="json")
        async with parts.open_connection() as conn:
            return (await shop_changes.change(conn, parts, session.staff, "desk", values)).helpdesk


def _outreach(router: APIRouter, parts: StaffParts, door: Door) -> None:
    edit = door.needs("edit_settings")

    @router.get("/outreach", responses=problems(401, 403))
    async def outreach(session: Annotated[Session, Depends(edit)]) -> OutreachSettings:
        """What the shop says without being asked, and how often."""
        async with parts.open_connection() as conn:
            return _of_outreach(await shop_changes.fresh(conn, parts))

    @router.put("/outreach", responses=problems(401, 403, 413, 415, 422))
    async def change_outreach(
        body: OutreachPolicy, session: Annotated[Session, Depends(edit)]
    ) -> OutreachSettings:
        """Say more or less of it, from the next look of the workers on."""
        values = body.model_dump(mode="json")
        async with parts.open_connection() as conn:
            shop = await shop_changes.change(conn, parts, session.staff, "outreach", values)
        return _of_outreach(shop)


def _of_outreach(shop: Shop) -> OutreachSettings:
    return OutreachSettings(
        settings=shop.outreach, usual=OutreachPolicy(), gives_points=shop.points is not None
    )


def _trying(router: APIRouter, parts: StaffParts, door: Door) -> None:
    @router.post("/rules/try", responses=problems(401, 403, 413, 415, 422))
    async def try_them(
        body: TryRules, session: Annotated[Session, Depends(door.needs("edit_settings"))]
    ) -> TriedRules:
        """What the rules would do with these messages; nothing is changed and nobody is called."""
        shop = parts.shop()
        if body.rules is not None:
            desk = shop.helpdesk.model_copy(update={"rules": body.rules})
            shop = shop.model_copy(update={"helpdesk": desk})
        given = Signals(
            amount=body.amount,
            misses=body.misses,
            language=body.language,
            vip=body.vip,
            tool_failed=body.tool_failed,
        )
        today = parts.clock.now().astimezone(shop.zone).date()
        tried = try_rules(parts.counter.house.reader, shop, body.said, given, today)
        return TriedRules(items=[_view(each, shop.helpdesk.rules) for each in tried])


def _view(tried: Tried, rules: tuple[HandOffRule, ...]) -> TriedView:
    return TriedView(
        text=tried.text,
        intents=list(tried.intents),
        moods=sorted(tried.moods),
        rule=tried.rule,
        reason=None if tried.rule is None else rules[tried.rule].reason,
    )


def _undoing(router: APIRouter, parts: StaffParts, door: Door) -> None:
    edit = door.needs("edit_settings")

    @router.get("/{part}/change", responses=problems(401, 403, 422))
    async def last(part: Part, session: Annotated[Session, Depends(edit)]) -> Changes:
        """Who changed these settings last, and what of them."""
        async with parts.open_connection() as conn:
            shop = await shop_changes.fresh(conn, parts)
            return Changes(last=await shop_changes.last_change(conn, shop, part))

    @router.post("/{part}/undo", responses=problems(401, 403, 409, 422))
    async def undo(part: Part, session: Annotated[Session, Depends(edit)]) -> Undone:
        """Let these settings stand as they stood before the last change; once more, and they stand again."""
        async with parts.open_connection() as conn:
            shop = await shop_changes.undo(conn, parts, session.staff, part)
        return Undone(settings=shop_changes.read(shop, part))
