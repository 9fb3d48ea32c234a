"""What the desk keeps sealed, sealed anew under the current key."""

from __future__ import annotations

from typing import Any

from psycopg import AsyncConnection

from dangol.customers import api as customers
from dangol.helpdesk.records.accounts import about_second_factor
from dangol.helpdesk.records.work import about_note


async def reseal(conn: AsyncConnection[Any]) -> int:
    """Seal notes and second factors under the current key; how many were not."""
    notes = await customers.reseal(conn, "desk_notes", "id", "text", about_note)
    return notes + await customers.reseal(conn, "staff", "id", "totp_secret", about_second_factor)
