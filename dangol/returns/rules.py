"""The life of a return as one table, and what each unit of an order is worth, to the smallest coin; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from dangol.contracts.shopfloor.returns import ReturnKind, ReturnStatus
from dangol.kernel.after_sale import rules_of
from dangol.kernel.shop import Shop
from dangol.kernel.tools import Role
from dangol.returns.model import ReturnUnderWay

Event = Literal[
    "approve", "refuse", "cancel", "book", "pick_up", "move", "receive", "refund", "exchange", "send_back",
]  # fmt: skip

SYSTEM: frozenset[Role] = frozenset({"system"})
STAFF: frozenset[Role] = frozenset({"staff", "system"})


@dataclass(frozen=True)
class Move:
    """Where an event leads; None by whom: whoever the order is proved to be of, and staff."""

    to: ReturnStatus
    by: frozenset[Role] | None = STAFF


# status → event → where it leads, and who may cause it; what is not named is refused
LIFE: dict[ReturnStatus, dict[Event, Move]] = {
    "requested": {
        "approve": Move("approved"),
        "refuse": Move("refused"),
        "cancel": Move("cancelled", None),
    },
    "approved": {
        "book": Move("label_created", SYSTEM),
        "receive": Move("received"),
        "cancel": Move("cancelled", None),
    },
    "label_created": {
        "pick_up": Move("picked_up"),
        "move": Move("in_transit"),
        "receive": Move("received"),
        "cancel": Move("cancelled", None),
    },
    "picked_up": {"move": Move("in_transit"), "receive": Move("received")},
    "in_transit": {"receive": Move("received")},
    "received": {
        "refund": Move("refunded"),
        "exchange": Move("exchanged"),
        "send_back": Move("refused"),  # nothing of it was as it should be: the goods go back to the shopper
    },
    "refunded": {},
    "exchanged": {},
    "refused": {},
    "cancelled": {},
}
OVER: frozenset[ReturnStatus] = frozenset(status for status, moves in LIFE.items() if not moves)
FAILED: frozenset[ReturnStatus] = frozenset({"refused", "cancelled"})
"""Ends that free the goods to be sent back after all."""


def next_status(number: str, status: ReturnStatus, event: Event, by: Role) -> ReturnStatus:
    """Where an event leads from a status. Raises ReturnUnderWay when it does not, or not for this role."""
    move = LIFE[status].get(event)
    if move is None or (move.by is not None and by not in move.by):
        raise ReturnUnderWay(number=number, status=status, event=event)
    return move.to


def return_number(asked_at: datetime, shop: Shop, sequence: int) -> str:
    """`R20261121-0042`: the day in the shop's own zone and a running figure."""
    return f"R{asked_at.astimezone(shop.zone):%Y%m%d}-{sequence:04d}"


def last_day_to_send(shop: Shop, kind: ReturnKind, now: datetime) -> date | None:
    """By when goods are handed over that may be sent from now on; None where the shop names no day. Nothing ends by it."""
    rule = rules_of(shop).rules.get(kind)
    days = rule.send_within_days if rule else None
    return now.astimezone(shop.zone).date() + timedelta(days=days) if days is not None else None


@dataclass(frozen=True)
class Part:
    """A line of an order for counting: its price before discounts (minor units)."""

    line: int
    product: str
    total: int


@dataclass(frozen=True)
class Cut:
    """A discount for counting: how much, off which products (None: all)."""

    amount: int
    products: frozenset[str] | None = None


def spread(amount: int, weights: Mapping[int, int]) -> dict[int, int]:
    """An amount over lines by weight, whole units, nothing lost; the largest remainders get the odd units."""
    whole = sum(weights.values())
    if not whole:
        return dict.fromkeys(weights, 0)
    shares = {line: amount * weight // whole for line, weight in weights.items()}
    order = sorted(weights, key=lambda line: (-(amount * weights[line] % whole), line))
    for line in order[: amount - sum(shares.values())]:
        shares[line] += 1
    return shares


def paid_for(parts: Sequence[Part], cuts: Sequence[Cut]) -> dict[int, int]:
    """What was paid for each line after every discount, to the unit; together the goods' price less the discounts."""
    left = {part.line: part.total for part in parts}
    for cut in cuts:
        meant = {
            part.line: left[part.line]
            for part in parts
            if cut.products is None or part.product in cut.products
        }
        if sum(meant.values()) < cut.amount:
            meant = dict(left)
        for line, share in spread(min(cut.amount, sum(left.values())), meant).items():
            left[line] -= share
    return left


def part_of(left: int, units_left: int, units: int) -> int:
    """What some units are worth of what is left of a line; the last of them take all that is left."""
    return left * units // units_left if units_left else 0


def settlement(goods: int, shipping: int, fee: int, new_goods: int) -> tuple[int, int]:
    """Money back and money still to be paid: what came back against the fee and the new goods; never both."""
    balance = goods + shipping - fee - new_goods
    return (balance, 0) if balance >= 0 else (0, -balance)
