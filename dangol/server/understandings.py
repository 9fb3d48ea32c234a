"""Trained understandings of a shop: kept in its database, published to every process without a restart."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import Any

import structlog

from dangol.assistant.understanding.model import CARD, FILE, FORM, IntentModel
from dangol.learning import api as learning
from dangol.server.database import Connection
from dangol.server.reader import ShopReader

CHANNEL = "understanding_changed"  # the database notifies on it when another version is to read

log = structlog.get_logger(__name__)


def packed(model: IntentModel, card: dict[str, Any]) -> bytes:
    """A model as it is kept in the database."""
    with tempfile.TemporaryDirectory(prefix="dangol-model-") as folder:
        model.save(Path(folder), card)
        return (Path(folder) / FILE).read_bytes()


def unpacked(weights: bytes) -> IntentModel:
    """The model of `packed`."""
    with tempfile.TemporaryDirectory(prefix="dangol-model-") as folder:
        (Path(folder) / FILE).write_bytes(weights)
        (Path(folder) / CARD).write_text("{}", encoding="utf-8")
        return IntentModel.load(Path(folder))


async def published_model(conn: Connection) -> IntentModel | None:
    """The model the shop has published; None where it has none, or one that an older release has made."""
    found = await learning.published(conn)
    if found is None:
        return None
    if found.card.get("form") != FORM:
        log.warning(
            "the published understanding is of another release: run `dangol train`", version=found.version
        )
        return None
    return await asyncio.to_thread(unpacked, found.weights)


async def take_over(conn: Connection, reader: ShopReader, shipped: IntentModel) -> None:
    """Read with the published understanding from now on, or with the one that came along."""
    reader.learn(await published_model(conn) or shipped)
