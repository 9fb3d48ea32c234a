"""Who says who they are or signs is behind a placeholder; whoever says what they want, or how things are, is not."""

from __future__ import annotations

import pytest

from dangol.assistant.minds.language_model.masks import Masks
from dangol.assistant.understanding.reading import Entity

NAMED = [
    ("홍길동입니다", "홍길동"), ("홍길동이에요", "홍길동"), ("안녕하세요 홍길동입니다. 재고 문의드려요", "홍길동"), ("안녕하세요, 박서연이에요~", "박서연"),
    ("네 최은지예요", "최은지"), ("저 이도윤인데요 신발 언제 와요?", "이도윤"), ("어제 주문한 정하윤입니다", "정하윤"), ("장화 산 오세훈인데 교환 되나요", "오세훈"),
    ("문의드렸던 강민재입니다.", "강민재"), ("김민수라고 합니다", "김민수"), ("저는 신유진이라고 해요", "신유진"), ("송지호라고 하는데요", "송지호"),
    ("받는 사람 박서연", "박서연"), ("받는 사람: 윤서진", "윤서진"), ("받는분 임채원이요", "임채원"), ("수령인 한지민", "한지민"), ("주문자 조현우 확인 부탁드려요", "조현우"),
    ("구매자명: 배수지", "배수지"), ("입금자명 서강준", "서강준"), ("예금주는 권나라입니다", "권나라"), ("예약자 유재석인데요", "유재석"), ("김하늘입니다", "김하늘"),
    ("박보람이에요. 머그컵 있나요?", "박보람"), ("최사랑인데 쿠폰이 안 돼요", "최사랑"), ("남궁민입니다", "남궁민"), ("황보승희예요", "황보승희"), ("제갈민수라고 합니다", "제갈민수"),
    ("배송이 늦네요. 답변 부탁드립니다. 이준호 드림", "이준호"), ("감사합니다.\n노은서 올림", "노은서"), ("빠른 답변 부탁드려요.\n\n문소영", "문소영"), ("감사합니다\n- 전지현", "전지현"),
    ("연락 주세요. 홍수아 010-1234-5678", "홍수아"), ("구본승, 010 2345 6789", "구본승"), ("안소희 02-123-4567로요", "안소희"), ("여보세요? 양현석입니다", "양현석"),
    ("아 네, 손나은이에요", "손나은"), ("전 백지영입니다", "백지영"), ("머그컵 받은 심은하입니다", "심은하"), ("제가 우도환인데요", "우도환"), ("이름은 주지훈이에요", "주지훈"),
    ("I'm Jane Doe", "Jane Doe"), ("I am Jane Doe and I ordered boots", "Jane Doe"), ("this is Jane", "Jane"), ("This is Jane.", "Jane"), ("Hi, this is Tom from Leeds", "Tom"),
    ("Hello! It's Priya again", "Priya"), ("It’s Søren here", "Søren"), ("I’m Chloe, do you have mugs?", "Chloe"), ("im Oliver, the one who asked about boots", "Oliver"),
    ("this is jane speaking", "jane"), ("Sarah here, where is my parcel?", "Sarah"), ("Hi, Miguel here. Any news?", "Miguel"), ("This is Anna Maria Lopez calling", "Anna Maria Lopez"),
    ("Where is my parcel?\n\nThanks,\nJane", "Jane"), ("Please hurry.\nBest regards,\nJane Doe", "Jane Doe"), ("No reply so far.\nKind regards\nJ. Smith", "J. Smith"),
    ("Cheers, Tom", "Tom"), ("Is it in stock? Thanks, Emma", "Emma"), ("Thank you!\nMohammed", "Mohammed"), ("Please answer.\n- Kate", "Kate"), ("It never came.\n— Liam O'Brien", "Liam O'Brien"),
    ("Yours sincerely,\nDr. Helen Park", "Helen Park"), ("I want my money back. Regards, Ahmed Khan", "Ahmed Khan"), ("my name's Ravi", "Ravi"), ("Best wishes\nNora\n", "Nora"),
    ("Many thanks in advance, Ingrid", "Ingrid"), ("I'm Jean-Luc and I need a tent", "Jean-Luc"),
]  # fmt: skip

OF_NOBODY = [
    "재고 문의입니다", "문의입니다", "주문입니다", "안녕하세요 배송 문의입니다", "반품 문제입니다", "전화입니다", "선물입니다", "하자입니다", "오배송입니다", "신상품인데요",
    "이상품인데 교환되나요", "주문건입니다", "성인용이에요", "남성용인데요", "여성용입니다", "사용자입니다", "정사이즈입니다", "추가금이에요", "최대한 빨리요", "최고예요",
    "최고급인데 비싸요", "오늘입니다", "어제 산 장화입니다", "어제 주문한 조끼인데요", "새로 산 정수기입니다", "예쁜 원피스예요", "검은 우산입니다", "남자예요", "여자친구인데요",
    "우리 강아지예요", "고양이입니다", "소고기인데요", "고무신이에요", "이미지입니다", "설명서인데요", "명세서입니다", "부가세인데요", "주문자입니다", "지금입니다", "정도인데요",
    "주문드림", "문의 드림", "연락 드림", "부탁드림", "확인 요청 드림", "감사합니다\n", "감사합니다.\n재고 문의", "전화는 010-1234-5678", "연락처 010-1234-5678", "저기요 이거예요",
    "한국이라고 해요?", "노란색이라고 해요", "사은품이라고 하는데요", "주문자가 다른데요", "구매자 평점", "수령인 변경할래요", "입금자 확인해 주세요", "받는 사람 이름 바꿀래요", "인기 상품인데", "조금만요",
    "This is urgent", "This is Urgent!", "this is important", "I'm looking for boots", "I'm Looking for boots", "I am Korean", "I'm vegan", "I'm pregnant, what size?", "I'm so confused",
    "this is great, thanks", "This is Ridiculous.", "This is Different from the picture", "I'm American and I need a US plug", "It's Monday", "It's Christmas soon", "this is for my mum",
    "It's Broken.", "it's here", "Nobody here?", "Is anyone here?", "The size here is wrong", "THIS IS URGENT HELP", "This Is Not What I Ordered", "I'm Sorry", "I'm In Seoul", "This is Seoul",
    "Thanks", "Thanks!", "Thanks, bye", "Thanks, everyone", "Thank you so much", "Best price?", "Best regards", "Cheers!", "Thanks,\nwaiting for your reply", "Please help\n- size 9\n- black",
    "What is best? Thanks, still waiting", "Love it!", "Love the Boots", "I'm size 9", "It's XL", "This is Amazon Prime?", "I'm Left handed", "I'm Allergic to wool", "it's free shipping here",
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), NAMED)
def test_a_name_without_a_sign_of_being_one_is_hidden(text: str, name: str) -> None:
    masks = Masks(on=True)
    told = masks.hide(text)
    assert name not in told
    assert masks.show(told) == text
    for word in text.replace(name, " ").split():  # and nothing but the name, and what goes with it
        assert word in told or any(sign.isdigit() for sign in word) or word == "Dr."


@pytest.mark.parametrize("text", OF_NOBODY)
def test_what_is_no_name_is_told_as_it_stands(text: str) -> None:
    told = Masks(on=True).hide(text)
    assert "[NAME" not in told


def test_goods_of_the_shop_are_nobody() -> None:
    text = "오미자입니다"
    assert Masks(on=True).hide(text) != text
    masks = Masks(on=True)
    masks.note([Entity(type="category", text="오미자", value="tea", start=0, end=3)])
    assert masks.hide(text) == text


def test_how_many_examples() -> None:
    assert len(NAMED) >= 60
    assert len(OF_NOBODY) >= 60


@pytest.mark.parametrize(
    "again",
    [
        "안녕하세요 ",
        "저 ",
        "네, ",
        "Thanks, ",
        "This is ",
        "Aa ",
        "-",
        "\n",
        "가나다 ",
        "김가나\n",
        "I'm Jo ",
    ],
)
@pytest.mark.timeout(30)  # minutes, where every letter is begun from anew
def test_a_text_of_one_thing_again_and_again(again: str) -> None:
    text = (again * 60_000)[:60_000]
    masks = Masks(on=True)
    assert masks.show(masks.hide(text)) == text
