"""The rules that hold for a shop: what its file states, and the usual rule for what it leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from dangol.kernel.after_sale.law import Law, law_of
from dangol.kernel.after_sale.policy import (
    ACTIONS,
    ARRIVED,
    BEFORE_DISPATCH,
    OURS,
    Action,
    AfterSale,
    NotFor,
    Reason,
    Repayment,
    Rule,
    Term,
    Way,
)
from dangol.kernel.money import parse_amount

if TYPE_CHECKING:
    from dangol.kernel.shop import Returns, Shop

_OURS = tuple(sorted(OURS))
_AT_ONCE = Repayment(days=(0, 0))


@dataclass(frozen=True)
class AfterSaleRules:
    """The shop's rules with the law below them; an action without a rule is not offered."""

    rules: dict[Action, Rule]
    repayment: dict[Way, Repayment]
    law: Law
    currency: str

    def minor(self, amount: Decimal) -> int:
        """A figure of the rules in minor units."""
        return parse_amount(amount, self.currency)


def rules_of(shop: Shop) -> AfterSaleRules:
    """The after-sale rules of a shop: its `after_sale`, else its `returns`, else what is usual under its law."""
    stated = shop.after_sale or AfterSale()
    law = law_of(stated.region or shop.locale[3:] or "none")
    rules = _usual(shop, law)
    for action, rule in stated.stated().items():
        if rule is None:
            rules.pop(action, None)
        else:
            rules[action] = rule
    return AfterSaleRules(rules, _repayment(shop, stated, law), law, shop.currency)


def _usual(shop: Shop, law: Law) -> dict[Action, Rule]:
    rules: dict[Action, Rule] = {
        "cancel": Rule(states=BEFORE_DISPATCH),
        "change_address": Rule(states=BEFORE_DISPATCH),
        "change_options": Rule(states=("pending_payment", "paid")),
        "change_payment": Rule(states=BEFORE_DISPATCH),
    }
    from_file = shop.returns
    if from_file is None and law.withdrawal_days:
        rules["return"] = _sending_back(shop, None, Decimal(0), law.withdrawal_days)
        rules["exchange"] = rules["return"]
    elif from_file is not None:
        fees: dict[Action, Decimal] = {
            "return": from_file.change_of_mind_fee,
            "exchange": from_file.exchange_fee,
        }
        for action, fee in fees.items():
            rules[action] = _sending_back(shop, from_file, fee, from_file.window_days)
    return rules


def _sending_back(shop: Shop, stated: Returns | None, fee: Decimal, days: int) -> Rule:
    ways: tuple[Way, ...] = ("original", "points") if shop.points is not None else ("original",)
    left_out = stated.not_returnable if stated else ()
    return Rule(
        states=ARRIVED,
        terms=(
            Term(reasons=_OURS, window_days=days, borne_by="shop", shipping_back=True, photo=True),
            Term(window_days=days, fee=fee),
        ),
        not_for=tuple(NotFor(tag=each.tag, when=each.when) for each in left_out),
        refund_to=ways,
        send_within_days=stated.send_within_days if stated else None,
    )


def _repayment(shop: Shop, stated: AfterSale, law: Law) -> dict[Way, Repayment]:
    first, last = shop.returns.refund_business_days if shop.returns else (3, 3)
    if law.refund_business_days is not None:
        first, last = min(first, law.refund_business_days), min(last, law.refund_business_days)
    usual: dict[Way, Repayment] = {
        "original": Repayment(days=(first, last)),
        "other_method": Repayment(days=(first, last)),
        "gift_card": _AT_ONCE,
        "points": _AT_ONCE,
    }
    return usual | stated.repayment


def below_the_law(shop: Shop) -> Iterator[str]:
    """Every figure of the after-sale section that gives less than the law, with the place where it stands."""
    if shop.after_sale is None:
        return
    law = law_of(shop.after_sale.region or shop.locale[3:] or "none")
    if not law.withdrawal_days:
        return
    stated = shop.after_sale.stated()
    yield from _not_offered(stated, law)
    for action in ACTIONS:
        rule = stated.get(action)
        if rule is not None and action in ("return", "cancel"):
            yield from _rule_below(f"after_sale.{action}", rule, law, withdrawn=action == "return")
    slow = shop.after_sale.repayment.get("original")
    if slow and law.refund_business_days is not None and slow.days[1] > law.refund_business_days:
        yield _less(
            "after_sale.repayment.original.days",
            f"money goes back within {law.refund_business_days} business days",
            law, "refund",
        )  # fmt: skip


def _not_offered(stated: dict[Action, Rule | None], law: Law) -> Iterator[str]:
    for action in ("return", "cancel"):
        if action in stated and stated[action] is None:
            yield _less(f"after_sale.{action}", "withdrawal must be offered", law, "withdrawal")


def _rule_below(where: str, rule: Rule, law: Law, *, withdrawn: bool) -> Iterator[str]:
    if "original" not in rule.refund_to:
        yield _less(f"{where}.refund_to", "the original way of paying must be among them", law, "refund")
    own: Reason = "changed_mind"
    if rule.reasons is not None and own not in rule.reasons:
        yield _less(
            f"{where}.terms", "withdrawal needs no reason: changed_mind must be accepted", law, "withdrawal"
        )
    for place, term in enumerate(rule.terms):
        spot = f"{where}.terms.{place}"
        short = withdrawn and term.window_days is not None and term.window_days < law.withdrawal_days
        if short:
            days = law.withdrawal_days
            yield _less(f"{spot}.window_days", f"must be at least {days}", law, "withdrawal")
        if term.fee and set(term.reasons) & OURS:
            yield _less(f"{spot}.fee", "must be 0 for what is the shop's doing", law, "seller_pays")
    for place, each in enumerate(rule.not_for):
        if not law.lets_stand(each.when, each.goods, told=each.told):
            code = "exceptions" if each.told else "notice"
            yield _less(
                f"{where}.not_for.{place}", f"{each.goods} ({each.when}) cannot be left out", law, code
            )


def _less(where: str, why: str, law: Law, article: str) -> str:
    return f"{where}: {why} ({law.articles[article].cited['en']})"
