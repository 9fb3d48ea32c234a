"""The words of this room: what lies in a cart, what it costs, and why something is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dangol.contracts.shopfloor.baskets import CouponTrouble, DeliveryQuote, Discount
from dangol.kernel.errors import Refused
from dangol.kernel.shop import Coupon

ALL_POINTS = -1  # as many points as can be used, whatever the cart will cost


class SoldOut(Refused):
    """Nothing of it is left; `title`, `options` and `stock` say of what."""

    code = "sold_out"


class UnknownVariant(Refused):
    """The shop sells nothing under this SKU."""

    code = "unknown_variant"
    status = 404


class NotInCart(Refused):
    """It does not lie in the cart, so it cannot be changed there."""

    code = "not_in_cart"
    status = 404


class NotAQuantity(Refused):
    """So many cannot be put in a cart: whole numbers from 1 on (0 takes a line out)."""

    code = "not_a_quantity"
    status = 422


class AnotherProduct(Refused):
    """A line can only be swapped for another variant of the same product."""

    code = "another_product"


class CouponRefused(Refused):
    """A coupon does not count; `reason` says why, `needed` what is missing, `when` the date it is about."""

    code = "coupon_refused"


class PointsRefused(Refused):
    """Points cannot be used so; `reason` is below_minimum, not_enough or nothing_to_pay."""

    code = "points_refused"


class AddressIncomplete(Refused):
    """An address cannot be used as it stands; `missing` and `problems` say why."""

    code = "address_incomplete"
    status = 422


@dataclass(frozen=True)
class StoredLine:
    """A line as stored: what was put in, how many, and its price (minor units) and title at that moment."""

    sku: str
    quantity: int
    unit_price: int
    title: str


@dataclass(frozen=True)
class StoredCart:
    """A cart as stored; `points` wanted, ALL_POINTS for all that can be used."""

    id: int | None
    points: int
    lines: tuple[StoredLine, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True)
class PricedLine:
    """A line for the price: `unit_price` in minor units."""

    sku: str
    product: str
    quantity: int
    unit_price: int


@dataclass(frozen=True)
class Buyer:
    """What the price depends on in the person: points, money spent before (minor units), first order or not.

    `own` are coupons given to this person that can still be used, `used` the codes of those that cannot.
    """

    points: int = 0
    spent: int = 0
    first_order: bool = True
    own: tuple[Coupon, ...] = ()
    used: tuple[str, ...] = ()


@dataclass(frozen=True)
class Basket:
    """All that a price follows from. `left` is how many units of a limited bundle are left, by code."""

    lines: tuple[PricedLine, ...]
    codes: tuple[str, ...] = ()
    points_wanted: int = 0
    buyer: Buyer = Buyer()
    left: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Priced:
    """A whole price in minor units: subtotal, discounts, delivery, total, and what it used up."""

    subtotal: int
    discounts: tuple[Discount, ...]
    quote: DeliveryQuote | None
    total: int
    troubles: tuple[CouponTrouble, ...] = ()
    points: int = 0
    earns: int = 0
    coupons: tuple[str, ...] = ()
    bundles: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class PersonalCoupon:
    """A coupon that was given to one shopper (by key); `order_number` is the order that used it up."""

    code: str
    shopper: str
    amount: int
    currency: str
    ends: date
    cause: str
    order_number: str | None


@dataclass(frozen=True)
class RestockDue:
    """Somebody waits for a variant that is back."""

    id: int
    shopper: str
    sku: str
    contact: str
    language: str
    until: datetime
