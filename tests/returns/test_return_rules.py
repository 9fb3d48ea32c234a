"""What a unit is worth, to the smallest coin; and the life of a return."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangol.contracts.shopfloor.returns import ReturnStatus
from dangol.returns.model import ReturnUnderWay
from dangol.returns.rules import LIFE, OVER, Cut, Part, next_status, paid_for, part_of, settlement, spread

PRICES = st.lists(st.integers(0, 1_000_000), min_size=1, max_size=6)


@given(
    amount=st.integers(0, 10**6),
    weights=st.dictionaries(st.integers(1, 9), st.integers(0, 10**6), min_size=1),
)
def test_nothing_is_lost_when_an_amount_is_spread(amount: int, weights: dict[int, int]) -> None:
    shares = spread(amount, weights)
    assert sum(shares.values()) == (amount if sum(weights.values()) else 0)
    assert all(share >= 0 for share in shares.values())


@given(prices=PRICES, data=st.data())
def test_what_was_paid_for_the_lines_is_what_was_paid_for_all(prices: list[int], data: st.DataObject) -> None:
    parts = [Part(place, f"p{place % 3}", price) for place, price in enumerate(prices, 1)]
    total = sum(prices)
    cuts, left = [], total
    for _ in range(data.draw(st.integers(0, 3))):
        cut = data.draw(st.integers(0, left))
        products = data.draw(st.none() | st.frozensets(st.sampled_from(["p0", "p1", "p2", "gone"])))
        cuts.append(Cut(cut, products))
        left -= cut
    paid = paid_for(parts, cuts)
    assert sum(paid.values()) == left
    assert all(0 <= paid[part.line] <= part.total for part in parts)


@given(amount=st.integers(0, 10**6), units=st.integers(1, 9), data=st.data())
def test_units_that_come_back_in_parts_are_worth_the_line(
    amount: int, units: int, data: st.DataObject
) -> None:
    left, units_left, given_back = amount, units, 0
    while units_left:
        now = data.draw(st.integers(1, units_left))
        share = part_of(left, units_left, now)
        assert share >= 0
        given_back, left, units_left = given_back + share, left - share, units_left - now
    assert given_back == amount


def test_half_a_bundle_is_worth_its_own_share_of_the_set() -> None:
    parts = [Part(1, "runner", 89_000), Part(2, "socks", 9_900), Part(3, "mug", 12_000)]
    paid = paid_for(parts, [Cut(3_900, frozenset({"runner", "socks"})), Cut(10_701, None)])
    assert paid[1] + paid[2] + paid[3] == 110_900 - 3_900 - 10_701
    assert paid[3] == 12_000 - 1_200  # the bundle's saving does not touch it


@given(st.integers(0, 10**6), st.integers(0, 10**4), st.integers(0, 10**4), st.integers(0, 10**6))
def test_money_goes_one_way_only(goods: int, shipping: int, fee: int, new: int) -> None:
    refund, due = settlement(goods, shipping, fee, new)
    assert min(refund, due) == 0
    assert refund - due == goods + shipping - fee - new


def test_the_life_of_a_return_is_whole_and_ends() -> None:
    assert set(LIFE) == set(get_args(ReturnStatus)) - {"draft"}
    assert {"refunded", "exchanged", "refused", "cancelled"} == OVER
    for moves in LIFE.values():
        assert all(move.to in LIFE for move in moves.values())
    for role in ("visitor", "customer"):
        for status in LIFE:
            for event in ("approve", "receive", "refund", "exchange", "book"):
                with pytest.raises(ReturnUnderWay):
                    next_status("R1", status, event, role)  # type: ignore[arg-type]
