"""Every query of the returns room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from psycopg import AsyncConnection
from psycopg.rows import class_row
from psycopg.types.json import Json, Jsonb

from dangol.contracts.shopfloor.returns import ReturnStatus
from dangol.returns.model import Back, ReturnLineRow, ReturnRow, Step
from dangol.returns.rules import FAILED

Connection = AsyncConnection[Any]
Which = Literal["waiting", "open", "all"]


async def next_in_sequence(conn: Connection) -> int:
    """The next running figure for return numbers."""
    row = await (await conn.execute("select nextval('return_numbers')")).fetchone()
    assert row is not None
    return int(row[0])


async def _returns(conn: Connection, where: str, values: Any) -> list[ReturnRow]:
    async with conn.cursor(row_factory=class_row(ReturnRow)) as cursor:
        await cursor.execute(f"select * from returns where {where}", values)  # noqa: S608
        return await cursor.fetchall()


async def insert_return(conn: Connection, values: dict[str, Any]) -> ReturnRow:
    """Write a new return."""
    names = list(values)
    async with conn.cursor(row_factory=class_row(ReturnRow)) as cursor:
        await cursor.execute(
            f"insert into returns ({', '.join(names)}) values ({', '.join(['%s'] * len(names))})"  # noqa: S608
            " returning *",
            list(values.values()),
        )
        row = await cursor.fetchone()
        assert row is not None
        return row


async def insert_lines(conn: Connection, lines: Sequence[ReturnLineRow]) -> None:
    """Write the lines of a new return."""
    async with conn.cursor() as cursor:
        await cursor.executemany(
            "insert into return_lines (return_id, line, sku, product, title, options, quantity, share, points, new_sku,"
            " new_options, new_price) values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (
                    each.return_id, each.line, each.sku, each.product, each.title, Json(each.options), each.quantity,
                    each.share, each.points, each.new_sku, Json(each.new_options), each.new_price,
                )
                for each in lines
            ],
        )  # fmt: skip


async def return_by_key(conn: Connection, key: str) -> ReturnRow | None:
    """The return a call asked for."""
    return next(iter(await _returns(conn, "request_key = %s", (key,))), None)


async def return_by_number(conn: Connection, number: str, *, lock: bool = False) -> ReturnRow | None:
    """A return by its number; locked inside a transaction when asked, after its order."""
    where = "upper(number) = upper(%s) for update" if lock else "upper(number) = upper(%s)"
    return next(iter(await _returns(conn, where, (number,))), None)


async def return_row(conn: Connection, return_id: int) -> ReturnRow | None:
    """A return."""
    return next(iter(await _returns(conn, "id = %s", (return_id,))), None)


async def returns_of_orders(conn: Connection, orders: Sequence[str], limit: int = 100) -> list[ReturnRow]:
    """The returns of some orders, newest first."""
    where = "order_number = any(%s) order by id desc limit %s"
    return await _returns(conn, where, (list(orders), limit))


async def waiting_for_person(conn: Connection, limit: int = 200) -> list[ReturnRow]:
    """Returns that only a person can take further, oldest first."""
    where = (
        "status not in ('refunded', 'exchanged', 'refused', 'cancelled')"
        " and (status in ('requested', 'label_created', 'picked_up', 'in_transit')"
        "      or trouble is not null and due_at is null) order by id limit %s"
    )
    return await _returns(conn, where, (limit,))


_OPEN = "status not in ('refunded', 'exchanged', 'refused', 'cancelled')"
_WHICH: dict[Which, str] = {
    "waiting": f"{_OPEN} and (status in ('requested', 'label_created', 'picked_up', 'in_transit')"
    " or trouble is not null and due_at is null)",
    "open": _OPEN,
    "all": "true",
}


async def listed(
    conn: Connection, which: Which, *, before: int | None = None, limit: int = 50
) -> list[ReturnRow]:
    """Returns that only staff can take further, all that are under way, or every one; newest first."""
    where = f"{_WHICH[which]} and (%s::bigint is null or id < %s) order by id desc limit %s"
    return await _returns(conn, where, (before, before, limit))


async def lines_of(conn: Connection, return_ids: Sequence[int]) -> dict[int, list[ReturnLineRow]]:
    """The lines of several returns."""
    async with conn.cursor(row_factory=class_row(ReturnLineRow)) as cursor:
        await cursor.execute(
            "select * from return_lines where return_id = any(%s) order by return_id, line",
            (list(return_ids),),
        )
        found: dict[int, list[ReturnLineRow]] = {one: [] for one in return_ids}
        for row in await cursor.fetchall():
            found[row.return_id].append(row)
        return found


async def came_back(conn: Connection, order: str) -> dict[int, Back]:
    """What of each line of an order is in returns that stand."""
    cursor = await conn.execute(
        "select l.line, sum(coalesce(l.received, l.quantity)), sum(l.share), sum(l.points), array_agg(distinct r.kind)"
        " from return_lines l join returns r on r.id = l.return_id"
        " where r.order_number = %s and r.status <> all(%s) group by l.line",
        (order, sorted(FAILED)),
    )
    return {
        row[0]: Back(int(row[1]), int(row[2]), int(row[3]), frozenset(row[4]))
        for row in await cursor.fetchall()
    }


async def promised(conn: Connection, order: str) -> dict[str, int]:
    """Money of each return that stands and does not show in the order itself: not given back yet, or as points."""
    cursor = await conn.execute(
        "select number, refund from returns where order_number = %s and status <> all(%s)"
        " and refund > 0 and (settled_at is null or way = 'points')",
        (order, sorted(FAILED)),
    )
    return {row[0]: int(row[1]) for row in await cursor.fetchall()}


async def shipped_back(conn: Connection, order: str) -> int:
    """How much of the first delivery is in returns that stand."""
    row = await (
        await conn.execute(
            "select coalesce(sum(shipping), 0) from returns where order_number = %s and status <> all(%s)",
            (order, sorted(FAILED)),
        )
    ).fetchone()
    assert row is not None
    return int(row[0])


async def set_status(
    conn: Connection, row: ReturnRow, status: ReturnStatus, *, due_at: datetime | None = None
) -> None:
    """Set the status an event led to; `due_at`: when the workers take it further."""
    await conn.execute(
        "update returns set status = %s, due_at = %s, trouble = null, attempts = 0 where id = %s",
        (status, due_at, row.id),
    )
    if due_at is not None:
        await _call(conn, row.id)


def stage(row: ReturnRow) -> str:
    """What is to be done next with a return, as one word: another stage is another piece of work."""
    return f"{row.status}.{row.way}"


async def _call(conn: Connection, return_id: int) -> None:
    """Have the workers take a return further once the transaction is through."""
    await conn.execute(
        "select pg_notify('returns', id || ' ' || status || '.' || way) from returns where id = %s",
        (return_id,),
    )


async def set_send_by(conn: Connection, row: ReturnRow, day: date | None) -> None:
    """Write by when the goods are to be handed over."""
    await conn.execute("update returns set send_by = %s where id = %s", (day, row.id))


async def set_booking(
    conn: Connection,
    row: ReturnRow,
    *,
    carrier: str,
    tracking_no: str,
    pickup_no: str,
    pickup_on: date | None,
) -> None:
    """Write what the carrier gave; goods it fetches need not be handed over before it comes."""
    await conn.execute(
        "update returns set carrier = %s, tracking_no = %s, pickup_no = %s, pickup_on = %s,"
        " send_by = case when send_by is not null then greatest(send_by, %s::date) end where id = %s",
        (carrier, tracking_no, pickup_no, pickup_on, pickup_on, row.id),
    )


async def set_received(conn: Connection, return_id: int, line: int, received: int, sellable: int) -> None:
    """Write what was found when the goods were looked at."""
    await conn.execute(
        "update return_lines set received = %(received)s, sellable = %(sellable)s,"
        " share = share * %(received)s / quantity, points = points * %(received)s / quantity"
        " where return_id = %(return)s and line = %(line)s",
        {"received": received, "sellable": sellable, "return": return_id, "line": line},
    )


async def set_terms(
    conn: Connection,
    row: ReturnRow,
    *,
    goods: int,
    shipping: int,
    fee: int,
    refund: int,
    points: int,
    now: datetime,
) -> None:
    """What is given back once it is known what came."""
    await conn.execute(
        "update returns set goods = %s, shipping = %s, fee = %s, refund = %s, points = %s, received_at = %s"
        " where id = %s",
        (goods, shipping, fee, refund, points, now, row.id),
    )


async def set_way(conn: Connection, row: ReturnRow, way: str, days: tuple[int, int], now: datetime) -> None:
    """The money goes another way; it is taken up again at once."""
    await conn.execute(
        "update returns set way = %s, method = null, days = %s, trouble = null, attempts = 0, due_at = %s where id = %s",
        (way, list(days), now, row.id),
    )
    await _call(conn, row.id)


async def set_trouble(conn: Connection, row: ReturnRow, trouble: str, again_at: datetime | None) -> None:
    """Something stands in the way; it is tried again at a moment, or (None) waits for somebody."""
    await conn.execute(
        "update returns set trouble = %s, attempts = attempts + 1, due_at = %s where id = %s",
        (trouble, again_at, row.id),
    )


async def set_settled(conn: Connection, row: ReturnRow, now: datetime) -> None:
    """The money is where it belongs."""
    await conn.execute("update returns set settled_at = %s where id = %s", (now, row.id))


async def due(conn: Connection, now: datetime, limit: int = 1000) -> list[ReturnRow]:
    """Returns the workers take further now, oldest first."""
    return await _returns(conn, "due_at <= %s order by due_at, id limit %s", (now, limit))


async def unpaid_exchanges(conn: Connection) -> list[ReturnRow]:
    """Exchanges whose new order was cancelled because the difference was not paid."""
    return await _returns(
        conn,
        "kind = 'exchange' and status in ('requested', 'approved', 'label_created') and replacement in"
        " (select number from orders where status = 'cancelled') order by id limit 200",
        (),
    )


async def add_event(
    conn: Connection, return_id: int, kind: str, by: str, at: datetime, details: dict[str, Any] | None = None
) -> None:
    """Note what happened to a return."""
    await conn.execute(
        "insert into return_events (return_id, at, kind, by, details) values (%s, %s, %s, %s, %s)",
        (return_id, at, kind, by, Jsonb(details or {})),
    )


async def events_of(conn: Connection, return_id: int) -> list[Step]:
    """What happened to a return, oldest first."""
    async with conn.cursor(row_factory=class_row(Step)) as cursor:
        await cursor.execute(
            "select at, kind, by, details from return_events where return_id = %s order by id", (return_id,)
        )
        return await cursor.fetchall()
