"""The queries by which a batch of imported customers is taken over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from psycopg import AsyncConnection
from psycopg.rows import dict_row

from dangol.customers import consent_records, records
from dangol.customers.consent_records import EVERY_WAY
from dangol.kernel.imports import Refusal

if TYPE_CHECKING:
    from dangol.customers.imports import CustomerRow

Connection = AsyncConnection[Any]
_IMPORTED = "import"


@dataclass
class Outcome:
    """What came of a batch."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)


class _Known:
    """Customers a batch may mean, by each of their names."""

    def __init__(self, found: list[dict[str, Any]]) -> None:
        self.by_id = {one["external_id"]: one for one in found if one["external_id"]}
        self.by_email = {one["email"].lower(): one for one in found if one["email"]}
        self.by_phone = {one["phone"]: one for one in reversed(found) if one["phone"]}

    def note(self, one: dict[str, Any], before: dict[str, Any] | None) -> None:
        """Know what was just written, so that a later row of the batch meets it and not what was there before."""
        if before and before["email"]:
            self.by_email.pop(before["email"].lower(), None)
        if one["external_id"]:
            self.by_id[one["external_id"]] = one
        if one["email"]:
            self.by_email[one["email"].lower()] = one
        if one["phone"]:
            self.by_phone.setdefault(one["phone"], one)

    def of(self, row: CustomerRow) -> dict[str, Any] | None:
        """Who is meant: by the id, else by the e-mail, else (where neither is given) by the phone."""
        if row.external_id and row.external_id in self.by_id:
            return self.by_id[row.external_id]
        if row.email:
            return self.by_email.get(row.email.lower())
        return None if row.external_id else self.by_phone.get(row.phone)


async def take_over(
    conn: Connection, batch: Sequence[CustomerRow], expires: datetime | None, now: datetime
) -> Outcome:
    """Write a batch of customers with all that hangs on them; four queries where nothing is new."""
    outcome = Outcome()
    known = await _known(conn, batch)
    for row in batch:
        found = known.of(row)
        if _taken(known, found, row):
            outcome.refused.append(Refusal(row=row.row, column="Email", code="taken", value=row.email or ""))
            continue
        written = await _update(conn, found, row, now) if found else await _insert(conn, row, now)
        if written is None:
            outcome.refused.append(Refusal(row=row.row, column="Email", code="taken", value=row.email or ""))
            continue
        changed = await _hang_on(conn, row, written, expires, now) or written is not found
        known.note(written, found)
        outcome.created += found is None
        outcome.updated += found is not None and changed
        outcome.unchanged += not changed
    return outcome


def _taken(known: _Known, found: dict[str, Any] | None, row: CustomerRow) -> bool:
    holder = known.by_email.get(row.email.lower()) if row.email else None
    return bool(holder and found and holder["id"] != found["id"])


async def _known(conn: Connection, batch: Sequence[CustomerRow]) -> _Known:
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(
            """SELECT c.id, c.external_id, c.email, c.name, c.phone, c.locale, c.tags, c.spent_before,
                      g.points AS granted,
                      (SELECT array_agg(channel) FROM consents
                       WHERE shopper = 'customer:' || c.id AND purpose = 'marketing') AS asked,
                      (SELECT array_agg(street || '|' || detail || '|' || postcode) FROM addresses
                       WHERE customer_id = c.id) AS places
               FROM customers c LEFT JOIN point_grants g ON g.cause = 'import:' || c.id
               WHERE external_id = ANY(%s) OR lower(email) = ANY(%s) OR (phone <> '' AND phone = ANY(%s))
               ORDER BY c.id""",
            (
                [row.external_id for row in batch if row.external_id],
                [row.email.lower() for row in batch if row.email],
                [row.phone for row in batch if not row.email and row.phone],
            ),
        )
        return _Known(await cursor.fetchall())


async def _insert(conn: Connection, row: CustomerRow, now: datetime) -> dict[str, Any] | None:
    """The new customer; None when somebody signed in under the same name a moment ago."""
    new = {
        "external_id": row.external_id, "email": row.email, "name": row.name, "phone": row.phone,
        "locale": row.locale, "tags": list(row.tags), "spent_before": row.spent or 0, "now": now,
    }  # fmt: skip
    done = await conn.execute(
        """INSERT INTO customers (external_id, email, name, phone, locale, tags, spent_before, spent_before_at, created)
           VALUES (%(external_id)s, %(email)s, %(name)s, %(phone)s, %(locale)s, %(tags)s, %(spent_before)s, %(now)s,
                   %(now)s) ON CONFLICT DO NOTHING RETURNING id""",
        new,
    )
    written = await done.fetchone()
    return {**new, "id": written[0], "granted": None, "asked": None, "places": None} if written else None


async def _update(conn: Connection, found: dict[str, Any], row: CustomerRow, now: datetime) -> dict[str, Any]:
    """The customer as the row has it; the very same object when nothing changed."""
    wanted = {
        "external_id": found["external_id"] or row.external_id,
        "email": row.email or found["email"],
        "name": row.name or found["name"],
        "phone": row.phone or found["phone"],
        "locale": row.locale or found["locale"],
        "tags": list(row.tags) or found["tags"],
        "spent_before": found["spent_before"] if row.spent is None else row.spent,
    }
    if all(found[name] == value for name, value in wanted.items()):
        return found
    told = row.spent is not None and row.spent != found["spent_before"]
    await conn.execute(
        """UPDATE customers SET external_id = %(external_id)s, email = %(email)s, name = %(name)s,
                  phone = %(phone)s, locale = %(locale)s, tags = %(tags)s, spent_before = %(spent_before)s,
                  spent_before_at = CASE WHEN %(told)s THEN %(now)s ELSE spent_before_at END WHERE id = %(id)s""",
        {**wanted, "id": found["id"], "told": told, "now": now},
    )
    return {**found, **wanted}


async def _hang_on(
    conn: Connection, row: CustomerRow, known: dict[str, Any], expires: datetime | None, now: datetime
) -> bool:
    """Points, consents and the address of a row; True when any of it was new."""
    changed = False
    customer_id, granted = known["id"], known["granted"]
    if row.points is not None and row.points != (granted or 0):
        changed = await _open_points(conn, customer_id, row.points, granted, expires, now)
    asked = set(known["asked"] or ())
    new = set() if EVERY_WAY in asked else set(row.agrees) - asked
    for channel in new:  # one withdrawn since is not given again
        changed |= await consent_records.give_consent(
            conn, f"customer:{customer_id}", "marketing", channel, _IMPORTED, now
        )
    place = row.address
    if place and f"{place.street}|{place.detail}|{place.postcode}" not in (known["places"] or ()):
        await records.save_address(conn, customer_id, place, now)
        changed = True
    return changed


async def _open_points(
    conn: Connection,
    customer_id: int,
    points: int,
    granted: int | None,
    expires: datetime | None,
    now: datetime,
) -> bool:
    cause = f"{_IMPORTED}:{customer_id}"
    if granted is None:
        await records.add_grant(conn, customer_id, points, cause, now, expires)
        return True
    done = await conn.execute(
        """UPDATE point_grants SET points = greatest(%s, used) WHERE cause = %s AND points <> greatest(%s, used)""",
        (points, cause, points),
    )
    return done.rowcount > 0
