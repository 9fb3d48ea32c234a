import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangol.kernel.words import hangul


@pytest.mark.parametrize(
    ("keys", "korean"),
    [("tkatjdwjswk", "삼성전자"), ("dkssud", "안녕"), ("rkqt", "값"), ("dhl", "외"), ("Qkf", "빨")],
)
def test_latin_keys_become_the_korean_word(keys, korean):
    assert hangul.keys_to_hangul(keys) == korean


def test_korean_letters_become_the_latin_word():
    assert hangul.hangul_to_keys("메ㅔㅣㄷ") == "apple"


@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=12))
def test_taking_syllables_apart_and_putting_them_together_gives_the_same_word(word):
    assert hangul.compose(hangul.decompose(word)) == word
    assert hangul.keys_to_hangul(hangul.hangul_to_keys(word)) == word


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("니이키", "나이키", 1), ("이줄", "이불", 1), ("옾지프로", "옵지프로", 1), ("가방", "가방", 0)],
)
def test_slips_are_counted_in_keystrokes(one, other, slips):
    assert hangul.jamo_distance(one, other) == slips


def test_distance_stops_counting_at_the_limit():
    assert hangul.jamo_distance("운동화", "냉장고", 2) == 3


def test_swapped_neighbours_are_one_slip():
    assert hangul.edit_distance("nkie", "nike", 2) == 1


def test_initial_consonants():
    assert hangul.initial_consonants("나이키") == "ㄴㅇㅋ"


@pytest.mark.parametrize(
    ("token", "stem"),
    [
        ("운동화를", "운동화"),
        ("신발은", "신발"),
        ("가방이랑", "가방"),
        ("서울로", "서울"),
        ("나이키", "나이키"),
        ("가을", "가을"),
        ("러닝화로", "러닝화"),
    ],
)
def test_particles_go_only_where_they_agree(token, stem):
    assert hangul.strip_particles(token) == stem
