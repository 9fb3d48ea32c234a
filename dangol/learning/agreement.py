"""How often staff agree with the readings: a sample a day, figures by language and intent, a notice on a drop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dangol.kernel.errors import NotFound
from dangol.kernel.model import Value
from dangol.learning import teaching
from dangol.learning.model import Archive, Colleague, Connection, Moment, Place, Reader
from dangol.learning.queue import look_at
from dangol.learning.records import lessons, sampling
from dangol.learning.records.sampling import Notice
from dangol.learning.rules import Tally, has_dropped

SAMPLE = 20  # messages of each language a day
RECENT = timedelta(days=7)
BEFORE = timedelta(days=28)


class ToJudge(Value):
    """A reading of the sample with the state its message came in."""

    conversation_id: str
    seq: int
    day: date
    language: str
    text: str
    intents: tuple[str, ...]
    moment: Moment


class Agreement(Value):
    """Judged readings of one intent (or of all, `intent` empty) in one language, over a period."""

    language: str
    intent: str
    agreed: int
    judged: int

    @property
    def share(self) -> float | None:
        """Agreed ÷ judged."""
        return Tally(self.agreed, self.judged).share


@dataclass(frozen=True)
class Standing:
    """Agreement in a language over the last seven days, and whether a drop was found just now."""

    language: str
    now: Tally
    before: Tally
    dropped: bool


async def draw(conn: Connection, now: datetime, zone: ZoneInfo) -> None:
    """Draw the sample of yesterday (the shop's day), once."""
    today = now.astimezone(zone).date()
    since = datetime.combine(today - timedelta(days=1), time(), zone)
    until = datetime.combine(today, time(), zone)
    async with conn.transaction():
        await sampling.draw(conn, today - timedelta(days=1), since, until, SAMPLE)


async def to_judge(conn: Connection, archive: Archive, colleague: Colleague, limit: int) -> list[ToJudge]:
    """Readings that wait for a judgement, each with the state its message came in. Raises NotPermitted."""
    colleague.must("look")
    shown = []
    for sampled in await sampling.open_samples(conn, limit):
        try:
            message, moment, _ = await look_at(conn, archive, colleague, sampled.place)
        except NotFound:  # erased a moment ago
            continue
        shown.append(
            ToJudge(
                conversation_id=sampled.conversation_id,
                seq=sampled.seq,
                day=sampled.day,
                language=sampled.language,
                text=message.text,
                intents=tuple(sampled.intents),
                moment=moment,
            )
        )
    return shown


async def judge(
    conn: Connection,
    archive: Archive,
    reader: Reader,
    colleague: Colleague,
    place: Place,
    now: datetime,
    *,
    agreed: bool | None,
    right: Sequence[str] = (),
) -> None:
    """Agree or disagree with a reading; `None` takes a judgement back. Where the right intents are told they become
    a lesson that waits for approval. Raises NotPermitted, NotFound, UnknownNames."""
    colleague.must("teach")
    if await sampling.sampled(conn, place) is None:
        raise NotFound(message=place[1])
    right = right if agreed is False else ()
    await teaching.check_names(conn, reader, right)
    async with conn.transaction():
        await sampling.judge(conn, place, agreed, right, colleague.id, now)
        if right and await lessons.standing(conn, place) is None:
            await teaching.propose(conn, archive, reader, colleague, now, place=place, intents=right)


async def figures(conn: Connection, colleague: Colleague, since: date, until: date) -> tuple[Agreement, ...]:
    """Agreement by language and intent over samples of these days (the last not included); `intent` "" is all."""
    colleague.must("look")
    tallies = await sampling.tallies(conn, since, until)
    whole = _by_language(tallies)
    rows = [Agreement(language=one, intent="", agreed=t.agreed, judged=t.judged) for one, t in whole.items()]
    rows += [
        Agreement(language=language, intent=intent or "-", agreed=tally.agreed, judged=tally.judged)
        for (language, intent), tally in tallies.items()
    ]
    return tuple(rows)


def _by_language(tallies: dict[tuple[str, str], Tally]) -> dict[str, Tally]:
    whole: dict[str, Tally] = {}
    for (language, _), tally in tallies.items():
        before = whole.get(language, Tally())
        whole[language] = Tally(before.agreed + tally.agreed, before.judged + tally.judged)
    return whole


async def look_for_drop(conn: Connection, now: datetime, zone: ZoneInfo) -> list[Standing]:
    """Compare the last seven days with the four weeks before, by language; a drop hangs as one notice until seen."""
    today = now.astimezone(zone).date()
    recent = _by_language(await sampling.tallies(conn, today - RECENT, today + timedelta(days=1)))
    before = _by_language(await sampling.tallies(conn, today - RECENT - BEFORE, today - RECENT))
    found = []
    for language, tally in recent.items():
        was = before.get(language, Tally())
        dropped = has_dropped(was, tally) and await sampling.notify(conn, today, language, tally, was, now)
        found.append(Standing(language, tally, was, dropped))
    return found


async def notices(conn: Connection, colleague: Colleague) -> list[Notice]:
    """Drops of agreement, unseen ones first. Raises NotPermitted."""
    colleague.must("look")
    return await sampling.notices(conn, 50)


async def see_notice(conn: Connection, colleague: Colleague, number: int, now: datetime) -> None:
    """Take a notice down. Raises NotPermitted, NotFound."""
    colleague.must("decide")
    if not await sampling.see(conn, number, colleague.id, now):
        raise NotFound(notice=number)
