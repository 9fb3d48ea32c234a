from datetime import date

import pytest

from dangol.kernel.words.dates import find_dates

SATURDAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("담주 화욜", date(2026, 11, 24)),
        ("다음 주 화요일까지", date(2026, 11, 24)),
        ("지난주 금요일", date(2026, 11, 13)),
        ("모레", date(2026, 11, 23)),
        ("어제 산거", date(2026, 11, 20)),
        ("3일 전", date(2026, 11, 18)),
        ("금요일에 샀는데", date(2026, 11, 20)),
        ("금요일까지 와요?", date(2026, 11, 27)),
        ("12월 25일", date(2026, 12, 25)),
        ("last friday", date(2026, 11, 20)),
        ("next friday", date(2026, 11, 27)),
        ("in 3 days", date(2026, 11, 24)),
        ("two weeks ago", date(2026, 11, 7)),
        ("dec 3rd", date(2026, 12, 3)),
        ("12/3", date(2026, 12, 3)),
        ("2026-12-01", date(2026, 12, 1)),
        ("크리스마스 전에", date(2026, 12, 25)),
    ],
)
def test_days_as_people_say_them(said, day):
    (found,) = find_dates(said, SATURDAY)
    assert (found.first, found.last) == (day, day)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("지난달에 뭐 샀죠", date(2026, 10, 1), date(2026, 10, 31)),
        ("last month", date(2026, 10, 1), date(2026, 10, 31)),
        ("이번 주", date(2026, 11, 16), date(2026, 11, 22)),
        ("다음주", date(2026, 11, 23), date(2026, 11, 29)),
        ("이번 주말", date(2026, 11, 21), date(2026, 11, 22)),
        ("작년", date(2025, 1, 1), date(2025, 12, 31)),
        ("12월 3일부터 12월 5일", date(2026, 12, 3), date(2026, 12, 5)),
    ],
)
def test_ranges_with_weeks_from_monday(said, first, last):
    (found,) = find_dates(said, SATURDAY)
    assert (found.first, found.last) == (first, last)
    assert found.is_range


@pytest.mark.parametrize(
    "said",
    [
        "2월 30일",
        "99/99",
        "일 잘하네요",
        "월급",
        "for 99999999 days",
        "may i ask",
        "지난 주문 보여줘",
        "이번 주소로 보내 주세요",
        "다음주문 때",
    ],
)
def test_what_is_no_day(said):
    assert find_dates(said, SATURDAY) == []
