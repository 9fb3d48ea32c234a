"""Queries of the shop's own file."""

from __future__ import annotations

import json
from typing import Any

from psycopg import AsyncConnection


async def write_shop(conn: AsyncConnection[Any], raw: dict[str, Any]) -> None:
    """Store the shop file as it stands."""
    await conn.execute(
        """insert into shops (id, raw, updated_at) values (1, %s, now())
           on conflict (id) do update set raw = excluded.raw, updated_at = excluded.updated_at""",
        (json.dumps(raw, ensure_ascii=False),),
    )


async def read_shop(conn: AsyncConnection[Any], *, lock: bool = False) -> dict[str, Any] | None:
    """The stored shop file, None before there is one; locked, nobody else changes it until the transaction ends."""
    query = "select raw from shops where id = 1 for update" if lock else "select raw from shops where id = 1"
    row = await (await conn.execute(query)).fetchone()
    return row[0] if row else None
