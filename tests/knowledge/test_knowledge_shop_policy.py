"""The sentences of the shop file's figures."""

from __future__ import annotations

import pytest

from dangol.kernel.shop import Shop
from dangol.knowledge.api import policy_facts
from dangol.knowledge.figures import read_figures, sentences


def told(shop: Shop, language: str) -> dict[str, list[str]]:
    facts: dict[str, list[str]] = {}
    for fact in policy_facts(shop, language):
        facts.setdefault(fact.topic, []).append(fact.text)
    return facts


def test_every_figure_of_the_file_is_told_in_both_languages(shop: Shop) -> None:
    korean, english = told(shop, "ko"), told(shop, "en")
    assert korean.keys() == english.keys()
    assert "전국 배송비는 3,000원이고, 50,000원 이상 주문하시면 무료예요." in korean["shipping_fee"]
    assert (
        "The delivery fee to Korea is ₩3,000; orders of ₩50,000 or more ship free." in english["shipping_fee"]
    )
    assert "제주 지역은 배송비에 3,500원이 추가돼요." in korean["islands"]
    assert "개봉하면" in korean["not_returnable"][0]
    assert "48시간" in korean["unpaid"][0]
    assert any("매일 11:00-20:00" in text for text in korean["hours"])
    assert any("Tuesday–Sunday 12:00-21:00" in text for text in english["hours"])


def test_what_the_file_leaves_out_is_not_spoken_of() -> None:
    bare = Shop.model_validate({"name": "x", "locale": "ko-KR", "currency": "KRW", "time_zone": "Asia/Seoul"})
    assert told(bare, "ko").keys() == {"unpaid"}


def test_dollars_and_free_returns(us_shop: Shop) -> None:
    facts = told(us_shop, "en")
    assert (
        "The delivery fee to 48 states is $5.95; orders of $75.00 or more ship free." in facts["shipping_fee"]
    )
    assert facts["exchange"] == ["Exchanges are free."]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("5만원 이상 무료, 아니면 3,000원", [("KRW", (50000,), "min"), ("KRW", (3000,), "")]),
        ("12만9천원", [("KRW", (129000,), "")]),
        ("within 3 to 5 business days", [("day", (3, 5), "max")]),
        ("$14.95 over $75", [("USD", (1495,), ""), ("USD", (7500,), "min")]),
        ("오후 2시까지", [("time", (840,), "max")]),
        ("3월 5일 2층", [("day", (5,), "")]),
    ],
)
def test_figures_are_read(text: str, figures: list[tuple[str, tuple[int, ...], str]]) -> None:
    assert [(f.unit, f.values, f.bound) for f in read_figures(text)] == figures


def test_sentences_end_where_they_end() -> None:
    assert sentences("3.5kg까지 돼요. e.g. two books cost $6.95. 끝!") == (
        "3.5kg까지 돼요.",
        "e.g. two books cost $6.95.",
        "끝!",
    )


@pytest.mark.parametrize(
    ("tag", "said"),
    [("digital", "디지털 상품은 "), ("속옷", "속옷은 "), ("수영모자", "수영모자는 "), ("DVD", "DVD은(는) ")],
)
def test_goods_not_taken_back_are_named_as_korean_names_them(shop: Shop, tag: str, said: str) -> None:
    file = shop.model_dump(by_alias=True)
    returns = {**file["returns"], "not_returnable": [{"tag": tag, "when": "always"}]}
    (sentence,) = told(Shop.model_validate({**file, "returns": returns}), "ko")["not_returnable"]
    assert sentence.startswith(said)
