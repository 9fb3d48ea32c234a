"""What this room holds of a person, handed over or erased; and how every room reads and clears its tables for that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import dict_row

from dangol.customers import account_records, records
from dangol.kernel.person import Person

Connection = AsyncConnection[Any]
Held = dict[str, list[dict[str, Any]]]
"""What is stored of a person: table by table, row by row."""

_HELD = {
    "customers": "SELECT * FROM customers WHERE id = %(customer)s",
    "addresses": "SELECT * FROM addresses WHERE customer_id = %(customer)s ORDER BY id",
    "stored_methods": "SELECT reference, kind, brand, last_four, balance, gateway, removed_at FROM stored_methods"
    " WHERE customer_id = %(customer)s ORDER BY id",
    "point_grants": "SELECT * FROM point_grants WHERE customer_id = %(customer)s ORDER BY id",
    "point_spends": "SELECT * FROM point_spends WHERE customer_id = %(customer)s ORDER BY id",
    "spendings": "SELECT * FROM spendings WHERE customer_id = %(customer)s ORDER BY bought",
    "preferences": "SELECT * FROM preferences WHERE shopper = %(key)s ORDER BY noted",
    "consents": "SELECT * FROM consents WHERE shopper = %(key)s ORDER BY given",
    "account_closings": "SELECT * FROM account_closings WHERE customer_id = %(customer)s",
}
_GONE = (
    "DELETE FROM point_uses WHERE spend_id IN (SELECT id FROM point_spends WHERE customer_id = %(customer)s)",
    "DELETE FROM point_spends WHERE customer_id = %(customer)s",
    "DELETE FROM point_grants WHERE customer_id = %(customer)s",
    "DELETE FROM spendings WHERE customer_id = %(customer)s",
    "DELETE FROM stored_methods WHERE customer_id = %(customer)s",
    "DELETE FROM addresses WHERE customer_id = %(customer)s",
    "DELETE FROM preferences WHERE shopper = %(key)s",
    "DELETE FROM personal_settings WHERE shopper = %(key)s",
    "UPDATE customers SET external_id = NULL, email = NULL, name = '', phone = '', locale = '', tags = '{}',"
    " spent_before = 0, spent_before_at = NULL WHERE id = %(customer)s",
)


async def read(conn: Connection, queries: Mapping[str, str], person: Person) -> Held:
    """The rows of each query of a room that are about this person; empty tables are left out."""
    found: Held = {}
    async with conn.cursor(row_factory=dict_row) as cursor:
        for table, query in queries.items():
            await cursor.execute(query, person.values)
            rows = await cursor.fetchall()
            if rows:
                found[table] = rows
    return found


async def clear(conn: Connection, statements: Sequence[str], person: Person) -> int:
    """Carry out a room's statements that erase a person; how many rows were touched."""
    gone = 0
    for statement in statements:
        gone += (await conn.execute(statement, person.values)).rowcount
    return gone


async def held(conn: Connection, person: Person) -> Held:
    """Everything of this room that is about the person."""
    return await read(conn, _HELD, person)


async def erase(conn: Connection, person: Person, now: datetime) -> int:
    """Erase the account; agreements are withdrawn and kept as proof for as long as the shop says, without a name."""
    withdrawn = await conn.execute(
        "UPDATE consents SET withdrawn = %s WHERE shopper = %s AND withdrawn IS NULL", (now, person.key)
    )
    gone = await clear(conn, _GONE, person)
    await account_records.note_erased(conn, person.customer_id, now)
    return gone + withdrawn.rowcount


async def find_person(conn: Connection, said: str) -> Person | None:
    """The customer of this e-mail, or of the shop's own id; None for nobody."""
    found = await records.known(conn, said, said if "@" in said else None)
    return Person(found.id, found.email or "", found.phone) if found else None


async def person_of(conn: Connection, customer_id: int) -> Person:
    """A customer as every room knows them."""
    found = await records.customer(conn, customer_id)
    return Person(customer_id, (found.email or "") if found else "", found.phone if found else "")
