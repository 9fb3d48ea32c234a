"""What the assistant may ask and do about people themselves."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from dangol.contracts.shopfloor.people import (
    DataCategory,
    Done,
    ForgetPreference,
    MyData,
    NotePreference,
    Nothing,
    PointsView,
    Preferences,
    SwitchPersonalisation,
)
from dangol.customers import account, records, rules
from dangol.customers.model import NoPointsHere, NothingToKeep, NotIdentified
from dangol.kernel.tools import Policy, Tool, ToolContext

Elsewhere = Callable[[ToolContext], Awaitable[DataCategory | None]]
"""What a room above this one keeps of the shopper; None where it keeps nothing of them."""

_KEPT: dict[str, dict[str, tuple[str, str, str]]] = {
    "ko": {
        "words": ("대화 내용", "답변과 주문 처리를 위해", "마지막 대화에서 {days}일 뒤까지"),
        "signs": ("둘러보고 찾으신 기록", "더 맞는 상품을 먼저 보여 드리기 위해", "{days}일"),
        "profile": ("이름과 연락처", "주문과 상담을 위해", "회원 탈퇴 때까지"),
        "addresses": ("저장한 배송지", "주문을 빠르게 하기 위해", "지우실 때까지"),
        "points": ("적립금 내역", "적립금을 쓰고 쌓기 위해", "회원 탈퇴 때까지"),
        "methods": ("저장한 결제 수단", "다시 결제하고 환불해 드리기 위해", "지우실 때까지"),
        "purchases": ("구매 금액", "등급을 정하기 위해", "회원 탈퇴 때까지"),
        "preferences": ("말씀하신 취향", "더 맞는 상품을 보여 드리기 위해", "지우실 때까지"),
        "consents": ("동의 내역", "동의하신 것을 지키기 위해", "철회 후 {days}일"),
        "orders": ("주문·결제·반품 기록", "법에서 보관하도록 정해서", "주문하신 날부터 {years}년"),
        "complaints": (
            "불만을 말씀하신 대화",
            "법에서 보관하도록 정해서",
            "마지막 대화부터 {complaint_years}년",
        ),
    },
    "en": {
        "words": (
            "this conversation",
            "to answer and carry out orders",
            "until {days} days after its last message",
        ),
        "signs": ("what you viewed and searched", "to show what suits you first", "{days} days"),
        "profile": ("name and contact", "to handle orders and questions", "until the account is closed"),
        "addresses": ("saved addresses", "to make ordering quick", "until you delete them"),
        "points": ("points entries", "to earn and use points", "until the account is closed"),
        "methods": ("ways of paying on file", "to pay and refund by them", "until you delete them"),
        "purchases": ("amounts spent", "to set the membership tier", "until the account is closed"),
        "preferences": ("preferences you told us", "to show what suits you better", "until you delete them"),
        "consents": ("consents", "to keep to what you agreed to", "{days} days after withdrawal"),
        "orders": ("orders, payments and returns", "because the law says so", "{years} years from the order"),
        "complaints": (
            "conversations with a complaint",
            "because the law says so",
            "{complaint_years} years",
        ),
    },
}


async def view_points(ctx: ToolContext, _args: Nothing) -> PointsView:
    """Say how many points the shopper has, what they are worth and how they can be used.

    Raises NotIdentified for a visitor and NoPointsHere where the shop gives none.
    """
    if not ctx.shop.points:
        raise NoPointsHere()
    if ctx.shopper.proved_customer is None:
        raise NotIdentified(what="points")
    standing = await records.standing(ctx.conn, ctx.shopper.proved_customer, ctx.now)
    expires, expiring = await records.next_expiry(ctx.conn, ctx.shopper.proved_customer, ctx.now)
    tier = rules.tier_reached(ctx.shop, standing.spent)
    return PointsView(
        balance=standing.points,
        worth=rules.worth(ctx.shop, standing.points),
        min_use=ctx.shop.points.min_use,
        unit=ctx.shop.points.unit,
        tier=ctx.shop.say(tier.name, ctx.language) if tier else "",
        rate=f"{(tier.rate * 100).normalize():f}%" if tier else "",
        expiring=expiring,
        expires_next=expires.astimezone(ctx.shop.zone).date().isoformat() if expires else None,
    )


async def note_preference(ctx: ToolContext, args: NotePreference) -> Done:
    """Keep something the shopper said of themselves, where they can see and delete it."""
    value, words = args.value.strip()[:200], args.words.strip()[:400]
    if not value:
        raise NothingToKeep()
    await records.note_preference(ctx.conn, ctx.shopper.key, args.kind, value, words or value, ctx.now)
    return Done()


async def list_preferences(ctx: ToolContext, _args: Nothing) -> Preferences:
    """Show what was noted of the shopper's preferences."""
    return await _preferences(ctx)


async def forget_preference(ctx: ToolContext, args: ForgetPreference) -> Preferences:
    """Delete preferences of one kind, or all; shows what is left."""
    await records.forget_preferences(ctx.conn, ctx.shopper.key, args.kind)
    return await _preferences(ctx)


async def switch_personalisation(ctx: ToolContext, args: SwitchPersonalisation) -> Done:
    """Use, or stop using, what this person looked at and bought for ranking."""
    await records.set_personal(ctx.conn, ctx.shopper.key, args.on, ctx.now)
    return Done()


async def _kept_here(ctx: ToolContext) -> MyData:
    kept = ctx.shop.retention
    days = {"words": kept.words, "signs": kept.signs, "consents": kept.consents}
    own = await records.personal(ctx.conn, ctx.shopper.key)
    buyer = int(bool(ctx.shopper.proved_customer or ctx.shopper.orders))
    counts = {"words": 1, "signs": int(own), "orders": buyer, "complaints": buyer} | await records.counts(
        ctx.conn, ctx.shopper.proved_customer, ctx.shopper.key
    )
    words = _KEPT.get(ctx.language[:2]) or _KEPT.get(ctx.shop.language) or _KEPT["en"]
    items = [
        DataCategory(
            name=name,
            purpose=purpose,
            period=period.format(
                days=days.get(kind), years=kept.orders // 365, complaint_years=kept.complaints // 365
            ),
            count=counts[kind],
        )
        for kind, (name, purpose, period) in words.items()
        if counts.get(kind)
    ]
    return MyData(items=tuple(items), personal=own)


async def _preferences(ctx: ToolContext) -> Preferences:
    return Preferences(items=tuple(await records.preferences(ctx.conn, ctx.shopper.key)))


_READ = Policy(effect="read")
_WRITE = Policy(effect="write")


def tools(*elsewhere: Elsewhere) -> tuple[Tool[Any, Any], ...]:
    """The room's tools; `elsewhere` tells what the rooms above keep of somebody."""

    async def view_my_data(ctx: ToolContext, _args: Nothing) -> MyData:
        """Show what is stored of the shopper, what for and how long; kinds with nothing in them are left out."""
        here = await _kept_here(ctx)
        told = [kind for kept_of in elsewhere if (kind := await kept_of(ctx)) is not None]
        return here.model_copy(update={"items": (*here.items, *told)})

    return (
        Tool(run=view_points, args=Nothing, result=PointsView, policy=_READ),
        Tool(run=note_preference, args=NotePreference, result=Done, policy=_WRITE),
        Tool(run=list_preferences, args=Nothing, result=Preferences, policy=_READ),
        Tool(run=forget_preference, args=ForgetPreference, result=Preferences, policy=_WRITE),
        Tool(run=switch_personalisation, args=SwitchPersonalisation, result=Done, policy=_WRITE),
        Tool(run=view_my_data, args=Nothing, result=MyData, policy=_READ),
        *account.TOOLS,
    )
