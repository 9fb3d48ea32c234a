"""Every query of the carts room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row

from dangol.carts.model import RestockDue, StoredCart, StoredLine

Connection = AsyncConnection[Any]

_NO_CART = StoredCart(id=None, points=0, lines=(), codes=())


async def cart_id(conn: Connection, shopper: str) -> int:
    """The cart of a shopper, made when there is none."""
    done = await conn.execute(
        """INSERT INTO carts (shopper) VALUES (%s)
           ON CONFLICT (shopper) DO UPDATE SET shopper = excluded.shopper RETURNING id""",
        (shopper,),
    )
    row = await done.fetchone()
    assert row is not None
    return int(row[0])


_CART = """SELECT c.id, c.points,
             coalesce((SELECT json_agg(json_build_array(sku, quantity, unit_price, title) ORDER BY place)
                       FROM cart_lines WHERE cart_id = c.id), '[]'),
             coalesce((SELECT array_agg(code ORDER BY added, code) FROM cart_coupons WHERE cart_id = c.id), '{}'),
             c.shopper
           FROM carts c WHERE """


async def cart(conn: Connection, shopper: str) -> StoredCart:
    """A shopper's cart in one query; an empty one without id when there is none."""
    done = await conn.execute(_CART + "c.shopper = %s", (shopper,))
    row = await done.fetchone()
    return _stored(row) if row else _NO_CART


async def cart_of(conn: Connection, number: int) -> tuple[StoredCart, str]:
    """A cart by its id, and whose it is."""
    done = await conn.execute(_CART + "c.id = %s", (number,))
    row = await done.fetchone()
    return (_stored(row), str(row[4])) if row else (_NO_CART, "")


def _stored(row: tuple[Any, ...]) -> StoredCart:
    lines = tuple(
        StoredLine(sku=line[0], quantity=line[1], unit_price=line[2], title=line[3]) for line in row[2]
    )
    return StoredCart(id=row[0], points=row[1], lines=lines, codes=tuple(row[3]))


async def lock(conn: Connection, number: int) -> None:
    """Let nobody else change this cart until the transaction ends."""
    await conn.execute("SELECT 1 FROM carts WHERE id = %s FOR UPDATE", (number,))


async def put_line(
    conn: Connection, number: int, sku: str, quantity: int, unit_price: int, title: str, now: datetime
) -> None:
    """Set a line's quantity; the price remembered is that of now, which the shopper sees with it."""
    await conn.execute(
        """INSERT INTO cart_lines (cart_id, sku, quantity, unit_price, title, added) VALUES (%s, %s, %s, %s, %s, %s)
           ON CONFLICT (cart_id, sku) DO UPDATE
           SET quantity = excluded.quantity, unit_price = excluded.unit_price, title = excluded.title""",
        (number, sku, quantity, unit_price, title, now),
    )
    await touch(conn, number, now)


async def take_lines(conn: Connection, mine: int, theirs: int, kept: Mapping[str, int]) -> None:
    """Move lines, codes and the wish to use points from one cart to another; `kept` is the quantity by SKU."""
    await conn.execute(
        """INSERT INTO cart_lines (cart_id, sku, quantity, unit_price, title, added)
           SELECT %s, l.sku, k.quantity, l.unit_price, l.title, l.added
           FROM cart_lines l JOIN unnest(%s::text[], %s::int[]) AS k(sku, quantity) ON k.sku = l.sku
           WHERE l.cart_id = %s ORDER BY l.place
           ON CONFLICT (cart_id, sku) DO UPDATE SET quantity = excluded.quantity""",
        (mine, list(kept), list(kept.values()), theirs),
    )
    await conn.execute(
        """INSERT INTO cart_coupons (cart_id, code, added) SELECT %s, code, added FROM cart_coupons
           WHERE cart_id = %s ON CONFLICT DO NOTHING""",
        (mine, theirs),
    )
    await conn.execute(
        """UPDATE carts mine SET points = CASE WHEN theirs.points <> 0 THEN theirs.points ELSE mine.points END,
                  changed = greatest(mine.changed, theirs.changed)
           FROM carts theirs WHERE mine.id = %s AND theirs.id = %s""",
        (mine, theirs),
    )
    await conn.execute("DELETE FROM carts WHERE id = %s", (theirs,))


async def swap_line(
    conn: Connection,
    number: int,
    old: str,
    new: str,
    quantity: int,
    unit_price: int,
    title: str,
    now: datetime,
) -> None:
    """Put another variant in the place of a line."""
    await conn.execute(
        "DELETE FROM cart_lines WHERE cart_id = %s AND sku = %s AND sku <> %s", (number, new, old)
    )
    await conn.execute(
        """UPDATE cart_lines SET sku = %s, quantity = %s, unit_price = %s, title = %s, added = %s
           WHERE cart_id = %s AND sku = %s""",
        (new, quantity, unit_price, title, now, number, old),
    )
    await touch(conn, number, now)


async def drop_line(conn: Connection, number: int, sku: str, now: datetime) -> None:
    """Take a line out."""
    await conn.execute("DELETE FROM cart_lines WHERE cart_id = %s AND sku = %s", (number, sku))
    await touch(conn, number, now)


async def touch(conn: Connection, number: int, now: datetime) -> None:
    """Note when a cart was last changed."""
    await conn.execute("UPDATE carts SET changed = %s WHERE id = %s", (now, number))


async def empty(conn: Connection, number: int) -> None:
    """Take everything out: lines, codes and the wish to use points."""
    await conn.execute("DELETE FROM cart_lines WHERE cart_id = %s", (number,))
    await conn.execute("DELETE FROM cart_coupons WHERE cart_id = %s", (number,))
    await conn.execute("UPDATE carts SET points = 0 WHERE id = %s", (number,))


async def set_points(conn: Connection, number: int, points: int, now: datetime) -> None:
    """Set how many points are wanted."""
    await conn.execute("UPDATE carts SET points = %s, changed = %s WHERE id = %s", (points, now, number))


async def put_code(conn: Connection, number: int, code: str, now: datetime) -> None:
    """Put a coupon code on a cart."""
    await conn.execute(
        "INSERT INTO cart_coupons (cart_id, code, added) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
        (number, code, now),
    )
    await touch(conn, number, now)


async def drop_code(conn: Connection, number: int, code: str, now: datetime) -> bool:
    """Take a coupon code off a cart; False when it was not on it."""
    done = await conn.execute(
        "DELETE FROM cart_coupons WHERE cart_id = %s AND lower(code) = lower(%s)", (number, code)
    )
    await touch(conn, number, now)
    return done.rowcount > 0


async def bundle_units(conn: Connection, codes: Sequence[str]) -> dict[str, int]:
    """How many units of bundles were sold."""
    if not codes:
        return {}
    done = await conn.execute(
        "SELECT code, sum(units)::bigint FROM redemptions WHERE kind = 'bundle' AND code = ANY(%s) GROUP BY code",
        (list(codes),),
    )
    return {row[0]: row[1] for row in await done.fetchall()}


async def has_redeemed(conn: Connection, shopper: str, codes: Sequence[str]) -> bool:
    """Whether a shopper used one of these coupons before."""
    if not codes:
        return False
    done = await conn.execute(
        "SELECT 1 FROM redemptions WHERE shopper = %s AND kind = 'coupon' AND code = ANY(%s) LIMIT 1",
        (shopper, list(codes)),
    )
    return await done.fetchone() is not None


async def lock_bundles(conn: Connection, codes: Sequence[str]) -> None:
    """Let two buyers of the last bundle come one after the other."""
    for code in sorted(codes):
        await conn.execute("SELECT pg_advisory_xact_lock(hashtextextended('bundle:' || %s, 0))", (code,))


async def note_redemptions(
    conn: Connection, order: str, shopper: str, used: Mapping[tuple[str, str], int], now: datetime
) -> None:
    """Write what an order used up: (kind, code) → units; once per order."""
    async with conn.cursor() as cursor:
        await cursor.executemany(
            """INSERT INTO redemptions (order_number, kind, code, units, shopper, redeemed)
               VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING""",
            [(order, kind, code, units, shopper, now) for (kind, code), units in used.items()],
        )


async def drop_redemptions(conn: Connection, order: str) -> None:
    """Give back what an order used up."""
    await conn.execute("DELETE FROM redemptions WHERE order_number = %s", (order,))


async def save_wish(conn: Connection, shopper: str, product: str, sku: str, now: datetime) -> bool:
    """Save a product or variant; False when it is saved already."""
    done = await conn.execute(
        "INSERT INTO wishes (shopper, product, sku, saved) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (shopper, product, sku, now),
    )
    return done.rowcount > 0


async def wishes(conn: Connection, shopper: str) -> list[tuple[str, str]]:
    """Saved (product, sku or empty), newest first."""
    done = await conn.execute(
        "SELECT product, sku FROM wishes WHERE shopper = %s ORDER BY saved DESC, product LIMIT 100",
        (shopper,),
    )
    return [(row[0], row[1]) for row in await done.fetchall()]


async def drop_wish(conn: Connection, shopper: str, product: str, sku: str | None) -> int:
    """Remove a saved variant, or all that was saved of a product."""
    done = await conn.execute(
        "DELETE FROM wishes WHERE shopper = %s AND product = %s AND (%s::text IS NULL OR sku = %s)",
        (shopper, product, sku, sku),
    )
    return done.rowcount


async def note_restock(
    conn: Connection, shopper: str, sku: str, contact: str, language: str, now: datetime, until: datetime
) -> None:
    """Write, or renew, the wish to be told when a variant is back."""
    await conn.execute(
        """INSERT INTO restock_wishes (shopper, sku, contact, language, noted, until)
           VALUES (%s, %s, %s, %s, %s, %s)
           ON CONFLICT (shopper, sku) WHERE told IS NULL DO UPDATE
           SET contact = coalesce(nullif(excluded.contact, ''), restock_wishes.contact),
               language = excluded.language, until = excluded.until""",
        (shopper, sku, contact, language, now, until),
    )


async def restock_contact(conn: Connection, shopper: str) -> str:
    """The contact this shopper last gave for being told, else empty."""
    done = await conn.execute(
        "SELECT contact FROM restock_wishes WHERE shopper = %s AND contact <> '' ORDER BY noted DESC LIMIT 1",
        (shopper,),
    )
    row = await done.fetchone()
    return str(row[0]) if row else ""


async def waiting(conn: Connection, now: datetime) -> list[RestockDue]:
    """Wishes to be told that still stand, oldest first."""
    async with conn.cursor(row_factory=class_row(RestockDue)) as cursor:
        await cursor.execute(
            """SELECT id, shopper, sku, contact, language, until FROM restock_wishes
               WHERE told IS NULL AND until > %s ORDER BY noted, id LIMIT 1000""",
            (now,),
        )
        return await cursor.fetchall()


async def waiting_longer(conn: Connection, shopper: str, sku: str, now: datetime) -> int:
    """How many others asked earlier to be told of the same variant."""
    done = await conn.execute(
        """SELECT count(*) FROM restock_wishes other JOIN restock_wishes mine
             ON mine.sku = other.sku AND mine.shopper = %s AND mine.told IS NULL
           WHERE other.sku = %s AND other.told IS NULL AND other.until > %s AND other.id < mine.id""",
        (shopper, sku, now),
    )
    row = await done.fetchone()
    return int(row[0]) if row else 0


async def told_since(conn: Connection, since: datetime) -> dict[str, int]:
    """How many were told of each variant since a moment."""
    done = await conn.execute(
        "SELECT sku, count(*) FROM restock_wishes WHERE told > %s GROUP BY sku", (since,)
    )
    return {row[0]: int(row[1]) for row in await done.fetchall()}


async def wait_again(conn: Connection, wish: int) -> None:
    """The wish stands as if nobody had been told, unless the shopper asked anew meanwhile."""
    await conn.execute(
        """UPDATE restock_wishes w SET told = NULL WHERE id = %s AND NOT EXISTS
           (SELECT 1 FROM restock_wishes o WHERE o.shopper = w.shopper AND o.sku = w.sku AND o.told IS NULL)""",
        (wish,),
    )


async def drop_restock(conn: Connection, shopper: str, sku: str | None) -> int:
    """Delete wishes to be told; how many."""
    done = await conn.execute(
        "DELETE FROM restock_wishes WHERE shopper = %s AND told IS NULL AND (%s::text IS NULL OR sku = %s)",
        (shopper, sku, sku),
    )
    return done.rowcount


async def waits(conn: Connection, shopper: str) -> bool:
    """Whether this shopper waits for anything."""
    done = await conn.execute(
        "SELECT 1 FROM restock_wishes WHERE shopper = %s AND told IS NULL LIMIT 1", (shopper,)
    )
    return await done.fetchone() is not None


async def mark_told(conn: Connection, wish: int, now: datetime) -> bool:
    """Note that somebody was told; False when that was done before."""
    done = await conn.execute(
        "UPDATE restock_wishes SET told = %s WHERE id = %s AND told IS NULL", (now, wish)
    )
    return done.rowcount > 0


async def counts(conn: Connection, shopper: str) -> dict[str, int]:
    """How much of each kind is stored of a person."""
    done = await conn.execute(
        """SELECT (SELECT count(*) FROM cart_lines l JOIN carts c ON c.id = l.cart_id WHERE c.shopper = %(s)s),
                  (SELECT count(*) FROM wishes WHERE shopper = %(s)s),
                  (SELECT count(*) FROM restock_wishes WHERE shopper = %(s)s)""",
        {"s": shopper},
    )
    row = await done.fetchone()
    return dict(zip(("cart", "wishes", "restock"), row or (0, 0, 0), strict=True))


async def move_wishes(conn: Connection, from_key: str, to_key: str) -> None:
    """Hand wishes of one person to another key."""
    await conn.execute(
        """INSERT INTO wishes (shopper, product, sku, saved)
           SELECT %s, product, sku, saved FROM wishes WHERE shopper = %s ON CONFLICT DO NOTHING""",
        (to_key, from_key),
    )
    await conn.execute("DELETE FROM wishes WHERE shopper = %s", (from_key,))
    await conn.execute(
        """INSERT INTO restock_wishes (shopper, sku, contact, language, noted, until)
           SELECT %s, sku, contact, language, noted, until FROM restock_wishes
           WHERE shopper = %s AND told IS NULL ON CONFLICT DO NOTHING""",
        (to_key, from_key),
    )
    await conn.execute("DELETE FROM restock_wishes WHERE shopper = %s AND told IS NULL", (from_key,))
    await conn.execute("UPDATE redemptions SET shopper = %s WHERE shopper = %s", (to_key, from_key))


async def forget_before(conn: Connection, before: datetime) -> int:
    """Delete what visitors who never signed in left lying, and restock wishes that are over; how many rows."""
    gone = 0
    for query in (
        "DELETE FROM carts WHERE shopper LIKE 'conversation:%%' AND changed < %s",
        "DELETE FROM wishes WHERE shopper LIKE 'conversation:%%' AND saved < %s",
        "DELETE FROM restock_wishes WHERE coalesce(told, until) < %s",
        "DELETE FROM personal_coupons WHERE shopper LIKE 'conversation:%%' AND ends < %s::timestamptz::date",
    ):
        gone += (await conn.execute(query, (before,))).rowcount
    return gone
