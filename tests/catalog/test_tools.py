"""Looking, asking, comparing, sizes, reviews, shelves."""

import pytest

from dangol.catalog.stores import is_open
from dangol.contracts.shopfloor.products import SizeWish, Wishes
from dangol.kernel.errors import NotFound


async def test_everything_on_record_in_the_language_asked(call):
    seen = await call("look_at_product", "en", product="rain-runner")
    assert seen.card.title == "Rain Runner Waterproof Sneakers"
    assert seen.card.category == "Sneakers"
    assert [(a.name, a.value) for a in seen.attributes] == [
        ("Waterproof", "Fully waterproof"),
        ("Material", "Gore-Tex"),
    ]
    assert seen.variants[1].options == {"Color": "Black", "Size": "270"}
    assert (seen.variants[0].color, seen.variants[0].size) == ("black", SizeWish(system="mm", value="260"))
    assert seen.fit_note == "Runs half a size small"
    with pytest.raises(NotFound):
        await call("look_at_product", product="gone")


@pytest.mark.parametrize(
    ("product", "asked", "holds", "stated"),
    [
        ("rain-runner", "방수 돼요?", True, "완전 방수"),
        ("rain-runner", "소재가 뭐예요", None, "고어텍스"),
        ("canvas-low", "이거 방수돼요", False, "방수 아님"),
        ("canvas-low", "세탁기 돌려도 되나요", True, "물세탁 가능, 건조기 불가"),
        ("canvas-low", "원산지가 어디예요", None, None),
        ("mug", "식기세척기 되나요?", None, None),
    ],
)
async def test_an_attribute_is_answered_from_the_record_alone(call, product, asked, holds, stated):
    answer = await call("ask_attribute", product=product, asked=asked)
    assert answer.holds is holds
    assert ([a.value for a in answer.stated] or [None])[0] == stated


async def test_a_sentence_of_the_description_answers_word_for_word(call):
    answer = await call("ask_attribute", product="rain-runner", asked="미끄러워요?", slugs=("non-slip",))
    assert answer.sentences == ("밑창이 미끄럽지 않아요.",) or answer.holds is None
    answer = await call("ask_attribute", product="canvas-low", asked="가벼워요?", slugs=("lightweight",))
    assert "가볍게 신는 여름 운동화예요." in answer.sentences


async def test_availability_by_colour_and_size(call):
    told = await call(
        "check_availability",
        product="rain-runner",
        colors=("black",),
        sizes=(SizeWish(system="mm", value="270"),),
    )
    assert [(v.sku, v.stock) for v in told.matching] == [("RAIN-B-270", 0)]
    assert {v.sku for v in told.others} == {"RAIN-B-260", "RAIN-W-270"}
    told = await call("check_availability", product="rain-runner", sizes=(SizeWish(system="us", value="9"),))
    assert {v.sku for v in told.matching} == {"RAIN-B-270", "RAIN-W-270"}  # men's shoes: US 9 is 270
    told = await call(
        "check_availability", product="canvas-low", sizes=(SizeWish(system="unknown", value="9"),)
    )
    assert {v.size.value for v in told.ambiguous_size} == {"260", "270"}
    told = await call(
        "check_availability",
        product="rain-runner",
        colors=("green",),
        sizes=(SizeWish(system="mm", value="300"),),
    )
    assert told.unknown == ("초록", "300")  # as the shopper's language calls it


async def test_a_comparison_shows_what_differs_and_advises_by_the_need(call):
    told = await call(
        "compare_products", products=("rain-runner", "canvas-low"), needs=Wishes(attributes=("waterproof",))
    )
    rows = {row.attribute: row.values for row in told.rows}
    assert rows["방수"] == ("완전 방수", "방수 아님")
    assert rows["소재"] == ("고어텍스", "")
    assert told.best == "rain-runner"
    assert (told.because[0].kind, told.because[0].value) == ("attribute", "완전 방수")
    told = await call(
        "compare_products", products=("mug", "wool-socks"), needs=Wishes(attributes=("waterproof",))
    )
    assert told.best is None


async def test_review_counts_and_quotes_are_those_of_the_reviews(call, shelves, conn):
    assert (shelves.created, {r.code for r in shelves.refused}) == (5, {"unknown_product", "not_a_rating"})
    told = await call("read_reviews", product="rain-runner", limit=10)
    assert (told.count, told.rating, told.positive, told.negative) == (5, 4.2, 4, 1)
    bodies = [item.body for item in told.items]
    for topic in told.topics:
        assert all(any(quote in body for body in bodies) for quote in topic.quotes)
        assert 0 < topic.positive + topic.negative <= told.count
    by_name = {topic.topic: topic for topic in told.topics}
    assert (by_name["size"].positive, by_name["size"].negative) == (0, 3)
    assert (by_name["delivery"].positive, by_name["delivery"].negative) == (2, 1)
    assert not any("만원" in quote for topic in told.topics for quote in topic.quotes)
    bad = await call("read_reviews", product="rain-runner", rating_max=2, limit=10)
    assert (bad.count, bad.items[0].rating) == (1, 2)
    delivery = await call("read_reviews", product="rain-runner", topic="배송", limit=10)
    assert delivery.count == 3
    white = await call("read_reviews", product="rain-runner", option="화이트")
    assert white.count == 1


async def test_size_advice_from_chart_note_and_reviews(call):
    told = await call("advise_size", product="rain-runner", foot_length_mm=254)
    assert (told.size, told.grounds[0], told.small) == (
        "270",
        "chart",
        3,
    )  # 260 by the chart, one up by the note
    told = await call("advise_size", product="rain-runner")
    assert (told.size, told.needs) == (None, "usual_size")
    told = await call("advise_size", product="canvas-low", usual=SizeWish(system="unknown", value="9"))
    assert told.needs == "system"
    told = await call(
        "advise_size", product="canvas-low", usual=SizeWish(system="us", value="9"), audience="men"
    )
    assert (told.size, told.needs) == ("270", "nothing")


async def test_branches_and_shelves(call, shop):
    told = await call("list_branches", "en")
    assert [(b.code, b.name, b.open_now) for b in told.items] == [
        ("gangnam", "Gangnam", True),
        ("hongdae", "Hongdae", True),
    ]
    assert (await call("list_branches", branch="강남")).items[0].code == "gangnam"
    with pytest.raises(NotFound):
        await call("list_branches", branch="광화문점")
    told = await call("check_shelf", product="rain-runner", branch="강남점")
    assert [(line.sku, line.quantity, line.place) for line in told.lines] == [("RAIN-B-270", 2, "2층 A-1")]
    assert (await call("check_shelf", product="rain-runner", branch="홍대점")).lines == ()


@pytest.mark.parametrize(
    ("hours", "day", "time", "is_it"),
    [
        ({"daily": "11:00-20:00"}, 21, "10:59", False),
        ({"daily": "11:00-20:00"}, 21, "11:00", True),
        ({"daily": "11:00-20:00"}, 21, "20:00", False),
        ({"mon-fri": "09:00-18:00"}, 21, "12:00", False),  # a Saturday
        ({"daily": "09:00-18:00", "sat": "closed"}, 21, "12:00", False),
        ({"fri-sat": "18:00-02:00"}, 22, "01:30", True),  # Sunday, still Saturday's night
        ({"daily": "09:00-24:00"}, 21, "23:59", True),
    ],
)
def test_open_now(hours, day, time, is_it):
    from datetime import datetime

    assert is_open(hours, datetime.fromisoformat(f"2026-11-{day}T{time}:00+09:00")) is is_it
