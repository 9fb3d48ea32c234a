"""Taking reviews over from a CSV file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from psycopg import AsyncConnection

from dangol.catalog.imports import fields
from dangol.catalog.imports.fields import BadCell
from dangol.catalog.model import ReviewDraft
from dangol.catalog.records import reviews as records
from dangol.kernel.imports import ImportReport, Refusal, read_table

_REQUIRED = {"product handle", "rating", "body"}
_OPTIONAL = ("variant sku", "title", "author", "created at", "verified")
_BATCH = 2_000


async def import_reviews(
    conn: AsyncConnection[Any],
    file: Path,
    now: datetime,
    *,
    progress: Callable[[int, int | None], None] = lambda done, total: None,
) -> ImportReport:
    """Take over reviews; a review that is there already is unchanged, an unknown product is refused by row.

    Raises ColumnsMissing or NotATable when the file as a whole cannot be read.
    """
    created = unchanged = done = 0
    refused: list[Refusal] = []
    batch: list[ReviewDraft] = []

    async def write() -> None:
        nonlocal created, unchanged, done
        new, same = await _write(conn, batch, refused)
        created, unchanged, done = created + new, unchanged + same, done + len(batch)
        batch.clear()
        progress(done, None)

    for item in read_table(file, _REQUIRED, _OPTIONAL):
        if isinstance(item, Refusal):
            refused.append(item)
            continue
        try:
            batch.append(_review(*item, now))
        except BadCell as bad:
            refused.append(Refusal(row=item[0], column=bad.column, code=bad.code, value=bad.value))
        if len(batch) >= _BATCH:
            await write()
    await write()
    return ImportReport(
        created=created, unchanged=unchanged, refused=tuple(sorted(refused, key=lambda refusal: refusal.row))
    )


def _review(row: int, cells: dict[str, str], now: datetime) -> ReviewDraft:
    handle = fields.handle(cells["product handle"])
    if not handle:
        raise BadCell("product handle", "missing_value")
    body = fields.text(cells["body"], 5_000)
    if not body:
        raise BadCell("body", "missing_value")
    stars = cells["rating"].removesuffix(".0")
    if stars not in {"1", "2", "3", "4", "5"}:
        raise BadCell("rating", "not_a_rating", cells["rating"])
    written = cells.get("created at", "")
    return ReviewDraft(
        row=row,
        handle=handle,
        sku=fields.text(cells.get("variant sku", ""), 120),
        rating=int(stars),
        title=fields.text(cells.get("title", ""), 200),
        body=body,
        author=fields.text(cells.get("author", ""), 80),
        created_at=fields.moment("created at", written) if written else now,
        verified=fields.yes(cells.get("verified", "")),
    )


async def _write(
    conn: AsyncConnection[Any], batch: list[ReviewDraft], refused: list[Refusal]
) -> tuple[int, int]:
    ids = await records.product_ids(conn, [draft.handle for draft in batch])
    rows = []
    for draft in batch:
        if draft.handle not in ids:
            refused.append(
                Refusal(row=draft.row, column="product handle", code="unknown_product", value=draft.handle)
            )
            continue
        stated = (draft.handle, draft.sku, draft.author, draft.rating, draft.title, draft.body)
        digest = hashlib.blake2b("\x1f".join(map(str, stated)).encode(), digest_size=16).hexdigest()
        row = asdict(draft) | {"product_id": ids[draft.handle], "digest": digest}
        row["created_at"] = draft.created_at.isoformat()
        rows.append(row)
    async with conn.transaction():
        created = await records.insert_reviews(conn, rows)
    return created, len(rows) - created
