from decimal import Decimal

import pytest

from dangol.kernel.words.numbers import find_money, find_quantities, parse_number


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("3만5천", 35000),
        ("3.5만", 35000),
        ("삼만오천", 35000),
        ("만", 10000),
        ("1,200", 1200),
        ("스무", 20),
        ("twenty five", 25),
        ("십이만", 120000),
    ],
)
def test_numbers_in_words(written, value):
    assert parse_number(written) == Decimal(value)


@pytest.mark.parametrize("written", ["운동화", "hello", ""])
def test_what_is_no_number(written):
    assert parse_number(written) is None


def limits(said, currency="KRW"):
    (found,) = find_money(said, currency)
    return (found.low and found.low.amount, found.high and found.high.amount, found.amount.currency)


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ("10만원 이하", None, 100000),
        ("5만원대", 50000, 59999),
        ("10만원대", 100000, 199999),
        ("3~5만원", 30000, 50000),
        ("5만원에서 7만원 사이", 50000, 70000),
        ("3만 5천원 밑으로", None, 35000),
        ("삼만오천원 미만", None, 35000),
        ("20만원 넘는", 200000, None),
        ("50000원 이하", None, 50000),
        ("예산 30만원", None, 300000),
        ("80000 이하", None, 80000),
    ],
)
def test_korean_price_wishes(said, low, high):
    assert limits(said) == (low, high, "KRW")


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ("under $100", None, 10000),
        ("between 20 and 40 dollars", 2000, 4000),
        ("$20-$40", 2000, 4000),
        ("less than 50 bucks", None, 5000),
        ("no more than 80", None, 8000),
        ("over 200 dollars", 20000, None),
        ("not over $60", None, 6000),
        ("$14.95 or less", None, 1495),
    ],
)
def test_english_price_wishes(said, low, high):
    assert limits(said, "USD") == (low, high, "USD")


def test_dollars_said_in_a_korean_shop_stay_dollars():
    assert limits("100달러 이하") == (None, 10000, "USD")


@pytest.mark.parametrize("said", ["under 5 days", "270 있어요", "over 4 stars", "주문번호 20261121-0001"])
def test_what_is_no_price(said):
    assert find_money(said, "KRW") == []


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("두 켤레", 2),
        ("반팔 두장", 2),
        ("3개만", 3),
        ("a pair", 1),
        ("two of these", 2),
        ("add 3", 3),
        ("x2", 2),
        ("열두 병", 12),
        ("a dozen", 12),
    ],
)
def test_quantities(said, value):
    assert [found.value for found in find_quantities(said)] == [value]


@pytest.mark.parametrize("said", ["3개월 할부", "in two weeks", "add size 10", "size two", "네 맞아요"])
def test_what_is_no_quantity(said):
    assert find_quantities(said) == []


@pytest.mark.parametrize("said", ["바람막이 원피스", "이 원목 책상", "사이 원단"])
def test_money_is_not_seen_inside_other_words(said):
    assert find_money(said, "KRW") == []
