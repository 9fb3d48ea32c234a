"""Every query of orders, their parcels and checkouts; a shopper's own and announcements have their own files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, get_args

from psycopg import AsyncConnection
from psycopg.rows import class_row
from psycopg.types.json import Json, Jsonb

from dangol.contracts.shopfloor.orders import OrderStatus, ShipmentStatus
from dangol.orders.model import CheckoutRow, LineRow, OrderRow, ShipmentEventRow, ShipmentRow

Connection = AsyncConnection[Any]

_NEW_ORDER = (
    "number", "status", "source", "customer_id", "shopper_key", "conversation_id", "language", "name", "email",
    "phone", "address", "method", "currency", "subtotal", "discount", "shipping", "total", "refunded",
    "points_spent", "points_earned", "coupons", "agreed", "expected_from", "expected_to", "placed_at", "pay_until",
    "held_until", "paid_at", "paid_with", "fingerprint", "gift", "pay_with", "pay_agreed",
)  # fmt: skip


async def next_in_sequence(conn: Connection) -> int:
    """The next running figure for order numbers."""
    row = await (await conn.execute("select nextval('order_numbers')")).fetchone()
    assert row is not None
    return int(row[0])


async def insert_order(conn: Connection, values: dict[str, Any]) -> int | None:
    """Write a new order; None when its number is taken."""
    names = [name for name in _NEW_ORDER if name in values]
    row = await (
        await conn.execute(
            f"insert into orders ({', '.join(names)}) values ({', '.join(['%s'] * len(names))})"  # noqa: S608
            " on conflict (number) do nothing returning id",
            [_stored(values[name]) for name in names],
        )
    ).fetchone()
    return int(row[0]) if row else None


async def overwrite_order(conn: Connection, order_id: int, values: dict[str, Any]) -> None:
    """Write an imported order anew; its lines and parcels are written by the caller."""
    names = [name for name in _NEW_ORDER if name in values and name != "number"]
    await conn.execute(
        f"update orders set {', '.join(f'{name} = %s' for name in names)} where id = %s",  # noqa: S608
        [*(_stored(values[name]) for name in names), order_id],
    )
    await conn.execute("delete from order_lines where order_id = %s", (order_id,))


def _stored(value: Any) -> Any:
    return Json(value) if isinstance(value, dict) else value


async def insert_lines(conn: Connection, lines: Sequence[LineRow]) -> None:
    """Write the lines of new orders."""
    async with conn.cursor() as cursor:
        await cursor.executemany(
            "insert into order_lines (order_id, line, product, sku, title, options, image, quantity, unit_price, total)"
            " values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (
                    line.order_id, line.line, line.product, line.sku, line.title, Json(line.options), line.image,
                    line.quantity, line.unit_price, line.total,
                )
                for line in lines
            ],
        )  # fmt: skip


async def set_agreed_way(conn: Connection, order_id: int, way: str, amount: int) -> None:
    """Write by which way on file an order is to be paid, and how much."""
    await conn.execute(
        "update orders set pay_with = %s, pay_agreed = %s where id = %s", (way, amount, order_id)
    )


async def add_event(
    conn: Connection, order_id: int, kind: str, by: str, at: datetime, details: dict[str, Any] | None = None
) -> None:
    """Note what happened to an order."""
    await conn.execute(
        "insert into order_events (order_id, at, kind, by, details) values (%s, %s, %s, %s, %s)",
        (order_id, at, kind, by, Jsonb(details or {})),
    )


async def event_kinds(conn: Connection, order_id: int) -> set[str]:
    """What kinds of things ever happened to an order."""
    cursor = await conn.execute("select distinct kind from order_events where order_id = %s", (order_id,))
    return {row[0] for row in await cursor.fetchall()}


async def has_event(conn: Connection, order_id: int, details: dict[str, Any]) -> bool:
    """Whether something happened to an order whose details hold these."""
    cursor = await conn.execute(
        "select 1 from order_events where order_id = %s and details @> %s limit 1", (order_id, Jsonb(details))
    )
    return await cursor.fetchone() is not None


async def lock_order(conn: Connection, number: str) -> OrderRow | None:
    """An order, locked against everybody else until the transaction ends."""
    async with conn.cursor(row_factory=class_row(OrderRow)) as cursor:
        await cursor.execute("select * from orders where number = %s for update", (number,))
        return await cursor.fetchone()


async def order_by_number(conn: Connection, number: str) -> OrderRow | None:
    """An order as it stands."""
    async with conn.cursor(row_factory=class_row(OrderRow)) as cursor:
        await cursor.execute("select * from orders where number = %s", (number,))
        return await cursor.fetchone()


async def number_like(conn: Connection, number: str) -> str | None:
    """The number of an order in any case, with or without `#`."""
    row = await (
        await conn.execute(
            "select number from orders where upper(ltrim(number, '#')) = upper(ltrim(%s, '#')) limit 1",
            (number,),
        )
    ).fetchone()
    return row[0] if row else None


async def orders_by_numbers(conn: Connection, numbers: Sequence[str]) -> dict[str, OrderRow]:
    """Orders by their numbers."""
    async with conn.cursor(row_factory=class_row(OrderRow)) as cursor:
        await cursor.execute("select * from orders where number = any(%s)", (list(numbers),))
        return {row.number: row for row in await cursor.fetchall()}


async def order_by_token(
    conn: Connection, number: str, token_hash: str, *, since: datetime
) -> OrderRow | None:
    """The order a bearer token opens that was made since."""
    async with conn.cursor(row_factory=class_row(OrderRow)) as cursor:
        await cursor.execute(
            "select orders.* from orders join order_tokens on order_tokens.order_id = orders.id"
            " where orders.number = %s and order_tokens.token_hash = %s and order_tokens.made_at > %s",
            (number, token_hash, since),
        )
        return await cursor.fetchone()


async def insert_token(conn: Connection, number: str, token_hash: str, now: datetime) -> None:
    """Keep the fingerprint of a new order token."""
    await conn.execute(
        "insert into order_tokens (token_hash, order_id, made_at) select %s, id, %s from orders where number = %s",
        (token_hash, now, number),
    )


async def lines_of(conn: Connection, order_ids: Sequence[int]) -> dict[int, list[LineRow]]:
    """The lines of several orders."""
    async with conn.cursor(row_factory=class_row(LineRow)) as cursor:
        await cursor.execute(
            "select * from order_lines where order_id = any(%s) order by order_id, line", (list(order_ids),)
        )
        found: dict[int, list[LineRow]] = {order_id: [] for order_id in order_ids}
        for row in await cursor.fetchall():
            found[row.order_id].append(row)
        return found


async def shipments_of(conn: Connection, order_ids: Sequence[int]) -> dict[int, list[ShipmentRow]]:
    """The parcels of several orders."""
    async with conn.cursor(row_factory=class_row(ShipmentRow)) as cursor:
        await cursor.execute(
            "select * from shipments where order_id = any(%s) order by order_id, id", (list(order_ids),)
        )
        found: dict[int, list[ShipmentRow]] = {}
        for row in await cursor.fetchall():
            found.setdefault(row.order_id, []).append(row)
        return found


async def shipment_events_of(
    conn: Connection, shipment_ids: Sequence[int]
) -> dict[int, list[ShipmentEventRow]]:
    """The scans of several parcels, newest first; of one moment (carriers tell minutes) the one further on its way."""
    async with conn.cursor(row_factory=class_row(ShipmentEventRow)) as cursor:
        await cursor.execute(
            "select * from shipment_events where shipment_id = any(%s)"
            " order by shipment_id, at desc, array_position(%s::text[], status) desc, place",
            (list(shipment_ids), list(get_args(ShipmentStatus))),
        )
        found: dict[int, list[ShipmentEventRow]] = {}
        for row in await cursor.fetchall():
            found.setdefault(row.shipment_id, []).append(row)
        return found


async def put_shipment(
    conn: Connection,
    order_id: int,
    carrier: str,
    tracking_no: str,
    status: ShipmentStatus,
    eta: date | None,
    now: datetime,
) -> int:
    """Write a parcel, or how it stands now; returns its id. One under way is asked for from now on."""
    row = await (
        await conn.execute(
            "insert into shipments (order_id, carrier, tracking_no, status, eta, ask_at)"
            " values (%(order)s, %(carrier)s, %(no)s, %(status)s, %(eta)s,"
            "  case when %(status)s in ('delivered', 'returned') then null else %(now)s::timestamptz end)"
            " on conflict (order_id, carrier, tracking_no) do update set status = excluded.status,"
            " eta = coalesce(excluded.eta, shipments.eta),"
            " ask_at = case when excluded.ask_at is null then null else shipments.ask_at end returning id",
            {
                "order": order_id,
                "carrier": carrier,
                "no": tracking_no,
                "status": status,
                "eta": eta,
                "now": now,
            },
        )
    ).fetchone()
    assert row is not None
    return int(row[0])


async def add_scan(
    conn: Connection, shipment_id: int, at: datetime, status: ShipmentStatus, place: str, text: str
) -> bool:
    """Note a scan of a parcel; False when it was known."""
    cursor = await conn.execute(
        "insert into shipment_events (shipment_id, at, status, place, text) values (%s, %s, %s, %s, %s)"
        " on conflict do nothing",
        (shipment_id, at, status, place, text),
    )
    return cursor.rowcount == 1


async def set_status(conn: Connection, order_id: int, status: OrderStatus) -> None:
    """Set the status an event led to."""
    await conn.execute("update orders set status = %s where id = %s", (status, order_id))


async def set_paid(conn: Connection, order_id: int, now: datetime, paid_with: str | None) -> None:
    """Note when and with what an order was paid."""
    await conn.execute(
        "update orders set paid_at = %s, paid_with = %s, held_until = null where id = %s",
        (now, paid_with, order_id),
    )


async def set_held(conn: Connection, order_id: int, until: datetime | None) -> None:
    """Note until when the goods of an order are kept; None: they are not."""
    await conn.execute("update orders set held_until = %s where id = %s", (until, order_id))


async def set_why_cancelled(conn: Connection, order_id: int, why: str | None) -> None:
    """Note why an order was cancelled (None: it is not any more)."""
    await conn.execute("update orders set why_cancelled = %s where id = %s", (why, order_id))


async def set_address(
    conn: Connection, order_id: int, address: dict[str, Any], amounts: dict[str, int]
) -> None:
    """Write where an order goes now, and what delivery and all of it cost."""
    await conn.execute(
        "update orders set address = %s, shipping = %s, total = %s where id = %s",
        (Jsonb(address), amounts["shipping"], amounts["total"], order_id),
    )


async def set_expected(conn: Connection, order_id: int, earliest: date, latest: date) -> None:
    """Write when an order is expected now."""
    await conn.execute(
        "update orders set expected_from = %s, expected_to = %s where id = %s", (earliest, latest, order_id)
    )


async def swap_line(
    conn: Connection, order_id: int, line: int, sku: str, options: dict[str, str], image: str, total: int
) -> None:
    """Write another variant into a line, with what the line costs now."""
    await conn.execute(
        "update order_lines set sku = %s, options = %s, image = %s, total = %s, unit_price = %s / quantity"
        " where order_id = %s and line = %s",
        (sku, Json(options), image, total, total, order_id, line),
    )


async def add_to_total(conn: Connection, order_id: int, difference: int) -> None:
    """Goods of an order cost more, or less, than before."""
    await conn.execute(
        "update orders set subtotal = subtotal + %s, total = total + %s where id = %s",
        (difference, difference, order_id),
    )


async def add_refunded(conn: Connection, order_id: int, amount: int) -> None:
    """Add to what was given back of an order; never above its total."""
    await conn.execute(
        "update orders set refunded = least(total, refunded + %s) where id = %s", (amount, order_id)
    )


async def due_numbers(conn: Connection, now: datetime, limit: int) -> list[str]:
    """Unpaid orders whose hold or whose time to pay is over."""
    cursor = await conn.execute(
        "select number from orders where status = 'pending_payment' and (pay_until <= %s or held_until <= %s)"
        " order by placed_at limit %s",
        (now, now, limit),
    )
    return [row[0] for row in await cursor.fetchall()]


async def history_of(conn: Connection, customer_id: int) -> tuple[int, str | None, list[str], str | None]:
    """How many orders a customer made, the newest's number and titles, and what they last paid with."""
    row = await (
        await conn.execute(
            "with mine as (select id, number, placed_at, paid_with, status from orders where customer_id = %(c)s),"
            " last as (select id, number from mine where status not in ('pending_payment', 'cancelled')"
            "          order by placed_at desc, id desc limit 1)"
            " select (select count(*) from mine where status not in ('pending_payment', 'cancelled')),"
            " (select number from last),"
            " (select coalesce(array_agg(title order by line), '{}') from order_lines join last on order_id = last.id),"
            " (select paid_with from mine where paid_with is not null order by placed_at desc, id desc limit 1)",
            {"c": customer_id},
        )
    ).fetchone()
    assert row is not None
    return int(row[0]), row[1], list(row[2]), row[3]


async def checkout_of(conn: Connection, shopper_key: str, *, lock: bool = False) -> CheckoutRow:
    """What was given in a checkout so far; an empty one when nothing was."""
    async with conn.cursor(row_factory=class_row(CheckoutRow)) as cursor:
        query = (
            "select shopper_key, name, email, phone, address, address_text, address_lacks, method,"
            " order_number, proved, gift from checkouts where shopper_key = %s"
        )
        await cursor.execute(f"{query} for update" if lock else query, (shopper_key,))
        return await cursor.fetchone() or CheckoutRow(shopper_key)


async def put_checkout(conn: Connection, row: CheckoutRow, now: datetime) -> None:
    """Keep what was given."""
    await conn.execute(
        "insert into checkouts (shopper_key, name, email, phone, address, address_text, address_lacks, method,"
        " order_number, proved, gift, updated_at) values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
        " on conflict (shopper_key) do update set name = excluded.name, email = excluded.email,"
        " phone = excluded.phone, address = excluded.address, address_text = excluded.address_text,"
        " address_lacks = excluded.address_lacks, method = excluded.method,"
        " order_number = excluded.order_number, proved = excluded.proved, gift = excluded.gift,"
        " updated_at = excluded.updated_at",
        (
            row.shopper_key, row.name, row.email, row.phone, Jsonb(row.address) if row.address else None,
            row.address_text, list(row.address_lacks), row.method, row.order_number, row.proved,
            Jsonb(row.gift) if row.gift is not None else None, now,
        ),
    )  # fmt: skip


async def drop_checkout(conn: Connection, shopper_key: str) -> None:
    """Nothing of an abandoned checkout is kept."""
    await conn.execute("delete from checkouts where shopper_key = %s", (shopper_key,))


async def forget_checkouts(conn: Connection, before: datetime) -> int:
    """Delete contacts and addresses of checkouts nobody went on with since a moment; how many."""
    return (await conn.execute("delete from checkouts where updated_at < %s", (before,))).rowcount
