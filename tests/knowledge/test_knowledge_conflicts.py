"""Two articles, or an article and the shop file, that state different figures for one thing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dangol.contracts.embedder import Embedder
from dangol.kernel.shop import Shop, Zone
from dangol.knowledge.api import Articles
from dangol.knowledge.model import Article


def article(slug: str, language: str, title: str, body: str) -> Article:
    return Article(slug, language, title, [], body, datetime(2026, 11, 21, tzinfo=UTC))


def bare(shop: Shop) -> Shop:
    """The same shop without figures of its own."""
    return Shop.model_validate(
        {
            "name": "x",
            "locale": "ko-KR",
            "languages": ["ko", "en"],
            "currency": shop.currency,
            "time_zone": "Asia/Seoul",
        }
    )


@pytest.mark.parametrize(
    ("language", "first", "second", "question"),
    [
        (
            "ko",
            "반품은 받으신 날부터 7일 안에 신청하세요.",
            "반품은 받으신 날부터 14일 안에 신청하세요.",
            "반품 며칠 안에 해야 해요?",
        ),
        ("en", "Refunds take 3 business days.", "Refunds take 10 business days.", "how long do refunds take"),
        ("ko", "선물 포장은 2,500원이에요.", "선물 포장은 4,000원이에요.", "선물 포장 얼마예요?"),
    ],
)
def test_two_articles_disagree(
    embedder: Embedder, shop: Shop, language: str, first: str, second: str, question: str
) -> None:
    articles = Articles(
        embedder,
        bare(shop),
        [article("one", language, "안내", first), article("two", language, "FAQ", second)],
    )
    answer = articles.ask(question, language)
    assert answer.conflict
    assert {passage.article for passage in answer.passages} == {"one", "two"}


@pytest.mark.parametrize(
    ("language", "body", "question"),
    [
        ("ko", "국내 배송비는 2,500원이에요.", "배송비 얼마예요?"),
        ("ko", "선물 포장은 5,000원이에요.", "선물 포장 얼마예요?"),
        ("en", "Gift wrapping costs ₩9,000.", "how much is gift wrapping"),
        ("ko", "환불은 영업일 기준 10일 안에 해드려요.", "환불 며칠 걸려요?"),
    ],
)
def test_an_article_disagrees_with_the_shop_file(
    embedder: Embedder, shop: Shop, language: str, body: str, question: str
) -> None:
    answer = Articles(embedder, shop, [article("old", language, "안내", body)]).ask(question, language)
    assert answer.conflict
    assert len(answer.passages) == 2


@pytest.mark.parametrize(
    ("language", "body", "question"),
    [
        ("ko", "국내 배송비는 3,000원이에요.", "배송비 얼마예요?"),
        ("ko", "가구 배송비는 30,000원이에요.", "배송비 얼마예요?"),
        (
            "ko",
            "제주는 배송비 3,500원이 추가돼요.\n\n도서산간은 배송비 5,000원이 추가돼요.",
            "제주 배송비 얼마예요?",
        ),
        ("en", "Gift wrapping costs ₩2,500.", "how much is gift wrapping"),
    ],
)
def test_agreement_and_different_cases_are_no_conflict(
    embedder: Embedder, shop: Shop, language: str, body: str, question: str
) -> None:
    answer = Articles(embedder, shop, [article("new", language, "안내", body)]).ask(question, language)
    assert answer.passages
    assert not answer.conflict


@pytest.mark.parametrize("question", ["배송비 얼마예요?", "담고 배송비랑 도착일 알려줘"])
def test_the_fee_at_home_is_none_of_another_country(embedder: Embedder, shop: Shop, question: str) -> None:
    name = {"ko": "48 states", "en": "48 states"}
    abroad = Zone.model_validate(
        {"name": name, "where": ["US"], "fee": 25_000, "free_from": 250_000, "days": [5, 8]}
    )
    zones = (*shop.shipping.zones[:1], abroad)
    both = shop.model_copy(update={"shipping": shop.shipping.model_copy(update={"zones": zones})})
    body = "국내 배송비는 3,000원이고, 50,000원 이상 주문하시면 무료예요."
    answer = Articles(embedder, both, [article("fee", "ko", "배송 안내", body)]).ask(
        question, "ko", ("delivery",)
    )
    assert not answer.conflict
