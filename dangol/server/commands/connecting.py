"""A connection to the shop's database for the length of one command."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from dangol.server.database import Connection, Database
from dangol.server.keys import open_keyring
from dangol.server.settings import Settings


@asynccontextmanager
async def connected(settings: Settings) -> AsyncIterator[Connection]:
    """Open the database, embedded or the shop's own, and leave it in order. Raises DatabaseDown, DataKeyLost."""
    database = Database.prepare(settings.own_database, settings.data)
    await database.open()
    try:
        async with database.connection() as conn:
            await open_keyring(conn, settings)
            yield conn
    finally:
        await database.close()
        database.leave()
