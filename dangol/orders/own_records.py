"""Every query of a shopper's own orders: the newest, one by its number, those of a time, a product or a state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row

from dangol.contracts.shopfloor.orders import OrderStatus
from dangol.orders.model import OrderRow

Connection = AsyncConnection[Any]
MOST_SEARCHED = 500
"""Among how many of somebody's newest orders goods are looked for by their names."""

_ONE_OF_THEIRS = """
    select * from orders where upper(ltrim(number, '#')) = upper(ltrim(%(number)s, '#'))
    and (customer_id = %(customer)s or number = any(%(numbers)s::text[])) limit %(limit)s"""
# two look-ups by index, however many orders there are
_THEIRS = """
    select * from orders where id in (
        (select id from orders where customer_id = %(customer)s order by placed_at desc limit %(limit)s)
        union all
        (select id from orders where number = any(%(numbers)s::text[]))
    ) order by placed_at desc, id desc limit %(limit)s"""
_NARROWED = """
    from orders where (customer_id = %(customer)s or number = any(%(numbers)s::text[]))
    and (%(product)s::text is null
         or exists (select 1 from order_lines where order_id = orders.id and product = %(product)s))
    and (%(since)s::timestamptz is null or (not %(arrived)s and placed_at >= %(since)s and placed_at < %(until)s)
         or (%(arrived)s and exists (select 1 from shipments s join shipment_events e on e.shipment_id = s.id
             where s.order_id = orders.id and e.status = 'delivered' and e.at >= %(since)s and e.at < %(until)s)))
    and (%(before)s::text is null
         or (placed_at, id) < (select placed_at, id from orders where number = %(before)s))"""
_CHOSEN = """
    and (%(statuses)s::text[] is null or status = any(%(statuses)s::text[]))
    and (%(among)s::bigint[] is null or id = any(%(among)s::bigint[]))
    order by placed_at desc, id desc limit %(limit)s"""


@dataclass(frozen=True)
class Narrowed:
    """Which of somebody's orders are meant; what is not said does not narrow. `before`: the number of an order that they
    came before; `since` and `until` are moments in which they were placed, or with `arrived` delivered."""

    product: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    arrived: bool = False
    before: str | None = None
    statuses: tuple[OrderStatus, ...] = ()
    among: tuple[int, ...] | None = None


_ALL = Narrowed()


async def orders_of(
    conn: Connection,
    *,
    customer_id: int | None,
    numbers: Sequence[str] = (),
    number: str | None = None,
    narrowed: Narrowed = _ALL,
    limit: int = 3,
) -> list[OrderRow]:
    """Orders of a customer, and those of these numbers, newest first; only that number, or those that are meant."""
    said = {"customer": customer_id, "numbers": list(numbers), "number": number, "limit": limit}
    if number is not None:
        query = _ONE_OF_THEIRS
    elif narrowed == _ALL:
        query = _THEIRS
    else:
        query, said = f"select * {_NARROWED} {_CHOSEN}", {**said, **_values(narrowed)}
    async with conn.cursor(row_factory=class_row(OrderRow)) as cursor:
        await cursor.execute(query, said)
        return await cursor.fetchall()


async def goods_of(
    conn: Connection, *, customer_id: int | None, numbers: Sequence[str], narrowed: Narrowed
) -> list[tuple[int, str, list[str]]]:
    """What is in those orders, whatever their state: the order's id, the title and the options of each line."""
    newest = f"select id {_NARROWED} order by placed_at desc, id desc limit %(limit)s"
    cursor = await conn.execute(
        f"select order_id, title, options from order_lines where order_id in ({newest})",  # noqa: S608
        {"customer": customer_id, "numbers": list(numbers), "limit": MOST_SEARCHED, **_values(narrowed)},
    )
    return [(row[0], row[1], [str(each) for each in row[2].values()]) for row in await cursor.fetchall()]


def _values(narrowed: Narrowed) -> dict[str, Any]:
    return {
        "product": narrowed.product,
        "since": narrowed.since,
        "until": narrowed.until,
        "arrived": narrowed.arrived,
        "before": narrowed.before,
        "statuses": list(narrowed.statuses) or None,
        "among": None if narrowed.among is None else list(narrowed.among),
    }
