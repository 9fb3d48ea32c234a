"""Files that shoppers and staff send along: kept under the data folder, named by us, known by what is in them."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fastapi.responses import Response

from dangol.assistant.person_records import COMPLAINED
from dangol.kernel.errors import NotFound, Refused
from dangol.kernel.ids import new_id
from dangol.kernel.sealing import keyring
from dangol.server.database import Connection
from dangol.server.limits import FILE_LIMIT

_HEADS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypavif", "image/avif"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftypmp4", "audio/mp4"),
    (4, b"ftypiso", "audio/mp4"),
    (8, b"WAVE", "audio/wav"),
    (0, b"OggS", "audio/ogg"),
    (0, b"\x1aE\xdf\xa3", "audio/webm"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (0, b"%PDF-", "application/pdf"),
)


_ENDINGS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/heic": "heic",
    "image/avif": "avif",
    "audio/mp4": "m4a",
    "audio/wav": "wav",
    "audio/ogg": "ogg",
    "audio/webm": "webm",
    "audio/mpeg": "mp3",
    "application/pdf": "pdf",
}


class UnknownKind(Refused):
    """The file is no image, audio or PDF, whatever it calls itself."""

    code = "unsupported_media_type"
    status = 415


class FileTooLarge(Refused):
    """The file is larger than ten megabytes."""

    code = "too_large"
    status = 413


@dataclass(frozen=True)
class Attachment:
    """A file that was taken in; `size` in bytes."""

    id: str
    media_type: str
    size: int


def sniff(content: bytes) -> str | None:
    """The media type by the first bytes; the name and the type that came with the file are not believed."""
    for offset, head, media_type in _HEADS:
        if content[offset : offset + len(head)] == head:
            return media_type
    return None


def about(file: str) -> str:
    """What the seal of a file is bound to."""
    return f"attachments:{file}"


async def take_in(
    conn: Connection, data: Path, conversation_id: str, content: bytes, now: datetime
) -> Attachment:
    """Keep a file of a conversation. Raises UnknownKind, FileTooLarge."""
    if len(content) > FILE_LIMIT:
        raise FileTooLarge(most=FILE_LIMIT)
    media_type = sniff(content)
    if media_type is None:
        raise UnknownKind()
    attachment = Attachment(new_id("a"), media_type, len(content))
    # the file first: a row always has its file, a file without a row is only waste
    sealed = await asyncio.to_thread(keyring().seal_bytes, content, about(attachment.id))
    await asyncio.to_thread(_write, data / "attachments" / attachment.id, sealed)
    await conn.execute(
        "insert into attachments (id, conversation_id, media_type, size, sha256, received_at)"
        " values (%s, %s, %s, %s, %s, %s)",
        (attachment.id, conversation_id, media_type, len(content), hashlib.sha256(content).hexdigest(), now),
    )
    return attachment


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)


async def missing(conn: Connection, conversation_id: str, ids: tuple[str, ...]) -> list[int]:
    """The places in `ids` that name no file of this conversation."""
    if not ids:
        return []
    cursor = await conn.execute(
        "select id from attachments where conversation_id = %s and id = any(%s)", (conversation_id, list(ids))
    )
    known = {row[0] for row in await cursor.fetchall()}
    return [place for place, each in enumerate(ids) if each not in known]


async def kind(conn: Connection, conversation_id: str, file: str) -> str | None:
    """The media type of a file of this conversation; None when it has none of this name."""
    cursor = await conn.execute(
        "select media_type from attachments where conversation_id = %s and id = %s", (conversation_id, file)
    )
    row = await cursor.fetchone()
    return str(row[0]) if row else None


async def content(data: Path, file: str) -> bytes:
    """What is in a file. Raises NotFound when it has been deleted meanwhile."""
    try:
        stored = await asyncio.to_thread((data / "attachments" / file).read_bytes)
    except FileNotFoundError:
        raise NotFound(file=file) from None
    return await asyncio.to_thread(keyring().open_bytes, stored, about(file))


async def handed_out(data: Path, file: str, media_type: str) -> Response:
    """A file as it leaves the house: to be kept and never shown as a page, whatever is in it."""
    name = f"{file}.{_ENDINGS.get(media_type, 'bin')}"
    return Response(
        await content(data, file),
        media_type=media_type if media_type.startswith("image/") else "application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


async def forget(conn: Connection, data: Path, before: datetime, complaints_before: datetime) -> int:
    """Delete the files of conversations that went quiet before a moment, an earlier one for complaints; how many."""
    cursor = await conn.execute(
        "select a.id from attachments a join conversations c on c.id = a.conversation_id where c.updated_at < %s"  # noqa: S608
        f" and (c.updated_at < %s or not {COMPLAINED})",
        (before, complaints_before),
    )
    return await remove(conn, data, [row[0] for row in await cursor.fetchall()])


async def forget_of(conn: Connection, data: Path, conversations: Sequence[str]) -> int:
    """Delete the files sent in these conversations; how many they were."""
    cursor = await conn.execute(
        "select id from attachments where conversation_id = any(%s)", (list(conversations),)
    )
    return await remove(conn, data, [row[0] for row in await cursor.fetchall()])


async def remove(conn: Connection, data: Path, ids: Sequence[str]) -> int:
    """Delete these files; how many they were."""
    for each in ids:  # the file first: a row without its file is found again, a file without a row is not
        await asyncio.to_thread((data / "attachments" / each).unlink, missing_ok=True)
    await conn.execute("delete from attachments where id = any(%s)", (list(ids),))
    return len(ids)
