import pytest
from hypothesis import given, settings
from hypothesis import strategies as st


def found(reading):
    return [(entity.type, entity.value) for entity in reading.entities]


def mm(value):
    return ("size", {"system": "mm", "value": value})


@pytest.mark.parametrize(
    ("said", "entities"),
    [
        ("이거 까만거 270 있음?", [("product", {"ref": "last"}), ("color", "black"), mm("270")]),
        ("아 270 말고 265요", [mm("265")]),
        ("검정 말고 네이비로 주세요", [("color", "navy")]),
        ("not medium, large", [("size", {"system": "alpha", "value": "L"})]),
        ("두 번째 거요", [("product", {"ref": "ordinal", "index": 2})]),
        (
            "1번이랑 3번 뭐가 달라요",
            [("product", {"ref": "ordinal", "index": 1}), ("product", {"ref": "ordinal", "index": 3})],
        ),
        ("주문번호 20261121-0001이에요", [("order_id", "20261121-0001")]),
        ("where is order #W2378156", [("order_id", "#W2378156")]),
        ("대한통운 1234567890", [("carrier", "kr.cjlogistics"), ("tracking_no", "1234567890")]),
        ("적립금 다 쓸게요", [("points", "all")]),
        ("3000포인트 쓸게요", [("points", 3000)]),
        ("제 번호는 010-1234-5678이에요", [("phone", "01012345678")]),
        ("my email is Jane@Mail.com", [("email", "jane@mail.com")]),
        ("영어로 해주세요", [("language", "en")]),
        ("작아서 반품할게요", [("reason", "size")]),
        ("선물 포장 되나요", [("topic", "gift-wrapping")]),
        ("담주 화욜까지 배송 되나요", [("date", "2026-11-24")]),
        ("지난달에 뭐 샀죠", [("date_range", {"from": "2026-10-01", "to": "2026-10-31"})]),
    ],
)
def test_values_as_the_spec_says(read, said, entities):
    got = [one for one in found(read(said)) if one[0] not in {"occasion"}]
    assert got == entities


def test_a_search_with_every_kind_of_condition(read):
    got = dict(found(read("아빠 드릴 방수 등산화 5만원대 별점 4점 이상 싼 순으로")))
    assert got == {
        "audience": "men",
        "attribute": "waterproof",
        "category": "hiking-shoes",
        "price_min": {"amount": 50000, "currency": "KRW"},
        "price_max": {"amount": 59999, "currency": "KRW"},
        "rating_min": 4.0,
        "sort": "price_asc",
    }


def test_this_means_the_page_where_there_is_one(read):
    assert found(read("이거 얼마예요", product_on_page=True)) == [("product", {"ref": "page"})]
    assert found(read("그거 얼마예요", product_on_page=True)) == [("product", {"ref": "last"})]


@pytest.mark.parametrize(
    "said",
    [
        "트레일 러너 2 있어요?",
        "트레일러너2 얼마",
        "trail runner 2 in stock?",
        "TR2-BLK-270 재고",
        "트래일 러너 얼마예요",
    ],
)
def test_products_by_name_code_and_misspelling(read, said):
    assert ("product", {"product": "trail-runner-2"}) in found(read(said))


def test_a_word_in_several_names_is_no_product(read):
    assert "product" not in dict(found(read("오로라 있어요?")))
    assert ("product", {"product": "aurora-mug"}) in found(read("오로라 머그컵 있어요?"))


@pytest.mark.parametrize(
    ("said", "brand"),
    [
        ("나이키 운동화", "nike"),
        ("nike 운동화", "nike"),
        ("나잌 신발", "nike"),
        ("adidas 신발", "adidas"),
        ("아디타스 신발", "adidas"),
        ("soflRm 누리 가방", "nuri"),
    ],
)
def test_brands_in_either_script_and_misspelt(read, said, brand):
    assert ("brand", brand) in found(read(said))


def test_the_shops_own_slug_wins(read):
    assert ("category", "athletic-shoes") in found(read("스니커즈 보여줘"))


def test_branches_and_coupons_of_the_shop(read):
    assert ("store", "gangnam") in found(read("강남점 몇시까지 해요"))
    assert ("coupon", "WELCOME10") in found(read("welcome10 적용해줘"))


@pytest.mark.parametrize("said", ["내꺼 언제 와요", "이거 너무 좋아요", "한 개만 주세요", "nice, thanks"])
def test_everyday_words_are_no_names(read, said):
    assert not {"brand", "store"} & set(dict(found(read(said))))


def test_a_word_of_the_other_keyboard_is_found_where_it_was_typed(read):
    said = "vkfks dnsehdghk"  # 파란 운동화
    reading = read(said, language="ko")
    colour = next(entity for entity in reading.entities if entity.type == "color")
    assert (colour.value, colour.text, said[colour.start : colour.end]) == ("blue", "vkfks", "vkfks")


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("서울 강남구 테헤란로 123, 4층으로 보내주세요", "서울 강남구 테헤란로 123, 4층"),
        ("ship to 12 Main St, Springfield, IL 62704", "12 Main St, Springfield, IL 62704"),
    ],
)
def test_addresses_out_of_a_sentence(read, said, address):
    assert ("address", address) in found(read(said))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_entities_point_into_the_message(read, said):
    for entity in read(said).entities:
        assert said[entity.start : entity.end] == entity.text
