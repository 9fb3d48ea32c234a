"""Every query of verification."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row

from dangol.orders.model import OrderRow

Connection = AsyncConnection[Any]
MOST_ORDERS = 200


@dataclass(frozen=True)
class CodeRow:
    """A code that was sent, or would have been had anybody been there; the code itself is not kept."""

    id: str
    conversation_id: str
    recipient: str
    customer_id: int | None
    orders: list[str]
    made_at: datetime
    tries: int
    used_at: datetime | None
    purpose: str = "owner"


async def claimed_orders(conn: Connection, number: str | None, phone: str) -> list[OrderRow]:
    """Orders of this number, or with a phone that ends so; newest first."""
    async with conn.cursor(row_factory=class_row(OrderRow)) as cursor:
        if number:
            await cursor.execute(
                "select * from orders where upper(ltrim(number, '#')) = %s limit 5", (number,)
            )
        else:
            await cursor.execute(
                r"select * from orders where phone <> '' and right(regexp_replace(phone, '\D', '', 'g'), 8) = %s"
                " order by placed_at desc limit %s",
                (phone, MOST_ORDERS),
            )
        return await cursor.fetchall()


async def orders_at(conn: Connection, email: str, phone: str) -> list[tuple[str, str]]:
    """The newest orders made with this e-mail or with a phone that ends so: their numbers, and the phone of each."""
    cursor = await conn.execute(
        r"""select number, phone from (
              (select number, phone, placed_at from orders
                where %(email)s <> '' and email <> '' and lower(email) = %(email)s
                order by placed_at desc limit %(most)s)
              union
              (select number, phone, placed_at from orders where length(%(phone)s) = 8 and phone <> ''
                and right(regexp_replace(phone, '\D', '', 'g'), 8) = %(phone)s order by placed_at desc limit %(most)s)
            ) found order by placed_at desc limit %(most)s""",
        {"email": email, "phone": phone, "most": MOST_ORDERS},
    )
    return [(row[0], row[1]) for row in await cursor.fetchall()]


async def customers_at(conn: Connection, email: str, phone: str) -> list[tuple[int, str]]:
    """Customers with this e-mail, else with a phone that ends so, and the phone of each."""
    cursor = await conn.execute(
        r"""select id, phone from customers where %(email)s <> '' and lower(email) = %(email)s
            union all
            select id, phone from customers where %(email)s = '' and length(%(phone)s) = 8 and phone <> ''
              and right(regexp_replace(phone, '\D', '', 'g'), 8) = %(phone)s
            limit %(most)s""",
        {"email": email, "phone": phone, "most": MOST_ORDERS},
    )
    return [(row[0], row[1] or "") for row in await cursor.fetchall()]


async def customers_named(conn: Connection, name: str) -> list[tuple[int, str]]:
    """Customers of this name, written without spaces and case, each with the postcode of their newest address."""
    cursor = await conn.execute(
        r"""select c.id, a.postcode from customers c
            cross join lateral (select postcode from addresses a where a.customer_id = c.id
                                order by a.used desc, a.id desc limit 1) a
            where lower(regexp_replace(c.name, '[\s.\-]', '', 'g')) = %s limit 1000""",
        (name,),
    )
    return [(row[0], row[1]) for row in await cursor.fetchall()]


async def fails_since(conn: Connection, subjects: Sequence[str], since: datetime) -> dict[str, int]:
    """How many wrong tries there were by each of these subjects."""
    cursor = await conn.execute(
        "select subject, count(*) from verification_tries where subject = any(%s) and at > %s and not passed"
        " group by subject",
        (list(subjects), since),
    )
    return {row[0]: int(row[1]) for row in await cursor.fetchall()}


async def note_try(conn: Connection, subjects: Sequence[str], passed: bool, now: datetime) -> None:
    """Write down a try, right or wrong."""
    await conn.execute(
        "insert into verification_tries (subject, at, passed) select unnest(%s::text[]), %s, %s",
        (list(subjects), now, passed),
    )


async def codes_since(conn: Connection, conversation_id: str, recipient: str, since: datetime) -> int:
    """How many codes were asked for by this conversation or for this recipient, whichever is more."""
    cursor = await conn.execute(
        "select greatest((select count(*) from verification_codes where conversation_id = %s and made_at > %s),"
        " (select count(*) from verification_codes where recipient = %s and made_at > %s))",
        (conversation_id, since, recipient, since),
    )
    row = await cursor.fetchone()
    return int(row[0]) if row else 0


async def add_code(conn: Connection, row: CodeRow) -> None:
    """Write down that a code goes out."""
    await conn.execute(
        "insert into verification_codes (id, conversation_id, recipient, customer_id, orders, made_at, purpose)"
        " values (%s, %s, %s, %s, %s, %s, %s) on conflict (id) do nothing",
        (row.id, row.conversation_id, row.recipient, row.customer_id, row.orders, row.made_at, row.purpose),
    )


async def newest_code(conn: Connection, conversation_id: str, purpose: str) -> CodeRow | None:
    """The code sent last in a conversation for this, locked; those before it count no more."""
    async with conn.cursor(row_factory=class_row(CodeRow)) as cursor:
        await cursor.execute(
            "select * from verification_codes where conversation_id = %s and purpose = %s"
            " order by made_at desc, id limit 1 for update",
            (conversation_id, purpose),
        )
        return await cursor.fetchone()


async def count_code_try(conn: Connection, code_id: str, used_at: datetime | None) -> None:
    """A code was tried; right when it is used from now."""
    await conn.execute(
        "update verification_codes set tries = tries + 1, used_at = %s where id = %s", (used_at, code_id)
    )
