"""Every query of the customers room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import args_row, class_row

from dangol.contracts.shopfloor.people import AddressView, PreferenceView
from dangol.customers.model import Customer, PointGrant, Standing

Connection = AsyncConnection[Any]

_CUSTOMER = "id, external_id, email, name, phone, locale, tags, created"


async def customer(conn: Connection, customer_id: int) -> Customer | None:
    """One customer."""
    async with conn.cursor(row_factory=class_row(Customer)) as cursor:
        await cursor.execute(f"SELECT {_CUSTOMER} FROM customers WHERE id = %s", (customer_id,))  # noqa: S608
        return await cursor.fetchone()


async def is_vip(conn: Connection, customer_id: int) -> bool:
    """Whether the shop has tagged this customer `VIP`, however it is written."""
    found = await customer(conn, customer_id)
    return found is not None and any(tag.lower() == "vip" for tag in found.tags)


async def known(conn: Connection, external_id: str | None, email: str | None) -> Customer | None:
    """The customer of this external id, else of this e-mail without regard to case."""
    query = f"""SELECT {_CUSTOMER} FROM customers
                WHERE external_id = %(external_id)s OR lower(email) = lower(%(email)s)
                ORDER BY (external_id = %(external_id)s) IS TRUE DESC LIMIT 1"""  # noqa: S608
    async with conn.cursor(row_factory=class_row(Customer)) as cursor:
        await cursor.execute(query, {"external_id": external_id, "email": email})
        return await cursor.fetchone()


async def add_customer(
    conn: Connection, external_id: str | None, email: str | None, name: str, now: datetime
) -> int | None:
    """Write a new customer; None when somebody else just took the id or the e-mail."""
    done = await conn.execute(
        """INSERT INTO customers (external_id, email, name, created) VALUES (%s, %s, %s, %s)
           ON CONFLICT DO NOTHING RETURNING id""",
        (external_id, email, name, now),
    )
    row = await done.fetchone()
    return row[0] if row else None


async def complete(
    conn: Connection, customer_id: int, external_id: str | None, email: str | None, name: str
) -> None:
    """Fill in what is not known yet; what is known stays, and what belongs to another is left."""
    await conn.execute(
        """UPDATE customers c SET
             external_id = CASE WHEN c.external_id IS NULL AND NOT EXISTS
                 (SELECT 1 FROM customers WHERE external_id = %(external_id)s)
                 THEN %(external_id)s ELSE c.external_id END,
             email = CASE WHEN c.email IS NULL AND NOT EXISTS
                 (SELECT 1 FROM customers WHERE lower(email) = lower(%(email)s)) THEN %(email)s ELSE c.email END,
             name = CASE WHEN c.name = '' THEN %(name)s ELSE c.name END
           WHERE id = %(id)s""",
        {"id": customer_id, "external_id": external_id, "email": email, "name": name},
    )


async def set_contact(conn: Connection, customer_id: int, name: str, phone: str) -> None:
    """Write name and phone where they are given."""
    await conn.execute(
        """UPDATE customers SET name = coalesce(nullif(%s, ''), name), phone = coalesce(nullif(%s, ''), phone)
           WHERE id = %s""",
        (name, phone, customer_id),
    )


async def lock(conn: Connection, customer_id: int) -> None:
    """Let nobody else move this customer's points until the transaction ends."""
    await conn.execute("SELECT 1 FROM customers WHERE id = %s FOR UPDATE", (customer_id,))


async def standing(conn: Connection, customer_id: int, now: datetime) -> Standing:
    """Points that can be used now, money spent, and whether anything was ever bought: one query.

    What a former system told (`spent_before`) counts at least as much as the purchases known up to that day.
    """
    async with conn.cursor(row_factory=class_row(Standing)) as cursor:
        await cursor.execute(
            """SELECT coalesce((SELECT sum(points - used) FROM point_grants
                        WHERE customer_id = c.id AND (expires IS NULL OR expires > %(now)s)), 0)::bigint AS points,
                      (greatest(c.spent_before, p.told) + p.later)::bigint AS spent,
                      c.spent_before > 0 OR p.bought > 0 AS bought_before
               FROM customers c CROSS JOIN LATERAL (
                   SELECT coalesce(sum(amount) FILTER (WHERE bought <= c.spent_before_at), 0) AS told,
                          coalesce(sum(amount) FILTER (WHERE bought > c.spent_before_at
                                                          OR c.spent_before_at IS NULL), 0) AS later,
                          count(*) AS bought
                   FROM spendings WHERE customer_id = c.id) p
               WHERE c.id = %(id)s""",
            {"id": customer_id, "now": now},
        )
        return await cursor.fetchone() or Standing(points=0, spent=0, bought_before=False)


async def note_purchase(
    conn: Connection, customer_id: int, amount: int, cause: str, bought: datetime
) -> None:
    """Write down what was spent, once per cause."""
    await conn.execute(
        "INSERT INTO spendings (cause, customer_id, amount, bought) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (cause, customer_id, amount, bought),
    )


async def grants(conn: Connection, customer_id: int, now: datetime) -> list[PointGrant]:
    """Grants with something left that has not expired."""
    async with conn.cursor(row_factory=class_row(PointGrant)) as cursor:
        await cursor.execute(
            """SELECT id, points - used AS left, expires FROM point_grants
               WHERE customer_id = %s AND used < points AND (expires IS NULL OR expires > %s)""",
            (customer_id, now),
        )
        return await cursor.fetchall()


async def add_grant(
    conn: Connection, customer_id: int, points: int, cause: str, granted: datetime, expires: datetime | None
) -> None:
    """Write a grant, once per cause."""
    await conn.execute(
        """INSERT INTO point_grants (customer_id, points, cause, granted, expires) VALUES (%s, %s, %s, %s, %s)
           ON CONFLICT (cause) DO NOTHING""",
        (customer_id, points, cause, granted, expires),
    )


async def shrink_grant(conn: Connection, cause: str) -> int:
    """Take back what is unused of a grant; returns how many points went."""
    done = await conn.execute(
        """UPDATE point_grants g SET points = g.used FROM (SELECT id, points FROM point_grants WHERE cause = %s
           FOR UPDATE) old WHERE g.id = old.id RETURNING old.points - g.used""",
        (cause,),
    )
    row = await done.fetchone()
    return row[0] if row else 0


async def add_spend(conn: Connection, customer_id: int, points: int, cause: str, now: datetime) -> int | None:
    """Write a spend, once per cause; None when it stands already."""
    done = await conn.execute(
        """INSERT INTO point_spends (customer_id, points, cause, spent) VALUES (%s, %s, %s, %s)
           ON CONFLICT (cause) DO NOTHING RETURNING id""",
        (customer_id, points, cause, now),
    )
    row = await done.fetchone()
    return row[0] if row else None


async def use_grants(conn: Connection, spend_id: int, parts: Sequence[tuple[int, int]]) -> None:
    """Take the parts of a spend from their grants."""
    grants_, points = [part[0] for part in parts], [part[1] for part in parts]
    await conn.execute(
        """WITH parts AS (SELECT unnest(%s::bigint[]) AS grant_id, unnest(%s::bigint[]) AS points),
                taken AS (UPDATE point_grants g SET used = used + parts.points FROM parts WHERE g.id = parts.grant_id)
           INSERT INTO point_uses (spend_id, grant_id, points) SELECT %s, grant_id, points FROM parts""",
        (grants_, points, spend_id),
    )


async def undo_spend(conn: Connection, cause: str) -> int:
    """Put the points of a spend back where they came from, once; returns how many."""
    done = await conn.execute(
        """WITH undone AS (UPDATE point_spends SET given_back = true WHERE cause = %s AND NOT given_back
                           RETURNING id, points),
                back AS (UPDATE point_grants g SET used = g.used - u.points
                         FROM point_uses u JOIN undone ON undone.id = u.spend_id WHERE g.id = u.grant_id)
           SELECT points FROM undone""",
        (cause,),
    )
    row = await done.fetchone()
    return row[0] if row else 0


async def undo_part_of_spend(conn: Connection, cause: str, points: int) -> int:
    """Put some points of a spend back where they came from, those of its last grant first; returns how many."""
    cursor = await conn.execute(
        """SELECT u.spend_id, u.grant_id, u.points FROM point_uses u JOIN point_spends s ON s.id = u.spend_id
           WHERE s.cause = %s AND NOT s.given_back AND u.points > 0 ORDER BY u.grant_id DESC FOR UPDATE""",
        (cause,),
    )
    left = points
    for spend, grant, used in await cursor.fetchall():
        part = min(left, used)
        if part <= 0:
            break
        left -= part
        await conn.execute("UPDATE point_grants SET used = used - %s WHERE id = %s", (part, grant))
        of_use = "WHERE spend_id = %(spend)s AND grant_id = %(grant)s"
        said = {"part": part, "spend": spend, "grant": grant}
        if part == used:
            await conn.execute(f"DELETE FROM point_uses {of_use}", said)  # noqa: S608
        else:
            await conn.execute(f"UPDATE point_uses SET points = points - %(part)s {of_use}", said)  # noqa: S608
        await conn.execute(
            """UPDATE point_spends SET given_back = points = %(part)s,
                 points = CASE WHEN points = %(part)s THEN points ELSE points - %(part)s END
               WHERE id = %(spend)s""",
            said,
        )
    return points - left


async def shrink_grant_by(conn: Connection, cause: str, points: int) -> int:
    """Take back so many unused points of a grant; returns how many went."""
    done = await conn.execute(
        """UPDATE point_grants g SET points = g.points - least(%s, g.points - g.used)
           FROM (SELECT id, points FROM point_grants WHERE cause = %s FOR UPDATE) old
           WHERE g.id = old.id RETURNING old.points - g.points""",
        (points, cause),
    )
    row = await done.fetchone()
    return row[0] if row else 0


async def addresses(conn: Connection, customer_id: int) -> list[AddressView]:
    """Saved addresses, last used first."""
    async with conn.cursor(row_factory=class_row(AddressView)) as cursor:
        await cursor.execute(
            """SELECT country, postcode, region, city, street, detail, recipient, phone, lines
               FROM addresses WHERE customer_id = %s ORDER BY used DESC, id DESC LIMIT 20""",
            (customer_id,),
        )
        return await cursor.fetchall()


async def save_address(conn: Connection, customer_id: int, address: AddressView, now: datetime) -> None:
    """Keep an address, or note that it was used again."""
    await conn.execute(
        """INSERT INTO addresses (customer_id, country, postcode, region, city, street, detail, recipient, phone,
                                  lines, used)
           VALUES (%(customer_id)s, %(country)s, %(postcode)s, %(region)s, %(city)s, %(street)s, %(detail)s,
                   %(recipient)s, %(phone)s, %(lines)s, %(used)s)
           ON CONFLICT (customer_id, country, postcode, region, city, street, detail, recipient)
           DO UPDATE SET used = excluded.used, phone = coalesce(nullif(excluded.phone, ''), addresses.phone),
                         lines = excluded.lines""",
        {**address.model_dump(), "customer_id": customer_id, "used": now},
    )


async def preferences(conn: Connection, shopper: str) -> list[PreferenceView]:
    """What was noted of a person's preferences, in the order noted."""
    async with conn.cursor(row_factory=class_row(PreferenceView)) as cursor:
        await cursor.execute(
            "SELECT kind, value, words FROM preferences WHERE shopper = %s ORDER BY noted, kind, value",
            (shopper,),
        )
        return await cursor.fetchall()


async def note_preference(
    conn: Connection, shopper: str, kind: str, value: str, words: str, now: datetime
) -> None:
    """Keep a preference, once per value."""
    await conn.execute(
        """INSERT INTO preferences (shopper, kind, value, words, noted) VALUES (%s, %s, %s, %s, %s)
           ON CONFLICT (shopper, kind, value) DO UPDATE SET words = excluded.words, noted = excluded.noted""",
        (shopper, kind, value, words, now),
    )


async def forget_preferences(conn: Connection, shopper: str, kind: str | None) -> None:
    """Delete preferences of one kind, or all."""
    await conn.execute(
        "DELETE FROM preferences WHERE shopper = %s AND (%s::text IS NULL OR kind = %s)",
        (shopper, kind, kind),
    )


async def personal(conn: Connection, shopper: str) -> bool:
    """Whether personalisation is on; it is until switched off."""
    done = await conn.execute("SELECT personal FROM personal_settings WHERE shopper = %s", (shopper,))
    row = await done.fetchone()
    return bool(row[0]) if row else True


async def set_personal(conn: Connection, shopper: str, on: bool, now: datetime) -> None:
    """Switch personalisation."""
    await conn.execute(
        """INSERT INTO personal_settings (shopper, personal, changed) VALUES (%s, %s, %s)
           ON CONFLICT (shopper) DO UPDATE SET personal = excluded.personal, changed = excluded.changed""",
        (shopper, on, now),
    )


async def move_person(conn: Connection, from_key: str, to_key: str) -> None:
    """Hand what was kept under one key to another; a switch that is off stays off."""
    await conn.execute(
        """INSERT INTO preferences (shopper, kind, value, words, noted)
           SELECT %s, kind, value, words, noted FROM preferences WHERE shopper = %s
           ON CONFLICT DO NOTHING""",
        (to_key, from_key),
    )
    await conn.execute(
        """INSERT INTO personal_settings (shopper, personal, changed)
           SELECT %s, personal, changed FROM personal_settings WHERE shopper = %s AND NOT personal
           ON CONFLICT (shopper) DO UPDATE SET personal = false""",
        (to_key, from_key),
    )
    await conn.execute(
        """UPDATE consents mine SET shopper = %(to)s WHERE shopper = %(from)s AND NOT EXISTS
           (SELECT 1 FROM consents theirs WHERE theirs.shopper = %(to)s AND theirs.purpose = mine.purpose
            AND theirs.channel = mine.channel AND theirs.withdrawn IS NULL AND mine.withdrawn IS NULL)""",
        {"from": from_key, "to": to_key},
    )
    await conn.execute("DELETE FROM preferences WHERE shopper = %s", (from_key,))
    await conn.execute("DELETE FROM personal_settings WHERE shopper = %s", (from_key,))


async def next_expiry(conn: Connection, customer_id: int, now: datetime) -> tuple[datetime | None, int]:
    """When the next points expire, and how many then."""
    done = await conn.execute(
        "SELECT expires, sum(points - used)::bigint FROM point_grants WHERE customer_id = %s AND used < points"
        " AND expires > %s GROUP BY expires ORDER BY expires LIMIT 1",
        (customer_id, now),
    )
    row = await done.fetchone()
    return (row[0], int(row[1])) if row else (None, 0)


async def counts(conn: Connection, customer_id: int | None, shopper: str) -> dict[str, int]:
    """How much of each kind is stored of a person."""
    async with conn.cursor(row_factory=args_row(lambda name, count: (name, count))) as cursor:
        await cursor.execute(
            """SELECT 'profile', count(*) FROM customers WHERE id = %(id)s
               UNION ALL SELECT 'addresses', count(*) FROM addresses WHERE customer_id = %(id)s
               UNION ALL SELECT 'points', (SELECT count(*) FROM point_grants WHERE customer_id = %(id)s)
                                        + (SELECT count(*) FROM point_spends WHERE customer_id = %(id)s)
               UNION ALL SELECT 'methods', count(*) FROM stored_methods WHERE customer_id = %(id)s
               UNION ALL SELECT 'purchases', count(*) FROM spendings WHERE customer_id = %(id)s
               UNION ALL SELECT 'preferences', count(*) FROM preferences WHERE shopper = %(shopper)s
               UNION ALL SELECT 'consents', count(*) FROM consents WHERE shopper = %(shopper)s""",
            {"id": customer_id, "shopper": shopper},
        )
        return dict(await cursor.fetchall())


async def forget_visitors(conn: Connection, before: datetime) -> int:
    """Delete preferences that visitors who never signed in told before a moment; how many."""
    done = await conn.execute(
        "DELETE FROM preferences WHERE shopper LIKE 'conversation:%%' AND noted < %s", (before,)
    )
    return done.rowcount
