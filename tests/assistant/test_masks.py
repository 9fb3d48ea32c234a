"""What leaves the shop names nobody, and comes back as it was."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dangol.assistant.minds.language_model.masks import Masks
from dangol.assistant.minds.language_model.sentences import Sentences
from dangol.assistant.truth import Evidence
from dangol.assistant.truth.generated import check_generated


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("제 이름은 김단골이에요", "김단골"), ("김민지님 안녕하세요", "김민지"), ("010-1234-5678로 전화 주세요", "010-1234-5678"),
        ("01012345678이요", "01012345678"), ("kim@example.com로 보내요", "kim@example.com"), ("900101-1234567", "900101-1234567"),
        ("주문번호 20261121-A1B2C3 어디쯤이에요?", "20261121-A1B2C3"), ("서울특별시 강남구 테헤란로 123, 4층이요", "테헤란로 123"),
        ("my name is Ann Lee and I want boots", "Ann Lee"), ("call +1 206-555-0100", "206-555-0100"),
        ("ship to 400 Broad St, please", "400 Broad St"), ("where is order #1003", "#1003"),
        ("０１０－１２３４－５６７８이에요", "１２３４－５６７８"), ("공일공 일이삼사 오육칠팔로요", "일이삼사"), ("82-10-1234-5678", "1234-5678"),
        ("031 345 6789", "345 6789"), ("+49 30 901820", "901820"), ("kim골뱅이naver.com", "kim"), ("메일은 kim @ example.com", "kim"),
        ("받는사람은 홍길동이요", "홍길동"), ("수령인: 김단골", "김단골"), ("저는 김민지예요", "김민지"), ("남궁민수라고 합니다", "남궁민수"),
        ("I'm Ann Lee, do you have mugs?", "Ann Lee"), ("my name is ann lee", "ann lee"), ("a gift for Mrs. Smith", "Smith"),
        ("My name is Ann-Marie O'Neil", "O'Neil"), ("서울 강남구 역삼동 123-45", "123-45"), ("경기 성남시 분당구 정자동 10", "분당구 정자동"),
        ("역삼동 래미안아파트 101동 1203호", "101동 1203호"), ("우편번호 06236", "06236"), ("제주특별자치도 제주시 연동 312-1", "312-1"),
        ("400 Broad Street, Seattle, WA 98109", "98109"), ("Flat 3, 12 Baker Street, London NW1 6XE", "NW1 6XE"), ("PO Box 123", "123"),
        ("주문번호는 1003이에요", "1003"), ("주문 20261121-a1b2c3", "a1b2c3"), ("order number ABC-1234", "ABC-1234"),
        ("２０２６１１２１－０００１ 언제 와요?", "０００１"), ("DG-2026-0001", "2026-0001"), ("계좌는 110-123-456789", "456789"),
        ("900101 1234567", "1234567"), ("우리 아이는 [NAME_1]이라고 써요", "[NAME_1]"),
    ],
)  # fmt: skip
def test_personal_data_is_hidden_and_put_back(text: str, hidden: str) -> None:
    masks = Masks(on=True)
    told = masks.hide(text)
    assert hidden not in told
    assert masks.show(told) == text


@pytest.mark.parametrize(
    "text",
    [
        "47,000원짜리 270 블랙 있어요?",
        "고객님, 7일 안에 반품하실 수 있어요.",
        "12월 24일까지 3개만요",
        "MIRSILMOU-BLK 재고",
        "size 9 under $120",
        "앞으로 3일 안에 오나요? 새로 2개 더 살게요",
        "바로 1개 주문할게요, 위로 10cm 늘어나나요?",
        "2026-11-21에 왔고 10-12-2026에 갔어요",
        "이 길로 3번 신어 봤는데 별로 5점은 아니에요",
        "아저씨, 어머님 선물로 선생님 것도요",
        "하늘색이에요. 노란색이라고 해요? 저는 남자예요",
        "this is great, I'm looking for size 9",
        "250 260 270 280 있어요?",
        "이름이 뭐예요?",
    ],
)
def test_what_is_nobodys_stays(text: str) -> None:
    assert Masks(on=True).hide(text) == text


def test_fields_that_hold_a_person_are_hidden_whole() -> None:
    masks = Masks(on=True)
    order = {
        "order": "A-1",
        "recipient": "Kim",
        "name": "Kim",
        "phone": "1",
        "lines": [{"title": "Boots", "name": "x"}],
    }
    told = masks.hide_all(order)
    assert "Kim" not in str(told)
    assert "Boots" in str(told)
    assert masks.show_all(told) == order
    assert masks.hide_all({"name": "Color", "value": "Black"}) == {"name": "Color", "value": "Black"}


@pytest.mark.parametrize(
    "written",
    [
        "[PHONE_1]", "[phone_1]", "[ PHONE_1 ]", "[PHONE 1]", "[PHONE-1]", "PHONE_1", "<PHONE_1>", "{PHONE_1}", "\\[PHONE_1\\]",
        "【PHONE_1】", "[전화번호_1]", "[연락처 1]",
    ],
)  # fmt: skip
def test_a_placeholder_is_put_back_however_a_model_writes_it(written: str) -> None:
    masks = Masks(on=True)
    masks.hide("010-1234-5678")
    assert masks.show(f"{written}로 걸게요") == "010-1234-5678로 걸게요"


@pytest.mark.parametrize("written", ["[NAME_7]", "[이름_7]", "name_7", "{PHONE_2}"])
def test_a_placeholder_that_was_made_up_stays_one_and_is_never_sent(written: str) -> None:
    masks = Masks(on=True)
    masks.hide("010-1234-5678")
    shown = masks.show(f"안녕하세요, {written}?")
    assert check_generated(shown, Evidence.gather((), "", datetime(2026, 11, 21, tzinfo=UTC), "Asia/Seoul"))


def test_ordinary_words_are_no_placeholders() -> None:
    masks = Masks(on=True)
    masks.hide("주문번호 20261121-A1B2C3")
    for text in ("주문 1건이 있어요", "order 1 of 3", "(size 3)", "[3] name 1"):
        assert masks.show(text) == text


def test_a_name_on_record_is_hidden_where_it_stands_for_itself() -> None:
    masks = Masks(on=True)
    masks.keep_back("NAME", "하늘")
    masks.keep_back("NAME", "Rose")
    assert (
        masks.hide("하늘 고객님, 하늘색은 없고 하늘거리는 건 있어요")
        == "[NAME_1] 고객님, 하늘색은 없고 하늘거리는 건 있어요"
    )
    assert masks.hide("Is the Roseate in rose, Rose?") == "Is the Roseate in rose, [NAME_2]?"


@pytest.mark.parametrize(
    "again",
    [
        "가",
        "구 가",
        "서울시 ",
        "9",
        "1-",
        "a.",
        "공1",
        "my name is ",
        "이름은 ",
        "1 Aa Bb ",
        "로 1",
        "주문 ",
        "+1 (",
    ],
)
@pytest.mark.timeout(30)  # minutes, where every letter is begun from anew
def test_a_text_of_one_thing_again_and_again(again: str) -> None:
    text = (again * 60_000)[:60_000]
    masks = Masks(on=True)
    assert masks.show(masks.hide(text)) == text


def test_nothing_is_hidden_from_a_model_of_ones_own() -> None:
    assert Masks(on=False).hide("010-1234-5678") == "010-1234-5678"


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("김단골님 0123456789-@.comroad로길호층#[]_EMAILNAME,"), max_size=60))
def test_whatever_is_hidden_comes_back(text: str) -> None:
    masks = Masks(on=True)
    assert masks.show(masks.hide(text)) == text


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), st.integers(1, 20))
def test_no_word_is_lost_between_sentences(text: str, size: int) -> None:
    sentences = Sentences()
    taken = [part for at in range(0, len(text), size) for part in sentences.take(text[at : at + size])]
    taken.append(sentences.last())
    assert "".join("".join(taken).split()) == "".join(text.split())


def test_a_number_in_a_sentence_ends_none() -> None:
    sentences = Sentences()
    assert sentences.take("It weighs 3.5 kg. It is ") == ["It weighs 3.5 kg."]
    assert sentences.take("1,200.50 won!") == []
    assert sentences.last() == "It is 1,200.50 won!"
