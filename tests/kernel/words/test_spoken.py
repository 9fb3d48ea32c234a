"""Numbers in words say the very number, in both languages."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangol.assistant.truth.numbers import number
from dangol.kernel.money import Money
from dangol.kernel.words.spoken import (
    count_in_korean,
    ordinal_in_english,
    say_digits,
    say_money,
    say_number,
)


@given(st.integers(min_value=0, max_value=99_999_999))
def test_a_korean_number_reads_back(value: int) -> None:
    assert number(say_number(value, "ko")) == value


@given(st.integers(min_value=0, max_value=999_999_999))
def test_an_english_number_reads_back(value: int) -> None:
    assert number(say_number(value, "en")) == value


@given(st.integers(min_value=1, max_value=99))
def test_a_count_reads_back(value: int) -> None:
    assert number(count_in_korean(value)) == value


@pytest.mark.parametrize(
    ("value", "korean", "english"),
    [
        (0, "영", "zero"),
        (10_000, "만", "ten thousand"),
        (129_000, "십이만 구천", "one hundred twenty-nine thousand"),
        (100_010_000, "일억 일만", "one hundred million ten thousand"),
        (3_200, "삼천이백", "three thousand two hundred"),
        (Decimal("4.60"), "사 점 육공", "four point six zero"),
        (-5, "마이너스 오", "minus five"),
    ],
)
def test_numbers_as_they_are_said(value: Decimal | int, korean: str, english: str) -> None:
    assert (say_number(value, "ko"), say_number(value, "en")) == (korean, english)


@pytest.mark.parametrize(
    ("amount", "currency", "korean", "english"),
    [
        (129_000, "KRW", "십이만 구천 원", "one hundred twenty-nine thousand won"),
        (1_495, "USD", "십사 달러 구십오 센트", "fourteen dollars and ninety-five cents"),
        (100, "USD", "일 달러", "one dollar"),
        (5, "USD", "오 센트", "five cents"),
        (-3_000, "KRW", "마이너스 삼천 원", "minus three thousand won"),
        (12_345, "KWD", "십이 점 삼사오 KWD", "twelve point three four five KWD"),
    ],
)
def test_money_as_it_is_said(amount: int, currency: str, korean: str, english: str) -> None:
    money = Money(amount=amount, currency=currency)
    assert (say_money(money, "ko"), say_money(money, "en")) == (korean, english)


def test_order_and_phone_numbers_are_said_figure_by_figure() -> None:
    assert say_digits("#1003", "ko") == "일공공삼"
    assert say_digits("010-1234-5678", "ko") == "공일공, 일이삼사, 오육칠팔"
    assert say_digits("20250301-9001", "en") == "two zero two five zero three zero one, nine zero zero one"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1, "first"),
        (2, "second"),
        (12, "twelfth"),
        (20, "twentieth"),
        (23, "twenty-third"),
        (31, "thirty-first"),
    ],
)
def test_days_of_the_month(value: int, said: str) -> None:
    assert ordinal_in_english(value) == said
