"""English words of the shop floor misspelt: read as what was meant; names and other words left alone."""

import pytest

from dangol.assistant.understanding import slips
from dangol.assistant.understanding.lexicon import ProductName, ShopLexicon
from dangol.kernel.words.normalising import normalised


def mended(text, is_name=lambda word: False):
    return slips.mended(normalised(text), text, is_name).text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sneekers", "sneakers"),
        ("blankit", "blanket"),
        ("keybord", "keyboard"),
        ("headfones", "headphones"),
        ("matresses", "mattresses"),
        ("runing shoes", "running shoes"),
        ("protien powder", "protein powder"),
        ("chagne my delivry adress", "change my delivery address"),
        ("put it in my crat", "put it in my cart"),
    ],
)
def test_slips_are_put_right(typed, meant):
    assert mended(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "does the battle of the bands book come signed",
        "certain coast boats",
        "racing and traded wins",
        "a lunch for the squad",
        "track my parcel",
        "shoes.blanket@mail.com keybord.com #candels",
        "운동화 blnket123",
    ],
)
def test_words_that_mean_themselves_stay(typed):
    assert mended(typed) == normalised(typed).text


def test_a_name_of_the_shop_and_a_capital_within_a_sentence_are_no_slips():
    shop = ShopLexicon.build([ProductName("lume", ("Candel Lume Lantern",))])
    assert mended("the candel lume", shop.has_word) == "the candel lume"
    assert mended("i am Jane Keybord") == "i am jane keybord"
    assert mended("Keybord please") == "keyboard please"


def test_goods_misspelt_are_linked_and_stand_where_they_were_typed(read):
    reading = read("any sneekers for my son under $40", language="en")
    (goods,) = [one for one in reading.entities if one.type == "category"]
    assert (goods.value, goods.text) == ("athletic-shoes", "sneekers")
    assert reading.values("price_max") == [{"amount": 4000, "currency": "USD"}]
    assert reading.has("find_product")


@pytest.mark.parametrize(
    ("said", "goods"),
    [
        ("a bike helmet", ["helmets"]),
        ("vacuum cleaner bags", []),
        ("do you have coffee filters", []),
        ("camera bag", ["bags"]),
        ("bags of coffee beans", ["coffee"]),
        ("protein powder chocolate flavor", ["protein-powder"]),
        ("desk and a lamp", ["desks", "lamps"]),
        ("shoes bags", ["shoes", "bags"]),
        ("프린터 잉크 있어요?", []),
        ("청소기 필터", []),
        ("청소기 있어요?", ["vacuum-cleaners"]),
        ("jigsaw 1000 pcs", ["puzzles"]),
    ],
)
def test_of_a_compound_the_thing_itself_is_meant(read, said, goods):
    assert read(said).values("category") == goods


@pytest.mark.parametrize(
    ("said", "sizes"),
    [
        ("beds for large dogs", []),
        ("it folds small", []),
        ("books for a 9 yr old", []),
        ("large gray hoodie", ["L"]),
        ("is a medium right for me", ["M"]),
        ("hiking boots 10.5 wide", ["10.5"]),
        ("running shoes 4 men", []),
        ("shoes 4 wide feet", []),
    ],
)
def test_an_adjective_is_no_size_and_a_number_behind_shoes_is(read, said, sizes):
    assert [one["value"] for one in read(said, language="en").values("size")] == sizes


def test_those_spoken_to_are_nobody_to_buy_for(read):
    assert read("do you guys have chairs").values("audience") == []
    assert read("chairs for the guys").values("audience") == ["men"]


def test_what_comes_before_not_is_wanted(read):
    assert read("blue not black").values("color") == ["blue"]


def test_a_taste_is_no_colour(read):
    assert read("mint toothpaste").values("color") == []
    assert read("mint curtains").values("color") == ["mint"]
