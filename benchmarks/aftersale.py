"""After-sale turns over a full order book: the orders are made in the database, the turns are spoken over HTTP."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from joserfc import jwt
from joserfc.jwk import OctKey

from benchmarks.house import Running, build, serve
from benchmarks.talking import Talk, spread
from dangol.server.database import Database
from dangol.server.settings import Settings, shop_secret

PRODUCTS = 1_000
ROUNDS = 40
OF_A_CUSTOMER = 5
MOST_READ = 50_000
"""So many rows read in sequence by all turns together are a missing index."""
# written by the server itself, so that no row travels
_BOOK = (
    """
insert into customers (external_id, email, name, phone, created)
select 'bench-' || n, 'b' || n || '@example.com', '손님' || n, '010' || lpad(n::text, 8, '0'), now()
from generate_series(1, %(customers)s) n
""",
    """
insert into orders (number, status, customer_id, language, name, email, phone, address, currency, subtotal, total,
                    paid_with, placed_at, paid_at)
select 'B-' || n, (array['paid', 'preparing', 'shipped', 'delivered'])[1 + n %% 4], c.id, 'ko', c.name, c.email, c.phone,
       jsonb_build_object('country', 'KR', 'postcode', lpad((n %% 60000)::text, 5, '0'), 'region', '서울', 'city', '강남구',
                          'street', '테헤란로 ' || n %% 500, 'detail', '', 'recipient', c.name, 'phone', c.phone,
                          'lines', '서울 강남구 테헤란로 ' || n %% 500),
       'KRW', 60000, 60000, 'sample', now() - n * interval '10 seconds', now() - n * interval '10 seconds'
from generate_series(1, %(orders)s) n
join customers c on c.external_id = 'bench-' || (1 + (n - 1) %% %(customers)s)
""",
    """
insert into order_lines (order_id, line, product, sku, title, quantity, unit_price, total)
select o.id, line, v.handle, v.sku, v.sku, 1, 30000, 30000 from orders o cross join generate_series(1, 2) line
cross join lateral (select p.handle, v.sku from variants v join products p on p.id = v.product_id limit 1) v
where o.number like 'B-%%'
""",
    """
insert into order_events (order_id, at, kind, by)
select id, placed_at, kind, 'system' from orders cross join unnest(array['place', 'pay']) kind where number like 'B-%%'
""",
    """
insert into shipments (order_id, carrier, tracking_no, status)
select id, 'kr.cjlogistics', lpad(id::text, 12, '6'), case status when 'delivered' then 'delivered' else 'in_transit' end
from orders where number like 'B-%%' and status in ('shipped', 'delivered')
""",
    """
insert into shipment_events (shipment_id, at, status, place)
select s.id, o.placed_at + part.days * interval '1 day', part.status, '서울' from shipments s
join orders o on o.id = s.order_id
cross join (values (1, 'in_transit'), (2, 'delivered')) part (days, status)
where part.status = s.status or s.status = 'delivered'
""",
    """
insert into payments (reference, request_key, order_number, gateway, method, currency, amount, received, state,
                      vendor_ref, language, opened_at, settled_at)
select 'pay-' || number, 'key-' || number, number, 'sample', 'card', 'KRW', total, total, 'paid', 'v-' || number, 'ko',
       placed_at, placed_at
from orders where number like 'B-%%'
""",
)
_TABLES = (
    "customers",
    "orders",
    "order_lines",
    "order_events",
    "shipments",
    "shipment_events",
    "payments",
)


async def fill(conn: psycopg.AsyncConnection[Any], orders: int) -> float:
    """Write so many orders with lines, events, parcels and payments, five to a customer; seconds it took."""
    began = time.perf_counter()
    wanted = {"orders": orders, "customers": max(1, orders // OF_A_CUSTOMER)}
    async with conn.transaction():
        await conn.execute("set local synchronous_commit = off")
        for rows in _BOOK:
            await conn.execute(rows, wanted)  # type: ignore[arg-type]
    await conn.execute("vacuum analyze " + ", ".join(_TABLES))  # type: ignore[arg-type]
    await conn.execute("select pg_stat_reset()")
    return round(time.perf_counter() - began, 1)


async def read_in_sequence(conn: psycopg.AsyncConnection[Any]) -> dict[str, int]:
    """Rows of the book that were read without an index since it was filled, table by table."""
    cursor = await conn.execute(
        "select relname, seq_tup_read from pg_stat_user_tables where relname = any(%s) and seq_tup_read > %s",
        (list(_TABLES), MOST_READ),
    )
    return {row[0]: int(row[1]) for row in await cursor.fetchall()}


@dataclass
class Watch:
    """What the turns took: milliseconds on the wall and of the server's processor, kind by kind."""

    server: Running
    wall: dict[str, list[float]] = field(default_factory=dict)
    processor: dict[str, list[float]] = field(default_factory=dict)

    async def say(self, talk: Talk, kind: str, words: str) -> None:
        """Say something and note what its answer took."""
        before = self.server.spent()
        self.wall.setdefault(kind, []).append(await talk.say(words))
        self.processor.setdefault(kind, []).append((self.server.spent() - before) * 1000)

    def told(self) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
        """Spread on the wall, mean of the processor (its clock ticks are too coarse for more)."""
        wall = {kind: spread(each[2:]) for kind, each in self.wall.items()}
        return wall, {kind: round(sum(each[2:]) / len(each[2:]), 1) for kind, each in self.processor.items()}


def _guest(number: int, email: str) -> Iterator[tuple[str, str]]:
    """A guest of an order that is being prepared."""
    yield "ask", "내 주문 어디 있나요"
    yield "verify", f"주문번호 B-{number} 이메일 {email}"
    yield "track", "그 주문 언제 와요?"
    yield "cancel offer", "주문 취소해 주세요"
    yield "keep", "아니요"
    yield "address change", "배송지를 06236 서울 강남구 역삼로 10, 3층으로 바꿔주세요"
    yield "keep", "아니요"
    yield "stranger", f"주문번호 B-{number + 1} 이메일 x{number}@example.com 조회해 주세요"


def _buyer() -> Iterator[tuple[str, str]]:
    """A customer who signed in."""
    yield "list", "지난 주문 보여줘"
    yield "points", "적립금 얼마 있어요"
    yield "account", "회원정보 보여줘"
    yield "refund", "환불 언제 들어와요"


async def turns(watch: Watch, orders: int, secret: OctKey) -> None:
    """Each round a guest, a customer and somebody who sends something back, of orders all over the book."""
    customers = max(1, orders // OF_A_CUSTOMER)
    for place in range(ROUNDS):
        number = 4 * (place * orders // (4 * ROUNDS)) + 1  # every fourth is being prepared
        talk = await Talk.open(watch.server.url)
        for kind, words in _guest(number, f"b{1 + (number - 1) % customers}@example.com"):
            await watch.say(talk, kind, words)
        email = f"b{1 + place * customers // ROUNDS}@example.com"
        claims = {"sub": email, "email": email, "exp": int(time.time()) + 3600}
        talk = await Talk.open(watch.server.url, jwt.encode({"alg": "HS256"}, claims, secret))
        for kind, words in _buyer():
            await watch.say(talk, kind, words)
        number = 3 + 4 * (5_000 + place)  # delivered some days ago
        talk = await Talk.open(watch.server.url)
        await talk.say(
            f"주문번호 B-{number} 이메일 b{1 + (number - 1) % customers}@example.com 조회해 주세요"
        )
        await watch.say(talk, "return", f"B-{number} 반품하고 싶어요")
        await watch.say(talk, "return reason", "사이즈가 작아서요")


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
                with serve(data) as server:
                    await server.first_answer()
                    await server.settle()
                    watch = Watch(server)
                    await turns(watch, orders, OctKey.import_key(shop_secret(Settings(data=data))))
                scanned = await read_in_sequence(conn)
        finally:
            await database.close()
            database.leave()
    wall, processor = watch.told()
    return {
        "orders": orders, "load_s": loaded, "turn_ms": wall, "server_cpu_ms": processor, "read_in_sequence": scanned,
    }  # fmt: skip
