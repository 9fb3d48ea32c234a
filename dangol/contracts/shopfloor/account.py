"""A customer's account as it is seen and changed in a conversation: contact, addresses, agreements, standing, leaving."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from dangol.contracts.shopfloor.on_file import StoredMethodView
from dangol.contracts.shopfloor.people import AddressView
from dangol.kernel.model import Value
from dangol.kernel.money import Money


class ConsentView(Value):
    """An agreement that stands: to what, over which channel, since when."""

    purpose: str
    channel: str
    since: date


class TierView(Value):
    """A membership level: what comes back as points, and how much more must be bought for the next one."""

    name: str
    rate: str
    next: str = ""
    next_rate: str = ""
    more: Money | None = None


class LevelView(Value):
    """A membership level of the shop: from how much bought (nothing: from the start), and what comes back."""

    name: str
    rate: str
    least: Money | None = None


class Levels(Value):
    """The shop's membership levels, lowest first."""

    items: tuple[LevelView, ...] = ()


class Leaving(Value):
    """What closing an account means here, in days for second thoughts and months of what the law has kept."""

    days: int
    kept_months: int


class AccountView(Value):
    """What is on record of the customer who asks.

    `closing` is the day on which an account is erased whose owner asked to leave.
    """

    name: str = ""
    email: str = ""
    phone: str = ""
    addresses: tuple[AddressView, ...] = ()
    methods: tuple[StoredMethodView, ...] = ()
    consents: tuple[ConsentView, ...] = ()
    tier: TierView | None = None
    points: int = 0
    closing: date | None = None
    leaving: Leaving


class ChangeContact(Value):
    """Another name or phone number for the account; the e-mail is how one signs in and is not changed here."""

    name: Annotated[str, Field(max_length=100)] = ""
    phone: Annotated[str, Field(max_length=40)] = ""


class ForgetAddress(Value):
    """Delete a saved address: as it is read back, with its recipient."""

    lines: str
    recipient: str = ""


class ForgetMethod(Value):
    """Take a way of paying off file."""

    reference: str


class StopNews(Value):
    """Withdraw the agreements to advertising, over one channel or all."""

    channel: str | None = None


class AgreeNews(Value):
    """Agree to advertising over these channels; `wording` is what was agreed to, as it was read."""

    channels: Annotated[tuple[Literal["email", "sms"], ...], Field(min_length=1, max_length=2)]
    wording: Annotated[str, Field(min_length=1, max_length=500)]


class CloseAccount(Value):
    """Close the account: its points are lost (`points` is how many the shopper was told of)."""

    points: int = 0
