"""Saying what a message means: proposed by one, approved by another, taken back by whoever may."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from dangol.kernel.errors import NotFound, Refused
from dangol.learning.model import (
    AlreadyDecided,
    Archive,
    Colleague,
    Connection,
    Decided,
    Lesson,
    Marked,
    OwnIntent,
    OwnWork,
    Place,
    Reader,
    UnknownNames,
    Verdict,
)
from dangol.learning.queue import personal_words, said_by
from dangol.learning.records import lessons, reading
from dangol.learning.rules import masked

_LONGEST = 1_000  # characters of an example


class UselessLesson(Refused):
    """A lesson needs words and an intent, and its entities must stand in its words."""

    code = "useless_lesson"
    status = 422


class IntentTaken(Refused):
    """An intent of this name is known already."""

    code = "taken"


async def propose(
    conn: Connection,
    archive: Archive,
    reader: Reader,
    colleague: Colleague,
    now: datetime,
    *,
    verdict: Verdict = "teach",
    place: Place | None = None,
    text: str | None = None,
    language: str | None = None,
    intents: Sequence[str] = (),
    entities: Sequence[Marked] = (),
) -> Lesson:
    """Say what a message of the list means, or teach a sentence of one's own (`text` and `language`, no `place`).

    The words are masked before they are kept. `right` (the reading was right) and `ignore` take the message off the
    list at once. Raises NotPermitted, NotFound, UnknownNames, UselessLesson, AlreadyDecided.
    """
    colleague.must("teach")
    said, spoken = await _words(conn, archive, place, text, language)
    wanted = tuple(dict.fromkeys(intents)) if verdict == "teach" else ()
    marks = tuple(entities) if verdict == "teach" else ()
    if verdict == "teach":
        await check_names(conn, reader, wanted, [mark.type for mark in marks])
        if not wanted or not said.strip() or any(mark.text not in said for mark in marks):
            raise UselessLesson()
    elif place is None:
        raise UselessLesson()
    async with conn.transaction():
        if place is not None and await lessons.standing(conn, place) is not None:
            raise AlreadyDecided(message=place[1])
        number = await lessons.add(
            conn,
            place=place,
            language=spoken,
            text=said if verdict == "teach" else "",
            intents=wanted,
            entities=marks,
            verdict=verdict,
            author=colleague.id,
            now=now,
        )
    return await _lesson(conn, number)


async def _words(
    conn: Connection, archive: Archive, place: Place | None, text: str | None, language: str | None
) -> tuple[str, str]:
    if place is None:
        if not text or not language:
            raise UselessLesson()
        return _tidy(masked(text)), language
    row = await reading.one(conn, place)
    moment = await archive.moment(conn, place) if row else None
    if row is None or moment is None:
        raise NotFound(message=place[1])
    said = await said_by(conn, archive, [row])
    words = text if text is not None else said.get(place, moment.text)
    return _tidy(masked(words, personal_words(moment.entities))), language or row.language


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()[:_LONGEST]


async def check_names(
    conn: Connection, reader: Reader, intents: Sequence[str], entities: Sequence[str] = ()
) -> None:
    """Raises UnknownNames for intents and types of entities that are neither the project's nor the shop's own."""
    known = reader.intents() | {intent.name for intent in await lessons.own_intents(conn)}
    unknown = [name for name in intents if name not in known]
    unknown += [name for name in entities if name not in reader.entities()]
    if unknown:
        raise UnknownNames(names=unknown)


async def decide(
    conn: Connection, colleague: Colleague, number: int, *, approve: bool, four_eyes: bool, now: datetime
) -> Lesson:
    """Approve a lesson, so that the next training takes it in, or reject it. Raises NotPermitted, OwnWork, NotFound,
    AlreadyDecided."""
    colleague.must("decide")
    async with conn.transaction():
        lesson = await _lesson(conn, number, lock=True)
        if lesson.state != "proposed":
            raise AlreadyDecided(state=lesson.state)
        if approve and four_eyes and lesson.author == colleague.id:
            raise OwnWork()
        await lessons.decide(conn, number, "approved" if approve else "rejected", colleague.id, now)
    return await _lesson(conn, number)


async def take_back(conn: Connection, colleague: Colleague, number: int, now: datetime) -> Lesson:
    """Undo: the author before the decision, whoever may decide after it; the message is on the list again."""
    colleague.must("teach")
    async with conn.transaction():
        lesson = await _lesson(conn, number, lock=True)
        if lesson.state not in ("proposed", "approved"):
            raise AlreadyDecided(state=lesson.state)
        own = lesson.author == colleague.id and (lesson.state == "proposed" or lesson.verdict != "teach")
        if not own:
            colleague.must("decide")
        await lessons.decide(conn, number, "withdrawn", colleague.id, now)
    return await _lesson(conn, number)


async def listed(conn: Connection, colleague: Colleague, state: Decided, limit: int) -> list[Lesson]:
    """Lessons in a state, the oldest first. Raises NotPermitted."""
    colleague.must("look")
    return await lessons.lessons(conn, state, limit)


async def add_intent(
    conn: Connection, reader: Reader, colleague: Colleague, intent: OwnIntent, now: datetime
) -> OwnIntent:
    """Add an intent of the shop's own; once taught and trained, what asks for it is answered from the articles.

    Raises NotPermitted, IntentTaken.
    """
    colleague.must("decide")
    if intent.name in reader.intents() or not await lessons.add_intent(conn, intent, colleague.id, now):
        raise IntentTaken(field="name")
    return intent


async def drop_intent(conn: Connection, colleague: Colleague, name: str) -> None:
    """Drop an intent of the shop's own that no lesson teaches. Raises NotPermitted, NotFound, AlreadyDecided."""
    colleague.must("decide")
    if name not in {intent.name for intent in await lessons.own_intents(conn)}:
        raise NotFound(intent=name)
    if not await lessons.drop_intent(conn, name):
        raise AlreadyDecided(reason="taught")


async def _lesson(conn: Connection, number: int, *, lock: bool = False) -> Lesson:
    found = await lessons.lesson(conn, number, lock=lock)
    if found is None:
        raise NotFound(lesson=number)
    return found
