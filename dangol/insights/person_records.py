"""What this room holds of a person, handed over or erased."""

from __future__ import annotations

from typing import Any

from psycopg import AsyncConnection

from dangol.customers import api as customers
from dangol.customers.api import Held
from dangol.kernel.person import Person

_HELD = {
    "churn_scores": "SELECT * FROM churn_scores WHERE customer_id = %(customer)s",
    "treated": "SELECT s.segment, s.action, s.started_at, s.ends_at, t.held_out FROM treated t"
    " JOIN treatments s ON s.id = t.treatment_id WHERE t.customer_id = %(customer)s ORDER BY s.started_at",
}
_GONE = (
    "DELETE FROM churn_scores WHERE customer_id = %(customer)s",
    "DELETE FROM treated WHERE customer_id = %(customer)s",
)


async def held(conn: AsyncConnection[Any], person: Person) -> Held:
    """Everything of this room that is about the person."""
    return await customers.read_of(conn, _HELD, person)


async def erase(conn: AsyncConnection[Any], person: Person) -> int:
    """Erase their score and that they were in a treatment."""
    return await customers.clear_of(conn, _GONE, person)
