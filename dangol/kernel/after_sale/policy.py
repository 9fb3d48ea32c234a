"""What may be done with an order after the sale, as the shop's own file states it: data, never code."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal, get_args

from pydantic import Field, model_validator

from dangol.kernel.model import Value
from dangol.kernel.tools import Role

Action = Literal["cancel", "change_address", "change_options", "change_payment", "return", "exchange"]
Status = Literal[
    "pending_payment", "paid", "preparing", "partly_shipped", "shipped", "delivered", "cancelled", "refunded",
    "partly_refunded",
]  # fmt: skip
Reason = Literal[
    "changed_mind", "size", "no_longer_needed", "ordered_by_mistake", "other",
    "late", "defect", "damaged", "wrong_item", "missing_item", "not_as_described",
]  # fmt: skip
Way = Literal["original", "gift_card", "points", "other_method"]
"""Where money goes: back to what was paid with, to a gift card, as points, to any other method on file."""
Condition = Literal["always", "opened", "used", "washed", "made_to_order"]
Area = Annotated[str, Field(pattern=r"^(\*|[A-Z]{2}(-[A-Z0-9]{1,3})?)$")]
Amount = Annotated[Decimal, Field(ge=0)]

ACTIONS: tuple[Action, ...] = (
    "cancel", "change_address", "change_options", "change_payment", "return", "exchange",
)  # fmt: skip
OURS: frozenset[Reason] = frozenset(
    {"late", "defect", "damaged", "wrong_item", "missing_item", "not_as_described"}
)
"""Reasons that are the shop's doing; all others are the shopper's own."""
BEFORE_DISPATCH: tuple[Status, ...] = ("pending_payment", "paid", "preparing")
ARRIVED: tuple[Status, ...] = ("delivered", "partly_refunded")
ANYBODY: tuple[Role, ...] = get_args(Role)


class NotFor(Value):
    """Goods left out when the reason is the shopper's own: by tag or category, in a condition.

    `told` says that the shop tells so before the purchase; the law lets no exclusion stand that was not told.
    """

    tag: str | None = None
    category: str | None = None
    when: Condition = "always"
    told: bool = True

    @model_validator(mode="after")
    def _names_goods(self) -> NotFor:
        if (self.tag is None) == (self.category is None):
            raise ValueError("name either a tag or a category")
        return self

    @property
    def goods(self) -> str:
        """The word by which the goods are named."""
        return self.tag or self.category or ""


class Term(Value):
    """For these reasons (none named: any) and places: for how long, at what fee, and who bears it."""

    reasons: tuple[Reason, ...] = ()
    where: tuple[Area, ...] = ("*",)
    window_days: Annotated[int, Field(ge=0, description="days from delivery; left out: no end")] | None = None
    fee: Amount = Decimal(0)
    borne_by: Literal["customer", "shop"] = "customer"
    shipping_back: Annotated[
        bool, Field(description="the first delivery is given back with the last goods")
    ] = False
    photo: Annotated[bool, Field(description="a picture is asked for, once")] = False

    def fits(self, reason: Reason | None) -> bool:
        """Whether it is about this reason."""
        return reason is None or not self.reasons or reason in self.reasons

    def reaches(self, area: tuple[str, ...]) -> bool:
        """Whether it holds for goods delivered there (country and subdivision codes)."""
        return "*" in self.where or not area or bool(set(self.where) & set(area))


class Rule(Value):
    """One action: in which order states, by whom, how often, for which reasons, on what terms."""

    states: Annotated[tuple[Status, ...], Field(min_length=1)]
    by: tuple[Role, ...] = ANYBODY
    confirm: Annotated[bool, Field(description="the consequence is shown and one yes is asked for")] = True
    once_per: Literal["order", "line"] | None = None
    not_after: Annotated[
        tuple[Action, ...], Field(description="not once one of these was done to the order")
    ] = ()
    terms: Annotated[tuple[Term, ...], Field(min_length=1)] = (Term(),)
    not_for: tuple[NotFor, ...] = ()
    refund_to: Annotated[tuple[Way, ...], Field(min_length=1)] = ("original",)
    person_above: Annotated[
        Amount | None, Field(description="goods worth more than this are decided by a person")
    ] = None
    send_within_days: Annotated[
        int | None,
        Field(
            ge=1, description="days from the day it stands in which goods are handed over; later still counts"
        ),
    ] = None
    same_product: Annotated[bool, Field(description="only for another variant of the same product")] = True
    another_method: Annotated[bool, Field(description="only to another way of paying than before")] = False

    @property
    def reasons(self) -> frozenset[Reason] | None:
        """The reasons it accepts; None: any."""
        if any(not term.reasons for term in self.terms):
            return None
        return frozenset(reason for term in self.terms for reason in term.reasons)


class Repayment(Value):
    """How long money takes by one way; (0, 0) is at once."""

    days: tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]] = (3, 3)

    @model_validator(mode="after")
    def _first_is_not_later(self) -> Repayment:
        if self.days[0] > self.days[1]:
            raise ValueError("the fewest days come first")
        return self


class AfterSale(Value):
    """The after-sale section of the shop file: a rule for each action; what is left out has the usual rule.

    `null` for an action means that the shop does not offer it. `region` is the law under the rules (`KR`);
    left out, it is the country of the shop's locale; `none` for a region whose law is not written down here.
    """

    region: Annotated[str | None, Field(pattern=r"^([A-Z]{2}|none)$")] = None
    cancel: Rule | None = None
    change_address: Rule | None = None
    change_options: Rule | None = None
    change_payment: Rule | None = None
    return_: Annotated[Rule | None, Field(alias="return")] = None
    exchange: Rule | None = None
    repayment: dict[Way, Repayment] = {}

    def stated(self) -> dict[Action, Rule | None]:
        """The rules that the file states, None for what it says is not offered."""
        return {
            action: getattr(self, _field(action))
            for action in ACTIONS
            if _field(action) in self.model_fields_set
        }

    def amounts(self) -> Iterator[tuple[str, Decimal]]:
        """Every figure of money with the place where it stands."""
        for action, rule in self.stated().items():
            for place, term in enumerate(rule.terms if rule else ()):
                yield f"after_sale.{action}.terms.{place}.fee", term.fee
            if rule and rule.person_above is not None:
                yield f"after_sale.{action}.person_above", rule.person_above


def _field(action: Action) -> str:
    return "return_" if action == "return" else action
