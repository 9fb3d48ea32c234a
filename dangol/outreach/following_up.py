"""Care tips some days after a delivery: for which orders, by which way, and who is left in peace."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from psycopg import AsyncConnection

from dangol.catalog import api as catalog
from dangol.customers import api as customers
from dangol.kernel.errors import NotFound
from dangol.kernel.shop import Shop
from dangol.knowledge import api as knowledge
from dangol.orders import api as orders
from dangol.orders.api import OrderRow
from dangol.outreach import follow_up_records, rules
from dangol.outreach.care import Tip, tips
from dangol.outreach.rules import Medium, Standing, WhyNot
from dangol.returns import api as returns

Connection = AsyncConnection[Any]
Troubled = Callable[[Connection, str], Awaitable[bool]]
"""Whether something is wrong in a conversation: a complaint, or a person of staff has it."""

OPEN_FOR = timedelta(days=7)
"""So long after the day they are due tips are still worth sending; later they are not."""
_MEDIA: tuple[Medium, ...] = ("email", "sms", "conversation")


async def standing(conn: Connection, shopper_key: str, now: datetime) -> Standing:
    """What somebody agreed to, and how often they were written to."""
    agreed, refused = await customers.agreed_to_advertising(conn, shopper_key)
    return Standing(
        agreed=agreed,
        refused=refused,
        today=await follow_up_records.written_since(conn, shopper_key, now - timedelta(days=1)),
        this_week=await follow_up_records.written_since(conn, shopper_key, now - timedelta(days=7)),
    )


async def follow_up(
    conn: Connection, shop: Shop, able: frozenset[str], troubled: Troubled, now: datetime
) -> int:
    """Send care tips for what was delivered long enough ago, by the ways there are; how many. Done twice it sends none.

    At night, while something is wrong with an order, and where somebody was written to already, it waits.
    """
    days = shop.outreach.care_days
    if days is None or rules.night_ends(now.astimezone(shop.zone)) is not None:
        return 0
    due = now - timedelta(days=days)
    numbers = await orders.arrived_between(conn, due - OPEN_FOR, due)
    articles = await knowledge.articles(conn)
    sent = 0
    for number in await follow_up_records.unwritten(conn, numbers):
        order = await orders.order_row(conn, number)
        if order is not None and not await _is_troubled(conn, order, troubled):
            sent += await _follow_up(conn, shop, order, articles, able, now)
    return sent


async def _is_troubled(conn: Connection, order: OrderRow, troubled: Troubled) -> bool:
    if order.status != "delivered":
        return True
    if order.customer_id is not None and await returns.open_returns(conn, order.customer_id):
        return True
    return order.conversation_id is not None and await troubled(conn, order.conversation_id)


async def _follow_up(
    conn: Connection,
    shop: Shop,
    order: OrderRow,
    articles: list[knowledge.Article],
    able: frozenset[str],
    now: datetime,
) -> bool:
    key = key_of(order)
    found = await _tips(conn, shop, order, articles)
    if not found:
        await follow_up_records.note(conn, order.number, key, None, "no_tips", now)
        return False
    way = await _way(conn, shop, order, able, now)
    if way is None:
        return False
    medium, recipient = way
    async with conn.transaction():
        written = await follow_up_records.note(conn, order.number, key, medium, "", now)
        if written is None:
            return False
        body = {
            "follow_up": written,
            "medium": medium,
            "recipient": recipient,
            "tips": [{"title": tip.title, "text": tip.text, "article": tip.article} for tip in found],
        }
        await orders.announce_order(conn, "care_tips", order.number, body, now)
    return True


async def _tips(
    conn: Connection, shop: Shop, order: OrderRow, articles: list[knowledge.Article]
) -> tuple[Tip, ...]:
    handles = list(dict.fromkeys(line.product for line in await orders.lines_of(conn, order)))
    bought = []
    for handle in handles:
        try:
            bought.append(await catalog.product(conn, handle))
        except NotFound:
            continue  # sold no more
    return tips(bought, articles, order.language, shop.language)


async def _way(
    conn: Connection, shop: Shop, order: OrderRow, able: frozenset[str], now: datetime
) -> tuple[Medium, str] | None:
    """The first way that is open: a letter where it was agreed to, else the conversation of the order."""
    found = await standing(conn, key_of(order), now)
    reached = await _contacts(conn, order)
    local = now.astimezone(shop.zone)
    for medium in _MEDIA:
        to = reached[medium]
        if to and medium in able and rules.why_not(medium, found, shop.outreach, local) is None:
            return medium, to
    return None


async def _contacts(conn: Connection, order: OrderRow) -> dict[Medium, str]:
    """Where somebody is reached: a customer by what is on record of them, a guest by what they gave with the order."""
    email, phone = order.email, order.phone
    if order.customer_id is not None:
        customer = await customers.customer(conn, order.customer_id)
        email, phone = (customer.email or "", customer.phone) if customer else ("", "")
    return {"email": email, "sms": phone, "conversation": order.conversation_id or ""}


def key_of(order: OrderRow) -> str:
    """Under which key the buyer's agreements are kept."""
    if order.customer_id is not None:
        return f"customer:{order.customer_id}"
    return order.shopper_key or f"conversation:{order.conversation_id}"


async def still_open(conn: Connection, shop: Shop, follow_up_id: int, now: datetime) -> WhyNot | None:
    """Why a follow-up that was written may not leave at this very moment; None: it may. It counts itself no more."""
    written = await follow_up_records.follow_up(conn, follow_up_id)
    if written is None or written.medium is None:
        return "refused"
    agreed, refused = await customers.agreed_to_advertising(conn, written.shopper_key)
    found = Standing(agreed=agreed, refused=refused)
    return rules.why_not(written.medium, found, shop.outreach, now.astimezone(shop.zone))


async def refuse(conn: Connection, follow_up_id: int, now: datetime) -> str | None:
    """Refuse advertising by the link of a letter; to whom it went, None for a letter nobody wrote."""
    written = await follow_up_records.follow_up(conn, follow_up_id)
    if written is None:
        return None
    await customers.refuse_advertising(conn, written.shopper_key, now)
    order = await orders.order_row(conn, written.order_number)
    return (await _contacts(conn, order))[written.medium] if order and written.medium else ""
