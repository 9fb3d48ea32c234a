"""What is heard of a reply: its words, the first of a list, buttons by number; nothing only eyes can use."""

from __future__ import annotations

from dangol.assistant.voice.ear import LONGEST, for_the_ear
from dangol.kernel.blocks import (
    Block,
    Choice,
    ChoicesBlock,
    FormBlock,
    LinkBlock,
    OrderBlock,
    OrderLineItem,
    Price,
    ProductItem,
    ProductsBlock,
    ShipmentItem,
    Source,
    TextBlock,
)
from dangol.kernel.money import Money
from dangol.kernel.shop import Shop


def won(amount: int, language: str = "ko") -> Price:
    return Price.of(Money(amount=amount, currency="KRW"), language)


def product(place: int, *, in_stock: bool = True) -> ProductItem:
    return ProductItem(
        product=f"p{place}", title=f"러닝화 {'가나다라'[place]}", price=won(89_000 + place), image="", url="/p", in_stock=in_stock
    )  # fmt: skip


def test_a_list_is_shortened_and_the_rest_is_counted(shop: Shop) -> None:
    blocks: tuple[Block, ...] = (
        TextBlock(text="잘 맞는 상품이에요.", sources=(Source(title="t", article="a", url="https://x"),)),
        ProductsBlock(items=(product(0), product(1, in_stock=False), product(2), product(3))),
    )
    said = for_the_ear(blocks, "ko", shop, known=False)
    assert "첫 번째, 러닝화 가, 팔만 구천 원" in said
    assert "두 번째, 러닝화 나, 팔만 구천일 원, 지금은 품절이에요" in said
    assert "러닝화 라" not in said
    assert "나머지 한 개는 화면에 있어요" in said
    assert "http" not in said


def test_buttons_are_offered_by_number(shop: Shop) -> None:
    options = (Choice(id="a", label="비교하기"), Choice(id="b", label="더 보기"))
    assert "일 번 비교하기; 이 번 더 보기" in for_the_ear(
        (ChoicesBlock(options=options),), "ko", shop, known=False
    )
    english = for_the_ear((ChoicesBlock(options=options),), "en", shop, known=False)
    assert "one for 비교하기; two for 더 보기" in english


def test_an_order_is_told_once_and_its_number_figure_by_figure(shop: Shop) -> None:
    order = OrderBlock(
        order="1003", status="shipped", placed_at="2026-11-20T10:00:00+09:00", total=won(129_000),
        lines=(OrderLineItem(line="1", product="p", sku="s", title="러닝화", options={}, quantity=2, unit_price=won(64_500), total=won(129_000)),),
        shipments=(ShipmentItem(carrier="kr.cj", tracking_no="123456789012", status="in_transit", eta="2026-11-25", url=None, events=()),),
    )  # fmt: skip
    said = for_the_ear((order,), "ko", shop, known=True)
    assert "일공공삼 주문은 배송 중" in said
    assert "러닝화 두 개" in said
    assert "십이만 구천 원" in said
    assert "십일월 이십오일" in said
    assert "123456789012" not in said
    told = for_the_ear(
        (TextBlock(text="1003 주문은 배송 중이고 129,000원이에요."), order), "ko", shop, known=True
    )
    assert told.count("십이만 구천 원") == 1
    assert told.count("일공공삼") == 1


def test_a_form_has_nothing_to_hear_and_a_link_is_on_the_screen(shop: Shop) -> None:
    assert for_the_ear((FormBlock(form="f", fields=()),), "ko", shop, known=False) == ""
    said = for_the_ear((LinkBlock(label="영수증", url="https://x.example/r.pdf"),), "ko", shop, known=False)
    assert said == "영수증은 화면의 링크에 있어요."


def test_a_long_reply_ends_with_a_whole_sentence(shop: Shop) -> None:
    said = for_the_ear((TextBlock(text="이 문장은 꽤 길어요. " * 200),), "ko", shop, known=False)
    assert len(said) <= LONGEST
    assert said.endswith("길어요.")


def test_who_has_shown_nothing_hears_no_phone_number_but_the_shops(shop: Shop) -> None:
    text = (TextBlock(text="저희 번호는 02-000-0000, 받는 분은 010-1234-5678이에요."),)
    assert "공일공" not in for_the_ear(text, "ko", shop, known=False)
    assert "공이, 공공공" in for_the_ear(text, "ko", shop, known=False)
    assert "공일공" in for_the_ear(text, "ko", shop, known=True)


def test_of_several_orders_each_is_told_in_short(shop: Shop) -> None:
    def order(number: str, lines: int) -> OrderBlock:
        line = OrderLineItem(line="1", product="p", sku="s", title="러닝화", options={}, quantity=1, unit_price=won(5_000), total=won(5_000))  # fmt: skip
        return OrderBlock(order=number, status="delivered", placed_at="2026-11-20T10:00:00+09:00", lines=(line,) * lines, total=won(5_000 * lines), shipments=())  # fmt: skip

    orders = tuple(order(f"100{place}", place) for place in range(1, 6))
    said = for_the_ear((TextBlock(text="최근 주문이에요."), *orders), "ko", shop, known=True)
    assert "일공공일 주문" in said
    assert "러닝화, 합계 오천 원" in said
    assert "러닝화 외 두 개, 합계 만 오천 원" in said
    assert "일공공사" not in said
    assert said.count("나머지 두 개는 화면에 있어요") == 1
