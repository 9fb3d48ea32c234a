"""Sealed columns of any room, sealed anew: what was written before there was a key, or under an older one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from psycopg import AsyncConnection, sql

from dangol.customers.wallet_records import about_token
from dangol.kernel.sealing import HEAD, keyring

Connection = AsyncConnection[Any]

_BATCH = 500


async def reseal(conn: Connection, table: str, key: str, column: str, about: Callable[[str], str]) -> int:
    """Seal every text of a column under the current key; how many were not. Whoever writes meanwhile is not overwritten.

    Raises KeyMissing, SealBroken.
    """
    ring, done, after = keyring(), 0, ""
    names = {"table": sql.Identifier(table), "key": sql.Identifier(key), "column": sql.Identifier(column)}
    old = sql.SQL(
        "select {key}, {column} from {table} where {column} is not null and not starts_with({column}, %s) and {key} > %s"
        " order by {key} limit %s"
    ).format(**names)
    put = sql.SQL("update {table} set {column} = %s where {key} = %s and {column} = %s").format(**names)
    while True:
        cursor = await conn.execute(old, (f"{HEAD}{ring.current}:", after, _BATCH))
        rows = await cursor.fetchall()
        if not rows:
            return done
        for name, stored in rows:
            sealed = ring.seal(ring.open(stored, about(name)), about(name))
            done += (await conn.execute(put, (sealed, name, stored))).rowcount
        after = rows[-1][0]


async def reseal_tokens(conn: Connection) -> int:
    """Seal the tokens of ways on file under the current key; how many were not."""
    return await reseal(conn, "stored_methods", "reference", "token", about_token)
