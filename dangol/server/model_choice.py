"""Which models were chosen in the console: kept in the database for every process, the key sealed with the shop's secret."""

from __future__ import annotations

import base64
from datetime import datetime
from typing import Annotated, Any

import structlog
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from psycopg.types.json import Jsonb
from pydantic import Field, SecretStr

from dangol.contracts.language_model import JOBS, Job
from dangol.kernel.errors import Refused
from dangol.kernel.model import Value
from dangol.server.database import Connection
from dangol.server.language_models import Cabinet, Models, chosen, connect_models
from dangol.server.settings import Settings, shop_secret

log = structlog.get_logger(__name__)

CHANNEL = "models_changed"
_Name = Annotated[str, Field(max_length=300)]


class Choice(Value):
    """`vendor:model` for every job, others for some jobs, the server's address, and the price where none is known."""

    model: _Name = ""
    talk: _Name = ""
    read: _Name = ""
    summarise: _Name = ""
    translate: _Name = ""
    write: _Name = ""
    url: _Name = ""
    price: Annotated[str, Field(max_length=40)] = ""


def settings_with(settings: Settings, choice: Choice, key: str) -> Settings:
    """The settings with a choice in the place of what they say of models."""
    jobs = {f"model_{job}": getattr(choice, job) for job in JOBS}
    told = {"model": choice.model, "model_url": choice.url, "model_price": choice.price, **jobs}
    return settings.model_copy(update={**told, "model_key": SecretStr(key) if key else None})


async def read_choice(conn: Connection, settings: Settings) -> tuple[Choice, str] | None:
    """What was chosen and its key, None where the settings count. A key sealed under another secret reads as none."""
    cursor = await conn.execute("select choice, key from model_choice")
    row = await cursor.fetchone()
    if row is None:
        return None
    return Choice.model_validate(row[0]), _opened(settings, row[1])


async def keep_choice(
    conn: Connection, settings: Settings, choice: Choice, key: str, staff: str, now: datetime
) -> None:
    """Choose these models for every process; they are told when the transaction ends."""
    sealed = _seal(settings).encrypt(key.encode()) if key else None
    await conn.execute(
        "insert into model_choice (choice, key, staff_id, at) values (%s, %s, %s, %s)"
        " on conflict (single) do update set choice = excluded.choice, key = excluded.key,"
        " staff_id = excluded.staff_id, at = excluded.at",
        (Jsonb(choice.model_dump(mode="json")), sealed, staff, now),
    )
    await conn.execute("select pg_notify(%s, '')", (CHANNEL,))


async def forget_choice(conn: Connection) -> None:
    """What the settings say counts again."""
    await conn.execute("delete from model_choice")
    await conn.execute("select pg_notify(%s, '')", (CHANNEL,))


async def open_cabinet(conn: Connection, settings: Settings, stand_in: Models | None) -> Cabinet:
    """The models chosen in the console, else those of the settings; a choice that works no more keeps no shop shut."""
    if stand_in is not None:
        return Cabinet(stand_in, "settings" if stand_in else "none")
    cabinet = Cabinet({})
    picked = await read_choice(conn, settings)
    if picked is not None:
        try:
            cabinet.models = await connect_models(settings_with(settings, *picked))
            cabinet.source = "console"
            return cabinet
        except Refused as no:
            log.error("chosen_model_unusable", why=no.code, **no.details)
    cabinet.models = await connect_models(settings)
    cabinet.source = "settings" if cabinet.models else "none"
    return cabinet


async def take_over(conn: Connection, settings: Settings, cabinet: Cabinet) -> None:
    """Use what was chosen in this or another process."""
    fresh = await open_cabinet(conn, settings, None)
    await cabinet.exchange(fresh.models, fresh.source)


def named(settings: Settings, picked: tuple[Choice, str] | None) -> dict[Job, str]:
    """The model of each job by name, as it was chosen."""
    return chosen(settings_with(settings, *picked) if picked else settings)


def _seal(settings: Settings) -> Fernet:
    key = HKDF(hashes.SHA256(), 32, None, b"model key").derive(shop_secret(settings).encode())
    return Fernet(base64.urlsafe_b64encode(key))


def _opened(settings: Settings, sealed: Any) -> str:
    try:
        return _seal(settings).decrypt(bytes(sealed)).decode() if sealed else ""
    except InvalidToken:
        log.error("model_key_sealed_under_another_secret")
        return ""
