"""Changing a part of the shop file from the console: who changed what is written down, and one step leads back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel

from dangol.catalog import api as catalog
from dangol.helpdesk import api as helpdesk
from dangol.helpdesk.api import AuditEntry, Staff
from dangol.kernel.errors import Refused
from dangol.kernel.shop import Shop
from dangol.server.chat_shapes import keepable
from dangol.server.database import Connection
from dangol.server.problems import FieldsRefused
from dangol.server.staff.door import StaffParts
from dangol.server.staff.shapes import StaffRef
from dangol.server.staff.telling import ref

Part = Literal["desk", "assistant", "stages", "outreach", "limits"]
Json = dict[str, Any]

_MANNER = ("name", "tone", "scope", "greeting", "instructions", "banned_claims")
_STAGES = ("stages", "at_most")
_ACTS: dict[Part, str] = {
    "desk": "settings_changed",
    "assistant": "assistant_changed",
    "stages": "stages_changed",
    "outreach": "outreach_changed",
    "limits": "limits_changed",
}
# where a part stands in the shop file
_SECTIONS: dict[Part, tuple[str, ...]] = {
    "desk": ("helpdesk",),
    "assistant": ("assistant",),
    "stages": ("assistant",),
    "outreach": ("outreach",),
    "limits": ("assistant", "limits"),
}


class NothingToUndo(Refused):
    """Nobody changed it here, or it stands otherwise since then."""

    code = "nothing_to_undo"


class LastChange(BaseModel):
    """Who changed it last, when, and which of its settings; only where that can be taken back."""

    at: datetime
    staff: StaffRef | None
    changed: list[str]


async def fresh(conn: Connection, parts: StaffParts) -> Shop:
    """The shop as it stands in the database: what another process changed a moment ago is in it."""
    return await catalog.load_shop(conn) or parts.shop()


def read(shop: Shop, part: Part) -> Json:
    """A part of the shop file as the console edits it."""
    if part == "desk":
        return shop.helpdesk.model_dump(mode="json")
    if part == "outreach":
        return shop.outreach.model_dump(mode="json")
    if part == "limits":
        return shop.assistant.limits.model_dump(mode="json")
    if part == "stages":
        return shop.assistant.model_dump(mode="json", include=set(_STAGES))
    values = shop.assistant.model_dump(mode="json", include=set(_MANNER))
    for name in ("name", "greeting"):
        if isinstance(values[name], str):  # said once for every language
            values[name] = {shop.language: values[name]} if values[name] else {}
    return {**values, "languages": list(shop.languages)}


def _with(raw: Json, part: Part, values: Mapping[str, Any]) -> Json:
    """The shop file as the merchant wrote it, with these settings of a part; what it leaves out stays left out."""
    own = {name: value for name, value in values.items() if name != "languages"}
    changed = _put(raw, _SECTIONS[part], own)
    if part == "assistant" and "languages" in values:
        changed["languages"] = values["languages"]
    return changed


def _put(raw: Json, section: tuple[str, ...], values: Json) -> Json:
    """A copy with these values in a section, however deep it lies."""
    if not section:
        return {**raw, **values}
    return {**raw, section[0]: _put(raw.get(section[0], {}), section[1:], values)}


async def change(
    conn: Connection,
    parts: StaffParts,
    staff: Staff,
    part: Part,
    values: Mapping[str, Any] | Callable[[Json], Mapping[str, Any]],
) -> Shop:
    """Write these settings into the shop file, in force for the next message in every process. FieldsRefused."""
    async with conn.transaction():
        raw = await catalog.shop_file(conn)
        before = read(Shop.model_validate(raw), part)
        wanted = keepable(dict(values(before) if callable(values) else values))
        stored = await catalog.store_shop(conn, _with(raw, part, wanted))
        if isinstance(stored, list):
            raise FieldsRefused({_field(part, each.path): each.code for each in stored})
        after = read(stored, part)
        changed = [name for name in after if after[name] != before.get(name)]
        if changed:
            details = {
                "before": {name: before.get(name) for name in changed},
                "after": {name: after[name] for name in changed},
            }
            now = parts.clock.now()
            await helpdesk.accounts.note_act(conn, staff.id, _ACTS[part], now, details=details)
    return stored


def _field(part: Part, path: str) -> str:
    """The field as the console knows it."""
    return path.removeprefix(".".join(_SECTIONS[part]) + ".") or "settings"


async def undo(conn: Connection, parts: StaffParts, staff: Staff, part: Part) -> Shop:
    """Take the last change of a part back; done twice it stands again. Raises NothingToUndo."""
    entry = await helpdesk.accounts.last_act(conn, _ACTS[part])
    if entry is None:
        raise NothingToUndo(part=part)

    def before(current: Json) -> Json:
        if not _stands(entry, current):
            raise NothingToUndo(part=part)
        restored: Json = entry.details["before"]
        return restored

    return await change(conn, parts, staff, part, before)


async def last_change(conn: Connection, shop: Shop, part: Part) -> LastChange | None:
    """The change that can be taken back; None where there is none."""
    entry = await helpdesk.accounts.last_act(conn, _ACTS[part])
    if entry is None or not _stands(entry, read(shop, part)):
        return None
    names = await helpdesk.accounts.names(conn)
    return LastChange(at=entry.at, staff=ref(entry.staff_id, names), changed=sorted(entry.details["after"]))


def _stands(entry: AuditEntry, current: Json) -> bool:
    """Whether what was changed then is still as it was changed; a shop file taken over since then counts more."""
    after = entry.details.get("after", {})
    return bool(after) and all(current.get(name) == value for name, value in after.items())
