"""The shop as its file describes it: name, languages, hours, shipping, returns, coupons, points."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, model_validator

from dangol.kernel.after_sale.policy import AfterSale
from dangol.kernel.after_sale.rules import below_the_law
from dangol.kernel.desk_policy import HelpDesk
from dangol.kernel.manner import Manner
from dangol.kernel.manner import Translated as Translated
from dangol.kernel.model import Value
from dangol.kernel.money import Money, NotAnAmount, exponent, parse_amount
from dangol.kernel.outreach_policy import OutreachPolicy

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOURS = re.compile(r"^([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$")
_AREA = re.compile(r"^(\*|[A-Z]{2}(-[A-Z0-9]{1,3})?)$")
_POSTCODES = re.compile(r"^\d{4,6}(-\d{4,6})?$")

Amount = Annotated[Decimal, Field(ge=0)]


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as no:
        raise ValueError(f"{name!r} is no time zone such as Asia/Seoul") from no
    return name


def _known_hours(hours: dict[str, str]) -> dict[str, str]:
    for days, span in hours.items():
        days_named(days)
        if span != "closed" and not _HOURS.match(span):
            raise ValueError(f"{span!r} is not a span such as 09:00-18:00, or closed")
    return hours


def days_named(name: str) -> tuple[str, ...]:
    """The days a key of the hours means: `mon`, `tue-sun`, `daily`, `holidays`."""
    if name in ("daily", "holidays"):
        return DAYS if name == "daily" else ("holidays",)
    first, _, last = name.partition("-")
    if first not in DAYS or (last and last not in DAYS):
        raise ValueError(f"{name!r} is not a day such as mon, mon-fri, daily or holidays")
    start, end = DAYS.index(first), DAYS.index(last or first)
    return DAYS[start : end + 1] if start <= end else DAYS[start:] + DAYS[: end + 1]


Hours = Annotated[dict[str, str], AfterValidator(_known_hours)]
Area = Annotated[str, Field(pattern=_AREA.pattern)]
Postcodes = Annotated[str, Field(pattern=_POSTCODES.pattern)]
Days = Annotated[tuple[int, int], Field(description="business days from dispatch, fewest and most")]


class Contact(Value):
    """How the shop itself is reached."""

    email: str | None = None
    phone: str | None = None


class Branch(Value):
    """A shop one can walk into."""

    code: str
    name: Translated
    address: Translated = ""
    phone: str | None = None
    hours: Hours = {}
    pickup: bool = False


class Zone(Value):
    """Where parcels go for one fee; `where` holds ISO 3166 codes, `*` is everywhere else."""

    name: Translated
    where: tuple[Area, ...]
    fee: Amount
    free_from: Amount | None = None
    days: Days
    cutoff: Annotated[str, Field(pattern=r"^\d{2}:\d{2}$")] | None = None


class Surcharge(Value):
    """What an island or a far place costs on top."""

    name: Translated
    where: tuple[Area, ...] = ()
    postcodes: tuple[Postcodes, ...] = ()
    fee: Amount


class Method(Value):
    """Another way of delivery, by its price."""

    name: Translated
    zones: tuple[str, ...]
    fee: Amount
    days: Days


class Shipping(Value):
    """Zones, surcharges and methods of delivery; after so many hours without a scan a shopper is told of it."""

    zones: tuple[Zone, ...] = ()
    surcharges: tuple[Surcharge, ...] = ()
    methods: tuple[Method, ...] = ()
    silent_hours: Annotated[int, Field(ge=12)] = 72


class NotReturnable(Value):
    """Goods that cannot come back, and when."""

    tag: str
    when: Literal["always", "opened", "used", "washed", "made_to_order"] = "always"


class Returns(Value):
    """The shop's rules for returns and exchanges."""

    window_days: Annotated[int, Field(ge=0)] = 7
    change_of_mind_fee: Amount = Decimal(0)
    exchange_fee: Amount = Decimal(0)
    refund_business_days: tuple[int, int] = (3, 3)
    send_within_days: Annotated[int, Field(ge=1)] | None = None
    not_returnable: tuple[NotReturnable, ...] = ()


class Coupon(Value):
    """A code that lowers the price, and its conditions."""

    code: Annotated[str, Field(min_length=1, max_length=64)]
    type: Literal["percent", "amount", "free_shipping"]
    value: Amount = Decimal(0)
    max: Amount | None = None
    min_subtotal: Amount | None = None
    first_order_only: bool = False
    starts: date | None = None
    ends: date | None = None
    combinable: bool = False
    title: Translated = ""
    public: bool = True

    @model_validator(mode="after")
    def _makes_sense(self) -> Coupon:
        if self.type == "percent" and not 0 < self.value <= 100:
            raise ValueError("a percent coupon takes a value above 0 and up to 100")
        if self.starts and self.ends and self.ends < self.starts:
            raise ValueError("ends lies before starts")
        return self


class Bundle(Value):
    """One of each of several products for one price, for a time or while the limit lasts."""

    code: str
    title: Translated
    products: Annotated[tuple[str, ...], Field(min_length=2)]
    price: Amount
    starts: date | None = None
    ends: date | None = None
    limit: Annotated[int, Field(ge=0)] | None = None


class Tier(Value):
    """A membership tier: from how much bought, and what share comes back as points."""

    name: Translated
    from_: Annotated[Decimal, Field(ge=0, alias="from")]
    rate: Annotated[Decimal, Field(ge=0, le=1)]


WayToVerify = Literal[
    "email_order", "name_postcode", "email_code", "sms_code", "account_email", "account_name_postcode",
]  # fmt: skip


class Verification(Value):
    """By which ways shoppers who are not signed in may show who they are, and for how many hours it holds.

    `email_order`: the order's e-mail and number. `name_postcode`: name, postcode and the order's number or phone.
    `email_code`, `sms_code`: a code sent to an address the shop knows. A customer token always counts.
    `account_email`, `account_name_postcode`: the account itself, for who names its e-mail, or its name and the
    postcode of its address; weak, and only for shops whose rules say so.
    `purchase_from`: a guest whose order comes to this much or more proves its e-mail or phone by a code before it is
    placed; 0 asks every guest, nothing asks none.
    """

    ways: tuple[WayToVerify, ...] = ("email_order", "name_postcode", "email_code")
    hours: Annotated[int, Field(ge=1, le=720)] = 24
    purchase_from: Amount | None = None


class Tax(Value):
    """The tax that prices include, for receipts: its rate and the shop's own number."""

    rate: Annotated[Decimal, Field(ge=0, lt=1)]
    number: str = ""


class Points(Value):
    """How points are earned and used; `value` is what one point is worth in major units."""

    tiers: tuple[Tier, ...] = ()
    min_use: Annotated[int, Field(ge=0)] = 0
    unit: Annotated[int, Field(ge=1)] = 1
    expires_months: int | None = None
    value: Decimal | None = None


class Placement(Value):
    """A business rule of ranking: pin a product first or bury it, everywhere or for one search word."""

    product: str
    rank: Literal["pin", "bury"]
    words: tuple[str, ...] = ()


class Retention(Value):
    """After how many days things are deleted by themselves.

    `words` count from a conversation's last entry, `signs` (views, searches, likes) from each, `carts` (carts, wishes,
    half a checkout, restock wishes of people who never signed in) from the last change. `orders` is how long it stays
    known who bought and where it went: at least the five years for which Korean law has contracts and payments kept;
    `complaints` the same for the words of a conversation in which somebody complained: at least three years.
    """

    words: Annotated[int, Field(ge=1, le=3650)] = 730
    signs: Annotated[int, Field(ge=1, le=3650)] = 180
    carts: Annotated[int, Field(ge=1, le=3650)] = 90
    consents: Annotated[int, Field(ge=1, le=3650)] = 1826
    orders: Annotated[int, Field(ge=1826, le=7305)] = 1826
    complaints: Annotated[int, Field(ge=1096, le=3650)] = 1096


class Shop(Value):
    """Everything the shop says of itself; stored as it stands in the shop file."""

    name: Translated
    locale: Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")]
    languages: tuple[Annotated[str, Field(pattern=r"^[a-z]{2}$")], ...] = ()
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    time_zone: Annotated[str, AfterValidator(_known_zone)]
    contact: Contact = Contact()
    hours: Hours = {}
    helpdesk: HelpDesk = HelpDesk()
    branches: tuple[Branch, ...] = ()
    shipping: Shipping = Shipping()
    returns: Returns | None = None
    after_sale: AfterSale | None = None
    unpaid_order_hours: Annotated[int, Field(ge=1)] = 48
    coupons: tuple[Coupon, ...] = ()
    bundles: tuple[Bundle, ...] = ()
    points: Points | None = None
    gift_wrapping: Amount | None = None
    ranking: tuple[Placement, ...] = ()
    verification: Verification = Verification()
    tax: Tax | None = None
    retention: Retention = Retention()
    assistant: Manner = Manner()
    outreach: OutreachPolicy = OutreachPolicy()

    @model_validator(mode="before")
    @classmethod
    def _languages_follow_the_locale(cls, data: Any) -> Any:
        if isinstance(data, dict) and not data.get("languages") and isinstance(data.get("locale"), str):
            return {**data, "languages": [data["locale"][:2]]}
        return data

    @model_validator(mode="after")
    def _after_sale_is_lawful(self) -> Shop:
        less = list(below_the_law(self))
        if less:
            raise ValueError("; ".join(less))
        return self

    @model_validator(mode="after")
    def _the_desk_has_hours(self) -> Shop:
        for hours in (self.helpdesk.hours, *(mode.hours for mode in self.helpdesk.modes)):
            _known_hours(hours)
        return self

    @model_validator(mode="after")
    def _amounts_fit_the_currency(self) -> Shop:
        for where, amount in self._amounts():
            try:
                parse_amount(amount, self.currency)
            except NotAnAmount as no:
                raise ValueError(f"{where}: {no}") from no
        return self

    def _amounts(self) -> list[tuple[str, Decimal]]:
        named = [(f"shipping.zones.{zone.name}.fee", zone.fee) for zone in self.shipping.zones]
        named += [(f"shipping.surcharges.{s.name}.fee", s.fee) for s in self.shipping.surcharges]
        named += [(f"shipping.methods.{m.name}.fee", m.fee) for m in self.shipping.methods]
        named += [(f"coupons.{c.code}.value", c.value) for c in self.coupons if c.type == "amount"]
        named += [(f"helpdesk.limits.{role}", limit) for role, limit in self.helpdesk.limits.items()]
        named += self.after_sale.amounts() if self.after_sale else ()
        named += [(f"bundles.{b.code}.price", b.price) for b in self.bundles]
        if self.verification.purchase_from is not None:
            named.append(("verification.purchase_from", self.verification.purchase_from))
        return named

    @property
    def language(self) -> str:
        """The shop's first language."""
        return self.locale[:2]

    @property
    def zone(self) -> ZoneInfo:
        """The shop's time zone."""
        return ZoneInfo(self.time_zone)

    def money(self, major: Decimal) -> Money:
        """A figure of the shop file as money."""
        return Money(amount=parse_amount(major, self.currency), currency=self.currency)

    def minor(self, amount: int) -> Money:
        """An amount in minor units as money of the shop's currency."""
        return Money(amount=amount, currency=self.currency)

    def say(self, text: Translated, language: str) -> str:
        """A translated text in this language, else in the shop's first, else in any."""
        if isinstance(text, str):
            return text
        return text.get(language) or text.get(self.language) or next(iter(text.values()), "")

    @property
    def point_value(self) -> Decimal:
        """What one point is worth in major units: one where there are no cents, else a hundredth."""
        if self.points and self.points.value is not None:
            return self.points.value
        return Decimal(1).scaleb(-min(exponent(self.currency), 2))


def opening(span: str) -> tuple[time, time] | None:
    """Opening and closing time of a span `09:00-18:00`; None when closed. 24:00 is told as 23:59."""
    found = _HOURS.match(span)
    if not found:
        return None
    start_hour, start_minute, end_hour, end_minute = (int(part) for part in found.groups())
    end = time(23, 59) if end_hour == 24 else time(end_hour, end_minute)
    return time(start_hour % 24, start_minute), end
