"""A mind that wants what the policy forbids gets none of it; and the watchmen would have seen it."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from typing import Any

import psycopg
import pytest
from tau2.small import database

from benchmarks.tau2 import exporting, hostile, importing
from dangol.kernel.clock import TurnedClock

CALLS = 40
SEEDS = range(12)


async def test_no_hostile_call_reaches_what_the_policy_forbids(
    conn: psycopg.AsyncConnection[Any], clock: TurnedClock
) -> None:
    db = database()
    shop = await importing.take_over(conn, db, clock.now())
    outcome = hostile.Outcome()
    for seed in SEEDS:
        await hostile.attack(conn, shop, db, seed, CALLS, clock.now(), outcome)
    assert outcome.misses == []
    assert outcome.calls == CALLS * len(SEEDS)
    changing = Counter({name: count for name, count in outcome.done.items() if "_order" in name})
    assert min(changing.values()) > 0, "each kind of change was reached, or this shows nothing"
    assert await exporting.export(conn) == db


STATES: dict[str, Any] = {
    "refunded twice": lambda one: one["orders"]["#W1000007"]["payment_history"].append(
        dict(one["orders"]["#W1000007"]["payment_history"][1])
    ),
    "delivered becomes pending": lambda one: one["orders"]["#W1000006"].update(status="pending"),
    "a gift card grows by itself": lambda one: one["user"]["payment_methods"]["gift_card_2"].update(balance=6.0),
    "what was processed moves": lambda one: one["orders"]["#W1000005"].update(address={}),
    "an entry vanishes": lambda one: one["orders"]["#W1000004"].update(payment_history=[]),
    "a cheaper tent": lambda one: one["orders"]["#W1000004"]["items"][0].update(price=1.0),
    "a tent becomes a mug": lambda one: one["orders"]["#W1000004"]["items"][0].update(product_id="1000000002"),
    "what cannot be had": lambda one: one["orders"]["#W1000004"]["items"][0].update(item_id="2000000023"),
}  # fmt: skip


@pytest.mark.parametrize("name", STATES)
def test_the_watchman_sees_what_must_not_be(name: str) -> None:
    db = database()
    before = {
        "user": db["users"]["otto_2"],
        "orders": {number: db["orders"][number] for number in db["users"]["otto_2"]["orders"]},
    }
    assert list(hostile.broken(before, deepcopy(before), db)) == []
    after = deepcopy(before)
    STATES[name](after)
    assert list(hostile.broken(before, after, db))
