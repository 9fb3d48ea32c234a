"""Every query of files that were sent in: kept until they are taken over, their reports afterwards."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dangol.kernel.imports import ImportReport
from dangol.kernel.sealing import keyring
from dangol.server.database import Connection

State = Literal["waiting", "done", "refused"]


@dataclass(frozen=True)
class UploadRow:
    """A file that was sent in; `done` counts what was taken over so far, `report` is there once all of it was."""

    id: str
    kind: str
    format: str
    digest: str
    state: State
    done: int
    report: dict[str, Any] | None
    sent_at: datetime
    over_at: datetime | None


_COLUMNS = "id, kind, format, digest, state, done, report, sent_at, over_at"


def digest_of(body: bytes) -> str:
    """By what a file is known again."""
    return hashlib.sha256(body).hexdigest()


def about_upload(upload_id: str) -> str:
    """What the seal of a file that was sent in is bound to."""
    return f"uploads.body:{upload_id}"


async def keep(
    conn: Connection, upload_id: str, kind: str, format: str, body: bytes, now: datetime
) -> UploadRow:
    """Write a file down before anything is done with it; under one id only once."""
    digest = digest_of(body)
    await conn.execute(
        "with kept as (insert into uploads (id, kind, format, digest, body, sent_at) values (%s, %s, %s, %s, %s, %s)"
        "  on conflict (id) do nothing returning id) select pg_notify('uploads', id) from kept",
        (upload_id, kind, format, digest, keyring().seal_bytes(body, about_upload(upload_id)), now),
    )
    row = await upload(conn, upload_id)
    assert row is not None
    return row


async def upload(conn: Connection, upload_id: str) -> UploadRow | None:
    """A file that was sent in."""
    async with conn.cursor(row_factory=class_row(UploadRow)) as cursor:
        await cursor.execute(f"select {_COLUMNS} from uploads where id = %s", (upload_id,))  # noqa: S608
        return await cursor.fetchone()


async def body(conn: Connection, upload_id: str) -> bytes | None:
    """What was sent; None once it is taken over."""
    cursor = await conn.execute("select body from uploads where id = %s and state = 'waiting'", (upload_id,))
    row = await cursor.fetchone()
    if row is None or row[0] is None:
        return None
    return keyring().open_bytes(bytes(row[0]), about_upload(upload_id))


async def reseal(conn: Connection) -> int:
    """Seal files that wait under the current key; how many were not."""
    cursor = await conn.execute("select id, body from uploads where body is not null")
    ring, done = keyring(), 0
    for name, stored in await cursor.fetchall():
        if not ring.fresh(bytes(stored)):
            sealed = ring.seal_bytes(ring.open_bytes(bytes(stored), about_upload(name)), about_upload(name))
            put = "update uploads set body = %s where id = %s and body is not null"
            done += (await conn.execute(put, (sealed, name))).rowcount
    return done


async def note_progress(conn: Connection, upload_id: str, done: int) -> None:
    """How far it got."""
    await conn.execute("update uploads set done = %s where id = %s", (done, upload_id))


async def finish(
    conn: Connection, upload_id: str, state: State, report: ImportReport | dict[str, Any], now: datetime
) -> None:
    """Write what came of it, and let the file go."""
    told = report.model_dump() if isinstance(report, ImportReport) else report
    await conn.execute(
        "update uploads set state = %s, report = %s, body = null, over_at = %s where id = %s",
        (state, Jsonb(told), now, upload_id),
    )


async def waiting(conn: Connection) -> list[str]:
    """Files that are not taken over yet, oldest first."""
    cursor = await conn.execute("select id from uploads where state = 'waiting' order by sent_at limit 100")
    return [row[0] for row in await cursor.fetchall()]
