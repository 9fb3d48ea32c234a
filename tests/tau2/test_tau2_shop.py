"""Somebody else's shop becomes one of ours and is told in its own shape again."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from tau2.small import database

from benchmarks.tau2 import exporting, importing
from dangol.catalog import api as catalog
from dangol.customers import api as customers
from dangol.kernel.clock import TurnedClock
from dangol.kernel.errors import NotFound
from dangol.payments import api as payments

Connection = psycopg.AsyncConnection[Any]


async def test_what_was_taken_over_is_told_in_the_same_shape(conn: Connection, clock: TurnedClock) -> None:
    db = database()
    await importing.take_over(conn, db, clock.now())
    assert await exporting.export(conn) == db
    await importing.take_over(conn, db, clock.now())
    assert await exporting.export(conn) == db, "taken over twice, nothing is there twice"


async def test_goods_nobody_counts_can_be_had_or_not_whatever_is_sold_and_comes_back(
    conn: Connection, clock: TurnedClock
) -> None:
    db = database()
    await importing.take_over(conn, db, clock.now())
    assert await catalog.hold_stock(conn, "some", {"2000000001": 3}, clock.now()) == {}
    await catalog.commit_stock(conn, "some")
    assert await catalog.hold_stock(conn, "other", {"2000000003": 1}, clock.now()) == {"2000000003": 0}
    await catalog.restock(conn, {"2000000003": 5})
    assert await exporting.products(conn) == db["products"]


async def test_ways_on_file_are_their_owners_alone_and_a_gift_card_never_goes_below_nothing(
    conn: Connection, clock: TurnedClock
) -> None:
    await importing.take_over(conn, database(), clock.now())
    mara = await customers.identify(conn, external_id="mara_1", email=None, name=None, now=clock.now())
    otto = await customers.identify(conn, external_id="otto_2", email=None, name=None, now=clock.now())
    assert [one.reference for one in await customers.stored_methods(conn, mara)] == [
        "credit_card_1",
        "gift_card_1",
    ]
    with pytest.raises(NotFound):
        await customers.stored_method(conn, otto, "gift_card_1")
    with pytest.raises(NotFound):
        await customers.stored_method(conn, None, "gift_card_1")
    async with conn.transaction():
        await customers.take_from_gift_card(conn, mara, "gift_card_1", 3999)
    with pytest.raises(customers.BalanceTooLow):
        async with conn.transaction():
            await customers.take_from_gift_card(conn, mara, "gift_card_1", 2)
    with pytest.raises(customers.BalanceTooLow):
        async with conn.transaction():
            await customers.take_from_gift_card(conn, mara, "credit_card_1", 1)
    assert (await customers.stored_method(conn, mara, "gift_card_1")).balance == 1


async def test_entries_of_money_are_never_changed(conn: Connection, clock: TurnedClock) -> None:
    await importing.take_over(conn, database(), clock.now())
    with pytest.raises(psycopg.errors.RaiseException):
        await conn.execute("update order_entries set amount = 0")
    assert await payments.held(conn, "W1000001") == {"credit_card_1": 2810}
    assert await payments.held(conn, "W1000007") == {"credit_card_2": 0}
