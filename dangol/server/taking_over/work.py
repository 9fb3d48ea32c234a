"""Taking over a file that was sent in: a chore that may be done again after a crash, as every import is idempotent."""

from __future__ import annotations

import asyncio
import contextlib
import json
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from pathlib import Path

from dangol.kernel.errors import Refused
from dangol.kernel.shop import Shop
from dangol.server.database import Connection
from dangol.server.taking_over import records
from dangol.server.taking_over.files import FILES, Given, Step

OpenConnection = Callable[[], AbstractAsyncContextManager[Connection]]
_GLANCE = 1.0  # seconds between two notes of how far it got


async def take_over_upload(
    open_connection: OpenConnection, shop: Shop, media: Path, upload_id: str, now: datetime
) -> None:
    """Take a file over and write its report; a file that cannot be read at all is refused with its reason."""
    async with open_connection() as conn:
        row, sent = await records.upload(conn, upload_id), await records.body(conn, upload_id)
        if row is None or sent is None:
            return
        with tempfile.TemporaryDirectory(prefix="dangol-upload-") as folder:
            file = Path(folder) / ("upload.json" if row.format == "json" else "upload.csv")
            file.write_bytes(sent)
            async with _progress(open_connection, upload_id) as step:
                try:
                    report = await FILES[row.kind].take(Given(conn, shop, file, row.format, media, now, step))
                except Refused as no:
                    told = {"code": no.code, "details": json.loads(json.dumps(no.details, default=str))}
                    await records.finish(conn, upload_id, "refused", told, now)
                    return
        await records.finish(conn, upload_id, "done", report, now)


@contextlib.asynccontextmanager
async def _progress(open_connection: OpenConnection, upload_id: str) -> AsyncIterator[Step]:
    """Writes down how far an import got while it goes on, and once more at its end."""
    reached = 0

    def step(done: int, _total: int | None) -> None:
        nonlocal reached
        reached = done

    async def tell() -> None:
        async with open_connection() as conn:
            await records.note_progress(conn, upload_id, reached)

    async def keep_telling() -> None:
        while True:
            await asyncio.sleep(_GLANCE)
            await tell()

    telling = asyncio.create_task(keep_telling())
    try:
        yield step
    finally:
        telling.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await telling
        await tell()
