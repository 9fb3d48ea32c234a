"""Somebody's own orders, many of them: by goods, time, state, page by page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest

from dangol.contracts.shopfloor.orders import LookUpOrders
from dangol.kernel.clock import TurnedClock
from dangol.kernel.shop import Shop
from dangol.kernel.tools import ToolContext
from dangol.orders.tools import look_up_orders

MANY = 60


@pytest.fixture
async def regular(
    conn: psycopg.AsyncConnection[Any], shop: Shop, clock: TurnedClock, context: Callable[..., ToolContext]
) -> ToolContext:
    """A customer with 60 orders, one a day, delivered but the oldest; a stranger's tumbler beside them."""
    made = await (
        await conn.execute(
            "insert into customers (email, created) values ('a@example.com', now()) returning id"
        )
    ).fetchone()
    assert made is not None
    await conn.execute(
        "insert into orders (number, status, customer_id, language, currency, subtotal, total, placed_at)"
        " select 'N-' || n, case when n = %(many)s then 'paid' else 'delivered' end,"
        " case when n > 0 then %(who)s::bigint end, 'ko', 'KRW', 1, 1, %(now)s::timestamptz - n * interval '1 day'"
        " from generate_series(0, %(many)s) n",
        {"who": made[0], "now": clock.now(), "many": MANY},
    )
    await conn.execute(
        "insert into order_lines (order_id, line, product, sku, title, options, quantity, unit_price, total)"
        " select id, 1, 'p', 's', case number when 'N-0' then '남의 텀블러' when 'N-55' then '옹기 텀블러'"
        " when 'N-60' then '여름 샌들' else '무선 마우스' end, '{\"색상\": \"블루\"}', 1, 1, 1 from orders"
    )
    made_ctx = context(conn, shop, clock, conversation_id="c_regular")
    shopper = replace(made_ctx.shopper, role="customer", customer_id=made[0])
    return replace(made_ctx, shopper=shopper)


async def numbers(ctx: ToolContext, **asked: Any) -> list[str]:
    return [each.order for each in (await look_up_orders(ctx, LookUpOrders(**asked))).items]


async def test_goods_find_their_order_however_old_it_is(regular: ToolContext) -> None:
    assert await numbers(regular, about="텀블러 반품할게요") == ["N-55"]
    assert await numbers(regular, about="return the tumbler") == ["N-55"]
    assert len(await numbers(regular, about="반품할게요", limit=20)) == 20  # it names nothing
    # what is named decides before the state: nothing else is taken for it
    assert await numbers(regular, about="텀블러 취소", statuses=("paid",)) == []
    assert await numbers(regular, statuses=("paid",)) == ["N-60"]


async def test_every_order_is_reached_page_by_page(regular: ToolContext) -> None:
    seen: list[str] = []
    before = None
    for _ in range(13):
        found = await look_up_orders(regular, LookUpOrders(before=before, limit=5))
        seen += [each.order for each in found.items]
        before = seen[-1]
        assert found.more is (len(seen) < MANY)
        if not found.more:
            break
    assert seen == [f"N-{place}" for place in range(1, MANY + 1)]


async def test_days_are_those_of_the_shop_s_calendar(regular: ToolContext) -> None:
    today = date(2026, 11, 21)
    assert await numbers(regular, since=today - timedelta(days=2), until=today) == ["N-1", "N-2"]
    assert await numbers(regular, since=today - timedelta(days=30)) == ["N-30"]
    late = regular.now - timedelta(days=7, minutes=-719)  # one minute before midnight in Seoul
    await regular.conn.execute("update orders set placed_at = %s where number = 'N-7'", (late,))
    assert "N-7" in await numbers(regular, since=today - timedelta(days=7))
    await regular.conn.execute(
        "update orders set placed_at = %s where number = 'N-7'", (late + timedelta(minutes=2),)
    )
    assert "N-7" not in await numbers(regular, since=today - timedelta(days=7))


async def test_nobody_finds_what_is_not_theirs(regular: ToolContext) -> None:
    stranger = replace(regular, shopper=replace(regular.shopper, role="guest", customer_id=None))
    assert await numbers(stranger, about="텀블러") == []
    assert await numbers(regular, about="남의 텀블러") == ["N-55"]
    assert await numbers(regular, before="N-0", limit=1) == ["N-1"]
