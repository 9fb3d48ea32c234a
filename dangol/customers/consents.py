"""What people agreed to: given with the very words, withdrawn at any time, and advertising refused altogether."""

from __future__ import annotations

from datetime import datetime

from dangol.customers import consent_records
from dangol.customers.consent_records import Connection

ADVERTISING = "marketing"
"""The purpose under which advertising is agreed to."""


async def give_consent(
    conn: Connection, shopper_key: str, *, purpose: str, channel: str, wording: str, now: datetime
) -> bool:
    """Write down an agreement with its very words; False when it stands already."""
    async with conn.transaction():
        return await consent_records.give_consent(conn, shopper_key, purpose, channel, wording, now)


async def withdraw_consent(
    conn: Connection, shopper_key: str, *, purpose: str, channel: str | None, now: datetime
) -> int:
    """Withdraw an agreement, over one channel or all; returns how many stood."""
    async with conn.transaction():
        return await consent_records.withdraw_consent(conn, shopper_key, purpose, channel, now)


async def refuse_advertising(conn: Connection, shopper_key: str, now: datetime) -> None:
    """Note that somebody wants no advertising, by whatever way: every agreement to it is withdrawn, and until they agree
    anew nothing is said first in their conversations either."""
    agreed, refused = await agreed_to_advertising(conn, shopper_key)
    if refused and not agreed:
        return
    async with conn.transaction():
        await consent_records.withdraw_consent(conn, shopper_key, ADVERTISING, None, now)
        await consent_records.note_refusal(conn, shopper_key, ADVERTISING, now)


async def agreed_to_advertising(conn: Connection, shopper_key: str) -> tuple[frozenset[str], bool]:
    """The channels over which somebody agreed to advertising, and whether they refused it altogether since."""
    rows = [row for row in await consent_records.consents(conn, shopper_key) if row.purpose == ADVERTISING]
    standing = [row for row in rows if row.withdrawn is None]
    refusals = [
        row.withdrawn
        for row in rows
        if row.channel == consent_records.EVERY_WAY and row.withdrawn is not None
    ]
    refused = bool(refusals) and not any(row.given > max(refusals) for row in standing)
    return frozenset(row.channel for row in standing), refused
