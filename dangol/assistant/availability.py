"""When the assistant was there, and how it answered, day by day of the shop's own time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row

Connection = AsyncConnection[Any]

KEPT = timedelta(days=400)
OUTAGE = timedelta(minutes=3)
"""A silence from here on is an outage; the workers' sweep beats twice a minute."""


@dataclass(frozen=True)
class ServedDay:
    """A day: `minutes` of which `up` were served, messages heard and answered, by night too (0 to 6 o'clock).

    `wait_ms` is the median between a message and its answer; `outages` is how often the server was silent for three
    minutes or more, counted on the day the silence began. Messages a person was to answer are not counted.
    """

    day: date
    minutes: int
    up: int
    outages: int
    heard: int
    answered: int
    night_heard: int
    night_answered: int
    wait_ms: float | None


async def beat(conn: Connection, now: datetime) -> None:
    """Note that the shop is served in this minute; minutes long gone are let go."""
    await conn.execute(
        "insert into heartbeats (minute) values (date_trunc('minute', %s::timestamptz)) on conflict do nothing",
        (now,),
    )
    await conn.execute("delete from heartbeats where minute < %s", (now - KEPT,))


async def served_days(conn: Connection, zone: str, since: date, now: datetime) -> list[ServedDay]:
    """The days from `since` to now; of the first day ever served, the time from the first beat counts."""
    async with conn.cursor(row_factory=class_row(ServedDay)) as cursor:
        await cursor.execute(
            _DAYS, {"zone": zone, "since": since, "now": now, "outage": OUTAGE.total_seconds()}
        )
        return await cursor.fetchall()


_DAYS = """
with days as (
    select d::date as day, greatest(d::timestamp at time zone %(zone)s, first.beat) as start,
        least((d + interval '1 day')::timestamp at time zone %(zone)s, %(now)s::timestamptz) as stop
    from (select min(minute) as beat from heartbeats) first,
        generate_series(%(since)s::date::timestamp, (%(now)s::timestamptz at time zone %(zone)s)::date::timestamp,
            interval '1 day') d
    where first.beat < (d + interval '1 day')::timestamp at time zone %(zone)s
        and d::timestamp at time zone %(zone)s < %(now)s::timestamptz and first.beat < %(now)s::timestamptz
), beats as (
    select minute, lead(minute, 1, %(now)s::timestamptz) over (order by minute) as next from heartbeats
), told as (
    select heard.at, (heard.at at time zone %(zone)s) as here, reply.at as replied
    from facts heard left join lateral (
        select r.at, r.body ->> 'served_by' as served_by from facts r
        where r.conversation_id = heard.conversation_id and r.kind = 'reply_given'
          and (r.body ->> 'message' = heard.body ->> 'message' or r.body -> 'joined' ? (heard.body ->> 'message'))
        order by r.seq limit 1) reply on true
    where heard.kind = 'message_heard' and coalesce(reply.served_by, 'assistant') = 'assistant'
      and heard.at >= %(since)s::date::timestamp at time zone %(zone)s and heard.at <= %(now)s
)
select days.day,
    greatest(1, ceil(extract(epoch from days.stop - days.start) / 60))::int as minutes,
    least(greatest(1, ceil(extract(epoch from days.stop - days.start) / 60)),
        (select count(*) from beats where minute >= days.start and minute < days.stop))::int as up,
    (select count(*) from beats where minute >= days.start and minute < days.stop
        and extract(epoch from next - minute) >= %(outage)s)::int as outages,
    m.heard, m.answered, m.night_heard, m.night_answered, m.wait_ms
from days cross join lateral (
    select count(*)::int as heard, count(replied)::int as answered,
        count(*) filter (where extract(hour from here) < 6)::int as night_heard,
        count(replied) filter (where extract(hour from here) < 6)::int as night_answered,
        (percentile_cont(0.5) within group (order by extract(epoch from replied - at) * 1000))::float8 as wait_ms
    from told where here::date = days.day
) m
order by days.day
"""
