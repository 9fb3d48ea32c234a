"""By when goods are handed over that come back: told where the shop names a day, and nothing ends when it is over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from orders.floor import SHOE
from pydantic import ValidationError
from returns.desk import ReturnDesk, line

from dangol.contracts.shopfloor.returns import DecideReturn, ExplainRule
from dangol.kernel.shop import Shop
from dangol.server.commands.policy_words import rule_line
from dangol.server.workers.return_words import figures

TODAY = date(2026, 11, 21)


def _naming(shop: Shop, days: int | None, **rule: object) -> Shop:
    """The small shop with so many days in its short rules, or in those of its own for returns."""
    told = shop.model_dump(by_alias=True, mode="json")
    told["returns"] = {**told["returns"], "send_within_days": days}
    if rule:
        stated = {"states": ["delivered"], "send_within_days": days, **rule}
        told["after_sale"] = {"return": stated}
    return Shop.model_validate(told)


@pytest.mark.parametrize("sending", ["label", "pickup"])
async def test_the_day_is_told_while_the_goods_are_still_to_be_sent(desk: ReturnDesk, sending: str) -> None:
    shop = _naming(desk.till.ctx.shop, 5)
    order = await desk.arrived({SHOE: 1})
    made = await desk.offer(order, shop=shop, sending=sending)
    assert made.send_within_days == 5
    view = await desk.start(order, shop=shop, sending=sending)
    assert view.send_by == TODAY + timedelta(days=5)
    await desk.further(shop)
    view = await desk.view(view.number)
    assert (view.status, view.send_by) == ("label_created", TODAY + timedelta(days=5))
    told = await desk.conn.execute("select body from announcements where kind = 'return_label'")
    ((body,),) = await told.fetchall()
    assert figures(body, "ko")["sending"].endswith("상품은 2026-11-26까지 보내 주세요.")
    assert figures(body, "en")["sending"].endswith("Please hand the goods over by 2026-11-26.")
    await desk.receive(view.number)
    assert (await desk.view(view.number)).send_by is None


async def test_goods_that_come_late_count_all_the_same(desk: ReturnDesk) -> None:
    shop = _naming(desk.till.ctx.shop, 5)
    order = await desk.arrived({SHOE: 1})
    view = await desk.start(order, shop=shop)
    await desk.further(shop)
    desk.till.clock.advance(timedelta(days=20))
    await desk.further(shop)
    assert (await desk.view(view.number)).status == "label_created"
    await desk.receive(view.number)
    await desk.further(shop)
    assert (await desk.view(view.number)).status == "refunded"
    assert await desk.given_back(order) == view.refund.amount


async def test_where_no_day_is_named_none_is_told(desk: ReturnDesk) -> None:
    order = await desk.arrived({SHOE: 1})
    made = await desk.offer(order)
    view = await desk.start(order)
    assert (made.send_within_days, view.send_by) == (None, None)
    assert "send_by" not in {rule.code for rule in made.rules}
    await desk.further()
    assert (await desk.view(view.number)).send_by is None


async def test_nothing_is_sent_back_of_what_never_came(desk: ReturnDesk) -> None:
    shop = _naming(desk.till.ctx.shop, 5)
    order = await desk.arrived({SHOE: 1})
    view = await desk.start(order, shop=shop, reason="missing_item")
    assert (view.sending, view.send_by) == ("none", None)


async def test_the_days_run_from_the_yes_of_a_person(desk: ReturnDesk) -> None:
    shop = _naming(desk.till.ctx.shop, 5, person_above=0, terms=[{"window_days": 30}])
    order = await desk.arrived({SHOE: 1})
    view = await desk.start(order, shop=shop)
    assert (view.status, view.send_by) == ("requested", None)
    desk.till.clock.advance(timedelta(days=3))
    view = await desk.use("decide_return", DecideReturn(number=view.number, approve=True), "staff", shop)
    assert view.send_by == TODAY + timedelta(days=8)


async def test_goods_that_are_fetched_need_not_be_gone_before_the_carrier_comes(desk: ReturnDesk) -> None:
    shop = _naming(desk.till.ctx.shop, 1)
    order = await desk.arrived({SHOE: 1})
    view = await desk.start(order, shop=shop, sending="pickup")
    sunday, monday = TODAY + timedelta(days=1), TODAY + timedelta(days=2)
    assert view.send_by == sunday
    await desk.further(shop)
    view = await desk.view(view.number)
    assert (view.pickup_on, view.send_by) == (monday, monday)


async def test_an_exchange_has_the_day_of_its_own_rule(desk: ReturnDesk) -> None:
    shop = _naming(desk.till.ctx.shop, 9, terms=[{"window_days": 30}])
    order = await desk.arrived({SHOE: 1})
    asked = {"kind": "exchange", "reason": "size", "lines": (line(1, 1, "SHOE-BLK-280"),)}
    assert (await desk.offer(order, shop=shop, **asked)).send_within_days == 9
    only = shop.model_copy(update={"returns": shop.returns.model_copy(update={"send_within_days": None})})
    assert (await desk.offer(order, shop=only, **asked)).send_within_days is None
    assert (await desk.offer(order, shop=only)).send_within_days == 9


async def test_the_rule_is_explained(desk: ReturnDesk) -> None:
    shop = _naming(desk.till.ctx.shop, 5)
    order = await desk.arrived({SHOE: 1})
    found = await desk.use("explain_rule", ExplainRule(action="return", order=order), shop=shop)
    (rule,) = [each for each in found.rules if each.code == "send_by"]
    assert (rule.by, rule.outcome, rule.details) == ("shop", "holds", {"send_within_days": 5})
    assert "5일 안에 보내요. 늦게 보내도 취소되지 않아요" in rule_line(rule, "ko", "KRW")
    assert "within 5 days of being registered; sent later, it still counts" in rule_line(rule, "en", "KRW")


def test_no_shop_asks_for_goods_on_the_day_itself(shop: Shop) -> None:
    with pytest.raises(ValidationError):
        _naming(shop, 0)
