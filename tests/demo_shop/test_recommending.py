"""How recall of held-out purchases is reckoned."""

from datetime import UTC, datetime, timedelta

import pytest

from benchmarks.relevance.recommending import hold_out, recall

MONDAY = datetime(2026, 11, 2, tzinfo=UTC)


def bought(customer, day, *handles):
    return [(customer, MONDAY + timedelta(days=day), ord(handle), handle) for handle in handles]


def test_the_last_order_is_held_out_and_nobody_sees_what_came_after():
    rows = [
        *bought(1, 0, "a", "b"), *bought(1, 5, "a", "c"),
        *bought(2, 1, "b"), *bought(2, 9, "d"),
        *bought(3, 2, "a"),
        *bought(4, 3, "e"), *bought(4, 4, "e"),
    ]  # fmt: skip
    first, second = hold_out(rows)
    assert (first.customer, first.before, first.wanted) == (1, (97, 98), {"c"})
    assert first.popular == ("a", "b", "e")  # what the order itself holds does not count
    assert (second.customer, second.before, second.wanted) == (2, (98,), {"d"})
    assert "d" not in second.popular


def test_recall_is_the_share_found_among_the_first():
    wanted = frozenset({"a", "b"})
    assert recall(["x", "a", "b"], wanted, 2) == 0.5
    assert recall(["x", "a", "b"], wanted, 3) == pytest.approx(1.0)
