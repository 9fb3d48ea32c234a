"""The account as its owner sees and changes it, for who proved to be that customer.

Leaving is a wish with a time for second thoughts: until it is over the wish can be taken back; then everything is
erased but what the law makes the shop keep.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from psycopg import AsyncConnection

from dangol.contracts.shopfloor.account import (
    AccountView,
    AgreeNews,
    ChangeContact,
    CloseAccount,
    ConsentView,
    ForgetAddress,
    ForgetMethod,
    Leaving,
    Levels,
    LevelView,
    StopNews,
    TierView,
)
from dangol.contracts.shopfloor.people import Done, Nothing
from dangol.customers import (
    account_records,
    consent_records,
    consents,
    records,
    rules,
    wallet,
    wallet_records,
)
from dangol.customers.model import (
    ConsequenceOfLeavingChanged,
    MoneyOnAccount,
    NotAContact,
    NotIdentified,
    Standing,
)
from dangol.kernel.errors import NotFound
from dangol.kernel.shop import Shop, Tier
from dangol.kernel.tools import KNOWN, Policy, Question, Tool, ToolContext

Connection = AsyncConnection[Any]

SECOND_THOUGHTS = timedelta(days=3)
"""How long a wish to leave can be taken back; the law wants an account gone within five days of its end."""


async def view_account(ctx: ToolContext, _args: Nothing) -> AccountView:
    """Show the customer's own record: contact, addresses, ways on file, agreements, level, points, leaving."""
    return await _view(ctx, _own(ctx))


async def list_levels(ctx: ToolContext, _args: Nothing) -> Levels:
    """Name the shop's membership levels, from how much bought each counts and what comes back as points."""
    tiers = sorted(ctx.shop.points.tiers, key=lambda tier: tier.from_) if ctx.shop.points else ()
    return Levels(
        items=tuple(
            LevelView(
                name=ctx.shop.say(tier.name, ctx.language),
                rate=_rate(tier),
                least=ctx.shop.money(tier.from_) if tier.from_ else None,
            )
            for tier in tiers
        )
    )


async def look_at_leaving(ctx: ToolContext, _args: Nothing) -> Leaving:
    """Say what closing an account means: when it is erased, and how long the law has orders kept."""
    return leaving(ctx.shop)


def leaving(shop: Shop) -> Leaving:
    """The days for second thoughts and the months for which orders stay on record."""
    return Leaving(days=SECOND_THOUGHTS.days, kept_months=12 * (shop.retention.orders // 365))


def _own(ctx: ToolContext) -> int:
    if ctx.shopper.proved_customer is None:
        raise NotIdentified(what="account")
    return ctx.shopper.proved_customer


async def _view(ctx: ToolContext, customer_id: int) -> AccountView:
    customer = await records.customer(ctx.conn, customer_id)
    if customer is None:
        raise NotFound(what="customer")
    standing = await records.standing(ctx.conn, customer_id, ctx.now)
    agreed = await consent_records.consents(ctx.conn, f"customer:{customer_id}")
    closing = await account_records.closing(ctx.conn, customer_id)
    zone = ctx.shop.zone
    return AccountView(
        name=customer.name,
        email=customer.email or "",
        phone=customer.phone,
        addresses=tuple(await records.addresses(ctx.conn, customer_id)),
        methods=tuple(
            wallet.method_view(ctx.shop, each)
            for each in await wallet_records.methods_of(ctx.conn, customer_id)
        ),
        consents=tuple(
            ConsentView(purpose=each.purpose, channel=each.channel, since=each.given.astimezone(zone).date())
            for each in agreed
            if each.withdrawn is None
        ),
        tier=tier_view(ctx.shop, standing, ctx.language),
        points=standing.points,
        leaving=leaving(ctx.shop),
        closing=closing.due_at.astimezone(zone).date() if closing and closing.erased_at is None else None,
    )


def tier_view(shop: Shop, standing: Standing, language: str) -> TierView | None:
    """The level reached and the next above it; None where the shop has none."""
    reached = rules.tier_reached(shop, standing.spent)
    if reached is None or shop.points is None:
        return None
    above = [each for each in shop.points.tiers if each.from_ > reached.from_]
    following = min(above, key=lambda each: each.from_, default=None)
    view = TierView(name=shop.say(reached.name, language), rate=_rate(reached))
    if following is None:
        return view
    missing = shop.minor(shop.money(following.from_).amount - standing.spent)
    return view.model_copy(
        update={"next": shop.say(following.name, language), "next_rate": _rate(following), "more": missing}
    )


def _rate(tier: Tier) -> str:
    return f"{(tier.rate * 100).normalize():f}%"


async def change_contact(ctx: ToolContext, args: ChangeContact) -> AccountView:
    """Write another name or phone number down. Raises NotAContact when neither can be one."""
    customer_id, name = _own(ctx), args.name.strip()
    phone = rules.plain_phone(args.phone) if args.phone else ""
    if phone is None or not (name or phone):
        raise NotAContact(phone=args.phone)
    await records.set_contact(ctx.conn, customer_id, name, phone)
    return await _view(ctx, customer_id)


async def forget_address(ctx: ToolContext, args: ForgetAddress) -> AccountView:
    """Delete a saved address."""
    customer_id = _own(ctx)
    if not await account_records.forget_address(ctx.conn, customer_id, args.lines, args.recipient):
        raise NotFound(what="address")
    return await _view(ctx, customer_id)


async def forget_method(ctx: ToolContext, args: ForgetMethod) -> AccountView:
    """Take a card or an account off file; a gift card is money and stays until it is used up."""
    customer_id = _own(ctx)
    stored = await wallet.stored_method(ctx.conn, customer_id, args.reference, lock=True)
    if stored.balance:
        raise MoneyOnAccount(balance=ctx.shop.minor(stored.balance).model_dump())
    await wallet_records.take_off_file(ctx.conn, args.reference, ctx.now)
    return await _view(ctx, customer_id)


async def stop_news(ctx: ToolContext, args: StopNews) -> AccountView:
    """Withdraw what was agreed to about advertising, over one channel or all."""
    customer_id = _own(ctx)
    key = f"customer:{customer_id}"
    if args.channel is None:
        await consents.refuse_advertising(ctx.conn, key, ctx.now)
    else:
        await consent_records.withdraw_consent(ctx.conn, key, consents.ADVERTISING, args.channel, ctx.now)
    return await _view(ctx, customer_id)


async def refuse_news(ctx: ToolContext, _args: Nothing) -> Done:
    """Note that this shopper wants nothing advertised to them, whoever they are; nothing has to be shown for that."""
    await consents.refuse_advertising(ctx.conn, ctx.shopper.key, ctx.now)
    return Done()


async def agree_to_news(ctx: ToolContext, args: AgreeNews) -> AccountView:
    """Note that the customer agreed to advertising over these channels, in the words they were asked with."""
    customer_id = _own(ctx)
    for channel in args.channels:
        await consents.give_consent(
            ctx.conn,
            f"customer:{customer_id}",
            purpose=consents.ADVERTISING,
            channel=channel,
            wording=args.wording,
            now=ctx.now,
        )
    return await _view(ctx, customer_id)


async def close_account(ctx: ToolContext, args: CloseAccount) -> AccountView:
    """Note the wish to leave; the account is erased once the time for second thoughts is over.

    Raises MoneyOnAccount while a gift card holds money, ConsequenceOfLeavingChanged when the points are others than
    the shopper was told of.
    """
    customer_id = _own(ctx)
    await records.lock(ctx.conn, customer_id)
    balance = sum(each.balance or 0 for each in await wallet_records.methods_of(ctx.conn, customer_id))
    if balance:
        raise MoneyOnAccount(balance=ctx.shop.minor(balance).model_dump())
    standing = await records.standing(ctx.conn, customer_id, ctx.now)
    if standing.points != args.points:
        raise ConsequenceOfLeavingChanged(points=standing.points)
    due = ctx.now + SECOND_THOUGHTS
    await account_records.note_closing(ctx.conn, customer_id, ctx.now, due, ctx.shopper.conversation_id)
    return await _view(ctx, customer_id)


async def keep_account(ctx: ToolContext, _args: Nothing) -> Done:
    """Take the wish to leave back; nothing is erased then."""
    return Done(ok=await account_records.drop_closing(ctx.conn, _own(ctx)))


async def closings_due(conn: Connection, now: datetime) -> list[int]:
    """Customers who asked to leave and have not thought better of it in time."""
    return await account_records.closings_due(conn, now)


def _contact_question(args: ChangeContact) -> Question:
    return Question(code="change_contact", details={"name": args.name, "phone": args.phone})


def _news_question(args: AgreeNews) -> Question:
    return Question(code="agree_to_news", details={"channels": list(args.channels)})


def _question(code: str) -> Any:
    return lambda _args: Question(code=code)


_READ = Policy(effect="read", allowed=KNOWN)
_OPEN = Policy(effect="read")


def _write(confirm: Any = None) -> Policy:
    return Policy(effect="write", allowed=KNOWN, confirm=confirm) if confirm else Policy("write", KNOWN)


TOOLS: tuple[Tool[Any, Any], ...] = (
    Tool(list_levels, Nothing, Levels, _OPEN),
    Tool(look_at_leaving, Nothing, Leaving, _OPEN),
    Tool(view_account, Nothing, AccountView, _READ),
    Tool(change_contact, ChangeContact, AccountView, _write(_contact_question)),
    Tool(forget_address, ForgetAddress, AccountView, _write(_question("forget_address"))),
    Tool(forget_method, ForgetMethod, AccountView, _write(_question("forget_method"))),
    Tool(stop_news, StopNews, AccountView, _write(_question("stop_news"))),
    Tool(refuse_news, Nothing, Done, Policy(effect="write")),
    Tool(agree_to_news, AgreeNews, AccountView, _write(_news_question)),
    Tool(close_account, CloseAccount, AccountView, _write(_question("close_account"))),
    Tool(keep_account, Nothing, Done, _write()),
)
