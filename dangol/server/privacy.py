"""Everything of one person: handed over as it is stored, or erased but for what the law has kept; and what gets too old.

Erased at once: the account with its contacts, addresses, points, agreements, ways of paying and tastes, cart and wishes,
what was looked at, the words and files of conversations, notes and letters. Kept for the years the shop file names:
orders with to whom they went, payments and returns (전자상거래법: five years), and the words of conversations in which
somebody complained (three years). The facts themselves, without words, stay countable for ever.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from dangol.assistant import person_records as conversations
from dangol.carts import api as carts
from dangol.catalog import api as catalog
from dangol.customers import api as customers
from dangol.customers.api import Held
from dangol.helpdesk import api as helpdesk
from dangol.insights import api as insights
from dangol.kernel.person import Person
from dangol.kernel.shop import Shop
from dangol.knowledge import api as knowledge
from dangol.orders import api as orders
from dangol.outreach import api as outreach
from dangol.payments import api as payments
from dangol.returns import api as returns
from dangol.server import attachments
from dangol.server.database import Connection

_ROOMS: tuple[Callable[[Connection, Person], Awaitable[Held]], ...] = (
    customers.held_of,
    catalog.held_of,
    knowledge.held_of,
    carts.held_of,
    orders.held_of,
    payments.held_of,
    returns.held_of,
    helpdesk.held_of,
    insights.held_of,
    outreach.held_of,
)
_LETTER_HEAD = 4096  # bytes in which a letter says to whom it goes


@dataclass(frozen=True)
class Erased:
    """What came of it: rows and files that are gone, and until when the rest is kept."""

    rows: int
    files: int
    orders_until: datetime | None
    complaints: int


async def find(conn: Connection, said: str) -> Person | None:
    """The customer of an e-mail or of the shop's own id, with the conversations that were theirs."""
    person = await customers.find_person(conn, said)
    return await _with_conversations(conn, person) if person else None


async def _with_conversations(conn: Connection, person: Person) -> Person:
    own = await conversations.of_customer(conn, person.customer_id)
    bought_in = await orders.conversations_of(conn, person.customer_id)
    theirs = await conversations.of_nobody_else(conn, bought_in, person.customer_id)
    return replace(person, conversations=tuple(sorted({*own, *theirs})))


async def export(conn: Connection, person: Person) -> dict[str, Any]:
    """All that is stored of a person, table by table, and what was said in their conversations."""
    told: dict[str, Any] = {}
    for held in _ROOMS:
        told |= await held(conn, person)
    told["conversations"] = await conversations.said_in(conn, list(person.conversations))
    return told


async def erase(conn: Connection, data: Path, shop: Shop, person: Person, now: datetime) -> Erased:
    """Erase a person for good, in one transaction; done twice it finds nothing."""
    kept = await conversations.with_complaints(
        conn, list(person.conversations), _before(now, shop.retention.complaints)
    )
    free = replace(person, conversations=tuple(one for one in person.conversations if one not in kept))
    files = await attachments.forget_of(conn, data, list(free.conversations))
    files += await asyncio.to_thread(_forget_letters, data / "letters", person)
    async with conn.transaction():
        rows = await conversations.erase_all(conn, list(free.conversations))
        rows += await insights.erase_of(conn, person)
        rows += await helpdesk.erase_of(conn, free)
        rows += await outreach.erase_of(conn, person)
        rows += await orders.erase_of(conn, person)
        rows += await carts.erase_of(conn, person)
        rows += await knowledge.erase_of(conn, person)
        rows += await catalog.forget_shopper(conn, person.key)
        rows += await customers.erase_of(conn, person, now)
    last = await orders.last_order_at(conn, person.customer_id)
    until = last + timedelta(days=shop.retention.orders) if last else None
    return Erased(rows, files, until if until and until > now else None, len(kept))


def _before(now: datetime, days: int) -> datetime:
    return now - timedelta(days=days)


def _forget_letters(folder: Path, person: Person) -> int:
    gone = 0
    contacts = [each.encode() for each in person.values["contacts"]]
    for letter in folder.iterdir() if folder.is_dir() and contacts else ():
        with letter.open("rb") as file:
            head = file.read(_LETTER_HEAD).lower()
        if any(each in head for each in contacts):
            letter.unlink(missing_ok=True)
            gone += 1
    return gone


async def let_go(conn: Connection, data: Path, shop: Shop, now: datetime) -> int:
    """Erase those who asked to leave, once their time is over and nothing of theirs is under way; how many."""
    gone = 0
    for customer in await customers.closings_due(conn, now):
        if await orders.open_orders(conn, customer) or await returns.open_returns(conn, customer):
            continue
        person = await _with_conversations(conn, await customers.person_of(conn, customer))
        await erase(conn, data, shop, person, now)
        gone += 1
    return gone


async def forget_old(conn: Connection, data: Path, shop: Shop, now: datetime) -> None:
    """Delete what the shop said it would keep no longer; done twice it finds nothing."""
    kept = shop.retention
    words, lying, bought = (_before(now, days) for days in (kept.words, kept.carts, kept.orders))
    complaints = _before(now, max(kept.complaints, kept.words))
    await attachments.forget(conn, data, words, complaints)
    await conversations.forget_words(conn, words, complaints)
    await catalog.forget_before(conn, _before(now, kept.signs))
    await knowledge.forget_walkers(conn, now)
    await carts.forget_before(conn, lying)
    await orders.forget_checkouts(conn, lying)
    await orders.forget_codes(conn, lying)
    await customers.forget_visitors(conn, lying)
    await customers.forget_consents(conn, _before(now, kept.consents))
    await orders.forget_buyers(conn, bought)
    await payments.forget_payers(conn, bought)
    await returns.forget_reasons(conn, bought)
    await outreach.forget_before(conn, bought)
