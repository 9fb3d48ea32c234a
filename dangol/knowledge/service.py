"""The verbs of the knowledge room: take articles over, note what nobody has answered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from psycopg import AsyncConnection

from dangol.contracts.shopfloor.people import DataCategory
from dangol.kernel.imports import ImportReport
from dangol.kernel.shop import Shop
from dangol.kernel.tools import ToolContext
from dangol.kernel.words.normalising import compact
from dangol.knowledge import records, walk_records
from dangol.knowledge.model import Draft, Gap, GapState
from dangol.knowledge.reading import read_folder
from dangol.knowledge.walks import told_of


async def import_articles(
    conn: AsyncConnection[Any],
    shop: Shop,
    folder: Path,
    now: datetime,
    progress: Callable[[int, int | None], None],
) -> ImportReport:
    """Take over a folder of Markdown articles: all that can be read, in one step, and say what could not.

    A second run over the same files changes nothing. A refused file leaves its article as it was. An article whose
    file is gone is taken down (counted as updated), so that nobody is told a rule the shop has dropped; unless
    nothing at all could be read, which is a wrong folder rather than a shop without rules. Articles that came from
    another folder stay. Raises NoFolder.
    """
    source, drafts, refused = await asyncio.to_thread(read_folder, shop, folder, progress)
    async with conn.transaction():
        known = await records.fingerprints(conn)
        new = [d for d in drafts if (d.slug, d.language) not in known]
        changed = [d for d in drafts if (d.slug, d.language) in known and not _same(d, source, known)]
        gone = _gone(drafts, {refusal.column for refusal in refused}, source, known)
        if new or changed:
            await records.put_articles(conn, [*new, *changed], source, now)
        if gone:
            await records.delete_articles(conn, gone)
    edited = sum(known[d.slug, d.language][0] != d.fingerprint for d in changed)
    return ImportReport(
        created=len(new),
        updated=edited + len(gone),
        unchanged=len(drafts) - len(new) - edited,
        refused=tuple(refused),
    )


_Known = dict[tuple[str, str], tuple[str, str, str]]


def _same(draft: Draft, source: str, known: _Known) -> bool:
    return known[draft.slug, draft.language] == (draft.fingerprint, source, draft.file)


def _gone(drafts: Sequence[Draft], refused: set[str], source: str, known: _Known) -> list[tuple[str, str]]:
    if not drafts:
        return []
    here = {(draft.slug, draft.language) for draft in drafts}
    return [
        key
        for key, (_, folder, file) in known.items()
        if folder == source and key not in here and file not in refused
    ]


async def note_gap(
    conn: AsyncConnection[Any],
    *,
    question: str,
    language: str,
    kind: str,
    product: str | None,
    conversation_id: str,
    now: datetime,
) -> int:
    """Put a question nobody has answered on the staff's list; the same question again counts up."""
    key = compact(question) or question.strip()
    return await records.note_gap(
        conn,
        question=question.strip(),
        key=key,
        language=language,
        kind=kind,
        product=product,
        conversation_id=conversation_id,
        now=now,
    )


async def gaps(conn: AsyncConnection[Any], state: GapState = "open", limit: int = 100) -> list[Gap]:
    """The staff's list of gaps, those asked most first."""
    return await records.gaps(conn, state, limit)


async def close_gap(conn: AsyncConnection[Any], gap: int, now: datetime) -> bool:
    """Mark a gap as answered once an article covers it; False when it was not waiting."""
    return await records.close_gap(conn, gap, now)


async def reopen_gaps(conn: AsyncConnection[Any], numbers: Sequence[int]) -> None:
    """Let gaps wait again whose answer was taken back."""
    await records.reopen_gaps(conn, numbers)


async def kept_of(ctx: ToolContext) -> DataCategory | None:
    """The walks with guides that are known to be this customer's; None for a visitor, and where there are none."""
    customer = ctx.shopper.proved_customer
    count = await walk_records.count_of(ctx.conn, customer) if customer else 0
    return told_of(count, ctx.language, ctx.shop.language) if count else None
