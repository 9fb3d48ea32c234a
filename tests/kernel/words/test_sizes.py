import pytest

from dangol.kernel.words.sizes import Size, find_sizes, mm_from_us, possible_mm, us_from_mm


@pytest.mark.parametrize(
    ("said", "system", "value"),
    [
        ("270", "mm", "270"),
        ("270mm", "mm", "270"),
        ("이칠공 있어요", "mm", "270"),
        ("27cm", "mm", "270"),
        ("us 9", "us", "9"),
        ("9 사이즈", "unknown", "9"),
        ("size 9.5", "unknown", "9.5"),
        ("eu 42", "eu", "42"),
        ("프리사이즈", "free", "free"),
        ("one size", "free", "free"),
        ("xl", "alpha", "XL"),
        ("m 사이즈", "alpha", "M"),
        ("medium", "alpha", "M"),
        ("엑스라지", "alpha", "XL"),
        ("66", "kr", "66"),
        ("95 있어요", "kr", "95"),
        ("130", "kr", "130"),
        ("28인치", "waist_in", "28"),
        ("waist 32", "waist_in", "32"),
    ],
)
def test_sizes_in_every_system(said, system, value):
    assert [found.size for found in find_sizes(said)] == [Size(system, value)]


@pytest.mark.parametrize(
    "said",
    [
        "270원",
        "100g",
        "30 days",
        "27인치 모니터",
        "주문번호 20261121-0001",
        "95% 할인",
        "too small",
        "2026-11-21",
        "let's go",
    ],
)
def test_what_is_no_size(said):
    assert find_sizes(said) == []


def test_shoe_sizes_between_systems():
    assert (mm_from_us(9, "men"), mm_from_us(9, "women")) == (270, 260)
    assert us_from_mm(270, "men") == 9
    assert us_from_mm(265, "men") == 8.5


def test_an_unnamed_nine_may_mean_two_lengths_until_the_audience_is_known():
    assert possible_mm(Size("unknown", "9")) == [260, 270]
    assert possible_mm(Size("unknown", "9"), "men") == [270]
    assert possible_mm(Size("mm", "245")) == [245]
    assert possible_mm(Size("alpha", "M")) == []
