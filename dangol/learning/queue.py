"""The list of messages somebody should look at: misread and unanswered ones, those alike together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dangol.kernel.errors import NotFound
from dangol.learning.likeness import Likeness
from dangol.learning.model import (
    SIGNALS,
    Alike,
    Archive,
    Colleague,
    Connection,
    Lesson,
    Moment,
    Place,
    Signal,
    Waiting,
)
from dangol.learning.records import lessons, reading
from dangol.learning.rules import masked

_MOST = 1_000  # messages grouped at a time, the newest ones


async def waiting(
    conn: Connection,
    archive: Archive,
    likeness: Likeness,
    colleague: Colleague,
    *,
    signals: Sequence[Signal] = (),
    language: str | None = None,
    intent: str | None = None,
    limit: int = 50,
) -> tuple[Alike, ...]:
    """Groups of like messages nobody has dealt with, the largest first. Raises NotPermitted."""
    colleague.must("look")
    rows = await reading.waiting(
        conn, signals=signals or SIGNALS, language=language, intent=intent, limit=_MOST
    )
    said = await said_by(conn, archive, rows)
    rows = [row for row in rows if row.place in said]
    shown = [_waiting(row, said[row.place], colleague) for row in rows]
    alike: list[Alike] = []
    for spoken in dict.fromkeys(one.language for one in shown):
        members = [one for one in shown if one.language == spoken]
        groups = await likeness.groups([said[one.conversation_id, one.seq] for one in members])
        alike += [_alike([members[at] for at in group]) for group in groups]
    alike.sort(key=lambda group: (-group.count, -max(one.at for one in group.messages).timestamp()))
    return tuple(alike[:limit])


async def said_by(conn: Connection, archive: Archive, rows: Sequence[reading.Row]) -> dict[Place, str]:
    """The words of messages, with those read together with them; erased ones are missing."""
    places = [(row.conversation_id, seq) for row in rows for seq in (*row.joined, row.seq)]
    words = await archive.words(conn, places)
    said = {}
    for row in rows:
        parts = [words.get((row.conversation_id, seq), "") for seq in (*row.joined, row.seq)]
        if parts[-1]:
            said[row.place] = "\n".join(part for part in parts if part)
    return said


def _waiting(row: reading.Row, text: str, colleague: Colleague) -> Waiting:
    return Waiting(
        conversation_id=row.conversation_id,
        seq=row.seq,
        at=row.at,
        language=row.language,
        text=text if "see_personal" in colleague.may else masked(text),
        intents=tuple((name, round(sure, 3)) for name, sure in row.intents),
        signals=tuple(signal for signal in SIGNALS if signal in row.signals),
        gap=row.gap,
        asked=row.asked,
    )


def _alike(members: Sequence[Waiting]) -> Alike:
    signals = Counter(signal for one in members for signal in one.signals)
    return Alike(
        text=members[0].text, count=len(members), signals=dict(signals.most_common()), messages=tuple(members)
    )


async def look_at(
    conn: Connection, archive: Archive, colleague: Colleague, place: Place
) -> tuple[Waiting, Moment, Lesson | None]:
    """One message with the state it came in, and what somebody has said of it. Raises NotPermitted, NotFound."""
    colleague.must("look")
    row = await reading.one(conn, place)
    moment = await archive.moment(conn, place) if row else None
    if row is None or moment is None:
        raise NotFound(message=place[1])
    said = await said_by(conn, archive, [row])
    if "see_personal" not in colleague.may:
        moment = _masked(moment)
    return _waiting(row, said.get(place, moment.text), colleague), moment, await lessons.standing(conn, place)


def _masked(moment: Moment) -> Moment:
    personal = personal_words(moment.entities)
    return moment.model_copy(
        update={
            "text": masked(moment.text, personal),
            "reply": masked(moment.reply, personal),
            "before": tuple(
                line.model_copy(update={"text": masked(line.text, personal)}) for line in moment.before
            ),
            "entities": tuple(
                {**one, "text": masked(str(one.get("text", "")), personal), "value": None}
                if one.get("type") in PERSONAL
                else one
                for one in moment.entities
            ),
        }
    )


PERSONAL = frozenset({"person", "phone", "email", "address", "postcode", "order_id", "tracking_no"})


def personal_words(entities: Sequence[dict[str, object]]) -> tuple[str, ...]:
    """The words among these entities that tell who somebody is."""
    return tuple(str(one.get("text", "")) for one in entities if one.get("type") in PERSONAL)
