"""Which options a message names, counts or compares, in the shop's own words."""

import pytest

from dangol.assistant.minds.embedded import adding_options, options
from dangol.contracts.shopfloor.products import VariantView
from dangol.kernel.money import Money

STEPS = ["1단계(3~5kg) 64매", "2단계(4~8kg) 58매", "4단계(9~14kg) 44매"]


@pytest.mark.parametrize(
    ("said", "values", "named"),
    [
        ("4단계 담아줘", STEPS, {STEPS[2]}),
        ("160이랑 260중에 뭐가 나아요", ["160ml", "260ml"], {"160ml", "260ml"}),
        ("침낭 롱이랑 일반 차이", ["일반", "롱"], {"일반", "롱"}),
        ("30 pounders in stock?", ["10 lb", "30 lb"], {"30 lb"}),
        ("i want 2 bottles 32oz", ["18 oz", "32 oz"], {"32 oz"}),
        ("small please", ["Small x30", "Large x30"], {"Small x30"}),
        ("add 2", ["2 pack", "4 pack"], set()),
        ("2개 주세요", ["2 m", "3 m"], set()),
        ("8키로 아기", STEPS, set()),
    ],
)
def test_values_are_named_by_word_number_and_unit(said, values, named):
    assert options.named(said, values) == named


def variant(value, price):
    return VariantView(sku=value, options={"Size": value}, price=Money(amount=price, currency="USD"), stock=1)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("그럼 큰거로 주세요", ["260ml"]),
        ("the smaller one", ["160ml"]),
        ("더 싼 거요", ["260ml"]),
        ("that one please", []),
    ],
)
def test_the_bigger_the_smaller_the_cheaper(said, meant):
    both = [variant("160ml", 900), variant("260ml", 800)]
    assert [each.sku for each in options.extreme(said, both)] == meant


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("one white one navy", [(1, "white"), (1, "navy")]),
        ("2 stools tan 1 black", [(2, "stools tan"), (1, "black")]),
        ("화이트 하나 네이비 두 개 주세요", [(1, "화이트"), (2, "네이비")]),
        ("하나는 빨강 하나는 파랑", [(1, "빨강"), (1, "파랑")]),
        ("32 oz bottle", []),
        ("두 개 주세요", []),
    ],
)
def test_counts_and_what_they_count(said, parts):
    assert adding_options.counted(said) == parts
