"""The doors of what stands beside a conversation: the sidebar, suggested and prepared replies."""

import difflib
import string
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from dangol.assistant import records as log
from dangol.assistant.speak.cards import cart as cart_block
from dangol.carts import api as carts
from dangol.carts.api import PersonalCoupon
from dangol.contracts.shopfloor.policies import AskPolicy, PolicyAnswer
from dangol.contracts.shopfloor.returns import LookUpReturns, Returns
from dangol.contracts.shopfloor.shown import order_block, return_block
from dangol.customers import api as customers
from dangol.helpdesk import api as helpdesk
from dangol.helpdesk.api import CannedReply, Thread
from dangol.kernel.blocks import Price, ReturnBlock
from dangol.kernel.errors import NotFound
from dangol.kernel.ids import derived_id, new_id
from dangol.kernel.money import Money
from dangol.kernel.shop import Shop
from dangol.kernel.tools import Shopper, Toolbox, ToolContext
from dangol.learning import api as learning
from dangol.orders import api as orders
from dangol.server.database import Connection
from dangol.server.problems import problems
from dangol.server.staff import telling
from dangol.server.staff.conversing import Conversing
from dangol.server.staff.door import Door, Session, StaffParts
from dangol.server.staff.inbox import ConversationId
from dangol.server.staff.refunds import left_to_give
from dangol.server.staff.shapes import ArticleRef
from dangol.server.staff.shapes_work import (
    CannedReplies,
    CannedView,
    ConsentCard,
    CouponCard,
    CustomerCard,
    Filled,
    PointsCard,
    Sidebar,
    Suggestions,
    SuggestionView,
    WriteCanned,
)
from dangol.server.staff.shop_changes import fresh

_ALIKE = 0.6
_MOST = 3
_RETURNS = 5
_COUPONS = 10
_VARIABLES = ("customer", "order", "agent", "shop")


def routes(parts: StaffParts, door: Door, desk: Conversing) -> APIRouter:
    """Sidebar, suggestions, prepared replies."""
    router = APIRouter()
    _sidebar(router, parts, door, desk)
    _suggestions(router, parts, door, desk)
    _replies(router, parts, door, desk)
    return router


def _shopper(thread: Thread) -> Shopper:
    return Shopper(
        thread.conversation_id, thread.customer_id, "customer" if thread.customer_id else "visitor"
    )


def _sidebar(router: APIRouter, parts: StaffParts, door: Door, desk: Conversing) -> None:
    @router.get("/conversations/{id}/sidebar", responses=problems(401, 403, 404))
    async def sidebar(
        id: ConversationId, session: Annotated[Session, Depends(door.needs("converse"))]
    ) -> Sidebar:
        """Who the shopper is, what lies in their cart, what they ordered, what they agreed to."""
        async with parts.open_connection() as conn:
            thread = await desk.thread(conn, id)
            shopper, shop, now = _shopper(thread), parts.shop(), parts.clock.now()
            cart = await carts.view(conn, shop, shopper, thread.language, now)
            state = await parts.counter.state(conn, id)
            numbers = await orders.numbers_of(conn, state.shopper(now), 5)
            views = [await orders.order_view(conn, shop, each, thread.language) for each in numbers]
            theirs = ToolContext(conn, shop, now, thread.language, state.shopper(now))
            returned = await sent_back(theirs, parts.toolbox)
            contact = await helpdesk.waiting.contact(conn, id)
            agreed = await customers.consents(conn, shopper.key)
            past = await helpdesk.threads.past(conn, id, thread.customer_id) if thread.customer_id else []
            customer, points = await _who(conn, parts, thread)
            given = await carts.given_to(conn, shopper.key)
            as_run = await fresh(conn, parts)
            gave = await helpdesk.giving.given(conn, session.staff.id, id)
        return Sidebar(
            customer=customer,
            cart=cart_block(cart, thread.language, shop).model_copy(update={"id": "cart"}),
            orders=[order_block(view, thread.language, shop.zone) for view in views],
            returns=returned,
            points=points,
            consents=[
                ConsentCard(
                    purpose=each.purpose, channel=each.channel, given=each.given, withdrawn=each.withdrawn
                )
                for each in agreed
            ],
            contact=dict(zip(("email", "phone", "purpose"), contact, strict=True)) if contact else {},
            past=[telling.thread_view(each) for each in past],
            coupons=[_coupon(each, shop, now) for each in given[:_COUPONS]],
            may_give=left_to_give(session.staff, as_run, gave),
        )


def _coupon(given: PersonalCoupon, shop: Shop, now: datetime) -> CouponCard:
    over = given.ends < now.astimezone(shop.zone).date()
    return CouponCard(
        code=given.code,
        amount=Price.of(Money(amount=given.amount, currency=given.currency), shop.language),
        ends=given.ends,
        state="used" if given.order_number else "expired" if over else "open",
    )


async def sent_back(context: ToolContext, toolbox: Toolbox) -> list[ReturnBlock]:
    """Returns and exchanges of the orders the shopper has shown to be theirs."""
    found = await toolbox["look_up_returns"].run(context, LookUpReturns(limit=_RETURNS))
    assert isinstance(found, Returns)
    return [return_block(each, context.language) for each in found.items]


async def _who(
    conn: Connection, parts: StaffParts, thread: Thread
) -> tuple[CustomerCard | None, PointsCard | None]:
    if thread.customer_id is None:
        return None, None
    known = await customers.customer(conn, thread.customer_id)
    if known is None:
        return None, None
    view = await customers.customer_view(conn, parts.shop(), known.id, thread.language, parts.clock.now())
    view = await orders.with_history(conn, view)
    card = CustomerCard(
        id=known.id,
        name=known.name,
        email=known.email or "",
        phone=known.phone,
        tier=view.tier,
        vip=thread.vip,
        orders=view.orders,
        since=known.created,
    )
    return card, PointsCard(balance=view.points, tier=view.tier) if parts.shop().points else None


def _suggestions(router: APIRouter, parts: StaffParts, door: Door, desk: Conversing) -> None:
    @router.get("/conversations/{id}/suggestions", responses=problems(401, 403, 404))
    async def suggestions(
        id: ConversationId, session: Annotated[Session, Depends(door.needs("converse"))]
    ) -> Suggestions:
        """Replies made of what the articles say and of what colleagues answered before."""
        async with parts.open_connection() as conn:
            thread = await desk.thread(conn, id)
            logged = await log.facts_after(conn, id, 0)
            wish = helpdesk.wish_of([each.fact for each in logged])
            if not wish:
                return Suggestions(items=[])
            items = await _answered_before(conn, wish, thread.language)
            context = ToolContext(conn, parts.shop(), parts.clock.now(), thread.language, _shopper(thread))
            told = {_plain(each.text) for each in items}  # approved, an answer stands in an article as well
            items += [
                each
                for each in await _from_articles(context, parts, wish)
                if not any(answer in _plain(each.text) for answer in told)
            ]
        return Suggestions(items=items[:_MOST])


async def _from_articles(context: ToolContext, parts: StaffParts, wish: str) -> list[SuggestionView]:
    found = await parts.toolbox["ask_policy"].run(context, AskPolicy(question=wish))
    assert isinstance(found, PolicyAnswer)
    return [
        SuggestionView(
            id=derived_id("sg", each.article, each.text),
            text=each.text,
            origin="article",
            sources=[ArticleRef(title=each.title, article=each.article, url=each.url)],
        )
        for each in found.passages
    ]


async def _answered_before(conn: Connection, wish: str, language: str) -> list[SuggestionView]:
    rated: list[tuple[float, learning.SuggestedAnswer]] = []
    for each in await learning.approved_answers(conn, 200):
        alike = difflib.SequenceMatcher(None, _plain(wish), _plain(each.question)).ratio()
        if each.language == language and alike >= _ALIKE:
            rated.append((alike, each))
    rated.sort(key=lambda pair: -pair[0])
    return [
        SuggestionView(id=derived_id("sg", "answer", str(each.id)), text=each.answer, origin="answer")
        for _, each in rated[:_MOST]
    ]


def _plain(text: str) -> str:
    return "".join(each for each in text.lower() if each.isalnum())


def _replies(router: APIRouter, parts: StaffParts, door: Door, desk: Conversing) -> None:
    @router.get("/replies", responses=problems(401, 403, 422))
    async def replies(
        session: Annotated[Session, Depends(door.needs())],
        q: Annotated[str, Query(max_length=120)] = "",
    ) -> CannedReplies:
        """Prepared replies."""
        async with parts.open_connection() as conn:
            found = await helpdesk.work.replies(conn, q.replace("\x00", "").strip())
        return CannedReplies(items=[_view(each) for each in found])

    async def put(session: Session, reply_id: str, body: WriteCanned) -> CannedView:
        now = parts.clock.now()
        texts = {str(language): text for language, text in body.texts.items()}
        made = CannedReply(reply_id, body.shortcut, body.title, texts, now)
        async with parts.open_connection() as conn, conn.transaction():
            await helpdesk.work.put_reply(conn, made)
            await helpdesk.accounts.note_act(
                conn, session.staff.id, "reply_written", now, details={"reply": reply_id}
            )
        return _view(made)

    @router.post("/replies", status_code=201, responses=problems(401, 403, 409, 413, 415, 422))
    async def add_reply(
        body: WriteCanned, session: Annotated[Session, Depends(door.needs("edit_replies"))]
    ) -> CannedView:
        """A new prepared reply."""
        return await put(session, new_id("r"), body)

    @router.put("/replies/{id}", responses=problems(401, 403, 404, 409, 413, 415, 422))
    async def change_reply(
        id: str, body: WriteCanned, session: Annotated[Session, Depends(door.needs("edit_replies"))]
    ) -> CannedView:
        """Another text for a prepared reply."""
        async with parts.open_connection() as conn:
            if await helpdesk.work.reply(conn, id) is None:
                raise NotFound(reply=id)
        return await put(session, id, body)

    @router.delete("/replies/{id}", status_code=204, responses=problems(401, 403, 404))
    async def remove_reply(
        id: str, session: Annotated[Session, Depends(door.needs("edit_replies"))]
    ) -> Response:
        """Take a prepared reply away."""
        async with parts.open_connection() as conn, conn.transaction():
            if not await helpdesk.work.delete_reply(conn, id):
                raise NotFound(reply=id)
            now = parts.clock.now()
            await helpdesk.accounts.note_act(
                conn, session.staff.id, "reply_removed", now, details={"reply": id}
            )
        return Response(status_code=204)

    @router.get("/conversations/{id}/replies/{reply}", responses=problems(401, 403, 404))
    async def filled(
        id: ConversationId,
        reply: str,
        request: Request,
        session: Annotated[Session, Depends(door.needs("converse"))],
    ) -> Filled:
        """A prepared reply with its variables filled in from the conversation."""
        async with parts.open_connection() as conn:
            thread = await desk.thread(conn, id)
            found = await helpdesk.work.reply(conn, reply)
            if found is None:
                raise NotFound(reply=reply)
            state = await parts.counter.state(conn, id)
            numbers = await orders.numbers_of(conn, state.shopper(parts.clock.now()), 1)
        shop = parts.shop()
        values = {
            "customer": thread.customer_name or "",
            "order": numbers[0] if numbers else "",
            "agent": session.staff.name,
            "shop": shop.say(shop.name, thread.language),
        }
        text = found.texts.get(thread.language) or next(iter(found.texts.values()))
        return fill(text, values)


def fill(text: str, values: dict[str, str]) -> Filled:
    """A text with `{customer}` and the like filled in; what nothing is known for stays as it is, and is named."""
    missing: list[str] = []
    pieces: list[str] = []
    try:
        parsed = list(string.Formatter().parse(text))
    except ValueError:  # a lone brace is only a brace
        return Filled(text=text, missing=[])
    for literal, name, spec, conversion in parsed:
        pieces.append(literal)
        if name is None:
            continue
        if name in _VARIABLES and values.get(name) and not spec and not conversion:
            pieces.append(values[name])
        else:
            pieces.append("{" + name + "}")
            if name in _VARIABLES:
                missing.append(name)
    return Filled(text="".join(pieces), missing=missing)


def _view(reply: CannedReply) -> CannedView:
    return CannedView(id=reply.id, shortcut=reply.shortcut, title=reply.title, texts=reply.texts)
