"""Queries of the daily sample of readings and how staff judged them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from psycopg.rows import class_row

from dangol.learning.model import Connection, Place
from dangol.learning.rules import Tally


@dataclass(frozen=True)
class Sampled:
    """A reading of the sample; `agreed` is None until somebody has judged it."""

    conversation_id: str
    seq: int
    day: date
    language: str
    intents: list[str]
    agreed: bool | None
    right_intents: list[str]

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.conversation_id, self.seq


async def draw(conn: Connection, day: date, since: datetime, until: datetime, size: int) -> None:
    """Draw a day's sample once: as many of each language as there are, up to `size`, by chance that can be repeated."""
    await conn.execute("select pg_advisory_xact_lock(hashtextextended('reading_samples', 61))")
    await conn.execute(
        """insert into reading_samples (conversation_id, seq, day, language, intents)
           select conversation_id, seq, %(day)s, language,
               array(select pair ->> 0 from jsonb_array_elements(intents) with ordinality as t (pair, place) order by place)
           from (
               select m.*, row_number() over (partition by language order by chance) as place
               from (select r.*, md5(%(day)s::text || conversation_id || seq) as chance from read_messages r
                     where at >= %(since)s and at < %(until)s) m
           ) drawn
           where place <= %(size)s
             and not exists (select 1 from reading_samples s where s.day = %(day)s)
           on conflict do nothing""",
        {"day": day, "since": since, "until": until, "size": size},
    )


async def open_samples(conn: Connection, limit: int) -> list[Sampled]:
    """Readings that wait to be judged, the latest day first; those whose words were erased are left out."""
    async with conn.cursor(row_factory=class_row(Sampled)) as cursor:
        await cursor.execute(
            """select s.conversation_id, s.seq, s.day, s.language, s.intents, s.agreed, s.right_intents
               from reading_samples s join read_messages m using (conversation_id, seq)
               where s.agreed is null order by s.day desc, s.conversation_id, s.seq limit %s""",
            (limit,),
        )
        return await cursor.fetchall()


async def sampled(conn: Connection, place: Place) -> Sampled | None:
    """A reading of the sample."""
    async with conn.cursor(row_factory=class_row(Sampled)) as cursor:
        await cursor.execute(
            """select conversation_id, seq, day, language, intents, agreed, right_intents from reading_samples
               where conversation_id = %s and seq = %s""",
            place,
        )
        return await cursor.fetchone()


async def judge(
    conn: Connection, place: Place, agreed: bool | None, right: Sequence[str], by: str, now: datetime
) -> None:
    """Note a judgement, or take it back (None)."""
    judged = agreed is not None
    await conn.execute(
        """update reading_samples set agreed = %s, right_intents = %s, judged_by = %s, judged_at = %s
           where conversation_id = %s and seq = %s""",
        (agreed, list(right), by if judged else None, now if judged else None, *place),
    )


async def tallies(conn: Connection, since: date, until: date) -> dict[tuple[str, str], Tally]:
    """(language, first intent) → readings judged, of samples of these days (the first included, the last not)."""
    cursor = await conn.execute(
        """select language, coalesce(intents[1], '') as intent, count(*) filter (where agreed), count(*)
           from reading_samples where day >= %s and day < %s and agreed is not null group by 1, 2 order by 1, 2""",
        (since, until),
    )
    return {(row[0], row[1]): Tally(row[2], row[3]) for row in await cursor.fetchall()}


@dataclass(frozen=True)
class Notice:
    """Agreement has dropped."""

    id: int
    day: date
    language: str
    agreed: int
    judged: int
    agreed_before: int
    judged_before: int
    at: datetime
    seen_by: str | None


async def notify(
    conn: Connection, day: date, language: str, now_: Tally, before: Tally, at: datetime
) -> bool:
    """Put a drop on the notice board; False when it hangs there already or one was not seen yet."""
    cursor = await conn.execute(
        """insert into agreement_notices (day, language, agreed, judged, agreed_before, judged_before, at)
           select %(day)s, %(language)s, %(agreed)s, %(judged)s, %(agreed_before)s, %(judged_before)s, %(at)s
           where not exists (select 1 from agreement_notices where language = %(language)s and seen_at is null)
           on conflict do nothing""",
        {
            "day": day,
            "language": language,
            "agreed": now_.agreed,
            "judged": now_.judged,
            "agreed_before": before.agreed,
            "judged_before": before.judged,
            "at": at,
        },
    )
    return cursor.rowcount == 1


async def notices(conn: Connection, limit: int) -> list[Notice]:
    """What hangs on the notice board, unseen ones first."""
    async with conn.cursor(row_factory=class_row(Notice)) as cursor:
        await cursor.execute(
            """select id, day, language, agreed, judged, agreed_before, judged_before, at, seen_by
               from agreement_notices order by seen_at is not null, at desc limit %s""",
            (limit,),
        )
        return await cursor.fetchall()


async def see(conn: Connection, number: int, by: str, now: datetime) -> bool:
    """Take a notice down; False where none hung."""
    cursor = await conn.execute(
        "update agreement_notices set seen_by = %s, seen_at = %s where id = %s and seen_at is null",
        (by, now, number),
    )
    return cursor.rowcount == 1
