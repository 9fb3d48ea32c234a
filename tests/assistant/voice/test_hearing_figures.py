"""Figures that were spoken are figures; words that sound like them stay words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangol.assistant.state import Memory, OfferedChoice, State
from dangol.assistant.voice.hearing import as_typed, figures
from dangol.kernel.words.spoken import say_digits

NUMBERS = st.text(alphabet="0123456789", min_size=4, max_size=12)


@given(NUMBERS)
def test_figures_said_one_by_one_in_korean_are_heard(written: str) -> None:
    # what is said without a zero could be words, and is figures where figures were asked for
    assert (
        figures(f"주문번호는 {say_digits(written, 'ko')}입니다", awaited=True)
        == f"주문번호는 {written}입니다"
    )


@given(NUMBERS)
def test_figures_said_one_by_one_in_english_are_heard(written: str) -> None:
    assert figures(f"it is {say_digits(written, 'en')}", awaited=True) == f"it is {written}"


@pytest.mark.parametrize(
    ("spoken", "typed"),
    [
        ("주문번호는 일공공삼이에요", "주문번호는 1003이에요"),
        ("주문번호 일공공이예요", "주문번호 1002예요"),
        ("주문번호 일 공 공 삼", "주문번호 1003"),
        ("주문번호 천삼번 어디 있어요", "주문번호 1003번 어디 있어요"),
        ("공일공 일이삼사 오육칠팔", "010-1234-5678"),
        ("제 번호는 공일공에 일이삼사에 오육칠팔이요", "제 번호는 010-1234-5678이요"),
        ("이공이오공삼공일 다시 구공공일 이요", "20250301-9001 이요"),
        ("우편번호는 공사공삼육 이고요", "우편번호는 04036 이고요"),
        ("my order number is one double oh three", "my order number is 1003"),
        ("order two five oh three oh one dash nine double oh one", "order 250301-9001"),
        ("the code is four four two one nine zero", "the code is 442190"),
        ("1 0 0 3", "1003"),
    ],
)
def test_figures_are_heard_where_they_are_named(spoken: str, typed: str) -> None:
    assert figures(spoken) == typed


@pytest.mark.parametrize(
    "spoken",
    [
        "이사 오일 뒤에 해요",
        "삼사일 걸려요?",
        "이만 오천원 이하로 보여줘",
        "운동화 이백칠십 찾아줘",
        "네 번째 거요",
        "이 구두 사이즈 이백사십 있어요?",
        "사이다 두 개",
        "20250301-9001 이요",
        "12,000원 이하",
        "2026-11-20에 주문했어요",
        "I want two or three of them",
        "size nine, five of them",
        "it's 415-555-0177",
        "one or two people",
    ],
)
def test_other_words_stay_as_they_are(spoken: str) -> None:
    assert figures(spoken) == spoken


@pytest.mark.parametrize(
    ("spoken", "typed"),
    [
        ("gaeul at example dot com", "gaeul@example.com"),
        ("mina dot kim at naver dot com please", "mina.kim@naver.com please"),
        ("mina 골뱅이 네이버 닷컴이에요", "mina@naver.com이에요"),
        ("look at the blue one", "look at the blue one"),
    ],
)
def test_a_spelled_out_address_is_an_address(spoken: str, typed: str) -> None:
    assert as_typed(spoken, State(conversation_id="c")) == typed


@pytest.mark.parametrize("spoken", ["이번이요", "2번", "이 번으로 할게요", "number two", "Option two please"])
def test_a_button_is_pressed_by_its_number(spoken: str) -> None:
    offered = (OfferedChoice(id="a", label="비교하기"), OfferedChoice(id="b", label="더 보기"))
    assert as_typed(spoken, State(conversation_id="c", memory=Memory(offered=offered))) == "더 보기"


@pytest.mark.parametrize("spoken", ["이번 주에 와요?", "구번", "number of points", "두 번째 거"])
def test_what_names_no_button_presses_none(spoken: str) -> None:
    offered = (OfferedChoice(id="a", label="비교하기"), OfferedChoice(id="b", label="더 보기"))
    assert as_typed(spoken, State(conversation_id="c", memory=Memory(offered=offered))) == spoken


def test_a_code_awaited_is_heard_in_pairs_too() -> None:
    state = State(conversation_id="c", memory=Memory(awaits="code"))
    assert as_typed("forty four twenty one ninety", state) == "442190"
    assert as_typed("사사이일구공이요", state) == "442190이요"
