import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangol.kernel.words.normalising import bigrams, compact, normalise, normalised


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("ＮＩＫＥ　２７０", "nike 270"),
        ("ㅋㅋㅋㅋㅋ 좋아요!!!!", "ㅋㅋ 좋아요!"),
        ("좋아요😀👍 최고", "좋아요 최고"),
        ("  a \n b\t", "a b"),
        ("hel\u200blo", "hello"),
        ("한글", "한글"),
        ("don’t", "don't"),
        ("10000원", "10000원"),
    ],
)
def test_one_plain_form(typed, plain):
    assert normalise(typed) == plain


@given(st.text(max_size=60))
def test_any_text_has_a_plain_form_that_points_into_it(typed):
    plain = normalised(typed)
    assert plain.text == normalise(typed)
    assert len(plain.text) == len(plain.spans)
    assert all(0 <= start < end <= len(typed) for start, end in plain.spans)


def test_places_lead_back_to_what_was_typed():
    typed = "ㅋㅋㅋㅋ 검정😀 운동화"
    plain = normalised(typed)
    at = plain.text.index("운동화")
    start, end = plain.origin(at, at + 3)
    assert typed[start:end] == "운동화"


def test_spacing_does_not_matter_to_bigrams():
    assert bigrams("무선 마우스") == bigrams("무선마우스")
    assert compact("무선-마우스!") == "무선마우스"
