"""After-sale turns over a full order book: the orders are made in the database, the turns are spoken over HTTP."""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx
import psycopg

from benchmarks.house import build, serve
from benchmarks.talking import Talk, spread
from dangol.server.database import Database

PRODUCTS = 1_000
ROUNDS = 40
_ORDERS = """
insert into orders (number, status, customer_id, language, name, email, phone, address, currency, subtotal, total,
                    placed_at, paid_at)
select 'B-' || n, (array['paid', 'preparing', 'shipped', 'delivered'])[1 + n %% 4], null, 'ko', '손님' || n,
       'b' || n || '@example.com', '010-' || lpad((n / 10000)::text, 4, '0') || '-' || lpad((n %% 10000)::text, 4, '0'),
       jsonb_build_object('country', 'KR', 'postcode', lpad((n %% 60000)::text, 5, '0'), 'lines', '서울 ' || n),
       'KRW', 30000, 30000, now() - n * interval '10 seconds', now() - n * interval '10 seconds'
from generate_series(1, %s) n
"""
_LINES = """
insert into order_lines (order_id, line, product, sku, title, quantity, unit_price, total)
select o.id, 1, v.handle, v.sku, v.sku, 1, 30000, 30000 from orders o
cross join lateral (select p.handle, v.sku from variants v join products p on p.id = v.product_id limit 1) v
where o.number like 'B-%%'
"""
_EVENTS = """
insert into order_events (order_id, at, kind, by)
select id, placed_at, 'place', 'system' from orders where number like 'B-%%'
"""


async def fill(conn: psycopg.AsyncConnection[Any], orders: int) -> float:
    """Write so many orders with a line and an event each; seconds it took."""
    began = time.perf_counter()
    async with conn.transaction():
        await conn.execute(_ORDERS, (orders,))
        await conn.execute(_LINES, ())
        await conn.execute(_EVENTS, ())
    await conn.execute("analyze orders, order_lines, order_events")
    return round(time.perf_counter() - began, 1)


async def turns(url: str, orders: int) -> dict[str, dict[str, float]]:
    """Milliseconds of each kind of after-sale turn, each visit a guest with an order of their own."""
    taken: dict[str, list[float]] = {}
    async with httpx.AsyncClient(base_url=url, timeout=60) as client:
        for place in range(ROUNDS):
            number = 4 * (place * orders // (4 * ROUNDS)) + 1  # every fourth is being prepared
            talk = await Talk.open(client)
            visit = (
                ("ask", "내 주문 어디 있나요"),
                ("verify", f"주문번호 B-{number} 이메일 b{number}@example.com"),
                ("track", "그 주문 언제 와요?"),
                ("cancel", "주문 취소해 주세요"),
                ("keep", "아니요"),
                ("stranger", f"주문번호 B-{number + 1} 이메일 b{number}@example.com 조회해 주세요"),
            )
            for kind, words in visit:
                taken.setdefault(kind, []).append(await talk.say(words))
    return {kind: spread(each[2:]) for kind, each in taken.items()}


async def measure(orders: int) -> dict[str, Any]:
    """Load the order book and measure the turns over it."""
    with tempfile.TemporaryDirectory(prefix="dangol-bench-") as folder:
        data = Path(folder) / "data"
        await build(data, PRODUCTS)
        database = await asyncio.to_thread(Database.prepare, None, data)
        await database.open()
        try:
            async with database.connection() as conn:
                loaded = await fill(conn, orders)
        finally:
            await database.close()
            database.leave()
        with serve(data) as server:
            await server.first_answer()
            await server.settle()
            return {"orders": orders, "load_s": loaded, "turn_ms": await turns(server.url, orders)}
