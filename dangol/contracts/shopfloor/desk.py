"""The desk: whether a person can come, how long it takes, and how to reach the shopper when nobody is there."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from dangol.kernel.model import Value
from dangol.kernel.money import Money


class LookAtDesk(Value):
    """Ask whether somebody is there now."""


class DeskView(Value):
    """How the desk stands: `open` by its hours, how many are there, how many wait, how long it took others lately.

    `wait_minutes` is None where nobody waited lately. `opens` is when it opens next, in the shop's own time.
    `reachable` says that the shop knows how to write to this shopper.
    """

    open: bool
    online: int
    ahead: int
    wait_minutes: int | None = None
    opens: str | None = None
    who: Literal["assistant", "person", "mixed"] = "mixed"
    reachable: bool = False


class LeaveContact(Value):
    """Where the answer may be sent, or who is called back; only with the consent that was read (`wording`)."""

    email: str = ""
    phone: str = ""
    call: bool = False
    consent: bool = False
    wording: str = ""


class ContactLeft(Value):
    """The contact is kept for this one answer."""

    email: str = ""
    phone: str = ""
    call: bool = False


class GrantGoodwill(Value):
    """Points as an apology, and why."""

    points: int
    why: str = ""


class GoodwillGranted(Value):
    """The points that were given, and the balance after."""

    points: int
    balance: int


class GrantCoupon(Value):
    """So much off one purchase of this shopper, for so many days from now, and why."""

    amount: Money
    days: Annotated[int, Field(ge=1, le=365)] = 30
    why: Annotated[str, Field(max_length=500)] = ""


class CouponGranted(Value):
    """The coupon that was given; it can be used on its last day (`ends`), too."""

    code: str
    amount: Money
    ends: date


class WithdrawCoupon(Value):
    """Take a coupon back that was given to this shopper and not used yet."""

    code: Annotated[str, Field(max_length=64)]


class CouponWithdrawn(Value):
    """The coupon is worth nothing any more."""

    code: str
    amount: Money
