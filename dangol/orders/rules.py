"""The life of an order as one table, and the other rules of orders; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from dangol.contracts.shopfloor.baskets import CartView, Discount
from dangol.contracts.shopfloor.orders import Need, OrderStatus, ShipmentStatus
from dangol.contracts.shopfloor.people import AddressView
from dangol.customers.api import is_email, points_within
from dangol.kernel.shop import Shop
from dangol.kernel.tools import Role
from dangol.orders.model import NotInThisState

OrderEvent = Literal[
    "pay", "expire", "cancel", "revive", "prepare", "ship_part", "ship", "deliver", "refund_part", "refund",
]  # fmt: skip
Step = Literal["contact", "address", "delivery", "confirm", "payment", "paid"]

SYSTEM: frozenset[Role] = frozenset({"system"})
STAFF: frozenset[Role] = frozenset({"staff", "system"})
ANYONE: frozenset[Role] = frozenset({"visitor", "guest", "customer", "staff", "system"})

OF_ADDRESS: tuple[Need, ...] = ("address", "postcode", "address_detail")
"""What an address can lack."""

HOLD = timedelta(minutes=30)
"""How long goods are kept for an order that is not paid yet."""


@dataclass(frozen=True)
class Move:
    """Where an event leads, and who may cause it."""

    to: OrderStatus
    by: frozenset[Role]


# status → event → where it leads, and who may cause it; what is not named is refused
# (some money back for what has not arrived yet changes nothing about where it is, or that it can still be cancelled)
LIFE: dict[OrderStatus, dict[OrderEvent, Move]] = {
    "pending_payment": {
        "pay": Move("paid", SYSTEM),
        "expire": Move("cancelled", SYSTEM),
        "cancel": Move("cancelled", ANYONE),
    },
    "paid": {
        "cancel": Move("cancelled", ANYONE),
        "prepare": Move("preparing", STAFF),
        "ship_part": Move("partly_shipped", STAFF),
        "ship": Move("shipped", STAFF),
        "refund_part": Move("paid", STAFF),
        "refund": Move("refunded", STAFF),
    },
    "preparing": {
        "cancel": Move("cancelled", ANYONE),
        "ship_part": Move("partly_shipped", STAFF),
        "ship": Move("shipped", STAFF),
        "refund_part": Move("preparing", STAFF),
        "refund": Move("refunded", STAFF),
    },
    "partly_shipped": {
        "ship_part": Move("partly_shipped", STAFF),
        "ship": Move("shipped", STAFF),
        "refund_part": Move("partly_shipped", STAFF),
        "refund": Move("refunded", STAFF),
    },
    "shipped": {
        "deliver": Move("delivered", STAFF),
        "refund_part": Move("shipped", STAFF),
        "refund": Move("refunded", STAFF),
    },
    "delivered": {
        "refund_part": Move("partly_refunded", STAFF),
        "refund": Move("refunded", STAFF),
    },
    "partly_refunded": {
        "ship_part": Move("partly_refunded", STAFF),
        "ship": Move("partly_refunded", STAFF),
        "deliver": Move("partly_refunded", STAFF),
        "refund_part": Move("partly_refunded", STAFF),
        "refund": Move("refunded", STAFF),
    },
    # money that arrives after the time is up brings the order back, if its goods can still be had
    "cancelled": {
        "revive": Move("pending_payment", SYSTEM),
        # what was paid for an order that was cancelled goes back; cancelled is what it stays
        "refund_part": Move("cancelled", STAFF),
        "refund": Move("cancelled", STAFF),
    },
    "refunded": {},
}


def next_status(number: str, status: OrderStatus, event: OrderEvent, by: Role) -> OrderStatus:
    """Where an event leads from a status. Raises NotInThisState when it does not, or not for this role."""
    move = LIFE[status].get(event)
    if move is None or by not in move.by:
        raise NotInThisState(order=number, status=status, event=event)
    return move.to


def status_of_parcels(parcels: Sequence[ShipmentStatus]) -> OrderEvent | None:
    """What the parcels together mean for an order whose every parcel is known."""
    if not parcels:
        return None
    if all(parcel == "delivered" for parcel in parcels):
        return "deliver"
    return None if all(parcel == "information_received" for parcel in parcels) else "ship"


def order_number(placed_at: datetime, shop: Shop, sequence: int) -> str:
    """`20261121-0042`: the day in the shop's own zone and a running figure."""
    return f"{placed_at.astimezone(shop.zone):%Y%m%d}-{sequence:04d}"


def read_number(said: str) -> str:
    """An order number as it is stored, from how people write it: `# 1001 `, `20261121–0042`, `주문번호 …이요`."""
    words = re.findall(r"[A-Za-z0-9][A-Za-z0-9\-_./]*", re.sub("[‐-―−]", "-", said))
    with_digits = [word for word in words if any(sign.isdigit() for sign in word)]
    return with_digits[-1].rstrip("-_./") if with_digits else ""


def read_email(said: str) -> str | None:
    """An e-mail address with its domain in lower case, or None when it is none."""
    text = said.strip().strip("<>.,")
    local, _, domain = text.rpartition("@")
    return f"{local}@{domain.lower()}" if is_email(text) else None


def read_phone(said: str) -> str | None:
    """A phone number in the way its country writes it: 010-1234-5678, +1 415-555-0132; None when it is none."""
    if re.search(r"[^\d\s+\-().·]", said.strip()):
        return None
    digits = re.sub(r"\D", "", said)
    if digits.startswith("82") and len(digits) >= 10:
        digits = "0" + digits[2:].removeprefix("0")
    if digits.startswith("0"):
        return _korean_phone(digits)
    if len(digits) == 11 and digits.startswith("1"):
        digits = digits[1:]
    if len(digits) == 10 and digits[0] in "23456789":
        return f"+1 {digits[:3]}-{digits[3:6]}-{digits[6:]}"
    if said.strip().startswith("+") and 8 <= len(digits) <= 15:
        return f"+{digits}"
    return None


def _korean_phone(digits: str) -> str | None:
    found = re.fullmatch(r"(02|01[016789]|0[3-6]\d|070|080|050\d)(\d{3,4})(\d{4})", digits)
    return "-".join(found.groups()) if found else None


def missing_for_order(
    *,
    name: str,
    email: str,
    phone: str,
    address: AddressView | None,
    lacks: Iterable[str],
    country: str,
    nameless_gift: bool = False,
) -> tuple[Need, ...]:
    """What a checkout still needs before it can be confirmed: a name, one way to be reached, a whole address.

    A gift needs the name of whoever gets it besides.
    """
    needs: list[Need] = []
    if not name:
        needs.append("name")
    if not (email or phone):
        needs.append("phone" if country == "KR" else "email")
    if nameless_gift:
        needs.append("recipient")
    if address is None:
        needs.append("address")
    else:
        lacking = {*lacks, *(() if address.postcode else ("postcode",))}
        needs += [need for need in OF_ADDRESS if need in lacking]
    return tuple(needs)


def step_of(needs: Iterable[Need]) -> Step:
    """The step of the checkout that asks for the first thing missing."""
    first = next(iter(needs), "confirm")
    if first in ("name", "email", "phone"):
        return "contact"
    if first == "recipient" or first in OF_ADDRESS:
        return "address"
    return "payment" if first == "payment" else "confirm"


def points_of(discounts: Sequence[Discount], shop: Shop) -> int:
    """How many points the points discount of a cart stands for."""
    return points_within(shop, sum(one.amount.amount for one in discounts if one.kind == "points"))


def reduction(cart: CartView) -> int:
    """All discounts of a cart together, in minor units."""
    return sum(discount.amount.amount for discount in cart.discounts)
