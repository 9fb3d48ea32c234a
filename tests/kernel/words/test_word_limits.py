"""Limits on what can be measured, however they are said, and the measures on record they are held against."""

import pytest

from dangol.kernel.words.limits import find_limits, measured


@pytest.mark.parametrize(
    ("said", "dimension", "of", "low", "high"),
    [
        ("suitcase under 2 kg", "mass", "", None, 2000),
        ("무게 2키로 안 넘는 캐리어", "mass", "", None, 2000),
        ("at least 10,000 mah", "charge", "", 10_000, None),
        ("보조배터리 1만mah 이상", "charge", "", 10_000, None),
        ("폭 60cm 이하 책장", "length", "width", None, 600),
        ("a bookcase 24 inches wide or less", "length", "width", None, 609.6),
        ("no taller than 1.5 m", "length", "height", None, 1500),
        ("두께 10미리 이상 매트", "length", "thickness", 10, None),
        ("over 500ml", "volume", "", 500, None),
        ("1리터 넘는 물병", "volume", "", 1000, None),
        ("laptop with 32gb+ ram", "storage", "", 32, None),
        ("1테라 이상 외장하드", "storage", "", 1024, None),
        ("2인용 텐트", "people", "", 2, 2),
        ("a table that seats six", "people", "", 6, 6),
        ("speaker with at least 12 hours of battery", "hours", "", 12, None),
        ("monitor over 27 inches", "length", "screen", 685.8, None),
        ("100kg 이상 버티는 의자", "mass", "load", 100_000, None),
        ("20평 이상 공기청정기", "area", "", 66.116, None),
    ],
)
def test_a_limit_is_read_with_its_unit_and_its_side(said, dimension, of, low, high):
    (found,) = find_limits(said)
    assert (found.dimension, found.of) == (dimension, of)
    assert found.low == pytest.approx(low)
    assert found.high == pytest.approx(high)


@pytest.mark.parametrize(
    "said",
    [
        "5만원 이하", "under $100", "별점 4점 이상", "arrives within 3 days", "3일 안에 와요?", "for two days", "two of these",
        "3개 이상 사면 할인돼요?", "5명 이상이면 단체 할인 되나요", "2시간 안에 배송돼요?", "270 있어요?",
    ],
)  # fmt: skip
def test_prices_days_stars_and_counts_are_none(said):
    assert find_limits(said) == []


@pytest.mark.parametrize(
    ("name", "value", "measures"),
    [
        ("무게", "1.8kg", {("mass", "", 1800, 1800)}),
        ("Weight", "4 lb", {("mass", "", 1814.4, 1814.4)}),
        ("크기", "60 x 40 x 80 cm", {("length", "width", 600, 600), ("length", "depth", 400, 400), ("length", "height", 800, 800)}),
        ("규격", "가로 60cm, 세로 40cm", {("length", "width", 600, 600), ("length", "depth", 400, 400)}),
        ("Battery life", "10–12 hours", {("hours", "", 10, 12)}),
        ("사용 인원", "2~3인용", {("people", "", 2, 3)}),
        ("최대 하중", "120kg", {("mass", "load", 120_000, 120_000)}),
        ("소재", "면 100%", set()),
    ],
)  # fmt: skip
def test_measures_on_record_of_any_shop(name, value, measures):
    found = {(one.dimension, one.of, round(one.low, 1), round(one.high, 1)) for one in measured(name, value)}
    assert found == measures
