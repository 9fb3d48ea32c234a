from datetime import date

import pytest

from dangol.assistant.understanding.lexicon import Named, ProductName, ShopLexicon
from dangol.assistant.understanding.reading import Context
from dangol.assistant.understanding.understanding import Understanding

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="session")
def lexicon():
    return ShopLexicon.build(
        products=[
            ProductName(
                "trail-runner-2", ("트레일 러너 2", "Trail Runner 2"), "누리", ("운동화",), ("TR2-BLK-270",)
            ),
            ProductName("aurora-lamp", ("오로라 무드등", "Aurora Mood Lamp"), "Lumi", ("조명",)),
            ProductName("aurora-mug", ("오로라 머그컵", "Aurora Mug"), "Lumi", ("컵",)),
        ],
        brands=[Named("nuri", ("누리", "Nuri")), Named("nike", ("Nike",)), Named("adidas", ("아디다스",))],
        categories=[Named("athletic-shoes", ("운동화", "Sneakers"))],
        branches=[Named("gangnam", ("강남점", "Gangnam"))],
        coupons=["WELCOME10"],
    )


@pytest.fixture(scope="session")
def understanding(lexicon):
    return Understanding.load(lexicon=lexicon)


@pytest.fixture(scope="session")
def read(understanding):
    def read(said, **context):
        return understanding.read(said, Context(**{"today": TODAY, **context}))

    return read
