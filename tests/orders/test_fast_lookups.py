"""However many orders there are, what is asked after the sale is found by index."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from dangol.orders import own_records
from dangol.orders.verification import records as verification

ORDERS = 20_000


@pytest.fixture
async def book(conn: psycopg.AsyncConnection[Any]) -> psycopg.AsyncConnection[Any]:
    """An order book that is no page any more."""
    await conn.execute(
        "insert into customers (email, name, created) select 'c' || n || '@example.com', 'c', now()"
        " from generate_series(1, 2000) n"
    )
    await conn.execute(
        "insert into orders (number, status, customer_id, language, email, phone, currency, subtotal, total, placed_at)"
        " select 'N-' || n, 'paid', (select min(id) from customers) + n %% 2000, 'ko', 'c' || n || '@example.com',"
        " '010-' || lpad((n / 10000)::text, 4, '0') || '-' || lpad((n %% 10000)::text, 4, '0'), 'KRW', 1, 1,"
        " now() - n * interval '1 minute' from generate_series(1, %s) n",
        (ORDERS,),
    )
    await conn.execute("analyze orders, customers")
    return conn


async def _plans(conn: psycopg.AsyncConnection[Any], call: Any) -> str:
    """What the database did for the queries of a call, as EXPLAIN tells it."""
    asked: list[tuple[Any, Any]] = []
    execute = psycopg.AsyncCursor.execute

    async def listen(self: Any, query: Any, params: Any = None, **more: Any) -> Any:
        asked.append((query, params))
        return await execute(self, query, params, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(psycopg.AsyncCursor, "execute", listen)
        await call
    told = []
    for query, params in asked:
        cursor = conn.cursor()
        await execute(cursor, f"explain {query}", params)
        told += [row[0] for row in await cursor.fetchall()]
    assert asked
    return "\n".join(told)


async def test_after_sale_look_ups_read_no_table_from_end_to_end(book: psycopg.AsyncConnection[Any]) -> None:
    row = await (await book.execute("select min(id) from customers")).fetchone()
    assert row is not None
    for call in (
        own_records.orders_of(book, customer_id=row[0], numbers=("N-7",), limit=10),
        own_records.orders_of(book, customer_id=None, numbers=("N-7", "N-8"), number="N-7"),
        own_records.orders_of(
            book, customer_id=row[0], numbers=("N-7",), narrowed=own_records.Narrowed(product="P-1")
        ),
        verification.claimed_orders(book, "N-77", ""),
        verification.claimed_orders(book, None, "00000077"),
        verification.orders_at(book, "c77@example.com", "00000077"),
        verification.customers_at(book, "c77@example.com", ""),
    ):
        plans = await _plans(book, call)
        assert "Seq Scan on orders" not in plans
        assert "Seq Scan on customers" not in plans
