import pytest

from benchmarks.relevance.measure import Query, figures, ndcg, read_queries, recall
from dangol.server.demo_shop.catalogue import products

QUERIES = read_queries()
HARD = {"keyboard", "typo", "spacing", "slang", "mixed", "cross", "synonym", "need"}


@pytest.mark.parametrize(("language", "least"), [("ko", 150), ("en", 100)])
def test_there_are_enough_and_a_third_is_hard(language, least):
    inside = [one for one in QUERIES if one.language == language]
    assert len(inside) >= least
    assert sum(bool(HARD & set(one.tags)) for one in inside) * 3 >= len(inside)


def test_labels_are_products_of_the_demo_shop_with_a_grade():
    handles = {product.handle for product in products()}
    for one in QUERIES:
        assert one.relevant, one.text
        assert set(one.relevant) <= handles, one.text
        assert set(one.relevant.values()) <= {1, 2, 3}, one.text


def test_no_query_is_twice():
    assert len({(one.language, one.text) for one in QUERIES}) == len(QUERIES)


def test_the_best_order_is_one_and_a_worse_one_is_less():
    relevant = {"a": 3, "b": 2, "c": 1}
    assert ndcg(["a", "b", "c"], relevant) == 1
    assert ndcg(["c", "b", "a"], relevant) == pytest.approx(
        (1 + 3 / 1.58496 + 7 / 2) / (7 + 3 / 1.58496 + 0.5), 1e-4
    )
    assert ndcg(["x", "y"], relevant) == 0
    assert recall(["x", "b", "a"], relevant) == pytest.approx(2 / 3)
    assert recall([f"p{n}" for n in range(10)], {f"p{n}": 3 for n in range(20)}) == 1


def test_empty_and_missed_answers_are_told_apart():
    asked = [Query(text, "ko", ("clean",), {"a": 3}) for text in ("하나", "둘", "셋", "넷")]
    got = figures(asked, [["a"], [], ["x"], ["x", "a"]])
    assert (got.queries, got.empty, got.missed, got.recall) == (4, 0.25, 0.5, 0.5)
