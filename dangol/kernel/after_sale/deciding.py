"""May this be done to this order, at what cost, and by which rules: pure, the same for every mind and every door.

The rules are looked at one after the other; the first that fails refuses, unless the law gives what the shop would
not. Every rule looked at is in the chain, so that the answer can be explained by what it rests on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from dangol.kernel.after_sale.law import Law
from dangol.kernel.after_sale.policy import (
    OURS,
    Action,
    Condition,
    NotFor,
    Reason,
    Repayment,
    Rule,
    Status,
    Term,
    Way,
)
from dangol.kernel.after_sale.rules import AfterSaleRules
from dangol.kernel.model import Value
from dangol.kernel.tools import Role

Code = Literal[
    "offered", "role", "state", "times", "left", "reason", "region", "excluded", "window", "way", "same_product",
    "in_stock", "another_method", "balance", "fee", "repayment", "send_by", "person",
]  # fmt: skip
Outcome = Literal["holds", "fails", "overruled"]


class LineFacts(Value):
    """A line the action is about: `left` units can still be sent back, `done` was done to it before."""

    line: str
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()  # the name of its category in every language
    condition: frozenset[Condition] = frozenset()
    quantity: int = 1
    left: int = 1
    done: tuple[Action, ...] = ()


class NewItem(Value):
    """What a line is changed or exchanged for."""

    line: str
    same_product: bool
    other_variant: bool = True
    in_stock: bool = True


class Facts(Value):
    """All that a decision follows from. Money in minor units; days in the shop's own time zone.

    `delivered` is the day the last parcel arrived, `known` the day a fault was first told of, `done` what was done
    to the order before, `worth` the goods in question, `owed` what the shopper would pay on top, `balance` what is on
    the gift card that would pay or be paid to. A reason or way of None has not been said yet.
    """

    status: Status
    role: Role
    today: date
    delivered: date | None = None
    known: date | None = None
    reason: Reason | None = None
    area: tuple[str, ...] = ()
    lines: tuple[LineFacts, ...] = ()
    done: tuple[Action, ...] = ()
    way: Way | None = None
    paid_with: str | None = None
    method: str | None = None
    worth: int = 0
    owed: int = 0
    balance: int | None = None
    new_items: tuple[NewItem, ...] = ()


@dataclass(frozen=True)
class Step:
    """One rule that was looked at: the shop's own or the law's, and what came of it."""

    code: Code
    by: Literal["shop", "law"]
    outcome: Outcome
    details: dict[str, Any]
    article: str | None = None


@dataclass(frozen=True)
class Allowed:
    """It may be done: at this fee (minor units), paid back by one of these ways; `person`: a person decides.

    `fee` is None while it depends on a reason that was not said.
    """

    action: Action
    chain: tuple[Step, ...]
    confirm: bool
    fee: int | None
    borne_by: Literal["customer", "shop"]
    shipping_back: bool
    photo: bool
    ways: dict[Way, Repayment]
    last_day: date | None
    person: bool


@dataclass(frozen=True)
class RefusedByRule:
    """It may not be done: which rule says so, with its figures."""

    action: Action
    chain: tuple[Step, ...]
    code: Code
    details: dict[str, Any]


Verdict = Allowed | RefusedByRule


def decide(action: Action, facts: Facts, rules: AfterSaleRules) -> Verdict:
    """Judge an action on an order by the shop's rules and the law below them."""
    rule = rules.rules.get(action)
    if rule is None:
        step = Step("offered", "shop", "fails", {"action": action})
        return RefusedByRule(action, (step,), "offered", step.details)
    case = _Case(action, facts, rules, rule)
    chain: list[Step] = []
    for check in _CHECKS:
        for step in check(case):
            chain.append(step)
            if step.outcome != "fails":
                continue
            given = case.given_by_law(step)
            if given is None:
                return RefusedByRule(action, tuple(chain), step.code, case.ended(step))
            chain[-1] = Step(step.code, "shop", "overruled", step.details)
            chain.append(given)
    return case.allowed(tuple(chain))


@dataclass(frozen=True)
class _Case:
    """One question put to the rules."""

    action: Action
    facts: Facts
    rules: AfterSaleRules
    rule: Rule

    @property
    def law(self) -> Law:
        return self.rules.law

    @property
    def ours(self) -> bool:
        return self.facts.reason in OURS

    def terms(self) -> list[Term]:
        """The terms that fit what was said, the decisive one first."""
        facts = self.facts
        return [term for term in self.rule.terms if term.fits(facts.reason) and term.reaches(facts.area)]

    def term(self) -> Term:
        """The term that decides; a plain one where only the law gives the right."""
        return next(iter(self.terms()), Term())

    def given_by_law(self, step: Step) -> Step | None:
        """What the law says against a refusal of the shop's, if anything."""
        if step.code not in ("state", "times", "reason", "region", "excluded", "window"):
            return None
        article = self._right()
        if article is None or (step.code == "excluded" and step.details["stands"]):
            return None
        return Step(step.code, "law", "holds", {"last_day": self._law_ends()}, article)

    def ended(self, step: Step) -> dict[str, Any]:
        """The figures of a refusal; `window_days` is None where the law's last day is later than the shop's own."""
        ends = self._law_ends() if step.code == "window" else None
        if ends is None or not (self.ours or self.action == "return") or ends <= step.details["last_day"]:
            return step.details
        late = (self.facts.today - ends).days
        return {**step.details, "window_days": None, "last_day": ends, "late_by": late}

    def _right(self) -> str | None:
        """The article by which this may be done whatever the shop says."""
        facts, law = self.facts, self.law
        if not law.withdrawal_days or self.action not in ("return", "cancel", "exchange"):
            return None
        if self.action == "cancel":
            return "withdrawal" if facts.status in ("pending_payment", "paid", "preparing") else None
        if facts.delivered is None or facts.status not in ("delivered", "partly_refunded"):
            return None
        ends = self._law_ends()
        if ends is None or facts.today > ends:
            return None
        if self.ours:
            return "differs"
        return "withdrawal" if self.action == "return" else None

    def _law_ends(self) -> date | None:
        facts = self.facts
        if facts.delivered is None or not self.law.withdrawal_days:
            return None
        if self.ours:
            return self.law.last_day_to_complain(facts.delivered, facts.known or facts.today)
        return self.law.last_day_to_withdraw(facts.delivered)

    def last_day(self) -> date | None:
        """The last day on which it may be asked for; None: there is none, or nothing has arrived."""
        if self.facts.delivered is None:
            return None
        windows = [term.window_days for term in self.terms()]
        if None in windows:
            return None
        days = [self.facts.delivered + timedelta(days=each) for each in windows if each is not None]
        if self.facts.reason is not None:
            days = days[:1]
        law = self._law_ends()
        return max((*days, law) if law else days, default=None)

    def fee(self) -> tuple[int | None, Literal["customer", "shop"]]:
        """What sending back costs the shopper, and who bears it; what is the shop's doing costs nothing by law."""
        term = self.term()
        if self.ours and self.law.withdrawal_days:
            return 0, "shop"
        fees = {(self.rules.minor(each.fee), each.borne_by) for each in self.terms()}
        if self.facts.reason is None and len(fees) > 1:
            return None, term.borne_by
        return (0 if term.borne_by == "shop" else self.rules.minor(term.fee)), term.borne_by

    def repayment(self, way: Way) -> Repayment:
        """How long money takes this way; back to a gift card is as quick as to one."""
        known = self.rules.repayment
        if way == "original" and self.facts.paid_with in ("gift_card", "points"):
            return known["gift_card"] if self.facts.paid_with == "gift_card" else known["points"]
        return known[way]

    def allowed(self, chain: tuple[Step, ...]) -> Allowed:
        fee, borne_by = self.fee()
        term, limit = self.term(), self.rule.person_above
        above = limit is not None and self.facts.worth > self.rules.minor(limit)
        return Allowed(
            action=self.action,
            chain=chain,
            confirm=self.rule.confirm,
            fee=fee,
            borne_by=borne_by,
            shipping_back=term.shipping_back or (self.ours and bool(self.law.withdrawal_days)),
            photo=term.photo and self.ours,
            ways={way: self.repayment(way) for way in self.rule.refund_to},
            last_day=self.last_day(),
            person=above and self.facts.role not in ("staff", "system"),
        )


def _judged(code: Code, holds: bool, **details: Any) -> Step:
    return Step(code, "shop", "holds" if holds else "fails", details)


def _who(case: _Case) -> Iterator[Step]:
    yield _judged("role", case.facts.role in case.rule.by, role=case.facts.role, by=list(case.rule.by))


def _state(case: _Case) -> Iterator[Step]:
    status = case.facts.status
    here = (
        case.action not in ("return", "exchange") or status == "delivered" or case.facts.delivered is not None
    )
    yield _judged("state", here and status in case.rule.states, status=status, states=list(case.rule.states))


def _times(case: _Case) -> Iterator[Step]:
    barred = [each for each in case.facts.done if each in case.rule.not_after]
    if case.rule.not_after:
        yield _judged("times", not barred, not_after=list(case.rule.not_after), done=barred)
    if case.rule.once_per == "order":
        yield _judged("times", case.action not in case.facts.done, once_per="order")
    elif case.rule.once_per == "line":
        again = [each.line for each in case.facts.lines if case.action in each.done]
        yield _judged("times", not again, once_per="line", lines=again)


def _left(case: _Case) -> Iterator[Step]:
    if case.action not in ("return", "exchange"):
        return
    for each in case.facts.lines:
        enough = 0 < each.quantity <= each.left
        yield _judged("left", enough, line=each.line, asked=each.quantity, left=each.left)


def _reason(case: _Case) -> Iterator[Step]:
    accepted, reason = case.rule.reasons, case.facts.reason
    if accepted is not None and reason is not None:
        yield _judged("reason", reason in accepted, reason=reason, accepted=sorted(accepted))


def _region(case: _Case) -> Iterator[Step]:
    if any(term.where != ("*",) for term in case.rule.terms):
        reached = any(
            term.reaches(case.facts.area) for term in case.rule.terms if term.fits(case.facts.reason)
        )
        yield _judged("region", reached, area=list(case.facts.area))


def _excluded(case: _Case) -> Iterator[Step]:
    if case.ours:
        return
    for line in case.facts.lines:
        for each in case.rule.not_for:
            if _is_meant(each, line):
                known = each.when == "always" or each.when in line.condition
                stands = case.law.lets_stand(each.when, each.goods, told=each.told)
                yield _judged(
                    "excluded", not known, line=line.line, goods=each.goods, when=each.when, stands=stands
                )


def _is_meant(each: NotFor, line: LineFacts) -> bool:
    if each.category is not None:
        return each.category.lower() in (name.lower() for name in line.categories)
    return each.goods.lower() in (tag.lower() for tag in line.tags)


def _window(case: _Case) -> Iterator[Step]:
    delivered = case.facts.delivered
    windows = [term.window_days for term in case.terms()]
    if delivered is None or not windows or None in windows:
        return
    days = windows[0] if case.facts.reason is not None else max(each for each in windows if each is not None)
    assert days is not None
    last = delivered + timedelta(days=days)
    late = max(0, (case.facts.today - last).days)
    yield _judged("window", not late, window_days=days, delivered=delivered, last_day=last, late_by=late)


def _way(case: _Case) -> Iterator[Step]:
    if case.facts.way is not None:
        ways = case.rule.refund_to
        yield _judged("way", case.facts.way in ways, way=case.facts.way, ways=list(ways))


def _new_items(case: _Case) -> Iterator[Step]:
    for each in case.facts.new_items:
        if case.rule.same_product:
            # what was faulty may be replaced by the very same
            other = each.same_product and (each.other_variant or case.ours)
            yield _judged("same_product", other, line=each.line)
        yield _judged("in_stock", each.in_stock, line=each.line)


def _method(case: _Case) -> Iterator[Step]:
    if case.rule.another_method and case.facts.method is not None:
        other = case.facts.method != case.facts.paid_with
        yield _judged("another_method", other, method=case.facts.method)
    if case.facts.balance is not None and case.facts.owed > 0:
        enough = case.facts.balance >= case.facts.owed
        yield _judged("balance", enough, balance=case.facts.balance, owed=case.facts.owed)


def _cost(case: _Case) -> Iterator[Step]:
    if case.action not in ("return", "exchange"):
        return
    fee, borne_by = case.fee()
    stated = case.rules.minor(case.term().fee)
    by_law = case.ours and bool(case.law.withdrawal_days)
    if by_law and stated:
        yield Step("fee", "shop", "overruled", {"fee": stated})
    article = "seller_pays" if by_law else "buyer_pays" if case.law.withdrawal_days and fee else None
    yield Step("fee", "law" if by_law else "shop", "holds", {"fee": fee, "borne_by": borne_by}, article)
    if case.rule.send_within_days is not None:
        yield Step("send_by", "shop", "holds", {"send_within_days": case.rule.send_within_days})


def _repaid(case: _Case) -> Iterator[Step]:
    if case.action not in ("return", "cancel"):
        return
    way = case.facts.way or case.rule.refund_to[0]
    article = "refund" if case.law.refund_business_days and way == "original" else None
    yield Step("repayment", "shop", "holds", {"way": way, "days": list(case.repayment(way).days)}, article)


def _person(case: _Case) -> Iterator[Step]:
    if case.rule.person_above is not None:
        limit = case.rules.minor(case.rule.person_above)
        above = case.facts.worth > limit
        yield Step("person", "shop", "holds", {"limit": limit, "worth": case.facts.worth, "above": above})


_CHECKS: tuple[Callable[[_Case], Iterator[Step]], ...] = (
    _who, _state, _times, _left, _reason, _region, _excluded, _window, _way, _new_items, _method, _cost, _repaid,
    _person,
)  # fmt: skip
