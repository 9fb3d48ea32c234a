"""Every query about coupons that were given to one person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row

from dangol.carts.model import PersonalCoupon

Connection = AsyncConnection[Any]

_COLUMNS = "code, shopper, amount, currency, ends, cause, order_number"


async def insert(
    conn: Connection,
    code: str,
    shopper: str,
    amount: int,
    currency: str,
    ends: date,
    cause: str,
    now: datetime,
) -> PersonalCoupon:
    """Write a coupon, once per cause; the one that stands when it was written before."""
    await conn.execute(
        "INSERT INTO personal_coupons (code, shopper, amount, currency, ends, cause, given_at)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (cause) DO NOTHING",
        (code, shopper, amount, currency, ends, cause, now),
    )
    async with conn.cursor(row_factory=class_row(PersonalCoupon)) as cursor:
        await cursor.execute(f"SELECT {_COLUMNS} FROM personal_coupons WHERE cause = %s", (cause,))  # noqa: S608
        row = await cursor.fetchone()
    assert row is not None
    return row


async def of_shopper(conn: Connection, shopper: str) -> list[PersonalCoupon]:
    """All that were given to somebody, newest first; one taken back is left out."""
    async with conn.cursor(row_factory=class_row(PersonalCoupon)) as cursor:
        await cursor.execute(
            f"SELECT {_COLUMNS} FROM personal_coupons WHERE shopper = %s AND withdrawn_at IS NULL"  # noqa: S608
            " ORDER BY given_at DESC, code LIMIT 50",
            (shopper,),
        )
        return await cursor.fetchall()


async def lock_of_cart(conn: Connection, number: int) -> None:
    """Let nobody take back or use what the owner of this cart was given until the transaction ends."""
    await conn.execute(
        "SELECT 1 FROM personal_coupons p JOIN carts c ON c.shopper = p.shopper"
        " WHERE c.id = %s AND p.order_number IS NULL ORDER BY p.code FOR UPDATE OF p",
        (number,),
    )


async def use(conn: Connection, codes: Sequence[str], order: str) -> list[str]:
    """Let an order use these up; the codes it really got, those it holds already among them."""
    done = await conn.execute(
        "UPDATE personal_coupons SET order_number = %(order)s WHERE code = ANY(%(codes)s) AND withdrawn_at IS NULL"
        " AND (order_number IS NULL OR order_number = %(order)s) RETURNING code",
        {"order": order, "codes": list(codes)},
    )
    return [row[0] for row in await done.fetchall()]


async def known(conn: Connection, codes: Sequence[str]) -> list[str]:
    """Which of these codes were given to one person."""
    done = await conn.execute("SELECT code FROM personal_coupons WHERE code = ANY(%s)", (list(codes),))
    return [row[0] for row in await done.fetchall()]


async def free(conn: Connection, order: str) -> None:
    """Give back what an order used up."""
    await conn.execute("UPDATE personal_coupons SET order_number = NULL WHERE order_number = %s", (order,))


async def withdraw(conn: Connection, shopper: str, code: str, now: datetime) -> bool:
    """Take one back that was not used; False when there is none such."""
    done = await conn.execute(
        "UPDATE personal_coupons SET withdrawn_at = %s WHERE shopper = %s AND lower(code) = lower(%s)"
        " AND order_number IS NULL AND withdrawn_at IS NULL",
        (now, shopper, code),
    )
    return done.rowcount > 0


async def move(conn: Connection, from_key: str, to_key: str) -> None:
    """Hand what a visitor was given to the customer they turned out to be."""
    await conn.execute("UPDATE personal_coupons SET shopper = %s WHERE shopper = %s", (to_key, from_key))
