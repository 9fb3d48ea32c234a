"""What is true in the shop, read from its database; and what happens there while a story is played."""

from __future__ import annotations

from typing import Any

from psycopg import AsyncConnection

from dangol.carts import tools as cart_tools
from dangol.contracts.shopfloor.baskets import CartView
from dangol.contracts.shopfloor.people import Nothing, WishesView
from dangol.kernel.clock import Clock
from dangol.kernel.shop import Shop
from dangol.kernel.tools import Shopper, Toolbox, ToolContext
from dangol.server.rehearsal.checks import World
from dangol.server.rehearsal.script import Deed, Expect

Connection = AsyncConnection[Any]
_CART = Toolbox(cart_tools.TOOLS)


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
        restock_wishes=await _restock_wishes(conn, shopper),
        wishes=tuple(item.product for item in wishes.items),
        gaps=await _gaps(conn, shopper),
    )


async def happen(conn: Connection, deed: Deed) -> None:
    """Change stock or prices as a delivery, a shop till or a merchant would; another shopper buys."""
    for sku, units in deed.stock.items():
        await conn.execute("update variants set stock = %s where sku = %s", (units, sku))
    for sku, amount in deed.price.items():
        await conn.execute("update variants set price = %s where sku = %s", (amount, sku))
    for sku, units in deed.buy_elsewhere.items():
        await conn.execute("update variants set stock = greatest(stock - %s, 0) where sku = %s", (units, sku))


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
        "select count(*) from payments p join orders o on o.number = p.order_number"
        " where o.conversation_id = %s and p.state = 'paid'",
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
