"""What would be done and by which rules: the offer a shopper says yes to, and the chain behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from psycopg import AsyncConnection

from dangol.catalog import api as catalog
from dangol.contracts.shopfloor.orders import OrderLineView
from dangol.contracts.shopfloor.returns import (
    ExplainRule,
    RepaymentView,
    RequestReturn,
    ReturnLineView,
    ReturnOffer,
    Rule,
    RuleExplained,
    Sending,
)
from dangol.customers import api as customers
from dangol.kernel.after_sale import Allowed, RefusedByRule, Step, Verdict, Way, decide, rules_of
from dangol.kernel.after_sale.law import Law
from dangol.kernel.money import Money
from dangol.kernel.shop import Shop
from dangol.kernel.tools import Role
from dangol.orders import api as orders
from dangol.orders.api import OrderRow
from dangol.returns.gathering import Asked, Case, Chosen, gather
from dangol.returns.model import Carriers
from dangol.returns.rules import part_of, settlement

Connection = AsyncConnection[Any]


@dataclass(frozen=True)
class Judged:
    """A case with what the rules say of it and what it comes to (minor units)."""

    case: Case
    verdict: Verdict
    goods: int
    shipping: int
    fee: int | None
    refund: int
    due: int
    points: int
    way: Way
    person: bool


async def judge(
    conn: Connection, shop: Shop, order: OrderRow, request: RequestReturn, role: Role, now: datetime
) -> Judged:
    """Judge a wished return of an order and reckon what it comes to. Raises NothingToSend."""
    case = await gather(conn, shop, order, Asked.of(request), role, now)
    verdict = decide(request.kind, case.facts, rules_of(shop))
    if isinstance(verdict, Allowed) and order.customer_id is None:  # points need an account
        verdict = replace(verdict, ways={way: days for way, days in verdict.ways.items() if way != "points"})
    ways = tuple(verdict.ways) if isinstance(verdict, Allowed) else ("original",)
    said = case.facts.way
    without_account = said == "points" and order.customer_id is None
    way = said if said is not None and not without_account else _first_way(ways, order, case)
    return _reckoned(case, verdict, way, staff=role in ("staff", "system"))


def _first_way(ways: Sequence[Way], order: OrderRow, case: Case) -> Way:
    """The first way of the shop; for what was wholly paid with points there is no other than points."""
    return "points" if not order.total and "points" in ways and case.facts.worth == 0 else ways[0]


def _reckoned(case: Case, verdict: Verdict, way: Way, *, staff: bool) -> Judged:
    goods, fee = case.goods, 0
    shipping = person = 0
    stated: int | None = 0
    if isinstance(verdict, Allowed):
        stated = verdict.fee
        fee = stated or 0
        back = verdict.shipping_back and case.all_lines and verdict.action == "return"
        shipping = case.worth.shipping if back else 0
        person = verdict.person
    new_goods = sum(
        each.instead.price.amount * each.quantity for each in case.chosen if each.instead is not None
    )
    if verdict.action == "return":
        fee = min(fee, goods + shipping)  # sending goods back never costs more than they bring
    refund, due = settlement(goods, shipping, fee, new_goods if verdict.action == "exchange" else 0)
    if verdict.action == "exchange" and not new_goods:
        refund = due = 0
    most = case.refundable
    beyond = refund > most
    return Judged(
        case=case,
        verdict=verdict,
        goods=goods,
        shipping=shipping,
        fee=None if stated is None else fee,
        refund=min(refund, most) if beyond else refund,
        due=due,
        points=sum(each.points for each in case.chosen) if verdict.action == "return" else 0,
        way=way,
        person=bool(person) or ((beyond or _unsure(case)) and not staff),
    )


def _unsure(case: Case) -> bool:
    """What the records cannot tell a person looks at: when goods arrived, what money of before was for."""
    order = case.order
    no_day = case.facts.status == "delivered" and case.facts.delivered is None
    return no_day or order.source == "exchange"


def offer(
    judged: Judged, shop: Shop, carriers: Carriers, request: RequestReturn, language: str
) -> ReturnOffer:
    """What was judged, as the shop floor speaks of it."""
    case, verdict = judged.case, judged.verdict
    rules = rules_of(shop)
    rule = rules.rules.get(request.kind)

    def money(amount: int) -> Money:
        return Money(amount=amount, currency=case.order.currency)

    allowed = isinstance(verdict, Allowed)
    listed, off = _reduced(case, shop)
    return ReturnOffer(
        order=case.order.number,
        kind=request.kind,
        allowed=allowed,
        refusal=verdict.code if isinstance(verdict, RefusedByRule) else None,
        refusal_details=_plain(verdict.details) if isinstance(verdict, RefusedByRule) else {},
        rules=chain(verdict.chain, rules.law, language),
        lines=tuple(line_view(each, money) for each in case.chosen),
        reason=request.reason,
        last_day=verdict.last_day if isinstance(verdict, Allowed) else None,
        goods=money(judged.goods),
        listed=money(listed),
        off=money(off),
        shipping=money(judged.shipping),
        return_fee=None if judged.fee is None else money(judged.fee),
        refund=money(judged.refund),
        due=money(judged.due),
        points=judged.points,
        way=judged.way,
        ways=tuple(RepaymentView(way=way, days=each.days) for way, each in verdict.ways.items())
        if isinstance(verdict, Allowed)
        else (),
        sending=sending_of(request, carriers),
        photo=allowed and verdict.photo if isinstance(verdict, Allowed) else False,
        person=judged.person,
        send_within_days=rule.send_within_days if allowed and rule else None,
        sold_out=tuple(
            str(each.row.line)
            for each in case.chosen
            if each.wanted and (each.instead is None or each.instead.stock < each.quantity)
        ),
    )


def _reduced(case: Case, shop: Shop) -> tuple[int, int]:
    """What the goods meant cost before any discount, and how much less was paid for them (minor units)."""
    listed = sum(
        part_of(each.row.total, each.row.quantity, min(each.quantity, each.row.quantity))
        for each in case.chosen
    )
    in_points = sum(customers.worth(shop, each.points).amount for each in case.chosen if each.points)
    return listed, max(0, listed - sum(each.share for each in case.chosen) - in_points)


def sending_of(request: RequestReturn, carriers: Carriers) -> Sending:
    """How the goods come back: what was wished where a carrier can, else fetched, else by label."""
    if request.reason == "missing_item":
        return "none"
    ways = {way for carrier in carriers.values() for way in carrier.ways}
    wished = request.sending
    if wished in ("label", "pickup") and (wished in ways or not ways):
        return wished
    return "pickup" if "pickup" in ways else "label"


def line_view(each: Chosen, money: Any) -> ReturnLineView:
    """A line that is meant."""
    new = each.instead
    return ReturnLineView(
        line=str(each.row.line),
        product=each.row.product,
        sku=each.row.sku,
        title=each.row.title,
        options=each.row.options,
        quantity=each.quantity,
        left=each.left,
        share=money(each.share),
        instead=each.wanted,
        instead_options=new.options if new else {},
        instead_price=new.price if new else None,
    )


def chain(steps: Sequence[Step], law: Law, language: str) -> tuple[Rule, ...]:
    """The rules looked at, each article with its words."""
    spoken = "ko" if language.startswith("ko") else "en"
    told = []
    for step in steps:
        article = law.articles.get(step.article or "")
        told.append(
            Rule(
                code=step.code,
                by=step.by,
                outcome=step.outcome,
                details=_plain(step.details),
                article=step.article,
                cited=article.cited[spoken] if article else "",
                says=article.says[spoken] if article else "",
            )
        )
    return tuple(told)


def _plain(details: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in details.items()}


async def explain(
    conn: Connection,
    shop: Shop,
    order: OrderRow,
    asked: ExplainRule,
    role: Role,
    language: str,
    now: datetime,
) -> RuleExplained:
    """May this be done with an order, and by which rules; nothing is done. Raises NothingToSend."""
    case = await gather(
        conn,
        shop,
        order,
        Asked(asked.action, asked.lines, asked.reason, asked.condition, asked.way),
        role,
        now,
    )
    rules = rules_of(shop)
    verdict = decide(asked.action, case.facts, rules)
    fee = verdict.fee if isinstance(verdict, Allowed) else None
    return RuleExplained(
        action=asked.action,
        order=order.number,
        allowed=isinstance(verdict, Allowed),
        refusal=verdict.code if isinstance(verdict, RefusedByRule) else None,
        rules=chain(verdict.chain, rules.law, language),
        last_day=verdict.last_day if isinstance(verdict, Allowed) else None,
        fee=None if fee is None else Money(amount=fee, currency=order.currency),
        person=isinstance(verdict, Allowed) and verdict.person,
    )


async def in_language(conn: Connection, shop: Shop, made: ReturnOffer, language: str) -> ReturnOffer:
    """An offer with its goods named in the shopper's language."""
    view = await orders.order_view(conn, shop, made.order, language)
    named = {line.line: line for line in view.lines}
    new = await catalog.variants(conn, [each.instead for each in made.lines if each.instead], language, shop)
    return made.model_copy(
        update={
            "lines": tuple(_named(each, named[each.line], new.get(each.instead or "")) for each in made.lines)
        }
    )


def _named(each: ReturnLineView, sold: OrderLineView, new: catalog.SoldVariant | None) -> ReturnLineView:
    told = {"title": sold.title, "options": sold.options}
    return each.model_copy(update=told | ({"instead_options": new.options} if new else {}))
