"""A shop whose customers buy and leave by a rule that is known, so that a score can be held against the truth.

Everybody buys at a rate of their own until they leave; a late parcel or a faulty thing makes leaving likelier, which no
count of purchases shows. Drawn by a seed: the same shop every time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray
from psycopg import AsyncConnection

_GAP = (12.0, 120.0)  # days between purchases
_LEAVING = 0.10  # after a purchase, of a hundred …
_AFTER_TROUBLE = 0.75  # … and after one that went wrong
_TROUBLE = 0.12


@dataclass(frozen=True)
class Order:
    """One order of the simulation; `day` counts from the first day of the shop, `amount` is in minor units."""

    customer: int
    day: float
    amount: int
    discounted: bool
    late: bool


def orders_of(customers: int, days: int, seed: int = 7) -> list[Order]:
    """Everything these customers ordered in so many days, in the order of customers and days."""
    draw = np.random.default_rng(seed)
    made: list[Order] = []
    low, high = np.log(_GAP[0]), np.log(_GAP[1])
    for customer in range(customers):
        gap = float(np.exp(draw.uniform(low, high)))
        day = float(draw.uniform(0, days * 0.75))
        mean = float(draw.lognormal(10.3, 0.5))
        saver = draw.random() < 0.25
        while day < days:
            late = bool(draw.random() < _TROUBLE)
            amount = int(draw.gamma(4, mean / 4)) + 1000
            made.append(Order(customer, day, amount, bool(draw.random() < (0.8 if saver else 0.15)), late))
            if draw.random() < (_AFTER_TROUBLE if late else _LEAVING):
                break
            day += max(1.0, float(draw.gamma(2.5, gap / 2.5)))
    return made


async def put_in(
    conn: AsyncConnection[Any], orders: list[Order], customers: int, now: datetime, days: int
) -> list[int]:
    """Write the customers and their orders, delivered, the last day being `now`; the ids of the customers."""
    first = now - timedelta(days=days)
    cursor = await conn.execute(
        "insert into customers (email, name, created) select 'c' || n || '@example.com', '고객 ' || n, %s"
        " from generate_series(0, %s) n returning id",
        (first, customers - 1),
    )
    ids = [row[0] for row in await cursor.fetchall()]
    numbers: NDArray[np.int64] = np.arange(len(orders))
    async with conn.transaction():
        async with (
            conn.cursor() as rows,
            rows.copy(
                "copy orders (number, status, source, customer_id, language, currency, subtotal, discount, total,"
                " expected_to, placed_at) from stdin"
            ) as copy,
        ):
            for number, one in zip(numbers, orders, strict=True):
                at = first + timedelta(days=one.day)
                discount = one.amount // 10 if one.discounted else 0
                await copy.write_row(
                    (
                        f"S{number}", "delivered", "import", ids[one.customer], "ko", "KRW", one.amount, discount,
                        one.amount - discount, (at + timedelta(days=3)).date(), at,
                    )
                )  # fmt: skip
        await conn.execute(
            "insert into order_lines (order_id, line, product, sku, title, quantity, unit_price, total)"
            " select id, 1, 'rice-cake', 'RC', '현미 떡', 1, subtotal, subtotal from orders"
        )
        await conn.execute(
            "insert into shipments (order_id, carrier, tracking_no, status)"
            " select id, 'cj', number, 'delivered' from orders"
        )
        late = [f"S{number}" for number, one in zip(numbers, orders, strict=True) if one.late]
        await conn.execute(
            "insert into shipment_events (shipment_id, at, status)"
            " select s.id, o.placed_at + case when o.number = any(%s) then interval '8 days' else interval '2 days' end,"
            " 'delivered' from shipments s join orders o on o.id = s.order_id",
            (late,),
        )
    await conn.execute("analyze")
    return ids
