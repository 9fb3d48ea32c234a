"""Queries of what shoppers looked at, searched for and bought, and of what is bought together."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row


@dataclass(frozen=True, slots=True)
class Event:
    """One thing a shopper did; `concepts` are those of the product."""

    kind: str
    product_id: int | None
    categories: list[str]
    concepts: list[str]


async def note(
    conn: AsyncConnection[Any],
    shopper_key: str,
    kind: str,
    now: datetime,
    *,
    product_id: int | None = None,
    text: str = "",
    categories: Sequence[str] = (),
) -> None:
    """Write down what a shopper did."""
    await conn.execute(
        """insert into shopper_events (shopper_key, kind, product_id, text, categories, at)
           values (%s, %s, %s, %s, %s, %s)""",
        (shopper_key, kind, product_id, text, list(categories), now),
    )


async def events(conn: AsyncConnection[Any], shopper_key: str, now: datetime, *, days: int) -> list[Event]:
    """The last things a shopper did, newest first."""
    async with conn.cursor(row_factory=class_row(Event)) as cursor:
        await cursor.execute(
            """select e.kind, e.product_id, e.categories, coalesce(p.concepts, '{}') as concepts
               from shopper_events e left join products p on p.id = e.product_id
               where e.shopper_key = %s and e.at > %s order by e.at desc, e.id desc limit 40""",
            (shopper_key, now - timedelta(days=days)),
        )
        return await cursor.fetchall()


async def forget_before(conn: AsyncConnection[Any], before: datetime) -> int:
    """Delete what was noted of anybody before a moment; how much it was."""
    cursor = await conn.execute("delete from shopper_events where at < %s", (before,))
    return cursor.rowcount


async def forget_kinds(conn: AsyncConnection[Any], shopper_key: str, kinds: Sequence[str]) -> int:
    """Delete what was noted of a shopper of some kinds; how much it was."""
    cursor = await conn.execute(
        "delete from shopper_events where shopper_key = %s and kind = any(%s)", (shopper_key, list(kinds))
    )
    return cursor.rowcount


async def adopt(conn: AsyncConnection[Any], from_key: str, to_key: str) -> None:
    """What was noted of a visitor belongs to the customer they turned out to be."""
    await conn.execute(
        "update shopper_events set shopper_key = %s where shopper_key = %s", (to_key, from_key)
    )


async def forget(conn: AsyncConnection[Any], shopper_key: str) -> int:
    """Delete what was noted of a shopper; how much it was."""
    cursor = await conn.execute("delete from shopper_events where shopper_key = %s", (shopper_key,))
    return cursor.rowcount


async def count(conn: AsyncConnection[Any], shopper_key: str) -> int:
    """How much is noted of a shopper."""
    row = await (
        await conn.execute("select count(*) from shopper_events where shopper_key = %s", (shopper_key,))
    ).fetchone()
    return int(row[0]) if row else 0


async def noted(conn: AsyncConnection[Any], shopper_key: str, kind: str, text: str) -> bool:
    """Whether a sign of this kind with these words stands already."""
    cursor = await conn.execute(
        "select 1 from shopper_events where shopper_key = %s and kind = %s and text = %s limit 1",
        (shopper_key, kind, text),
    )
    return await cursor.fetchone() is not None


async def note_purchases(
    conn: AsyncConnection[Any],
    purchases: Sequence[tuple[str, Sequence[int]]],
    shoppers: Mapping[str, str],
    now: datetime,
) -> None:
    """Write which products were bought together; an order counts once however often it is told."""
    rows = [{"ref": ref, "id": id_} for ref, ids in purchases for id_ in dict.fromkeys(ids)]
    cursor = await conn.execute(
        """insert into purchases (order_ref, product_id)
           select ref, id from jsonb_to_recordset(%s::jsonb) as row (ref text, id bigint)
           where exists (select from products p where p.id = row.id)
           on conflict do nothing returning order_ref, product_id""",
        (json.dumps(rows),),
    )
    new = [{"ref": ref, "id": id_, "who": shoppers.get(ref, "")} for ref, id_ in await cursor.fetchall()]
    if not new:
        return
    told = json.dumps(new)
    await conn.execute(
        """with new as (select ref, id from jsonb_to_recordset(%s::jsonb) as row (ref text, id bigint)),
           pairs as (
               select n.id as one, p.product_id as other from new n join purchases p on p.order_ref = n.ref
                   and p.product_id <> n.id
               union all
               select p.product_id, n.id from new n join purchases p on p.order_ref = n.ref
                   and p.product_id <> n.id
                   and not exists (select from new m where m.ref = n.ref and m.id = p.product_id))
           insert into bought_together as there (product_id, other_id, orders)
           select one, other, count(*) from pairs group by one, other
           on conflict (product_id, other_id) do update set orders = there.orders + excluded.orders""",
        (told,),
    )
    await conn.execute(
        """with sold as (select id, count(*) as many
               from jsonb_to_recordset(%s::jsonb) as row (id bigint) group by id)
           update products p set sold = sold.many + p.sold from sold where sold.id = p.id""",
        (told,),
    )
    await conn.execute(
        """insert into shopper_events (shopper_key, kind, product_id, at)
           select who, 'purchase', id, %s
           from jsonb_to_recordset(%s::jsonb) as row (id bigint, who text) where who <> ''""",
        (now, told),
    )


async def bought_with(
    conn: AsyncConnection[Any], product_id: int, limit: int = 60
) -> list[tuple[int, int, int]]:
    """(product id, orders with both, times sold) of what was bought together with a product, most often first."""
    cursor = await conn.execute(
        """select b.other_id, b.orders, p.sold from bought_together b join products p on p.id = b.other_id
           where b.product_id = %s order by b.orders desc, b.other_id limit %s""",
        (product_id, limit),
    )
    return [(row[0], row[1], row[2]) for row in await cursor.fetchall()]
