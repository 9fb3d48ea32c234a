"""The report of availability: minutes served, outages, answers by day and night, in the shop's own time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from dangol.assistant.availability import KEPT, beat, served_days

Connection = psycopg.AsyncConnection[Any]
NIGHT = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)  # three in the night of the third, in Seoul


async def say(
    conn: Connection,
    message: str,
    at: datetime,
    wait_ms: int | None,
    served_by: str = "assistant",
    **more: Any,
) -> None:
    seq = await (await conn.execute("select coalesce(max(seq), 0) from facts")).fetchone()
    assert seq is not None
    rows = [("message_heard", {"message": message}, at)]
    if wait_ms is not None:
        reply = {"message": message, "served_by": served_by, "joined": [], **more}
        rows.append(("reply_given", reply, at + timedelta(milliseconds=wait_ms)))
    for place, (kind, body, when) in enumerate(rows, seq[0] + 1):
        await conn.execute(
            "insert into facts (conversation_id, seq, kind, body, at) values ('c_a', %s, %s, %s, %s)",
            (place, kind, Jsonb(body), when),
        )


async def test_days_as_they_were(conn: Connection) -> None:
    await conn.execute(
        "insert into conversations (id, token_hash, channel, language, created_at, updated_at)"
        " values ('c_a', 'h', 'web', 'ko', now(), now())"
    )
    start = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)  # midnight in Seoul
    for minute in range(24 * 60):
        if not 600 <= minute < 660:  # an hour without a server
            await beat(conn, start + timedelta(minutes=minute, seconds=30))
            await beat(conn, start + timedelta(minutes=minute))
    await say(conn, "m1", NIGHT, 20)
    await say(conn, "m2", NIGHT + timedelta(hours=9), 40)
    await say(conn, "m3", NIGHT + timedelta(hours=10), None)
    await say(conn, "m4", NIGHT + timedelta(hours=11), 30, "queue")
    await say(conn, "m5", NIGHT + timedelta(hours=12), None)
    await say(conn, "m6", NIGHT + timedelta(hours=12, seconds=1), 60, joined=["m5"])

    (day,) = await served_days(conn, "Asia/Seoul", date(2026, 3, 1), start + timedelta(days=1))
    assert (day.day, day.minutes, day.up, day.outages) == (date(2026, 3, 3), 1440, 1380, 1)
    assert (day.heard, day.answered) == (5, 4)
    assert (day.night_heard, day.night_answered) == (1, 1)
    assert day.wait_ms is not None
    assert 40 <= day.wait_ms <= 60.5

    later = await served_days(conn, "Asia/Seoul", date(2026, 3, 1), start + timedelta(days=1, hours=1))
    assert [(each.day, each.up, each.outages) for each in later] == [
        (date(2026, 3, 3), 1380, 2), (date(2026, 3, 4), 0, 0),
    ]  # fmt: skip


async def test_nothing_is_claimed_before_the_first_beat_and_old_minutes_go(conn: Connection) -> None:
    now = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
    assert await served_days(conn, "Asia/Seoul", date(2026, 1, 1), now) == []
    await beat(conn, now - KEPT - timedelta(minutes=1))
    await beat(conn, now)
    (day,) = await served_days(conn, "Asia/Seoul", date(2026, 3, 1), now + timedelta(minutes=2))
    assert (day.up, day.minutes, day.wait_ms) == (1, 2, None)
