"""Sentences that state nothing, and sentences that only mean something after the one before them."""

from typing import Any

import pytest
from assistant.truth.test_proving import evidence, sent

from dangol.assistant.truth import Evidence
from dangol.assistant.truth.courtesy import is_courtesy
from dangol.assistant.truth.figures import read

TANKS = "Tanks are guaranteed for 25 years, pumps for two. Open days are on Wednesdays from 1 pm to 4:30 pm and free."
STICKERS = (
    "스티커에 이름을 넣는 것은 무료예요. 눌리거나 상했으면 받은 때부터 24시간 안에 알려 주세요. "
    "견본은 한 벌까지 빌려 드리고 일주일 안에 돌려주세요."
)


@pytest.mark.parametrize(
    "words",
    [
        "Thanks for asking!",
        "Good morning!",
        "How exciting, congratulations!",
        "Do come and have a look.",
        "반갑습니다.",
        "놀라셨겠어요.",
        "찾아 주셔서 감사합니다!",
        "어서 오세요.",
    ],
)
def test_a_courtesy_leaves_as_it_is(words: str) -> None:
    assert is_courtesy(words)
    assert sent(words, evidence(TANKS, STICKERS), "") == [words]


@pytest.mark.parametrize(
    "words",
    [
        "Thanks, and worn tanks go back too.",
        "It's free!",
        "We have it here.",
        "반갑습니다, 반품은 무료예요.",
        "좋은 선택이에요, 재고 있어요.",
    ],
)
def test_what_claims_something_is_no_courtesy(words: str) -> None:
    assert not is_courtesy(words)


def test_what_it_costs_is_said_of_the_sentence_before() -> None:
    known = evidence(TANKS, STICKERS)
    free = "Open days are on Wednesdays from 1 pm to 4:30 pm and free."
    assert sent(f"{free} It doesn't cost a thing.", known, "")[-1] == "It doesn't cost a thing."
    named = "스티커에 이름을 넣는 것은 무료예요."
    assert sent(f"{named} 추가 요금은 있어요.", known, "")[-1] != "추가 요금은 있어요."


@pytest.mark.parametrize(
    ("false", "words"),
    [
        ("and so are the pumps", "Our tanks are guaranteed for 25 years, and so are the pumps."),
        ("사흘", "눌려서 왔으면 사흘 안에 알려 주세요."),
        ("세 벌까지", "견본은 세 벌까지 빌려 드려요."),
    ],
)
def test_a_rule_in_other_words_is_told_as_it_is_written(false: str, words: str) -> None:
    assert not any(false in each for each in sent(words, evidence(TANKS, STICKERS), "") if each)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("20일 오후에 접수됐어요.", 20),
        ("수요일인 25일에 와요.", 25),
        ("다음 달 19일까지 쓰세요.", 19),
        ("26일에는 도착해요.", 26),
    ],
)
def test_a_day_of_a_month_is_no_span_of_days(words: str, day: int) -> None:
    assert ("monthday", ((day,),)) in [(each.kind, each.values) for each in read(words)]


@pytest.mark.parametrize(
    "words", ["3일 안에 보내 드려요.", "7일에서 10일 사이에 와요.", "3일에 한 번 물을 주세요."]
)
def test_a_span_of_days_is_no_day_of_a_month(words: str) -> None:
    assert "monthday" not in [each.kind for each in read(words)]


def _jars() -> Evidence:
    """A jar in three sizes, one of them sold out, a parcel on its way and points of which some are lost."""
    from assistant.truth.test_proving import NOW

    def money(amount: int) -> dict[str, Any]:
        return {"amount": amount, "currency": "KRW"}

    card = {"product": "jar", "title": "수제 땅콩잼", "price": money(9_000), "in_stock": True, "options": {}}
    sizes = (("180 g", 9_000, 27), ("500 g", 19_000, 2), ("1 kg", 33_000, 0))
    matching = [
        {"sku": f"J{n}", "options": {"병": size}, "price": money(price), "stock": n}
        for size, price, n in sizes
    ]
    parcel = {
        "carrier": "우체국택배", "tracking_no": "6898013372205", "status": "in_transit", "eta": "2026-11-23",
        "events": [{"at": "2026-11-20T21:30:00", "place": "천안", "status": "in_transit", "text": "접수"}],
    }  # fmt: skip
    points = {
        "balance": 6_600,
        "unit": 1,
        "expiring": 1_500,
        "expires_next": "2026-12-20",
        "min_use": 2_000,
        "worth": money(6_600),
    }
    results = [
        {"card": card, "matching": matching},
        {
            "orders": [
                {
                    "order": "J-1",
                    "placed_at": "2026-11-19T08:40:00",
                    "lines": [],
                    "shipments": [parcel],
                    "status": "shipped",
                }
            ]
        },
        points,
        {
            "passages": [
                {
                    "article": "a",
                    "title": "",
                    "heading": "",
                    "text": "매장은 12시부터 20시 30분까지예요.",
                    "url": "/",
                    "score": 0.9,
                }
            ]
        },
    ]
    return Evidence.gather(results, "", NOW, "Asia/Seoul")


@pytest.mark.parametrize(
    "words",
    [
        "The kilo jar is out of stock at the moment.",
        "The 500 g jar has two left.",
        "고객님 상자는 20일 저녁에 접수됐고 월요일인 23일에 도착할 예정이에요.",
        "이천 원부터 쓰실 수 있습니다.",
        "그중 1,500원은 다음 달 20일에 없어져요.",
    ],
)
def test_what_is_on_record_leaves_in_its_own_words(words: str) -> None:
    assert sent(words, _jars(), "") == [words]


@pytest.mark.parametrize(
    "words",
    [
        "The five hundred gram jar is sold out.",
        "그중 2,500원은 다음 달 20일에 없어져요.",
        "월요일인 24일에 도착할 예정이에요.",
        "닫는 시간은 저녁 9시 반이에요.",  # when the parcel was scanned
    ],
)
def test_what_is_not_on_record_does_not_leave(words: str) -> None:
    assert sent(words, _jars(), "") != [words]


def test_a_sum_of_what_was_told_right_before_it() -> None:
    first = "500 g은 19,000원이고 180 g은 9,000원이에요."
    assert sent(f"{first} 합해서 28,000원입니다.", _jars(), "")[-1] == "합해서 28,000원입니다."
    assert sent(f"{first} 합해서 27,000원입니다.", _jars(), "")[-1] != "합해서 27,000원입니다."
