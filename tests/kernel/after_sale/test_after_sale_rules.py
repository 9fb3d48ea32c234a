"""What may be done after the sale: a public benchmark's rules stated in ours, and a Korean shop under the law."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from dangol.kernel.after_sale import (
    OURS,
    Allowed,
    Facts,
    LineFacts,
    NewItem,
    RefusedByRule,
    Verdict,
    decide,
    law_of,
    made_to_order,
    rules_of,
)
from dangol.kernel.shop import Shop

_SHOP = {"name": "Shop", "locale": "en-US", "currency": "USD", "time_zone": "America/New_York"}
_KOREAN = {"name": "가게", "locale": "ko-KR", "currency": "KRW", "time_zone": "Asia/Seoul"}
DELIVERED = date(2026, 11, 2)

# the rules of the public retail benchmark, as its policy.md words them
_SHOP_FILE = Path(__file__).parents[3] / "benchmarks" / "tau2" / "shop.json"
TAU = json.loads(_SHOP_FILE.read_text(encoding="utf-8"))["after_sale"]


def judge(shop: dict[str, Any], action: Any, **facts: Any) -> Verdict:
    told = {"status": "delivered", "role": "customer", "today": DELIVERED, **facts}
    return decide(action, Facts(**told), rules_of(Shop.model_validate(shop)))


def tau(action: Any, **facts: Any) -> Verdict:
    return judge({**_SHOP, "after_sale": TAU}, action, **facts)


def korean(action: Any = "return", days: int = 0, **facts: Any) -> Verdict:
    stated = facts.pop("after_sale", None)
    returns = facts.pop("returns", {"window_days": 7, "change_of_mind_fee": 6000, "exchange_fee": 5000,
                                    "not_returnable": [{"tag": "hygiene", "when": "opened"},
                                                       {"tag": "sale", "when": "always"}]})  # fmt: skip
    shop = {**_KOREAN, "returns": returns, **({"after_sale": stated} if stated else {})}
    given = {
        "delivered": DELIVERED,
        "today": DELIVERED + timedelta(days=days),
        "lines": (LineFacts(line="1"),),
    }
    return judge(shop, action, **{**given, **facts})


def refused(verdict: Verdict) -> str:
    assert isinstance(verdict, RefusedByRule)
    return verdict.code


def allowed(verdict: Verdict) -> Allowed:
    assert isinstance(verdict, Allowed), verdict
    return verdict


def test_the_benchmark_cancels_only_pending_orders_for_two_reasons() -> None:
    verdict = allowed(tau("cancel", status="paid", reason="no_longer_needed", paid_with="credit_card"))
    assert verdict.ways["original"].days == (5, 7)
    at_once = allowed(tau("cancel", status="paid", reason="ordered_by_mistake", paid_with="gift_card"))
    assert at_once.ways["original"].days == (0, 0)
    assert refused(tau("cancel", status="paid", reason="changed_mind")) == "reason"
    assert refused(tau("cancel", status="preparing", reason="no_longer_needed")) == "state"
    assert refused(tau("cancel", status="delivered", reason="no_longer_needed")) == "state"


def test_the_benchmark_changes_items_once_and_not_after_that() -> None:
    other = (NewItem(line="1", same_product=True),)
    allowed(tau("change_options", status="paid", new_items=other))
    assert refused(tau("change_options", status="paid", new_items=other, done=("change_options",))) == "times"
    assert (
        refused(tau("cancel", status="paid", reason="no_longer_needed", done=("change_options",))) == "times"
    )
    assert refused(tau("change_address", status="paid", done=("change_options",))) == "times"
    allowed(tau("change_address", status="paid", done=("change_payment", "change_address")))
    shoe = (NewItem(line="1", same_product=False),)
    assert refused(tau("change_options", status="paid", new_items=shoe)) == "same_product"
    same = (NewItem(line="1", same_product=True, other_variant=False),)
    assert refused(tau("change_options", status="paid", new_items=same)) == "same_product"
    gone = (NewItem(line="1", same_product=True, in_stock=False),)
    assert refused(tau("change_options", status="paid", new_items=gone)) == "in_stock"


def test_the_benchmark_pays_with_another_method_whose_balance_is_enough() -> None:
    assert (
        refused(tau("change_payment", status="paid", method="card_1", paid_with="card_1")) == "another_method"
    )
    poor = tau("change_payment", status="paid", method="gift_card", paid_with="card", owed=500, balance=499)
    assert refused(poor) == "balance"
    allowed(tau("change_payment", status="paid", method="gift_card", paid_with="card", owed=500, balance=500))


def test_the_benchmark_returns_delivered_orders_to_the_original_method_or_a_gift_card() -> None:
    line = (LineFacts(line="1"),)
    allowed(tau("return", lines=line, way="original"))
    assert allowed(tau("return", lines=line, way="gift_card")).ways["gift_card"].days == (0, 0)
    assert refused(tau("return", lines=line, way="other_method")) == "way"
    assert refused(tau("return", lines=line, status="paid")) == "state"
    assert refused(tau("exchange", lines=line, done=("return",))) == "times"
    assert refused(tau("return", lines=line, role="visitor")) == "role"
    allowed(tau("exchange", lines=line, way="other_method"))


def test_day_seven_is_in_time_and_day_eight_is_not() -> None:
    assert allowed(korean(days=7, reason="changed_mind")).last_day == DELIVERED + timedelta(days=7)
    late = korean(days=8, reason="changed_mind")
    assert refused(late) == "window"
    assert isinstance(late, RefusedByRule)
    assert late.details["late_by"] == 1


@pytest.mark.parametrize(
    ("delivered", "last"),
    [
        (date(2026, 11, 14), date(2026, 11, 23)),  # a Saturday
        (date(2026, 9, 17), date(2026, 9, 28)),  # Chuseok, and the weekend behind it
        (date(2026, 12, 18), date(2026, 12, 28)),  # Christmas Day, a Friday
        (date(2028, 2, 22), date(2028, 2, 29)),  # a leap day, and no day off
        (date(2026, 11, 9), date(2026, 11, 16)),
    ],
)
def test_a_time_does_not_run_out_on_a_day_off(delivered: date, last: date) -> None:
    verdict = allowed(korean(delivered=delivered, today=last, reason="changed_mind"))
    assert verdict.last_day == last
    late = korean(delivered=delivered, today=last + timedelta(days=2), reason="changed_mind")
    assert isinstance(late, RefusedByRule)
    assert (late.code, late.details["last_day"], late.details["late_by"]) == ("window", last, 2)


def test_a_late_exchange_for_another_size_is_told_the_shops_own_day_for_the_law_gives_none() -> None:
    late = korean(action="exchange", delivered=date(2026, 11, 14), today=date(2026, 11, 24), reason="size")
    assert isinstance(late, RefusedByRule)
    assert (late.details["window_days"], late.details["last_day"]) == (7, date(2026, 11, 21))


@pytest.mark.parametrize("window", [0, 3, 7])
def test_the_law_gives_seven_days_whatever_the_shop_says(window: int) -> None:
    verdict = allowed(korean(days=7, reason="changed_mind", returns={"window_days": window}))
    by_law = [step for step in verdict.chain if step.by == "law" and step.code == "window"]
    assert bool(by_law) == (window < 7)
    assert all(step.article == "withdrawal" for step in by_law)
    assert refused(korean(days=8, reason="changed_mind", returns={"window_days": window})) == "window"


def test_a_more_generous_shop_keeps_its_word() -> None:
    allowed(korean(days=30, reason="changed_mind", returns={"window_days": 30}))
    assert refused(korean(days=31, reason="changed_mind", returns={"window_days": 30})) == "window"


def test_opened_packaging_is_no_ground_but_used_and_sealed_goods_are() -> None:
    def with_tag(tag: str, *condition: Any) -> Verdict:
        returns = {"not_returnable": [{"tag": tag, "when": when} for when in ("opened", "used")]}
        line = LineFacts(line="1", tags=(tag,), condition=frozenset(condition))
        return korean(reason="changed_mind", lines=(line,), returns=returns)

    verdict = allowed(with_tag("electronics", "opened"))
    assert [step.article for step in verdict.chain if step.code == "excluded" and step.by == "law"] == [
        "withdrawal"
    ]
    assert refused(with_tag("electronics", "opened", "used")) == "excluded"
    assert refused(with_tag("hygiene", "opened")) == "excluded"
    assert refused(with_tag("software", "opened")) == "excluded"
    allowed(with_tag("hygiene"))


@pytest.mark.parametrize("goods", ["위생", "속옷", "Hygiene", "전자책", "신선 식품"])
def test_kinds_of_goods_are_known_in_either_language(goods: str) -> None:
    returns = {"not_returnable": [{"tag": goods, "when": "opened"}]}
    opened = LineFacts(line="1", tags=(goods,), condition=frozenset({"opened"}))
    sealed = LineFacts(line="1", tags=(goods,))
    assert refused(korean(reason="changed_mind", lines=(opened,), returns=returns)) == "excluded"
    allowed(korean(reason="changed_mind", lines=(sealed,), returns=returns))


@pytest.mark.parametrize("tag", ["맞춤", "주문 제작", "made-to-order", "Made to order", "custom"])
def test_goods_made_for_who_orders_them_are_known_in_either_language(tag: str) -> None:
    assert made_to_order(("여름", tag))
    assert not made_to_order(("여름", "주문 많은 상품", "customer favourite"))
    assert law_of("KR").lets_stand("always", tag, told=True)
    assert not law_of("KR").lets_stand("always", tag, told=False)


def test_a_fault_is_never_left_out_and_costs_the_shopper_nothing() -> None:
    line = LineFacts(line="1", tags=("hygiene", "sale"), condition=frozenset({"opened", "used"}))
    for reason in OURS:
        verdict = allowed(korean(days=20, reason=reason, lines=(line,)))
        assert (verdict.fee, verdict.borne_by) == (0, "shop")
        assert any(step.article == "seller_pays" for step in verdict.chain)
    assert refused(korean(days=93, reason="defect", lines=(line,))) == "window"
    allowed(korean(days=92, reason="defect", lines=(line,)))  # three months from 2 November: 2 February
    known = DELIVERED + timedelta(days=10)
    assert refused(korean(days=43, reason="defect", known=known)) == "window"


def test_the_fee_is_the_buyers_when_a_mind_is_changed_and_open_while_no_reason_is_said() -> None:
    assert allowed(korean(reason="changed_mind")).fee == 6000
    assert allowed(korean("exchange", reason="size")).fee == 5000
    assert allowed(korean()).fee is None


def test_what_is_back_already_cannot_come_back_again() -> None:
    assert refused(korean(lines=(LineFacts(line="1", quantity=2, left=1),))) == "left"
    assert refused(korean(lines=(LineFacts(line="1", quantity=1, left=0),))) == "left"


def test_a_rule_for_a_place_and_a_limit_for_a_person() -> None:
    stated = {
        "return": {
            "states": ["delivered"], "person_above": 300000,
            "terms": [{"where": ["KR"], "window_days": 14, "fee": 3000}],
        }
    }  # fmt: skip
    assert not allowed(korean(after_sale=stated, area=("KR", "KR-11"), worth=300000)).person
    assert allowed(korean(after_sale=stated, area=("KR",), worth=300001)).person
    assert not allowed(korean(after_sale=stated, area=("KR",), worth=300001, role="staff")).person
    assert refused(korean(days=9, after_sale=stated, area=("US", "US-CA"))) == "region"
    assert (
        allowed(korean(days=7, after_sale=stated, area=("US",), reason="other")).chain[-1].outcome == "holds"
    )


def test_a_shop_under_no_law_that_states_nothing_offers_no_return_by_itself() -> None:
    assert refused(judge(_SHOP, "return", delivered=DELIVERED)) == "offered"
    allowed(judge(_KOREAN, "return", delivered=DELIVERED, lines=(LineFacts(line="1"),)))
    shop = {**_SHOP, "returns": {"window_days": 30}, "after_sale": {"exchange": None}}
    assert refused(judge(shop, "exchange", delivered=DELIVERED)) == "offered"
    allowed(judge(shop, "return", delivered=DELIVERED, today=DELIVERED + timedelta(days=30)))


@pytest.mark.parametrize(
    ("section", "where"),
    [
        ({"return": {"states": ["delivered"], "terms": [{"window_days": 5}]}}, "after_sale.return.terms.0.window_days"),
        ({"return": {"states": ["delivered"], "terms": [{}, {"reasons": ["defect"], "fee": 3000}]}},
         "after_sale.return.terms.1.fee"),
        ({"return": {"states": ["delivered"], "terms": [{"reasons": ["defect"]}]}}, "after_sale.return.terms"),
        ({"return": {"states": ["delivered"], "not_for": [{"tag": "sale"}]}}, "after_sale.return.not_for.0"),
        ({"return": {"states": ["delivered"], "not_for": [{"tag": "hygiene", "when": "used", "told": False}]}},
         "after_sale.return.not_for.0"),
        ({"return": {"states": ["delivered"], "refund_to": ["points"]}}, "after_sale.return.refund_to"),
        ({"return": None}, "after_sale.return"),
        ({"repayment": {"original": {"days": [5, 7]}}}, "after_sale.repayment.original.days"),
    ],
)  # fmt: skip
def test_a_shop_file_below_the_law_is_refused_with_the_article(section: dict[str, Any], where: str) -> None:
    with pytest.raises(ValidationError, match=where) as no:
        Shop.model_validate({**_KOREAN, "after_sale": section})
    assert "Art. 1" in str(no.value)
    Shop.model_validate({**_SHOP, "after_sale": section})  # no such law there


@pytest.mark.parametrize(
    "section",
    [
        {"return": {"states": ["somewhere"]}},
        {"return": {"states": []}},
        {"return": {"states": ["delivered"], "terms": [{"window_days": -1}]}},
        {"return": {"states": ["delivered"], "not_for": [{"when": "opened"}]}},
        {"return": {"states": ["delivered"], "terms": [{"fee": 1.5}]}},
        {"repayment": {"points": {"days": [3, 1]}}},
        {"refund": {"states": ["delivered"]}},
    ],
)
def test_a_rule_that_cannot_be_read_is_refused(section: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="after_sale"):
        Shop.model_validate({**_KOREAN, "after_sale": section})


@given(
    window=st.integers(0, 30),
    days=st.integers(0, 40),
    fee=st.integers(0, 10_000),
    condition=st.frozensets(st.sampled_from(["opened"])),
    reason=st.sampled_from(["changed_mind", "size", "other", "defect", "wrong_item", None]),
)
def test_no_shop_gives_less_than_the_law(
    window: int, days: int, fee: int, condition: frozenset[Any], reason: Any
) -> None:
    line = LineFacts(line="1", tags=("toys",), condition=condition)
    returns = {
        "window_days": window,
        "change_of_mind_fee": fee,
        "not_returnable": [{"tag": "toys", "when": "opened"}, {"tag": "toys", "when": "always"}],
    }
    verdict = korean(days=days, reason=reason, lines=(line,), returns=returns)
    if days <= 7:
        assert isinstance(verdict, Allowed)
    if isinstance(verdict, Allowed) and reason in OURS:
        assert verdict.fee == 0
