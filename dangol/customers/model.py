"""The words of this room: customers, their standing, consents, and why something is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from dangol.kernel.errors import Refused


class NotIdentified(Refused):
    """The shop does not know who is speaking, and this needs it."""

    code = "not_identified"
    status = 403


class NotEnoughPoints(Refused):
    """More points are wanted than there are; `balance` says how many there are."""

    code = "not_enough_points"


class NoPointsHere(Refused):
    """This shop gives no points."""

    code = "no_points_here"


class NothingToKeep(Refused):
    """A preference without words cannot be kept."""

    code = "nothing_to_keep"
    status = 422


class BalanceTooLow(Refused):
    """There is less on the gift card than is asked for: `balance` and `asked`."""

    code = "balance_too_low"


class NotAContact(Refused):
    """Neither a name nor a phone number can be made of what was given."""

    code = "not_a_contact"
    status = 422


class MoneyOnAccount(Refused):
    """A gift card still holds money (`balance`), which must not be lost by leaving or tidying up."""

    code = "money_on_account"


class ConsequenceOfLeavingChanged(Refused):
    """More or fewer points would be lost than was said; `points` is how many there are now."""

    code = "leaving_changed"


@dataclass(frozen=True)
class Customer:
    """A customer as stored."""

    id: int
    external_id: str | None
    email: str | None
    name: str
    phone: str
    locale: str
    tags: list[str]
    created: datetime


@dataclass(frozen=True)
class Standing:
    """What a customer has earned: points that can be used now, money spent (minor units), bought before or not."""

    points: int
    spent: int
    bought_before: bool


@dataclass(frozen=True)
class Consent:
    """One agreement: to what, over which channel, in which words, since when, until when."""

    shopper: str
    purpose: str
    channel: str
    wording: str
    given: datetime
    withdrawn: datetime | None


@dataclass(frozen=True)
class PointGrant:
    """Points given for one cause; `left` can still be used until `expires`."""

    id: int
    left: int
    expires: datetime | None


@dataclass(frozen=True)
class StoredMethod:
    """A way of paying on file; `balance` (minor units) is a gift card's alone.

    `token` is what the shop's own `gateway` charges it by; without one it is charged by staff.
    """

    reference: str
    customer_id: int
    kind: Literal["credit_card", "paypal", "gift_card"]
    brand: str = ""
    last_four: str = ""
    balance: int | None = None
    gateway: str | None = None
    token: str | None = None
