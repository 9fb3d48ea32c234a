"""Keeping up with the conversations: whatever was said since is read into the room's own list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from dangol.learning.model import Archive, Connection, Moved
from dangol.learning.records import reading
from dangol.learning.rules import read_messages

_LOOK_BACK = timedelta(minutes=10)  # processes' clocks differ, and a transaction commits after its moment


async def catch_up(conn: Connection, archive: Archive, most: int = 2_000) -> int:
    """Take in what conversations have gained; returns how many had gained something. Doing it twice is harmless."""
    latest = await reading.latest(conn)
    moved = await archive.moved(conn, latest - _LOOK_BACK if latest else None)
    behind = await _behind(conn, moved)
    for conversation in behind[:most]:
        await _take_in(conn, archive, conversation)
    return len(behind[:most])


async def rebuild(conn: Connection, archive: Archive) -> int:
    """Build the list anew from the facts; returns the number of conversations."""
    async with conn.transaction():
        await reading.forget_all(conn)
        moved = await archive.moved(conn, None)
        for conversation in moved:
            await _take_in(conn, archive, conversation)
    return len(moved)


async def _behind(conn: Connection, moved: Sequence[Moved]) -> list[Moved]:
    known = await reading.progress(conn, [one.conversation_id for one in moved])
    return [one for one in moved if known.get(one.conversation_id, 0) < one.last_seq]


async def _take_in(conn: Connection, archive: Archive, moved: Moved) -> None:
    async with conn.transaction():
        await reading.one_at_a_time(conn, moved.conversation_id)
        log = await archive.facts(conn, moved.conversation_id)
        seq = log[-1].seq if log else moved.last_seq
        await reading.put(conn, moved.conversation_id, read_messages(log), seq, moved.at)
