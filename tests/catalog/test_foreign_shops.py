"""Shops of other trades: options that are no clothes sizes, the shop's own kinds, what is in the food."""

from pathlib import Path

import pytest

from dangol.catalog import api as catalog
from dangol.catalog.search.search import Search
from dangol.catalog.tools import tools
from dangol.contracts.shopfloor.products import FindProducts, Wishes
from dangol.kernel.words import measures

SHOPS = Path(__file__).parents[1] / "stories" / "shops"


@pytest.fixture
async def find(conn, connect, shop, clock, context, tmp_path):
    """Finds among the goods of both shops by words: `await find("김치", categories=("kimchi",))`."""
    for name in ("furniture", "grocery"):
        file = SHOPS / name / "products.csv"
        report = await catalog.import_products(
            conn, shop, file, "shopify-csv", clock.now(), media=tmp_path / "media"
        )
        assert report.refused == ()
    box = {tool.name: tool for tool in tools(await Search.open(connect))}

    async def run(text, **wishes):
        asked = FindProducts(wishes=Wishes(text=text, **wishes), limit=6)
        return await box["find_products"].run(context(conn, shop, clock), asked)

    return run


def handles(found):
    return [card.product for card in found.items]


async def test_a_kind_the_title_names_is_found_under_the_shops_wider_type(find):
    assert set(handles(await find("김치", categories=("kimchi",)))) == {"kimchi", "vegan-kimchi"}


async def test_an_option_in_the_shops_own_words_is_the_variant_shown(find):
    found = await find("쌀 10키로 있나요", categories=("rice",))
    assert [(card.product, card.sku) for card in found.items] == [("rice", "RI-10")]


async def test_an_option_that_is_sold_out_is_said_to_be(find):
    found = await find("king size bed", categories=("beds",))
    assert handles(found) == ["dune-bed"]
    assert [one.kind for one in found.loosened] == ["size"]


async def test_what_is_ruled_out_is_looked_for_in_title_tags_and_description(find):
    found = await find("식물성 음료", excluded_words=("아몬드",))
    assert "almond-drink" not in handles(found)
    assert "oat-milk" in handles(found)


async def test_a_tag_that_denies_says_no(find):
    found = await find("디카페인 원두", categories=("coffee-beans",), attributes=("decaf",))
    assert "coffee-beans" not in handles(found)


@pytest.mark.parametrize(
    ("said", "value", "named"),
    [
        ("쌀 10키로 있나요", "10 kg", True),
        ("1리터짜리 담아줘", "1 L", True),
        ("1 리터", "1 L", True),
        ("king size bed", "King", True),
        ("looking for a king", "King", True),
        ("I am asking", "King", False),
        ("oak 160", "160 cm", False),
        ("160cm oak", "160 cm", True),
    ],
)
def test_an_option_is_named_by_words_of_its_own(said, value, named):
    assert measures.names(said, value) is named
