"""What the desk holds of a person, handed over or erased."""

from __future__ import annotations

from typing import Any

from psycopg import AsyncConnection

from dangol.customers import api as customers
from dangol.customers.api import Held
from dangol.helpdesk.records.work import about_note
from dangol.kernel.person import Person
from dangol.kernel.sealing import keyring

_HELD = {
    "desk_contacts": "SELECT * FROM desk_contacts WHERE conversation_id = ANY(%(talks)s)",
    "desk_notes": "SELECT id, conversation_id, text, at FROM desk_notes WHERE conversation_id = ANY(%(talks)s) ORDER BY at",
}
_GONE = (
    "DELETE FROM desk_given WHERE conversation_id = ANY(%(talks)s)",
    "DELETE FROM desk_contacts WHERE conversation_id = ANY(%(talks)s)",
    "DELETE FROM desk_notes WHERE conversation_id = ANY(%(talks)s)",
    "UPDATE desk_approvals SET why = '', args = '{}', result = NULL WHERE conversation_id = ANY(%(talks)s)"
    " AND state <> 'waiting'",
)


async def held(conn: AsyncConnection[Any], person: Person) -> Held:
    """Everything of this room that is about the person."""
    found = await customers.read_of(conn, _HELD, person)
    for note in found.get("desk_notes", ()):
        note["text"] = keyring().open(note["text"], about_note(note["id"]))
    return found


async def erase(conn: AsyncConnection[Any], person: Person) -> int:
    """Erase contacts left and notes about them."""
    return await customers.clear_of(conn, _GONE, person)
