"""Care tips stand in the shop's own words, or there are none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dangol.knowledge.api import Article
from dangol.outreach.care import speaks_of, tips

GUIDE = Article(
    "care", "ko", "소재별 관리법", ["세탁"],
    "니트와 울은 찬물에 울 세제로 손세탁하고 눕혀 말려 주세요. 캐시미어와 울 코트는 드라이클리닝을 권해요.\n\n"
    "스웨이드는 마른 솔로 털어 주세요. 상품마다 다를 수 있어요.",
    datetime(2026, 1, 1, tzinfo=UTC),
)  # fmt: skip
OTHER = Article("returns", "ko", "반품 안내", ["반품"], "울 상품도 7일 안에 반품돼요.", GUIDE.updated_at)


@pytest.mark.parametrize(
    ("sentence", "concepts", "meant"),
    [
        ("고어텍스 옷은 30℃ 물에 세탁기로 빨아 주세요.", {"category:jackets", "category:clothing", "material:gore-tex"}, True),
        ("고어텍스 옷은 30℃ 물에 세탁기로 빨아 주세요.", {"category:shoes", "material:gore-tex"}, False),
        ("캐시미어와 울 코트는 드라이클리닝을 권해요.", {"category:sweaters", "material:wool"}, False),
        ("Brush suede and nubuck dry.", {"category:shoes", "material:suede"}, True),
        ("Brush suede and nubuck dry.", {"category:shoes", "material:leather"}, False),
        ("상품마다 다를 수 있어요.", {"category:shoes", "material:leather"}, False),
        ("니트는 울 세제로 손세탁해 주세요.", {"category:laundry-detergent", "category:home"}, False),
    ],
)  # fmt: skip
def test_a_sentence_speaks_of_goods_of_its_kind_and_stuff(
    sentence: str, concepts: set[str], meant: bool
) -> None:
    assert speaks_of(sentence, frozenset(concepts)) is meant


async def test_the_products_own_word_comes_before_the_guide(care_goods: dict[str, object]) -> None:
    def text(handle: str) -> list[tuple[str, str]]:
        return [(tip.text, tip.article) for tip in tips([care_goods[handle]], [OTHER, GUIDE], "ko", "ko")]  # type: ignore[list-item]

    assert text("washable") == [("세탁기 사용 가능 (30℃)", "")]
    assert text("wool-sweater") == [
        ("니트와 울은 찬물에 울 세제로 손세탁하고 눕혀 말려 주세요.", "소재별 관리법")
    ]
    assert text("plain-mug") == []
    assert not tips([care_goods["wool-sweater"]], [OTHER], "ko", "ko")  # type: ignore[list-item]
