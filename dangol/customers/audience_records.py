"""Customers as a crowd: who must be left out of it, whose points expire, and how some of them are reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import args_row

Connection = AsyncConnection[Any]


@dataclass(frozen=True)
class Contact:
    """How a customer is reached, and over which channels they agreed to advertising."""

    customer_id: int
    name: str
    email: str
    phone: str
    agreed: list[str]


async def set_apart(conn: Connection) -> list[int]:
    """Whoever no profile is made of: personalisation refused, leaving, or erased."""
    cursor = await conn.execute(
        """SELECT substr(shopper, 10)::bigint FROM personal_settings WHERE NOT personal AND shopper LIKE 'customer:%'
           UNION SELECT customer_id FROM account_closings
           UNION SELECT id FROM customers WHERE external_id IS NULL AND email IS NULL AND name = '' AND phone = ''"""
    )
    return [row[0] for row in await cursor.fetchall()]


async def expiring_points(conn: Connection, now: datetime, until: datetime) -> dict[int, int]:
    """Points that are unspent and expire by a day, by customer."""
    cursor = await conn.execute(
        """SELECT customer_id, sum(points - used)::bigint FROM point_grants
           WHERE used < points AND expires > %s AND expires <= %s GROUP BY customer_id""",
        (now, until),
    )
    return {row[0]: row[1] for row in await cursor.fetchall()}


async def contacts(conn: Connection, customers: Sequence[int]) -> dict[int, Contact]:
    """How these customers are reached."""
    async with conn.cursor(row_factory=args_row(Contact)) as cursor:
        await cursor.execute(
            """SELECT c.id, c.name, coalesce(c.email, ''), c.phone,
                      coalesce((SELECT array_agg(DISTINCT s.channel ORDER BY s.channel) FROM consents s
                                WHERE s.shopper = 'customer:' || c.id AND s.purpose = 'marketing'
                                  AND s.withdrawn IS NULL), '{}')
               FROM customers c WHERE c.id = ANY(%s)""",
            (list(customers),),
        )
        return {each.customer_id: each for each in await cursor.fetchall()}
