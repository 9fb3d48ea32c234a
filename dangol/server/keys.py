"""The data keys of an installation: made at the first start, kept beside the data, changed by an operator.

The database remembers which keys something is sealed under, each with a proof that only the right key opens. A server
without one of them does not start: it would show nothing where there is something, and seal under a key nobody expects.
"""

from __future__ import annotations

import base64
import binascii
import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from dangol.kernel import sealing
from dangol.kernel.errors import Refused
from dangol.kernel.sealing import KEY_BYTES, Keyring, Keys
from dangol.server.database import Connection
from dangol.server.postgres import DatabaseDown
from dangol.server.settings import Settings

FILE = "data-keys"
_SETTING = "DANGOL_DATA_KEY"
_LIKE = "name:base64 of 32 bytes"
_PROOF = "dangol"
_ABOUT = "data_keys.proof"


class DataKeyLost(DatabaseDown):
    """The database holds what was sealed under a key that is not here."""


class DataKeyWrong(Refused):
    """The data keys are written otherwise than `name:key`, the key being 32 bytes in base64."""

    code = "setting_wrong"
    status = 422


def parse(written: str, source: str) -> Keys:
    """Keys of `name:key` parts, the one that seals first; `source` is where they stand. Raises DataKeyWrong."""
    keys: dict[str, bytes] = {}
    for part in written.replace("\n", ",").split(","):
        name, _, encoded = part.strip().partition(":")
        if not name:
            continue
        try:
            key = base64.b64decode(encoded, validate=True)
        except binascii.Error as no:
            raise DataKeyWrong(setting=source, like=_LIKE) from no
        if len(key) != KEY_BYTES or not name.isalnum() or len(name) > 32:
            raise DataKeyWrong(setting=source, like=_LIKE)
        keys[name] = key
    if not keys:
        raise DataKeyWrong(setting=source, like=_LIKE)
    return keys


def key_file(settings: Settings) -> Path:
    """Where the keys lie that no setting names."""
    return settings.data / "secrets" / FILE


def place(settings: Settings) -> str:
    """Where the keys stand, for a person."""
    return _SETTING if settings.data_key is not None else str(key_file(settings))


def _read(settings: Settings) -> Keys:
    if settings.data_key is not None:
        return parse(settings.data_key.get_secret_value(), place(settings))
    return parse(key_file(settings).read_text(encoding="utf-8"), place(settings))


async def open_keyring(conn: Connection, settings: Settings) -> Keyring:
    """Read the keys, or make the first one; this process seals with them from now on.

    Raises DataKeyLost where the database knows a key that is not here or is another one, DataKeyWrong.
    """
    cursor = await conn.execute("select name, proof from data_keys order by made_at")
    known = await cursor.fetchall()
    if settings.data_key is None and not key_file(settings).exists():
        if known:
            raise DataKeyLost(_lost([name for name, _ in known], settings))
        _write_first(key_file(settings))
    ring = Keyring(partial(_read, settings))
    for name, proof in known:
        _prove(ring, name, proof, settings)
    sealing.use(ring)
    await _remember(conn, ring)
    return ring


def _prove(ring: Keyring, name: str, proof: str, settings: Settings) -> None:
    try:
        ring.open(proof, _ABOUT)
    except Refused as no:
        raise DataKeyLost(_lost([name], settings)) from no


def _lost(names: list[str], settings: Settings) -> str:
    return (
        f"the data key {', '.join(names)} is not in {place(settings)}: put it back from your backup; "
        "notes, files and second factors are sealed under it"
    )


async def _remember(conn: Connection, ring: Keyring) -> None:
    await conn.execute(
        "insert into data_keys (name, proof, made_at) values (%s, %s, now()) on conflict do nothing",
        (ring.current, ring.seal(_PROOF, _ABOUT)),
    )


def fresh_key() -> str:
    """A new key as it is written: `name:key`."""
    return f"{secrets.token_hex(4)}:{base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}"


def _write_first(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = _draft(file, fresh_key() + "\n")
    try:
        os.link(draft, file)  # fails when another process was quicker: never half a key, never two
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _draft(file: Path, text: str) -> Path:
    draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    draft.touch(mode=0o600)
    draft.write_text(text, encoding="utf-8")
    return draft


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    with file.with_suffix(".lock").open("a") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield


def add_key(settings: Settings) -> str:
    """Put a new key before the others, which still open what they sealed; its name."""
    file = key_file(settings)
    with _alone(file):
        written = fresh_key()
        os.replace(_draft(file, f"{written}\n{file.read_text(encoding='utf-8')}"), file)
    return written.partition(":")[0]


def drop_keys(settings: Settings, kept: str) -> None:
    """Keep this key alone."""
    file = key_file(settings)
    with _alone(file):
        lines = [
            line for line in file.read_text(encoding="utf-8").splitlines() if line.startswith(f"{kept}:")
        ]
        os.replace(_draft(file, "\n".join(lines) + "\n"), file)
