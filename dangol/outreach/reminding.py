"""Who agreed to advertising is told every two years that they did, and how it ends.

The law: 정보통신망법 제50조 제8항 with 시행령 제62조의3 (the sender's name, that and when it was agreed to, how to keep or
withdraw it). It tells and sells nothing.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from psycopg import AsyncConnection

from dangol.customers import api as customers
from dangol.customers.api import ConsentDue
from dangol.kernel.shop import Shop
from dangol.orders import api as orders
from dangol.outreach import rules

Connection = AsyncConnection[Any]
YEARS = 2


async def remind(conn: Connection, shop: Shop, able: frozenset[str], now: datetime) -> int:
    """Announce it to each customer for whom two years are over, by a way they agreed to; how many.

    Done twice it tells nobody again. At night nobody is told, nor in a shop that does not stand under this law.
    """
    local = now.astimezone(shop.zone)
    if not rules.in_korea(shop) or rules.night_ends(local) is not None:
        return 0
    before = now.replace(year=now.year - YEARS, day=min(now.day, 28))
    told = 0
    for due in await customers.consents_due(conn, before):
        told += await _tell(conn, shop, due, able, before, now)
    return told


async def _tell(
    conn: Connection, shop: Shop, due: ConsentDue, able: frozenset[str], before: datetime, now: datetime
) -> bool:
    reached = {"email": due.email, "sms": due.phone}
    to = next((reached[way] for way in reached if way in due.channels and way in able and reached[way]), "")
    if not to:
        return False
    async with conn.transaction():
        if not await customers.note_reminded(conn, due.customer_id, before, now):
            return False
        agreed = due.given.astimezone(shop.zone).date()
        body = {
            "contact": to,
            "customer": due.customer_id,
            "name": due.name,
            "agreed_on": agreed.isoformat(),
            "agreed_ways": sorted(due.channels),
            "language": shop.language,
        }
        await orders.announce(conn, "consent_reminder", f"consent:{due.customer_id}", body, now)
    return True


async def may_tell(conn: Connection, shop: Shop, customer_id: int, now: datetime) -> rules.WhyNot | None:
    """Why a reminder that was written may not leave at this very moment; None: it may."""
    agreed, refused = await customers.agreed_to_advertising(conn, f"customer:{customer_id}")
    if refused or not agreed:
        return "refused"
    return "night" if rules.night_ends(now.astimezone(shop.zone)) is not None else None
