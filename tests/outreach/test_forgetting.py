"""What was written to whom and offered is handed over and erased with the person, and forgotten in the end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import psycopg
import pytest

from dangol.kernel.clock import TurnedClock
from dangol.kernel.person import Person
from dangol.outreach import api as outreach


@pytest.fixture
async def kept(conn: psycopg.AsyncConnection[Any], clock: TurnedClock) -> None:
    at = clock.now()
    await conn.execute(
        "insert into orders (number, status, language, currency, subtotal, total, placed_at) values"
        " ('S-1', 'delivered', 'ko', 'KRW', 0, 0, %s)",
        (at,),
    )
    await conn.execute(
        "insert into follow_ups (kind, order_number, shopper_key, medium, at) values"
        " ('care_tips', 'S-1', 'customer:7', 'email', %s)",
        (at,),
    )
    await conn.execute(
        "insert into offers (id, order_number, shopper_key, conversation_id, bought_sku, product, sku, reason, price,"
        " shown_at) values ('o1', 'S-1', 'customer:7', 'c_1', 'a', 'b', 'c', 'goes_with', 1, %s)",
        (at,),
    )


async def keys(conn: psycopg.AsyncConnection[Any]) -> set[str]:
    rows = await conn.execute(
        "select shopper_key from follow_ups union select shopper_key from offers union select conversation_id from offers"
    )
    return {row[0] for row in await rows.fetchall()}


@pytest.mark.usefixtures("kept")
async def test_a_person_takes_it_along_and_has_it_erased(conn: psycopg.AsyncConnection[Any]) -> None:
    person = Person(7, "dangol@example.com")
    held = await outreach.held_of(conn, person)
    assert set(held) == {"follow_ups", "offers"}
    assert await outreach.erase_of(conn, Person(8)) == 0
    assert await outreach.erase_of(conn, person) == 2
    assert await keys(conn) == {""}


@pytest.mark.usefixtures("kept")
async def test_what_is_old_is_forgotten(conn: psycopg.AsyncConnection[Any], clock: TurnedClock) -> None:
    assert await outreach.forget_before(conn, clock.now() - timedelta(days=1)) == 0
    assert await outreach.forget_before(conn, clock.now() + timedelta(days=1)) == 2
    assert await keys(conn) == {""}
    found = await outreach.offer_figures(
        conn, clock.now() - timedelta(days=1), clock.now() + timedelta(days=1)
    )
    assert found.shown == 1
