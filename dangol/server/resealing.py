"""Everything that is sealed, sealed under the current key: once after a key was changed, or the first was made."""

from __future__ import annotations

import asyncio
import os
import secrets
from datetime import datetime
from pathlib import Path

from dangol.customers import api as customers
from dangol.helpdesk import api as helpdesk
from dangol.kernel.sealing import Keyring, keyring
from dangol.server import attachments
from dangol.server.database import Connection
from dangol.server.taking_over import records as uploads

CHANNEL = "data_keys_changed"


async def take_over(_conn: Connection) -> None:
    """Seal with the key that another process has made."""
    keyring().refresh()


async def reseal_where_due(conn: Connection, data: Path, now: datetime) -> int:
    """Seal anew unless everything is under the current key already; how many things were not."""
    ring = keyring()
    ring.refresh()
    cursor = await conn.execute(
        "select 1 from data_keys where name = %s and complete_at is not null", (ring.current,)
    )
    if await cursor.fetchone() is not None:
        return 0
    return await reseal(conn, data, now)


async def reseal(conn: Connection, data: Path, now: datetime) -> int:
    """Seal everything under the current key; how many things were not. Done twice it finds nothing.

    Raises KeyMissing, SealBroken: what cannot be opened is left as it is.
    """
    ring = keyring()
    done = await customers.reseal_tokens(conn) + await helpdesk.reseal(conn) + await uploads.reseal(conn)
    done += await asyncio.to_thread(_reseal_files, ring, data / "attachments")
    await conn.execute("update data_keys set complete_at = %s where name = %s", (now, ring.current))
    return done


def _reseal_files(ring: Keyring, folder: Path) -> int:
    done = 0
    for file in folder.iterdir() if folder.is_dir() else ():
        stored = file.read_bytes()
        if "." in file.name or ring.fresh(stored):
            continue
        about = attachments.about(file.name)
        draft = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_bytes(ring.seal_bytes(ring.open_bytes(stored, about), about))
        if file.exists():  # not deleted meanwhile, for it would come back
            os.replace(draft, file)
            done += 1
        draft.unlink(missing_ok=True)
    return done
