"""Every query of agreements: given, withdrawn, refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import args_row, class_row

from dangol.customers.model import Consent

Connection = AsyncConnection[Any]

EVERY_WAY = "*"
"""The channel of a refusal that counts for all of them."""


@dataclass(frozen=True)
class ConsentDue:
    """A customer who agreed long ago and has not been told of it since: over which channels, first when."""

    customer_id: int
    name: str
    email: str
    phone: str
    channels: list[str]
    given: datetime


async def consents_due(conn: Connection, before: datetime) -> list[ConsentDue]:
    """Customers whose agreement to advertising stands, and was given and last told of before a moment; oldest first."""
    async with conn.cursor(row_factory=args_row(ConsentDue)) as cursor:
        await cursor.execute(
            """SELECT c.id, c.name, coalesce(c.email, ''), c.phone, array_agg(s.channel), min(s.given)
               FROM consents s JOIN customers c ON s.shopper = 'customer:' || c.id
               WHERE s.purpose = 'marketing' AND s.withdrawn IS NULL
                 AND NOT EXISTS (SELECT 1 FROM account_closings a WHERE a.customer_id = c.id)
               GROUP BY c.id HAVING min(coalesce(s.reminded, s.given)) <= %s ORDER BY min(s.given), c.id""",
            (before,),
        )
        return await cursor.fetchall()


async def note_reminded(conn: Connection, customer_id: int, before: datetime, now: datetime) -> bool:
    """Write that a customer is told now of what they agreed to; False when that was written meanwhile."""
    done = await conn.execute(
        """UPDATE consents SET reminded = %(now)s
           WHERE shopper = %(shopper)s AND purpose = 'marketing' AND withdrawn IS NULL
             AND EXISTS (SELECT 1 FROM consents o WHERE o.shopper = %(shopper)s AND o.purpose = 'marketing'
                         AND o.withdrawn IS NULL AND coalesce(o.reminded, o.given) <= %(before)s)""",
        {"now": now, "shopper": f"customer:{customer_id}", "before": before},
    )
    return done.rowcount > 0


async def consents(conn: Connection, shopper: str) -> list[Consent]:
    """Agreements of a person, withdrawn ones too, oldest first."""
    async with conn.cursor(row_factory=class_row(Consent)) as cursor:
        await cursor.execute(
            """SELECT shopper, purpose, channel, wording, given, withdrawn FROM consents
               WHERE shopper = %s ORDER BY given, id""",
            (shopper,),
        )
        return await cursor.fetchall()


async def give_consent(
    conn: Connection, shopper: str, purpose: str, channel: str, wording: str, given: datetime
) -> bool:
    """Write an agreement; False when it stands already."""
    done = await conn.execute(
        """INSERT INTO consents (shopper, purpose, channel, wording, given) VALUES (%s, %s, %s, %s, %s)
           ON CONFLICT (shopper, purpose, channel) WHERE withdrawn IS NULL DO NOTHING""",
        (shopper, purpose, channel, wording, given),
    )
    return done.rowcount > 0


async def withdraw_consent(
    conn: Connection, shopper: str, purpose: str, channel: str | None, now: datetime
) -> int:
    """Withdraw agreements to a purpose, over one channel or all; returns how many."""
    done = await conn.execute(
        """UPDATE consents SET withdrawn = %s WHERE shopper = %s AND purpose = %s AND withdrawn IS NULL
           AND (%s::text IS NULL OR channel = %s)""",
        (now, shopper, purpose, channel, channel),
    )
    return done.rowcount


async def note_refusal(conn: Connection, shopper: str, purpose: str, now: datetime) -> None:
    """Write that somebody refuses a purpose over every channel: an agreement withdrawn the moment it was given."""
    await conn.execute(
        """INSERT INTO consents (shopper, purpose, channel, wording, given, withdrawn)
           VALUES (%s, %s, %s, '', %s, %s)""",
        (shopper, purpose, EVERY_WAY, now, now),
    )


async def forget_consents(conn: Connection, before: datetime) -> int:
    """Delete agreements that were withdrawn before a moment; how many."""
    return (await conn.execute("DELETE FROM consents WHERE withdrawn < %s", (before,))).rowcount
