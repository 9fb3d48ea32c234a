"""A text for eyes becomes a text for ears, and no figure is another one there."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangol.assistant.truth.numbers import number
from dangol.assistant.voice.reading import read_aloud
from dangol.kernel.money import Money


@given(st.integers(min_value=1, max_value=99_999_999), st.sampled_from(["ko", "en"]))
def test_an_amount_reads_back(amount: int, language: str) -> None:
    money = Money(amount=amount, currency="KRW")
    frame = "합계는 {}이에요." if language == "ko" else "The total is {}."
    said = read_aloud(frame.format(money.display(language)), language)
    words = re.fullmatch(r"합계는 (.+) 원이에요\.|The total is (.+) won\.", said)
    assert words is not None, said
    assert number(words[1] or words[2]) == amount


@given(st.integers(min_value=1, max_value=999_999), st.integers(min_value=0, max_value=99))
def test_dollars_and_cents_read_back(dollars: int, cents: int) -> None:
    said = read_aloud(Money(amount=dollars * 100 + cents, currency="USD").display("en"), "en")
    whole, _, rest = said.partition(" and ")
    assert number(re.sub(r" dollars?$", "", whole)) == dollars
    assert (number(re.sub(r" cents?$", "", rest)) if rest else 0) == cents


@given(st.text(alphabet="가나다 123.,-~:#@/()%원개번월일abcXYZ", max_size=60), st.sampled_from(["ko", "en"]))
def test_whatever_is_written_ends_without_a_figure(text: str, language: str) -> None:
    assert not re.search(r"\d{2,}", read_aloud(text, language))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("주문번호 1003, 합계 129,000원이에요.", "주문번호 일공공삼, 합계 십이만 구천 원이에요."),
        (
            "20250301-9001은 11월 23일(월)~11월 25일(수) 도착 예정이에요.",
            "이공이오공삼공일, 구공공일은 십일월 이십삼일 월요일에서 십일월 이십오일 수요일 도착 예정이에요.",
        ),
        ("2켤레, 상자 2개, 20장, 3명", "두 켤레, 상자 두 개, 스무 장, 세 명"),
        ("3~5일 걸려요.", "삼에서 오일 걸려요."),
        ("6월 10일 09:00, 10월 1일 18:30", "유월 십일 오전 아홉 시, 시월 일일 오후 여섯 시 삼십 분"),
        ("운동화 270, 별점 4.6 · 10% 할인", "운동화 이백칠십, 별점 사 점 육, 십 퍼센트 할인"),
        ("[반품 안내](https://a.example/returns)를 봐 주세요.", "반품 안내를 봐 주세요."),
        ("운송장 123456789012예요.", "운송장 화면에 적힌 번호예요."),
        ("$14.00이에요.", "십사 달러예요."),
        ("고객센터는 02-000-0000이에요.", "고객센터는 공이, 공공공, 공공공공이에요."),
    ],
)
def test_korean_as_it_is_said(written: str, said: str) -> None:
    assert read_aloud(written, "ko") == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Order #1003 comes to $14.95.", "Order one zero zero three comes to fourteen dollars and ninety-five cents."),
        (
            "It is expected Mon, Nov 23 – Wed, Nov 25.",
            "It is expected Monday, November twenty-third to Wednesday, November twenty-fifth.",
        ),
        ("3-5 business days, 10% off", "three to five business days, ten percent off"),
        ("by 18:30 on 2026-11-03", "by six thirty PM on November third, twenty twenty-six"),
        ("UPS 1Z3KMUIZ0343473773: in transit.", "UPS the number on your screen: in transit."),
        ("See https://x.example/y?z=1 or mail help@x.example.", "See the link on your screen or mail the e-mail address on your screen."),
    ],
)  # fmt: skip
def test_english_as_it_is_said(written: str, said: str) -> None:
    assert read_aloud(written, "en") == said


@pytest.mark.parametrize(
    ("written", "language"),
    [
        ("인증번호는 483920이에요.", "ko"),
        ("인증 코드 483920을 넣어 주세요.", "ko"),
        ("Your one-time code is 483920.", "en"),
    ],
)
def test_a_code_is_never_read_aloud(written: str, language: str) -> None:
    said = read_aloud(written, language, phones=None)
    for words in ("사팔삼구이공", "사십팔만", "four eight", "hundred eighty-three", "483920"):
        assert words not in said, said


def test_a_phone_number_is_read_to_whom_it_belongs_and_the_shops_own_to_anybody() -> None:
    text = "고객센터 02-000-0000, 받는 분 010-1234-5678"
    assert "공일공" in read_aloud(text, "ko", phones=None)
    said = read_aloud(text, "ko", phones=("02-000-0000",))
    assert "공이, 공공공" in said
    assert "공일공" not in said
    assert "화면에 적힌 전화번호" in said
