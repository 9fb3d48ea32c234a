import pytest

from dangol.kernel.words import audiences, categories, colours, materials, occasions, seasons


def slugs(found):
    return [match.slug for match in found]


@pytest.mark.parametrize(
    "said", ["까만거 있어요", "검정색이요", "블랙으로", "Black please", "검은 운동화", "까망"]
)
def test_every_word_for_black_is_black(said):
    assert slugs(colours.find(said)) == ["black"]


@pytest.mark.parametrize("said", ["밝은색", "혼잡한", "회원가입", "redeem my points", "라면", "background"])
def test_a_colour_is_not_seen_inside_another_word(said):
    assert slugs(colours.find(said)) == []


@pytest.mark.parametrize(
    ("said", "slug"),
    [
        ("운동화", "sneakers"),
        ("스니커즈", "sneakers"),
        ("sneakers", "sneakers"),
        ("무선 마우스", "mice"),
        ("무선마우스", "mice"),
        ("나이키운동화", "sneakers"),
        ("강아지사료", "dog-food"),
        ("running shoes", "running-shoes"),
        ("라면", "noodles"),
        ("원피스", "dresses"),
        ("소파", "sofas"),
        ("그림책", "childrens-books"),
    ],
)
def test_kinds_of_goods_in_both_languages_with_and_without_spaces(said, slug):
    assert slugs(categories.find(said)) == [slug]


def test_a_material_of_one_syllable_stands_alone():
    assert slugs(materials.find("면 100%인가요")) == ["cotton"]
    assert slugs(materials.find("라면 먹고 싶으면")) == []


def test_categories_lie_in_one_another():
    assert categories.wider("running-shoes") == ["sneakers", "shoes"]
    assert categories.is_within("running-shoes", "shoes")
    assert not categories.is_within("shoes", "running-shoes")
    assert "running-shoes" in categories.narrower("sneakers")


def test_there_are_enough_kinds_and_each_parent_is_one_of_them():
    rows = categories.words().rows
    assert len(rows) >= 250
    assert all(row.parent is None or row.parent in rows for row in rows.values())
    assert all(row.ko and row.en for row in rows.values())


def test_the_place_of_a_word_is_the_place_typed():
    typed = "혹시 😀 고어텍스 자켓"
    (match,) = materials.find(typed)
    assert (match.slug, typed[match.start : match.end]) == ("gore-tex", "고어텍스")


def test_people_occasions_and_seasons():
    assert slugs(audiences.find("아빠 선물")) == ["men"]
    assert slugs(audiences.find("for my daughter")) == ["kids"]
    assert slugs(occasions.find("비 오는 날 신을 거")) == ["rain"]
    assert slugs(seasons.find("여름에 입을")) == ["summer"]
