"""What leaves the shop names nobody, and comes back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dangol.assistant.minds.language_model.masks import Masks
from dangol.assistant.minds.language_model.sentences import Sentences


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("제 이름은 김단골이에요", "김단골"), ("김민지님 안녕하세요", "김민지"), ("010-1234-5678로 전화 주세요", "010-1234-5678"),
        ("01012345678이요", "01012345678"), ("kim@example.com로 보내요", "kim@example.com"), ("900101-1234567", "900101-1234567"),
        ("주문번호 20261121-A1B2C3 어디쯤이에요?", "20261121-A1B2C3"), ("서울특별시 강남구 테헤란로 123, 4층이요", "테헤란로 123"),
        ("my name is Ann Lee and I want boots", "Ann Lee"), ("call +1 206-555-0100", "206-555-0100"),
        ("ship to 400 Broad St, please", "400 Broad St"), ("where is order #1003", "#1003"),
    ],
)  # fmt: skip
def test_personal_data_is_hidden_and_put_back(text: str, hidden: str) -> None:
    masks = Masks(on=True)
    told = masks.hide(text)
    assert hidden not in told
    assert masks.show(told) == text


@pytest.mark.parametrize(
    "text",
    [
        "47,000원짜리 270 블랙 있어요?",
        "고객님, 7일 안에 반품하실 수 있어요.",
        "12월 24일까지 3개만요",
        "MIRSILMOU-BLK 재고",
        "size 9 under $120",
    ],
)
def test_what_is_nobodys_stays(text: str) -> None:
    assert Masks(on=True).hide(text) == text


def test_fields_that_hold_a_person_are_hidden_whole() -> None:
    masks = Masks(on=True)
    order = {
        "order": "A-1",
        "recipient": "Kim",
        "name": "Kim",
        "phone": "1",
        "lines": [{"title": "Boots", "name": "x"}],
    }
    told = masks.hide_all(order)
    assert "Kim" not in str(told)
    assert "Boots" in str(told)
    assert masks.show_all(told) == order
    assert masks.hide_all({"name": "Color", "value": "Black"}) == {"name": "Color", "value": "Black"}


def test_nothing_is_hidden_from_a_model_of_ones_own() -> None:
    assert Masks(on=False).hide("010-1234-5678") == "010-1234-5678"


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("김단골님 0123456789-@.comroad로길호층#[]_EMAILNAME,"), max_size=60))
def test_whatever_is_hidden_comes_back(text: str) -> None:
    masks = Masks(on=True)
    assert masks.show(masks.hide(text)) == text


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), st.integers(1, 20))
def test_no_word_is_lost_between_sentences(text: str, size: int) -> None:
    sentences = Sentences()
    taken = [part for at in range(0, len(text), size) for part in sentences.take(text[at : at + size])]
    taken.append(sentences.last())
    assert "".join("".join(taken).split()) == "".join(text.split())


def test_a_number_in_a_sentence_ends_none() -> None:
    sentences = Sentences()
    assert sentences.take("It weighs 3.5 kg. It is ") == ["It weighs 3.5 kg."]
    assert sentences.take("1,200.50 won!") == []
    assert sentences.last() == "It is 1,200.50 won!"
