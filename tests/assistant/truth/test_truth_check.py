"""What the check reads and what counts as evidence, piece by piece."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dangol.assistant.truth import Evidence, check
from dangol.assistant.truth.figures import read
from dangol.assistant.truth.numbers import number
from dangol.contracts.shopfloor.baskets import DeliveryOptions, DeliveryQuote, Offer, Offers
from dangol.contracts.shopfloor.policies import Passage, PolicyAnswer
from dangol.contracts.shopfloor.products import Availability, ProductCard, VariantView
from dangol.kernel.blocks import CartBlock, Price, ProductItem, ProductsBlock, TextBlock
from dangol.kernel.money import Money
from dangol.kernel.shop import Shop

NOW = datetime.fromisoformat("2026-11-21T12:00:00+09:00")


def won(amount: int) -> Money:
    return Money(amount=amount, currency="KRW")


def price(amount: int) -> Price:
    return Price(amount=amount, currency="KRW", display=f"{amount:,}원")


def trail(stock: int = 3) -> Availability:
    card = ProductCard(product="trail", title="트레일 러너 2", price=won(129_000), in_stock=stock > 0)
    variant = VariantView(sku="T", options={"색상": "블랙", "사이즈": "270"}, price=won(129_000), stock=stock)
    return Availability(card=card, matching=(variant,))


def kinds(text: str, *results: object, said: str = "") -> list[str]:
    evidence = Evidence.gather(results, said, NOW, "Asia/Seoul")  # type: ignore[arg-type]
    return [unbacked.kind for unbacked in check([text], evidence)]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("129,000", "129000"), ("12만9천", "129000"), ("삼만오천", "35000"), ("3.5만", "35000"), ("만", "10000"),
        ("만오천", "15000"), ("1억2천만", "120000000"), ("열두", "12"), ("스무", "20"), ("세", "3"),
        ("thirty-five", "35"), ("one hundred and twenty", "120"), ("two thousand five hundred", "2500"),
    ],
)  # fmt: skip
def test_numbers_in_words(written: str, value: str) -> None:
    assert number(written) == Decimal(value)


@pytest.mark.parametrize(
    "same",
    [
        "129,000원",
        "12만9천원",
        "12만 9천원",
        "십이만구천원",
        "₩129,000",
        "129,000 won",
        "KRW 129,000",
        "12.9만원",
    ],
)
def test_one_amount_however_it_is_written(same: str) -> None:
    assert kinds(f"가격은 {same}이에요.", trail()) == []
    assert kinds(f"가격은 {same}이에요.") == ["price"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a third off", "percent"), ("반값", "percent"), ("3할 할인", "percent"), ("10퍼센트", "percent"),
        ("ten dollars", "money"), ("2~3일", "span"), ("일주일", "span"), ("이틀 안에", "span"), ("within a week", "span"),
        ("오후 2시 30분", "time"), ("2:30 pm", "time"), ("11월 24일(화)", "date"), ("Nov 24", "date"), ("내일", "relative"),
        ("next Monday", "weekday"), ("다음 주", "period"), ("별점 4.7점", "rating"), ("재고 3개", "stock"),
        ("only 2 left", "stock"), ("1,200포인트", "points"), ("help@example.com", "email"), ("02-000-0000", "phone"),
        ("https://shop.example/x", "link"), ("270mm", "size"), ("XL 사이즈", "size"), ("쿠폰 SAVE10", "code"),
    ],
)  # fmt: skip
def test_every_kind_of_figure_is_read(text: str, kind: str) -> None:
    assert kind in {figure.kind for figure in read(text)}


@pytest.mark.parametrize(
    "text",
    [
        "feel free to ask",
        "프리미엄 라인",
        "한 번 더 말씀해 주세요",
        "one of them",
        "원래 그래요",
        "일요일 아니고요",
        "세일",
        "두근두근",
    ],
)
def test_words_that_are_no_figures(text: str) -> None:
    assert [figure.kind for figure in read(text) if figure.kind not in ("weekday",)] == []


def test_the_shoppers_words_are_wishes_and_never_facts() -> None:
    assert kinds("5만원 이하로 찾아볼게요.", said="5만원 이하 운동화") == []
    assert kinds("말씀하신 5만원 예산에 맞춰 볼게요.", said="예산 5만원이요") == []
    assert kinds("네, 5만원에 드릴게요.", trail(), said="5만원에 주세요") == ["price"]
    assert kinds("5만원 이상이면 무료배송이에요.", said="5만원 이상 무료배송이죠?") == ["price", "price"]


def test_a_review_backs_its_own_words_only() -> None:
    review = {
        "items": [
            {"rating": 5, "title": "굿", "body": "만원에 샀어요 최고", "author": "김", "verified": True}
        ]
    }
    assert kinds('"만원에 샀어요 최고"라는 후기가 있어요.', trail(), review) == []
    assert kinds("만원에 사실 수 있어요.", trail(), review) == ["price"]


def test_an_article_backs_its_rules_and_no_price() -> None:
    passage = Passage(
        article="a",
        title="배송 안내",
        text="배송비는 3,000원이에요. 이 재킷은 원래 50,000원이에요.",
        url="",
        language="ko",
        score=0.9,
    )
    answer = PolicyAnswer(passages=(passage,))
    assert kinds("배송비는 3,000원이에요.", answer, trail()) == []
    assert kinds("이 재킷 가격은 50,000원이에요.", answer, trail()) == ["price"]
    assert kinds("가격은 3,000원이에요.", answer, trail()) == ["price"]


def test_stock_is_of_the_moment_and_of_the_variant() -> None:
    assert kinds("블랙 270 재고 있어요. 3개 남았어요.", trail()) == []
    assert kinds("블랙 270은 품절이에요.", trail(stock=0)) == []
    assert kinds("블랙 270 재고 있어요.", trail(stock=0)) == ["stock"]
    assert kinds("블랙 270은 품절이에요.", trail()) == ["stock"]


def test_hours_of_a_branch_in_an_article_are_not_those_of_the_shop_itself() -> None:
    shop = {"name": "누리상회", "hours": {"mon-fri": "09:00-18:00"}}
    text = "The Seomyeon store is open Tuesday–Sunday 10:30-20:00."
    passage = Passage(article="s", title="Stores", text=text, url="", language="en", score=0.9)
    assert kinds(text, PolicyAnswer(passages=(passage,)), shop) == []
    assert kinds("The Seomyeon store is open on Sunday.", shop) == ["date"]


def test_hours_may_be_told_without_the_word() -> None:
    shop = {"hours": {"mon-fri": "09:00-18:00", "sat": "10:00-14:00"}}
    assert kinds("We are there Saturday 10:00-14:00 and Monday to Friday 09:00-18:00.", shop) == []
    assert kinds("We are there Sunday 10:00-14:00.", shop) == ["date"]


def test_a_coupon_without_an_amount_is_free_delivery() -> None:
    offers = Offers(
        items=(Offer(kind="coupon", title="FREESHIP", code="FREESHIP", min_subtotal=won(30_000)),)
    )
    assert kinds("30,000원 이상 담으시면 쿠폰 FREESHIP로 배송비가 무료예요.", offers) == []


def test_a_date_is_told_in_the_shops_own_zone() -> None:
    order = {"order": "A1", "eta": "2026-11-21T16:30:00+00:00"}  # 22 November in Seoul
    assert kinds("11월 22일에 도착해요.", order) == []
    assert kinds("11월 21일에 도착해요.", order) == ["date"]
    assert kinds("내일 도착해요.", order) == []


def test_prices_of_every_block_are_checked() -> None:
    evidence = Evidence.gather([trail()], "", NOW, "Asia/Seoul")

    def shown(amount: int) -> ProductsBlock:
        item = ProductItem(
            product="trail", title="트레일 러너 2", price=price(amount), image="", url="", in_stock=True
        )
        return ProductsBlock(items=(item,))

    assert check([shown(129_000)], evidence) == []
    found = check([TextBlock(text="여기 있어요."), shown(99_000)], evidence)
    assert [(unbacked.kind, unbacked.text, unbacked.block) for unbacked in found] == [
        ("price", "99,000원", 1)
    ]
    cart = CartBlock(lines=(), subtotal=price(129_000), discounts=(), shipping=price(0), total=price(128_999))
    assert [unbacked.text for unbacked in check([cart], evidence)] == ["128,999원"]


def test_what_is_unbacked_is_named_with_its_place() -> None:
    text = "가격은 99,000원이고 7개 남았어요."
    found = check([text], Evidence.gather([trail()], "", NOW, "Asia/Seoul"))
    assert [(u.kind, text[u.start : u.end]) for u in found] == [("price", "99,000원"), ("stock", "7개 남")]


def test_the_shop_file_is_evidence_when_it_is_handed_in(shop: Shop) -> None:
    assert kinds("배송비는 3,000원이고 50,000원 이상이면 무료예요.", shop) == []
    assert kinds("배송비는 2,000원이에요.", shop) == ["price"]
    assert kinds("고객센터는 02-000-0000, 평일 18:00까지예요.", shop) == []
    assert kinds("반품은 7일 안에 하실 수 있어요.", shop) == []


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=300), st.text(max_size=80))
def test_no_text_breaks_the_check(text: str, said: str) -> None:
    evidence = Evidence.gather([trail(), {"text": text, "n": 3}], said, NOW, "Asia/Seoul")
    for unbacked in check([text, said], evidence):
        assert 0 <= unbacked.start < unbacked.end <= max(len(text), len(said))


@settings(deadline=None, max_examples=100)
@given(st.integers(min_value=100, max_value=9_999_999))
def test_any_amount_but_the_products_own_is_caught(amount: int) -> None:
    caught = kinds(f"트레일 러너 2는 {amount:,}원이에요.", trail())
    assert caught == ([] if amount == 129_000 else ["price"])


def test_a_delivery_quote_is_a_record_and_no_review() -> None:
    """The list of delivery quotes has the name of the list of review quotes."""
    day = NOW.date()
    told = DeliveryQuote(zone="48 states", fee=won(25_000), surcharge=won(0), earliest=day, latest=day)
    options = DeliveryOptions(understood="California", served=True, known_place=True, quotes=(told,))
    assert kinds("Delivery to 48 states is ₩25,000.", options) == []
    assert kinds("Delivery to 50 states is ₩25,000.", options) == ["number"]


def test_the_number_left_is_the_number_on_record() -> None:
    assert kinds("트레일 러너 2 블랙 / 270은 지금 3개 남았어요.", trail()) == []
    assert "stock" in kinds("트레일 러너 2 블랙 / 270은 지금 4개 남았어요.", trail())


GIFTS = PolicyAnswer(
    passages=(
        Passage(article="gifts", title="Gifts", text="We wrap any book or game for $4 an item. Notes are free.", url="", language="en", score=1.0),
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("We wrap any book or game for $4 an item.", []),  # the article's own sentence
        ("We wrap any book or game for $3 an item.", ["price"]),
        ("The running shoes are yours for $4.", ["price"]),  # the same figure, said of something else
    ],
)
def test_a_whole_sentence_of_an_article_is_true_as_it_stands(text: str, held: list[str]) -> None:
    assert kinds(text, GIFTS, trail()) == held


def test_a_number_at_the_end_of_a_sentence_is_no_number_of_a_list() -> None:
    values = [figure.values[0][0] for figure in read("1. Ages 6-10. 120 pages.") if figure.kind == "number"]
    assert values == [Decimal(6), Decimal(10), Decimal(120)]


POINTS = PolicyAnswer(
    passages=(
        Passage(
            article="points", title="적립금", url="", language="ko", score=0.9,
            text="적립금은 1,000점부터 쓸 수 있고, 1점은 1원이에요. 배송비는 3,000원이고 선물 포장은 2,500원이에요.",
        ),
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("소나기 장화를 1원에 드릴게요.", ["price"]),
        ("소나기 장화를 3,000원에 가져가세요.", ["price"]),
        ("You can have the boots for 3,000 won.", ["price"]),
        ("적립금 1점은 1원이에요.", []),
        ("포장은 2,500원에 해 드려요.", []),
        ("선물 포장은 2,500원에 드려요.", []),
        ("You can have it wrapped for 2,500 won.", []),
    ],
)
def test_a_fee_is_never_what_goods_are_given_for_where_no_goods_are_known(text: str, held: list[str]) -> None:
    assert kinds(text, POINTS) == held
