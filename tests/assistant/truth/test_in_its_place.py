"""What is told in place of a model's sentence: what answers the same, from the articles or from the records."""

from decimal import Decimal

import pytest
from assistant.truth.test_proving import NOW, evidence, sent

from dangol.assistant.truth import Evidence
from dangol.assistant.truth.courtesy import is_courtesy
from dangol.assistant.truth.figures import read

HEATERS = (
    "The Ember gives 800 watts and weighs 3 kg; the Blaze gives 1,500 watts and weighs 5 kg. "
    "Heaters are guaranteed for two years. Delivery is $6, free over $90. Fresh paint must dry for 72 hours."
)
HUMIDIFIERS = "이슬은 물통이 2리터이고 소음은 36dB, 안개는 물통이 5리터이고 소음은 41dB예요. 체험은 어른 20,000원, 어린이 13,000원이에요."


def goods(*titles: tuple[str, int], article: str, currency: str = "USD") -> Evidence:
    """Goods with their prices, and an article about them."""
    items = [
        {
            "product": f"p{at}",
            "title": title,
            "price": {"amount": amount, "currency": currency},
            "in_stock": True,
            "options": {},
        }
        for at, (title, amount) in enumerate(titles)
    ]
    passage = {"article": "a", "title": "", "heading": "", "text": article, "url": "/help", "score": 0.9}
    return Evidence.gather(
        [{"items": items, "total": len(items)}, {"passages": [passage]}], "", NOW, "Asia/Seoul"
    )


ENGLISH = goods(("Ember Heater", 9000), ("Blaze Heater", 14000), article=HEATERS)
KOREAN = goods(("이슬 가습기", 54000), ("안개 가습기", 118000), article=HUMIDIFIERS, currency="KRW")


@pytest.mark.parametrize(
    ("known", "words", "told"),
    [
        # a measure is an article's, though the goods are on record
        (ENGLISH, "The Ember gives 900 watts.", "800 watts"),
        (KOREAN, "안개 소음은 46dB예요.", "41dB"),
        # a price is the records', though an article speaks of the goods
        (ENGLISH, "The Ember is $80.", "$90.00"),
        (KOREAN, "이슬은 49,000원이에요.", "54,000원"),
        # of what nobody wrote that sum: what it is reckoned from
        (KOREAN, "어른 둘에 아이 하나면 오만 원이에요.", "13,000원"),
        # of two sentences that share as much the one with such a figure
        (ENGLISH, "Delivery is $4.", "Delivery is $6"),
    ],
)
def test_what_answers_the_same_is_told(known: Evidence, words: str, told: str) -> None:
    (left,) = sent(words, known, "")
    assert left is not None
    assert left != words
    assert told in left


@pytest.mark.parametrize(
    ("known", "true", "false"),
    [
        (ENGLISH, "The Ember is cheaper than the Blaze.", "The Blaze is cheaper than the Ember."),
        (ENGLISH, "The Blaze costs more than the Ember.", None),
        (KOREAN, "이슬이 안개보다 저렴해요.", "안개가 이슬보다 저렴해요."),
        (KOREAN, "안개가 이슬보다 비싸요.", "이슬이 안개보다 비싸요."),
    ],
)
def test_a_comparison_without_figures_is_held_against_the_prices(
    known: Evidence, true: str, false: str | None
) -> None:
    assert sent(true, known, "") == [true]
    assert false is None or sent(false, known, "") != [false]


def test_a_figure_of_goods_without_a_name_here_is_not_told_of_those_named() -> None:
    article = "활새우 1kg에는 35마리쯤, 급냉 새우 1kg에는 45마리쯤 들어가요."
    known = goods(("급냉 새우 1kg", 26000), ("새우장 500g", 21000), article=article, currency="KRW")
    assert sent("급냉 새우 1kg에는 45마리쯤 들어가요.", known, "") == ["급냉 새우 1kg에는 45마리쯤 들어가요."]
    (left,) = sent("급냉 새우 1kg에는 35마리쯤 들어요.", known, "")
    assert left == article


def test_it_after_several_goods_is_none_of_them() -> None:
    article = "The Alto has twelve holes; the Tenor has ten holes."
    known = goods(("Alto Ocarina", 6800), ("Tenor Ocarina", 5400), article=article)
    left = sent("The Alto has twelve holes; the Tenor has ten holes. It has twelve holes.", known, "")
    assert left[1] != "It has twelve holes."


def test_a_day_is_24_hours() -> None:
    """A span in another unit is the article's, and as much held against what it is said of."""
    assert sent("Fresh paint must dry for three days.", ENGLISH, "") == [
        "Fresh paint must dry for three days."
    ]
    assert sent("After painting, leave the tub dry for two days.", ENGLISH, "") != [
        "After painting, leave the tub dry for two days."
    ]


@pytest.mark.parametrize(
    ("words", "kind", "value"),
    [
        ("90p each", "money", ("GBP", 90)),
        ("forty pence", "money", ("GBP", 40)),
        ("9만 900원", "money", ("KRW", 90900)),
        ("a fifth cheaper", "percent", (2000,)),
        ("a slot for A4", "size", ("a4",)),
        ("가격은 사칠공공원이에요", "money", ("KRW", 4700)),
        ("정가의 오분의 일", "percent", (2000,)),
        ("evil[.]example[.]com", "link", ("evil.example.com",)),
        ("evil dot example dot com", "link", ("evil.example.com",)),
        ("until six.", "time", (360,)),
        ("half past three", "time", (210,)),
        ("quarter to nine", "time", (525,)),
        ("two and a half years", "span", ("month", Decimal(30))),
        ("an hour and a quarter", "span", ("hour", Decimal("1.25"))),
        ("한 시간 반이면", "span", ("hour", Decimal("1.5"))),
    ],
)
def test_figures_as_people_say_them(words: str, kind: str, value: tuple[object, ...]) -> None:
    assert [(figure.kind, figure.values) for figure in read(words)] == [(kind, (value,))]


@pytest.mark.parametrize(
    "words", ["4k at 60p", "500p 적립", "두시려면 46병이 맞아요", "삼일공원 앞 매장", "a polka dot dress"]
)
def test_what_only_looks_like_one(words: str) -> None:
    assert not any(figure.kind in ("money", "time", "link") for figure in read(words))


@pytest.mark.parametrize(
    "words",
    [
        "집에 들이신다니 부럽네요!",
        "카페 여시는군요, 축하드려요!",
        "아이가 아프다니 걱정되시겠어요.",
        "What a thoughtful present!",
        "Great idea for a games room!",
    ],
)
def test_what_was_told_is_taken_up(words: str) -> None:
    assert is_courtesy(words)
    assert sent(words, evidence(HEATERS, HUMIDIFIERS), "") == [words]


def test_what_takes_up_something_of_the_shop_is_no_courtesy() -> None:
    assert not is_courtesy("반품이 무료라니 좋네요!")
    assert not is_courtesy("전부 공짜라니 부럽네요!")


def parcel(at: str, eta: str) -> Evidence:
    events = [{"at": at, "status": "in_transit", "place": "옥천", "text": "터미널 도착"}]
    order = {
        "order": "A-1",
        "status": "shipped",
        "shipments": [{"carrier": "롯데택배", "eta": eta, "events": events}],
    }
    return Evidence.gather([{"orders": [order]}], "", NOW, "Asia/Seoul")


def test_a_scan_may_be_told_roughly() -> None:
    known = parcel("2026-11-20T23:50:00", "2026-11-22")
    rough = "어젯밤 자정 조금 전에 옥천 터미널에 도착했어요."
    assert sent(rough, known, "") == [rough]
    assert sent("어젯밤 열 시 조금 전에 옥천 터미널에 도착했어요.", known, "") != [
        "어젯밤 열 시 조금 전에 옥천 터미널에 도착했어요."
    ]


def test_what_is_said_of_them_is_held_against_what_was_spoken_of() -> None:
    parts = "Machines can be returned within ten days. Parts cannot be returned once the bag is open."
    left = sent("Opened the bag of parts already? You can still return them.", evidence(parts), "")
    assert left[1] == "Parts cannot be returned once the bag is open."
    abroad = "Shipping is $12 and free from $75. We do not ship to Alaska or Hawaii."
    assert (
        sent("Hawaii? We'd be glad to ship there.", evidence(abroad), "")[1]
        == "We do not ship to Alaska or Hawaii."
    )


@pytest.mark.parametrize(
    ("article", "promise", "kept"),
    [
        ("깨져서 왔으면 이틀 안에 알려 주세요, 다시 보내 드려요.", "다시 보내 드릴게요.", True),
        ("부러져 온 것은 교환해 드리지 않아요.", "새것으로 바꿔 드릴게요.", False),
    ],
)
def test_a_promise_is_one_that_an_article_makes(article: str, promise: str, kept: bool) -> None:
    left = sent(f"부러져서 왔군요. {promise}", evidence(article), "")
    assert (left[1] == promise) is kept


@pytest.mark.parametrize(
    ("article", "false"),
    [
        # a word of one syllable, the head of a compound, those that are not named
        ("젤은 함량이 96%, 주스는 70%예요.", "주스는 함량이 96%예요."),
        ("유리 보드는 무게가 14kg, 이동식은 19kg이에요.", "이동식 보드는 무게가 14kg이에요."),
    ],
)
def test_whose_a_figure_is_in_korean(article: str, false: str) -> None:
    titles = (
        ("알로에 젤 300ml", 12800),
        ("알로에 주스 1L", 9500),
        ("유리 화이트보드", 168000),
        ("이동식 양면 보드", 132000),
    )
    known = goods(*titles, article=article, currency="KRW")
    assert sent(false, known, "") != [false]


def test_the_others_are_not_those_named() -> None:
    article = "The Minnow weighs 1 kg and its scale is 19 inches; the other two have a scale of 26 inches."
    known = goods(
        ("Minnow Travel Banjo", 42000), ("Heron Banjo", 128000), ("Cricket Banjo", 74000), article=article
    )
    assert sent("The scale of the Minnow is 26 inches.", known, "") != [
        "The scale of the Minnow is 26 inches."
    ]


def test_up_to_how_many_is_a_rule_and_no_record() -> None:
    known = goods(
        ("가죽 보석함 20", 96000),
        article="각인은 15,000원, 열두 자까지예요. 글자가 틀렸으면 다시 만들어 드려요.",
        currency="KRW",
    )
    assert sent("글자는 스무 자까지 돼요.", known, "") != ["글자는 스무 자까지 돼요."]


def test_how_goods_are_rated_is_told_by_the_records() -> None:
    """A rating of other goods, or of goods that are not named, is told of each that may be meant."""
    items = [
        {
            "product": "a",
            "title": "Abbey Chime",
            "price": {"amount": 15900, "currency": "USD"},
            "rating": 4.9,
            "reviews": 51,
        },
        {
            "product": "l",
            "title": "Lark Chime",
            "price": {"amount": 3900, "currency": "USD"},
            "rating": 4.4,
            "reviews": 120,
        },
    ]
    known = Evidence.gather([{"items": items, "total": 2}], "", NOW, "Asia/Seoul")
    assert sent("The Abbey is rated 4.9.", known, "") == ["The Abbey is rated 4.9."]
    assert sent("The Abbey is rated 4.4.", known, "") == ["Abbey Chime: rated 4.9 of 5, reviews: 51."]


SENT_BACK = (
    "A kettle may go back within 30 days, and the buyer pays the carriage back. Schools get 10% off from ten kettles. "
    "An order can be changed until noon on the day it leaves. The Ember has a guarantee of two years, the Blaze a guarantee of three years."
)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("I'm afraid there's no discount for schools.", "Schools get 10% off"),
        ("We'll pay for the carriage.", "the buyer pays the carriage back"),
        ("You can alter your order until midnight on the day it leaves.", "until noon"),
        # whose figure it is the words alone do not tell
        ("The guarantee is three years.", "The Ember has a guarantee of two years"),
    ],
)
def test_a_softened_refusal_a_promise_and_a_figure_of_two_are_in_the_articles_words(
    words: str, told: str
) -> None:
    (left,) = sent(words, evidence(SENT_BACK), "")
    assert left is not None
    assert left != words
    assert told in left


def test_what_follows_on_an_article_is_told_from_the_same_article() -> None:
    article = "K3는 지문을 100개, 카드를 20장까지 등록할 수 있어요. F7은 얼굴을 50명까지 등록하고 지문은 30개까지예요."
    left = sent("지문이 백 개까지 들어가거든요. 다른 쪽은 서른 개까지예요.", evidence(article), "")
    assert left[1] == "F7은 얼굴을 50명까지 등록하고 지문은 30개까지예요."


def test_what_came_off_an_order_is_not_what_goods_cost_less_than_before() -> None:
    order = {
        "order": "K-1",
        "status": "shipped",
        "lines": [],
        "subtotal": {"amount": 4300, "currency": "GBP"},
        "discount": {"amount": 400, "currency": "GBP"},
        "total": {"amount": 3900, "currency": "GBP"},
    }
    box = {
        "product": "box",
        "title": "Tasting Box",
        "price": {"amount": 2400, "currency": "GBP"},
        "compare_at": {"amount": 3000, "currency": "GBP"},
        "in_stock": True,
        "options": {},
    }
    known = Evidence.gather([{"orders": [order]}, {"items": [box], "total": 1}], "", NOW, "Asia/Seoul")
    assert sent("You saved £4 on that order thanks to the discount.", known, "") != [None]
    false = "You saved £6 on that order thanks to the discount."
    assert sent(false, known, "") != [false]
    assert sent("You save £6 on the Tasting Box.", known, "") == ["You save £6 on the Tasting Box."]


@pytest.mark.parametrize(
    ("words", "pleases"),
    [
        ("Poor thing!", True),
        ("Oh no, what a shame!", True),
        ("I hope that isn't a bad omen!", True),
        ("결혼 축하드려요!", True),
        ("I hope the refund arrives soon.", False),
        ("I hope it reaches you by Friday.", False),
        ("무료 배송 축하드려요!", False),
        ("이벤트 당첨 축하드려요!", False),
        ("No wait.", False),
    ],
)
def test_a_wish_is_a_courtesy_and_a_claim_dressed_as_one_is_not(words: str, pleases: bool) -> None:
    assert is_courtesy(words) is pleases
