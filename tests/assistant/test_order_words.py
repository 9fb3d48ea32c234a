"""Which order is meant: its days and its state, by words, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from dangol.assistant.minds.embedded import order_words
from dangol.kernel.words.normalising import normalise

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("3월에 주문한 신발 반품할게요", (date(2026, 3, 1), date(2026, 3, 31))),
        ("cancel the shoes I ordered in March", (date(2026, 3, 1), date(2026, 3, 31))),
        ("지난달에 산 거 어디까지 왔어요", (date(2026, 10, 1), date(2026, 10, 31))),
        ("the order from last month", (date(2026, 10, 1), date(2026, 10, 31))),
        ("12월 24일에 주문한 거", (date(2025, 12, 24), date(2025, 12, 24))),
        ("어제 받은 텀블러 환불", (date(2026, 11, 20), date(2026, 11, 20))),
        ("작년에 산 운동화", (date(2025, 1, 1), date(2025, 12, 31))),
        ("이번 달에 주문한 거", (date(2026, 11, 1), TODAY)),
        ("2월 29일에 주문한 거", None),  # no such day this year
        ("주문한 거 내일까지 와요?", None),
        ("cancel my order, I need it by december 3", None),
        ("금요일까지 못 받으면 주문 취소할게요", None),
        ("다음 주에 배송해 주세요", None),
        ("지난 주문 보여줘", None),
        ("이번 주문 취소해 주세요", None),
        ("지난주 주문 보여줘", (date(2026, 11, 9), date(2026, 11, 15))),
        ("반품할게요", None),
    ],
)
def test_days_of_an_order_lie_behind(said: str, days: tuple[date, date] | None) -> None:
    assert order_words.period(normalise(said), TODAY) == days


def test_what_was_some_weeks_ago_is_no_exact_day() -> None:
    first, last = order_words.period("두 달 전에 주문한 거", TODAY) or (TODAY, TODAY)
    assert first < date(2026, 9, 21) < last <= TODAY


@pytest.mark.parametrize(
    ("said", "states"),
    [
        ("아직 안 온 주문 보여줘", ("paid", "preparing", "partly_shipped", "shipped")),
        ("which orders are on their way", ("paid", "preparing", "partly_shipped", "shipped")),
        ("취소된 주문 내역", ("cancelled",)),
        ("show my delivered orders", ("delivered", "partly_refunded")),
        ("결제 안 한 주문 있어요?", ("pending_payment",)),
        ("주문 내역 보여줘", ()),
    ],
)
def test_orders_are_asked_for_by_their_state(said: str, states: tuple[str, ...]) -> None:
    assert order_words.state(said) == states
