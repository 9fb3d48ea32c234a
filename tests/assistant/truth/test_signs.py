"""Signs of figures: a text that holds none of a pattern's signs holds nothing that the pattern finds."""

from __future__ import annotations

import pytest
from assistant.truth.test_proving import RETAIL
from assistant.truth.test_truth_replies import marked, scenarios
from hypothesis import given
from hypothesis import strategies as st

from dangol.assistant.truth import dates, patterns
from dangol.assistant.truth.patterns import Signed
from dangol.assistant.truth.text import plain

SIGNED = {
    name: value
    for module in (patterns, dates)
    for name, value in vars(module).items()
    if isinstance(value, Signed)
}
WORDS = (
    "3", "12", "2026", "4.5", "열두", "세", "two", "a", "half", "일", "주", "만", "천", " ", " ", ",", ".", "-", "~", "/", ":", "%", "$",
    "원", "won", "dollars", "€", "개", "켤레", "left", "남았어요", "있어요", "점", "p", "points", "포인트", "stars", "out of 5", "별점", "후기",
    "days", "months", "일 이내", "개월", "시간", "분", "오후", "시", "pm", "noon", "월", "요일", "monday", "11월", "may", "3rd", "15th", "next week",
    "다음 주", "내일", "tomorrow", "무료", "free", "할인", "퍼센트", "half price", "절반", "mm", "xl", "small", "사이즈", "us 9", "인치",
    "www", ".com", "shop.kr", "@", "a@b.co", "무기한", "expires", "배", "double points", "재고", "마지막", "in stock", "of them",
)  # fmt: skip


def _same(name: str, text: str) -> None:
    low, signed = plain(text), SIGNED[name]
    assert [m.span() for m in signed.finditer(low)] == [m.span() for m in signed.pattern.finditer(low)], low


def test_every_pattern_with_many_words_has_its_signs() -> None:
    assert len(SIGNED) >= 17


@pytest.mark.parametrize("name", SIGNED)
def test_the_same_is_found_in_labelled_replies_and_their_articles(name: str) -> None:
    for scenario in (scenario for each in RETAIL for scenario in scenarios(each)):
        for reply in (*scenario["honest"], *(marked(lie)[0] for lie in scenario["lying"])):
            _same(name, reply)
        for result in scenario["results"]:
            for passage in result.get("passages", ()):
                _same(name, passage["text"])


@pytest.mark.parametrize("name", SIGNED)
@given(words=st.lists(st.sampled_from(WORDS), max_size=12))
def test_the_same_is_found_in_any_words(name: str, words: list[str]) -> None:
    _same(name, " ".join(words))
    _same(name, "".join(words))
