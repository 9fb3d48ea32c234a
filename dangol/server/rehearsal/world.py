"""What is true in the shop, read from its database; and what happens there while a story is played.

It reads the rooms' tables by SQL and not through their `api.py`, on purpose: a story must not be judged by the very code it
plays, and nobody but a story may set a stock or a price from outside.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

from psycopg import AsyncConnection, sql
from psycopg.types.json import Json, Jsonb

from dangol.carts import tools as cart_tools
from dangol.catalog import api as catalog
from dangol.contracts.shopfloor.baskets import CartView
from dangol.contracts.shopfloor.people import Nothing, WishesView
from dangol.contracts.shopfloor.returns import ReceiveReturn
from dangol.kernel.clock import Clock
from dangol.kernel.shop import Shop
from dangol.kernel.tools import Shopper, Toolbox, ToolContext
from dangol.orders import api as orders
from dangol.returns import api as returns
from dangol.server.rehearsal.checks import World
from dangol.server.rehearsal.script import Deed, Expect, Ordered

Connection = AsyncConnection[Any]
_CART = Toolbox(cart_tools.TOOLS)
_PATIENCE, _GLANCE = (
    200,
    0.1,
)  # how often, and how many seconds apart, it is looked whether the workers are done


async def look(conn: Connection, shop: Shop, shopper: Shopper, clock: Clock, expect: Expect) -> World:
    """The shop as this shopper's story may check it."""
    ctx = ToolContext(conn=conn, shop=shop, now=clock.now(), language=shop.language, shopper=shopper)
    cart: CartView = await _CART["view_cart"].run(ctx, Nothing())
    wishes: WishesView = await _CART["list_wishes"].run(ctx, Nothing())
    return World(
        cart={line.sku: line.quantity for line in cart.lines},
        discounts=tuple(each.code or each.kind for each in cart.discounts),
        orders=await _orders(conn, shopper),
        paid=await _paid(conn, shopper),
        stock=await _stock(conn, list(expect.stock)),
        prices=await _prices(conn),
        order=await _statuses(conn, list(expect.order)),
        refunds=await _refunds(conn, list(expect.refunds)),
        returns=await _returns(conn, list(expect.returns)),
        restock_wishes=await _restock_wishes(conn, shopper),
        wishes=tuple(item.product for item in wishes.items),
        gaps=await _gaps(conn, shopper),
    )


async def happen(conn: Connection, shop: Shop, deed: Deed, now: datetime) -> None:
    """Change stock or prices as a delivery, a shop till or a merchant would; another shopper buys."""
    for sku, units in deed.stock.items():
        await conn.execute("update variants set stock = %s where sku = %s", (units, sku))
    for sku, amount in deed.price.items():
        await conn.execute("update variants set price = %s where sku = %s", (amount, sku))
    for sku, units in deed.buy_elsewhere.items():
        await conn.execute("update variants set stock = greatest(stock - %s, 0) where sku = %s", (units, sku))
    if deed.order is not None:
        async with conn.transaction():
            await _take_order(conn, shop, deed.order, now)
    if deed.receive is not None:
        await _receive(conn, shop, deed.receive, now)
    if deed.booked is not None:
        await _booked(conn, deed.booked)
    if deed.parcel is not None:
        told = deed.parcel
        number = await _newest_order(conn) if told.order == "last" else told.order
        await orders.record_shipment(
            conn, number, carrier=told.carrier, tracking_no=told.tracking_no, status=told.status, at=now,
            now=now, place=told.place, last=told.last,
        )  # fmt: skip


async def _newest_order(conn: Connection) -> str:
    rows = await _rows(conn, "select number from orders where source = 'shop' order by id desc limit 1")
    return str(rows[0][0])


async def _receive(conn: Connection, shop: Shop, order: str, now: datetime) -> None:
    """Staff take in what comes back of an order; the workers of the shop settle it meanwhile."""
    number = order
    if order == "last":
        rows = await _rows(conn, "select order_number from returns order by id desc limit 1")
        number = rows[0][0]
    for _ in range(_PATIENCE):
        rows = await _rows(
            conn, "select number, status from returns where order_number = %s order by id desc", number
        )
        name, status = rows[0]
        if status == "label_created":
            await returns.receive(conn, shop, ReceiveReturn(number=name), "staff", now)
        settled = await _rows(
            conn, "select 1 from returns where number = %s and status <> 'approved' and due_at is null", name
        )
        if settled and status not in ("approved", "label_created"):
            return
        await asyncio.sleep(_GLANCE)


async def _booked(conn: Connection, order: str) -> None:
    """Wait until the workers have booked the parcel in which goods of an order come back."""
    for _ in range(_PATIENCE):
        if await _rows(
            conn, "select 1 from returns where order_number = %s and status = 'label_created'", order
        ):
            return
        await asyncio.sleep(_GLANCE)


async def _take_order(conn: Connection, shop: Shop, wanted: Ordered, now: datetime) -> None:
    """Write an order as another shop system would have brought it; one of a former playing makes room."""
    await _make_room(conn, wanted.number, f"{wanted.number}-{now:%H%M%S%f}")
    sold = await catalog.variants(conn, list(wanted.lines), shop.language, shop)
    total = sum(sold[sku].price.amount * units for sku, units in wanted.lines.items())
    address = {
        "country": "KR", "postcode": wanted.postcode, "lines": wanted.address, "recipient": wanted.name,
        "phone": wanted.phone,
        **{name: said for name, said in (wanted.gift or {}).items() if name != "note"},
    }  # fmt: skip
    row = await (
        await conn.execute(
            "insert into orders (number, status, customer_id, language, name, email, phone, address, currency,"
            " subtotal, total, placed_at, paid_at, gift) values (%(number)s, %(status)s,"
            " (select id from customers where lower(email) = lower(%(email)s)), 'ko', %(name)s, %(email)s, %(phone)s,"
            " %(address)s, %(currency)s, %(total)s, %(total)s, %(placed)s, %(placed)s, %(gift)s) returning id",
            {
                **wanted.model_dump(include={"number", "status", "name", "email", "phone"}),
                "address": Jsonb(address),
                "gift": Jsonb(wanted.gift) if wanted.gift else None,
                "currency": shop.currency,
                "total": total,
                "placed": now - timedelta(days=wanted.days_ago),
            },
        )
    ).fetchone()
    assert row is not None
    for place, (sku, units) in enumerate(wanted.lines.items(), 1):
        one = sold[sku]
        await conn.execute(
            "insert into order_lines (order_id, line, product, sku, title, options, quantity, unit_price, total)"
            " values (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            (
                row[0], place, one.product, sku, one.title, Json(one.options), units, one.price.amount,
                one.price.amount * units,
            ),
        )  # fmt: skip
    if wanted.arrived_days_ago is not None:
        arrived = now - timedelta(days=wanted.arrived_days_ago)
        parcel = await (
            await conn.execute(
                "insert into shipments (order_id, carrier, tracking_no, status) values (%s, 'kr.cjlogistics',"
                " '912345678901', 'delivered') returning id",
                (row[0],),
            )
        ).fetchone()
        assert parcel is not None
        await conn.execute(
            "insert into shipment_events (shipment_id, at, status) values (%s, %s, 'delivered')",
            (parcel[0], arrived),
        )


_NAMING_ORDERS = """
    select c.conrelid::regclass::text, a.attname
    from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    join pg_attribute named on named.attrelid = c.confrelid and named.attnum = c.confkey[1]
    where c.contype = 'f' and c.confrelid = 'orders'::regclass and named.attname = 'number'
"""


async def _make_room(conn: Connection, number: str, old: str) -> None:
    """Let an order of a former playing go by another number, with its payments, returns and whatever else names it.

    What names it hangs on a stand-in meanwhile, since no order may lose its number while something still names it.
    """
    if not await _rows(conn, "select 1 from orders where number = %s", number):
        return
    naming = [
        sql.SQL("update {} set {column} = %s where {column} = %s").format(
            sql.Identifier(table), column=sql.Identifier(column)
        )
        for table, column in await _rows(conn, _NAMING_ORDERS)
    ]
    aside = f"{old}-aside"
    await conn.execute(
        "insert into orders (number, status, language, currency, subtotal, total, placed_at)"
        " select %s, status, language, currency, subtotal, total, placed_at from orders where number = %s",
        (aside, number),
    )
    for update in naming:
        await conn.execute(update, (aside, number))
    await conn.execute("update orders set number = %s where number = %s", (old, number))
    for update in naming:
        await conn.execute(update, (old, aside))
    await conn.execute("delete from orders where number = %s", (aside,))


async def _statuses(conn: Connection, numbers: list[str]) -> dict[str, str]:
    rows = await _rows(conn, "select number, status from orders where number = any(%s)", numbers)
    return {row[0]: row[1] for row in rows}


async def _returns(conn: Connection, numbers: list[str]) -> dict[str, str]:
    rows = await _rows(
        conn,
        "select distinct on (order_number) order_number, status from returns where order_number = any(%s)"
        " order by order_number, id desc",
        numbers,
    )
    newest = await _rows(conn, "select 'last', status from returns order by id desc limit 1")
    return {row[0]: row[1] for row in (*rows, *newest)}


async def _refunds(conn: Connection, numbers: list[str]) -> dict[str, int]:
    rows = await _rows(
        conn,
        "select p.order_number, sum(r.amount) from refunds r join payments p on p.id = r.payment_id"
        " where p.order_number = any(%s) and r.state <> 'refused' group by 1",
        numbers,
    )
    return {row[0]: int(row[1]) for row in rows}


async def _rows(conn: Connection, query: str, *values: object) -> list[tuple[Any, ...]]:
    cursor = await conn.execute(query, values)
    return await cursor.fetchall()


async def _orders(conn: Connection, shopper: Shopper) -> tuple[str, ...]:
    rows = await _rows(
        conn,
        "select status from orders where conversation_id = %s order by placed_at desc, number desc",
        shopper.conversation_id,
    )
    return tuple(row[0] for row in rows)


async def _paid(conn: Connection, shopper: Shopper) -> int:
    rows = await _rows(
        conn,
        "select (select count(*) from payments p join orders o on o.number = p.order_number"
        "  where o.conversation_id = %s and p.state = 'paid')"
        " + (select count(*) from order_entries e join orders o on o.number = e.order_number"
        "  where o.conversation_id = %s and e.kind = 'payment')",
        shopper.conversation_id,
        shopper.conversation_id,
    )
    return int(rows[0][0])


async def _stock(conn: Connection, skus: list[str]) -> dict[str, int]:
    return {
        row[0]: row[1]
        for row in await _rows(conn, "select sku, stock from variants where sku = any(%s)", skus)
    }


async def _prices(conn: Connection) -> dict[str, int]:
    return {row[0]: row[1] for row in await _rows(conn, "select sku, price from variants")}


async def _restock_wishes(conn: Connection, shopper: Shopper) -> int:
    rows = await _rows(conn, "select count(*) from restock_wishes where shopper = %s", shopper.key)
    return int(rows[0][0])


async def _gaps(conn: Connection, shopper: Shopper) -> int:
    rows = await _rows(conn, "select count(*) from gaps where conversation_id = %s", shopper.conversation_id)
    return int(rows[0][0])
