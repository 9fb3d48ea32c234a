"""What is ruled out, and goods for animals: kept beside the entities, never as something wanted."""

import pytest


def beside(reading):
    return [(one.type, one.value) for one in reading.beside]


def out(kind, value):
    return ("excluded", {"type": kind, "value": value})


@pytest.mark.parametrize(
    ("said", "ruled_out"),
    [
        ("흰색 말고", out("color", "white")),
        ("not white", out("color", "white")),
        ("가죽 아닌 걸로 보여줘", out("material", "leather")),
        ("anything but leather", out("material", "leather")),
        ("without a hood please", out("word", "hood")),
        ("toys, nothing with tiny parts", out("word", "tiny parts")),
        ("got anything w/o batteries", out("category", "batteries")),
        ("지퍼 없는거", out("word", "지퍼")),
        ("새우 안 들어간 사료 있어요?", out("category", "seafood")),
        ("닭고기 안들어간거", out("category", "meat")),
        ("견과류 안든 과자 말고 호두 안 넣은 거", out("word", "호두")),
        ("구두 말고 운동화", out("category", "dress-shoes")),
    ],
)
def test_what_is_ruled_out_is_not_wanted(read, said, ruled_out):
    reading = read(said)
    assert ruled_out in beside(reading)
    assert (ruled_out[1]["type"], ruled_out[1]["value"]) not in [(e.type, e.value) for e in reading.entities]


@pytest.mark.parametrize(
    "said", ["no thanks", "별 말고 다른 얘기 해요", "is it not waterproof?", "방수되는거 말고도 있어?"]
)
def test_nothing_is_ruled_out(read, said):
    assert not any(kind == "excluded" for kind, _ in beside(read(said)))


@pytest.mark.parametrize(
    ("said", "kind", "whose"),
    [
        ("강아지 옷도 있어?", "pet-clothes", "dogs"),
        ("a coat for my small dog", "pet-clothes", "dogs"),
        ("고양이 침대", "pet-beds", "cats"),
    ],
)
def test_goods_for_an_animal_are_goods_for_animals(read, said, kind, whose):
    reading = read(said)
    assert ("category", kind) in [(e.type, e.value) for e in reading.entities]
    assert ("audience", whose) in beside(reading)


def test_a_cat_on_a_shirt_is_nobody_to_dress(read):
    reading = read("고양이 무늬 셔츠")
    assert [(e.type, e.value) for e in reading.entities] == [("category", "shirts")]
    assert beside(reading) == []
