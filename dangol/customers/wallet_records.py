"""Every query of the ways of paying on file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row

from dangol.customers.model import StoredMethod
from dangol.kernel.sealing import keyring

Connection = AsyncConnection[Any]

_METHOD = "reference, customer_id, kind, brand, last_four, balance, gateway, token"


def about_token(reference: str) -> str:
    """What the seal of a provider's token is bound to."""
    return f"stored_methods.token:{reference}"


def _opened(one: StoredMethod) -> StoredMethod:
    return replace(one, token=keyring().open(one.token, about_token(one.reference))) if one.token else one


async def methods_of(conn: Connection, customer_id: int) -> list[StoredMethod]:
    """The ways of paying on file for a customer, oldest first."""
    async with conn.cursor(row_factory=class_row(StoredMethod)) as cursor:
        await cursor.execute(
            f"SELECT {_METHOD} FROM stored_methods WHERE customer_id = %s AND removed_at IS NULL ORDER BY id",  # noqa: S608
            (customer_id,),
        )
        return [_opened(one) for one in await cursor.fetchall()]


async def method(
    conn: Connection, reference: str, *, lock: bool = False, off_file: bool = False
) -> StoredMethod | None:
    """One way of paying, `off_file` also when it was taken off; locked inside a transaction when asked."""
    end = ("" if off_file else " AND removed_at IS NULL") + (" FOR UPDATE" if lock else "")
    async with conn.cursor(row_factory=class_row(StoredMethod)) as cursor:
        await cursor.execute(
            f"SELECT {_METHOD} FROM stored_methods WHERE reference = %s{end}",  # noqa: S608
            (reference,),
        )
        found = await cursor.fetchone()
        return _opened(found) if found else None


async def put_methods(conn: Connection, methods: Sequence[StoredMethod]) -> int:
    """Write ways of paying that are new; how many were."""
    async with conn.cursor() as cursor:
        await cursor.executemany(
            f"INSERT INTO stored_methods ({_METHOD}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"  # noqa: S608
            " ON CONFLICT DO NOTHING",
            [
                (
                    one.reference,
                    one.customer_id,
                    one.kind,
                    one.brand,
                    one.last_four,
                    one.balance,
                    one.gateway,
                    keyring().seal(one.token, about_token(one.reference)) if one.token else one.token,
                )
                for one in methods
            ],
        )
        return cursor.rowcount


async def take_off_file(conn: Connection, reference: str, now: datetime) -> None:
    """Show and charge it no more, its provider's token is gone; an order's money that came by it can still go back."""
    await conn.execute(
        "UPDATE stored_methods SET removed_at = %s, gateway = NULL, token = NULL WHERE reference = %s",
        (now, reference),
    )


async def move_balance(conn: Connection, reference: str, by: int) -> None:
    """Add to the balance of a gift card, or take from it."""
    await conn.execute(
        "UPDATE stored_methods SET balance = balance + %s WHERE reference = %s", (by, reference)
    )
