"""Answering what nobody had written: a suggestion, approved, stands in the articles and is found at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from dangol.kernel.errors import NotFound
from dangol.knowledge import api as knowledge
from dangol.learning.model import (
    AlreadyDecided,
    Colleague,
    Connection,
    Decided,
    OwnWork,
    Place,
    SuggestedAnswer,
)
from dangol.learning.records import answers
from dangol.learning.rules import masked

_TITLE = 120


async def suggest(
    conn: Connection,
    colleague: Colleague,
    now: datetime,
    *,
    question: str,
    answer: str,
    language: str,
    title: str | None = None,
    article: str | None = None,
    changes: bool = False,
    gaps: Sequence[int] = (),
    places: Sequence[Place] = (),
) -> SuggestedAnswer:
    """Suggest an answer: a new article, one more language of an `article`, or (`changes`) a section at its end.

    The question is masked: it stands on the shop's page one day. Raises NotPermitted, NotFound for an article that
    is to be changed and is not there.
    """
    colleague.must("teach")
    asked = " ".join(masked(question).split())
    await _must_be_there(conn, article, language, changes)
    async with conn.transaction():
        number = await answers.add(
            conn,
            question=asked,
            answer=answer.strip(),
            language=language,
            title=(title or asked).strip()[:_TITLE],
            article=article,
            changes=changes,
            gaps=gaps,
            places=places,
            author=colleague.id,
            now=now,
        )
    return await _answer(conn, number)


async def keep(
    conn: Connection,
    colleague: Colleague,
    now: datetime,
    *,
    conversation: str,
    once: str,
    question: str,
    answer: str,
    language: str,
) -> None:
    """What staff answered in a conversation waits for an editor, once by this name; both sides are masked."""
    asked = " ".join(masked(question).split())
    await answers.keep(
        conn,
        conversation=conversation,
        once=once,
        question=asked,
        answer=masked(answer).strip(),
        language=language,
        title=asked[:_TITLE],
        author=colleague.id,
        now=now,
    )


async def approved(conn: Connection, limit: int) -> list[SuggestedAnswer]:
    """Answers an editor has said yes to, as staff are offered them when the question comes again."""
    return await answers.answers(conn, "approved", limit)


async def reword(
    conn: Connection,
    colleague: Colleague,
    number: int,
    *,
    question: str,
    answer: str,
    title: str,
    article: str | None = None,
    changes: bool | None = None,
) -> SuggestedAnswer:
    """Change the words of a suggestion before it is decided: its author, or whoever may decide.

    `changes` says where it goes now: True to the end of `article`, False into a new one, None where it went before.
    Raises NotFound for an article that is to be changed and is not there.
    """
    colleague.must("teach")
    async with conn.transaction():
        found = await _waiting(conn, number)
        if found.author != colleague.id:
            colleague.must("decide")
        if changes is None:
            article, changes = found.article, found.changes
        await _must_be_there(conn, article, found.language, changes)
        await answers.reword(
            conn,
            number,
            question=" ".join(masked(question).split()),
            answer=answer.strip(),
            title=title.strip()[:_TITLE],
            article=article,
            changes=changes,
        )
    return await _answer(conn, number)


async def decide(
    conn: Connection, colleague: Colleague, number: int, *, approve: bool, four_eyes: bool, now: datetime
) -> SuggestedAnswer:
    """Approve an answer, which puts it into the articles and closes its gaps, or reject it.

    Raises NotPermitted, OwnWork, NotFound, AlreadyDecided, knowledge.ArticleChanged, knowledge.NothingWritten.
    """
    colleague.must("decide")
    async with conn.transaction():
        found = await _waiting(conn, number)
        if not approve:
            await answers.decide(
                conn, number, "rejected", colleague.id, now, article=found.article, before=None
            )
        elif four_eyes and found.author == colleague.id:
            raise OwnWork()
        else:
            slug, before = await _publish(conn, found, now)
            await answers.decide(conn, number, "approved", colleague.id, now, article=slug, before=before)
            for gap in found.gaps:
                await knowledge.close_gap(conn, gap, now)
    return await _answer(conn, number)


async def _publish(conn: Connection, found: SuggestedAnswer, now: datetime) -> tuple[str, dict[str, Any]]:
    section = f"## {found.question}\n\n{found.answer}\n"
    if found.changes:
        assert found.article is not None
        old, new = await knowledge.extend_article(conn, found.article, found.language, section, now)
        was = {"title": old.title, "tags": list(old.tags), "body": old.body}
        return new.slug, {"article": was, "written": new.body}
    written = await knowledge.add_article(
        conn, title=found.title, body=section, language=found.language, slug=found.article, now=now
    )
    return written.slug, {"article": None, "written": written.body}


async def take_back(conn: Connection, colleague: Colleague, number: int, now: datetime) -> SuggestedAnswer:
    """Undo: before the decision by its author or whoever may decide; after it the article is as it was before, and
    the gaps wait again. Raises NotPermitted, AlreadyDecided, knowledge.ArticleChanged when it was edited since."""
    colleague.must("teach")
    async with conn.transaction():
        found = await _answer(conn, number, lock=True)
        if found.state == "proposed":
            if found.author != colleague.id:
                colleague.must("decide")
        elif found.state == "approved":
            colleague.must("decide")
            await _unpublish(conn, found, now)
        else:
            raise AlreadyDecided(state=found.state)
        article = found.article if found.changes else None
        await answers.decide(conn, number, "withdrawn", colleague.id, now, article=article, before=None)
    return await _answer(conn, number)


async def _unpublish(conn: Connection, found: SuggestedAnswer, now: datetime) -> None:
    kept = await answers.before(conn, found.id)
    assert kept is not None
    assert found.article is not None
    was = kept["article"]
    before = (was["title"], was["tags"], was["body"]) if was else None
    await knowledge.put_back(conn, found.article, found.language, kept["written"], before, now)
    await knowledge.reopen_gaps(conn, found.gaps)


async def listed(conn: Connection, colleague: Colleague, state: Decided, limit: int) -> list[SuggestedAnswer]:
    """Suggestions in a state, the oldest first. Raises NotPermitted."""
    colleague.must("look")
    return await answers.answers(conn, state, limit)


async def gaps(conn: Connection, colleague: Colleague, limit: int) -> list[knowledge.Gap]:
    """Questions nobody has written an answer to, those asked most first; masked for whoever may not see more."""
    colleague.must("look")
    found = await knowledge.gaps(conn, "open", limit)
    if "see_personal" in colleague.may:
        return found
    return [replace(gap, question=masked(gap.question)) for gap in found]


async def settle_gap(conn: Connection, colleague: Colleague, gap: int, wanted: bool, now: datetime) -> None:
    """Take a gap off the list without an answer (`wanted` no), or put it back. Raises NotPermitted, NotFound."""
    colleague.must("teach")
    if wanted:
        await knowledge.reopen_gaps(conn, [gap])
    elif not await knowledge.close_gap(conn, gap, now):
        raise NotFound(gap=gap)


async def _must_be_there(conn: Connection, article: str | None, language: str, changes: bool) -> None:
    if changes and (article is None or await knowledge.article(conn, article, language) is None):
        raise NotFound(article=article)


async def _waiting(conn: Connection, number: int) -> SuggestedAnswer:
    found = await _answer(conn, number, lock=True)
    if found.state != "proposed":
        raise AlreadyDecided(state=found.state)
    return found


async def _answer(conn: Connection, number: int, *, lock: bool = False) -> SuggestedAnswer:
    found = await answers.answer(conn, number, lock=lock)
    if found is None:
        raise NotFound(answer=number)
    return found
